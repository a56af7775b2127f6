"""The page of what changed: events new, changed and gone since another state of the records, by report.

An event that both states or the new one have leads to its place on the pages; one that is
gone is told in the words that it had, with its marks as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefgen.diff import Change, Changed, Counts, ReportDiff, counts
from briefgen.model import Assessment, Event, Evidence, Report
from briefgen.pages import corrected, words
from briefgen.pages.book import Book, Entry
from briefgen.pages.events import EventView, Note, notes, quoted, view
from briefgen.pages.listing import toc
from briefgen.pages.page import Page, Ref, Target
from briefgen.pages.passages import Cite, Quote, label, quote

MOST = 400
"""So many events stand on the page; more are counted."""
HASH = 12
"""So many letters of a hash are enough to tell two apart."""
TITLE = "What changed"
_ONLY = {"confidence"}
"""What nobody reads about, where nothing else has changed."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field with what it said and says now, in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Item:
    """An event with what became of it; `lane` where it stands on the review lane only."""

    event: EventView
    fields: tuple[Field, ...]
    lane: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Events of a report that are new, changed or gone; `total` counts those that are left out as well."""

    title: str
    total: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Assessments of a report that are new or gone, word for word."""

    title: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one report."""

    anchor: str
    report: Ref
    deck: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """View of the page."""

    title: str
    standfirst: str
    parts: tuple[Part, ...]
    left: int
    notes: tuple[Note, ...]


def page(found: Sequence[ReportDiff], since: str, book: Book) -> Page:
    """The page of `found`; `since` names the state that `book`'s records are compared with."""
    order = {record.report.id: n for n, record in enumerate(book.records)}
    room, parts, left = MOST, [], 0
    for n, one in enumerate(sorted(found, key=lambda d: (order.get(d.report.id, len(order)), d.report.id))):
        part = _part(one, f"r-{n}", book, room)
        there = sum(len(group.items) for group in part.groups)
        left += sum(group.total for group in part.groups) - there
        room -= there
        parts.append(part)
    summary = _summary(counts(found))
    changes = Changes(
        title=TITLE,
        standfirst=f"Since {since}: {summary}." if summary else f"Nothing has changed since {since}.",
        parts=tuple(parts),
        left=left,
        notes=notes(book, quoted(_quotes(parts))),
    )
    contents = toc(*((part.anchor, part.report.name, True) for part in parts))
    crumbs = (Ref("Briefing", "page:index"),)
    return Page(
        "events/changes.md", "changes", TITLE, TITLE, changes, (Target("page:events/changes"),), crumbs, contents,
        description=changes.standfirst,
    )  # fmt: skip


def _summary(total: Counts) -> str:
    """`two reports new; 12 events new, three gone`; empty where nothing has changed."""
    told = []
    for noun, numbers in (("report", total.reports), ("event", total.events), ("assessment", total.assessments)):
        states = [(n, state) for state, n in numbers.items() if n]
        told += [", ".join([f"{words.count(states[0][0], noun)} {states[0][1]}",
                            *(f"{words.number(n)} {state}" for n, state in states[1:])])] if states else []  # fmt: skip
    return "; ".join(told)


def _part(one: ReportDiff, anchor: str, book: Book, room: int) -> Part:
    """One report, with no more than `room` of its events."""
    told = [pair for pair in one.changed if pair.old.id != pair.new.id or {f.field for f in pair.fields} - _ONLY]
    quiet = len(one.changed) - len(told)
    deck = [words.issued(one.report)]
    deck += [f"{one.state} report"] if one.state != "changed" else []
    deck += [f"was {one.was}, so its events have new ids"] if one.was else []
    deck += [f"{words.count(quiet, 'event')} changed in confidence only"] if quiet else []
    groups = []
    for title, total, items in (
        ("New", len(one.new), (_item(event, one.report, book) for event in one.new)),
        ("Changed", len(told), (_changed(pair, one.report, book) for pair in told)),
        ("Gone", len(one.gone), (_gone(event, one, book) for event in one.gone)),
    ):
        shown = tuple(item for item, _ in zip(items, range(room), strict=False))
        room -= len(shown)
        groups += [Group(title, total, shown)] if total else []
    judged = (
        ("Assessments new", one.new_assessments, one.report),
        ("Assessments gone", one.gone_assessments, one.before or one.report),
    )
    return Part(
        anchor=anchor,
        report=_report(one.report, book),
        deck=" · ".join(deck),
        fields=tuple(_field(change, book) for change in one.fields),
        groups=tuple(groups),
        judged=tuple(Judged(title, _judged(items, report, book)) for title, items, report in judged if items),
    )


def _judged(items: Sequence[Assessment], report: Report, book: Book) -> tuple[Quote, ...]:
    told = (Evidence(quote=item.quote, span=item.span, citations=item.citations) for item in items)
    return tuple(_quote(evidence, report, book) for evidence in told)


def _item(event: Event, report: Report, book: Book, fields: tuple[Field, ...] = ()) -> Item:
    numbers = {e.event.id: e.number for e in book.by_report.get(report.id, ())}
    return Item(view(Entry(event, report, numbers.get(event.id, 0)), book), fields, lane=event.id not in numbers)


def _changed(pair: Changed, report: Report, book: Book) -> Item:
    fields = tuple(_field(change, book) for change in pair.fields)
    if pair.old.id != pair.new.id:
        fields = (Field("id", pair.old.id, pair.new.id), *fields)
    return _item(pair.new, report, book, fields)


def _gone(event: Event, one: ReportDiff, book: Book) -> Item:
    """An event that is on no page any more: its report is a link only where that is still there."""
    report = one.before or one.report
    seen = view(Entry(event, report, 0), book)
    first, *more = (_quote(evidence, report, book) for evidence in event.evidence)
    about = _report(one.report, book)
    return Item(replace(seen, report=about, quote=first, more=tuple(more), edit=""), (), lane=False)


def _report(report: Report, book: Book) -> Ref:
    """The report's title, a link where it is still there."""
    name = book.report(report)
    return name if any(record.report.id == report.id for record in book.records) else Ref(name.name)


def _quote(evidence: Evidence, report: Report, book: Book) -> Quote:
    """The evidence with its marks; one leads to its footnote where the report still has that citation."""
    known = {c.id: c for c in report.citations}
    same = {name for id_, c in known.items()
            if (name := label(report.id, id_)) in book.footnotes and book.footnotes[name].citation == c}  # fmt: skip

    def led(cite: Cite) -> Cite:
        return cite if cite.label in same else replace(cite, label=None)

    made = quote(evidence, report, known)
    runs = tuple(led(run) if isinstance(run, Cite) else run for run in made.runs)
    return replace(made, runs=runs, after=tuple(led(cite) for cite in made.after))


def _field(change: Change, book: Book) -> Field:
    if change.field == "evidence":
        return _evidence(change)
    return Field(
        corrected.name(change.field), *(_value(change.field, plain, book) for plain in (change.old, change.new))
    )


def _value(field: str, plain: object, book: Book) -> str:
    if field == "theaters" and isinstance(plain, list) and plain:
        return "; ".join(book.theater_name(id_) for id_ in plain)
    if field == "attributed_to" and isinstance(plain, list) and plain:
        return "; ".join(book.speaker(name).name for name in plain)
    told = corrected.value(field, plain)
    return told[:HASH] if field == "sha256" else corrected.cut(told)


def _evidence(change: Change) -> Field:
    """Sentences that only one of the states has, whole; where they are the same, their places and citations."""
    old, new = ([item["quote"] for item in state] for state in (change.old, change.new))
    fewer, more = ([f"“{q}”" for q in one if q not in other] for one, other in ((old, new), (new, old)))
    if fewer or more:
        return Field("sentences", " ".join(fewer) or "without what follows", " ".join(more) or "without it")
    places = (
        "; ".join(f"characters {a}–{b}, {corrected.value('citations', cited)}" for a, b, cited in state)
        for state in ([(*item["span"], item["citations"]) for item in each] for each in (change.old, change.new))
    )
    return Field("place in the text and citations", *places)


def _quotes(parts: Sequence[Part]) -> Iterator[Quote]:
    for part in parts:
        for item in (item for group in part.groups for item in group.items):
            yield from (item.event.quote, *item.event.more)
        yield from (q for group in part.judged for q in group.quotes)
