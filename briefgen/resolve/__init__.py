"""Names as written become ids: by alias, office, side, date and theater.

What cannot be resolved keeps its words and is marked as not in the knowledge; nothing
is linked by likeness alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from briefgen.extract.assessments import Judgment
from briefgen.extract.candidate import Party
from briefgen.extract.found import Found
from briefgen.extract.mentions import Mention
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Actor, Theater
from briefgen.model import Assessment, Event, EventActor, EventPlace, Evidence, Report, Role
from briefgen.resolve import ground, offices, parties, places
from briefgen.resolve.parties import Memory, Setting, choose

_CROWDS = frozenset({"people", "crowd", "person", "woman", "man", "citizen"})
_ANONYMOUS = frozenset({"ASSAULT", "PROTEST"})
"""Types of which reports often name no party."""
_ORDER: Mapping[Role, int] = {"source": 0, "participant": 1, "target": 2}


def assessments(found: Iterable[Judgment], report: Report, knowledge: Knowledge, text: str) -> tuple[Assessment, ...]:
    """Judgments with ids, and with the actors and theaters that their sentence names."""
    sections = _sections(knowledge.theaters.values())
    markers = {c.id: c.marker for c in report.citations}
    out = []
    for one in found:
        quote = text[one.sentence[0] : one.sentence[1]]
        section = sections.get((one.section or "").lower())
        near = (section,) if section else ()
        here = Setting(knowledge, Memory(), report.published, near)
        actors: list[str] = []
        theaters = [section] if section else []
        for name in knowledge.names.find(quote):
            actor = choose([c for c in name.candidates if c.kind == "actor"], here)
            place = places.one(Mention(name.text, (0, 0), "place", name.candidates), knowledge, near)
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


def resolve(found: Iterable[Found], report: Report, knowledge: Knowledge, text: str) -> tuple[Event, ...]:
    """Events with ids, canonical names, places and theaters, in reading order."""
    memory = Memory(offices=offices.holders(knowledge.actors.values()))
    sections = _sections(knowledge.theaters.values())
    filed = ground.filed_in(report, text, knowledge)
    return tuple(_event(one, report, knowledge, memory, sections, filed, text) for one in found)


def _event(
    found: Found, report: Report, knowledge: Knowledge, memory: Memory, sections: Mapping[str, str],
    filed: Actor | None, text: str,
) -> Event:  # fmt: skip
    headed = ground.of_heading(found.section, knowledge)
    section = sections.get((found.section or "").lower()) or next(iter(headed.theaters if headed else ()), None)
    on = found.date.end or report.published or (report.period.end if report.period else None)
    near = (section,) if section else ()
    around = places.context(found, section, knowledge, text)
    where = places.found(found.places, knowledge, around)
    here = Setting(
        knowledge,
        memory,
        on,
        near,
        _home(where or places.found(_beside_the_parties(found), knowledge, near), knowledge),
        headed or filed,
    )
    for person in found.introduced:
        parties.of(Party(person, "source"), here)
    actors = _actors(found, here)
    if not any(a.role == "source" for a in actors):
        actors = (*_unsaid(found, here, text), *actors)
    for person in found.named:
        parties.of(Party(person, "source"), here)
    where = places.without_the_country(where, actors, knowledge, here.home or here.country)
    where = tuple(p for p in where if p.id is not None or p.name.lower() not in memory.family)
    if found.aims and not any(a.role == "target" for a in actors) and not _is_clash(actors):
        aims = places.found(found.aims, knowledge, around)
        actors = (*actors, *places.owner(aims, knowledge, actors))
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
        attributed_to=tuple(dict.fromkeys(_speaker(s, here) for s in found.speakers)),
        actors=actors,
        theaters=_theaters(where, section, actors, found, here),
        places=where,
        fatalities=found.fatalities,
        injuries=found.injuries,
        weapons=found.weapons,
        count=found.count,
        evidence=evidence,
        citations=tuple(markers[c] for c in cited if c in markers),
        core=found.core,
        confidence=_confidence(found, actors),
        rule=found.rule,
    )


def _theaters(
    where: Sequence[EventPlace], section: str | None, actors: Sequence[EventActor], found: Found, here: Setting
) -> tuple[str, ...]:
    """Where it takes place; where nothing says so, the theater of what its passage told last.

    A passage that has told of none, beside one that has, is taken to be of the theater told most often so far.
    """
    told = places.theaters(where, section, actors, here.knowledge, found)
    block, last, often = here.memory.theaters
    if told != (places.GLOBAL,):
        often.update(told[:1])
        here.memory.theaters = (found.block, told[0], often)
        return told
    if found.block == block and last is not None:
        return (last,)
    return (often.most_common(1)[0][0],) if often and found.block - block <= 1 else told


def _unsaid(found: Found, here: Setting, text: str) -> tuple[EventActor, ...]:
    """The crowd that must have held a protest of which nobody is said to have held it."""
    if found.type != "PROTEST" or "protesters" not in here.knowledge.actors:
        return ()
    crowd = next((p.mention.text for p in found.parties if p.role == "source" and p.mention.head in _CROWDS), None)
    who = here.knowledge.actors["protesters"]
    written = crowd or text[found.trigger[0] : found.trigger[1]]
    return (EventActor(id=who.id, name=who.name, role="source", as_written=written),)


def _confidence(found: Found, actors: Sequence[EventActor]) -> float:
    """Less where nobody told has an id; least where nobody is even described in a clause of its own."""
    if actors or found.type in _ANONYMOUS or any(p.mention.head in parties.PRIVATE for p in found.parties):
        return found.confidence
    return round(found.confidence * (0.75 if found.plain else 0.6), 3)


def _is_clash(actors: Sequence[EventActor]) -> bool:
    """True where both sides are told, so that whose the ground is makes no third."""
    return sum(a.role == "participant" for a in actors) > 1


def _id(report: Report, found: Found, actors: Sequence[EventActor]) -> str:
    """Hash of report, sentence, trigger and type: the same text gives the same id in every build."""
    offset = found.sentence[0] - report.span[0]
    key = f"{report.id}|{offset}|{found.trigger[0] - found.sentence[0]}|{found.type}"
    return "e-" + hashlib.sha256(key.encode()).hexdigest()[:12]


def _sections(theaters: Iterable[Theater]) -> dict[str, str]:
    return {heading.lower(): t.id for t in theaters for heading in (t.name, *t.sections)}


def _actors(found: Found, here: Setting) -> tuple[EventActor, ...]:
    out: dict[str, EventActor] = {}
    for party in sorted(found.parties, key=lambda p: (_ORDER[p.role], p.mention.span)):
        for actor in parties.of(party, here):
            out.setdefault(actor.id, actor)
    return tuple(out.values())


def _home(found: Sequence[EventPlace], knowledge: Knowledge) -> Actor | None:
    """The state on whose ground it happens; None where the places lie in several."""
    states = {place.id: places.governor(place, knowledge) for place in found}
    ids = {state.id for state in states.values() if state is not None}
    return (
        next((s for s in states.values() if s is not None), None)
        if len(ids) == 1 and None not in states.values()
        else None
    )


def _beside_the_parties(found: Found) -> tuple[Mention, ...]:
    """The places of the passage that are not parties of the event themselves."""
    named = {party.mention.text for party in found.parties}
    return tuple(place for place in found.around if place.text not in named)


def _speaker(mention: Mention, here: Setting) -> str:
    made = parties.of(Party(mention, "source"), here)
    return made[0].name if made else mention.name
