"""Articles of Iran International: a headline, a lead, one paragraph a line, no marks.

Copies of a page often run several articles together, and keep the headline of the first
only. See `segments` for where the next one is taken to begin, `latest` for their day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from briefgen.model import Block, BlockKind, Report, Seed
from briefgen.readers import assembly, dates, latest, segments
from briefgen.readers.lines import Line, lines
from briefgen.readers.outlets import Outlets

NAME = "iran-international"
_SELF = re.compile(
    r"\b(?:told|to|with|by) Iran International\b|Iran International(?:[’']s)? (?:correspondent|newsroom)", re.I
)
_BYLINE = re.compile(r"(?:iran international(?: newsroom)?|by\s.{3,60}|[\w ]{0,40}newsroom)", re.I)
_STOP = frozenset(".!?…:;”\"’'")
_LEAST = 4


def fits(seed: Seed) -> str:
    """Why it is one; empty where it is not."""
    found = lines(seed.text)
    plain = [line for line in found if not line.sign]
    if len(plain) < _LEAST or re.search(r"\[(?:\d{1,3}|[ivxl]{1,6})\]", seed.text):
        return ""
    if seed.sidecar.publisher == NAME:
        return "its sidecar says so"
    if not _SELF.search(seed.text) or sum(line.words > 15 for line in plain) * 2 < len(plain):
        return ""
    return "it names Iran International as the outlet that people spoke to, and has one paragraph a line"


def read(seed: Seed, outlets: Outlets) -> tuple[Report, ...]:
    """The articles of the seed."""
    found = lines(seed.text)
    if not found:
        return ()
    heads = _headlines(found)
    prose = [at for at, line in enumerate(found) if at not in heads and not _aside(line)]
    opens = sorted({_above(found, heads, prose[at]) for at in segments.starts([found[at].text for at in prose])} | {0})
    day = latest.find(seed.text)
    out = []
    for number, start in enumerate(opens):
        end = opens[number + 1] if number + 1 < len(opens) else len(found)
        out.append(_article(seed, found[start:end], start in heads, day, len(opens)))
    return tuple(out)


def _article(seed: Seed, own: Sequence[Line], headed: bool, day: latest.Latest | None, siblings: int) -> Report:
    blocks = tuple(_parts(own, headed))
    printed = _printed(own)
    notes = []
    if siblings > 1:
        notes.append(
            f"The file runs {siblings} articles together; where this one begins and ends was inferred from "
            "its lead and from the words that it shares with the paragraphs round it."
        )
    if not headed:
        notes.append("This copy prints no headline for it.")
    if not printed and day:
        scope = ", in the articles of this file taken together" if siblings > 1 else ""
        notes.append(f"Publication date inferred: {day.why}{scope}.")
    first = next((line for line in own if not _aside(line)), own[0])
    return assembly.report(
        seed,
        assembly.Draft(
            layout=NAME,
            blocks=blocks,
            publisher=NAME,
            title=own[0].text if headed else None,
            name="" if headed else " ".join(first.text.split()[:9]),
            published=printed or (day.day if day else None),
            basis="printed" if printed else "inferred" if day else "none",
            why="" if printed or not day else day.why,
            notes=tuple(notes),
        ),
    )


def _parts(own: Sequence[Line], headed: bool) -> Iterator[Block]:
    for at, line in enumerate(own):
        kind: BlockKind = "paragraph"
        reason = ""
        if headed and at == 0:
            kind = "heading"
        elif _byline(line):
            kind = "byline"
        elif _aside(line):
            kind, reason = "caption", "caption of a picture"
        yield Block(span=line.span, kind=kind, reason=reason)


def _printed(own: Sequence[Line]) -> dt.date | None:
    """Date in a byline, such as `Aug 6, 2022, 09:02 GMT+1`."""
    return next((found[0].day for line in own if _byline(line) and (found := dates.full(line.text))), None)


def _byline(line: Line) -> bool:
    stamp = dates.full(line.text)
    return line.words <= 9 and bool(_BYLINE.fullmatch(line.text) or (stamp and stamp[0].span[0] == 0))


def _aside(line: Line) -> bool:
    """A caption or byline: it ends without a stop."""
    return line.text[-1] not in _STOP


def _headlines(found: Sequence[Line]) -> frozenset[int]:
    """Lines without a stop that write most longer words with a capital, and the first line if it has no stop."""
    out = set()
    for at, line in enumerate(found):
        longer = [word for word in line.text.split() if len(word) > 3 and word[0].isalpha()]
        capitals = sum(word[0].isupper() for word in longer)
        titled = _aside(line) and 4 <= line.words <= 20 and capitals * 10 >= 8 * len(longer) and not _byline(line)
        if titled or (at == 0 and _aside(line) and line.words <= 25):
            out.add(at)
    return frozenset(out)


def _above(found: Sequence[Line], heads: frozenset[int], at: int) -> int:
    """The headline of the article whose lead is line `at`, with at most a caption and byline between; else `at`."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if back in heads:
            return back
        if not _aside(found[back]):
            break
    return at
