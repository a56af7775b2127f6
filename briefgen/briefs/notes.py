"""Footnotes of one brief, numbered in the order of reading.

A citation is given in full where it is first called. Where it is called again soon, on the
same page or the next, a short form points to that note; further on it is given in full
again, so that nobody has to leaf back for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from briefgen.briefs.brief import Call, Further, Note, Piece
from briefgen.model import Citation
from briefgen.pages import events as listed
from briefgen.pages import words
from briefgen.pages.book import Book, Cited

NEAR = 6
"""So many events or assessments on, a short form is still near the note that it points to."""
_SPACE = re.compile(r"\s+")
FOOT = 12
"""More citations of one event go to the back, because the foot of a page cannot hold them."""


class Notes:
    """Collects the notes while the parts of a brief are put together in the order of reading."""

    def __init__(self, book: Book, codes: Mapping[str, str]) -> None:
        self._book, self._codes = book, codes
        self._notes: list[Note] = []
        self._further: list[Further] = []
        self._full: dict[str, tuple[int, int]] = {}
        self._at = 0
        self._here: dict[str, int] = {}
        self._beyond: dict[str, Note] = {}

    @property
    def all(self) -> tuple[Note, ...]:
        """All notes so far."""
        return tuple(self._notes)

    @property
    def further(self) -> tuple[Further, ...]:
        """Citations that found no room at the foot of a page."""
        return tuple(self._further)

    def start(self) -> None:
        """A new event or assessment begins."""
        self._at += 1
        self._here, self._beyond = {}, {}

    def end(self, event: str, number: int) -> None:
        """The event has been told; what found no room is kept for the back."""
        if self._beyond:
            self._further.append(Further(event, number, tuple(self._beyond.values())))

    def calls(self, labels: Iterable[str]) -> tuple[Call, ...]:
        """The calls of these footnote labels, each once in one event."""
        return tuple(call for label in dict.fromkeys(labels) if (call := self._call(label)) is not None)

    def _call(self, label: str) -> Call | None:
        if label in self._here or label in self._beyond:
            return None
        cited = self._book.footnotes[label]
        if len(self._here) >= FOOT:
            self._beyond[label] = self._note(cited, -1)
            return None
        number = len(self._notes)
        full, at = self._full.get(label, (number, self._at))
        if self._at - at > NEAR:
            full = number
        if full == number:
            self._full[label] = (number, self._at)
        self._here[label] = number
        self._notes.append(self._note(cited, full) if full == number else self._short(cited, full))
        return Call(number)

    def _note(self, cited: Cited, full: int) -> Note:
        view = listed.note(self._book, cited)
        pieces = [
            Piece(
                p.kind,
                _SPACE.sub(" ", p.text),
                view.lang if p.kind == "title" else "",
                view.dir if p.kind == "title" else "ltr",
                (p.address.href or "") if p.address else "",
            )
            for p in view.pieces
        ]
        said = "".join(p.text for p in pieces)
        marks = dict.fromkeys(mark for p in view.pieces if p.address for mark in p.address.marks)
        pieces += [Piece("words", f" ({mark})") for mark in marks]
        day = cited.citation.date
        if day and not _says(said, day.year, day.day):
            pieces.append(Piece("words", f" {words.day(day)}."))
        if view.missing:
            pieces = [Piece("words", "No reference printed in this copy.")]
        name = cited.source.name if cited.source else ""
        return Note(full, self._codes[cited.report.id], cited.citation.marker, "" if _within(name, said) else name,
                    tuple(pieces))  # fmt: skip

    def _short(self, cited: Cited, full: int) -> Note:
        name, day = short(cited.citation, cited.source.name if cited.source else ""), cited.citation.date
        parts = [part for part in (name, words.day(day) if day else "") if part]
        return Note(full, self._codes[cited.report.id], cited.citation.marker, "",
                    (Piece("words", ", ".join(parts)),) if parts else ())  # fmt: skip


def short(citation: Citation, name: str) -> str:
    """The source in a word: its name, else the site of its first address."""
    return name or (citation.urls[0].as_printed if citation.urls else "")


def _says(text: str, year: int, day: int) -> bool:
    """Whether the words print that day already, in whatever form."""
    return str(year) in text and str(day) in text


def _within(name: str, text: str) -> bool:
    return _bare(name) in _bare(text)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
