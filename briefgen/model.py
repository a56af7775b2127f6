"""Every type that crosses from one room to another.

A Seed (bytes on disk) holds Reports; a Report yields Events and Assessments; a Record
is one report with what was read from it, as kept in `records/`. All are frozen and
refuse unknown fields. A Span is [start, end) in code points of the seed's text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Span = tuple[int, int]
Day = dt.date
Likelihood = tuple[int, int]
Confidence = Annotated[float, Field(ge=0, le=1)]

EventTypeId = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT",
]  # fmt: skip
Precision = Literal["day", "week", "month", "quarter", "year", "period", "unknown"]
Basis = Literal["explicit", "relative", "report-day", "period"]
Status = Literal["occurred", "ongoing", "planned", "hypothetical", "denied"]
Certainty = Literal["stated", "claimed", "reported", "denied", "unconfirmed"]
Role = Literal["source", "target", "participant"]
PlacePrecision = Literal["point", "town", "district", "province", "country", "none"]
Review = Literal["machine", "confirmed", "corrected"]
TextPolicy = Literal["full", "excerpts"]
Action = Literal[
    "set",  # give fields of an event other values
    "drop",  # this is no event
    "confirm",  # it is as the machine read it
    "add",  # an event that the machine did not read
    "merge",  # two or more events are one
    "split",  # one event is two or more
    "merge-actors",  # two or more actors are one, in this seed
    "split-actor",  # in some events an actor is another one
]
BlockKind = Literal[
    "heading",  # a section heading
    "paragraph",  # running text
    "bullet",  # one item of a list of findings
    "takeaway",  # one key takeaway or summary item: it retells what sections tell
    "objective",  # what a party is said to want; not an event
    "excerpt",  # text quoted from another outlet; `citation` says which
    "endnote",  # a numbered note with running text of its own
    "reference",  # one entry of a reference list
    "source-line",  # the line that names the source of the excerpts below it
    "pull-quote",  # a quotation lifted from the text
    "caption",  # of an image, a figure or a map
    "byline",  # authors, cutoff, editor
    "boilerplate",  # what belongs to the page and not to the report
]
TOLD: frozenset[str] = frozenset({"paragraph", "bullet", "takeaway", "excerpt", "endnote"})
"""The kinds of block that tell news; only these are read for events."""
SHOWN: frozenset[str] = frozenset({"occurred", "ongoing", "denied"})
"""Status of the events that the pages show as events."""


class Model(BaseModel):
    """Frozen, and a field that nobody declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Model):
    """One of the events that a reader makes of one."""

    quote: str = ""
    """Verbatim in the report; empty: the sentences of the whole."""
    fields: dict[str, object] = {}


Frame = tuple[float, float, float, float]
"""West, south, east and north of a map, in degrees."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a country or territory, for maps."""

    id: str
    name: str
    rings: tuple[tuple[tuple[float, float, float], ...], ...]
    """Longitude, latitude, and the error in degrees that the line has without the point."""
    bounds: tuple[Frame, ...]
    """Of each ring."""


class Correction(Model):
    """What a person says over the machine; kept in the seed's sidecar."""

    action: Action
    event: str = ""
    """Id of the event it is about."""
    fields: dict[str, object] = {}
    """For `set` and `add`: field of Event -> its value, in the form of the record or a short one."""
    quote: str = ""
    """For `add` what the event rests on, verbatim; else what it rested on, to find it should its id be lost."""
    at: int | None = None
    """For `add`: where the quote begins in the seed's text, when it stands there more than once."""
    report: str = ""
    """For `add`: id of the report, when the seed holds several."""
    others: tuple[str, ...] = ()
    """For `merge` and `merge-actors`: ids that become one with the event or actor."""
    parts: tuple[Part, ...] = ()
    """For `split`: what the event becomes; the first keeps the id."""
    actor: str = ""
    """For `merge-actors` and `split-actor`: id of the actor."""
    becomes: str = ""
    """For `split-actor`: id, or name, of whom it really is."""
    events: tuple[str, ...] = ()
    """For `split-actor`: ids of the events in which it is."""
    why: str = ""
    who: str = ""
    when: Day | None = None


def _web(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or any(c.isspace() for c in address):
        raise ValueError(f"a web address that begins with https:// was expected, not {address!r}")
    return address


def _source_id(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise ValueError(f"the id of a source was expected, in small letters such as `ctp-isw`, not {name!r}")
    return name


class ReportFacts(Model):
    """Facts about one report that its text does not print."""

    title: str | None = None
    publisher: Annotated[str, AfterValidator(_source_id)] | None = None
    """Id in `sources.yml`."""
    authors: tuple[str, ...] = ()
    published: Day | None = None
    address: Annotated[str, AfterValidator(_web)] | None = None
    licence: str | None = None
    language: str | None = None
    text: TextPolicy | None = None


class Sidecar(ReportFacts):
    """`seeds/<seed file>.yml`: facts that the text lacks, and the analysts' corrections."""

    note: str = ""
    reports: dict[str, ReportFacts] = {}
    """Facts of one report of a seed that holds several; key is the report's id."""
    corrections: tuple[Correction, ...] = ()


class Meta(Model):
    """What a file says about its report outside the text, such as a web page's `og:title`; as written there."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Day | None = None
    address: str | None = None
    language: str | None = None
    where: dict[str, str] = {}
    """Field -> where in the file it stands."""
    hints: tuple[str, ...] = ()
    """What may help a person and is too unsure to count, in sentences."""


class Piece(Model):
    """A passage of a text whose container says what it is."""

    span: Span
    kind: BlockKind
    marker: str = ""
    """Of a note: what calls it."""


class Seed(Model):
    """One file of `seeds/`, decoded but never rewritten."""

    name: str
    """File name, e.g. `000_4af97e715c70fb1f.txt`."""
    sha256: str
    """Of the file's bytes, in hex."""
    text: str
    """Of a text file: decoded as UTF-8 with nothing changed; else what its container holds. All spans are into it."""
    outline: tuple[Piece, ...] = ()
    """What the container says about the passages; empty for text, where the signs in it say so."""
    meta: Meta = Meta()
    sidecar: Sidecar = Sidecar()


class Address(Model):
    """A web address as a report prints it."""

    as_printed: str
    url: str
    """What it means once ` dot ` and the like are undone; only http and https."""
    defanged: bool = False
    truncated: bool = False


class Citation(Model):
    """What a report rests a passage on."""

    id: str
    """Unique in the report."""
    marker: str
    """As printed, without brackets: `xii`, `12`, `ISNA, May 22`."""
    reference: str | None = None
    """As printed; None where this copy prints none."""
    urls: tuple[Address, ...] = ()
    outlet: str | None = None
    """Id in `sources.yml`; None where the outlet is not known."""
    outlet_name: str | None = None
    """As printed, where an outlet is named."""
    date: Day | None = None
    title: str | None = None
    language: str | None = None
    """BCP 47 code of the title."""


class Mark(Model):
    """A place in the text where a citation is called."""

    span: Span
    citation: str
    covers: Span | None = None
    """The passage that it vouches for; None means the sentence it stands in or after."""


class Block(Model):
    """A passage of a report, in reading order. Together the blocks hold all its text."""

    span: Span
    kind: BlockKind
    section: str | None = None
    """Heading it stands under."""
    reason: str = ""
    """Why it is left out of the reading, for the kinds that are."""
    day: Day | None = None
    """The day it was written, where that is not the report's (an excerpt's own date)."""
    citation: str | None = None
    """Citation that the whole block rests on (an excerpt's source)."""
    lang: str | None = None
    """BCP 47 code where it is not English."""


class Objective(Model):
    """What a party is said to want, as a report lists it."""

    section: str
    text: str
    span: Span


class Takeaway(Model):
    """One key takeaway."""

    text: str
    span: Span


class Period(Model):
    """First and last day, both in."""

    start: Day
    end: Day


class Report(Model):
    """One report as read from a seed, before anything is extracted."""

    id: str
    """Stable slug: publisher, title, date."""
    seed: str
    sha256: str
    span: Span
    title: str | None
    publisher: str | None
    """Id in `sources.yml`."""
    authors: tuple[str, ...] = ()
    published: Day | None = None
    published_basis: Literal["printed", "sidecar", "file", "inferred", "none"] = "none"
    published_why: str = ""
    """For an inferred date: from which words."""
    period: Period | None = None
    cutoff: str | None = None
    takeaways: tuple[Takeaway, ...] = ()
    objectives: tuple[Objective, ...] = ()
    citations: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    layout: str
    """Name of the reader."""
    notes: tuple[str, ...] = ()
    """How it was read: what was inferred, missing or left out, in sentences."""
    address: str | None = None
    licence: str | None = None
    language: str = "en"
    text: TextPolicy = "full"


class EventDate(Model):
    """When; `start` is None when the text does not tell."""

    start: Day | None
    end: Day | None
    """Inclusive."""
    precision: Precision
    basis: Basis | None
    """What the date rests on; None where there is none."""
    as_written: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> EventDate:
        given = (self.start is not None, self.end is not None, self.precision != "unknown", self.basis is not None)
        if len(set(given)) > 1:
            raise ValueError("start, end, precision and basis were expected together, or none of them")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"an end on or after {self.start} was expected, not {self.end}")
        return self


UNDATED = EventDate(start=None, end=None, precision="unknown", basis=None)


class EventActor(Model):
    """Who, as resolved, and how the text puts it."""

    id: str
    name: str
    """Canonical English name."""
    role: Role
    as_written: str
    known: bool = True
    """False: not yet in the knowledge."""
    title: str | None = None
    """Office or rank as written before the name, for a person not yet in the knowledge."""
    side: str | None = None
    """Id of the actor he or it acts for, where the text or the knowledge tells."""


class EventPlace(Model):
    """Where; coordinates only where the knowledge has them."""

    name: str
    as_written: str
    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "none"


class Evidence(Model):
    """A verbatim passage that states the event."""

    quote: str
    span: Span
    citations: tuple[str, ...] = ()
    """Ids of citations of the report."""


class Event(Model):
    """Something that a report says has happened."""

    id: str
    report: str
    date: EventDate
    type: EventTypeId
    mode: str | None = None
    status: Status = "occurred"
    certainty: Certainty = "stated"
    attributed_to: tuple[str, ...] = ()
    actors: tuple[EventActor, ...] = ()
    theaters: tuple[str, ...] = ()
    places: tuple[EventPlace, ...] = ()
    fatalities: int | None = None
    injuries: int | None = None
    weapons: tuple[str, ...] = ()
    count: int | None = None
    evidence: tuple[Evidence, ...]
    """The first is the best statement, the rest restate the same event."""
    citations: tuple[str, ...] = ()
    """Markers of all evidence, as printed."""
    core: bool = True
    confidence: Confidence = 1.0
    shown: bool = True
    review: Review = "machine"
    rule: str = ""
    """Which trigger and pattern made it, so that a reader can ask why."""
    machine: dict[str, object] | None = None
    """For a corrected event: what the machine had read in the fields that differ; None for one that people added."""


class Assessment(Model):
    """A judgment or forecast, kept apart from events."""

    id: str
    report: str
    quote: str
    span: Span
    term: str
    """Estimative word as written."""
    likelihood: Likelihood | None = None
    """Per cent, after ICD 203; None where the word has no band."""
    who: str
    """`analysts` for the report's own, or the person quoted."""
    theaters: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()


class Corrected(Model):
    """A correction that was applied, as the record keeps it."""

    action: Action
    event: str = ""
    actor: str = ""
    why: str = ""
    who: str = ""
    when: Day | None = None
    machine: tuple[Event, ...] = ()
    """Events as the machine had read them, which are no more."""


class Record(Model):
    """One file of `records/`: a report and all that was read from it."""

    report: Report
    events: tuple[Event, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    """What people said over the machine, in the order in which it was applied."""
