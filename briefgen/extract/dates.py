"""Dates of a sentence, resolved against the report's day.

A small grammar over the words: absolute dates (`April 26`, `late 2020`, `Thursday, August
4`), ranges of them, prefixes such as `since`, and the phrases of `relative.py`. A date
that its words do not settle comes back with `start` None; a wrong one is worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from briefgen.extract import periods, relative
from briefgen.extract.periods import MONTHS, SHORT, WEEKDAYS, Range
from briefgen.extract.relative import Anchor
from briefgen.model import Basis, Day, EventDate, Span

WhenRole = Literal[
    "event",  # when something happened
    "since",  # from then to the report's day
    "until",  # a deadline or an end; not the date of an event
    "name",  # part of a name or of a background event's label: `the October 7 attack`
    "citation",  # the date of a source in brackets
]


@dataclass(frozen=True, slots=True)
class When:
    """A date as the sentence tells it."""

    span: Span
    """In the sentence."""
    date: EventDate
    role: WhenRole = "event"


@dataclass(frozen=True, slots=True)
class _Atom:
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
_THINGS = re.compile(
    r"\s(?!(?:meetings|visits|attacks|strikes|talks)\b)(?:[a-z]+(?:ed|en|an)\s)?(?:[a-z-]+s|people|men|women|children)\b"
)
_BARE_DAYS_FIRST = re.compile(
    rf"(?:the\s)?(?P<first>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[-–—]\s?|\s(?:and|to|through)\s)(?={_DAY}\s{_MONTH})"
)
_SEPARATOR = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|and)\s")
_PREFIX = re.compile(
    r"(?P<word>[Ss]ince|[Aa]fter|[Ff]rom|[Bb]etween|[Uu]ntil|[Tt]ill|[Tt]hrough|[Bb]y|[Bb]efore|[Bb]eyond|[Pp]rior\sto)\s"
    r"(?P<via>(?:[^\s.;:!?]+\s){0,6}?(?:cutoff|cut-off|update|report)(?:\stime)?\s(?:on|in)\s)?"
    r"(?:(?:at\sleast|about|around|approximately)\s)?(?:the\s(?=early|mid|late|beginning|start|end|middle|first|second))?"
)
_WORD = re.compile(r"\w+")
_BEFORE_MONTH = re.compile(
    rf"(?:\b(?:in|since|until|till|by|before|after|during|through|throughout|from|between|month\sof"
    rf"|(?:{'|'.join(MONTHS)})\s(?:and|to|or))\s"
    r"|[-–—]\s?)\Z",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|during|through|throughout|from|between|late|early|mid"
    r"|\d{4}\s(?:and|to|or))\s"
    r"|[-–—]\s?)\Z",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:post|pre|mid)-\Z", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:resolutions?|no\.?|flight|article|law|decree|boeing|room|channel|mirage|[$€£#])\s?\Z", re.IGNORECASE
)
_LITTLE = re.compile(r"\s(?:as|its|his|was|has|is|whereas|this)\b")
_OWNED = re.compile(r"(?:\b(?:the|its|his|her|their)|[’']s?)\s\Z", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:[\s-](?:[A-Z]\w+\s|\w+-\w+\s)?(?:terrorist\s|terror\s)?"
    r"(?:attacks?|massacres?|assault|war|incursion|invasion|pogrom|uprising|revolution|coup|pandemic)\b)"
)
_NAMED_AFTER = re.compile(
    r"\s(?:Alliance|Movement|Coalition|Brigades?|Battalion|Group|Organization|Bridge|Square|Street|Camp|[Aa]lliance"
    r"|[Mm]ovement)\b"
)
_CITED_BEFORE = re.compile(r"\([^\W\d_][^()]{0,80},\s\Z")
_CITED_AFTER = re.compile(r"\s?(?:[-–]\s?\w{0,10}\s?\d{0,2})?(?:,\s\d{4})?\)")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|scheduled|plan(?:s|ned|ning)?|expected|set\sto|slated|due|upcoming|deadline|intends?|beyond"
    r"|no\slater\sthan|ahead\sof)\b"
)
_HABIT = re.compile(r"\b(?:every|each|any|most|on\sa)\s\Z", re.IGNORECASE)
_DECADE = re.compile(r"(?P<part>early\s|late\s|mid-)?(?:the\s)?(?P<decade>(?:19|20)\d0)[’']?s\b", re.IGNORECASE)
_WEEK_OF = re.compile(r"(?:the\s)?week\sof\s", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_TOLERANCE = dt.timedelta(days=7)
_STALE = dt.timedelta(days=30)
_LOOK_BACK = 90


def find(text: str, day: Day | None, earlier: Day | None = None) -> tuple[When, ...]:
    """Dates that the sentence `text` tells, in order, without overlaps.

    `day` is the report's (or excerpt's) day: a date without a year is the nearest one
    that is not after it. `earlier` is the last date told before this sentence, for
    `the same day` and `two days later`. Where neither settles a date, `start` is None.
    """
    plain = _SPACES.sub(" ", text)
    found: list[When] = []
    done, told = 0, earlier
    for word in _WORD.finditer(plain):
        at = word.start()
        if at < done or not (plain[at].isascii()):
            continue
        whens, end = _at(plain, at, Anchor(day, told))
        found += whens
        told = next((w.date.end for w in whens if w.role == "event" and w.date.end), told)
        done = max(done, end)
    return tuple(replace(w, date=w.date.model_copy(update={"as_written": text[w.span[0] : w.span[1]]})) for w in found)


def _at(text: str, at: int, anchor: Anchor) -> tuple[list[When], int]:
    """The dates that begin at `at`, and where the reading goes on (0: nothing found here)."""
    phrase = relative.phrase(text, at, anchor)
    if phrase is not None:
        if phrase.range is None or _rhetorical(text, at):
            return [], phrase.end
        return [_when(at, phrase.end, phrase.range, "relative")], phrase.end
    prefix = _PREFIX.match(text, at)
    if prefix:
        return _prefixed(text, prefix, anchor)
    if text[at] in "Ww" or text[at : at + 5] == "the w":
        week = _WEEK_OF.match(text, at)
        atom = _atom(text, week.end()) if week else None
        if atom is not None and atom.day is not None:
            first = _resolve(atom, anchor.day, _ahead(text, at))
            whole = first and Range(first[0].start, first[0].start + dt.timedelta(days=6), "week")
            return [_when(at, atom.end, whole, "explicit")], atom.end
    decade = _DECADE.match(text, at)
    if decade:
        start = int(decade["decade"])
        named = not re.search(
            r"\b(?:in|since|during|throughout)\s(?:the\s)?\Z", text[max(0, at - 20) : at], re.IGNORECASE
        )
        whole = Range(dt.date(start, 1, 1), dt.date(start + 9, 12, 31), "period")
        if decade["part"]:
            return [], decade.end()
        return [replace(_when(at, decade.end(), whole, "explicit"), role="name" if named else "event")], decade.end()
    return _plain(text, at, anchor)


def _plain(text: str, at: int, anchor: Anchor) -> tuple[list[When], int]:
    """An absolute date, or a range or list of days, without a prefix."""
    first = _BARE_DAYS_FIRST.match(text, at)
    atom = _atom(text, first.end() if first else at)
    if atom is None:
        return [], 0
    before = text[max(0, at - _LOOK_BACK) : at]
    if atom.weekday is not None and atom.day is None and _HABIT.search(before):
        return [], atom.end
    bare_month = atom.month is not None and (atom.day or atom.year or atom.part or atom.nearness or None) is None
    if bare_month and not _BEFORE_MONTH.search(before):
        return [], 0
    role = _role(text, at, atom, before, anchor.day)
    if role is None:
        return [], atom.end
    ahead = _ahead(text, at)
    if first:
        start = replace(atom, day=int(first["first"]), weekday=None)
        return [_ranged(at, start, atom, anchor, ahead, role)], atom.end
    last = _other_end(text, atom, joined=False)
    if last is not None:
        return [_ranged(at, _inherit(atom, last), last, anchor, ahead, role)], last.end
    resolved = _resolve(atom, anchor.day, ahead)
    basis: Basis = resolved[1] if resolved else "unknown"
    return [replace(_when(at, atom.end, resolved and resolved[0], basis), role=role)], atom.end


def _prefixed(text: str, prefix: re.Match[str], anchor: Anchor) -> tuple[list[When], int]:
    """`since 2021`, `between April 22 and 26`, `by April 30`."""
    at, word = prefix.start(), prefix["word"].lower()
    begins = prefix.end()
    atom = _atom(text, begins)
    if atom is None:
        return [], 0
    if prefix["via"] and word != "since":
        return [], 0
    before = text[max(0, begins - _LOOK_BACK) : begins]
    role = _role(text, begins, atom, before, anchor.day)
    if role in (None, "citation") or (
        atom.month and not atom.day and atom.year is None and word == "by" and not atom.part
    ):
        return [], begins
    ahead = _ahead(text, at) or word in ("by", "beyond") or (word not in ("since", "from") and atom.weekday is not None)
    if word in ("between", "from"):
        last = _other_end(text, atom, joined=True)
        if last is not None:
            return [_ranged(at, _inherit(atom, last), last, anchor, ahead, "event")], last.end
        if word == "between":
            return [], begins
        return _plain(text, begins, anchor)
    resolved = _resolve(atom, anchor.day, ahead)
    if resolved is None:
        return [_when(at, atom.end, None, "unknown", "since" if word == "since" else "until")], atom.end
    whole, basis = resolved
    if word == "since" or (word == "after" and role == "event" and atom.weekday is None):
        if anchor.day is not None and whole.start <= anchor.day:
            since = Range(whole.start, anchor.day, "period")
            return [_when(at, atom.end, since, "period", "since")], atom.end
        return [_when(at, atom.end, whole, basis, "until" if word == "after" else "since")], atom.end
    return [_when(at, atom.end, whole, basis, "name" if role == "name" else "until")], atom.end


def _atom(text: str, at: int) -> _Atom | None:
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
        return _Atom(
            end=match.end(), year=int(year) if year else None, month=number, day=day,
            weekday=WEEKDAYS[weekday] if weekday else None,
            part=_PARTS[" ".join(part.lower().split())] if part else None, nearness=(groups.get("near") or "").lower(),
        )  # fmt: skip
    return None


def _other_end(text: str, atom: _Atom, *, joined: bool) -> _Atom | None:
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
    other = _atom(text, separator.end())
    if other is None:
        return None
    same = (other.day is None) == (atom.day is None) and (other.month is None) == (atom.month is None)
    return other if same else None


def _lists_days(text: str, atom: _Atom, bare: re.Match[str]) -> bool:
    """Whether the bare number after a day is a day as well, and no count of things."""
    if bare["and"].strip(" ,") in ("and", "or", "") and _THINGS.match(text, bare.end()):
        return False
    adjacent = atom.day is not None and int(bare["day"]) == atom.day + 1
    return adjacent or bare["and"].strip() not in ("and", "or")


def _inherit(first: _Atom, last: _Atom) -> _Atom:
    """`first` with the year that only `last` has."""
    return replace(first, year=last.year) if first.year is None and last.year is not None else first


def _ranged(at: int, first: _Atom, last: _Atom, anchor: Anchor, ahead: bool, role: WhenRole) -> When:
    """From the start of `first` to the end of `last`."""
    end = _resolve(last, anchor.day, ahead)
    if end is None:
        return _when(at, last.end, None, "unknown", role)
    begin = _resolve(first, end[0].end if first.year is None else anchor.day, False)
    if begin is None or begin[0].start > end[0].end:
        return _when(at, last.end, None, "unknown", role)
    return _when(at, last.end, periods.reach(begin[0].start, end[0].end), end[1], role)


def _role(text: str, at: int, atom: _Atom, before: str, day: Day | None) -> WhenRole | None:
    """What the date does in the sentence; None where the number is no date at all."""
    after = text[atom.end : atom.end + _LOOK_BACK]
    if _CITED_BEFORE.search(before) and _CITED_AFTER.match(after):
        return "citation"
    bare_year = atom.year is not None and atom.month is None and atom.part is None
    if bare_year:
        if _NUMBERED.search(before) or (day is not None and atom.year is not None and atom.year > day.year + 30):
            return None
        counts = _THINGS.match(after) is not None and not _LITTLE.match(after)
        if _BEFORE_YEAR.search(before):
            return None if counts else "event"
        return None if counts and not _OWNED.search(before) else "name"
    if _JOINED.search(before) or _NAMED_AFTER.match(after):
        return "name"
    if atom.day is not None and _LABEL.match(after) and not re.search(r"\b(?:on|since)\s\Z", before):
        resolved = _resolve(atom, day, False)
        if resolved is not None and day is not None and day - resolved[0].start > _STALE:
            return "name"
    return "event"


def _resolve(atom: _Atom, day: Day | None, ahead: bool) -> tuple[Range, Basis] | None:
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


def _month_without_year(atom: _Atom, day: Day, ahead: bool) -> tuple[Range, Basis] | None:
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


def _ahead(text: str, at: int) -> bool:
    """Whether the words before the date look to what is to come."""
    return _AHEAD.search(text, max(0, at - _LOOK_BACK), at) is not None


def _rhetorical(text: str, at: int) -> bool:
    """Whether a `today` or `yesterday` opens a quotation, where it is the speaker's."""
    if text[at : at + 5].lower() not in ("today", "yeste", "tonig", "this "):
        return False
    before = text[max(0, at - 400) : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _when(at: int, end: int, whole: Range | None, basis: Basis, role: WhenRole = "event") -> When:
    if whole is None:
        return When((at, end), EventDate(start=None, end=None, precision="unknown", basis="unknown"), role)
    date = EventDate(start=whole.start, end=whole.end, precision=whole.precision, basis=basis)
    return When((at, end), date, role)
