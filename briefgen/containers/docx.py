"""Word documents: mammoth makes HTML of them (headings, lists, tables, links, notes), which is read as a page is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import mammoth
from lxml import etree

from briefgen.containers import html
from briefgen.containers.content import Content, UnreadableError, flat
from briefgen.containers.webmeta import day
from briefgen.model import Meta

MOST = 100_000_000
"""Bytes of its parts together, unpacked."""
_MOST_XML = 40_000_000
_ENTITY = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
_CORE = "docProps/core.xml"


def read(data: bytes) -> Content:
    """The document's text; UnreadableError where it is broken or made to do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            core = archive.read(_CORE) if _CORE in archive.namelist() else b""
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {})
        )
    except UnreadableError:
        raise
    except Exception as error:  # mammoth raises whatever its parts do on a broken document
        raise UnreadableError(f"not readable as a Word document: {flat(str(error))[:100]}", "save it anew") from None
    if not made.value:
        raise UnreadableError("no text was found in it", "if it holds pictures of pages, recognize their text first")
    return html.page(f"<body>{made.value}</body>", Meta(hints=_hints(core)))


def _check(archive: zipfile.ZipFile) -> None:
    """Raises UnreadableError where unpacking or parsing it could exhaust the machine."""
    infos = archive.infolist()
    if any(info.flag_bits & 0x1 for info in infos):
        raise UnreadableError("locked with a password", "unlock it first")
    size = sum(info.file_size for info in infos)
    if size > MOST:
        raise UnreadableError(f"it unpacks to {size / 1_000_000:.0f} MB, which no report does")
    if len({info.filename for info in infos}) != len(infos):
        raise UnreadableError("it holds two parts of one name, which no Word document does")
    for info in infos:
        if not info.filename.endswith((".xml", ".rels")):
            continue
        if info.file_size > _MOST_XML:
            raise UnreadableError(
                f"{info.filename} unpacks to {info.file_size / 1_000_000:.0f} MB, which no report does"
            )
        try:
            if _ENTITY.search(archive.read(info)):
                raise UnreadableError("it declares entities, which no Word document does", "do not trust this file")
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnreadableError(f"broken: {flat(str(error))[:100]}", "save it anew") from None


def _hints(core: bytes) -> tuple[str, ...]:
    """What the properties say; often those of a template, so that they only help a person."""
    if not core:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(core, parser)
    except etree.XMLSyntaxError:
        return ()
    told = {etree.QName(part).localname: flat(part.text or "") for part in root if isinstance(part.tag, str)}
    made = day(told.get("created", ""))
    found = [
        *(f"{name} “{told[key]}”" for name, key in (("title", "title"), ("author", "creator")) if told.get(key)),
        *([f"the day {made}"] if made else []),
    ]
    return (f"Its properties name {', '.join(found)}.",) if found else ()
