"""Which of a sentence's dates is the event's, and what it is where the sentence has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.extract.candidate import Candidate
from briefgen.extract.dates import When
from briefgen.extract.mentions import Scene
from briefgen.grammar.english import words
from briefgen.grammar.inflection import singular
from briefgen.grammar.words import Word
from briefgen.model import UNDATED, Block, Day, EventDate, EventTypeId, Report

VERBAL: frozenset[EventTypeId] = frozenset({"STATEMENT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
"""Types that happen when they are told."""
_FORWARD = VERBAL | {"AGREE"}
"""Types whose words may name a day to come: `called for a truce from Friday`."""
_WEEK = dt.timedelta(days=7)
_MONTH = dt.timedelta(days=31)
_FORMERLY = frozenset(
    "previously formerly originally historically repeatedly often frequently traditionally decades".split()
)
_BACKGROUND = dt.timedelta(days=14)
_EARLIER = frozenset(["after", "following"])
_LONG = 3
"""Days of a report's period above which its last day dates no event."""
_SINCE = 10
"""Words before a date among which `since` opens its clause."""
_LEADING = 16
"""Characters within which a date opens a sentence."""
_CONTINUES = words("sentence_openers")
_EVENTS = words("event_nouns")
_GOING_ON = frozenset(["also", "two", "meeting", "visit", "meanwhile", "separately", "added"])


@dataclass(frozen=True, slots=True)
class Setting:
    """When a passage was written and what dates in it count from."""

    report: Report
    block: Block
    day: Day | None
    """The day an undated deed of the passage is taken to be of; None where the passage has none."""
    anchor: Day | None
    """What its relative dates count from."""


def setting(report: Report, block: Block) -> Setting:
    """The setting of a passage."""
    day = block.day or report.published or (report.period.end if report.period else None)
    latest = max((c.date for c in report.citations if c.date is not None), default=None)
    return Setting(report, block, day, day or latest)


def past(whens: Sequence[When], anchor: Day | None) -> tuple[list[When], list[When]]:
    """(dates up to the telling, dates after it): the latter date no event that has occurred."""
    later = [w for w in whens if anchor is not None and w.date.start is not None and w.date.start > anchor]
    return [w for w in whens if w not in later], later


def of_candidate(
    here: Scene, candidate: Candidate, every: Sequence[Candidate], whens: Sequence[When], later: Sequence[When],
    held: Setting, told: Day | None, inherited: EventDate | None,
) -> EventDate:  # fmt: skip
    """The date of `candidate`, one of `every` in the sentence; `whens` and `later` are the sentence's dates.

    `later` are those after the telling, which only something planned can have; `told` is the day of
    the source that the sentence rests on, else that of the passage; `inherited` the date of the
    sentences before.
    """
    ahead = None if candidate.type in _FORWARD else _inside(here, candidate, [w for w in later if w.role == "event"])
    if ahead is not None and _inside(here, candidate, whens) is None:
        return ahead.date if candidate.planned else UNDATED
    whens = [w for w in whens if not _of_another_time(here, candidate, every, w.span[0])]
    free = _free(here, candidate, every, whens)
    own = _nearest(here, candidate, [w for w in free if w.role == "event"])
    if own is not None:
        return _from_then_on(here, candidate, own, told or held.anchor)
    since = next((w for w in free if w.role == "since"), None)
    if since is not None:
        return since.date
    if candidate.planned and candidate.type not in VERBAL:
        return UNDATED
    if candidate.past or is_aside(here, candidate) or _elsewhen(here, candidate, whens, told):
        return UNDATED
    listed = held.block.kind in {"bullet", "takeaway"}
    same_news = held.block.kind == "excerpt" and candidate.type in VERBAL and told is not None
    if inherited is not None and (
        listed
        or continues(here)
        or (same_news and nearby(inherited, EventDate(start=told, end=told, precision="day", basis="report-day")))
    ):
        return inherited.model_copy(update={"basis": "relative", "as_written": None})
    if candidate.kind == "noun" and candidate.clause == "main":
        return UNDATED
    report = held.report
    undated = report.published is None and report.period is None
    if told is None or (undated and held.block.kind == "paragraph" and candidate.type not in VERBAL):
        return UNDATED
    period = report.period
    if period is not None and (period.end - period.start).days > _LONG and told == period.end:
        return EventDate(start=period.start, end=period.end, precision="period", basis="period")
    return EventDate(start=told, end=told, precision="day", basis="report-day")


def is_aside(here: Scene, candidate: Candidate) -> bool:
    """True for what only describes a party: a relative clause, a participle after a noun (`towns held by rebels`)."""
    if candidate.clause == "relative":
        return True
    trigger = next((w for w in here.parse.words if w.start == candidate.trigger[0]), None)
    return candidate.clause == "participle" and trigger is not None and trigger.tag == "VBN"


def _elsewhen(here: Scene, candidate: Candidate, whens: Sequence[When], told: Day | None) -> bool:
    """True where the words point away from the day of the telling: `previously`, `has long`, another month or year."""
    if any(w.text.lower() in _FORMERLY for w in here.parse.words):
        return True
    if candidate.perfect and candidate.type not in VERBAL:
        return True
    return told is not None and any(w.date.end is not None and w.date.end < told - _MONTH for w in whens)


def handed_on(
    inherited: EventDate | None, dates: Sequence[EventDate], whens: Sequence[When], block: Block
) -> EventDate | None:
    """The date that the next sentence inherits; `dates` are those of this sentence's core events.

    In a list item the first date holds until a sentence opens with another.
    """
    listed = block.kind in {"bullet", "takeaway"}
    leads = any(w.span[0] < 6 for w in whens)
    first = next((d for d in dates if d.start is not None), None)
    if first is not None and first.basis != "report-day" and (not listed or leads or inherited is None):
        return first
    if listed and inherited is None:
        return next((w.date for w in whens if w.role == "event" and w.date.start is not None), None)
    return inherited


def nearby(told: EventDate, date: EventDate) -> bool:
    """True when a day told before may be meant by an event that has only the report's day."""
    return told.start is not None and date.start is not None and dt.timedelta(0) <= date.start - told.start <= _WEEK


def is_background(date: EventDate, held: Setting) -> bool:
    """True for a date well before what the report is about."""
    start = held.report.period.start if held.report.period else held.day
    return date.end is not None and start is not None and date.end < start - _BACKGROUND


def continues(here: Scene) -> bool:
    """True when the sentence goes on where the one before ended."""
    words = here.parse.words[:4]
    low = [w.text.lower() for w in words]
    if _goes_with(here.parse.words):
        return True
    known = {n.start for n in here.names}
    named = len(words) > 1 and low[0] == "the" and (words[1].tag == "NNP" or words[1].start in known)
    return bool(words) and not named and (low[0] in _CONTINUES or bool(_GOING_ON & set(low)))


def _goes_with(words: Sequence[Word]) -> bool:
    """True for what is done `in response`, or `during` something told: `fired at troops during the raids`."""
    low = [w.text.lower() for w in words]
    while_it_lasts = (low[n + 1 : n + 4] for n, word in enumerate(low) if word == "during")
    return "response" in low[-2:] or any(singular(w) in _EVENTS for reach in while_it_lasts for w in reach)


def _free(here: Scene, candidate: Candidate, every: Sequence[Candidate], whens: Sequence[When]) -> list[When]:
    """The dates that do not stand nearer to another event: inside an earlier noun's phrase, or after a later verb."""
    mine = _reach(here, candidate)
    later = [_reach(here, c) for c in every if c.trigger[0] > candidate.trigger[0]]
    before = [
        _reach(here, c) for c in every
        if c.trigger[0] < candidate.trigger[0] and c.kind == "noun" and not _opens(here, c)
    ]  # fmt: skip
    out = []
    for when in whens:
        at = when.span[0]
        taken = any(a <= at <= b for a, b in later) and not mine[0] <= at <= later[0][0]
        if not taken and not any(a <= at <= b <= mine[0] for a, b in before):
            out.append(when)
    return out or [w for w in whens if w.span[0] < 6]


def _of_another_time(here: Scene, candidate: Candidate, every: Sequence[Candidate], at: int) -> bool:
    """True for a date behind `after` a deed: `summoned X after the raid on May 3`, not `after prayers`."""
    words = here.parse.words
    between = [n for n, w in enumerate(words) if candidate.trigger[0] < w.start < at]
    after = next((words[n].start for n in between[:-1] if words[n].text.lower() in _EARLIER), None)
    if after is None:
        return False
    what = [words[n] for n in between if words[n].start > after]
    named = any(w.tag.startswith("NN") for w in what)
    done = any(after < c.trigger[0] < at for c in every) or any(w.tag.startswith("VB") for w in what)
    return not named or done or any(singular(w.text.lower()) in _EVENTS for w in what)


def _reach(here: Scene, candidate: Candidate) -> tuple[int, int]:
    items = here.parse.items
    last = max(min(candidate.extent[1], len(items)) - 1, candidate.item)
    return candidate.trigger[0], here.parse.words[items[last].last - 1].end


def _opens(here: Scene, candidate: Candidate) -> bool:
    """True for a noun that opens the sentence and shares its time: `In a message in June, she urged`."""
    return candidate.item <= 1 and here.parse.items[0].kind == "IN"


def _nearest(here: Scene, candidate: Candidate, whens: Sequence[When]) -> When | None:
    """The date inside the candidate's extent, else the one that opens the sentence, else the next after it."""
    if not whens:
        return None
    words = here.parse.words
    first, end = _told_in(here, candidate)
    best = _inside(here, candidate, whens)
    if best is not None:
        return _surer(best, whens)
    if candidate.clause not in {"main", "complement", "participle"}:
        return None
    ahead = [w for w in whens if w.span[1] <= first]
    touching = (
        [] if words[0].tag == "VBG" else [w for w in ahead if here.text[w.span[1] : first].strip(" ,") in {"", "the"}]
    )
    leading = touching[-1:] or [w for w in ahead if w.span[0] < _LEADING]
    if leading and candidate.clause != "participle":
        return leading[0]
    after = [w for w in whens if w.span[0] >= end]
    if after:
        return _surer(after[0], after)
    return None if words[0].tag == "VBG" else whens[0]


def _told_in(here: Scene, candidate: Candidate) -> tuple[int, int]:
    """Where the words of the candidate begin and end; a verb after `and` begins at itself, not at its subject."""
    words, items = here.parse.words, here.parse.items
    first = candidate.item if candidate.item and items[candidate.item - 1].kind == "CC" else candidate.extent[0]
    last = min(candidate.extent[1], len(items) - 1)
    return words[items[first].first].start, words[items[last].last - 1].end


def _inside(here: Scene, candidate: Candidate, whens: Sequence[When]) -> When | None:
    """The date among the candidate's own words that is nearest to its trigger, one written out before others."""
    first, end = _told_in(here, candidate)
    inside = [w for w in whens if first <= w.span[0] <= end]
    return min(inside, key=lambda w: (w.date.basis != "explicit", abs(w.span[0] - candidate.trigger[0])), default=None)


def _surer(when: When, whens: Sequence[When]) -> When:
    """`when`, or where it is as vague as `in recent days` the explicit date that follows it."""
    if when.date.precision != "period" or when.date.basis != "relative":
        return when
    return next((w for w in whens if w.date.basis == "explicit" and w.span[0] > when.span[1]), when)


def _from_then_on(here: Scene, candidate: Candidate, own: When, until: Day | None) -> EventDate:
    """The date; after `since somebody did something` it begins a period that lasts to the telling."""
    between = [w for w in here.parse.words if candidate.trigger[1] <= w.start < own.span[0]]
    opened = any(w.text.lower() == "since" for w in between[-_SINCE:])
    if not opened or own.date.start is None or until is None or until < own.date.start:
        return own.date
    return EventDate(
        start=own.date.start, end=until, precision="period", basis="period", as_written=own.date.as_written
    )
