"""Extracted events against annotated ones: who found what, and how right it is.

Events are paired by the overlap of the passages they quote, one to one, the best pair
first. Precision counts all that was extracted, recall only what the annotators call core.
`strict_f1` is the headline: a pair counts only with the right type, a date that overlaps
and actors at F1 of at least a half.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.model import Event, Record

HERE = Path(__file__).parent
UNSEEN = HERE / "unseen"
ANNOTATORS = ("annotator-1", "annotator-2")
FIGURES = (
    "strict_f1", "f1", "precision", "recall_core", "date_exact", "date_overlap", "type", "actor_f1", "theater",
    "place_recall", "citation_recall",
)  # fmt: skip
_PAIRED = 0.6
"""Least overlap of two passages that may tell the same event."""
_STRAIGHT = str.maketrans("“”‘’–—", "\"\"''--")
_MARK = re.compile(r"\[[0-9ivxlcdm]{1,8}\]")
_NO_WORD = re.compile(r"[^\w]+")
_SMALL = re.compile(r"\b(the|al|el|of|and|mr|dr)\b")

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage: its words in lower case without marks, as a string and as a set."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an annotator or the program has it."""

    type: str
    date: tuple[str, str] | None
    actors: tuple[str, ...]
    theaters: frozenset[str]
    places: tuple[str, ...]
    citations: tuple[str, ...]
    passages: tuple[Passage, ...]
    quote: str
    core: bool = True


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's reading of (a part of) one seed."""

    seed: str
    span: tuple[int, int]
    reports: int
    events: tuple[Told, ...]
    names: Mapping[str, str]
    """Any spelling of an actor -> the annotator's own, both normalized."""


@dataclass(frozen=True, slots=True)
class Result:
    """Figures between 0 and 1, and what they come from."""

    figures: Figures
    gold: float
    """Annotated events; the mean of both annotators where there are two."""
    extracted: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]


def annotation(path: Path) -> Annotation:
    """One annotator's file."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    start, end = data.get("span", (0, 10**12))
    return Annotation(
        seed=data["seed"],
        span=(start, end),
        reports=len(data["reports"]),
        events=tuple(_annotated(event) for report in data["reports"] for event in report["events"]),
        names={_name(word): _name(own) for own, more in data.get("aliases", {}).items() for word in (own, *more)},
    )


def _annotated(event: Mapping[str, Any]) -> Told:
    date = event.get("date")
    return Told(
        type=event["type"],
        date=(date[0], date[1]) if date else None,
        actors=tuple(actor["name"] for actor in event.get("actors", ())),
        theaters=frozenset(theater for theater in event.get("theaters", ()) if theater),
        places=tuple(event.get("places", ())),
        citations=tuple(str(marker) for marker in event.get("citations", ())),
        passages=tuple(passage(quote) for quote in event["evidence"]),
        quote=event["evidence"][0],
        core=event.get("core", True),
    )


def extracted(records: Iterable[Record], seed: str, span: tuple[int, int]) -> tuple[Told, ...]:
    """The events that the site would show, of the annotated part of a seed."""
    return tuple(
        _extracted(event)
        for record in records
        if record.report.seed == seed
        for event in record.events
        if event.shown and event.status not in ("planned", "hypothetical")
        if span[0] <= event.evidence[0].span[0] < span[1]
    )


def _extracted(event: Event) -> Told:
    start = event.date.start
    return Told(
        type=event.type,
        date=(start.isoformat(), (event.date.end or start).isoformat()) if start else None,
        actors=tuple(actor.name for actor in event.actors),
        theaters=frozenset(event.theaters),
        places=tuple(place.name for place in event.places),
        citations=event.citations,
        passages=tuple(passage(evidence.quote) for evidence in event.evidence),
        quote=event.evidence[0].quote,
    )


def passage(quote: str) -> Passage:
    """`quote` ready to be compared."""
    text = _MARK.sub(" ", unicodedata.normalize("NFKC", quote).lower()).translate(_STRAIGHT)
    text = _NO_WORD.sub(" ", text).strip()
    return Passage(text, frozenset(text.split()))


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


def _name(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return " ".join(_SMALL.sub(" ", _NO_WORD.sub(" ", plain)).split())


def actor_f1(gold: Told, found: Told, names: Mapping[str, str]) -> float:
    """How well the actors agree; one name's words being part of the other's is agreement."""
    wanted = {names.get(_name(actor), _name(actor)) for actor in gold.actors}
    have = {names.get(_name(actor), _name(actor)) for actor in found.actors}
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


def score(gold: Sequence[Told], found: Sequence[Told], names: Mapping[str, str]) -> Result:
    """The figures of `found` against `gold`."""
    pairs = _pairs(gold, found, names)
    core = [number for number, event in enumerate(gold) if event.core]
    right = {i for i, j in pairs.items() if _right(gold[i], found[j], names)}
    figures = {
        "precision": _share(len(pairs), len(found)),
        "recall_core": _share(sum(i in pairs for i in core), len(core)),
    }
    figures["f1"] = _f1(figures["precision"], figures["recall_core"])
    figures["strict_f1"] = _f1(_share(len(right), len(found)), _share(sum(i in right for i in core), len(core)))
    figures |= _of_pairs([(gold[i], found[j]) for i, j in pairs.items()], names)
    taken = set(pairs.values())
    return Result(
        figures,
        len(gold),
        len(found),
        tuple(f"{gold[i].type} {gold[i].quote}" for i in core if i not in pairs),
        tuple(f"{event.type} {event.quote}" for j, event in enumerate(found) if j not in taken),
    )


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


def _right(gold: Told, found: Told, names: Mapping[str, str]) -> bool:
    return gold.type == found.type and actor_f1(gold, found, names) >= 0.5 and _dates_meet(gold, found)


def _dates_meet(gold: Told, found: Told) -> bool:
    if gold.date is None:
        return True
    return found.date is not None and found.date[0] <= gold.date[1] and gold.date[0] <= found.date[1]


def _of_pairs(pairs: Sequence[tuple[Told, Told]], names: Mapping[str, str]) -> Figures:
    """Means over the pairs; over those only where the annotator has something to be found."""
    dated = [(g, p) for g, p in pairs if g.date]
    found = {
        "date_exact": [float(g.date == p.date) for g, p in dated],
        "date_overlap": [float(_dates_meet(g, p)) for g, p in dated],
        "type": [float(g.type == p.type) for g, p in pairs],
        "actor_f1": [actor_f1(g, p, names) for g, p in pairs],
        "theater": [float(bool(g.theaters & p.theaters)) for g, p in pairs],
        "place_recall": [_places(g, p) for g, p in pairs if g.places],
        "citation_recall": [_citations(g, p) for g, p in pairs if g.citations],
    }
    return {name: sum(values) / len(values) for name, values in found.items() if values}


def _places(gold: Told, found: Told) -> float:
    have = [name for place in found.places if (name := _name(place))]
    return sum(any(_name(p) in name or name in _name(p) for name in have) for p in gold.places) / len(gold.places)


def _citations(gold: Told, found: Told) -> float:
    have = {_name(marker) for marker in found.citations}
    wanted = [_name(marker) for marker in gold.citations]
    return sum(m in have or any(m in h or h in m for h in have if len(h) > 3) for m in wanted) / len(wanted)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def table(records: Sequence[Record]) -> dict[str, Result]:
    """Name of an annotated part -> its figures, the mean over both annotators, and `overall`."""
    rows: dict[str, list[Result]] = {}
    for path in sorted((HERE / ANNOTATORS[0]).glob("*.json")):
        for annotator in ANNOTATORS:
            gold = annotation(HERE / annotator / path.name)
            rows.setdefault(path.stem, []).append(
                score(gold.events, extracted(records, gold.seed, gold.span), gold.names)
            )
    means = {part: _mean(results) for part, results in rows.items()}
    return {**means, "overall": _overall(list(means.values()))}


def unseen(records: Sequence[Record]) -> Result:
    """The figures on the reports of unseen/, which no rule was written against; one annotator read them."""
    found = (annotation(path) for path in sorted((UNSEEN / "annotations").glob("*.json")))
    return _overall([score(gold.events, extracted(records, gold.seed, gold.span), gold.names) for gold in found])


def ceiling() -> Result:
    """The second annotator against the first: no program can be asked for more."""
    results = []
    for path in sorted((HERE / ANNOTATORS[0]).glob("*.json")):
        first, second = (annotation(HERE / annotator / path.name) for annotator in ANNOTATORS)
        results.append(score(first.events, second.events, {**second.names, **first.names}))
    return _overall(results)


def _mean(results: Sequence[Result]) -> Result:
    names = [name for name in FIGURES if any(name in result.figures for result in results)]
    figures = {name: sum(r.figures.get(name, 0.0) for r in results) / len(results) for name in names}
    gold = sum(result.gold for result in results) / len(results)
    return Result(figures, gold, results[0].extracted, results[0].missed, results[0].extra)


def _overall(results: Sequence[Result]) -> Result:
    """The mean of the parts, each weighted by its annotated events."""
    figures = {}
    for name in FIGURES:
        values = [(result.figures[name], result.gold) for result in results if name in result.figures]
        weight = sum(gold for _, gold in values)
        figures[name] = sum(value * gold for value, gold in values) / weight if weight else 0.0
    return Result(
        figures,
        sum(result.gold for result in results),
        sum(result.extracted for result in results),
        tuple(quote for result in results for quote in result.missed),
        tuple(quote for result in results for quote in result.extra),
    )
