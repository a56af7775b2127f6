"""What a container yields: text, the outline of its passages, and what the file says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefgen.model import BlockKind, Meta, Piece

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NOTHING = Meta()


class UnreadableError(Exception):
    """Why a file cannot be read, in a line, and what to do about it."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a file."""

    text: str
    outline: tuple[Piece, ...] = ()
    meta: Meta = _NOTHING


def flat(words: str) -> str:
    """The words in one line, without what shows nothing or turns the direction of text around."""
    return " ".join(_UNSEEN.sub("", words.replace("\u2028", " ").replace("\u2029", " ").replace("\x85", " ")).split())


class Writer:
    """Text put together passage by passage, with an empty line between two of them but for items of a list."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._size = 0
        self._pieces: list[Piece] = []

    def add(self, words: str, kind: BlockKind, marker: str = "", sign: str = "") -> None:
        """One passage; `sign` makes it an item or a note, and stands before its span."""
        line = flat(words)
        if not line:
            return
        if self._pieces:
            listed = kind == self._pieces[-1].kind and kind in ("bullet", "endnote")
            self._put("\n" if listed else "\n\n")
        if sign:
            self._put(f"{sign} ")
        start = self._size
        self._put(line)
        self._pieces.append(Piece(span=(start, self._size), kind=kind, marker=marker))

    def content(self, meta: Meta) -> Content:
        """All of it, with a line end after it."""
        if self._pieces:
            self._put("\n")
        return Content("".join(self._text), tuple(self._pieces), meta)

    def _put(self, words: str) -> None:
        self._text.append(words)
        self._size += len(words)
