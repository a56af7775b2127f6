"""Printed pages -> passages: columns, running heads and page numbers, paragraphs, words broken at line ends, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from briefgen.containers.content import Writer, flat
from briefgen.model import BlockKind

_MARGIN = 0.12
"""Of the page's height, at its top and bottom: where running heads and page numbers stand."""
_NUMBER = re.compile(
    r"(?:page|p\.|[-–—|])?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_SIGN = re.compile(r"(?:[•●▪◦‣∙○■□➢►✓\uf0b7\uf0a7]|[*\-–](?=\s))\s*")
_NOTE = re.compile(r"(?:\[(?P<a>\d{1,3})\]|(?P<b>\d{1,3})(?:[.)]|(?=\s)))\s*(?=\S)")
_CALL = re.compile(r"\[(\d{1,3})\]")
_REFERENCES = re.compile(
    r"(?:references?|sources|end\s?notes?|foot\s?notes?|notes|bibliography|works cited|citations)\W*", re.IGNORECASE
)
_END = re.compile(r"[.!?…:][”\"’')\]]*(?:\[\d{1,3}\])*$")
_BROKEN = re.compile(r"(?P<head>[^\W\d_]+)[-\u2010\u00ad]$")
_KEEPS = frozenset("anti co cross ex far long mid multi non pan post pre pro self semi short so well".split())
"""First parts of words that are more often written with a hyphen than without."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of one column."""

    x: float
    y: float
    """Of its foot, counted from the bottom of the page."""
    size: float
    bold: bool
    words: str
    label: str = ""
    """A raised number that it begins with."""

    @property
    def end(self) -> float:
        """About where it ends."""
        return self.x + len(self.words) * self.size * 0.46


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page."""

    segments: tuple[Segment, ...]
    bottom: float
    top: float


@dataclass(slots=True)
class _Passage:
    kind: BlockKind
    lines: list[str]
    size: float
    marker: str = ""


def passages(pages: Sequence[Page]) -> Writer:
    """All pages as one text."""
    bare = list(_without_heads(pages))
    letters: Counter[float] = Counter()
    for page in bare:
        for segment in page.segments:
            letters[round(segment.size, 1)] += len(segment.words)
    body = max(letters, key=lambda size: (letters[size], size), default=10.0)
    texts: list[tuple[list[Segment], list[_Passage]]] = [_feet(_in_order(page), body) for page in bare]
    _number_apart(texts)
    told = list(_told([segments for segments, _ in texts], body))
    notes = [note for _, found in texts for note in found]
    words = Counter(
        re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(s.words for page in bare for s in page.segments).lower())
    )
    writer = Writer()
    first = _title(told)
    for passage in [*told[first : first + 1], *told[:first], *told[first + 1 :], *notes]:
        marked = f"[{passage.marker}]" if passage.marker.isdigit() else f"[^{passage.marker}]"
        sign = marked if passage.marker else "•" if passage.kind == "bullet" else ""
        writer.add(_joined(passage.lines, words), passage.kind, passage.marker, sign)
    return writer


def _without_heads(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages without running heads and feet, which many of them share, and without their numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_head(segment) for segment in page.segments if _in_margin(segment, page)})
    often = max(2, min(4, (len(pages) + 1) // 2))
    for page in pages:
        kept = [
            segment
            for segment in page.segments
            if not _in_margin(segment, page)
            or not (_NUMBER.fullmatch(segment.words) or max(seen[_head(segment, step)] for step in (-1, 0, 1)) >= often)
        ]
        yield replace(page, segments=tuple(kept))


def _head(segment: Segment, step: int = 0) -> tuple[str, int]:
    return re.sub(r"\d+", "#", segment.words), round(segment.y / 4) + step


def _in_margin(segment: Segment, page: Page) -> bool:
    height = page.top - page.bottom
    return segment.y > page.top - _MARGIN * height or segment.y < page.bottom + _MARGIN * height


def _in_order(page: Page) -> list[Segment]:
    """The lines in reading order: as the file has them, unless it draws two columns line by line."""
    found = list(page.segments)
    pairs = [
        (left, right) for left, right in pairwise(found) if abs(left.y - right.y) < 0.3 * left.size and right.x > left.x
    ]
    wordy = [right for left, right in pairs if min(len(left.words), len(right.words)) >= 15]
    if len(wordy) < 4 or len(wordy) * 4 < len(found):
        return found
    gutter = median(right.x for right in wordy)
    out: list[Segment] = []
    columns: tuple[list[Segment], list[Segment]] = ([], [])
    rows = sorted(found, key=lambda segment: (-round(segment.y, 1), segment.x))
    beside = {id(left) for left, _ in pairs}
    for segment in rows:
        if segment.x < gutter - segment.size and segment.end > gutter + 2 * segment.size and id(segment) not in beside:
            out += [*columns[0], *columns[1], segment]
            columns = ([], [])
        else:
            columns[segment.x >= gutter - segment.size].append(segment)
    return [*out, *columns[0], *columns[1]]


def _feet(found: list[Segment], body: float) -> tuple[list[Segment], list[_Passage]]:
    """The lines without the notes at the foot of the page, and those notes."""
    called = {number for segment in found for number in _CALL.findall(segment.words)}
    kept: list[Segment] = []
    notes: list[_Passage] = []
    for segment in found:
        small = segment.size < 0.93 * body
        head = _NOTE.match(segment.words)
        marker = segment.label or (head and (head["a"] or head["b"])) or ""
        if small and marker and (segment.label or marker in called):
            words = segment.words if segment.label or not head else segment.words[head.end() :]
            notes.append(_Passage("endnote", [words], segment.size, marker))
        elif small and notes and abs(segment.size - notes[-1].size) < 0.5:
            notes[-1].lines.append(segment.words)
        else:
            words = f"[{segment.label}] {segment.words}" if segment.label else segment.words
            kept.append(replace(segment, words=words))
    return kept, notes


def _number_apart(texts: list[tuple[list[Segment], list[_Passage]]]) -> None:
    """Where notes begin anew on each page, give each its page's number as well."""
    markers = [note.marker for _, notes in texts for note in notes]
    if len(set(markers)) == len(markers):
        return
    for number, (segments, notes) in enumerate(texts, 1):
        own = {note.marker for note in notes}
        for note in notes:
            note.marker = f"{number}-{note.marker}"
        for at, segment in enumerate(segments):
            words = _CALL.sub(
                lambda call, number=number, own=own: f"[^{number}-{call[1]}]" if call[1] in own else call[0],  # type: ignore[misc]
                segment.words,
            )
            segments[at] = replace(segment, words=words)


def _told(pages: Sequence[Sequence[Segment]], body: float) -> Iterator[_Passage]:
    """Headings, paragraphs and items, across the ends of columns and pages."""
    gaps = [
        before.y - after.y
        for page in pages
        for before, after in pairwise(page)
        if 0 < before.y - after.y < 2.5 * body and before.size == after.size
    ]
    step = median(gaps) if gaps else 1.2 * body
    current: _Passage | None = None
    before: Segment | None = None
    left = right = 0.0
    listing = False
    for page in pages:
        for number, segment in enumerate(page):
            heading = _is_heading(segment, body)
            sign = _SIGN.match(segment.words)
            note = _NOTE.match(segment.words) if listing and not heading else None
            lower = before is not None and before.y - segment.y > 0
            if lower and before is not None and number:
                right = max(right, segment.end)
            else:
                left, right = segment.x, segment.end
            goes_on = (
                current is not None
                and before is not None
                and not sign
                and not note
                and heading == (current.kind == "heading")
                and abs(segment.size - before.size) < 0.08 * body
                and (
                    before.y - segment.y < 1.35 * max(step, 1.1 * segment.size)
                    and not _over(before, segment, left, right)
                    if lower and number
                    else not heading and not _END.search(current.lines[-1])
                )
            )
            if goes_on and current is not None:
                current.lines.append(segment.words)
            else:
                if current is not None:
                    yield current
                kind: BlockKind = "heading" if heading else "bullet" if sign else "endnote" if note else "paragraph"
                words = segment.words[sign.end() :] if sign else segment.words[note.end() :] if note else segment.words
                current = _Passage(kind, [words], segment.size, (note["a"] or note["b"]) if note else "")
                listing = bool(_REFERENCES.fullmatch(segment.words)) if heading else listing
            before = segment
    if current is not None:
        yield current


def _over(before: Segment, segment: Segment, left: float, right: float) -> bool:
    """Whether a paragraph is over with the line before: the next one is set in, or it ends a sentence early."""
    indented = segment.x > left + 0.8 * segment.size and before.x <= left + 0.4 * segment.size
    early = before.end < left + 0.8 * (right - left) and bool(_END.search(before.words))
    return indented or early


def _is_heading(segment: Segment, body: float) -> bool:
    words = segment.words
    if len(words.split()) > 25 or not any(char.isalpha() for char in words) or _SIGN.match(words):
        return False
    return segment.size > 1.12 * body or (segment.bold and words[-1] not in ".,;:" and segment.size > 0.95 * body)


def _title(told: Sequence[_Passage]) -> int:
    """Index of the title: the heading in the largest type among the first passages."""
    first = [(passage.size, -at) for at, passage in enumerate(told[:8]) if passage.kind == "heading"]
    return -max(first)[1] if first else 0


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """Lines as running text, words that were broken at a line's end made whole."""
    out = ""
    for line in lines:
        broken = _BROKEN.search(out)
        rest = re.match(r"[^\W\d_]+", line)
        if broken and rest and rest.group()[0].islower():
            head, tail = broken["head"].lower(), rest.group().lower()
            keeps = words[f"{head}-{tail}"] > words[head + tail] or head in _KEEPS or broken["head"][0].isupper()
            keeps = keeps and not words[head + tail] and not out.endswith("\u00ad")
            out = (f"{out[:-1]}-" if keeps else out[:-1]) + line
        else:
            out = f"{out} {line}" if out else line
    return flat(out.replace("\u00ad", ""))
