"""Text files: UTF-8, decoded and nothing changed."""

from __future__ import annotations

from briefgen.containers.content import Content, UnreadableError


def read(data: bytes) -> Content:
    """The text as it is; UnreadableError where it is in another encoding."""
    wide = utf16(data)
    try:
        if wide:
            raise UnicodeDecodeError("utf-8", data, 0, 1, "")
        return Content(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        likely = wide or _likely(data)
        raise UnreadableError(
            f"byte {error.start}: not UTF-8, probably {likely}", f"convert it: iconv -f {likely.upper()} -t UTF-8"
        ) from None


def utf16(data: bytes) -> str | None:
    """UTF-16 by its mark, or by every other of its first bytes being zero."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    head = data[:200]
    if len(head) >= 8:
        for first, name in ((1, "UTF-16LE"), (0, "UTF-16BE")):
            if head[first::2].count(0) * 10 >= len(head[first::2]) * 9 and 0 not in head[1 - first :: 2]:
                return name
    return None


def _likely(data: bytes) -> str:
    """A guess for the hint only: text of a non-Latin script has most of its letters above 0x7f."""
    high = sum(byte >= 0xC0 for byte in data[:4096])
    low = sum(65 <= byte <= 122 for byte in data[:4096])
    return "Windows-1251" if high > low else "Windows-1252"
