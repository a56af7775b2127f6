"""The index of theaters, and a page for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from briefgen import charts
from briefgen.charts import Chart
from briefgen.model import Report
from briefgen.pages import maps, tables, words
from briefgen.pages.book import Book, Entry, Judgment, Paper
from briefgen.pages.events import JudgmentView, Note, judgment, notes, quoted, runs_of
from briefgen.pages.listing import (
    BESIDE,
    Fact,
    Listing,
    contested,
    contested_sentence,
    continued,
    latest,
    listing,
    most_named,
    reports_in,
    toc,
)
from briefgen.pages.page import Page, Ref, Target, asking, boost, file_stem
from briefgen.pages.trend import Trend, known_day, trend

NAMED = 12
JUDGMENTS = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """A name with a number."""

    ref: Ref
    n: int


@dataclass(frozen=True, slots=True)
class Aim:
    """Objectives that a report lists for one party or section."""

    section: str
    report: Ref
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theater:
    """View of a theater's page."""

    title: str
    covers: str
    standfirst: str
    status: str
    trend: Trend
    facts: tuple[Fact, ...]
    paper: Paper | None
    side_charts: tuple[Chart, ...]
    charts: tuple[Chart, ...]
    named: tuple[Counted, ...]
    sources: tuple[Counted, ...]
    neighbors: tuple[Counted, ...]
    """Theaters that it borders on, with how many of the events here lie there as well."""
    shared: tuple[Counted, ...]
    """The other theaters that share events with it."""
    aims: tuple[Aim, ...]
    judgments: tuple[JudgmentView, ...]
    judgments_deck: str
    listing: Listing
    notes: tuple[Note, ...]
    data: str


@dataclass(frozen=True, slots=True)
class Group:
    """Theaters under one heading."""

    title: str
    rows: tuple[tables.TheaterRow, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """View of the index of theaters."""

    title: str
    standfirst: str
    groups: tuple[Group, ...]
    silent: tuple[str, ...]


def pages(book: Book) -> list[Page]:
    """The index first, then the theaters by id."""
    out = [_index(book)]
    for id_, entries in book.by_theater.items():
        first = _theater(id_, entries, book)
        out += [first, *continued(entries, book, first, "Theater")]
    return out


def _index(book: Book) -> Page:
    rows = tables.theaters(book)
    order = list(dict.fromkeys([t.group for t in book.knowledge.theaters.values()] + ["Other"]))
    ranked = sorted(rows, key=lambda row: order.index(row.group))
    silent = [t.name for id_, t in book.knowledge.theaters.items() if id_ not in book.by_theater]
    with_events = sum(1 for row in rows if row.events)
    view = Index(
        title="Theaters",
        standfirst=f"{words.sentence(words.count(with_events, 'theater'))} with events in "
        f"{words.count(len(book.records), 'report')}. An event that touches several theaters stands under each."
        if rows
        else "",
        groups=tuple(Group(title, tuple(group)) for title, group in groupby(ranked, key=lambda row: row.group)),
        silent=tuple(silent),
    )
    return Page("theaters/index.md", "theaters", "Theaters", "Theaters", view, (Target("page:theaters/index"),))


def _theater(id_: str, entries: tuple[Entry, ...], book: Book) -> Page:
    known = book.knowledge.theaters.get(id_)
    name = book.theater_name(id_)
    events = [entry.event for entry in entries]
    reports = book.reports_of(entries)
    judged = judged_in(id_, book)
    shown = tuple(judgment(j, book) for j in judged[:JUDGMENTS])
    stem = f"theaters/{file_stem(id_)}"
    events_list = listing(entries, book, stem, ask=(("theater", id_),))

    def ask(key: str, value: str) -> str:
        return asking((key, value), ("theater", id_))

    side = (charts.types(events, book.style, ask=ask), charts.certainty(events, book.style, ask=ask))
    wide = (charts.activity(events, reports, book.style, BESIDE), charts.lanes(events, book.actors, book.style))
    shared = Counter(other for e in events for other in set(e.theaters) - {id_})
    beside = _neighbors(id_, book)
    view = Theater(
        title=name,
        covers=known.covers if known else "",
        standfirst=standfirst(entries),
        status=_status(entries, reports),
        trend=trend(entries, book),
        facts=facts(entries, len(judged)),
        paper=book.paper("theater", id_),
        side_charts=tuple(c for c in side if c),
        charts=tuple(c for c in (maps.of_theater(id_, entries, book, BESIDE), *wide) if c),
        named=tuple(Counted(ref, n) for ref, n in most_named(entries, book, most=NAMED)),
        sources=tuple(Counted(book.source(s), n) for s, n in book.cited_by(entries)[:NAMED]),
        neighbors=tuple(Counted(book.theater(t), shared[t]) for t in beside),
        shared=tuple(
            Counted(book.theater(t), n)
            for t, n in sorted(shared.items(), key=lambda i: (-i[1], i[0]))
            if t not in beside
        ),
        aims=_aims(id_, book),
        judgments=shown,
        judgments_deck=_judgments_deck(len(shown), sum(bool(j.assessment.likelihood) for j in judged), len(judged)),
        listing=events_list,
        notes=notes(book, [*runs_of(events_list.months), *quoted(j.quote for j in shown)]),
        data=id_ if entries else "",
    )
    contents = toc(
        ("objectives", "Objectives", view.aims),
        ("assessments", "Key judgments", shown),
        *(
            (c.id, {"map": "Map", "activity": "Activity", "lanes": "Timeline by actor"}.get(c.id, c.id), True)
            for c in view.charts
        ),
        ("events", "Events", entries),
        ("who", "Actors and sources", view.named),
        ("neighbors", "Neighboring theaters", view.neighbors),
    )
    crumbs = (Ref("Briefing", "page:index"), Ref("Theaters", "page:theaters/index"))
    targets = (Target(f"theater:{id_}"), Target(f"page:{stem}"))
    return Page(
        f"{stem}.md", "theater", name, "Theaters", view, targets, crumbs, contents, view.standfirst, boost(len(entries))
    )


def judged_in(id_: str, book: Book) -> list[Judgment]:
    """Assessments on the theater: those with a band first, then the latest."""
    return sorted(
        (j for j in book.judgments if id_ in j.assessment.theaters),
        key=lambda j: (
            j.assessment.likelihood is None,
            -(j.report.published.toordinal() if j.report.published else 0),
            j.report.id,
            j.number,
        ),
    )


def standfirst(entries: tuple[Entry, ...]) -> str:
    """What lies in the theater, in a sentence or two."""
    if not entries:
        return "No event of the reports read lies here; assessments name it."
    kinds = Counter(e.event.type for e in entries)
    many, total = words.count(len(entries), "event"), len(entries)
    parts = [f"{words.sentence(many)} in {words.count(reports_in(entries), 'report')}."]
    talks = kinds["CONSULT"] + kinds["AGREE"]
    clauses = []
    if n := kinds["ASSAULT"]:
        clauses.append(f"{words.number(n)} {'is an armed attack' if n == 1 else 'are armed attacks'}")
    if talks == 1:
        clauses.append("one is a meeting or agreement")
    elif talks:
        clauses.append(f"{words.number(talks)} are meetings or agreements")
    if clauses and total > 1:
        parts.append(words.sentence(f"{words.listed(clauses)}."))
    if total > 1 and (doubt := contested_sentence(entries)):
        parts.append(doubt)
    return " ".join(parts)


def _status(entries: tuple[Entry, ...], reports: Sequence[Report]) -> str:
    """When it was last told of, and what the latest event is."""
    if not entries:
        return ""
    days = [day for report in reports if (day := known_day(report))]
    told = "Last told of in a report without a date"
    if days:
        newest, printed = max(days)
        told = f"Last told of in a report of {'' if printed else 'about '}{words.day(newest)}"
    dated = next((e for e in entries if e.event.date.start), None)
    return f"{told}; the latest event is of {words.date(dated.event.date)}." if dated else f"{told}; no event is dated."


def _neighbors(id_: str, book: Book) -> list[str]:
    """Theaters that it borders on, whichever of the two says so, in the order of the knowledge."""
    theaters = book.knowledge.theaters
    own = theaters[id_].neighbors if id_ in theaters else ()
    return [t.id for t in theaters.values() if t.id != id_ and (t.id in own or id_ in t.neighbors)]


def _judgments_deck(shown: int, banded: int, total: int) -> str:
    if total == 1:
        return "The one assessment of the reports that names it."
    first = "Those with a probability band come first." if banded else "None uses a word with a probability band."
    if shown == total == 2:
        return f"Both assessments of the reports that name it. {first}"
    many = "All" if shown == total else words.sentence(words.number(shown)) + " of the"
    return f"{many} {words.count(total, 'assessment')} of the reports that name it. {first}"


def facts(entries: tuple[Entry, ...], judged: int) -> tuple[Fact, ...]:
    """The theater in six figures; in one where it has no events."""
    if not entries:
        return (Fact("Assessments", f"{judged:,}"),)
    kinds = Counter(e.event.type for e in entries)
    return (
        Fact("Events", f"{len(entries):,}"),
        Fact("Armed attacks", f"{kinds['ASSAULT']:,}"),
        Fact("Meetings", f"{kinds['CONSULT']:,}"),
        Fact("Contested", f"{len(contested(entries)):,}", "claimed, unconfirmed or denied"),
        Fact("Assessments", f"{judged:,}"),
        Fact("Latest event", latest(entries)),
    )


def _aims(id_: str, book: Book) -> tuple[Aim, ...]:
    """Objectives under the section headings that mean this theater."""
    known = book.knowledge.theaters.get(id_)
    headings = {s.casefold() for s in (*known.sections, known.name)} if known else set()
    out = []
    for record in book.records:
        report = record.report
        mine = [o for o in report.objectives if o.section.casefold() in headings]
        for section, group in groupby(mine, key=lambda o: o.section):
            out.append(Aim(section, book.report(report), tuple(o.text for o in group)))
    return tuple(out[:4])
