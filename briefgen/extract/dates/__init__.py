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

from briefgen.extract.dates import absolute, periods, relative
from briefgen.extract.dates.absolute import Atom
from briefgen.extract.dates.periods import MONTHS, Range
from briefgen.extract.dates.relative import Anchor
from briefgen.model import UNDATED, Basis, Day, EventDate, Span

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
        atom = absolute.read(text, week.end()) if week else None
        if atom is not None and atom.day is not None:
            first = absolute.resolve(atom, anchor.day, _ahead(text, at))
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
    first = absolute.DAYS_FIRST.match(text, at)
    atom = absolute.read(text, first.end() if first else at)
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
    last = absolute.other_end(text, atom, joined=False)
    if last is not None:
        return [_ranged(at, absolute.with_year_of(atom, last), last, anchor, ahead, role)], last.end
    resolved = absolute.resolve(atom, anchor.day, ahead)
    whole, basis = resolved or (None, None)
    return [replace(_when(at, atom.end, whole, basis), role=role)], atom.end


def _prefixed(text: str, prefix: re.Match[str], anchor: Anchor) -> tuple[list[When], int]:
    """`since 2021`, `between April 22 and 26`, `by April 30`."""
    at, word = prefix.start(), prefix["word"].lower()
    begins = prefix.end()
    atom = absolute.read(text, begins)
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
    ahead = (
        _ahead(text, at)
        or word in ("by", "beyond", "until", "till", "through")
        or (word not in ("since", "from") and atom.weekday is not None)
    )
    if word in ("between", "from"):
        last = absolute.other_end(text, atom, joined=True)
        if last is not None:
            return [_ranged(at, absolute.with_year_of(atom, last), last, anchor, ahead, "event")], last.end
        if word == "between":
            return [], begins
        return _plain(text, begins, anchor)
    resolved = absolute.resolve(atom, anchor.day, ahead)
    if resolved is None:
        return [_when(at, atom.end, None, None, "since" if word == "since" else "until")], atom.end
    whole, basis = resolved
    if word == "since" or (word == "after" and role == "event" and atom.weekday is None):
        if anchor.day is not None and whole.start <= anchor.day:
            since = Range(whole.start, anchor.day, "period")
            return [_when(at, atom.end, since, "period", "since")], atom.end
        return [_when(at, atom.end, whole, basis, "until" if word == "after" else "since")], atom.end
    return [_when(at, atom.end, whole, basis, "name" if role == "name" else "until")], atom.end


def _ranged(at: int, first: Atom, last: Atom, anchor: Anchor, ahead: bool, role: WhenRole) -> When:
    """From the start of `first` to the end of `last`."""
    end = absolute.resolve(last, anchor.day, ahead)
    if end is None:
        return _when(at, last.end, None, None, role)
    begin = absolute.resolve(first, end[0].end if first.year is None else anchor.day, False)
    if begin is None or begin[0].start > end[0].end:
        return _when(at, last.end, None, None, role)
    return _when(at, last.end, periods.reach(begin[0].start, end[0].end), end[1], role)


def _role(text: str, at: int, atom: Atom, before: str, day: Day | None) -> WhenRole | None:
    """What the date does in the sentence; None where the number is no date at all."""
    after = text[atom.end : atom.end + _LOOK_BACK]
    if _CITED_BEFORE.search(before) and _CITED_AFTER.match(after):
        return "citation"
    bare_year = atom.year is not None and atom.month is None and atom.part is None
    if bare_year:
        if _NUMBERED.search(before) or (day is not None and atom.year is not None and atom.year > day.year + 30):
            return None
        counts = absolute.THINGS.match(after) is not None and not _LITTLE.match(after)
        if _BEFORE_YEAR.search(before):
            return None if counts else "event"
        return None if counts and not _OWNED.search(before) else "name"
    if _JOINED.search(before) or _NAMED_AFTER.match(after):
        return "name"
    if atom.day is not None and _LABEL.match(after) and not re.search(r"\b(?:on|since)\s\Z", before):
        resolved = absolute.resolve(atom, day, False)
        if resolved is not None and day is not None and day - resolved[0].start > _STALE:
            return "name"
    return "event"


def _ahead(text: str, at: int) -> bool:
    """Whether the words before the date look to what is to come."""
    return _AHEAD.search(text, max(0, at - _LOOK_BACK), at) is not None


def _rhetorical(text: str, at: int) -> bool:
    """Whether a `today` or `yesterday` opens a quotation, where it is the speaker's."""
    if text[at : at + 5].lower() not in ("today", "yeste", "tonig", "this "):
        return False
    before = text[max(0, at - 400) : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _when(at: int, end: int, whole: Range | None, basis: Basis | None, role: WhenRole = "event") -> When:
    if whole is None:
        return When((at, end), UNDATED, role)
    date = EventDate(start=whole.start, end=whole.end, precision=whole.precision, basis=basis)
    return When((at, end), date, role)
