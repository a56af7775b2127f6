"""One clause that tells several alike events, one with each: `held separate meetings with A and B`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefgen.extract import particulars
from briefgen.extract.candidate import Candidate
from briefgen.extract.mentions import Scene
from briefgen.grammar.clauses import Clause
from briefgen.grammar.groups import Group
from briefgen.grammar.words import Word
from briefgen.model import Span

_APART = frozenset(["separate", "separately", "respectively"])


def parted(scene: Scene, candidate: Candidate) -> Iterator[Candidate]:
    """The events that `candidate` tells: itself, or one for each of those met or acting apart.

    They are apart where the clause says so, and where it repeats the preposition (`met with A and with B`).
    """
    segments = _segments(scene, candidate)
    if len(segments) < 2:
        yield candidate
        return
    for number, segment in enumerate(segments):
        rest = [s for s in segments if s is not segment]
        parties = tuple(p for p in candidate.parties if not any(_in(p.mention.span, s) for s in rest))
        trigger = candidate.trigger if number == 0 else _first_word(scene, segment)
        yield replace(candidate, parties=parties, trigger=trigger)


def _segments(scene: Scene, candidate: Candidate) -> list[Span]:
    """Where each of those apart is named, with what is said of it; one or none where they are together."""
    clause = next((c for c in reversed(scene.parse.clauses) if c.item <= candidate.item), None)
    if clause is None or candidate.kind == "noun":
        return []
    met = particulars.met(scene, clause)
    if candidate.type == "CONSULT" and len(met) > 1:
        return [s for s in (_span(scene, g) for g in met) if _named(candidate, s)]
    if not _APART & {w.text.lower() for w in _words(scene, clause, candidate)}:
        return []
    for group in (*met, clause.subject):
        if group is not None and len(group.members) > 1:
            return [s for s in _members(scene, group) if _named(candidate, s)]
    return []


def _words(scene: Scene, clause: Clause, candidate: Candidate) -> Sequence[Word]:
    items = scene.parse.items
    first = items[clause.item].first
    return scene.parse.words[first : items[min(candidate.extent[1], len(items)) - 1].last]


def _first_word(scene: Scene, segment: Span) -> Span:
    word = next(w for w in scene.parse.words if w.start >= segment[0])
    return word.start, word.end


def _span(scene: Scene, group: Group) -> Span:
    spans = [scene.span(p) for p in group.phrases]
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _members(scene: Scene, group: Group) -> list[Span]:
    """The span of each member, up to where the next one begins."""
    starts = [scene.span(p)[0] for p in group.members]
    ends = [*starts[1:], _span(scene, group)[1]]
    return list(zip(starts, ends, strict=True))


def _named(candidate: Candidate, segment: Span) -> bool:
    return any(_in(p.mention.span, segment) and p.mention.kind != "thing" for p in candidate.parties)


def _in(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]
