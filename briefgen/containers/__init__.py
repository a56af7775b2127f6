"""Bytes of a file -> its text; one module a kind of file, an explicit table, and what is refused.

Only the file's own bytes count: nothing is fetched, run, or unpacked to the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from briefgen.containers import plain
from briefgen.containers.content import Content, UnreadableError

__all__ = ["MAX_BYTES", "SUFFIXES", "Content", "UnreadableError", "is_text", "kind", "most", "named", "read"]

MAX_BYTES = 8_000_000
"""Of a text: some 1,500 printed pages. More is a dump and no report, and would hold up every build."""
_TEXT = "text"
_BY_SUFFIX: Mapping[str, str] = {".txt": _TEXT, ".md": _TEXT}
"""Suffix -> kind of file."""
_READERS: Mapping[str, Callable[[bytes], Content]] = {_TEXT: plain.read}
SUFFIXES = tuple(_BY_SUFFIX)
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
    """The most bytes that are read of a file of this name."""
    return MAX_BYTES


def is_text(name: str) -> bool:
    """Whether the file of this name is its own text."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower()) == _TEXT


def read(name: str, data: bytes) -> Content:
    """What the file of this name holds; UnreadableError where that is not what its name says, or no text is in it."""
    wanted = named(name)
    found = kind(data)
    if found is not None and found != wanted:
        raise UnreadableError(f"{found} is not read yet", "save it as plain text in UTF-8")
    content = _READERS[wanted](data)
    if not content.text.strip("\ufeff \t\r\n\f\v"):
        raise UnreadableError("the file is empty", "remove it or put a report in")
    return content


def named(name: str) -> str:
    """Kind of file that the name promises; UnreadableError where that is none that is read."""
    suffix = PurePath(name).suffix
    found = _BY_SUFFIX.get(suffix.lower())
    if found is None:
        raise UnreadableError(
            f"files of kind {suffix or '(no suffix)'} are not read yet", "save it as .txt or .md in UTF-8"
        )
    return found


def kind(data: bytes) -> str | None:
    """Kind of file by its first bytes, where that is not plain text."""
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data.startswith(b"PK\x03\x04"):
        return "DOCX" if b"word/" in data[:4096] else "ZIP"
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if b"\0" in data and not plain.utf16(data):
        return "a binary file"
    return None
