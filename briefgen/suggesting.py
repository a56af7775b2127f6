"""`briefgen actors suggest`: names that no actor has, drafted as knowledge for a person to decide on.

Spellings that look alike are put together, which is a guess: nothing here links anything,
and nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from rapidfuzz import fuzz, process

from briefgen import yamlio
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import ActorKind
from briefgen.model import Event, EventActor, Record

_ALIKE = 86.0
"""Per cent of likeness from which two spellings are put together."""
_MAYBE = 88.0
"""The same for an actor that is known already."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Unknown:
    """One name in all the spellings that look like it."""

    id: str
    name: str
    """The commonest spelling."""
    spellings: tuple[str, ...]
    """The others, the commonest first."""
    titles: tuple[str, ...]
    """Offices and ranks written before it."""
    sides: tuple[str, ...]
    events: int
    reports: int
    example: Event
    perhaps: tuple[str, ...]
    """Ids of known actors that have a name much like it."""


def suggest(records: Iterable[Record], knowledge: Knowledge) -> tuple[tuple[Unknown, ...], tuple[str, ...]]:
    """Unknown names of the records, the most frequent first; and what is described rather than named."""
    met: dict[str, list[tuple[EventActor, Event]]] = defaultdict(list)
    for record in records:
        for event in record.events:
            for actor in event.actors:
                if not actor.known and not _is_known(actor, knowledge):
                    met[actor.name].append((actor, event))
    named = [name for name in met if _is_name(name)]
    known = [(_words(name), id_) for id_, actor in knowledge.actors.items() for name in (actor.name, *actor.aliases)]
    found = [_one(group, met, known) for group in _groups(named, met)]
    found.sort(key=lambda one: (-one.events, -one.reports, one.id))
    return tuple(found), tuple(sorted(name for name in met if not _is_name(name)))


def draft(found: Sequence[Unknown], described: Sequence[str], most: int) -> str:
    """The first `most` of them as YAML, in the form of `knowledge/actors/*.yml`."""
    lines = [
        "# Names that no actor of the knowledge has, the most frequent first. Decide on each: delete it,",
        "# add its spelling to the aliases of the actor that it is, or complete it here and keep it in",
        "# knowledge/actors/<any name>.yml. Spellings were put together by likeness: check them.",
    ]
    for one in found[:most]:
        times = f"{one.events} event{'s' * (one.events != 1)} in {one.reports} report{'s' * (one.reports != 1)}"
        lines += ["", f"# {times}, first {one.example.id}: {_flat(one.example.evidence[0].quote)}"]
        if one.titles:
            lines.append(f"# written with: {_flat('; '.join(one.titles))}")
        if one.perhaps:
            lines.append(f"# perhaps {' or '.join(one.perhaps)}")
        lines += _entry(one)
    if len(found) > most:
        lines += ["", f"# {len(found) - most} more: --most {len(found)}"]
    if described:
        lines += ["", "# Described rather than named, and left out: " + _flat("; ".join(described), 10**4)]
    return "\n".join(lines) + "\n"


def entry(one: Unknown, kind: str | None) -> dict[str, object]:
    """The name as an entry of `knowledge/actors/*.yml`; a `kind` of None is still to be decided."""
    made: dict[str, object] = {"id": one.id, "name": one.name, "kind": kind}
    if one.spellings:
        made["aliases"] = list(one.spellings)
    if len(one.sides) == 1:
        made["side"] = one.sides[0]
    return made


def _entry(one: Unknown) -> list[str]:
    drafted = entry(one, "person" if one.titles else None)
    asked = f"  kind:  # one of {', '.join(get_args(ActorKind))}"
    return [asked if line == "  kind: null" else line for line in yamlio.dump([drafted]).splitlines()]


def _is_known(actor: EventActor, knowledge: Knowledge) -> bool:
    """Whether the knowledge has the name by now; the records may be older."""
    if actor.id in knowledge.actors:
        return True
    names = knowledge.names.find(actor.name)
    return any(name.text == actor.name and any(c.kind == "actor" for c in name.candidates) for name in names)


def _is_name(name: str) -> bool:
    """A name ends in a word with a capital or a figure; `Russian officers` and `rebel groups` do not."""
    words = _WORD.findall(name)
    return bool(words) and not words[-1][0].islower()


def _groups(names: Iterable[str], met: dict[str, list[tuple[EventActor, Event]]]) -> list[list[str]]:
    """Spellings that look alike, each group led by its commonest."""
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda n: (-len(met[n]), n)):
        scored = [(_likeness(name, group[0], met), -number) for number, group in enumerate(groups)]
        best = max(scored, default=(0.0, 0))
        if best[0] >= _ALIKE:
            groups[-best[1]].append(name)
        else:
            groups.append([name])
    return groups


def _likeness(one: str, two: str, met: dict[str, list[tuple[EventActor, Event]]]) -> float:
    """How alike two names are; 0 where a number or the side that they act for tells them apart."""
    if _DIGITS.findall(one) != _DIGITS.findall(two):
        return 0.0
    sides = [{actor.side for actor, _ in met[name] if actor.side} for name in (one, two)]
    if all(sides) and not sides[0] & sides[1]:
        return 0.0
    return fuzz.token_sort_ratio(_words(one), _words(two))


def _words(name: str) -> str:
    return " ".join(_WORD.findall(name.lower()))


def _one(
    group: Sequence[str], met: dict[str, list[tuple[EventActor, Event]]], known: Sequence[tuple[str, str]]
) -> Unknown:
    all_ = [pair for name in group for pair in met[name]]
    titles = Counter(actor.title for actor, _ in all_ if actor.title)
    names = [name for name, _ in known]
    near = process.extract(_words(group[0]), names, scorer=fuzz.ratio, limit=3, score_cutoff=_MAYBE)
    return Unknown(
        id=met[group[0]][0][0].id,
        name=group[0],
        spellings=tuple(group[1:]),
        titles=tuple(sorted(titles, key=lambda title: (-titles[title], title))),
        sides=tuple(sorted({actor.side for actor, _ in all_ if actor.side})),
        events=len({event.id for _, event in all_}),
        reports=len({event.report for _, event in all_}),
        example=min((event for _, event in all_), key=lambda event: (event.report, event.evidence[0].span, event.id)),
        perhaps=tuple(dict.fromkeys(known[number][1] for _, _, number in near)),
    )


def _flat(text: str, most: int = _QUOTE) -> str:
    """Text of a report as a comment: on one line, without anything unseen."""
    flat = " ".join(_UNSEEN.sub(" ", text).split())
    return flat if len(flat) <= most else f"{flat[:most].rsplit(' ', 1)[0]} …"
