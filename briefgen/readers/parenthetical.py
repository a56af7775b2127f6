"""Citations in running text: `(ISNA, May 22)`, `(Fars; Tasnim, May 21)`, `Reuters news agency (May 21)`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefgen.model import Citation, Mark, Span
from briefgen.readers import assembly, dates
from briefgen.readers.outlets import Outlets

_PAREN = re.compile(r"\(([^()\n]{3,240})\)")
_DATE = (
    rf"(?:{dates.MONTH}\s*{dates.DAY}(?:\s?[-–]\s?(?:{dates.MONTH}\s*)?{dates.DAY})?(?:,\s*(?:19|20)\d\d)?"
    rf"|{dates.DAY}(?:\s?[-–]\s?{dates.DAY})?\s+{dates.MONTH}(?:,?\s+(?:19|20)\d\d)?)"
)
_PART = re.compile(rf"(?:(?P<name>[^;]{{2,160}}?),?\s+)?(?P<date>{_DATE})", re.IGNORECASE)
_KINDS = re.compile(
    r"\b(?:agency|news|newspaper|daily|tv|television|channel|website|site|magazine|radio)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """One source named in a bracket."""

    span: Span
    """Of the bracket."""
    marker: str
    """As printed, without brackets."""
    name: str | None
    outlet: str | None
    day: dt.date | None


def find(text: str, span: Span, outlets: Outlets, about: dt.date | None, house_style: bool) -> tuple[Found, ...]:
    """Sources named in the brackets of a passage.

    `about` is the report's day, which gives the year. With `house_style` any name and date
    in a bracket is a source, because the publisher cites so; without it only an outlet
    that is known by name.
    """
    out: list[Found] = []
    for paren in _PAREN.finditer(text, *span):
        pieces = [piece.strip() for piece in paren.group(1).split(";")]
        found = [_PART.fullmatch(piece) for piece in pieces]
        last = found[-1]
        if last is None:
            continue
        for piece, match in zip(pieces, found, strict=True):
            name = (match["name"] or "").strip(" ,") if match else piece
            printed = match["date"] if match else last["date"]
            source: tuple[str | None, str | None]
            if name:
                source = (name, outlets.named(name))
                if source[1] is None and not (_like_name(name) and (house_style or _KINDS.search(name))):
                    continue
            else:
                before = text[max(span[0], paren.start() - 80) : paren.start()].rstrip()
                known = outlets.before(before)
                if known is None and not _KINDS.search(before):
                    continue
                source = known or (None, None)
            marker = piece if match else f"{piece}, {printed}"
            out.append(Found(paren.span(), marker, source[0], source[1], dates.near(printed, about)))
    return tuple(out)


def _like_name(name: str) -> bool:
    """Whether it could name an outlet: some capital or site in it, and no sentence."""
    return len(name.split()) <= 14 and (any(char.isupper() for char in name) or "." in name)


def cite(
    text: str, passages: Iterable[Span], outlets: Outlets, about: dt.date | None, house_style: bool, whole: bool
) -> tuple[tuple[Citation, ...], tuple[Mark, ...]]:
    """Citations and marks of the brackets in each passage (a bullet or a paragraph).

    With `whole`, where the publisher cites by the item, the only bracket of a passage
    vouches for all of it, and of several each for what stands between the one before and
    itself. Without, each vouches for its sentence.
    """
    citations: dict[str, Citation] = {}
    marks: list[Mark] = []
    taken: set[str] = set()
    for span in passages:
        found = find(text, span, outlets, about, house_style)
        places = sorted({item.span for item in found})
        starts = dict(zip(places, [span[0], *(place[1] for place in places)], strict=False))
        for item in found:
            if item.marker not in citations:
                citations[item.marker] = Citation(
                    id=assembly.fresh(item.marker, taken),
                    marker=item.marker,
                    outlet=item.outlet,
                    outlet_name=item.name,
                    date=item.day,
                )
            covers = None
            if whole:
                covers = span if len(places) == 1 else (_first_word(text, starts[item.span], item.span), item.span[1])
            marks.append(Mark(span=item.span, citation=citations[item.marker].id, covers=covers))
    return tuple(citations.values()), tuple(marks)


def _first_word(text: str, start: int, bracket: Span) -> int:
    """Where the words begin that a bracket vouches for: after the stop of what comes before."""
    while start < bracket[0] and not (text[start].isalnum() or text[start] in '“"‘('):
        start += 1
    return start
