"""Restatements inside one report become one event with several evidences.

Reports say things twice: in takeaways and summaries, in a topic sentence and its details,
in a commentary and the press item it quotes. Two tellings are one event when type, date,
actors and place agree and nothing speaks against it; two attacks of one day stay two.
Better one event too many than two told as one.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefgen.model import Block, BlockKind, Event, EventActor, EventDate, Evidence, Report

_RETELLING: frozenset[BlockKind] = frozenset({"takeaway"})
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_EMPTY = frozenset(
    _WORD.findall(
        "that this with from have been were their they which while also than into over after said says told would will "
        "could about between during under other more most some such these those there where when whose because against"
    )
)
_ANAPHOR = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose)\s(?:\w+\s){0,2}?"
    r"(?:attacks?|strikes?|airstrikes?|raids?|operations?|clash(?:es)?|meetings?"
    r"|visits?|talks|calls?|conversation|rally|rallies|march|protests?|statements?|exercises?|agreement|summit|event"
    r"|explosion|launch|incident|letter|message|ceremony|interview|speech|warning|resolution|decision)\b(?!\s(?:by|on|against|between)\b)"
)
_ANOTHER = re.compile(
    r"\b(?:also|separately|separate|another|second|additional(?:ly)?|a different|other|later|on the sidelines"
    r"|consecutive|in a row|during (?:the|his|her|their) (?:visit|trip|stay))\b",
    re.IGNORECASE,
)
_SPECIFIC = frozenset({"point", "town", "district"})
_WEAK_REACH = dt.timedelta(days=14)
_WINDOW = 100
"""How many events of one type with a shared actor are compared: more than a report tells."""
_MOST = 30
"""How often one event is told at most: a text that repeats itself without end costs no more than another."""
_SURE = 0.6
_ALIKE, _VERY_ALIKE = 0.45, 0.7


@dataclass(frozen=True, slots=True)
class _Telling:
    """One event as one sentence tells it, with what comparing it needs."""

    event: Event
    order: int
    block: int
    kind: BlockKind
    words: frozenset[str]
    actors: frozenset[str]
    sides: frozenset[str]
    spots: frozenset[str]
    """Its certain places."""

    @property
    def retells(self) -> bool:
        return self.kind in _RETELLING


def merge(events: Sequence[Event], report: Report, text: str) -> tuple[Event, ...]:
    """One event a happening, in the order of their first evidence.

    The best telling comes first and gives the id: a section's rather than a takeaway's,
    the more detailed, never a truncated one. `text` is the text of the report's seed.
    """
    told = [_telling(event, order, report.blocks) for order, event in enumerate(events)]
    told.sort(key=lambda t: (t.retells, t.order))
    groups: list[list[_Telling]] = []
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for telling in told:
        parties = [alike[telling.event.type, actor] for actor in telling.actors | telling.sides]
        near = sorted({n for numbers in parties for n in numbers[-_WINDOW:] if len(groups[n]) < _MOST})
        scored = [(score, -n) for n in near if (score := _fits(groups[n], telling, text)) > 0]
        if scored:
            number = -max(scored)[1]
            groups[number].append(telling)
        else:
            number = len(groups)
            groups.append([telling])
        for numbers in parties:
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    merged = [(min(t.order for t in group), _one(group)) for group in groups]
    return tuple(event for _, event in sorted(merged, key=lambda pair: pair[0]))


def _telling(event: Event, order: int, blocks: Sequence[Block]) -> _Telling:
    start = event.evidence[0].span[0]
    number = bisect.bisect_right([b.span[0] for b in blocks], start) - 1
    kind: BlockKind = blocks[number].kind if 0 <= number < len(blocks) else "paragraph"
    words = frozenset(_stem(w) for w in _WORD.findall(event.evidence[0].quote.lower()) if w not in _EMPTY)
    actors = frozenset(a.id for a in event.actors)
    sides = frozenset(a.side for a in event.actors if a.side is not None) - actors
    spots = frozenset(p.id or p.name.lower() for p in event.places if p.precision in _SPECIFIC)
    return _Telling(event, order, number, kind, words, actors, sides, spots)


def _stem(word: str) -> str:
    """A word without its commonest endings, so that `attacked` and `attacks` meet."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _fits(group: Sequence[_Telling], telling: _Telling, text: str) -> float:
    """How well `telling` retells the event of `group`: 0 when any of its members speaks against it."""
    scores = [_same(member, telling) for member in group]
    return max(scores) if all(score >= 0 for score in scores) else 0.0


def _same(a: _Telling, b: _Telling) -> float:
    """How sure `a` and `b`, of one type, tell one event: above 0 they do, at 0 nothing says so, below 0 they cannot."""
    if not _dates_agree(a, b) or (a.spots and b.spots and not a.spots & b.spots):
        return -1.0
    alike = _likeness(a.words, b.words)
    if _counts_differ(a.event, b.event, alike):
        return -1.0
    shared = _shared(a, b)
    if shared < 0:
        return -1.0
    if a.event.evidence[0].span == b.event.evidence[0].span:
        return 1.0 if a.actors <= b.actors or b.actors <= a.actors else -1.0
    if a.block == b.block:
        return _same_block(a, b, shared, alike)
    crosses = a.retells != b.retells or (a.kind == "excerpt") != (b.kind == "excerpt")
    if crosses:
        return shared + alike if alike >= _ALIKE or (shared >= 0.6 and alike >= 0.25) else 0.0
    if (a.retells and b.retells) or _ANOTHER.search(b.event.evidence[0].quote[:80]):
        return shared + alike if alike >= 0.9 else 0.0
    return shared + alike if alike >= _VERY_ALIKE or (shared >= 0.75 and alike >= _ALIKE) else 0.0


def _same_block(a: _Telling, b: _Telling, shared: float, alike: float) -> float:
    """The same within one paragraph: a sentence and the details that the next ones give."""
    first, later = (a, b) if a.order < b.order else (b, a)
    quote = later.event.evidence[0].quote
    if alike >= _VERY_ALIKE and not _ANOTHER.search(quote[:120]):
        return shared + alike
    if _ANOTHER.search(quote[:80]):
        return 0.0
    near = later.order - first.order
    if first.event.type == "CONSULT" and not _guests_known(first, later):
        return 0.0
    if _ANAPHOR.search(quote) and near <= 3 and shared >= 0.3:
        return 1 + shared + alike
    if first.event.type == "CONSULT" and near == 1 and shared >= 0.6:
        return 1 + shared + alike
    return shared + alike if shared >= 0.6 and alike >= _ALIKE else 0.0


def _guests_known(first: _Telling, later: _Telling) -> bool:
    """Whether all whom `later` names were there in `first`, or act for somebody who was."""
    there = first.actors | first.sides
    return all(x.id in there or x.side in there for x in later.event.actors)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the words of the shorter sentence that the longer has as well."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _shared(a: _Telling, b: _Telling) -> float:
    """Share of actors in common, sides counted half; -1 where each has an actor that the other cannot have."""
    common = a.actors & b.actors
    by_side = (a.actors & b.sides) | (b.actors & a.sides)
    if not common and not by_side:
        return -1.0
    only_a = [x for x in a.event.actors if x.id not in common]
    only_b = [x for x in b.event.actors if x.id not in common]
    if any(x.side is not None and x.side == y.side and x.role == y.role for x in only_a for y in only_b):
        return -1.0
    rest_a = [x for x in only_a if x.id not in b.sides and x.side not in b.actors]
    rest_b = [x for x in only_b if x.id not in a.sides and x.side not in a.actors]
    if any(x.role == y.role for x in rest_a for y in rest_b):
        return -1.0
    if _roles_turned(a.event.actors, b.event.actors):
        return -1.0
    return (len(common) + 0.5 * len(by_side)) / max(1, min(len(a.actors), len(b.actors)))


def _roles_turned(a: Sequence[EventActor], b: Sequence[EventActor]) -> bool:
    """Whether who acts in one is acted on in the other: an attack and its answer."""
    turned = {"source", "target"}
    return any({x.role, y.role} == turned and (x.id in (y.id, y.side) or x.side == y.id) for x in a for y in b)


def _dates_agree(a: _Telling, b: _Telling) -> bool:
    """Whether both can be of one time; an unknown date, or one taken from the report's day, is weak."""
    one, two = a.event.date, b.event.date
    if one.start is None or two.start is None:
        return True
    end_one, end_two = one.end or one.start, two.end or two.start
    if one.start <= end_two and two.start <= end_one:
        return _grain(one) == _grain(two) or (_weak(one) or _weak(two)) or a.retells != b.retells
    if (_weak(one) or _weak(two)) and (a.block != b.block or abs(a.order - b.order) == 1):
        return abs(one.start - two.start) <= _WEAK_REACH
    return False


def _grain(date: EventDate) -> bool:
    """Whether a date is of some days, as news has it, or of months and years, as background has."""
    return date.start is not None and date.end is not None and (date.end - date.start).days <= 10


def _weak(date: EventDate) -> bool:
    return date.start is None or date.basis == "report-day" or date.as_written is None


def _counts_differ(a: Event, b: Event, alike: float) -> bool:
    """Whether numbers tell the two apart: 13 attacks are not 18, nor is one of them all."""
    for one, two in ((a.fatalities, b.fatalities), (a.injuries, b.injuries), (a.count, b.count)):
        if one is not None and two is not None and one != two:
            return True
    many = max(a.count or 1, b.count or 1)
    return many >= 2 and a.count != b.count and alike < _VERY_ALIKE


def _one(group: Sequence[_Telling]) -> Event:
    """The event of a group: its best telling, with the evidence and the missing facts of the others."""
    if len(group) == 1:
        return group[0].event
    ranked = sorted(group, key=_rank)
    best, rest = ranked[0].event, [t.event for t in sorted(ranked[1:], key=lambda t: t.order)]
    everything = (best, *rest)
    dates = sorted((e.date for e in everything), key=lambda d: (d.start is None, _weak(d)))
    evidence: dict[tuple[int, int], Evidence] = {}
    for event in everything:
        for item in event.evidence:
            evidence.setdefault(item.span, item)
    unsure = 1.0
    for event in everything:
        unsure *= 1 - event.confidence
    return best.model_copy(
        update={
            "date": best.date if best.date.start is not None and not _weak(best.date) else dates[0],
            "evidence": tuple(evidence.values()),
            "citations": tuple(dict.fromkeys(c for e in everything for c in e.citations)),
            "places": best.places or next((e.places for e in rest if e.places), ()),
            "mode": best.mode or next((e.mode for e in rest if e.mode), None),
            "weapons": tuple(dict.fromkeys(w for e in everything for w in e.weapons)),
            "fatalities": _first(e.fatalities for e in everything),
            "injuries": _first(e.injuries for e in everything),
            "count": _first(e.count for e in everything),
            "core": any(e.core for e in everything),
            "confidence": round(max(best.confidence, min(0.99, 1 - unsure)), 3),
        }
    )


def _first(values: Iterable[int | None]) -> int | None:
    """The first value that is told."""
    return next((v for v in values if v is not None), None)


def _rank(telling: _Telling) -> tuple[bool, bool, bool, bool, int, int]:
    """Sort key: told in a section, sure, not cut short, dated in words, with most actors and details, first told."""
    event = telling.event
    quote = event.evidence[0].quote.rstrip("”\"' ")
    details = len(event.actors) + bool(event.places) + (event.fatalities is not None) + bool(event.weapons)
    return (
        telling.retells,
        event.confidence < _SURE,
        quote.endswith(("…", "...")),
        _weak(event.date),
        -details,
        telling.order,
    )
