"""Pairs annotated and extracted events, and says of each pair how right it is.

Events are paired by the overlap of the passages they quote, one to one, the best pair
first. Precision counts all that was extracted, recall only what the annotators call core.
`strict_f1` is the headline: a pair counts only with the right type, a date that overlaps
and actors at F1 of at least a half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefgen.evaluation.annotations import Annotation, Passage, Told, name_of

FIGURES = (
    "strict_f1", "f1", "precision", "recall_core", "date_exact", "date_overlap", "type", "actor_f1", "theater",
    "place_recall", "citation_recall",
)  # fmt: skip
_PAIRED = 0.6
"""Least overlap of two passages that may tell the same event."""

Figures = dict[str, float]
"""Name of a figure -> 0 to 1; one that nothing was there for is left out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An annotated event, an extracted one, or the two as a pair."""

    gold: Told | None
    found: Told | None
    right: bool = False
    """Whether the pair counts for `strict_f1`."""
    marks: tuple[tuple[str, float], ...] = ()
    """Figure of a pair -> how right it is, for those figures that apply."""


def outcomes(gold: Annotation, found: Sequence[Told]) -> tuple[Outcome, ...]:
    """Every event of either side once: the annotated ones in their order, then what was extracted too much."""
    pairs = _pairs(gold.events, found, gold.names)
    taken = set(pairs.values())
    told = [
        _pair(event, found[pairs[at]], gold.names) if at in pairs else Outcome(event, None)
        for at, event in enumerate(gold.events)
    ]
    return (*told, *(Outcome(None, event) for at, event in enumerate(found) if at not in taken))


def figures(some: Sequence[Outcome]) -> Figures:
    """The figures that these outcomes amount to."""
    extracted = [one for one in some if one.found]
    core = [one for one in some if one.gold and one.gold.core]
    out = {
        "precision": _share(sum(one.gold is not None for one in extracted), len(extracted)),
        "recall_core": _share(sum(one.found is not None for one in core), len(core)),
    }
    out["f1"] = _f1(out["precision"], out["recall_core"])
    out["strict_f1"] = _f1(
        _share(sum(one.right for one in extracted), len(extracted)), _share(sum(one.right for one in core), len(core))
    )
    marks: dict[str, list[float]] = {}
    for one in some:
        for name, value in one.marks:
            marks.setdefault(name, []).append(value)
    return out | {name: sum(values) / len(values) for name, values in marks.items()}


def overlap(some: Sequence[Passage], others: Sequence[Passage]) -> float:
    """How much the two nearest passages share, 0 to 1."""
    return max((_shared(one, other) for one in some for other in others), default=0.0)


def _shared(one: Passage, other: Passage) -> float:
    if not one.words or not other.words:
        return 0.0
    common = len(one.words & other.words)
    small, big = sorted((len(one.words), len(other.words)))
    if one.text in other.text or other.text in one.text:
        return 1.0 if small >= 4 else common / big
    return common / small if common / big > 0.35 else common / big


def actor_f1(gold: Told, found: Told, names: Mapping[str, str]) -> float:
    """How well the actors agree; one name's words being part of the other's is agreement."""
    wanted = {names.get(name_of(actor), name_of(actor)) for actor in gold.actors}
    have = {names.get(name_of(actor), name_of(actor)) for actor in found.actors}
    if not wanted and not have:
        return 1.0
    if not wanted or not have:
        return 0.0
    right = sum(any(_same(one, other) for other in wanted) for one in have) / len(have)
    told = sum(any(_same(one, other) for other in have) for one in wanted) / len(wanted)
    return _f1(right, told)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) <= 5:
        return False
    a, b = set(one.split()), set(other.split())
    return a <= b or b <= a


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(gold: Sequence[Told], found: Sequence[Told], names: Mapping[str, str]) -> dict[int, int]:
    """Number in `gold` -> number in `found`, one to one, the most alike first."""
    alike: list[tuple[float, int, int]] = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            shared = overlap(one.passages, other.passages)
            if shared >= _PAIRED:
                same_day = one.date is not None and one.date == other.date
                likeness = shared + 0.5 * (one.type == other.type) + 0.5 * actor_f1(one, other, names) + 0.3 * same_day
                alike.append((likeness, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(alike, reverse=True):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _pair(gold: Told, found: Told, names: Mapping[str, str]) -> Outcome:
    actors = actor_f1(gold, found, names)
    meet = _dates_meet(gold, found)
    marks = {"type": float(gold.type == found.type), "actor_f1": actors}
    if gold.date:
        marks |= {"date_exact": float(gold.date == found.date), "date_overlap": float(meet)}
    marks["theater"] = float(bool(gold.theaters & found.theaters))
    if gold.places:
        marks["place_recall"] = _places(gold, found)
    if gold.citations:
        marks["citation_recall"] = _citations(gold, found)
    return Outcome(gold, found, gold.type == found.type and actors >= 0.5 and meet, tuple(marks.items()))


def _dates_meet(gold: Told, found: Told) -> bool:
    if gold.date is None:
        return True
    return found.date is not None and found.date[0] <= gold.date[1] and gold.date[0] <= found.date[1]


def _places(gold: Told, found: Told) -> float:
    have = [name for place in found.places if (name := name_of(place))]
    return sum(any(name_of(p) in h or h in name_of(p) for h in have) for p in gold.places) / len(gold.places)


def _citations(gold: Told, found: Told) -> float:
    have = {name_of(marker) for marker in found.citations}
    wanted = [name_of(marker) for marker in gold.citations]
    return sum(m in have or any(m in h or h in m for h in have if len(h) > 3) for m in wanted) / len(wanted)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
