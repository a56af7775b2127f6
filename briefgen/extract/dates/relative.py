"""Dates told against another day: `yesterday`, `two days later`, `over the past year`.

Each phrase is one pattern and one function from its words to days. What has no fixed
length (`in recent years`, `shortly after`) yields nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from briefgen.extract.dates import periods
from briefgen.extract.dates.periods import Range
from briefgen.model import Day

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=2
    )
}
_FEW = {"day": 7, "week": 4, "month": 3}
"""What `recent`, `several` or `a few` may reach back, in units; years have no such reach."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The days that a phrase can be told against."""

    day: Day | None
    """The report's."""
    told: Day | None
    """The last one told before the phrase."""


_Words = re.Match[str]
_Resolve = Callable[[_Words, Anchor], Range | None]
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_N = rf"(?P<n>\d{{1,3}}|(?:a\s)?few|several|(?:a\s)?couple(?:\sof)?|{_WORDS})"
_U = r"(?P<unit>hour|day|night|week|month|year|decade)s?\b"
_ENDS = r"(?=\s*(?:[,.;:)”\"’]|\Z|and\b|but\b))"


def _count(words: str) -> int | None:
    """How many, or None for a vague number."""
    return int(words) if words.isdigit() else _NUMBERS.get(words.lower())


def _unit(match: _Words) -> str:
    unit = match["unit"].lower()
    return "day" if unit == "night" else unit


def _past(match: _Words, anchor: Anchor) -> Range | None:
    if anchor.day is None:
        return None
    unit, words = _unit(match), match["n"]
    count = 1 if words is None else _count(words)
    if match["half"]:
        unit, count = {"decade": ("year", 5), "year": ("month", 6)}.get(unit, ("", None))
    if unit == "hour":
        days = 1 if count is None or count <= 24 else -(-count // 24)
        return Range(anchor.day - dt.timedelta(days=days), anchor.day, "period")
    if unit == "day" and words is None:
        return None
    count = _FEW.get(unit) if count is None else count
    if count is None:
        return None
    since = anchor.day - dt.timedelta(days=count - 1) if unit == "day" else periods.back(anchor.day, count, unit)
    return periods.reach(since, anchor.day)


def _recent(match: _Words, anchor: Anchor) -> Range | None:
    unit = _unit(match)
    if anchor.day is None or unit not in _FEW:
        return None
    if unit == "day":
        return periods.reach(anchor.day - dt.timedelta(days=6), anchor.day)
    return periods.reach(periods.back(anchor.day, _FEW[unit], unit), anchor.day)


def _away(base: Day | None, match: _Words, sign: int) -> Range | None:
    """`count` units before (sign 1) or after (sign -1) `base`, as finely as the unit tells."""
    if base is None:
        return None
    unit, count = _unit(match), _count(match["n"])
    if unit == "hour":
        return periods.one(base) if sign > 0 and (count or 1) < 12 else None
    if count is None:
        if unit != "day":
            return None
        near, far = base - sign * 2 * _DAY, base - sign * 7 * _DAY
        return Range(min(near, far), max(near, far), "period")
    if unit == "decade":
        return None
    then = periods.back(base, sign * count, unit)
    if unit == "day":
        return periods.one(then)
    if unit == "week":
        return periods.week(then)
    return periods.month(then.year, then.month) if unit == "month" else periods.year(then.year)


def _ago(match: _Words, anchor: Anchor) -> Range | None:
    return None if match["vague"] else _away(anchor.day, match, 1)


def _from_told(match: _Words, anchor: Anchor) -> Range | None:
    return _away(anchor.told, match, 1 if match["way"][0].lower() in "ebp" else -1)


def _shifted(days: int) -> _Resolve:
    """The day told before, moved by so many days."""

    def resolve(_: _Words, anchor: Anchor) -> Range | None:
        return None if anchor.told is None else periods.one(anchor.told + days * _DAY)

    return resolve


def _from_today(days: int) -> _Resolve:
    """The report's day, moved by so many days."""

    def resolve(_: _Words, anchor: Anchor) -> Range | None:
        return None if anchor.day is None else periods.one(anchor.day + days * _DAY)

    return resolve


def _overnight(_: _Words, anchor: Anchor) -> Range | None:
    return None if anchor.day is None else Range(anchor.day - _DAY, anchor.day, "period")


def _named_unit(match: _Words, anchor: Anchor) -> Range | None:
    """`last week`, `this month`, `earlier this year`, `during the week`, `next month`."""
    if anchor.day is None:
        return None
    unit, which = match["unit"].lower(), (match["which"] or "").lower()
    shift = {"last": 1, "next": -1}.get(which, 0)
    if unit == "weekend":
        then = periods.weekend(anchor.day)
        if which == "this" and anchor.day.weekday() < 5:
            return None
        back = 7 if which == "last" and anchor.day >= then.end - _DAY and anchor.day <= then.end else 0
        ahead = 7 if which == "next" else 0
        move = dt.timedelta(days=ahead - back)
        return Range(then.start + move, then.end + move, "period")
    base = periods.back(anchor.day, shift, unit)
    whole = {
        "week": periods.week(base), "month": periods.month(base.year, base.month), "year": periods.year(base.year),
    }[unit]  # fmt: skip
    if shift:
        return whole
    if match["late"]:
        return periods.reach(anchor.day, whole.end)
    return Range(whole.start, anchor.day, whole.precision) if whole.start < anchor.day else periods.one(anchor.day)


def _in_a_row(match: _Words, anchor: Anchor) -> Range | None:
    """`the third consecutive day`, `three straight days`: up to the day told, or the report's."""
    end = anchor.told or anchor.day
    words = (match["ordinal"] or match["n"]).lower()
    count = _ORDINALS.get(words) or _count(words.rstrip("stndrh"))
    if end is None or not count:
        return None
    unit = _unit(match)
    if unit == "day":
        return periods.reach(end - (count - 1) * _DAY, end)
    return periods.reach(periods.back(end, count, unit), end) if unit in ("week", "month") else None


_FLAGS = re.IGNORECASE
_TABLE: tuple[tuple[re.Pattern[str], _Resolve], ...] = tuple(
    (re.compile(pattern, _FLAGS), resolve)
    for pattern, resolve in (
        (
            rf"(?:over|in|during|within|for|throughout|across)\s(?:at\sleast\s)?the\s(?:past|last)\s"
            rf"(?:(?P<half>half)[-\s](?:a\s)?|{_N}[\s-])?{_U}",
            _past,
        ),
        (rf"(?:in|over|during)\s(?:the\s)?(?:most\s)?recent\s{_U}", _recent),
        (rf"(?P<vague>(?:more|less)\sthan\s|over\s|nearly\s|almost\s)?{_N}\s{_U}\sago\b", _ago),
        (rf"(?:the\sprevious\sday|(?:a|one|the)\sday\s(?:earlier|prior|before){_ENDS})", _shifted(-1)),
        (
            rf"(?:(?:on\s)?(?:the\s)?(?:following|next)\s(?:day|morning)\b|(?:a|one)\sday\slater|the\sday\safter{_ENDS})",
            _shifted(1),
        ),
        (r"(?:(?:an|several|some|a\sfew|\d{1,2}|two|three|four|five|six)\s)?(?:hours?|minutes)\slater\b", _shifted(0)),
        (
            rf"{_N}\s{_U}\s(?P<way>(?:later|earlier|beforehand|afterwards?)\b|(?:before|after|prior){_ENDS})",
            _from_told,
        ),
        (r"(?:on\s|later\s)?(?:the|that)\ssame\s(?:day|night|evening|morning|afternoon)\b", _shifted(0)),
        (r"(?:on|later)\sthat\s(?:day|night|evening|morning|afternoon)\b", _shifted(0)),
        (r"(?:earlier\s)?today\b(?![’'])|tonight\b|this\s(?:morning|afternoon|evening)\b", _from_today(0)),
        (r"yesterday\b(?![’'])|last\snight\b", _from_today(-1)),
        (r"overnight\b(?!\s(?:on|from|between|into|to)\b)", _overnight),
        (
            r"(?:(?P<late>later)\s|(?:earlier\s)?)(?P<which>last|this|next)\s(?:past\s)?(?P<unit>weekend|week|month|year)\b"
            r"(?![’'-])",
            _named_unit,
        ),
        (
            r"(?:(?P<late>later)\sin|earlier\sin|during|over|at)\sthe\s(?P<which>past\s)?(?P<unit>weekend|week)\b(?!\sof\b)",
            _named_unit,
        ),
        (
            rf"(?:for\s)?(?:(?:the|a|its|their|his)\s)?(?:(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:nd|rd|th))|{_N})\s"
            rf"(?P<straight>(?:consecutive|straight|successive)\s)?{_U}(?(straight)|\sin\sa\srow\b)",
            _in_a_row,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A relative phrase: where it ends, and the days it means (None: not told)."""

    end: int
    range: Range | None


def phrase(text: str, at: int, anchor: Anchor) -> Phrase | None:
    """The relative phrase that begins at `at`, or None where there is none."""
    for pattern, resolve in _TABLE:
        match = pattern.match(text, at)
        if match:
            return Phrase(match.end(), resolve(match, anchor))
    return None
