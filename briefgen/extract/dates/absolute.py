"""Absolute dates and ranges of them: `April 26`, `late 2020`, `Thursday, August 4`, `April 22-26`.

`read` reads one date as far as its words tell, `other_end` the far end of a range,
`resolve` finds the days that it means. All take a sentence whose spaces are plain.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from briefgen.extract.dates import periods
from briefgen.extract.dates.periods import MONTHS, SHORT, WEEKDAYS, Range
from briefgen.model import Basis, Day


@dataclass(frozen=True, slots=True)
class Atom:
    """One absolute date, as far as its words tell."""

    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    nearness: str = ""
    """`last`, `this` or `next` before a month or weekday."""


_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(m for m in SHORT if m != 'May')})\b\.?)(?![a-z])"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\w|:\d|[.,]\d|\s?%|-\w)"
_DAY_IN_RANGE = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\w|:\d|[.,]\d|\s?%)"
_YEAR = r"(?:,?\s(?:of\s)?(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d|\s?%))"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_ON = rf"(?:{_WEEKDAY},?\s(?:(?:morning|afternoon|evening|night),?\s)?(?:the\s)?)?"
_PARTS = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late",
    "end": "late", "first half": "first half", "second half": "second half", "first quarter": "q1",
    "second quarter": "q2", "third quarter": "q3", "fourth quarter": "q4", "q1": "q1", "q2": "q2", "q3": "q3",
    "q4": "q4", "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn",
}  # fmt: skip
_PART = (
    rf"(?:the\s)?(?P<part>(?i:{'|'.join(sorted(_PARTS, key=len, reverse=True))}))"
    r"(?:(?<=beginning)\sof|(?<=start)\sof|(?<=end)\sof|(?<=middle)\sof|(?<=half)\sof|(?<=quarter)\sof"
    r"|(?<=spring)(?:\sof)?|(?<=summer)(?:\sof)?|(?<=autumn)(?:\sof)?|(?<=fall)(?:\sof)?|(?<=q\d)(?:\sof)?"
    r"|(?<=Q\d)(?:\sof)?|(?<=early)|(?<=Early)|(?<=mid)|(?<=Mid)|(?<=late)|(?<=Late))[-\s]"
)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_ON}(?P<iso>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\w)",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<iso>(?:19|20)\d\d)(?!\w)",
        rf"{_ON}{_MONTH}\s?{_DAY_IN_RANGE}{_YEAR}?",
        rf"{_ON}(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}{_YEAR}?",
        rf"(?:{_PART})?{_MONTH}{_YEAR}",
        rf"{_PART}{_MONTH}",
        rf"(?:(?P<near>[Ll]ast|[Tt]his|[Nn]ext)\s(?:past\s|coming\s)?)?{_MONTH}",
        rf"{_PART}(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d|\s?%)",
        r"(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d|\s?%|-\w)",
        rf"(?:(?P<near>[Ll]ast|[Tt]his|[Nn]ext)\s(?:past\s|coming\s)?|(?:[Ee]arly|[Ll]ate)\s(?:on\s)?)?{_WEEKDAY}"
        r"(?:\s(?:early\s|late\s)?(?:morning|afternoon|evening|night)\b)?(?!\sprayer|\ssermon|s\b)",
    )
)
_BARE_DAY = re.compile(
    rf"(?P<and>\s?[-–—]\s?|\s(?:and|to|through|or)\s|,\s(?=\d{{1,2}},?\sand\s\d)|,?\sand\s){_DAY}"
    rf"(?!\s(?:of\s)?(?:{'|'.join(MONTHS)})){_YEAR}?"
)
THINGS = re.compile(
    r"\s(?!(?:meetings|visits|attacks|strikes|talks)\b)(?:[a-z]+(?:ed|en|an)\s)?(?:[a-z-]+s|people|men|women|children)\b"
)
DAYS_FIRST = re.compile(
    rf"(?:the\s)?(?P<first>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[-–—]\s?|\s(?:and|to|through)\s)(?={_DAY}\s{_MONTH})"
)
_SEPARATOR = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|and)\s")
_TOLERANCE = dt.timedelta(days=7)
"""How far after the report's day a date without a year may lie: reports are dated loosely."""


def read(text: str, at: int) -> Atom | None:
    """The absolute date that begins at `at`."""
    for shape in _SHAPES:
        match = shape.match(text, at)
        if match is None:
            continue
        groups = match.groupdict()
        month = groups.get("month")
        year = groups.get("year") or groups.get("iso")
        number = MONTHS.get(month) or SHORT.get(month.rstrip(".")) if month else None
        if groups.get("number"):
            number = int(groups["number"])
        day = int(groups["day"]) if groups.get("day") else None
        if day is not None and (number is None or periods.valid(int(year or 2000), number, day) is None):
            continue
        weekday = groups.get("weekday")
        part = groups.get("part")
        return Atom(
            end=match.end(), year=int(year) if year else None, month=number, day=day,
            weekday=WEEKDAYS[weekday] if weekday else None,
            part=_PARTS[" ".join(part.lower().split())] if part else None, nearness=(groups.get("near") or "").lower(),
        )  # fmt: skip
    return None


def other_end(text: str, atom: Atom, *, joined: bool) -> Atom | None:
    """The far end of a range or list that `atom` begins; `joined`: after `between` or `from`."""
    if atom.day is not None and (joined or atom.year is None):
        bare = _BARE_DAY.match(text, atom.end)
        while bare is not None:
            nearby = _BARE_DAY.match(text, bare.end())
            if nearby is None or not bare["and"].startswith(","):
                break
            bare = nearby
        if bare is not None and atom.month is not None and (joined or _lists_days(text, atom, bare)):
            year = int(bare["year"]) if bare["year"] else atom.year
            day = int(bare["day"])
            if day > atom.day and periods.valid(year or 2000, atom.month, day):
                return replace(atom, day=day, year=year, end=bare.end(), weekday=None)
    separator = _SEPARATOR.match(text, atom.end)
    if separator is None or (separator.group().strip() == "and" and not joined):
        return None
    other = read(text, separator.end())
    if other is None:
        return None
    same = (other.day is None) == (atom.day is None) and (other.month is None) == (atom.month is None)
    return other if same else None


def _lists_days(text: str, atom: Atom, bare: re.Match[str]) -> bool:
    """Whether the bare number after a day is a day as well, and no count of things."""
    if bare["and"].strip(" ,") in ("and", "or", "") and THINGS.match(text, bare.end()):
        return False
    adjacent = atom.day is not None and int(bare["day"]) == atom.day + 1
    return adjacent or bare["and"].strip() not in ("and", "or")


def with_year_of(first: Atom, last: Atom) -> Atom:
    """`first` with the year that only `last` has."""
    return replace(first, year=last.year) if first.year is None and last.year is not None else first


def resolve(atom: Atom, day: Day | None, ahead: bool) -> tuple[Range, Basis] | None:
    """The days that `atom` means, and how they were found; None where the words do not settle it."""
    if atom.day is not None and atom.month is not None:
        if atom.year is not None:
            exact = periods.valid(atom.year, atom.month, atom.day)
            return (periods.one(exact), "explicit") if exact else None
        if day is None:
            return None
        candidates = [d for y in range(day.year - 1, day.year + 2) if (d := periods.valid(y, atom.month, atom.day))]
        chosen = _nearest(candidates, day, ahead)
        return (periods.one(chosen), "explicit") if chosen else None
    if atom.month is not None:
        if atom.year is not None:
            return periods.month(atom.year, atom.month, atom.part), "explicit"
        if day is None:
            return None
        return _month_without_year(atom, day, ahead)
    if atom.year is not None:
        return periods.year(atom.year, atom.part), "explicit"
    if atom.weekday is None or day is None:
        return None
    back = (day.weekday() - atom.weekday) % 7
    if atom.nearness == "last" and back == 0:
        back = 7
    if (ahead or atom.nearness == "next") and back:
        back -= 7
    return periods.one(day - dt.timedelta(days=back)), "relative"


def _month_without_year(atom: Atom, day: Day, ahead: bool) -> tuple[Range, Basis] | None:
    month = atom.month or 1
    firsts = [dt.date(y, month, 1) for y in range(day.year - 1, day.year + 2)]
    if atom.nearness == "last":
        chosen = max(d for d in firsts if d < day.replace(day=1))
    elif atom.nearness == "this":
        chosen = day.replace(month=month, day=1)
    elif atom.nearness == "next":
        chosen = min(d for d in firsts if d > day)
    else:
        begins = [periods.month(d.year, d.month, atom.part).start for d in firsts]
        near = _nearest(begins, day, ahead)
        if near is None:
            return None
        chosen = near
    return periods.month(chosen.year, month, atom.part), "relative" if atom.nearness else "explicit"


def _nearest(candidates: list[Day], day: Day, ahead: bool) -> Day | None:
    """The nearest of `candidates` that is not after `day`; the nearest of all where the sentence looks ahead."""
    if ahead:
        return min(candidates, key=lambda d: (abs(d - day), d), default=None)
    return max((d for d in candidates if d <= day + _TOLERANCE), default=None)
