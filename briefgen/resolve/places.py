"""Places as written become ids; theaters follow from them, and so does who is hit by an attack on one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefgen.extract.found import Found
from briefgen.extract.mentions import Mention
from briefgen.grammar.english import words
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Actor, Place
from briefgen.model import EventActor, EventPlace

_COMPASS = words("compass")
THE_COUNTRY = "country"
GLOBAL = "global"
"""The theater of what belongs to no one region."""
_UNGOVERNED = {"palestine": "gaza-strip"}
"""State -> theater where it does not hold the places that count to it."""


def found(mentions: Sequence[Mention], knowledge: Knowledge, near: Sequence[str]) -> tuple[EventPlace, ...]:
    """The places of an event, each once, in the order given."""
    out: dict[str, EventPlace] = {}
    chosen = [(m, one(m, knowledge, near)) for m in mentions]
    for mention, place in chosen:
        if place is None:
            if not mention.candidates:
                out.setdefault(mention.text, EventPlace(name=mention.text, as_written=mention.text))
            continue
        name = mention.text if mention.text.split(" ")[0].lower() in _COMPASS else place.name
        exact = name == place.name
        out.setdefault(
            name,
            EventPlace(
                name=name, as_written=mention.text, id=place.id, lat=place.lat if exact else None,
                lon=place.lon if exact else None, precision=place.precision if exact else "none",
            ),
        )  # fmt: skip
    return tuple(out.values())


def one(mention: Mention, knowledge: Knowledge, near: Sequence[str]) -> Place | None:
    """The place that a mention means: the first theater of `near` that has one decides, else the one so called."""
    places = [knowledge.places[c.id] for c in mention.candidates if c.kind == "place" and c.id in knowledge.places]
    for theater in near:
        for place in places:
            if theater in place.theaters:
                return place
    return next((p for p in places if mention.text.endswith(p.name)), places[0] if places else None)


def context(event: Found, section: str | None, knowledge: Knowledge, text: str) -> tuple[str, ...]:
    """Theaters that tell namesakes apart: the section's, then those of what else the sentence names without doubt."""
    near = [section] if section else []
    if any(len(m.candidates) > 1 for m in (*event.places, *event.aims)):
        for name in knowledge.names.find(text[event.sentence[0] : event.sentence[1]]):
            ids = {c.id for c in name.candidates}
            known = [knowledge.actors.get(i) or knowledge.places.get(i) for i in ids]
            near += [t for k in known if k is not None and len(known) == 1 for t in k.theaters]
    return tuple(dict.fromkeys(near))


def without_the_country(
    where: Sequence[EventPlace], actors: Sequence[EventActor], knowledge: Knowledge, home: Actor | None
) -> tuple[EventPlace, ...]:
    """`where` with `the country` as the one that it can only be: the passage's, or that of all the parties.

    Beside a place in a country, and where the parties are of several, it is left out.
    """
    told = tuple(p for p in where if p.name != THE_COUNTRY)
    if told or not where:
        return told
    sides = {i for a in actors for i in (a.id, a.side) if i is not None and i in knowledge.places}
    states = {home.id} if home is not None else sides
    country = knowledge.places.get(next(iter(states))) if len(states) == 1 else None
    if country is None or country.precision != "country":
        return ()
    return (
        EventPlace(
            name=country.name, as_written=where[0].as_written, id=country.id, lat=country.lat, lon=country.lon,
            precision=country.precision,
        ),
    )  # fmt: skip


def owner(places: Sequence[EventPlace], knowledge: Knowledge, actors: Sequence[EventActor]) -> tuple[EventActor, ...]:
    """For an attack on a place: the state whose place it is, unless it attacks at home."""
    have = {a.id for a in actors} | {a.side for a in actors}
    for place in places:
        state = governor(place, knowledge)
        if state is not None and state.id not in have and place.precision not in {"country", "none"}:
            return (EventActor(id=state.id, name=state.name, role="target", as_written=place.as_written),)
    return ()


def governor(place: EventPlace, knowledge: Knowledge) -> Actor | None:
    """The state that a place lies in and that holds it, or the other one that does."""
    known = larger = knowledge.places.get(place.id or "")
    seen = set[str]()
    while larger is not None and larger.id not in seen:
        if larger.held_by is not None:
            return knowledge.actors.get(larger.held_by)
        seen.add(larger.id)
        larger = knowledge.places.get(larger.within or "")
    if known is None or known.country is None or _UNGOVERNED.get(known.country) in known.theaters:
        return None
    return knowledge.actors.get(known.country)


def theaters(
    places: Sequence[EventPlace], section: str | None, actors: Sequence[EventActor], knowledge: Knowledge, event: Found
) -> tuple[str, ...]:
    """Where it takes place first, then the front the section stands for, then the parties' homes."""
    ranked: list[str] = []
    order = {"point": 0, "town": 1, "district": 2, "province": 3, "country": 5, "none": 4}
    for place in sorted(places, key=lambda p: order[p.precision]):
        if place.id:
            ranked += knowledge.places[place.id].theaters[:1]
    homes: list[str] = []
    possible: set[str] = set()
    for role in ("target", "participant", "source"):
        own: Counter[str] = Counter()
        for actor in actors:
            known = knowledge.actors.get(actor.id) or knowledge.actors.get(actor.side or "")
            if actor.role == role and known is not None:
                own.update(known.theaters[:1])
                possible.update(known.theaters)
        homes += [theater for theater, _ in own.most_common()]
    if not ranked and section is None:
        parties = {party.mention.text for party in event.parties}
        around = [p for m in event.around if m.text not in parties if (p := one(m, knowledge, ())) is not None]
        ranked = [t for p in around for t in p.theaters[:1] if t in possible]
    if section is not None:
        ranked = [section, *ranked] if section in ranked or not ranked else [*ranked[:1], section, *ranked[1:]]
    ranked += homes or [
        theater
        for party in event.parties
        for candidate in party.mention.side
        if candidate.id in knowledge.actors
        for theater in knowledge.actors[candidate.id].theaters[:1]
    ]
    # What belongs to no one region adds nothing to a theater that is known.
    told = [t for at, t in enumerate(dict.fromkeys(ranked)) if t != GLOBAL or not at]
    return tuple(told) or (GLOBAL,)
