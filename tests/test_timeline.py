"""The timeline: slots without holes, lanes that hold what the events say, gaps, and days that lead to their events."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import invented
from briefgen import charts, knowledge, timeline
from briefgen.charts.marks import FAMILIES
from briefgen.charts.timeline import LANES, SLOTS, UNITS, Unit, place, read, slot, slots, span
from briefgen.model import UNDATED, Event, EventDate, Period, Record, Report
from briefgen.pages import pages
from briefgen.pages.page import Page, Ref

KNOWN = knowledge.load()
STYLE = charts.Style({known.type: known.family for known in KNOWN.types.values()})
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
BASE = invented.record().events[0]


def event(start: str | None, end: str | None = None, theaters: tuple[str, ...] = ("iraq",)) -> Event:
    date = UNDATED
    if start:
        first = dt.date.fromisoformat(start)
        last = dt.date.fromisoformat(end) if end else first
        date = EventDate(start=first, end=last, precision="day" if first == last else "period", basis="explicit")
    return BASE.model_copy(update={"date": date, "theaters": theaters})


def report(start: str, end: str | None = None) -> Report:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)
    told = {"published": last, "period": Period(start=first, end=last) if end else None}
    return invented.record().report.model_copy(update=told)


@given(DAYS, st.sampled_from(get_args(Unit)))
def test_a_day_lies_in_its_slot(day: dt.date, unit: Unit) -> None:
    own = slot(day, unit)
    assert own.start <= day < own.after
    assert (own.after - own.start).days <= UNITS[unit]
    assert slot(own.after, unit).start == own.after, "the next begins where it ends"


@given(DAYS, DAYS)
def test_slots_cover_all_days_without_a_hole(one: dt.date, other: dt.date) -> None:
    days = (min(one, other), max(one, other))
    seen = slots(days, SLOTS)
    assert seen[0].start <= days[0] and days[1] < seen[-1].after
    assert all(before.after == behind.start for before, behind in pairwise(seen))
    assert len(seen) <= SLOTS and len({one.unit for one in seen}) == 1


@given(st.lists(st.tuples(DAYS, st.integers(0, 40))))
def test_runs_that_are_read_are_in_order_and_hold_every_report(told: list[tuple[dt.date, int]]) -> None:
    made = [report(day.isoformat(), (day + dt.timedelta(n)).isoformat()) for day, n in told]
    runs = read(made)
    assert all((b[0] - a[1]).days > 1 for a, b in pairwise(runs))
    for one in made:
        assert one.period and any(a <= one.period.start and one.period.end <= b for a, b in runs)


def test_an_event_stands_in_each_of_its_lanes_and_only_where_its_date_is_exact_enough() -> None:
    told = [
        event("2024-04-03"), event("2024-04-03", theaters=("iraq", "syria")), event("2024-04-01", "2024-04-30"),
        event(None), event("2024-04-04", theaters=()),
    ]  # fmt: skip
    seen = slots((dt.date(2024, 4, 1), dt.date(2024, 4, 30)), SLOTS)
    found = {lane.name: lane for lane in place(told, seen, {"iraq": "Iraq", "syria": "Syria"}, STYLE)}
    assert {name: lane.total for name, lane in found.items()} == {"Iraq": 2, "Syria": 1, "No theater named": 1}
    assert found["Iraq"].cells == {(2, "mx"): 2}


def test_five_events_of_one_day_make_a_chart() -> None:
    chart = charts.timeline([event("2024-04-03")] * 5, [report("2024-04-03")], {"iraq": "Iraq"}, STYLE)
    assert chart and chart.finding == "All five events are in one lane, Iraq"
    assert "Gray line" not in chart.deck and chart.table.rows == (("3 Apr 2024", 0, 0, 0, 0, 5, 5),)


def test_what_is_not_drawn_is_told() -> None:
    told = [
        event("2024-04-03"), event("2024-06-20"), event("2008-01-01"), event(None), event("2024-01-01", "2024-12-31"),
    ]  # fmt: skip
    chart = charts.timeline(told, [report("2024-04-03"), report("2024-06-20")], {"iraq": "Iraq"}, STYLE)
    assert chart
    assert "1 without a date" in chart.source and "1 dated only to more than a" in chart.source
    assert "1 before" in chart.source and "Gray line: no report read covers that time." in chart.deck
    assert span([event(None)], ()) is None and charts.timeline([event(None)], [], {}, STYLE) is None


def test_fifty_thousand_events_of_ten_years_stay_a_page() -> None:
    first = dt.date(2014, 1, 1)
    theaters = list(KNOWN.theaters)
    told = [
        event((first + dt.timedelta(n % 3650)).isoformat(), theaters=(theaters[n % len(theaters)],))
        for n in range(50_000)
    ]
    chart = charts.timeline(told, [report("2014-01-01", "2023-12-31")], {}, STYLE)
    assert chart and "by quarter" in chart.deck and len(chart.wide) < 400_000
    assert chart.wide.count('class="lane"') == min(len(theaters), LANES)


def written(*records: Record) -> dict[str, Any]:
    text = timeline.files(records, KNOWN)["timeline.js"]
    assert "<" not in text
    found: dict[str, Any] = json.loads(re.fullmatch(r"briefgenTimeline\((.*)\)\n", text)[1])  # type: ignore[index]
    return found


def test_the_script_has_every_dated_event_of_every_theater() -> None:
    record = invented.record()
    told = written(record, invented.located())
    day = dt.date(1970, 1, 1)
    found: list[tuple[str, dt.date, int, str, int]] = []
    for id_, _, row in told["theaters"]:
        at = 0
        for n in range(0, len(row), 4):
            at += row[n]
            found.append((id_, day + dt.timedelta(at), row[n + 1], told["families"][row[n + 2]], row[n + 3]))
    assert ("iraq", dt.date(2024, 4, 3), 1, "mx", 1) in found and ("iraq", dt.date(2024, 4, 2), 1, "vc", 1) in found
    assert sum(n for id_, *_, n in found if id_ == "gaza-strip") == len(invented.located().events)
    assert told["families"] == list(FAMILIES)
    assert told["read"] == [[(dt.date(2024, 4, 4) - day).days] * 2]
    assert written(invented.located(), record) == told, "the order of records does not matter"


@pytest.fixture(scope="module")
def made() -> list[Page]:
    return pages((invented.record(), invented.many(300)), KNOWN, {invented.SEED: invented.TEXT})


def test_every_day_leads_to_its_first_event_in_the_list(made: list[Page]) -> None:
    view: Any = next(page.view for page in made if page.path == "events/timeline.md")
    there = {t.id: (page.path, t.anchor) for page in made for t in page.targets if t.id.startswith("day:")}
    listed = {page.path: page.view.listing for page in made if page.path.startswith("events/index")}  # type: ignore[attr-defined]
    days = [(ref, n) for year in view.years for month in year.months for ref, n in month.days]
    assert {ref.target for ref, _ in days} < set(there)
    single = Counter(
        f"day:{e.date.start}"
        for record in (invented.record(), invented.many(300))
        for e in record.events
        if e.shown and e.date.start and e.date.start == e.date.end
    )
    for ref, n in days:
        path, anchor = there[str(ref.target)]
        events = [e for listing in listed.values() for month in listing.months for e in month.events]
        assert next(e for e in events if f"day:{e.iso}" == ref.target).anchor == anchor
        assert n == single[str(ref.target)]
        assert anchor in [e.anchor for month in listed[path].months for e in month.events]
    assert sum(year.n for year in view.years) + view.undated == 303
    for year in view.years:
        assert year.n == sum(month.n for month in year.months) + (year.longer[1] if year.longer else 0)
        for month in year.months:
            assert month.n == sum(n for _, n in month.days) + (month.longer[1] if month.longer else 0)


def test_what_is_dated_to_no_single_month_stands_under_its_year_and_not_under_january() -> None:
    base = invented.record()
    dates = [
        ("2023-01-05", None),
        ("2023-01-01", "2023-12-31"),
        ("2023-01-01", "2023-01-31"),
        ("2022-11-30", "2023-02-01"),
    ]
    told = [event(*days).model_copy(update={"id": f"e-{n}"}) for n, days in enumerate(dates)]
    made = pages((base.model_copy(update={"events": tuple(told)}),), KNOWN, {invented.SEED: invented.TEXT})
    listing: Any = next(page.view for page in made if page.path == "events/index.md")
    assert [(month.title, [e.id for e in month.events]) for month in listing.listing.months] == [
        ("January 2023", ["e-0", "e-2"]), ("2023, no single month", ["e-1"]), ("2022, no single month", ["e-3"]),
    ]  # fmt: skip
    view: Any = next(page.view for page in made if page.path == "events/timeline.md")
    (last, before) = view.years
    (january,) = last.months
    assert [(ref.name, n) for ref, n in january.days] == [("5", 1)] and january.n == 2
    assert january.longer == (Ref("no single day", "event:e-2"), 1)
    assert last.longer == (Ref("No single month", "event:e-1"), 1)
    assert before.months == () and before.longer == (Ref("No single month", "event:e-3"), 1)
