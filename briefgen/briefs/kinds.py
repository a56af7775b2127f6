"""The kinds of brief: which events, assessments, charts and words each of them holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefgen import charts
from briefgen.briefs.brief import Ask
from briefgen.charts import Chart
from briefgen.errors import BriefError
from briefgen.model import Day, Event, Report
from briefgen.pages import actors, maps, reports, theaters, words
from briefgen.pages.book import Book, Entry, Judgment
from briefgen.pages.listing import (
    Fact,
    contested_sentence,
    day_of,
    families_sentence,
    reports_in,
)

WEIGHT = 4
"""An actor with fewer events has a brief among all only where no other brief tells all of it."""
WIDE, HALF = 640, 312
"""Pixels of a chart across the page, and of one of two side by side: at these its labels print in eight points."""
COUNTED = 3
"""Fewer events need no chart that counts them."""
TIMED = 8
"""A chart of fewer events over time would say less than their list."""
MONTHS = 12
WEEK = 7
"""Days of an event that may lie across the edge of a period; a longer one must lie within."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Events under one heading; `theater` where that is what they have in common."""

    title: str
    entries: tuple[Entry, ...]
    theater: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes into one brief, before it is put into print."""

    ask: Ask
    kick: str
    title: str
    standfirst: str
    period: str
    entries: tuple[Entry, ...]
    """Latest first."""
    judged: tuple[Judgment, ...]
    reports: tuple[Report, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Grouped, ...]
    situation: str = ""
    warning: str = ""
    wide: tuple[Chart, ...] = ()
    half: tuple[Chart, ...] = ()
    limits: tuple[str, ...] = ()
    lang: str = "en"


def choose(ask: Ask, book: Book) -> Chosen:
    """What the brief holds; BriefError where there is nothing of the kind, saying what there is."""
    return _KINDS[ask.kind](ask, book)


def every(book: Book) -> tuple[Ask, ...]:
    """One brief for each theater, actor of weight and report that has anything to tell."""
    weighty = [id_ for id_, entries in book.by_actor.items() if len(entries) >= WEIGHT or not book.holding(id_)]
    told = {j.report.id for j in book.judgments} | set(book.by_report)
    return (
        *(Ask("theater", id_) for id_ in book.by_theater),
        *(Ask("actor", id_) for id_ in weighty),
        *(Ask("report", r.report.id) for r in book.records if r.report.id in told),
    )


def _theater(ask: Ask, book: Book) -> Chosen:
    if ask.id not in book.by_theater:
        raise _nothing("theater", ask.id, [t.name for t in book.knowledge.theaters.values() if t.id == ask.id])
    entries = book.by_theater[ask.id]
    judged = tuple(theaters.judged_in(ask.id, book))
    told = book.reports_of(entries, judged)
    events = [e.event for e in entries]
    known = book.knowledge.theaters.get(ask.id)
    return Chosen(
        ask=ask,
        kick="Theater brief",
        title=book.theater_name(ask.id),
        standfirst=" ".join(part for part in (f"{known.covers.rstrip('.')}." if known and known.covers else "",
                                              theaters.standfirst(entries)) if part),
        period=_days_of(told),
        entries=entries,
        judged=judged,
        reports=told,
        facts=theaters.facts(entries, len(judged)),
        groups=_by_month(entries, ask.id),
        situation="Latest first.",
        wide=_drawn(maps.of_theater(ask.id, entries, book, WIDE), _activity(events, told, book), _lanes(events, book)),
        half=_counts(events, book),
    )  # fmt: skip


def _actor(ask: Ask, book: Book) -> Chosen:
    entries = book.by_actor.get(ask.id, ())
    judged = book.judged_on(ask.id)
    known = book.knowledge.actors.get(ask.id)
    if not entries and not judged:
        raise _nothing("actor", ask.id, [known.name] if known else [])
    told = book.reports_of(entries, judged)
    events = [e.event for e in entries]
    return Chosen(
        ask=ask,
        kick=f"Actor brief · {actors.KINDS[known.kind].lower()}" if known else "Actor brief",
        title=book.actors.get(ask.id) or (known.name if known else ask.id),
        standfirst=" ".join(part for part in ((known.about if known else ""), actors.standfirst(ask.id, book))
                            if part),
        period=_days_of(told),
        entries=entries,
        judged=judged,
        reports=told,
        facts=actors.facts(ask.id, entries),
        groups=_by_theater(entries, book),
        situation="By theater, the fullest first; within each the latest event first. "
        "An event of several theaters stands once, under the fullest of them.",
        wide=_drawn(charts.counterparts(ask.id, events, book.actors, book.style, WIDE),
                    _activity(events, told, book)) if len(events) >= actors.CHARTED else (),
    )  # fmt: skip


def _report(ask: Ask, book: Book) -> Chosen:
    record = next((r for r in book.records if r.report.id == ask.id), None)
    if record is None:
        raise _nothing("report", ask.id, [])
    report = record.report
    entries = tuple(sorted(book.by_report.get(report.id, ()), key=lambda e: e.order))
    judged = book.judged_by(report)
    if not entries and not judged:
        raise BriefError("", "", f"nothing was read from “{book.report(report).name}”, so there is nothing to print",
                         "see its page for what the text holds")  # fmt: skip
    events = [e.event for e in entries]
    publisher = book.publisher(report)
    many = [words.count(len(entries), "event"), words.count(len(judged), "assessment")]
    return Chosen(
        ask=ask,
        kick=" · ".join(part for part in ("Report brief", publisher.name if publisher else "") if part),
        title=book.report(report).name,
        standfirst=" ".join([f"{words.sentence(words.listed(many))} were read from this report.",
                             contested_sentence(entries)]).strip(),
        period=words.days(report.period.start, report.period.end) if report.period else _days_of((report,)),
        entries=entries,
        judged=judged,
        reports=(report,),
        facts=tuple(f for f in reports.facts(report, entries, judged) if f.name != "Information cut-off"),
        groups=_by_theater(entries, book),
        situation="By theater, the fullest first; within each the latest event first. "
        "An event of several theaters stands once, under the fullest of them.",
        warning=reports.warning(report),
        wide=_drawn(_lanes(events, book)),
        half=_counts(events, book),
        lang=report.language,
    )  # fmt: skip


def _period(ask: Ask, book: Book) -> Chosen:
    start, end = ask.start, ask.end
    if start is None or end is None:
        raise BriefError("", "", "a period brief needs its first and its last day", "give --from and --to")
    inside = [e for e in book.entries if _wanted(e, ask)]
    entries = tuple(e for e in inside if _within(e, start, end))
    judged = tuple(
        j
        for j in book.judgments
        if (day := day_of(j.report)) and start <= day <= end and _named(ask, j.assessment.theaters, j.assessment.actors)
    )
    span = words.days(start, end)
    scope = [*(book.theater_name(t) for t in ask.theaters), *(_actor_name(a, book) for a in ask.actors)]
    about = f" on {words.listed(scope)}" if scope else ""
    if not entries and not judged:
        raise BriefError("", "", f"no event or assessment{about} lies in {span}", _known_days(inside, about))
    told = book.reports_of(entries, judged)
    events = [e.event for e in entries]
    coarse = sum(_overlaps(e, start, end) for e in inside) - len(entries)
    verb = "overlaps" if coarse == 1 else "overlap"
    lines = [words.sentence(f"{words.count(len(entries), 'event')} in {words.count(reports_in(entries), 'report')}.")]
    if len(entries) > 1:
        lines += [f"{families_sentence(entries, book)}.", contested_sentence(entries)]
    return Chosen(
        ask=ask,
        kick="Period brief",
        title=", ".join([*([words.listed(scope)] if scope else []), span]),
        standfirst=" ".join(line for line in lines if line),
        period=span,
        entries=entries,
        judged=judged,
        reports=told,
        facts=theaters.facts(entries, len(judged)),
        groups=_by_theater(entries, book, ask.theaters),
        situation="By theater, the fullest first; within each the latest event first. "
        "An event of several theaters stands once, under the fullest of them.",
        wide=_drawn(
            _map(ask, entries, book),
            _lanes(events, book),
            charts.heat(events, {id_: book.theater_name(id_) for id_ in book.by_theater}, book.style, WIDE),
        ),
        half=_counts(events, book),
        limits=(f"{words.sentence(words.count(coarse, 'event'))} dated more coarsely {verb} the period and "
                f"{'is' if coarse == 1 else 'are'} left out.",) if coarse else (),
    )  # fmt: skip


_KINDS: dict[str, Callable[[Ask, Book], Chosen]] = {
    "theater": _theater,
    "actor": _actor,
    "report": _report,
    "period": _period,
}


def _nothing(kind: str, id_: str, names: Sequence[str]) -> BriefError:
    if names:
        return BriefError("", "", f"the reports read tell nothing of {names[0]}, so there is nothing to print")
    return BriefError("", "", f"there is no {kind} {id_!r}")


def _drawn(*found: Chart | None) -> tuple[Chart, ...]:
    return tuple(chart for chart in found if chart)


def _counts(events: Sequence[Event], book: Book) -> tuple[Chart, ...]:
    if len(events) < COUNTED:
        return ()
    return _drawn(charts.types(events, book.style, HALF), charts.certainty(events, book.style, HALF))


def _activity(events: Sequence[Event], told: Sequence[Report], book: Book) -> Chart | None:
    return charts.activity(events, told, book.style, WIDE) if len(events) >= TIMED else None


def _lanes(events: Sequence[Event], book: Book) -> Chart | None:
    return charts.lanes(events, book.actors, book.style, WIDE) if len(events) >= TIMED else None


def _map(ask: Ask, entries: Sequence[Entry], book: Book) -> Chart | None:
    """Where the events of a period are: on the map of its one theater, else on as much of the world as they need."""
    of_one = maps.of_theater(ask.theaters[0], entries, book, WIDE) if len(ask.theaters) == 1 else None
    return of_one or maps.of_all(entries, book, WIDE)


def _days_of(told: Sequence[Report]) -> str:
    days = [day for report in told if (day := day_of(report))]
    if not days:
        return "Reports without a date"
    return f"Report{'' if len(told) == 1 else 's'} of {words.days(min(days), max(days))}"


def _by_month(entries: Sequence[Entry], theater: str) -> tuple[Grouped, ...]:
    """The last twelve months one by one, what was before by year, so that headings do not outnumber events."""
    newest = max((e.event.date.start for e in entries if e.event.date.start), default=None)

    def title(entry: Entry) -> str:
        start = entry.event.date.start
        if start is None or newest is None:
            return "Undated"
        last = start.month if entry.of_one_month else 12
        if 12 * (newest.year - start.year) + newest.month - last >= MONTHS:
            return str(start.year)
        return words.month(start) if entry.of_one_month else words.months(start.year)

    return tuple(Grouped(name, tuple(group), theater) for name, group in groupby(entries, key=title))


def _by_theater(entries: Sequence[Entry], book: Book, first: Sequence[str] = ()) -> tuple[Grouped, ...]:
    """Each event under one theater: of those it touches the one asked for, else the fullest."""
    counts = Counter(t for e in entries for t in e.event.theaters)
    ranked = sorted(counts, key=lambda t: (t not in first, -counts[t], t))
    found: dict[str, list[Entry]] = {t: [] for t in ranked}
    rest: list[Entry] = []
    for entry in entries:
        home = min(entry.event.theaters, key=ranked.index, default="")
        (found[home] if home else rest).append(entry)
    groups = [Grouped(book.theater_name(t), tuple(found[t]), t) for t in ranked if found[t]]
    groups.sort(key=lambda group: -len(group.entries))
    return (*groups, *((Grouped("No theater", tuple(rest)),) if rest else ()))


def _wanted(entry: Entry, ask: Ask) -> bool:
    return _named(ask, entry.event.theaters, [a.id for a in entry.event.actors])


def _named(ask: Ask, theaters: Iterable[str], actors: Iterable[str]) -> bool:
    return (not ask.theaters or bool(set(ask.theaters) & set(theaters))) and (
        not ask.actors or bool(set(ask.actors) & set(actors))
    )


def _overlaps(entry: Entry, start: Day, end: Day) -> bool:
    first = entry.event.date.start
    return first is not None and first <= end and (entry.event.date.end or first) >= start


def _within(entry: Entry, start: Day, end: Day) -> bool:
    first = entry.event.date.start
    if first is None or not _overlaps(entry, start, end):
        return False
    last = entry.event.date.end or first
    return (start <= first and last <= end) or (last - first).days < WEEK


def _actor_name(id_: str, book: Book) -> str:
    known = book.knowledge.actors.get(id_)
    return book.actors.get(id_) or (known.name if known else id_)


def _known_days(entries: Sequence[Entry], about: str) -> str:
    days = [e.event.date.start for e in entries if e.event.date.start]
    if not days:
        return f"no event{about} has a date"
    return f"the events{about} that have a date begin on {words.day(min(days))} and end on {words.day(max(days))}"
