"""Names as written become ids: by alias, office, side, date and theater.

What cannot be resolved keeps its words and is marked as not in the knowledge; nothing
is linked by likeness alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.extract.assessments import Judgment
from briefgen.extract.candidate import Party
from briefgen.extract.english import words
from briefgen.extract.found import Found
from briefgen.extract.mentions import Mention, is_government
from briefgen.knowledge import Candidate, Knowledge
from briefgen.knowledge.schema import Actor, Office, Place, Theater
from briefgen.model import Assessment, Day, Event, EventActor, EventPlace, Evidence, Report, Role

_FORCES = frozenset(["troop", "soldier", "force", "army", "military", "navy", "serviceman", "personnel"])
_NOBODY = words("nobody")
"""Head nouns that, with nothing to say whose they are, name no actor."""
_CROWDS = frozenset({"people", "crowd", "person", "woman", "man", "citizen"})
_UNGOVERNED = frozenset({"gaza-strip"})
"""Theaters where the state that a place counts to is not who holds it."""
_ANONYMOUS = frozenset({"ASSAULT", "PROTEST"})
"""Types of which reports often name no party."""
_FAMILY_FIRST = frozenset({"china", "north-korea", "south-korea", "taiwan", "vietnam"})
_STATE_BODIES = frozenset(["force", "police", "guard", "service", "agency", "unit"])
_ORDER: Mapping[Role, int] = {"source": 0, "participant": 1, "target": 2}
_MAKES = frozenset(["state", "force", "group", "party", "body", "people"])


@dataclass(slots=True)
class Memory:
    """What one report has told about people so far: family name -> the actor it stands for."""

    family: dict[str, EventActor] = field(default_factory=dict)

    def learn(self, actor: EventActor, name: str) -> None:
        """Remember a person by the last word of `name`; where family names come first, by the first as well."""
        words = [w.strip("’'").lower() for w in name.split()]
        for word in words[-1:] + (words[:1] if actor.side in _FAMILY_FIRST else []):
            if len(word) > 2:
                self.family.setdefault(word, actor)


def assessments(found: Iterable[Judgment], report: Report, knowledge: Knowledge, text: str) -> tuple[Assessment, ...]:
    """Judgments with ids, and with the actors and theaters that their sentence names."""
    sections = _sections(knowledge.theaters.values())
    markers = {c.id: c.marker for c in report.citations}
    out = []
    for one in found:
        quote = text[one.sentence[0] : one.sentence[1]]
        section = sections.get((one.section or "").lower())
        near = [section] if section else []
        actors: list[str] = []
        theaters = [section] if section else []
        for name in knowledge.names.find(quote):
            actor = choose([c for c in name.candidates if c.kind == "actor"], knowledge, report.published, near)
            place = _place(Mention(name.text, (0, 0), "place", name.candidates), knowledge, near)
            actors += [actor.id] if actor is not None else []
            theaters += place.theaters[:1] if place is not None else actor.theaters[:1] if actor is not None else ()
        key = f"{report.id}|{one.sentence[0] - report.span[0]}|assessment"
        out.append(
            Assessment(
                id="a-" + hashlib.sha256(key.encode()).hexdigest()[:12],
                report=report.id,
                quote=quote,
                span=one.sentence,
                term=one.term,
                likelihood=one.likelihood,
                who=one.who,
                theaters=tuple(dict.fromkeys(theaters)),
                actors=tuple(dict.fromkeys(actors)),
                citations=tuple(markers[c] for c in one.citations if c in markers),
            )
        )
    return tuple(out)


def slug(name: str) -> str:
    """`name` as an id: ASCII, lower case, words joined by hyphens; a hash where nothing is left."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:80].strip("-") or "x-" + hashlib.sha256(name.encode()).hexdigest()[:10]


def resolve(found: Iterable[Found], report: Report, knowledge: Knowledge, text: str) -> tuple[Event, ...]:
    """Events with ids, canonical names, places and theaters, in reading order."""
    memory = Memory()
    sections = _sections(knowledge.theaters.values())
    return tuple(_event(one, report, knowledge, memory, sections, text) for one in found)


def _event(
    found: Found, report: Report, knowledge: Knowledge, memory: Memory, sections: Mapping[str, str], text: str
) -> Event:
    section = sections.get((found.section or "").lower())
    on = found.date.end or report.published or (report.period.end if report.period else None)
    near = [section] if section else []
    places = _places(found.places, knowledge, near)
    actors = _actors(found, knowledge, memory, on, near)
    if found.type == "PROTEST" and not any(a.role == "source" for a in actors) and "protesters" in knowledge.actors:
        crowd = next((p.mention.text for p in found.parties if p.role == "source" and p.mention.head in _CROWDS), None)
        if crowd is not None:
            who = knowledge.actors["protesters"]
            actors = (EventActor(id=who.id, name=who.name, role="source", as_written=crowd), *actors)
    if found.type == "ASSAULT" and not any(a.role == "target" for a in actors):
        aims = _places(found.aims, knowledge, near)
        actors = (*actors, *_place_owner(aims, knowledge, actors))
    tellings = dict([(found.sentence, found.citations), *((s, c) for s, c in found.more if s != found.sentence)])
    evidence = tuple(Evidence(quote=text[a:b], span=(a, b), citations=cited) for (a, b), cited in tellings.items())
    cited = tuple(dict.fromkeys(c for one in tellings.values() for c in one))
    markers = {c.id: c.marker for c in report.citations}
    return Event(
        id=_id(report, found, actors),
        report=report.id,
        date=found.date,
        type=found.type,
        mode=found.mode,
        status=found.status,
        certainty=found.certainty,
        attributed_to=tuple(dict.fromkeys(_speaker(s, knowledge, memory, on, near) for s in found.speakers)),
        actors=actors,
        theaters=_theaters(places, section, actors, knowledge, found),
        places=places,
        fatalities=found.fatalities,
        injuries=found.injuries,
        weapons=found.weapons,
        count=found.count,
        evidence=evidence,
        citations=tuple(markers[c] for c in cited if c in markers),
        core=found.core,
        confidence=found.confidence if actors or found.type in _ANONYMOUS else round(found.confidence * 0.6, 3),
        rule=found.rule,
    )


def _id(report: Report, found: Found, actors: Sequence[EventActor]) -> str:
    """Hash of report, sentence, trigger and type: the same text gives the same id in every build."""
    offset = found.sentence[0] - report.span[0]
    key = f"{report.id}|{offset}|{found.trigger[0] - found.sentence[0]}|{found.type}"
    return "e-" + hashlib.sha256(key.encode()).hexdigest()[:12]


def _sections(theaters: Iterable[Theater]) -> dict[str, str]:
    return {heading.lower(): t.id for t in theaters for heading in (t.name, *t.sections)}


def _actors(
    found: Found, knowledge: Knowledge, memory: Memory, on: Day | None, near: Sequence[str]
) -> tuple[EventActor, ...]:
    out: dict[str, EventActor] = {}
    parties = sorted(found.parties, key=lambda p: (_ORDER[p.role], p.mention.span))
    for party in parties:
        for actor in actors_of(party, knowledge, memory, on, near):
            out.setdefault(actor.id, _recognized(actor, knowledge))
    return tuple(out.values())


def _recognized(actor: EventActor, knowledge: Knowledge) -> EventActor:
    """The known actor, where a name read from the text alone turns out to be his."""
    known = None if actor.known else knowledge.actors.get(actor.id)
    if known is None:
        return actor
    return actor.model_copy(update={"name": known.name, "known": True, "side": known.side})


def actors_of(
    party: Party, knowledge: Knowledge, memory: Memory, on: Day | None, near: Sequence[str]
) -> list[EventActor]:
    """The actors that one mention means: itself and, for a person, whom he acts for."""
    mention, role = party.mention, party.role
    if mention.kind == "name":
        return _known(mention, role, knowledge, memory, on, near)
    if mention.kind == "person":
        return _person(mention, role, knowledge, memory, on, near)
    if mention.kind in {"described", "thing"}:
        return _described(mention, role, knowledge, on, near)
    if mention.kind == "body":
        return _body(mention, role, knowledge, on, near)
    return []


def choose(candidates: Sequence[Candidate], knowledge: Knowledge, on: Day | None, near: Sequence[str]) -> Actor | None:
    """The actor among several meanings of one name: active at the date, at home in the theater, first given."""
    actors = [knowledge.actors[c.id] for c in candidates if c.kind == "actor" and c.id in knowledge.actors]
    fitting = [a for a in actors if _active(a, on)] or actors
    at_home = [a for a in fitting if set(a.theaters) & set(near)]
    return (at_home or fitting or [None])[0]  # type: ignore[list-item]


def _active(actor: Actor, on: Day | None) -> bool:
    start, end = actor.active
    return on is None or ((start is None or start <= on) and (end is None or on <= end))


def _known(
    mention: Mention, role: Role, knowledge: Knowledge, memory: Memory, on: Day | None, near: Sequence[str]
) -> list[EventActor]:
    actor = choose(mention.candidates, knowledge, on, near)
    if actor is None:
        return []
    how = {c.how for c in mention.candidates if c.id == actor.id}
    if mention.modifier and how <= {"adjective", "seat"}:
        return [] if actor.kind == "state" else [_of(actor, mention, role)]
    if mention.modifier and role == "target" and actor.kind == "state" and not is_government(mention.head):
        return [_of(actor, mention, role)]
    if actor.kind == "state" and how <= {"adjective"} and mention.text.endswith("s") and not mention.stands_for:
        people = EventActor(
            id=slug(mention.text), name=mention.text, role=role, as_written=mention.text, known=False, side=actor.id
        )
        return [people]
    made = [_of(actor, mention, role)]
    if actor.kind == "person":
        memory.learn(made[0], actor.name)
        memory.learn(made[0], mention.name)
        side = affiliation(actor, knowledge, on)
        made += [_of(side, mention, role)] if side is not None else []
        state = _side_state(mention, knowledge, on, near)
        if state is not None and not any(m.id == state.id for m in made):
            made.append(_of(state, mention, role))
    elif actor.kind == "body" and actor.side is not None and actor.side in knowledge.actors:
        state = knowledge.actors[actor.side]
        first = mention.name.split()[0]
        if any(c.id == state.id for c in knowledge.names.meanings(first)):
            made.append(_of(state, mention, role))
    return made


def affiliation(actor: Actor, knowledge: Knowledge, on: Day | None) -> Actor | None:
    """Whom a person acts for at a date: the group or force of his office, else the state."""
    offices = [o for o in actor.offices if o.of is not None]
    held = [o for o in offices if _holds(o, on)]
    past = sorted(((o.end, n) for n, o in enumerate(offices) if o.end is not None and on is not None and o.end < on))
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


def _holds(office: Office, on: Day | None) -> bool:
    return on is None or ((office.start is None or office.start <= on) and (office.end is None or on <= office.end))


def _of(actor: Actor, mention: Mention, role: Role) -> EventActor:
    return EventActor(id=actor.id, name=actor.name, role=role, as_written=mention.text, side=actor.side)


def _side_state(mention: Mention, knowledge: Knowledge, on: Day | None, near: Sequence[str]) -> Actor | None:
    for candidate in mention.side:
        actor = choose([candidate], knowledge, on, near)
        if actor is not None and actor.kind in _MAKES:
            return actor
    return None


def _person(
    mention: Mention, role: Role, knowledge: Knowledge, memory: Memory, on: Day | None, near: Sequence[str]
) -> list[EventActor]:
    name = mention.name.strip()
    last = name.split()[-1].strip("’'").lower() if name.split() else ""
    told = memory.family.get(last)
    side = _side_state(mention, knowledge, on, near)
    if told is not None and (
        mention.head == "surname" or told.name.lower().endswith(name.lower()) or told.name == name
    ):
        made = [told.model_copy(update={"role": role, "as_written": mention.text})]
        if side is None and told.side and told.side in knowledge.actors:
            known = knowledge.actors.get(told.id)
            side = affiliation(known, knowledge, on) if known is not None else knowledge.actors[told.side]
    elif mention.head == "surname":
        return []
    else:
        made = [
            EventActor(
                id=slug(name), name=name, role=role, as_written=mention.text, known=False,
                title=mention.title or None, side=side.id if side else None,
            )
        ]  # fmt: skip
        memory.learn(made[0], name)
    if side is not None and side.id != made[0].id:
        made.append(_of(side, mention, role))
    return made


def _described(
    mention: Mention, role: Role, knowledge: Knowledge, on: Day | None, near: Sequence[str]
) -> list[EventActor]:
    side = _side_state(mention, knowledge, on, near)
    if side is not None and side.kind == "state":
        if is_government(mention.head):
            return [_of(side, mention, role)]
        forces = _forces(side, knowledge) if mention.head in _FORCES else None
        if forces is not None:
            return [_of(forces, mention, role)]
        if mention.kind == "thing":
            return [_of(side, mention, role)] if role != "source" else []
    elif mention.kind == "thing":
        return [_of(side, mention, role)] if side is not None and role != "source" else []
    if (mention.definite and not mention.plural) or (not mention.side and mention.head in _NOBODY):
        return []
    name = mention.text
    made = [
        EventActor(
            id=slug(name), name=name, role=role, as_written=mention.text, known=False, side=side.id if side else None
        )
    ]
    if side is not None and side.kind != "state":
        return [_of(side, mention, role)]
    if side is not None and mention.head in _STATE_BODIES:
        made.append(_of(side, mention, role))
    return made


def _forces(state: Actor, knowledge: Knowledge) -> Actor | None:
    """The armed forces of a state, by the alias that says so (`Israeli forces`)."""
    for adjective in state.adjectives:
        for word in ("forces", "army", "military", "troops"):
            for candidate in knowledge.names.meanings(f"{adjective} {word}"):
                if candidate.kind == "actor" and knowledge.actors[candidate.id].kind == "force":
                    return knowledge.actors[candidate.id]
    return None


def _body(mention: Mention, role: Role, knowledge: Knowledge, on: Day | None, near: Sequence[str]) -> list[EventActor]:
    side = _side_state(mention, knowledge, on, near)
    made = [
        EventActor(
            id=slug(mention.name),
            name=mention.name,
            role=role,
            as_written=mention.text,
            known=False,
            side=side.id if side else None,
        )
    ]
    if side is not None:
        made.append(_of(side, mention, role))
    return made


def _speaker(mention: Mention, knowledge: Knowledge, memory: Memory, on: Day | None, near: Sequence[str]) -> str:
    made = actors_of(Party(mention, "source"), knowledge, memory, on, near)
    return made[0].name if made else mention.name


def _places(mentions: Sequence[Mention], knowledge: Knowledge, near: Sequence[str]) -> tuple[EventPlace, ...]:
    out: dict[str, EventPlace] = {}
    chosen = [(m, _place(m, knowledge, near)) for m in mentions]
    for mention, place in chosen:
        if place is None:
            continue
        name = mention.text if mention.text.split(" ")[0].lower() in _COMPASS_WORDS else place.name
        exact = name == place.name
        out.setdefault(
            name,
            EventPlace(
                name=name, as_written=mention.text, id=place.id, lat=place.lat if exact else None,
                lon=place.lon if exact else None, precision=place.precision if exact else "none",
            ),
        )  # fmt: skip
    return tuple(out.values())


_COMPASS_WORDS = frozenset(
    [
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "north",
        "south",
        "east",
        "west",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "upper",
        "lower",
        "coastal",
        "mid",
    ]
)


def _place(mention: Mention, knowledge: Knowledge, near: Sequence[str]) -> Place | None:
    places = [knowledge.places[c.id] for c in mention.candidates if c.kind == "place" and c.id in knowledge.places]
    at_home = [p for p in places if set(p.theaters) & set(near)]
    return (at_home or places or [None])[0]  # type: ignore[list-item]


def _place_owner(
    places: Sequence[EventPlace], knowledge: Knowledge, actors: Sequence[EventActor]
) -> tuple[EventActor, ...]:
    """For an attack on a place: the state whose place it is, unless it attacks at home."""
    have = {a.id for a in actors} | {a.side for a in actors}
    for place in places:
        country = knowledge.places[place.id].country if place.id else None
        owner = knowledge.actors.get(country or "")
        governed = place.id is None or not set(knowledge.places[place.id].theaters) & _UNGOVERNED
        if governed and owner is not None and owner.id not in have and place.precision not in {"country", "none"}:
            return (EventActor(id=owner.id, name=owner.name, role="target", as_written=place.as_written),)
    return ()


def _theaters(
    places: Sequence[EventPlace], section: str | None, actors: Sequence[EventActor], knowledge: Knowledge, found: Found
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
        for actor in actors:
            known = knowledge.actors.get(actor.id) or knowledge.actors.get(actor.side or "")
            if actor.role == role and known is not None:
                homes += known.theaters[:1]
                possible.update(known.theaters)
    if not ranked and section is None:
        around = [p for m in found.around if (p := _place(m, knowledge, ())) is not None]
        ranked = [t for p in around for t in p.theaters[:1] if t in possible]
    if section is not None:
        ranked = [section, *ranked] if section in ranked or not ranked else [*ranked[:1], section, *ranked[1:]]
    ranked += homes
    return tuple(dict.fromkeys(ranked)) or ("global",)
