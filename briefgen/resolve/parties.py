"""The actors that a mention means: by alias, by office and date, by whose they are, or by their own words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.extract.candidate import Party
from briefgen.extract.mentions import Mention, is_government
from briefgen.grammar.english import words
from briefgen.grammar.inflection import plural
from briefgen.knowledge import Candidate, Knowledge
from briefgen.knowledge.schema import Actor, Office
from briefgen.model import Day, EventActor, Role
from briefgen.resolve import offices

_FORCES = words("soldiers")
_NOBODY = words("nobody")
"""Head nouns that, with nothing to say whose they are, name no actor."""
_STATE_BODIES = words("state_bodies")
"""Head nouns of what acts for the state whose it is; the rest of a country's people and parties do not."""
_COLLECTIVE = words("groups_referred_to")
_VAGUE = words("vague_qualifiers")
_ACTING = words("acting_things")
_OFFICIAL = frozenset({"government", "regime", "federal", "army", "junta"})
PRIVATE = words("private_people")
"""Head nouns of people who, when they are acted on, are no party of their own: they count for their state, if told."""
_OUTSIDERS = words("outsiders")
"""Head nouns of people who are in a body's hands or against it, and do not act for it."""
_AGAINST = words("against_the_state")
"""Words before a leader or commander who is none of the state's."""
_INSTITUTIONS = words("state_institutions")
_FOREIGN = frozenset(
    {"foreign", "allied", "coalition", "former", "rival", "both", "regional", "interim", "unity", "future"}
)
_LOCAL = frozenset({"police", "authority", "policeman", "prosecutor", "judiciary", "court"})
"""Head nouns that without more mean those of the country where it happens."""
_RULERS = frozenset({"leader", "ruler", "government", "junta", "regime", "leadership"})
"""Head nouns that with `military` mean who rules the state, not its forces."""
_HELD = frozenset({"army", "military", "soldier", "navy", "gendarme", "junta"})
"""Head nouns of what is the state's on whose ground it happens, if that has forces of its own."""
_FAMILY_FIRST = frozenset({"china", "north-korea", "south-korea", "taiwan", "vietnam"})
_MAKES = frozenset({"state", "force", "group", "party", "body", "people"})


@dataclass(slots=True)
class Memory:
    """What one report has told about people so far, and the offices of everybody known."""

    family: dict[str, EventActor] = field(default_factory=dict)
    """Family name -> the actor it stands for."""
    offices: Mapping[offices.Key, tuple[tuple[Office, Actor], ...]] = field(default_factory=dict)
    theaters: tuple[int, str | None, Counter[str]] = field(default_factory=lambda: (-9, None, Counter()))
    """In which passage a theater was told last, which, and how often each was."""

    def learn(self, actor: EventActor, name: str) -> None:
        """Remember a person by the last word of `name`; where family names come first, by the first as well."""
        words = [w.strip("’'").lower() for w in name.split()]
        for word in words[-1:] + (words[:1] if actor.side in _FAMILY_FIRST else []):
            if len(word) > 2:
                self.family.setdefault(word, actor)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a mention stands."""

    knowledge: Knowledge
    memory: Memory
    on: Day | None
    near: tuple[str, ...] = ()
    """The theater of the section."""
    home: Actor | None = None
    """The state on whose ground it happens, where there is only one."""
    country: Actor | None = None
    """The state that the passage is about, by its heading or the story's dateline."""


def slug(name: str) -> str:
    """`name` as an id: ASCII, lower case, words joined by hyphens; a hash where nothing is left."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:80].strip("-") or "x-" + hashlib.sha256(name.encode()).hexdigest()[:10]


def of(party: Party, here: Setting) -> list[EventActor]:
    """The actors that one mention means: itself and, for a person, whom he acts for."""
    mention, role = party.mention, party.role
    made: list[EventActor] = []
    if mention.kind == "name":
        made = _known(mention, role, here)
    elif mention.kind == "person":
        made = _person(mention, role, here)
    elif mention.kind in {"described", "thing"}:
        made = _described(mention, role, here)
    elif mention.kind == "body":
        made = _body(mention, role, here)
    return [_recognized(actor, here) for actor in made]


def _recognized(actor: EventActor, here: Setting) -> EventActor:
    """The known actor, where a name read from the text alone turns out to be his."""
    known = None if actor.known else here.knowledge.actors.get(actor.id)
    if known is None:
        return actor
    return actor.model_copy(
        update={"name": known.name, "known": True, "side": offices.side(known, here.knowledge, here.on)}
    )


def choose(candidates: Sequence[Candidate], here: Setting) -> Actor | None:
    """The actor among several meanings of one name: active at the date, at home in the theater, first given."""
    known = here.knowledge.actors
    actors = [known[c.id] for c in candidates if c.kind == "actor" and c.id in known]
    fitting = [a for a in actors if _active(a, here.on)] or actors
    at_home = [a for a in fitting if set(a.theaters) & set(here.near)]
    return (at_home or fitting or [None])[0]  # type: ignore[list-item]


def _active(actor: Actor, on: Day | None) -> bool:
    start, end = actor.active
    return on is None or ((start is None or start <= on) and (end is None or on <= end))


def _of(actor: Actor, mention: Mention, role: Role, here: Setting) -> EventActor:
    side = offices.side(actor, here.knowledge, here.on)
    return EventActor(id=actor.id, name=actor.name, role=role, as_written=mention.text, side=side)


def _unknown(mention: Mention, role: Role, side: str | None) -> EventActor:
    name = mention.name.strip()
    return EventActor(
        id=slug(name),
        name=name,
        role=role,
        as_written=mention.text,
        known=False,
        title=mention.title or None,
        side=side,
    )


def _known(mention: Mention, role: Role, here: Setting) -> list[EventActor]:
    actor = choose(mention.candidates, here)
    if actor is None:
        return []
    how = {c.how for c in mention.candidates if c.id == actor.id}
    if mention.modifier and how <= {"adjective", "seat"}:
        return [] if actor.kind == "state" else [_of(actor, mention, role, here)]
    if mention.modifier and role == "target" and actor.kind == "state" and not is_government(mention.head):
        return [_of(actor, mention, role, here)]
    if actor.kind == "state" and how <= {"adjective"} and mention.text.endswith("s") and not mention.stands_for:
        return [_unknown(mention, role, None)]
    if actor.kind == "person":
        return _known_person(actor, mention, role, here)
    ruled = here.knowledge.actors.get(actor.side or "") if mention.head in _RULERS else None
    if ruled is not None and mention.name.lower().endswith("military"):
        return [_of(ruled, mention, role, here)]
    made = [_of(actor, mention, role, here)]
    speaks = actor.kind in {"body", "force"} or (actor.kind == "people" and is_government(mention.head))
    if speaks and actor.side is not None and actor.side in here.knowledge.actors:
        state = here.knowledge.actors[actor.side]
        first = mention.name.split()[0].removesuffix("’s").removesuffix("'s")
        if any(c.id == state.id for c in here.knowledge.names.meanings(first)):
            made.append(_of(state, mention, role, here))
    return made


def _known_person(actor: Actor, mention: Mention, role: Role, here: Setting) -> list[EventActor]:
    """A known person, or the one of his family name whom the report has told of before."""
    told = here.memory.family.get(mention.name.strip().lower())
    if told is not None and not told.known and not mention.title:
        return _again(told, mention, role, here)
    made = [_of(actor, mention, role, here)]
    here.memory.learn(made[0], actor.name)
    here.memory.learn(made[0], mention.name)
    opposed = bool(_AGAINST & set(mention.title.lower().split()))
    side = offices.affiliation(actor, here.knowledge, here.on)
    if side is not None and not (opposed and side.kind == "state"):
        made.append(_of(side, mention, role, here))
    state = None if opposed else _side(mention, here)
    if state is not None and not any(m.id == state.id for m in made):
        made.append(_of(state, mention, role, here))
    return made


def _again(told: EventActor, mention: Mention, role: Role, here: Setting) -> list[EventActor]:
    """Somebody whom the report has told of, with whom he acts for."""
    known = here.knowledge.actors
    side = _side(mention, here)
    if side is None and told.id in known:
        side = offices.affiliation(known[told.id], here.knowledge, here.on)
    elif side is None:
        side = known.get(told.side or "")
    made = [told.model_copy(update={"role": role, "as_written": mention.text})]
    return made if side is None or side.id == told.id else [*made, _of(side, mention, role, here)]


def _side(mention: Mention, here: Setting) -> Actor | None:
    for candidate in mention.side:
        actor = choose([candidate], here)
        if actor is not None and actor.kind in _MAKES:
            return actor
    return None


def _person(mention: Mention, role: Role, here: Setting) -> list[EventActor]:
    name = mention.name.strip()
    last = name.split()[-1].strip("’'").lower() if name.split() else ""
    told = here.memory.family.get(last)
    surname = mention.head == "surname"
    if told is not None and (surname or told.name.lower().endswith(name.lower()) or told.name == name):
        return _again(told, mention, role, here)
    if surname:
        return []
    side = None if _AGAINST & set(mention.title.lower().split()) else _side(mention, here)
    made = [_unknown(mention, role, side.id if side else None)]
    here.memory.learn(made[0], name)
    if side is not None and side.id != made[0].id:
        made.append(_of(side, mention, role, here))
    return made


def _described(mention: Mention, role: Role, here: Setting) -> list[EventActor]:
    side = _side(mention, here)
    if role == "target" and mention.kind == "described" and mention.head in PRIVATE:
        return _private(mention, side, here)
    if side is None and mention.kind == "described" and (mention.head in _LOCAL or _secures(mention)):
        side = here.home
    country = here.country or _ruling(mention, here)
    if side is None and country is not None and _is_the_states(mention):
        return _of_the_country(mention, country, role, here)
    if side is None:
        if mention.kind == "thing" or (mention.definite and not mention.plural) or mention.owner:
            return []
        return [] if _is_nobody(mention) else [_unknown(mention, role, None)]
    if mention.kind == "thing":
        return [_of(side, mention, role, here)] if role != "source" or mention.head in _ACTING else []
    if side.kind != "state":
        return [_unknown(mention, role, None) if mention.head in _OUTSIDERS else _of(side, mention, role, here)]
    if is_government(mention.head) and not _AGAINST & set(mention.text.lower().split()):
        return _government(mention, side, role, here)
    force = _institution(side, mention, here)
    if force is not None:
        return [_of(a, mention, role, here) for a in (force, side)]
    whole = _kind_of_people(mention, here)
    if whole is not None:
        return [_of(whole, mention, role, here)]
    acts_for = mention.head in _STATE_BODIES
    if mention.owner:
        return [_of(side, mention, role, here)] if acts_for else []
    made = [_unknown(mention, role, side.id if acts_for else None)]
    return [*made, _of(side, mention, role, here)] if acts_for else made


def _private(mention: Mention, side: Actor | None, here: Setting) -> list[EventActor]:
    """Whom people stand for who are only acted on (`two Dutch tourists`); nobody where nothing says whose they are."""
    whole = _kind_of_people(mention, here) or side
    return [] if whole is None else [_of(whole, mention, "target", here)]


def _ruling(mention: Mention, here: Setting) -> Actor | None:
    """The state on whose ground it happens, where the government, its officials or its soldiers can only be its own."""
    if mention.head == "government" or _OFFICIAL & set(mention.text.lower().split()[:-1]):
        return here.home
    armed = here.home if mention.head in _HELD else None
    return armed if armed is not None and _forces(armed, ("forces", "army"), here) is not None else None


def _is_the_states(mention: Mention) -> bool:
    """True for `the government`, `soldiers`, `junta officials`, which under a country's heading are that country's."""
    *before, _ = words = mention.text.lower().split()
    ruling = mention.head in _INSTITUTIONS or (_OFFICIAL & set(before) and is_government(mention.head))
    return mention.kind == "described" and bool(ruling) and not set(words) & (_AGAINST | _FOREIGN)


def _of_the_country(mention: Mention, state: Actor, role: Role, here: Setting) -> list[EventActor]:
    """The institution of the passage's country, where it is known, and the country."""
    if is_government(mention.head):
        return _government(mention, state, role, here)
    force = _institution(state, mention, here)
    return [_of(a, mention, role, here) for a in (force, state) if a is not None]


def _is_nobody(mention: Mention) -> bool:
    """True for `officials` or `groups`; not for several of a kind that a word of their own tells: `rebel groups`."""
    told = mention.head in _COLLECTIVE and mention.plural and set(mention.text.lower().split()[:-1]) - _VAGUE
    return not mention.side and mention.head in _NOBODY and not told


def _government(mention: Mention, side: Actor, role: Role, here: Setting) -> list[EventActor]:
    """The state of an official, and who he is, where office and day say so (`the Chinese president`)."""
    names = (side.name, *side.adjectives, *here.knowledge.names.called(side.id))
    own = {word.lower() for name in names for word in name.split()}
    words = [w.removesuffix("’s").removesuffix("'s") for w in mention.name.lower().split()]
    title = " ".join(w for w in words if w not in own)
    held = (offices.holder(here.memory.offices, side.id, t, here.on) for t in (title, title.removesuffix("s")))
    person = None if mention.plural else next((p for p in held if p is not None), None)
    return [_of(a, mention, role, here) for a in (person, side) if a is not None]


def _kind_of_people(mention: Mention, here: Setting) -> Actor | None:
    """The people whom one of them is told of as one (`an Israeli civilian`)."""
    return None if mention.plural else choose(here.knowledge.names.meanings(plural(mention.name)), here)


def _secures(mention: Mention) -> bool:
    """True for `security forces`, `government troops`, which are those of the country where it happens."""
    first, _, rest = mention.text.lower().partition(" ")
    return (first, rest) == ("security", "forces") or (first in _OFFICIAL and mention.head in _FORCES)


def _institution(state: Actor, mention: Mention, here: Setting) -> Actor | None:
    """The forces or the police of a state, by the alias that says so (`Israeli forces`)."""
    wanted = ["forces", "army", "military", "troops"] if mention.head in _FORCES else []
    wanted = (
        ["police"]
        if mention.head == "police"
        else ["security forces"]
        if mention.text.lower() == "security forces"
        else wanted
    )
    return _forces(state, wanted, here)


def _forces(state: Actor, wanted: Sequence[str], here: Setting) -> Actor | None:
    """The force of a state that one of the words in `wanted` names behind its adjective."""
    for adjective in state.adjectives:
        for word in wanted:
            for candidate in here.knowledge.names.meanings(f"{adjective} {word}"):
                if candidate.kind == "actor" and here.knowledge.actors[candidate.id].kind == "force":
                    return here.knowledge.actors[candidate.id]
    return None


def _body(mention: Mention, role: Role, here: Setting) -> list[EventActor]:
    side = _side(mention, here)
    if side is not None and side.kind == "state" and mention.head not in _STATE_BODIES:
        return [_unknown(mention, role, None)]
    made = [_unknown(mention, role, side.id if side else None)]
    return made if side is None else [*made, _of(side, mention, role, here)]
