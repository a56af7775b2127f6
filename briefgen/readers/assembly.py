"""What a layout found becomes a Report: id, span, notes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from briefgen.model import Block, Citation, Mark, Objective, Period, Report, Seed, Span, Takeaway
from briefgen.readers import brackets, dates, references
from briefgen.readers.outlets import Outlets

_LEFT_OUT = frozenset({"caption", "boilerplate"})
_LONGEST_SLUG = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a layout read of one report; `report` makes it whole."""

    layout: str
    blocks: tuple[Block, ...]
    publisher: str | None = None
    title: str | None = None
    name: str = ""
    """What the id says instead of the title; for a report that prints none, or one with more in it."""
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    basis: Literal["printed", "inferred", "none"] = "none"
    why: str = ""
    period: Period | None = None
    cutoff: str | None = None
    takeaways: tuple[Takeaway, ...] = ()
    objectives: tuple[Objective, ...] = ()
    citations: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    address: str | None = None
    language: str = "en"
    unsure: bool = field(default=False)
    """The publisher is not known, so the id needs a hash of the text to be the report's own."""


def report(seed: Seed, draft: Draft) -> Report:
    """The report of a draft. What the seed's sidecar says about publisher and day goes first."""
    facts, meta = seed.sidecar, seed.meta
    blocks = tuple(sorted(draft.blocks, key=lambda block: block.span))
    span = (blocks[0].span[0], blocks[-1].span[1]) if blocks else (0, 0)
    publisher = facts.publisher or draft.publisher or meta.publisher
    printed = draft.published if draft.basis == "printed" else None
    published = facts.published or printed or meta.published or draft.published
    filed = published is not None and not facts.published and not printed and published == meta.published
    day = published or (draft.period.end if draft.period else None)
    parts = [publisher or "", slug(draft.name or draft.title or "", day), day.isoformat() if day else ""]
    if draft.unsure and not publisher:
        parts.append(hashlib.sha256(seed.text[slice(*span)].encode()).hexdigest()[:8])
    return Report(
        id="-".join(part for part in parts if part) or "report",
        seed=seed.name,
        sha256=seed.sha256,
        span=span,
        title=draft.title,
        publisher=publisher,
        authors=facts.authors or draft.authors or meta.authors,
        published=published,
        published_basis="sidecar" if facts.published else "file" if filed else draft.basis,
        published_why="" if facts.published or filed else draft.why,
        period=draft.period,
        cutoff=draft.cutoff,
        takeaways=draft.takeaways,
        objectives=draft.objectives,
        citations=draft.citations,
        marks=tuple(sorted(draft.marks, key=lambda mark: (mark.span, mark.citation))),
        blocks=blocks,
        layout=draft.layout,
        notes=(*draft.notes, *_left_out(blocks)),
        address=facts.address or draft.address or meta.address,
        licence=facts.licence,
        language=facts.language or draft.language,
        text=facts.text or "full",
    )


def slug(title: str, day: dt.date | None = None, most: int = _LONGEST_SLUG) -> str:
    """Lower-case ASCII of a title, cut at a word after `most` characters; the date `day` at its end is left off.

    A title in another script becomes a short hash of itself.
    """
    words = title
    if day:
        month = dates.NAMES[day.month - 1]
        for printed in (
            rf"{month}\s*{day.day},?\s*{day.year}",
            rf"{day.day}\s+{month},?\s+{day.year}",
            day.isoformat(),
        ):
            words = re.sub(rf"[\s,:(]*{printed}\)?\s*$", "", words, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower().replace("'", "")
    out = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not out:
        return hashlib.sha256(title.encode()).hexdigest()[:8] if title.strip() else ""
    if len(out) <= most:
        return out
    return out[: most + 1].rpartition("-")[0] or out[:most]


def fresh(marker: str, taken: set[str]) -> str:
    """A citation id for the marker that is not `taken` yet; it is then."""
    base = f"c-{slug(marker, most=2 * _LONGEST_SLUG) or 'note'}"
    out = base if base not in taken else f"{base}-{hashlib.sha256(marker.encode()).hexdigest()[:8]}"
    number = 2
    while out in taken:
        out, number = f"{base}-{number}", number + 1
    taken.add(out)
    return out


def bracketed(
    text: str,
    told: Iterable[Span],
    listed: Mapping[str, Span],
    outlets: Outlets,
    elsewhere: Collection[str] = (),
) -> tuple[tuple[Citation, ...], tuple[Mark, ...], tuple[str, ...]]:
    """Citations and marks of the bracket marks in `told`, and notes on what the copy lacks.

    `listed`: marker -> span of its entry in the reference list; `elsewhere`: markers that
    the text calls in another form than brackets.
    """
    found = brackets.find(text, told, listed)
    markers = list(dict.fromkeys(marker for item in found for marker in item.markers))
    markers += [marker for marker in listed if marker not in markers]
    taken: set[str] = set()
    ids = {marker: fresh(marker, taken) for marker in markers}
    citations = tuple(references.citation(m, ids[m], text, listed.get(m), outlets) for m in markers)
    marks = tuple(Mark(span=item.span, citation=ids[marker]) for item in found for marker in item.markers)
    return citations, marks, _gaps(found, listed, elsewhere)


def _gaps(found: Sequence[brackets.Found], listed: Mapping[str, Span], elsewhere: Collection[str]) -> tuple[str, ...]:
    markers = list(dict.fromkeys(marker for item in found for marker in item.markers))
    notes = []
    bare = [marker for marker in markers if marker not in listed]
    if bare and len(bare) == len(markers):
        verb = "has" if len(bare) == 1 else "have"
        notes.append(f"{_count(len(bare), 'citation mark')} {verb} no reference in this copy, which prints no list.")
    elif bare:
        notes.append(
            f"{len(bare)} of {_count(len(markers), 'citation mark')} have no reference in this copy: {_some(bare)}."
        )
    lost = brackets.missing(markers)
    if lost:
        notes.append(f"{_some(lost)} {'is' if len(lost) == 1 else 'are'} missing from the sequence of citation marks.")
    never = [marker for marker in listed if marker not in markers and marker not in elsewhere]
    if never and markers:
        notes.append(f"No mark in the text calls {'reference' if len(never) == 1 else 'references'} {_some(never)}.")
    return tuple(notes)


def _left_out(blocks: Sequence[Block]) -> tuple[str, ...]:
    left = [block for block in blocks if block.kind in _LEFT_OUT]
    if not left:
        return ()
    counts = Counter(block.reason or block.kind for block in left)
    listed = "; ".join(f"{reason} ({number})" if number > 1 else reason for reason, number in counts.items())
    return (f"{_count(len(left), 'passage')} left out of the reading: {listed}.",)


def _some(markers: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(markers[:most])
    return f"{shown} and {len(markers) - most} more" if len(markers) > most else shown


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
