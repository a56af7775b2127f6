"""The home page: the picture in a minute."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen import charts
from briefgen.charts import Chart
from briefgen.model import Takeaway
from briefgen.pages import maps, tables, words
from briefgen.pages.book import Book, Entry, Judgment
from briefgen.pages.events import EventView, JudgmentView, Note, judgment, notes, quoted, view
from briefgen.pages.listing import (
    Fact,
    contested,
    contested_sentence,
    cutoff,
    day_of,
    families_sentence,
    latest_report,
)
from briefgen.pages.page import Page, Ref, Target, direction
from briefgen.pages.passages import Cite, Quote, Words

PAIRS = 8
DISPUTED = 5
JUDGMENTS = 5
ROWS = 14


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
class Home:
    """View of the home page."""

    title: str
    standfirst: str
    facts: tuple[Fact, ...]
    lead: Lead | None
    disputed: tuple[EventView, ...]
    disputed_deck: str
    judgments: tuple[JudgmentView, ...]
    judgments_deck: str
    charts: tuple[Chart, ...]
    theaters: tuple[tables.TheaterRow, ...]
    actors: tuple[tables.ActorRow, ...]
    reports: tuple[tables.ReportRow, ...]
    notes: tuple[Note, ...]


def page(book: Book) -> Page:
    """The home page; with no reports at all it says how to begin."""
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
        charts.heat(events, {id_: book.theater_name(id_) for id_ in book.by_theater}, book.style),
    )
    home = Home(
        title=title,
        standfirst=_standfirst(book),
        facts=_facts(book),
        lead=lead,
        disputed=shown,
        disputed_deck=f"Denied, doubted, or on one side’s word: {len(disputed):,} of "
        f"{len(book.entries):,} events in all reports." + (" The latest:" if len(disputed) > len(shown) else ""),
        judgments=judged,
        judgments_deck=_judgments_deck(book, key),
        charts=tuple(chart for chart in drawn if chart),
        theaters=tables.theaters(book)[:ROWS],
        actors=tables.actors(book)[:ROWS],
        reports=tables.reports(book)[:ROWS],
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
        told = [e for e in entries if any(_overlap(x.span, takeaway.span) for x in e.event.evidence)]
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


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _key_judgments(book: Book) -> list[Judgment]:
    """Those with a band, in the newest report that has any; the surest and most unlikely first."""
    for record in book.records:
        banded = [j for j in book.judgments if j.report.id == record.report.id and j.assessment.likelihood]
        if banded:
            return sorted(banded, key=lambda j: (-_distance(j), j.number))
    return []


def _distance(item: Judgment) -> int:
    low, high = item.assessment.likelihood or (50, 50)
    return abs(low + high - 100)


def _judgments_deck(book: Book, key: list[Judgment]) -> str:
    if not key:
        return ""
    banded = sum(1 for j in book.judgments if j.assessment.likelihood)
    total = len(book.judgments)
    verb = "uses" if banded == 1 else "use"
    return (
        f"{words.sentence(words.number(banded))} of {words.count(total, 'assessment')} in all reports {verb} a word "
        "with a probability band. The newest of them, furthest from even chances first."
    )
