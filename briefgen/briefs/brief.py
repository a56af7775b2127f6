"""What a brief on paper is: the parts that `templates/print/brief.typ` sets, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefgen.model import Day
from briefgen.pages.page import file_stem

Kind = Literal["theater", "actor", "report", "period"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Which brief is wanted. A period may be narrowed to theaters and actors; the other kinds name one thing."""

    kind: Kind
    id: str = ""
    start: Day | None = None
    end: Day | None = None
    """Inclusive."""
    theaters: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where the brief goes, under the folder of all briefs."""
        stem = self.id
        if self.kind == "period":
            days = [day.isoformat() for day in (self.start, self.end) if day]
            stem = "-".join(["-to-".join(dict.fromkeys(days)), *self.theaters, *self.actors])
        return f"{self.kind}/{file_stem(stem)}.pdf"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report; `term` where they are the estimative word."""

    text: str
    term: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Where a footnote is called: its place among the notes, from 0."""

    note: int


Run = Words | Call


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim passage; the calls after the closing quotation mark come last."""

    runs: tuple[Run, ...]
    after: tuple[Call, ...]
    lang: str
    dir: str
    long: bool
    """Too long to be kept on one page."""


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the bottom line up front: a finding with the sentence that it rests on, or a report's own words."""

    date: str
    finding: str
    """What was coded; empty where the quotation is a takeaway of the report."""
    certainty: str
    quote: Passage
    report: str


@dataclass(frozen=True, slots=True)
class Told:
    """One event in full."""

    id: str
    number: int
    headline: str
    date: str
    basis: str
    type: str
    word: str
    family: str
    certainty: str
    said: str
    """By whom, in words: `citing Daily Blue`."""
    remarks: tuple[str, ...]
    """Place, tolls, other theaters, and the like, in small print."""
    report: str
    quote: Passage
    more: tuple[Passage, ...]
    twins: tuple[str, ...]
    """Ids of events in this brief that may be the same act."""


@dataclass(frozen=True, slots=True)
class Group:
    """Events under one heading."""

    title: str
    events: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One assessment."""

    term: str
    banded: bool
    low: int
    width: int
    figures: str
    quote: Passage
    who: str
    report: str
    theaters: str


@dataclass(frozen=True, slots=True)
class Row:
    """One event in the table of all."""

    id: str
    number: int
    date: str
    word: str
    type: str
    family: str
    certainty: str
    headline: str
    place: str
    report: str


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a chart's legend."""

    family: str
    label: str
    fill: str
    """`spot` or `area` on a map, where filled and hollow say how exact a place is; else empty."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of the site as a drawing that stands alone."""

    svg: str
    finding: str
    deck: str
    source: str
    alt: str
    legend: tuple[Key, ...]
    wide: bool
    """Whether it takes the whole width of the page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a reference: words, a foreign title, or an address (`href` where it can be followed)."""

    kind: Literal["words", "title", "address"]
    text: str
    lang: str = ""
    dir: str = "ltr"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the citation in full, or in short form with the note that has it in full."""

    full: int
    """Place of the note that has it in full; its own where this is the one."""
    report: str
    """Code of the report that prints it."""
    marker: str
    outlet: str
    """The source's name, where the reference does not begin with it."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words, as the gate looks for them."""
        return " ".join(part for part in (self.outlet, "".join(p.text for p in self.pieces)) if part)


@dataclass(frozen=True, slots=True)
class Further:
    """Citations of one event beyond those that fit at the foot of a page."""

    event: str
    number: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One outlet that the brief rests on."""

    name: str
    kind: str
    country: str
    described: str
    """Ownership or affiliation as the knowledge has it, with whom that rests on."""
    events: int


@dataclass(frozen=True, slots=True)
class Used:
    """One report that the brief rests on."""

    code: str
    title: str
    publisher: str
    when: str
    sha256: str
    address: str
    licence: str
    remark: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name."""

    name: str
    value: str
    remark: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured figure of the extraction."""

    name: str
    value: str
    unseen: str
    ceiling: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief."""

    path: str
    lang: str
    kick: str
    title: str
    short: str
    """The title, cut for the running header."""
    standfirst: str
    period: str
    cutoff: str
    cutoff_remark: str
    day: tuple[int, int, int]
    """The newest day in it, which the file is dated by, so that its bytes do not depend on the clock."""
    facts: tuple[Fact, ...]
    warning: str
    bottom_deck: str
    bottom: tuple[Point, ...]
    key_deck: str
    key: tuple[Judged, ...]
    situation_deck: str
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    assessments: tuple[Judged, ...]
    notes: tuple[Note, ...]
    further: tuple[Further, ...]
    sources: tuple[SourceRow, ...]
    unnamed: str
    reports: tuple[Used, ...]
    method: tuple[str, ...]
    limits: tuple[str, ...]
    measured: tuple[Measured, ...]
    marks: dict[str, str]
    """Name of a glyph -> its drawing."""
