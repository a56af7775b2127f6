"""The lines of a seed as tight spans: what every layout is read from.

A sign that only makes a line an item of a list (`•`, `3.`) stands outside the span, as
do blanks, so that a block begins with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.model import Span

INVISIBLE = frozenset("\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u2060")
"""Characters that show nothing; like blanks, no block begins or ends with one."""
_BREAK = re.compile(r"\r\n|\n|\r")
_SIGN = re.compile(r"[•●▪◦‣∙○■□➢►✓]|(?:[*\-–—·]|\d{1,3}[.)]|\(?[a-z]\))(?=\s|$)")
_END = frozenset(".!?…:;,”\"’']")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds something."""

    start: int
    """Of its words, after the sign."""
    end: int
    text: str
    sign: str
    """`•`, `3.` or empty."""
    outset: int
    """Where the sign begins; equal to `start` without one."""
    gap: int
    """Number of empty lines before it."""
    number: int
    """Counted from 0, empty ones too."""

    @property
    def span(self) -> Span:
        """Of its words."""
        return self.start, self.end

    @property
    def words(self) -> int:
        """How many, split at blanks."""
        return len(self.text.split())


def blank(char: str) -> bool:
    """Whether it shows nothing."""
    return char.isspace() or char in INVISIBLE


def tight(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends; empty (start == end) where there is nothing else."""
    while start < end and blank(text[start]):
        start += 1
    while end > start and blank(text[end - 1]):
        end -= 1
    return start, end


def rows(text: str) -> Iterator[Span]:
    """Every line, empty ones too, without its break."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def lines(text: str) -> tuple[Line, ...]:
    """The lines that hold more than blanks or a lone sign."""
    out: list[Line] = []
    gap = 0
    for number, row in enumerate(rows(text)):
        outset, end = tight(text, *row)
        sign = _SIGN.match(text, outset, end)
        start = tight(text, sign.end(), end)[0] if sign else outset
        if start == end:
            gap += 1
            continue
        out.append(Line(start, end, text[start:end], sign.group() if sign else "", outset, gap, number))
        gap = 0
    return tuple(out)


def headlike(line: Line, most: int = 12) -> bool:
    """Whether it could be a heading: few words, no sign, begins like a name, ends without a stop."""
    text = line.text
    return (
        not line.sign
        and line.words <= most
        and len(text) <= 12 * most
        and text[-1] not in _END
        and (text[0].isupper() or text[0].isdigit())
        and any(char.isalpha() for char in text)
    )


def groups(found: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Lines in runs that no empty line parts."""
    out: list[list[Line]] = []
    for line in found:
        if line.gap or not out:
            out.append([])
        out[-1].append(line)
    return tuple(tuple(run) for run in out)
