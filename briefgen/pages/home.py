"""The home page: the picture in a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefgen import charts
from briefgen.charts import Chart
from briefgen.model import Takeaway
from briefgen.pages import maps, tables, words
from briefgen.pages.book import Book, Entry, Judgment, Paper
from briefgen.pages.cards import Card, cards
from briefgen.pages.events import EventView, JudgmentView, Note, judgment, notes, quoted, view
from briefgen.pages.listing import (
    CONTESTED,
    Fact,
    contested,
    contested_sentence,
    cutoff,
    day_of,
    families_sentence,
    latest_report,
)
from briefgen.pages.page import Page, Ref, Target, asking, direction
from briefgen.pages.passages import Cite, Quote, Words
from briefgen.pages.sparks import Spark, sparks
from briefgen.pages.trend import STALE, Gap, gaps

PAIRS = 8
DISPUTED = 5
JUDGMENTS = 5
CARDS = 9
ROWS = 8
NAMED = 8
"""So many theaters without anything are named, more are counted."""
PAPERS = 3
"""So many briefs of each kind are named here; every page has its own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding of the latest report, and the words it rests on."""

    label: str
    event: EventView | None
    quote: Quote
    also: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """The latest report."""

    kick: str
    report: Ref
    deck: str
    pairs: tuple[Pair, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Active:
    """One of the actors named most, with its months."""

    row: tables.ActorRow
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What no report tells, and what the reports leave open."""

    deck: str
    gaps: tuple[Gap, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """Some of the briefs on paper of one kind."""

    title: str
    rows: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """View of the home page."""

    title: str
    standfirst: str
    changes: Ref | None
    """The way to what changed, where there is a page of that."""
    changes_deck: str
    facts: tuple[Fact, ...]
    lead: Lead | None
    disputed: tuple[EventView, ...]
    disputed_deck: str
    disputed_more: Ref | None
    """The way to all of them, where some are left out."""
    judgments: tuple[JudgmentView, ...]
    judgments_deck: str
    charts: tuple[Chart, ...]
    cards: tuple[Card, ...]
    actors: tuple[Active, ...]
    actors_deck: str
    months: str
    """Which months the bars beside the actors show; empty where there are none."""
    sources: tuple[tables.SourceRow, ...]
    reports: tuple[tables.ReportRow, ...]
    missing: Missing | None
    papers: tuple[Papers, ...]
    notes: tuple[Note, ...]


def page(book: Book, changes: Page | None = None) -> Page:
    """The home page, which leads to `changes` where there is one; with no reports at all it says how to begin."""
    edition = latest_report(book)
    title = f"Briefing of {words.day(edition, long=True)}" if edition else "Briefing"
    lead = _lead(book)
    disputed = contested(book.entries)
    shown = tuple(view(entry, book) for entry in disputed[:DISPUTED])
    key = _key_judgments(book)
    judged = tuple(judgment(item, book) for item in key[:JUDGMENTS])
    quotes = [pair.quote for pair in (lead.pairs if lead else ())]
    quotes += [event.quote for event in shown] + [item.quote for item in judged]
    events = [entry.event for entry in book.entries]
    drawn = (
        charts.activity(events, [r.report for r in book.records], book.style),
        maps.world(book),
        charts.heat(events, {id_: book.theater_name(id_) for id_ in book.by_theater}, book.style, ask=asking),
    )
    actors = tables.actors(book)[:ROWS]
    bars = sparks({row.id: book.by_actor.get(row.id, ()) for row in actors}, book)
    home = Home(
        title=title,
        standfirst=_standfirst(book),
        changes=Ref(changes.title, changes.targets[0].id) if changes else None,
        changes_deck=changes.description if changes else "",
        facts=_facts(book),
        lead=lead,
        disputed=shown,
        disputed_deck=f"Denied, doubted, or on one side’s word: {len(disputed):,} of "
        f"{len(book.entries):,} events in all reports." + (" The latest:" if len(disputed) > len(shown) else ""),
        disputed_more=Ref(
            f"All {len(disputed):,} in the explorer", asking(*(("certainty", kind) for kind in sorted(CONTESTED)))
        )
        if len(disputed) > len(shown)
        else None,
        judgments=judged,
        judgments_deck=_judgments_deck(book, key),
        charts=tuple(chart for chart in drawn if chart),
        cards=cards(book)[:CARDS],
        actors=tuple(Active(row, bars.by_row[row.id] if bars else None) for row in actors),
        actors_deck="Acts counts acting and taking part."
        + (
            f" The bars are events a month on one scale, 0 to {bars.scale:,}; "
            "where the line below is faint, no report read covers the month."
            if bars
            else ""
        ),
        months=bars.title if bars else "",
        sources=tuple(row for row in tables.sources(book) if row.events)[:ROWS],
        reports=tables.reports(book)[:ROWS],
        missing=_missing(book),
        papers=_papers(book),
        notes=notes(book, quoted(quotes)),
    )
    return Page("index.md", "home", title, "Briefing", home, (Target("page:index"),), description=home.standfirst)


def _standfirst(book: Book) -> str:
    if not book.records:
        return ""
    newest = latest_report(book)
    new = [r for r in book.records if newest and day_of(r.report) == newest]
    entries = [e for r in new for e in book.by_report.get(r.report.id, ())]
    if not entries:
        return f"{words.sentence(words.count(len(book.records), 'report'))}, {words.count(len(book.entries), 'event')}."
    many = words.sentence(f"{words.number(len(new))} new report{'' if len(new) == 1 else 's'}")
    parts = [f"{many}, {words.count(len(entries), 'event')}.", f"{families_sentence(entries, book)}."]
    return " ".join([*parts, contested_sentence(entries)]).strip()


def _facts(book: Book) -> tuple[Fact, ...]:
    if not book.records:
        return ()
    days = [day for r in book.records if (day := day_of(r.report))]
    undated = len(book.records) - len(days)
    return (
        cutoff([r.report for r in book.records]),
        Fact(
            "Reports of",
            words.days(min(days), max(days)) if days else "–",
            f"{words.number(undated)} more without a date" if undated and days else "",
        ),
        Fact("Reports", f"{len(book.records):,}", ref=Ref("", "page:reports/index")),
        Fact("Events", f"{len(book.entries):,}", ref=Ref("", "page:events/index")),
        Fact("Assessments", f"{len(book.judgments):,}", ref=Ref("", "page:assessments")),
        Fact("Actors", f"{len(book.by_actor):,}", ref=Ref("", "page:actors/index")),
        Fact("Sources", f"{len(book.sources):,}", ref=Ref("", "page:sources/index")),
    )


def _papers(book: Book) -> tuple[Papers, ...]:
    """Briefs to begin with: of the latest reports, the fullest theaters and the actors named most."""
    wanted = (
        ("Reports", "report", [r.report.id for r in book.records]),
        ("Theaters", "theater", _fullest(book.by_theater)),
        ("Actors", "actor", _fullest(book.by_actor)),
    )
    names = {
        "report": {r.report.id: book.report(r.report).name for r in book.records},
        "theater": {id_: book.theater_name(id_) for id_ in book.by_theater},
        "actor": book.actors,
    }
    found = []
    for title, kind, ids in wanted:
        rows = [paper for id_ in ids if (paper := book.paper(kind, id_, names[kind][id_]))]
        if rows:
            found.append(Papers(title, tuple(rows[:PAPERS])))
    return tuple(found)


def _fullest(index: Mapping[str, Sequence[Entry]]) -> list[str]:
    return sorted(index, key=lambda id_: (-len(index[id_]), id_))


def _lead(book: Book) -> Lead | None:
    if not book.records:
        return None
    record = book.records[0]
    report = record.report
    entries = list(book.by_report.get(report.id, ()))
    told = bool(report.takeaways)
    pairs = _from_takeaways(report.takeaways, entries, book) if told else _from_events(entries, book)
    publisher = book.publisher(report)
    judged = len(record.assessments)
    return Lead(
        kick=f"Latest report · {publisher.name}" if publisher else "Latest report",
        report=book.report(report),
        deck="Its key takeaways: what was coded on the left, the sentence it rests on beside it."
        if told
        else "Its main events: what was coded on the left, the sentence it rests on beside it.",
        pairs=tuple(pairs[:PAIRS]),
        more=f"Read the report with its {words.count(len(entries), 'event')} and "
        f"{words.count(judged, 'assessment')} marked in place",
    )


def _from_takeaways(takeaways: tuple[Takeaway, ...], entries: list[Entry], book: Book) -> list[Pair]:
    pairs, used = [], set[str]()
    for takeaway in takeaways:
        told = [e for e in entries if e.tells(takeaway.span)]
        fresh = [e for e in told if e.event.id not in used]
        if told and not fresh:
            continue
        best = min(fresh, key=lambda e: (not e.event.core, -e.event.confidence, e.number), default=None)
        if best is None:
            quote = Quote((Words(takeaway.text),), (Cite("no mark", None),), direction(takeaway.text))
            pairs.append(Pair("", None, quote, ()))
            continue
        used.add(best.event.id)
        pairs.append(_pair(best, [e for e in fresh if e is not best], book))
    return pairs


def _from_events(entries: list[Entry], book: Book) -> list[Pair]:
    core = [e for e in entries if e.event.core] or entries
    return [_pair(entry, [], book) for entry in sorted(core, key=lambda e: (-e.event.confidence, e.number))[:PAIRS]]


def _pair(entry: Entry, also: list[Entry], book: Book) -> Pair:
    event = view(entry, book)
    label = event.theaters[0].name if event.theaters else ""
    return Pair(label, event, event.quote, tuple(Ref(str(e.number), f"event:{e.event.id}") for e in also[:4]))


def _missing(book: Book) -> Missing | None:
    if not book.records:
        return None
    edition = latest_report(book)
    found = gaps(book)
    deck = f"At {words.day(edition)}, the day of the newest report. " if edition else ""
    lines = []
    if found and edition:
        deck += f"Theaters that no report of the {STALE} days before tells of, the longest without first."
    elif edition:
        deck += f"Every theater with events or assessments is told of in the {STALE} days before."
    silent = [t.name for id_, t in book.knowledge.theaters.items() if id_ not in book.by_theater]
    if len(silent) > NAMED:
        lines.append(
            f"No event or assessment at all lies in {words.number(len(silent))} theaters; the index names them."
        )
    elif silent:
        lines.append(f"No event or assessment at all lies in {words.listed(silent)}.")
    undated = sum(1 for r in book.records if day_of(r.report) is None)
    if undated:
        lines.append(
            f"{words.sentence(words.count(undated, 'report'))} {'prints' if undated == 1 else 'print'} no date."
        )
    open_ = sum(e.event.date.start is None for e in book.entries)
    if open_:
        lines.append(f"{words.sentence(words.number(open_))} of {words.count(len(book.entries), 'event')} "
                     f"{'is' if open_ == 1 else 'are'} undated.")  # fmt: skip
    bare = sum(c.source is None for c in book.cited.values())
    if bare:
        lines.append(
            f"{words.sentence(words.number(bare))} of {words.count(len(book.cited), 'citation')} "
            f"{'names' if bare == 1 else 'name'} no source in the copy that was read."
        )
    return Missing(deck.strip(), found, tuple(lines))


def _key_judgments(book: Book) -> list[Judgment]:
    """Those with a band: the newest report's first, in one report the surest and most unlikely first."""
    banded = [j for j in book.judgments if j.assessment.likelihood]
    order = {record.report.id: n for n, record in enumerate(book.records)}
    return sorted(banded, key=lambda j: (order[j.report.id], -j.distance, j.number))


def _judgments_deck(book: Book, key: list[Judgment]) -> str:
    if not key:
        return ""
    total = len(book.judgments)
    if total == 1:
        return "The only assessment in all reports; it is the report’s judgment, not this site’s."
    verb = "uses" if len(key) == 1 else "use"
    which = "these are all, the newest first"
    if len(key) == 1:
        which = "it is this one"
    elif len(key) > JUDGMENTS:
        which = f"these {words.number(JUDGMENTS)} are of the newest reports"
    return (
        f"Judgments of the reports, not of this site. {words.sentence(words.number(len(key)))} of "
        f"{words.count(total, 'assessment')} in all reports {verb} a word with a probability band; {which}."
    )
