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
    r"\b(?:after|beyond|until|till|by|before|next|coming|from|past|due|for|every|each|last|will|scheduled|expected"
    r"|planned|plans|upcoming|deadline|expires?)\s+(?:on\s+|the\s+)?$",
    re.IGNORECASE,
)
_YEAR_FOLLOWS = re.compile(r",?\s+(?:19|20)\d\d\b")
_YEAR = re.compile(r"\b20\d\d\b")
_NEWS = 2
"""How many days after the last dated day a bare weekday is still read as the next such day."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Latest:
    """A day, and the words that it was inferred from."""

    day: dt.date
    why: str


def find(text: str) -> Latest | None:
    """The latest day told as past; None where the text does not fix one.

    It takes news style to fix one: `Thursday, August 4`, with the weekday and without the
    year, which is then the latest that the text names, if that day was a Thursday in it.
    From there a full date up to a week later, and a bare weekday up to two days later,
    move it on. Old dates of the background alone prove nothing.
    """
    years = [int(found.group()) for found in _YEAR.finditer(text)]
    if not years:
        return None
    fixed = [
        (day, found)
        for found in _WITH_DATE.finditer(text)
        if not _YEAR_FOLLOWS.match(text, found.end())
        and not _ahead(text, found.start())
        and (day := _on_weekday(found, max(years)))
    ]
    if not fixed:
        return None
    day, first = max(fixed, key=lambda pair: pair[0])
    words, where = [first.group()], first.end()
    later = [
        found for found in dates.full(text) if 0 < (found.day - day).days <= _WEEK and not _ahead(text, found.span[0])
    ]
    if later:
        last = max(later, key=lambda found: found.day)
        day, where = last.day, last.span[1]
        words.append(text[slice(*last.span)])
    for found in _ALONE.finditer(text, where):
        ahead = (_WEEKDAYS.index(found["weekday"]) - day.weekday()) % 7
        if 0 < ahead <= _NEWS and not _ahead(text, found.start()) and not _dated(text, found.end()):
            day += dt.timedelta(days=ahead)
            words.append(found.group())
    shown = ", ".join(f"“{word}”" for word in dict.fromkeys(words))
    return Latest(day, f"{_WEEKDAYS[day.weekday()]}, {day} is the latest day told as past, after the words {shown}")


def _on_weekday(found: re.Match[str], year: int) -> dt.date | None:
    printed = f"{found['m1'] or found['m2']} {found['d1'] or found['d2']}, {year}"
    day = dates.near(printed, None)
    return day if day and _WEEKDAYS[day.weekday()].lower() == found["weekday"].lower() else None


def _ahead(text: str, start: int) -> bool:
    """Whether the word before it puts the day ahead, or at the end of a stretch of time."""
    return bool(_AHEAD.search(text[max(0, start - 24) : start]))


def _dated(text: str, end: int) -> bool:
    """Whether a date follows the weekday, so that it is not a bare one."""
    return bool(
        re.match(rf",?\s+(?:{dates.MONTH}\s+\d|\d{{1,2}}\s+{dates.MONTH})", text[end : end + 24], re.IGNORECASE)
    )
