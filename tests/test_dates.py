"""Dates: every case of `cases/dates.yml`, and what holds for any text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import yamlio
from briefgen.extract import dates
from briefgen.extract.dates import periods

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "dates.yml")
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2080, 12, 31))
PIECES = st.sampled_from(
    ["April ", "26", " and ", "27", "May ", "on ", "since ", "between ", "2021", ", ", "-", "late ", "the ", "last ",
     "Friday", " two days ", "ago", "later", "in recent ", "months", "October 7 ", "attack", "(Fars, ", ")", "“today",
     "2024-02-30", "31.12.2023", "the third consecutive day", "1990s", "week of ", "overnight", " 31 ", "February"]
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:50])
def test_case(case: dict[str, Any]) -> None:
    found = [
        {
            "as_written": when.date.as_written,
            "start": when.date.start,
            "end": when.date.end,
            "precision": when.date.precision,
            "basis": when.date.basis,
            **({"role": when.role} if when.role != "event" else {}),
        }
        for when in dates.find(case["text"], case.get("day"), case.get("earlier"))
    ]
    assert found == case["expect"]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(), st.none() | DAYS, st.none() | DAYS)
def test_any_text(text: str, day: dt.date | None, earlier: dt.date | None) -> None:
    last = 0
    for when in dates.find(text, day, earlier):
        start, end = when.span
        assert last <= start < end <= len(text)
        last = end
        assert when.date.as_written == text[start:end]
        assert (when.date.start is None) == (when.date.end is None) == (when.date.precision == "unknown")
        if when.date.start is not None and when.date.end is not None:
            assert when.date.start <= when.date.end
            assert (when.date.precision == "day") == (when.date.start == when.date.end)


@given(DAYS, DAYS)
def test_a_day_without_year_is_not_in_the_future(day: dt.date, told: dt.date) -> None:
    (when,) = dates.find(f"They met on {told:%B} {told.day}.", day)
    if when.date.start is not None:
        assert when.date.start <= day + dt.timedelta(days=7)
        assert (when.date.start.month, when.date.start.day) == (told.month, told.day)


@given(DAYS, st.integers(0, 30), st.sampled_from(["day", "week", "month", "year"]))
def test_back_and_forth(day: dt.date, count: int, unit: str) -> None:
    then = periods.back(day, count, unit)
    assert then <= day
    assert abs((periods.back(then, -count, unit) - day).days) <= 3


@pytest.mark.parametrize(
    "piece", ["since a b c ", "April 1, ", "2000 ", "April 1 and 2 and ", "(a, May 1 ", "“today ", "1-"]
)
@pytest.mark.timeout(120)
def test_hostile_text_comes_to_an_end(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert all(0 <= w.span[0] < w.span[1] <= len(text) for w in dates.find(text, dt.date(2024, 4, 26)))
