"""Rows of the tables of theaters, actors, reports and sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from briefgen.pages import words
from briefgen.pages.book import Book, Source, others_of
from briefgen.pages.listing import Strip, contested, latest, most_named, reports_in, strip
from briefgen.pages.page import Ref, direction


@dataclass(frozen=True, slots=True)
class TheaterRow:
    """One theater."""

    theater: Ref
    group: str
    covers: str
    events: int
    attacks: int
    contested: int
    strip: Strip
    latest: str
    named: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor."""

    id: str
    actor: Ref
    kind: str
    known: bool
    events: int
    acts: int
    acted_on: int
    strip: Strip
    latest: str


@dataclass(frozen=True, slots=True)
class ForeignTitle:
    """The title of a foreign item that a report quotes."""

    text: str
    lang: str
    dir: str
    where: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report."""

    report: Ref
    when: str
    inferred: bool
    publisher: Ref | None
    events: int
    strip: Strip
    foreign: tuple[ForeignTitle, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source."""

    source: Ref
    known: bool
    kind: str
    citations: int
    events: int
    alone: int
    """Events for which no other source is cited."""
    reports: int
    strip: Strip


def theaters(book: Book) -> tuple[TheaterRow, ...]:
    """Theaters with events, the fullest first; those that only assessments name come last."""
    rows = []
    for id_, entries in book.by_theater.items():
        known = book.knowledge.theaters.get(id_)
        rows.append(
            TheaterRow(
                theater=book.theater(id_),
                group=known.group if known else "Other",
                covers=known.covers if known else "",
                events=len(entries),
                attacks=sum(e.event.type == "ASSAULT" for e in entries),
                contested=len(contested(entries)),
                strip=strip(book.families(entries)),
                latest=latest(entries),
                named=tuple(ref for ref, _ in most_named(entries, book, most=2)),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.events, row.theater.name)))


def actors(book: Book) -> tuple[ActorRow, ...]:
    """All actors with a page, the most active first."""
    rows = []
    for id_, name in book.actors.items():
        entries = book.by_actor.get(id_, ())
        known = book.knowledge.actors.get(id_)
        roles = Counter(a.role for e in entries for a in e.event.actors if a.id == id_)
        rows.append(
            ActorRow(
                id=id_,
                actor=book.actor(id_, name),
                kind=known.kind if known else "",
                known=known is not None,
                events=len(entries),
                acts=roles["source"] + roles["participant"],
                acted_on=roles["target"],
                strip=strip(book.families(entries)),
                latest=latest(entries),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.events, row.actor.name.casefold(), row.actor.target or "")))


def reports(book: Book) -> tuple[ReportRow, ...]:
    """All reports, latest first."""
    rows = []
    for record in book.records:
        report = record.report
        entries = book.by_report.get(report.id, ())
        foreign = [c for c in report.citations if c.title and (c.language or "en") != "en"]
        rows.append(
            ReportRow(
                report=book.report(report),
                when=words.issued(report),
                inferred=report.published_basis == "inferred",
                publisher=book.publisher(report),
                events=len(entries),
                strip=strip(book.families(entries)),
                foreign=tuple(
                    ForeignTitle(
                        c.title or "",
                        c.language or "",
                        direction(c.title or ""),
                        ", ".join(part for part in (c.outlet_name, words.day(c.date) if c.date else "") if part),
                    )
                    for c in foreign[:2]
                ),
            )
        )
    return tuple(rows)


def source_kind(book: Book, source: Source) -> str:
    """What the source is, in words."""
    known = book.knowledge.sources.get(source.key)
    if known is None:
        return "site" if source.key.startswith("site-") else "name as printed"
    return {"official": "official site", "social": "social medium", "ngo": "organization"}.get(
        known.kind, known.kind.replace("-", " ")
    )


def sources(book: Book) -> tuple[SourceRow, ...]:
    """All sources, those that most events rest on first."""
    citations = Counter(c.source.key for c in book.cited.values() if c.source)
    cited_in: dict[str, set[str]] = {}
    for c in book.cited.values():
        if c.source:
            cited_in.setdefault(c.source.key, set()).add(c.report.id)
    rows = [
        SourceRow(
            source=book.source(source),
            known=source.known,
            kind=source_kind(book, source),
            citations=citations[key],
            events=len(book.by_source.get(key, ())),
            alone=sum(not others_of(book, source, e) for e in book.by_source.get(key, ())),
            reports=max(len(cited_in.get(key, ())), reports_in(book.by_source.get(key, ()))),
            strip=strip(book.families(book.by_source.get(key, ()))),
        )
        for key, source in book.sources.items()
    ]
    return tuple(
        sorted(rows, key=lambda row: (-row.events, -row.citations, row.source.name.casefold(), row.source.target or ""))
    )
