"""Bytes of a file -> its text; one module a kind of file, an explicit table, and what is refused.

Only the file's own bytes count: nothing is fetched, run, or unpacked to the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from briefgen.containers import docx, eml, html, pdf, plain
from briefgen.containers.content import Content, UnreadableError

__all__ = [
    "MAX_BYTES",
    "MAX_FILE",
    "SUFFIXES",
    "Content",
    "UnreadableError",
    "is_text",
    "kind",
    "most",
    "named",
    "read",
]

MAX_BYTES = 8_000_000
"""Of a text: some 1,500 printed pages. More is a dump and no report, and would hold up every build."""
MAX_FILE = 60_000_000
"""Of a file of another kind."""
_TEXT = "text"
_BY_SUFFIX: Mapping[str, str] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".html": "HTML",
    ".htm": "HTML",
    ".pdf": "PDF",
    ".docx": "DOCX",
    ".eml": "letter",
}
"""Suffix -> kind of file."""
_READERS: Mapping[str, Callable[[bytes], Content]] = {
    _TEXT: plain.read,
    "HTML": html.read,
    "PDF": pdf.read,
    "DOCX": docx.read,
    "letter": eml.read,
}
SUFFIXES = tuple(_BY_SUFFIX)
_ADVICE = f"save it as one of {', '.join(SUFFIXES)}"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\xd0\xcf\x11\xe0", "old Word or Excel"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
)


def most(name: str) -> int:
    """The most bytes that are read of a file of this name; pages and documents carry pictures as well."""
    return MAX_BYTES if is_text(name) else MAX_FILE


def is_text(name: str) -> bool:
    """Whether the file of this name is its own text."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower()) == _TEXT


def read(name: str, data: bytes) -> Content:
    """What the file of this name holds; UnreadableError where that is not what its name says, or no text is in it."""
    wanted = named(name)
    found = kind(data)
    if found is not None and found != wanted:
        suffix = next((suffix for suffix, each in _BY_SUFFIX.items() if each == found), None)
        if suffix is None:
            raise UnreadableError(f"{found} is not read yet", _ADVICE)
        raise UnreadableError(f"{found} under the name of another kind", f"rename it to {PurePath(name).stem}{suffix}")
    if not data.strip():
        raise UnreadableError("the file is empty", "remove it or put a report in")
    content = _READERS[wanted](data)
    if len(content.text) > MAX_BYTES:
        raise UnreadableError(f"more than the {MAX_BYTES // 1_000_000} million letters that are read as one seed")
    if not content.text.strip("\ufeff \t\r\n\f\v"):
        raise UnreadableError("the file is empty" if wanted == _TEXT else "no text was found in it", "put a report in")
    return content


def named(name: str) -> str:
    """Kind of file that the name promises; UnreadableError where that is none that is read."""
    suffix = PurePath(name).suffix
    found = _BY_SUFFIX.get(suffix.lower())
    if found is None:
        raise UnreadableError(f"files of kind {suffix or '(no suffix)'} are not read yet", _ADVICE)
    return found


def kind(data: bytes) -> str | None:
    """Kind of file by its first bytes, where that is not plain text."""
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data.startswith(b"PK\x03\x04"):
        return "DOCX" if b"word/" in data else "ZIP"
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if b"\0" in data and not plain.utf16(data):
        return "a binary file"
    return None
