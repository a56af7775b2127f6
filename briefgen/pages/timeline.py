"""The page of the timeline: a lane for each theater, and the way from a year to its days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from briefgen import charts
from briefgen.charts import Chart
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.page import Page, Ref, Target

PATH = "events/timeline"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month, and its days that have events, the latest first."""

    ref: Ref
    n: int
    days: tuple[tuple[Ref, int], ...]
    longer: tuple[Ref, int] | None
    """The first of those that are dated to no single day of it; None where there is none."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year that has events."""

    title: str
    anchor: str
    n: int
    months: tuple[MonthRow, ...]
    longer: tuple[Ref, int] | None
    """The first of those that begin in it and are dated to no single month; None where there is none."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """View of the page."""

    title: str
    standfirst: str
    charts: tuple[Chart, ...]
    years: tuple[YearRow, ...]
    undated: int


def page(book: Book) -> Page:
    """The timeline of all events; without a dated event it says so."""
    events = [entry.event for entry in book.entries]
    theaters = {id_: book.theater_name(id_) for id_ in book.by_theater}
    drawn = charts.timeline(events, [r.report for r in book.records], theaters, book.style)
    dated = [entry for entry in book.entries if entry.event.date.start]
    years = tuple(_year(year, list(own)) for year, own in groupby(dated, key=lambda e: _start(e)[:4]))
    view = Timeline(
        title="Timeline",
        standfirst="What is reported, theater by theater, over the time that the reports cover. Zoom in as far as the "
        "day, or go by year and month to the events themselves."
        if drawn
        else "No event with a date is shown yet.",
        charts=(drawn,) if drawn else (),
        years=years,
        undated=len(events) - len(dated),
    )
    return Page(
        f"{PATH}.md", "timeline", "Timeline", "Timeline", view, (Target(f"page:{PATH}"),),
        description="Events by theater over time.", scripts=("timeline.js",) if drawn else (),
    )  # fmt: skip


def _start(entry: Entry) -> str:
    start = entry.event.date.start
    return start.isoformat() if start else ""


def _year(title: str, entries: list[Entry]) -> YearRow:
    within = [entry for entry in entries if entry.of_one_month]
    months = []
    for _, group in groupby(within, key=lambda e: _start(e)[:7]):
        own = list(group)
        first = own[0].event.date.start
        exact = [entry for entry in own if entry.event.date.end in (None, entry.event.date.start)]
        counts = Counter(map(_start, exact))
        days = tuple((Ref(str(int(day[8:])), f"day:{day}"), n) for day, n in counts.items())
        ref = Ref(words.month(first) if first else "", f"day:{_start(own[0])}")
        rest = [entry for entry in own if entry.event.date.end not in (None, entry.event.date.start)]
        months.append(MonthRow(ref, len(own), days, _led("no single day", rest)))
    beyond = [entry for entry in entries if not entry.of_one_month]
    return YearRow(title, f"y-{title}", len(entries), tuple(months), _led("No single month", beyond))


def _led(name: str, entries: list[Entry]) -> tuple[Ref, int] | None:
    return (Ref(name, f"event:{entries[0].event.id}"), len(entries)) if entries else None
