"""Calendar arithmetic: what days a month, a part of a year or a number of weeks back covers."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from briefgen.model import Day, Precision

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
SHORT = {name: number for number, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
_TENTHS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_MONTHS_OF = {
    "early": (1, 3), "mid": (5, 8), "late": (10, 12), "first half": (1, 6), "second half": (7, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """First and last day, both in, and how finely the words tell them."""

    start: Day
    end: Day
    precision: Precision


def one(day: Day) -> Range:
    """A single day."""
    return Range(day, day, "day")


def reach(start: Day, end: Day) -> Range:
    """From `start` to `end`; a single day where they are the same."""
    return one(start) if start == end else Range(start, end, "period")


def month(year: int, number: int, part: str | None = None) -> Range:
    """A month, or its early, mid or late third."""
    last = calendar.monthrange(year, number)[1]
    if part in _TENTHS:
        first, end = _TENTHS[part]
        return Range(dt.date(year, number, first), dt.date(year, number, min(end, last)), "period")
    if part in ("first half", "second half"):
        first, end = (1, 15) if part == "first half" else (16, last)
        return Range(dt.date(year, number, first), dt.date(year, number, end), "period")
    return Range(dt.date(year, number, 1), dt.date(year, number, last), "month")


def year(number: int, part: str | None = None) -> Range:
    """A year, or the quarter, half or season of it that `part` names."""
    if part is None:
        return Range(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")
    first, last = _MONTHS_OF[part]
    precision: Precision = "quarter" if last - first == 2 else "period"
    return Range(dt.date(number, first, 1), month(number, last).end, precision)


def week(day: Day) -> Range:
    """Monday to Sunday around `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return Range(monday, monday + dt.timedelta(days=6), "week")


def weekend(day: Day) -> Range:
    """Saturday and Sunday: those of the week that ends with `day`, or the last ones before it."""
    back = (day.weekday() - 5) % 7
    saturday = day - dt.timedelta(days=back)
    return Range(saturday, saturday + dt.timedelta(days=1), "period")


def back(day: Day, count: int, unit: str) -> Day:
    """The day `count` units before `day` (a negative count: after it); the last of the month where it lacks the day."""
    if unit == "day":
        return day - dt.timedelta(days=count)
    if unit == "week":
        return day - dt.timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 - count * {"month": 1, "year": 12, "decade": 120}[unit]
    then, number = divmod(months, 12)
    return dt.date(then, number + 1, min(day.day, calendar.monthrange(then, number + 1)[1]))


def valid(year_number: int, number: int, day: int) -> Day | None:
    """The date, or None where the calendar has none such."""
    if 1 <= number <= 12 and 1 <= day <= calendar.monthrange(year_number, number)[1]:
        return dt.date(year_number, number, day)
    return None
