"""Who an actor meets in events: the data of the counterparts chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from briefgen.charts.drawing import Style
from briefgen.charts.marks import CONFLICT, FAMILIES, Family
from briefgen.charts.roles import named
from briefgen.model import Event, EventActor, Role

Way = Literal["out", "in", "with"]
WAYS: Mapping[Way, int] = {"out": 0, "in": 1, "with": 2}


@dataclass(frozen=True)
class Edge:
    """Events of one family in one direction."""

    way: Way
    family: Family
    n: int


@dataclass(frozen=True)
class Counterpart:
    """One actor on one side; `n` counts events, of which one can only be on one edge."""

    name: str
    n: int
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Network:
    """Both sides, the most frequent counterparts first."""

    name: str
    left: tuple[Counterpart, ...]
    right: tuple[Counterpart, ...]
    events: int
    """Events that make at least one edge."""


def collect(actor: str, events: Sequence[Event], names: Mapping[str, str], style: Style) -> Network | None:
    """Who the actor meets in `events`; None where nobody has a relation to it.

    Statements make no edge. Nor do actors on the same side of a conflict, actors that
    are both acted on, and those that act for it or that it acts for.
    """
    edges: dict[tuple[bool, str], Counter[tuple[Way, Family]]] = {}
    used = 0
    for event in events:
        family = style.families[event.type]
        found = {} if family == "st" else _relations(actor, event, family in CONFLICT)
        used += bool(found)
        for other, way in found.items():
            edges.setdefault((family in CONFLICT, other), Counter())[(way, family)] += 1
    if not edges:
        return None
    known = named(events, names)

    def side(conflict: bool) -> tuple[Counterpart, ...]:
        rows = [
            Counterpart(
                known[other],
                sum(ways.values()),
                tuple(Edge(way, family, n) for (way, family), n in sorted(ways.items(), key=_order)),
            )
            for (own, other), ways in edges.items()
            if own == conflict
        ]
        return tuple(sorted(rows, key=lambda row: (-row.n, row.name)))

    return Network(known.get(actor, names.get(actor, actor)), side(False), side(True), used)


def _order(item: tuple[tuple[Way, Family], int]) -> tuple[int, int]:
    (way, family), _ = item
    return WAYS[way], FAMILIES.index(family)


def _relations(actor: str, event: Event, conflict: bool) -> Mapping[str, Way]:
    """Id of each counterpart -> direction as seen from `actor`."""
    own = {entry.role for entry in event.actors if entry.id == actor}
    if not own:
        return {}
    bosses = {entry.side for entry in event.actors if entry.id == actor}
    targets = any(entry.role == "target" for entry in event.actors)
    found: dict[str, Way] = {}
    for entry in event.actors:
        if entry.id == actor or entry.side == actor or entry.id in bosses:
            continue
        way = _way(own, entry, conflict, targets)
        if way and (entry.id not in found or WAYS[way] < WAYS[found[entry.id]]):
            found[entry.id] = way
    return found


def _way(own: Set[Role], other: EventActor, conflict: bool, targets: bool) -> Way | None:
    acts = bool(own & {"source", "participant"})
    if other.role == "target":
        return "out" if acts else None
    if not acts:
        return "in"
    if not conflict:
        return "with"
    return "with" if own == {"participant"} and other.role == "participant" and not targets else None
