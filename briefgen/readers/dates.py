"""Dates of mastheads, source lines and citations, where the form is narrow.

Dates of running text are the extraction's business.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from briefgen.model import Period, Span

NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBER = {name[:size]: at for at, name in enumerate(NAMES, 1) for size in range(3, len(name) + 1)}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?"
_FULL = re.compile(
    rf"\b(?:(?P<m1>{MONTH})\s*(?P<d1>{DAY}),?\s*(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<d2>{DAY})\s+(?P<m2>{MONTH}),?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))(?!\d)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"(?:(?P<m1>{MONTH})\s*(?P<d1>{DAY})|(?P<d2>{DAY})\s+(?P<m2>{MONTH}))(?:,?\s*(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_DASH = r"\s*(?:-|–|—|\bto\b|\bthrough\b)\s*"
_PERIOD = re.compile(
    rf"\b(?P<m1>{MONTH})\s*(?P<d1>{DAY})(?:,?\s*(?P<y1>(?:19|20)\d\d))?{_DASH}"
    rf"(?:(?P<m2>{MONTH})\s*)?(?P<d2>{DAY}),?\s*(?P<y2>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_RANGE_TAIL = re.compile(rf"{_DASH}(?:{MONTH}\s*)?{DAY}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date and where it is printed."""

    span: Span
    day: dt.date


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdigit() else _NUMBER.get(month.lower().rstrip("."), 0)
    try:
        return dt.date(int(year), number, int("".join(char for char in day if char.isdigit())))
    except ValueError:
        return None


def full(text: str) -> tuple[Found, ...]:
    """Every date printed with day, month and year; impossible ones (June 31) are passed over."""
    out = []
    for found in _FULL.finditer(text):
        parts = found.groupdict()
        for at in "123":
            if parts["y" + at]:
                day = _date(parts["y" + at], parts["m" + at], parts["d" + at])
                if day:
                    out.append(Found(found.span(), day))
    return tuple(out)


def near(text: str, about: dt.date | None) -> dt.date | None:
    """A date such as `May 22`, `22 May` or `May 16-17` (its first day).

    Without a year it is the one that lies nearest before `about`, up to a month after it
    (a report of early January cites late December, and a weekly one may cite its last
    day). None where it is no date, or has no year and `about` is None.
    """
    found = _SHORT.match(_RANGE_TAIL.sub("", text.strip()))
    if not found:
        return None
    month, day = found["m1"] or found["m2"], found["d1"] or found["d2"]
    if found["y"]:
        return _date(found["y"], month, day)
    if about is None:
        return None
    for year in (about.year + 1, about.year, about.year - 1):
        value = _date(str(year), month, day)
        if value and value <= about + dt.timedelta(days=31):
            return value
    return None


def period(text: str) -> Period | None:
    """`May 13, 2021 – May 27, 2021`, `May 13 - 27, 2021`, `December 28 – January 3, 2023`; else None."""
    found = _PERIOD.search(text)
    if not found:
        return None
    end = _date(found["y2"], found["m2"] or found["m1"], found["d2"])
    start = _date(found["y1"] or found["y2"], found["m1"], found["d1"])
    if start and end and start > end and found["m2"] and not found["y1"]:
        start = _date(str(int(found["y2"]) - 1), found["m1"], found["d1"])
    return Period(start=start, end=end) if start and end and start <= end else None
