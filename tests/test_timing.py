"""Dates in context: which date of a passage is an event's, and what an event without one gets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import extract, yamlio
from briefgen.extract import events
from briefgen.extract.events import Reader
from briefgen.knowledge import Knowledge
from told import DAY, report

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "timing.yml")
DEEDS = st.sampled_from(
    ["Kenyan police arrested two men", "Iran condemned the raid", "Peru and Chile signed an agreement"]
)
WHENS = st.sampled_from(
    ["on April 24", "on Monday", "last week", "in March", "in 2019", "since April 2", "in June", "two days ago",
     "on December 30", "between April 20 and 23", "", "on May 2", "the same day"]
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[-60:])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    passages = case["text"] if isinstance(case["text"], list) else [case["text"]]
    made, text = report(passages, case.get("published", DAY), case.get("period"))
    found = {text[slice(*f.trigger)]: f for f in events.of_report(reader, made, text)}
    for word, expect in case["dates"].items():
        date = found[word].date
        days = f"{date.start}..{date.end}" if date.end != date.start else str(date.start)
        assert f"{days} {date.precision} {date.basis}" == expect
        assert date.as_written is None or date.as_written in text
    for word, core in case.get("core", {}).items():
        assert found[word].core is core


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    bases = {str(d).split()[-1] for case in CASES for d in case["dates"].values()}
    assert bases == {"explicit", "relative", "report-day", "period", "None"}


def test_no_deed_is_later_than_its_telling(reader: Reader) -> None:
    @settings(max_examples=60)
    @given(
        st.lists(st.tuples(DEEDS, WHENS), min_size=1, max_size=4),
        st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)),
    )
    def holds(told: list[tuple[str, str]], day: dt.date | None) -> None:
        made, text = report([" ".join(f"{deed} {when}.".replace(" .", ".") for deed, when in told)], day)
        found = list(events.of_report(reader, made, text))
        assert found
        for event in found:
            start, end = event.date.start, event.date.end
            assert (start is None) == (end is None) == (event.date.precision == "unknown")
            assert day is not None or event.date.basis != "report-day"
            if start is not None and end is not None and day is not None:
                assert start <= end
                assert start <= day

    holds()


def test_a_written_day_is_kept(reader: Reader) -> None:
    @settings(max_examples=30)
    @given(DEEDS, st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), st.integers(0, 300))
    def holds(deed: str, day: dt.date, back: int) -> None:
        then = day - dt.timedelta(days=back)
        made, text = report([f"{deed} on {then:%B} {then.day}, {then.year}."], day)
        found = list(events.of_report(reader, made, text))
        assert found
        for event in found:
            assert (event.date.start, event.date.end, event.date.basis) == (then, then, "explicit")

    holds()
