"""Figures by annotated part and over all, how sure they are, and what changed between two extractions."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefgen.evaluation.annotations import Annotation, extracted
from briefgen.evaluation.scoring import FIGURES, Figures, Outcome, figures, outcomes
from briefgen.model import Record

_SHORT = {
    "strict_f1": "strict F1", "f1": "F1", "precision": "precision", "recall_core": "recall", "date_exact": "date",
    "date_overlap": "date met", "type": "type", "actor_f1": "actors", "theater": "theater", "place_recall": "places",
    "citation_recall": "citations",
}  # fmt: skip
_DRAWS = 1000
"""How often the events are drawn anew for an interval."""
_TAIL = 0.025
"""Share of the draws that lies below a 95 % interval, and above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """An annotated part: its figures, the mean over its annotators, and what they come from."""

    part: str
    figures: Figures
    gold: float
    """Annotated events, the mean of the annotators."""
    readings: tuple[tuple[Outcome, ...], ...]
    """The outcomes against each annotator."""

    @property
    def shown(self) -> int:
        """Extracted events."""
        return sum(one.found is not None for one in self.readings[0])


def rows(annotated: Mapping[str, Sequence[Annotation]], records: Sequence[Record]) -> tuple[Row, ...]:
    """One row a part, in the order of the parts."""
    return tuple(
        _row(part, [outcomes(gold, extracted(records, gold.seed, gold.span)) for gold in readings])
        for part, readings in annotated.items()
    )


def agreement(annotated: Mapping[str, Sequence[Annotation]]) -> tuple[Row, ...]:
    """The second annotator against the first, of the parts that have two: no program can be asked for more."""
    out = []
    for part, readings in annotated.items():
        if len(readings) > 1:
            first, second = readings[0], readings[1]
            both = Annotation(
                part, first.seed, first.span, first.reports, first.events, {**second.names, **first.names}
            )
            out.append(_row(part, [outcomes(both, second.events)]))
    return tuple(out)


def _row(part: str, readings: Sequence[tuple[Outcome, ...]]) -> Row:
    each = [figures(reading) for reading in readings]
    mean = {
        name: sum(own.get(name, 0.0) for own in each) / len(each)
        for name in FIGURES
        if any(name in own for own in each)
    }
    gold = sum(one.gold is not None for reading in readings for one in reading) / len(readings)
    return Row(part, mean, gold, tuple(readings))


def overall(some: Sequence[Row]) -> Row:
    """The mean of the rows, each weighted by its annotated events."""
    total: Figures = {}
    for name in FIGURES:
        values = [(row.figures[name], row.gold) for row in some if name in row.figures]
        weight = sum(gold for _, gold in values)
        total[name] = sum(value * gold for value, gold in values) / weight if weight else 0.0
    readings = tuple(one for row in some for one in row.readings[0])
    return Row("overall", total, sum(row.gold for row in some), (readings,))


def intervals(some: Sequence[Row], draws: int = _DRAWS) -> dict[str, tuple[float, float]]:
    """Figure of the whole -> its 95 % interval by the percentile bootstrap (Efron 1979).

    Within each part and reading the events are drawn anew, as many as there are, with one
    fixed seed, so that the same records give the same interval. Events of one report are
    not independent, so that the true interval is rather wider.
    """
    draw = random.Random(0)  # noqa: S311 - no secret
    samples: dict[str, list[float]] = {}
    for _ in range(draws):
        again = [
            _row(row.part, [tuple(draw.choices(reading, k=len(reading))) for reading in row.readings])
            for row in some
            if all(row.readings)
        ]
        for name, value in overall(again).figures.items():
            samples.setdefault(name, []).append(value)
    low, high = int(draws * _TAIL), int(draws * (1 - _TAIL)) - 1
    return {name: (ordered[low], ordered[high]) for name, values in samples.items() if (ordered := sorted(values))}


def written(some: Sequence[Row], people: Sequence[Row]) -> str:
    """The table for a terminal: a line a part, the whole with its intervals, and two annotators against each other."""
    head = f"{'':12} {'gold':>5} {'shown':>5} " + " ".join(f"{_SHORT[name]:>9}" for name in FIGURES)
    whole, spread = overall(some), intervals(some)
    lines = [head, *(_line(row) for row in some), _line(whole)]
    for which, label in enumerate(("from", "to")):
        cells = (f"{spread[name][which]:9.3f}" if name in spread else " " * 9 for name in FIGURES)
        lines.append(f"{'  95 % ' + label:24} " + " ".join(cells))
    if people:
        lines.append(_line(replace(overall(people), part="annotators")))
    return "\n".join(line.rstrip() for line in lines)


def _line(row: Row) -> str:
    cells = (f"{row.figures[name]:9.3f}" if name in row.figures else " " * 9 for name in FIGURES)
    return f"{row.part[:12]:12} {row.gold:5.0f} {row.shown:5} " + " ".join(cells)


def changes(new: Sequence[Row], old: Sequence[Row]) -> list[str]:
    """What `new` does otherwise than `old`, a line an event, by the first annotator of each part."""
    before = {row.part: row.readings[0] for row in old}
    out = []
    for row in new:
        now, then = row.readings[0], before.get(row.part, ())
        told, earlier = ([one for one in reading if one.gold] for reading in (now, then))
        for one, other in zip(told, earlier, strict=False):
            if one.gold and _standing(one) != _standing(other):
                out.append(f"{row.part} {_standing(other)} -> {_standing(one)}: {one.gold.type} {one.gold.quote}")
        surplus, had = _surplus(now), _surplus(then)
        out += [f"{row.part} too much, new: {line}" for line in surplus if line not in had]
        out += [f"{row.part} too much, gone: {line}" for line in had if line not in surplus]
    return out


def _standing(one: Outcome) -> str:
    if one.found is None:
        return "missed"
    return "right" if one.right else "found, not right"


def _surplus(some: Sequence[Outcome]) -> list[str]:
    return [f"{one.found.type} {one.found.quote}" for one in some if one.found and not one.gold]
