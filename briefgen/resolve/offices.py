"""Who held an office on a day, and for whom somebody acted on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Actor, Office
from briefgen.model import Day

Key = tuple[str, tuple[str, ...]]
"""Whose office (an actor's id), and the words of its title."""
_EMPTY = frozenset({"of", "the", "for", "and", "affairs", "national"})
_SPELLINGS = {"defence": "defense", "external": "foreign", "home": "interior", "premier": "minister prime"}
_WORD = re.compile(r"[^\W\d_]+")


def holders(actors: Iterable[Actor]) -> Mapping[Key, tuple[tuple[Office, Actor], ...]]:
    """Every office of the knowledge, by whose it is and what it is called, with those who held it."""
    made: dict[Key, list[tuple[Office, Actor]]] = {}
    for actor in actors:
        for office in actor.offices:
            if office.of is not None:
                made.setdefault((office.of, called(office.title)), []).append((office, actor))
    return {key: tuple(held) for key, held in made.items()}


def called(title: str) -> tuple[str, ...]:
    """The words of a title, the same for `Foreign Minister` and `Minister of Foreign Affairs`."""
    words = (_SPELLINGS.get(word, word) for word in _WORD.findall(title.lower()) if word not in _EMPTY)
    return tuple(sorted(" ".join(words).split()))


def holder(
    offices: Mapping[Key, tuple[tuple[Office, Actor], ...]], of: str, title: str, on: Day | None
) -> Actor | None:
    """The only known person who held the office on that day."""
    found = {a.id: a for office, a in offices.get((of, called(title)), ()) if on is not None and holds(office, on)}
    return next(iter(found.values())) if len(found) == 1 else None


def holds(office: Office, on: Day | None) -> bool:
    """True when the office is held at the date; without a date, any office is."""
    return on is None or ((office.start is None or office.start <= on) and (office.end is None or on <= office.end))


def affiliation(actor: Actor, knowledge: Knowledge, on: Day | None) -> Actor | None:
    """Whom a person acts for at a date: the group or force of his office, else the state."""
    offices = [o for o in actor.offices if o.of is not None]
    held = [o for o in offices if holds(o, on)]
    past = sorted((o.end, n) for n, o in enumerate(offices) if o.end is not None and on is not None and o.end < on)
    for office in held or [offices[n] for _, n in past[-1:]]:
        body = knowledge.actors.get(office.of or "")
        if body is None:
            continue
        if body.kind in {"group", "force", "party", "state"}:
            return body
        if body.side and body.side in knowledge.actors:
            return knowledge.actors[body.side]
        return body
    for other in (actor.side, *actor.part_of):
        if other and other in knowledge.actors:
            return knowledge.actors[other]
    return None


def side(actor: Actor, knowledge: Knowledge, on: Day | None) -> str | None:
    """Id of the state or body that an actor acts for; for a person, of the one at that date."""
    body = affiliation(actor, knowledge, on) if actor.kind == "person" else None
    if body is None or actor.side in (body.id, body.side, *body.part_of):
        return actor.side
    return body.side or body.id
