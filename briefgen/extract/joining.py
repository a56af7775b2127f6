"""Several candidates of a sentence that tell one happening become one, and what is only talk about another goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefgen.extract.candidate import Candidate
from briefgen.extract.speech import Frame
from briefgen.grammar import english
from briefgen.model import EventTypeId, Span

_MOST_TOLD = ("main", "complement", "participle", "infinitive", "relative")
"""Kinds of clauses, those that tell news first."""
_NAMED = frozenset({"name", "person", "body"})
DEMONSTRATORS = english.words("demonstrators")
Voice = tuple[Frame, frozenset[Span]]
"""What somebody says, and where in the sentence he is named."""
HEARD: Mapping[EventTypeId, frozenset[EventTypeId]] = {
    "CONSULT": frozenset({"SUPPORT", "REQUEST", "STATEMENT", "COOPERATE", "ACCUSE"}),
    "PROTEST": frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT"}),
}
"""What is said on an occasion and is no event beside it."""


def told(found: Sequence[Candidate], voices: Sequence[Voice]) -> list[Candidate]:
    """The candidates that are events of their own, in the order of the text, those of one happening joined."""
    apart = [c for c in found if not _only_saying(c, found, voices) and not _subject_matter(c, found)]
    return list(_join(sorted((c for c in apart if not _detail(c, apart, voices)), key=lambda c: c.trigger)))


def _only_saying(candidate: Candidate, found: Sequence[Candidate], voices: Sequence[Voice]) -> bool:
    """True for a verb of saying whose news is what is said."""
    if candidate.kind != "verb" or candidate.type != "STATEMENT":
        return False
    own = [f for f, _ in voices if f.lemma == candidate.lemma.split(" ")[0] and not f.holds(candidate.item)]
    return any(f.clause is not None and f.holds(c.item) and c is not candidate for f in own for c in found)


def _detail(candidate: Candidate, found: Sequence[Candidate], voices: Sequence[Voice]) -> bool:
    """True for what is only told about another event of the sentence with the same actor.

    What was said at a meeting belongs to the meeting, what a rally demands to the rally; a statement
    that praises is praise.
    """
    mine = {p.mention.span for p in candidate.parties if p.role != "target"}
    mine |= {
        span for frame, spans in voices if frame.clause is not None and frame.holds(candidate.item) for span in spans
    }
    for other in found:
        theirs = {p.mention.span for p in other.parties if p.role != "target"}
        crowd = other.type == "PROTEST" and _is_crowd(candidate)
        if other is candidate or other.kind == "noun" or other.type == candidate.type or not (mine & theirs or crowd):
            continue
        occasion = other.type in HEARD and other.clause != "relative"
        if occasion and candidate.type in HEARD[other.type] and candidate.item > other.item:
            return True
        if candidate.type == "STATEMENT" and other.type not in {"STATEMENT", "CONSULT"}:
            return True
    return False


def _is_crowd(candidate: Candidate) -> bool:
    """True where it is the demonstrators who act."""
    acting = [p.mention.head for p in candidate.parties if p.role == "source"]
    return bool(acting) and all(head in DEMONSTRATORS for head in acting)


def _subject_matter(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for a noun inside what another event is about: `called for talks`, `discussed the fighting`."""
    if candidate.kind != "noun":
        return False
    return any(
        c.kind != "noun"
        and c.type != candidate.type
        and c.extent[0] <= candidate.item < c.extent[1]
        and c.item < candidate.item
        for c in found
    )


def _join(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates of one type that tell one happening become one; the best told one leads."""
    kept: list[Candidate] = []
    for candidate in found:
        for number, other in enumerate(kept):
            if _same(candidate, other):
                kept[number] = _merged(other, candidate)
                break
        else:
            kept.append(candidate)
    yield from kept


def _same(a: Candidate, b: Candidate) -> bool:
    if a.type != b.type or a.planned != b.planned:
        return False
    first, second = (a, b) if a.item <= b.item else (b, a)
    if second.kind == "noun" and first.kind != "noun" and first.extent[0] <= second.item < first.extent[1]:
        return True
    if second.clause in {"relative", "participle"} and second.kind != "noun":
        if second.past and not first.past:
            return False
        if second.extent[0] <= first.extent[1] + 1:
            return True
    mine = {p.mention.span for p in a.parties}
    theirs = {p.mention.span for p in b.parties}
    if not mine or not theirs or mine & theirs:
        sources = [{p.mention.span for p in c.parties if p.role == "source"} for c in (a, b)]
        if a.kind == b.kind == "light" or (a.kind == "verb" and b.kind == "verb" and sources[0] == sources[1]):
            places = [{p.text for p in c.places} for c in (a, b)]
            return not (places[0] and places[1] and not places[0] & places[1])
        return True
    return a.kind == "noun" or b.kind == "noun"


def _merged(a: Candidate, b: Candidate) -> Candidate:
    order = {"light": 0, "verb": 1, "noun": 2}
    lead, other = (a, b) if (order[a.kind], -a.confidence) <= (order[b.kind], -b.confidence) else (b, a)
    have = {p.mention.span for p in lead.parties}
    done = any(p.role == "source" and p.mention.kind in _NAMED for p in lead.parties)
    others = (p for p in other.parties if p.mention.span not in have)
    more = [p for p in others if not (done and p.role == "source" and p.mention.head not in {"he", "she"})]
    return replace(
        lead,
        mode=lead.mode or other.mode,
        clause=min(a.clause, b.clause, key=_MOST_TOLD.index) if "noun" not in {a.kind, b.kind} else lead.clause,
        claimed=a.claimed or b.claimed,
        parties=(*lead.parties, *more),
        places=tuple(dict.fromkeys((*lead.places, *other.places))),
        aims=tuple(dict.fromkeys((*lead.aims, *other.aims))),
        extent=(min(a.extent[0], b.extent[0]), max(a.extent[1], b.extent[1])),
        confidence=max(a.confidence, b.confidence),
        fatalities=lead.fatalities if lead.fatalities is not None else other.fatalities,
        injuries=lead.injuries if lead.injuries is not None else other.injuries,
        count=lead.count if lead.count is not None else other.count,
    )
