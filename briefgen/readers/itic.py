"""Spotlights and weekly reports of the Meir Amit Intelligence and Terrorism Information Center.

A series title, the period, bullets that sum up, then bullets by section, each resting on
a source in round brackets; captions of pictures stand between them, often more than once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from briefgen.model import TOLD, Block, BlockKind, Period, Report, Seed, Takeaway
from briefgen.readers import assembly, dates, parenthetical, references
from briefgen.readers.lines import Line, headlike, lines
from briefgen.readers.outlets import Outlets

NAME = "itic"
_SERIES = re.compile(
    r"(?:spotlight on [\w ’'-]{3,40}|news of (?:the )?(?:terrorism|israeli)[\w ’'-]{0,60}|[\w’' -]{0,60}: overview)\W*",
    re.I,
)
_SUMMARY = re.compile(
    r"(?:highlights|overview|summary|main (?:points|findings)|in brief|key (?:points|findings))\W*(?:\[1\])?", re.I
)
_EDITOR = re.compile(r"(?:editors?|authors?|by|written by)\s*:?\s+(?P<names>.{3,120})", re.I)
_TITLE = re.compile(r"^(?:(?:dr|prof|col|gen|mr|ms|mrs)\.?(?: \(ret\.?\))? )+", re.I)
_MASTHEAD = 6
_CREDIT = re.compile(r"\([^()]{3,200}\)$")


def fits(seed: Seed) -> str:
    """Why it is one; empty where it is not."""
    found = lines(seed.text)
    head = _series(found)
    signed = sum(bool(line.sign) for line in found)
    if head is None or signed < 3 or _period(found) is None:
        return ""
    return f"it has the series title “{head.text}”, the period it covers, and {signed} bullets"


def read(seed: Seed, outlets: Outlets) -> tuple[Report, ...]:
    """The one report of the seed."""
    text = seed.text
    found = lines(text)
    if not found:
        return ()
    period = _period(found)
    day = seed.sidecar.published or (period.end if period else None)
    head = _series(found)
    listed: dict[str, tuple[int, int]] = {}
    blocks = []
    for marker, block in _parts(text, found, head):
        blocks.append(block)
        if marker:
            listed[marker] = block.span
    told = [block for block in blocks if block.kind in TOLD]
    cited, cites = parenthetical.cite(text, [block.span for block in told], outlets, day, house_style=True, whole=True)
    numbered, marks, notes = assembly.bracketed(text, [block.span for block in told], listed, outlets)
    if period:
        notes = (*notes, f"It covers {period.start} to {period.end}; no publication date is printed.")
    byline = " ".join(text[slice(*block.span)] for block in blocks if block.kind == "byline")
    return (
        assembly.report(
            seed,
            assembly.Draft(
                layout=NAME,
                blocks=tuple(blocks),
                publisher=NAME,
                title=head.text.rstrip(" *") if head else None,
                name=_bare(head.text) if head else found[0].text,
                authors=_editors(byline),
                period=period,
                takeaways=tuple(
                    Takeaway(text=text[slice(*block.span)], span=block.span)
                    for block in blocks
                    if block.kind == "takeaway"
                ),
                citations=(*cited, *numbered),
                marks=(*cites, *marks),
                notes=notes,
            ),
        ),
    )


def _series(found: Sequence[Line]) -> Line | None:
    for line in found[:_MASTHEAD]:
        if line.words < 20 and _SERIES.fullmatch(_bare(line.text)):
            return line
    return None


def _bare(title: str) -> str:
    """The title without the period in brackets and without asterisks."""
    return re.sub(r"\([^()]*\)", "", title).strip(" *")


def _period(found: Sequence[Line]) -> Period | None:
    return next((period for line in found[:_MASTHEAD] if (period := dates.period(line.text))), None)


def _editors(byline: str) -> tuple[str, ...]:
    named = _EDITOR.search(byline)
    if not named:
        return ()
    names = re.split(r",\s*(?:and\s+)?|\s+and\s+", named["names"])
    return tuple(_TITLE.sub("", name.strip()).strip() for name in names if name.strip())


def _parts(text: str, found: Sequence[Line], head: Line | None) -> Iterator[tuple[str, Block]]:
    """Blocks in order, each with the marker of the note it is, if it is one."""
    section: str | None = None
    summary = True
    often = Counter(_plain(line.text) for line in found)
    at = 0
    while at < len(found):
        line = found[at]
        if at > len(found) // 2 and references.begins(found, at):
            notes, at = references.entries(text, found, at, lambda _: False, loose=True)
            for note in notes:
                if note.span[0] < note.span[1]:
                    yield note.marker, Block(span=note.span, kind="endnote" if _runs(text, note) else "reference")
            continue
        at += 1
        after = found[at] if at < len(found) else None
        kind, reason = _kind(line, after, at, head, often)
        if kind == "heading" and line is not head:
            section = line.text
            summary = bool(_SUMMARY.fullmatch(line.text))
        if kind == "bullet" and summary:
            kind = "takeaway"
        where = None if kind == "heading" else section
        yield "", Block(span=line.span, kind=kind, reason=reason, section=where)


def _kind(line: Line, after: Line | None, number: int, head: Line | None, often: Counter[str]) -> tuple[BlockKind, str]:
    if line is head or _SUMMARY.fullmatch(line.text):
        return "heading", ""
    if (
        number <= _MASTHEAD
        and not line.sign
        and line.words < 25
        and (dates.period(line.text) or _EDITOR.match(line.text))
    ):
        return "byline", ""
    if line.sign:
        return "bullet", ""
    credit = bool(_CREDIT.search(line.text))
    if line.words < 60 and (credit or often[_plain(line.text)] > 1 or (after and after.text.startswith("("))):
        return "caption", "caption of a picture"
    if headlike(line, 16) and after and (after.sign or after.words > 20):
        return "heading", ""
    return "paragraph", ""


def _plain(text: str) -> str:
    return _CREDIT.sub("", text).strip(" .").casefold()


def _runs(text: str, note: references.Entry) -> bool:
    """Whether a note tells something and is not only an address or a title."""
    return len(text[slice(*note.span)].split()) > 25
