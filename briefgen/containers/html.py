"""Saved web pages and the HTML part of letters: the report's passages, without what belongs to the site.

Headings, items, tables and notes keep their place. A note that the text calls by a link
(`#fn12`) is printed as `[12]`, as is each address that the text links to, with the
address in a list at the end, the way a text browser prints a page: so that a passage
keeps its source whatever reads the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from briefgen.containers import webmeta
from briefgen.containers.content import Content, UnreadableError, Writer, flat
from briefgen.containers.notes import Notes
from briefgen.containers.passages import Passages
from briefgen.model import Meta

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_NEVER = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
    "form", "button", "input", "select", "textarea", "dialog", "nav", "map",
)  # fmt: skip
_SITE = ("aside", "footer", "menu")
"""Of the site, unless the report's notes are in it."""
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "toolbar"})
_NAMES = frozenset(
    """nav navbar navigation menu breadcrumb breadcrumbs sidebar share sharing social related recommended newsletter
    subscribe subscription signup cookie cookies consent comments advert ad ads advertisement promo popup modal skip
    pagination toolbar banner masthead tags""".split()
)
"""Words in the class or id of what belongs to the site."""
_MOST = 0.4
"""Of the page's text: an element with more is the page, whatever it is called."""
_RUNNING = frozenset({"p", "li", "blockquote", "td"})
_LINKS = 0.7
"""Of its text: a list or box with more than this in links leads elsewhere."""
_REFERENCES = re.compile(
    r"(?:references?|sources|end\s?notes?|foot\s?notes?|notes|bibliography|works cited|citations)\W*", re.IGNORECASE
)


def read(data: bytes) -> Content:
    """The report that a saved page holds."""
    return page(_decoded(data))


def page(source: str, given: Meta | None = None) -> Content:
    """The report in HTML; `given` is what is known about it from elsewhere, and goes first."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        document = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"not readable as HTML: {flat(str(error))[:100]}") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError("its elements are nested too deep, so the rest could not be read", "save the page anew")
    found = webmeta.read(document, source)
    meta = found if given is None else _over(given, found)
    notes = Notes(document)
    root = _root(document, _prune(document, notes))
    passages = Passages(root, notes, meta.address or "")
    writer = Writer()
    for item in passages.ordered(meta.title):
        writer.add(item.words, item.kind, item.marker, item.sign)
    return writer.content(meta)


def _over(given: Meta, found: Meta) -> Meta:
    told = {name: value for name in Meta.model_fields if (value := getattr(given, name))}
    return found.model_copy(update={**told, "where": {**found.where, **given.where}})


def _decoded(data: bytes) -> str:
    """The source; what is valid UTF-8 is UTF-8 whatever the page says, because saving a page often changes that."""
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:4096])
        name = said[1].decode("ascii") if said else "windows-1252"
        try:
            return data.decode("windows-1252" if name.lower() in ("iso-8859-1", "latin1") else name, "replace")
        except (LookupError, ValueError):
            return data.decode("windows-1252", "replace")


@dataclass(slots=True)
class _Size:
    """Letters in an element."""

    all: int = 0
    running: int = 0
    """In paragraphs, items, quotations and cells."""
    linked: int = 0
    links: int = 0


def _sizes(document: HtmlElement) -> dict[HtmlElement, _Size]:
    """The size of every element, in one walk."""
    sizes: dict[HtmlElement, _Size] = {}
    running = linked = 0
    stack: list[_Size] = []
    for event, element in etree.iterwalk(document, events=("start", "end")):
        step = 1 if event == "start" else -1
        running += step * (element.tag in _RUNNING)
        is_link = element.tag == "a" and bool(element.get("href"))
        linked += step * is_link
        if event == "start":
            stack.append(sizes.setdefault(element, _Size()))
            stack[-1].links += is_link
        else:
            done = stack.pop()
            if stack:
                stack[-1].all += done.all
                stack[-1].running += done.running
                stack[-1].linked += done.linked
                stack[-1].links += done.links
        letters = len("".join(((element.text if event == "start" else element.tail) or "").split()))
        if stack:
            stack[-1].all += letters
            stack[-1].running += letters * bool(running)
            stack[-1].linked += letters * bool(linked)
    return sizes


def _prune(document: HtmlElement, notes: Notes) -> dict[HtmlElement, _Size]:
    """Take out what no reader of the report reads; the sizes of what there was."""
    for element in list(document.iter(*_NEVER, etree.Comment)):
        _drop(element)
    sizes = _sizes(document)
    for element in list(document.iter(etree.Element)):
        if element.tag in ("html", "body", "main", "article") or notes.holds(element):
            continue
        if sizes[element].all <= _MOST * sizes[document].all and _foreign(element, sizes[element]):
            _drop(element)
    return sizes


def _foreign(element: HtmlElement, size: _Size) -> bool:
    """Whether it belongs to the site, or is not shown."""
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style:
        return True
    if element.tag in _SITE or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag == "header" and not any(True for _ in element.iterancestors("article", "main")):
        return element.find(".//h1") is None
    names = re.split(r"[\s_-]+", f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    if _NAMES.intersection(names):
        return True
    boxes = ("ul", "ol", "div", "section", "table")
    return element.tag in boxes and size.links >= 3 and size.linked > _LINKS * size.all and not _sources(element)


def _sources(element: HtmlElement) -> bool:
    """Whether a list of links is the report's list of sources, by its heading."""
    before = next(_headings_before(element), None)
    return before is not None and bool(_REFERENCES.fullmatch(flat(before.text_content())))


def _headings_before(element: HtmlElement) -> Iterator[HtmlElement]:
    inside = element.xpath("(.//h1|.//h2|.//h3|.//h4|.//h5|.//h6)[1]")
    yield from inside
    yield from element.xpath(
        "(preceding::h1|preceding::h2|preceding::h3|preceding::h4|preceding::h5|preceding::h6)[last()]"
    )


def _root(document: HtmlElement, sizes: Mapping[HtmlElement, _Size]) -> HtmlElement:
    """The element that holds the report: an article or the main part with most of the text, else the body."""
    body = document.find("body")
    body = document if body is None else body
    roles = [element for element in body.iter("div", "section") if element.get("role") == "main"]
    for found in (list(body.iter("article")), list(body.iter("main")), roles):
        best = max(found, key=lambda element: sizes[element].running, default=None)
        if best is not None and sizes[best].running * 2 >= sizes[body].running:
            return best
    return body


def _drop(element: HtmlElement) -> None:
    """Take the element out; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
