"""The latest day that a text without a date of its own tells of as past."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from briefgen.readers import dates

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMED = "|".join(_WEEKDAYS)
_WITH_DATE = re.compile(
    rf"\b(?P<weekday>{_NAMED}),?\s+(?:(?P<m1>{dates.MONTH})\s+(?P<d1>{dates.DAY})|(?P<d2>{dates.DAY})\s+(?P<m2>{dates.MONTH}))",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\b(?P<weekday>{_NAMED})\b")
_AHEAD = re.compile(
    r"\b(?:after|beyond|until|till|by|before|next|coming|from|past|due|for|every|each|last)\s+$", re.IGNORECASE
)
_NEWS = 2
"""How many days after the last dated day a bare weekday is still read as the next such day."""


@dataclass(frozen=True, slots=True)
class Latest:
    """A day, and the words that it was inferred from."""

    day: dt.date
    why: str


def find(text: str) -> Latest | None:
    """The latest day told as past; None where the text does not fix one.

    Rests on dates with a year, on `Thursday, August 4` where a year printed elsewhere (or
    the one before or after it) makes that day a Thursday, and on bare weekdays that come
    up to two days after the day so found.
    """
    printed = dates.full(text)
    if not printed:
        return None
    best = max(printed, key=lambda found: (found.day, -found.span[0]))
    day, words, where = best.day, [text[slice(*best.span)]], best.span[0]
    years = sorted({found.day.year for found in printed}, reverse=True)
    for found in _WITH_DATE.finditer(text):
        month, number = found["m1"] or found["m2"], found["d1"] or found["d2"]
        dated = _on_weekday(found["weekday"], f"{month} {number}", years)
        if dated and abs((dated - day).days) <= 366 and (dated > day or (day - dated).days <= _NEWS):
            words = [found.group(), *words]
            if dated > day:
                day, where = dated, found.end()
    for found in _ALONE.finditer(text, where):
        if _AHEAD.search(text[max(0, found.start() - 16) : found.start()]) or _dated(text, found.end()):
            continue
        ahead = (_WEEKDAYS.index(found["weekday"]) - day.weekday()) % 7
        if 0 < ahead <= _NEWS:
            day += dt.timedelta(days=ahead)
            words = [*words, found.group()]
    shown = ", ".join(f"“{word}”" for word in dict.fromkeys(words))
    return Latest(day, f"the latest day it tells of as past, {_WEEKDAYS[day.weekday()]} {day}, after the words {shown}")


def _on_weekday(weekday: str, printed: str, years: list[int]) -> dt.date | None:
    for year in dict.fromkeys(near for year in years for near in (year, year + 1, year - 1)):
        day = dates.near(f"{printed}, {year}", None)
        if day and _WEEKDAYS[day.weekday()].lower() == weekday.lower():
            return day
    return None


def _dated(text: str, end: int) -> bool:
    """Whether a date follows the weekday, so that it is not a bare one."""
    return bool(
        re.match(rf",?\s+(?:{dates.MONTH}\s+\d|\d{{1,2}}\s+{dates.MONTH})", text[end : end + 24], re.IGNORECASE)
    )
