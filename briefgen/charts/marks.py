"""The five families of event types: their order, names and the types in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from briefgen.model import Event, EventTypeId

Family = Literal["mc", "vc", "st", "vx", "mx"]
FAMILIES: tuple[Family, ...] = get_args(Family)
"""In the order they are stacked, from cooperation in deed to conflict in deed."""
NAMES: Mapping[Family, str] = {
    "mc": "Material cooperation",
    "vc": "Verbal cooperation",
    "st": "Statement",
    "vx": "Verbal conflict",
    "mx": "Material conflict",
}
CONFLICT: tuple[Family, ...] = ("vx", "mx")
WORDS: tuple[Family, ...] = ("vc", "vx")
"""The families drawn dashed: something was said, not done."""
HELD = frozenset({"claimed", "unconfirmed", "denied"})
"""Certainties that are drawn faded: somebody disputes or nobody vouches."""

Families = Mapping[EventTypeId, Family]
Tally = Mapping[Family, int]


def tally(events: Iterable[Event], families: Families) -> Tally:
    """How many of `events` are of each family; every family is a key."""
    counts: dict[Family, int] = dict.fromkeys(FAMILIES, 0)
    for event in events:
        counts[families[event.type]] += 1
    return counts


def columns(families: Families) -> tuple[EventTypeId, ...]:
    """The types of `families`, family by family, inside a family in the order of the model."""
    known = [kind for kind in get_args(EventTypeId) if kind in families]
    return tuple(sorted(known, key=lambda kind: FAMILIES.index(families[kind])))


def present(counts: Tally) -> tuple[Family, ...]:
    """The families that occur, for a legend."""
    return tuple(family for family in FAMILIES if counts.get(family))
