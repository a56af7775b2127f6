"""What entries of the knowledge must not say about each other.

`load` has seen to the shape of each entry; here the entries are held against one another.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations

from briefgen.errors import KnowledgeError
from briefgen.knowledge import Knowledge, outlines
from briefgen.knowledge.names import key_of
from briefgen.knowledge.schema import Actor, Noun, Office, Place, Source, Verb

Inflect = Callable[[str], Collection[str]]
_SHARED_OFFICES = ("deputy", "vice", "adviser", "special", "assistant", "ambassador", "spokes")
"""First letters of titles that several people can hold at once."""


def check(knowledge: Knowledge, inflect: Inflect | None = None) -> list[KnowledgeError]:
    """Everything that is wrong with `knowledge`, in the order of its entries; empty when it is sound.

    With `inflect` (a verb's base form -> its forms) triggers are also held against the
    cases of their type: one that no case shows is an error.
    """
    return [
        *_names(knowledge),
        *_namesakes(knowledge),
        *_references(knowledge),
        *_offices(knowledge),
        *_triggers(knowledge, inflect),
    ]


def _error(knowledge: Knowledge, stem: str, entry: str, key: str, what: str, hint: str = "") -> KnowledgeError:
    return KnowledgeError(knowledge.origin.get((stem, entry), f"knowledge/{stem}"), f"{entry}, key {key}", what, hint)


def _names(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Empty names, names given twice, and names that the entry itself refuses."""
    kinds: tuple[tuple[str, Iterable[Actor | Place | Source]], ...] = (
        ("actors", knowledge.actors.values()),
        ("places", knowledge.places.values()),
        ("sources", knowledge.sources.values()),
    )
    for stem, entries in kinds:
        for entry in entries:
            lists = {"name": (entry.name,), "aliases": entry.aliases}
            refused: tuple[str, ...] = ()
            if isinstance(entry, Actor):
                lists |= {"adjectives": entry.adjectives, "seats": entry.seats}
            if not isinstance(entry, Source):
                refused = tuple(refusal.alias for refusal in entry.refused)
            seen: set[str] = set()
            for key, names in lists.items():
                for name in names:
                    if not key_of(name):
                        yield _error(knowledge, stem, entry.id, key, "a name is empty")
                    if name in seen:
                        yield _error(knowledge, stem, entry.id, key, f"{name!r} is given twice")
                    if name in refused:
                        yield _error(knowledge, stem, entry.id, key, f"{name!r} is refused by the same entry")
                    seen.add(name)


def _namesakes(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Names and aliases that two actors carry at one time."""
    holders: dict[str, list[tuple[Actor, str]]] = {}
    for actor in knowledge.actors.values():
        for name in (actor.name, *actor.aliases):
            known = holders.setdefault(key_of(name), [])
            if all(other.id != actor.id for other, _ in known):
                known.append((actor, name))
    for found in holders.values():
        for (one, _), (other, name) in combinations(found, 2):
            if _overlap(one.active, other.active):
                hint = "refuse it in one of them, or say when each is meant with `active`"
                yield _error(knowledge, "actors", other.id, "aliases", f"{name!r} also means {one.id!r}", hint)


def _references(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Ids that lead nowhere."""

    def dangling(
        stem: str, entry: str, key: str, ids: Iterable[str | None], there: Collection[str]
    ) -> Iterator[KnowledgeError]:
        for target in ids:
            if target is not None and target not in there:
                near = difflib.get_close_matches(target, there, 1)
                hint = f"did you mean {near[0]!r}?" if near else ""
                yield _error(knowledge, stem, entry, key, f"no entry has the id {target!r}", hint)

    actors, places, theaters = knowledge.actors, knowledge.places, knowledge.theaters
    for actor in actors.values():
        yield from dangling("actors", actor.id, "side", (actor.side,), actors)
        yield from dangling("actors", actor.id, "part_of", actor.part_of, actors)
        yield from dangling("actors", actor.id, "offices.of", (office.of for office in actor.offices), actors)
        yield from dangling("actors", actor.id, "theaters", actor.theaters, theaters)
    for place in places.values():
        yield from dangling("places", place.id, "country", (place.country,), actors)
        yield from dangling("places", place.id, "held_by", (place.held_by,), actors)
        yield from dangling("places", place.id, "within", (place.within,), places)
        yield from dangling("places", place.id, "theaters", place.theaters, theaters)
        if (place.lat is None) != (place.lon is None):
            yield _error(knowledge, "places", place.id, "lat", "lat and lon go together, one of them is missing")
    for theater in theaters.values():
        yield from dangling("theaters", theater.id, "neighbors", theater.neighbors, theaters)
        if theater.id in theater.neighbors:
            yield _error(knowledge, "theaters", theater.id, "neighbors", "a theater is no neighbor of its own")
    for source in knowledge.sources.values():
        yield from dangling("sources", source.id, "country", (source.country,), actors)
        yield from dangling("sources", source.id, "actor", (source.actor,), actors)
    for theater in theaters.values():
        yield from dangling("theaters", theater.id, "focus", theater.focus, outlines.load())


def _offices(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Terms that end before they start, and two terms of one office at one time."""
    terms: dict[tuple[str, str], list[tuple[Actor, Office]]] = {}
    for actor in knowledge.actors.values():
        for office in actor.offices:
            if office.start and office.end and office.end < office.start:
                yield _error(knowledge, "actors", actor.id, "offices", f"{office.title!r} ends before it starts")
            if office.of and not office.title.lower().startswith(_SHARED_OFFICES):
                terms.setdefault((office.title.lower(), office.of), []).append((actor, office))
    for holders in terms.values():
        for (one, first), (other, second) in combinations(holders, 2):
            dated = (first.start or first.end) and (second.start or second.end)
            if dated and _overlap((first.start, first.end), (second.start, second.end)):
                what = f"{second.title!r} of {second.of!r} is also held by {one.id!r} at that time"
                yield _error(knowledge, "actors", other.id, "offices", what)


def _overlap(one: tuple[dt.date | None, dt.date | None], other: tuple[dt.date | None, dt.date | None]) -> bool:
    """Whether two stretches of time share more than the day on which one hands over to the other."""
    starts = [start for start, _ in (one, other) if start]
    ends = [end for _, end in (one, other) if end]
    return not starts or not ends or max(starts) < min(ends)


def _triggers(knowledge: Knowledge, inflect: Inflect | None) -> Iterator[KnowledgeError]:
    """Event types: modes that the type has not, and triggers that no case of the type shows."""
    for kind in knowledge.types.values():
        shown = {word for case in kind.cases for word in key_of(case.text).replace("'", " ").split()}
        shown = {word.strip('.,;:!?()"“”[]—') for word in shown}
        triggers: tuple[Verb | Noun, ...] = (*kind.verbs, *kind.nouns)
        for trigger in triggers:
            key = "verbs" if isinstance(trigger, Verb) else "nouns"
            if trigger.mode is not None and trigger.mode not in kind.modes:
                near = difflib.get_close_matches(trigger.mode, kind.modes, 1)
                hint = f"did you mean {near[0]!r}?" if near else ""
                what = f"{trigger.lemma!r} has the mode {trigger.mode!r}, which this type does not list"
                yield _error(knowledge, "events", kind.type, key, what, hint)
            if inflect is not None and shown.isdisjoint(_forms(trigger, inflect)):
                yield _error(knowledge, "events", kind.type, key, f"no case shows the trigger {trigger.lemma!r}")
        for case in kind.cases:
            if case.mode is not None and case.mode not in kind.modes:
                what = f"{case.text!r} expects the mode {case.mode!r}, which this type does not list"
                yield _error(knowledge, "events", kind.type, "cases", what)


def _forms(trigger: Verb | Noun, inflect: Inflect) -> frozenset[str]:
    """Inflected forms of the word of the trigger that inflects: a verb's first, a noun's last."""
    words = key_of(trigger.lemma).split()
    if isinstance(trigger, Verb):
        return frozenset(inflect(words[0]))
    plural = f"{words[-1][:-1]}ies" if words[-1].endswith("y") else f"{words[-1]}s"
    return frozenset({words[-1], plural, f"{words[-1]}es"})
