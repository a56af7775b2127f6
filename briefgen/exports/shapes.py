"""What is published of reports, actors and sources; JSON Schemas are made from these."""

from __future__ import annotations

from briefgen.knowledge.schema import ActorKind
from briefgen.model import Assessment, Citation, Day, Event, Model, Objective, Period, Span, Takeaway, TextPolicy


class SeedFile(Model):
    """A seed that reports were read from."""

    name: str
    sha256: str


class Origin(Model):
    """What the data were generated from."""

    briefgen: str
    """Version of the program."""
    seeds: tuple[SeedFile, ...]


class PublishedReport(Model):
    """A report as published: the record's, without the structure of its text."""

    id: str
    seed: str
    sha256: str
    span: Span
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: Day | None
    published_basis: str
    published_why: str
    period: Period | None
    cutoff: str | None
    takeaways: tuple[Takeaway, ...]
    objectives: tuple[Objective, ...]
    citations: tuple[Citation, ...]
    layout: str
    notes: tuple[str, ...]
    address: str | None
    licence: str | None
    language: str
    text: TextPolicy


class PublishedActor(Model):
    """An actor of at least one event."""

    id: str
    name: str
    kind: ActorKind | None
    """None for an actor that is not yet in the knowledge."""
    known: bool
    aliases: tuple[str, ...]
    spellings: tuple[str, ...]
    """As the reports write it."""
    titles: tuple[str, ...]
    """Offices and ranks as the reports write them before the name."""
    side: str | None
    part_of: tuple[str, ...]
    theaters: tuple[str, ...]
    about: str
    events: int
    """Events that name it, those in the review lane not counted."""


class PublishedSource(Model):
    """A publisher of reports, or an outlet that they cite."""

    id: str
    name: str
    kind: str
    country: str | None
    language: str | None
    affiliation: str | None
    affiliation_source: str | None
    domains: tuple[str, ...]
    reports: int
    """Reports it published."""
    citations: int
    """Citations of it."""
    events: int
    """Events with a citation of it, those in the review lane not counted."""


class Document(Model):
    """`events.json`, and the same of one theater or actor."""

    generated_from: Origin
    reports: tuple[PublishedReport, ...]
    events: tuple[Event, ...]
    assessments: tuple[Assessment, ...]
    actors: tuple[PublishedActor, ...]
    sources: tuple[PublishedSource, ...]
