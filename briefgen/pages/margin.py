"""What stands beside a report's text: which events and assessments a stretch of it carries.

Found by place, so that a report of thousands of passages takes no longer than its length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from briefgen.model import EventActor, EventPlace, Span
from briefgen.pages import words
from briefgen.pages.book import Book, Entry, Judgment
from briefgen.pages.events import EventView, JudgmentView, judgment, view
from briefgen.pages.page import Ref
from briefgen.pages.passages import Call, Stretch

T = TypeVar("T", Entry, Judgment)


@dataclass(frozen=True, slots=True)
class Noted:
    """An event beside its text, and its record to open: names and values as they are kept."""

    event: EventView
    record: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The notes of one passage."""

    events: tuple[Noted, ...]
    """First told here."""
    again: tuple[Ref, ...]
    """Told here again."""
    judgments: tuple[JudgmentView, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """Events and assessments of one report, by the place where they are told."""

    book: Book
    stretches: tuple[Stretch, ...]
    """By their beginning."""
    longest: int
    """Length of the longest stretch."""
    first: tuple[tuple[int, Entry], ...]
    again: tuple[tuple[int, Entry], ...]
    judged: tuple[tuple[int, Judgment], ...]

    def inside(self, span: Span) -> list[Stretch]:
        """The stretches that touch `span`."""
        low = bisect_left(self.stretches, span[0] - self.longest, key=_start)
        high = bisect_left(self.stretches, span[1], key=_start)
        return [s for s in self.stretches[low:high] if s.span[1] > span[0]]

    def beside(self, span: Span) -> Beside:
        """The notes that belong to the text of `span`."""
        first = _within(self.first, span)
        here = {entry.event.id for entry in first}
        again = {e.event.id: e for e in _within(self.again, span) if e.event.id not in here}
        return Beside(
            events=tuple(Noted(view(entry, self.book), record(entry, self.book)) for entry in first),
            again=tuple(Ref(str(e.number), f"#e-{id_}") for id_, e in sorted(again.items(), key=lambda i: i[1].number)),
            judgments=tuple(judgment(item, self.book) for item in _within(self.judged, span)),
        )


def record(entry: Entry, book: Book) -> tuple[tuple[str, str], ...]:
    """What was read, how it is written, and why: what the one line of the note leaves out."""
    event = entry.event
    when = event.date
    dated = f"{words.date(when)}, {when.precision}; basis: {when.basis}" if when.start else "none"
    rows = [
        ("Date", dated + (f"; as written: “{when.as_written}”" if when.as_written else "")),
        *(("Actor", _party(actor)) for actor in event.actors),
        ("Said by", ", ".join(book.speaker(name).name for name in event.attributed_to)),
        *(("Place", _place_of(place)) for place in event.places),
        ("Theaters", ", ".join(book.theater_name(id_) for id_ in event.theaters)),
        ("Weapons", ", ".join(event.weapons)),
        ("Number", f"{event.count:,}" if event.count is not None else ""),
        ("Told in", words.count(len(event.evidence), "sentence")),
        ("Confidence", f"{event.confidence:.2f}, {event.review}"),
        ("Rule", event.rule),
        ("Id", event.id),
    ]
    return tuple((name, value) for name, value in rows if value)


def _party(actor: EventActor) -> str:
    known = "" if actor.known else "; not yet in the knowledge"
    return f"{actor.name}, {actor.role}; as written: “{actor.as_written}”{known}"


def _place_of(place: EventPlace) -> str:
    return f"{place.name}, {place.precision}; as written: “{place.as_written}”"


def margin(entries: Sequence[Entry], judged: Sequence[Judgment], book: Book) -> Margin:
    """The margin of a report from its events and assessments, each in the order of their numbers."""
    stretches = sorted([*_events(entries, book), *_judgments(judged)], key=_start)
    told = [(x.span[0], n, e) for e in entries for n, x in enumerate(e.event.evidence)]
    return Margin(
        book=book,
        stretches=tuple(stretches),
        longest=max((s.span[1] - s.span[0] for s in stretches), default=0),
        first=tuple(sorted(((at, e) for at, n, e in told if not n), key=_place)),
        again=tuple(sorted(((at, e) for at, n, e in told if n), key=_place)),
        judged=tuple(sorted(((j.assessment.span[0], j) for j in judged), key=_place)),
    )


def _events(entries: Sequence[Entry], book: Book) -> Iterator[Stretch]:
    for entry in entries:
        family = book.family(entry.event)
        for n, evidence in enumerate(entry.event.evidence):
            call = Call(
                number=str(entry.number),
                anchor=f"e-{entry.event.id}",
                here="" if n else f"s-{entry.event.id}",
                css=family,
                type=entry.event.type,
                label=f"{entry.number}, event, {entry.event.type.capitalize()}",
            )
            yield Stretch(evidence.span, f"hl {family}", (call,))


def _judgments(judged: Sequence[Judgment]) -> Iterator[Stretch]:
    for item in judged:
        id_ = item.assessment.id
        call = Call(f"A{item.number}", f"a-{id_}", f"s-{id_}", "asmt", "", f"A{item.number}, assessment")
        yield Stretch(item.assessment.span, "judge", (call,))


def _start(stretch: Stretch) -> int:
    return stretch.span[0]


def _place(item: tuple[int, Entry | Judgment]) -> tuple[int, int]:
    return (item[0], item[1].number)


def _within(items: Sequence[tuple[int, T]], span: Span) -> list[T]:
    low, high = (bisect_left(items, at, key=lambda item: item[0]) for at in span)
    return [item for _, item in items[low:high]]
