"""The words of a PDF, page by page.

Read in two ways. The quick one knows only how the typesetter writes its text; the careful
one, pypdf's, reads any PDF and takes several times as long, so it is asked only where the
quick one misses something.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import cast

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)|<[0-9A-Fa-f\s]*>"
_SHOW = re.compile(rb"/(\w+) [\d.]+ Tf|\[((?:" + _STRING + rb"|[-\d.\s]+)*)\]\s*TJ|(" + _STRING + rb")\s*Tj", re.DOTALL)
_EACH = re.compile(_STRING, re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


def quick(pdf: bytes) -> list[str]:
    """The text of each page as the typesetter shows it, in the order of setting."""
    reader = PdfReader(io.BytesIO(pdf))
    pages = []
    for page in reader.pages:
        resources = cast(DictionaryObject, page["/Resources"])
        fonts = cast(DictionaryObject, resources["/Font"]) if "/Font" in resources else DictionaryObject()
        tables = {name[1:]: _table(_characters(fonts, name)) for name in fonts}
        content = page.get_contents()
        pages.append(_shown(b"" if content is None else content.get_data(), tables))
    return pages


def _characters(fonts: DictionaryObject, name: str) -> bytes:
    """The font's own table from its codes to characters."""
    return cast(StreamObject, cast(DictionaryObject, fonts[name])["/ToUnicode"]).get_data()


def careful(pdf: bytes) -> list[str]:
    """The text of each page as pypdf reads it."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def _shown(content: bytes, tables: dict[str, dict[bytes, str]]) -> str:
    table: dict[bytes, str] = {}
    out = []
    for font, array, single in _SHOW.findall(content):
        if font:
            table = tables.get(font.decode("ascii"), {})
            continue
        for string in _EACH.findall(array or single):
            codes = _bytes(string)
            out += [table.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)]
    return "".join(out)


def _bytes(string: bytes) -> bytes:
    if string[:1] == b"<":
        return bytes.fromhex(string[1:-1].decode("ascii"))
    return _ESCAPED.sub(_unescaped, string[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    told = match.group(1)
    return bytes([int(told, 8) & 255]) if told[:1].isdigit() else _PLAIN.get(told, told)


@lru_cache(maxsize=64)
def _table(cmap: bytes) -> dict[bytes, str]:
    """Code -> characters, of a font's own table."""
    found: dict[bytes, str] = {}
    for part in _CHARS.findall(cmap):
        codes = _HEX.findall(part)
        for code, chars in zip(codes[::2], codes[1::2], strict=True):
            found[bytes.fromhex(code.decode())] = bytes.fromhex(chars.decode()).decode("utf-16-be", "replace")
    for part in _RANGES.findall(cmap):
        codes = _HEX.findall(part)
        for low, high, first in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
            begin = int(first, 16)
            for n, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                found[code.to_bytes(2, "big")] = chr(begin + n)
    return found
