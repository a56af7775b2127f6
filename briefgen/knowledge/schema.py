"""The shape of the knowledge files, each class one entry of one kind of file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from briefgen.model import Certainty, Day, EventTypeId, Frame, Likelihood, Model, PlacePrecision, Role

ActorKind = Literal[
    "state",  # a state, its government and its people
    "force",  # armed or security forces of a state, and their units
    "group",  # an armed group or its wing
    "party",  # a political party or movement
    "body",  # ministry, parliament, court, international organisation
    "company",
    "media",
    "people",  # a people, a class of persons: Palestinians, protesters
    "person",
]


class Refused(Model):
    """A name that was considered as an alias and turned down, with the reason."""

    alias: str
    reason: str


class Office(Model):
    """An office of a person, and when."""

    title: str
    of: str | None = None
    """Id of the actor it is an office of."""
    start: Day | None = None
    end: Day | None = None
    """Inclusive; None: still held, or not known."""


class Actor(Model):
    """`actors/*.yml`: a person, group, force, government or organisation."""

    id: str
    name: str
    """Canonical English name."""
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    """Every spelling and short form that means this actor wherever it stands."""
    adjectives: tuple[str, ...] = ()
    """For states and peoples: `Iranian`, `Iranians`; also `Houthi` for a group."""
    seats: tuple[str, ...] = ()
    """For states: capitals that stand for the government (`Tehran`, `the Kremlin`)."""
    refused: tuple[Refused, ...] = ()
    side: str | None = None
    """Id of the state or body it acts for, where it acts for one."""
    part_of: tuple[str, ...] = ()
    theaters: tuple[str, ...] = ()
    """Home theaters, first one first."""
    offices: tuple[Office, ...] = ()
    about: str = ""
    """One neutral sentence, for the hover text."""
    active: tuple[Day | None, Day | None] = (None, None)
    """When aliases may mean this actor; for namesakes."""


class Institution(Model):
    """`institutions.yml`: what nearly every state has; made into one actor for each state.

    `{adjective}` stands for each adjective and initials of the state (in `name`: the first
    adjective), `{state}` for its name. An actor that carries the made name among its own
    names (Israel Defense Forces: `Israeli Armed Forces`) takes the made aliases instead.
    """

    id: str
    """Ending of the ids: `armed-forces` makes `mali-armed-forces`."""
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]


class Place(Model):
    """`places/*.yml`: somewhere that events happen."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    precision: PlacePrecision
    country: str | None = None
    """Id of the state it lies in (a policy choice: see docs/data-sources.md)."""
    held_by: str | None = None
    """Id of the state that holds it and what lies within it, where that is another than its country."""
    within: str | None = None
    """Id of the next larger place."""
    theaters: tuple[str, ...] = ()


def _frame(frame: Frame) -> Frame:
    west, south, east, north = frame
    if not (-180 <= west < east <= 180 and -90 < south < north < 90):
        raise ValueError("west, south, east and north were expected, in degrees")
    return frame


class Theater(Model):
    """`theaters.yml`."""

    id: str
    name: str
    group: str
    """Heading it stands under in lists."""
    covers: str
    frame: Annotated[Frame, AfterValidator(_frame)] | None = None
    """What its map shows; None: it has no map."""
    focus: tuple[str, ...] = ()
    """Ids of outlines (`outlines.json`) that are the theater itself and filled on its map."""
    neighbors: tuple[str, ...] = ()
    """Ids of theaters that it borders on; said at one of the two, it holds for both."""
    sections: tuple[str, ...] = ()
    """Section headings of reports that mean this theater."""


class Source(Model):
    """`sources.yml`: an outlet that reports cite, or a publisher of reports."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Registered domains of its sites, lower case, e.g. `isna.ir`."""
    kind: Literal["agency", "newspaper", "broadcaster", "site", "official", "think-tank", "journal", "social", "ngo"]
    country: str | None = None
    language: str | None = None
    affiliation: str | None = None
    """Owner or state affiliation, as a fact with `affiliation_source`, not a slur."""
    affiliation_source: str | None = None
    actor: str | None = None
    """Id in `actors/`, where the outlet is one as well."""


class Case(Model):
    """A sentence and what must be read from it."""

    text: str
    day: Day = dt.date(2024, 4, 26)
    """The report's day."""
    expect: dict[str, tuple[str, ...]] | None
    """Role -> names as written (the head words suffice); None: no event of this type."""
    mode: str | None = None
    status: str | None = None
    certainty: Certainty | None = None


class NounClass(Model):
    """Nouns that several triggers need or refuse, named there as `#id`."""

    id: str
    about: str
    nouns: tuple[str, ...]


class Verb(Model):
    """A verb that makes an event, with its frame."""

    lemma: str
    """Base form, with particle where it has one: `call for`, `break off`."""
    mode: str | None = None
    subject: Role = "source"
    object: Role | None = "target"
    """None: the object is a thing and no actor."""
    preps: dict[str, Role] = {}
    """Preposition -> role of the actor after it; `by` of the passive needs no entry."""
    needs: tuple[str, ...] = ()
    """Head nouns, one of which the object or a prepositional phrase must have (`conduct` + `attack`);
    `@actor`: an actor must stand there; `@place`, `@person`: the object must be one; `@clause`: a clause
    with `that` or `to`; `to retaliate`: an infinitive of that verb hangs on it; `#weapons`: a class of nouns.yml."""
    subjects: tuple[str, ...] = ()
    """Head nouns, one of which the doer must have (`court` + `fine`); `@armed`: forces or an armed group;
    `@state`: a state or a body; `@crowd`: people in a crowd; `@actor`: any actor."""
    refuse: tuple[str, ...] = ()
    """Head nouns of object or subject with which it is no event (`meet` + `demand`)."""
    confidence: float = 0.8


class Noun(Model):
    """A noun that names an event: `the strike on X by Y`, `talks between X and Y`."""

    lemma: str
    mode: str | None = None
    possessor: Role | None = "source"
    """Role of `Iran's` or `Iranian` before it."""
    preps: dict[str, Role] = {}
    light: tuple[str, ...] = ()
    """Verbs that only carry it (`hold` + `meeting`), base forms; the general ones are in language.yml."""
    bare: bool = True
    """False: it counts only with a light verb, a possessor or one of its prepositions."""
    refuse: tuple[str, ...] = ()
    """Words before or after it with which it is no event (`air` + `strike force`)."""
    confidence: float = 0.7


class EventType(Model):
    """`events/<type>.yml`."""

    type: EventTypeId
    family: Literal["mc", "vc", "mx", "vx", "st"]
    """Material or verbal, cooperation or conflict; statement."""
    definition: str
    modes: tuple[str, ...] = ()
    verbs: tuple[Verb, ...] = ()
    nouns: tuple[Noun, ...] = ()
    cases: tuple[Case, ...] = ()


class Saying(Model):
    """A verb of saying (`language.yml`)."""

    lemma: str
    certainty: Certainty = "reported"
    """How sure what follows is, when a third party says it."""
    by_party: Certainty = "claimed"
    """How sure it is when the speaker took part in it."""


class Estimate(Model):
    """An estimative word with its ICD 203 band (`language.yml`)."""

    term: str
    likelihood: Likelihood | None = None


class Language(Model):
    """`language.yml`: words of English that belong to no event type."""

    sayings: tuple[Saying, ...]
    light_verbs: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    plans: tuple[str, ...]
    """Verbs and phrases after which an infinitive has not happened yet: `plan`, `intend`."""
    denials: tuple[str, ...]
    ranks: tuple[str, ...]
    """`Lieutenant General`, `Maj. Gen.`"""
    titles: tuple[str, ...]
    """`Defense Minister`, `spokesman`, `head`."""
    weapons: tuple[str, ...]
    abbreviations: tuple[str, ...]
    """After which a full stop ends no sentence."""
    reporting_bodies: tuple[str, ...]
    """Head nouns of unnamed speakers: `media`, `officials`, `sources`."""
