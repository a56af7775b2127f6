"""The index of sources, and a page for each outlet that a report cites or that publishes one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from briefgen.pages import tables, words
from briefgen.pages.book import Book, Cited, Entry, Source, others_of
from briefgen.pages.events import Note, note
from briefgen.pages.listing import Fact, Listing, continued, latest, listing, reports_in, toc
from briefgen.pages.page import Page, Ref, Target, file_stem
from briefgen.pages.passages import label
from briefgen.pages.theaters import Counted

MARKS = 200
NAMED = 12


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One citation of this source, and what rests on it."""

    note: Note
    anchor: str
    events: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """View of a source's page."""

    title: str
    kick: str
    known: bool
    standfirst: str
    facts: tuple[Fact, ...]
    affiliation: str
    affiliation_source: str
    country: Ref | None
    actor: Ref | None
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    beside: tuple[Counted, ...]
    """Other sources of the same events, in the same report or in one that may tell the same act."""
    publishes: tuple[tables.ReportRow, ...]
    marks: tuple[MarkRow, ...]
    marks_left: int
    listing: Listing


@dataclass(frozen=True, slots=True)
class Index:
    """View of the index of sources."""

    title: str
    standfirst: str
    publishers: tuple[tables.SourceRow, ...]
    rows: tuple[tables.SourceRow, ...]
    unnamed: str


def pages(book: Book) -> list[Page]:
    """The index first, then the sources by key."""
    out = [_index(book)]
    for _, source in sorted(book.sources.items()):
        entries = book.by_source.get(source.key, ())
        first = _source(source, entries, book)
        out += [first, *continued(entries, book, first, "Source")]
    return out


def _index(book: Book) -> Page:
    publishers = {r.report.publisher for r in book.records}
    rows = tables.sources(book)
    cited = tuple(row for row in rows if row.citations)
    bare = sum(1 for c in book.cited.values() if c.source is None)
    view = Index(
        title="Sources",
        standfirst=f"{words.sentence(words.count(len(cited), 'source'))} cited in "
        f"{words.count(len(book.records), 'report')}. Each page says what rests on the source, and what of it "
        "rests on nothing else."
        if cited
        else "",
        publishers=tuple(row for row in rows if (row.source.target or "").removeprefix("source:") in publishers),
        rows=cited,
        unnamed=f"{words.sentence(words.count(bare, 'citation'))} {'names' if bare == 1 else 'name'} no source in the "
        "copy that was read: the mark is printed, the reference is not."
        if bare
        else "",
    )
    return Page("sources/index.md", "sources", "Sources", "Sources", view, (Target("page:sources/index"),))


def _source(source: Source, entries: tuple[Entry, ...], book: Book) -> Page:
    known = book.knowledge.sources.get(source.key)
    cited = [c for c in book.cited.values() if c.source and c.source.key == source.key]
    published = tuple(
        row
        for row, record in zip(tables.reports(book), book.records, strict=True)
        if record.report.publisher == source.key
    )
    others = [others_of(book, source, e) for e in entries]
    alone = sum(not found for found in others)
    beside = Counter(other for found in others for other in found)
    marks = _marks(cited, entries, book)
    stem = f"sources/{file_stem(source.key)}"
    dates = sorted(c.citation.date for c in cited if c.citation.date)
    country = book.knowledge.actors.get(known.country or "") if known else None
    actor = book.knowledge.actors.get(known.actor or "") if known else None
    view = SourcePage(
        title=source.name,
        kick=f"Source · {tables.source_kind(book, source)}",
        known=source.known,
        standfirst=_standfirst(entries, cited, alone, len(published)),
        facts=(
            Fact("Events that rest on it", f"{len(entries):,}"),
            Fact("On it alone", f"{alone:,}"),
            Fact("With another source", f"{len(entries) - alone:,}"),
            Fact("Citations", f"{len(cited):,}"),
            Fact("Reports that cite it", f"{len({c.report.id for c in cited}):,}"),
            Fact("Citations dated", words.days(dates[0], dates[-1]) if dates else "–"),
            Fact("Latest event", latest(entries)),
        ),
        affiliation=known.affiliation or "" if known else "",
        affiliation_source=known.affiliation_source or "" if known else "",
        country=book.actor(country.id, country.name) if country else None,
        actor=book.actor(actor.id, actor.name) if actor else None,
        aliases=tuple(a for a in known.aliases if a != source.name) if known else (),
        domains=known.domains if known else (),
        beside=tuple(
            Counted(book.source(s), n) for s, n in sorted(beside.items(), key=lambda i: (-i[1], i[0].name))[:NAMED]
        ),
        publishes=published,
        marks=marks[:MARKS],
        marks_left=max(len(marks) - MARKS, 0),
        listing=listing(entries, book, stem, ask=(("source", source.key),)),
    )
    contents = toc(
        ("about", "What it is", True),
        ("reports", "Reports it published", published),
        ("beside", "Cited together with", beside),
        ("marks", "Citations as printed", marks),
        ("events", "Events", entries),
    )
    crumbs = (Ref("Briefing", "page:index"), Ref("Sources", "page:sources/index"))
    targets = (Target(f"source:{source.key}"), Target(f"page:{stem}"))
    return Page(f"{stem}.md", "source", source.name, "Sources", view, targets, crumbs, contents, view.standfirst)


def _standfirst(entries: tuple[Entry, ...], cited: list[Cited], alone: int, published: int) -> str:
    parts = []
    if published:
        parts.append(f"Publisher of {words.count(published, 'report')} read here.")
    if entries:
        many, rest = words.count(len(entries), "event"), "rests" if len(entries) == 1 else "rest"
        resting = {(e.report.id, id_) for e in entries for x in e.event.evidence for id_ in x.citations}
        bearing = sum((c.report.id, c.citation.id) in resting for c in cited)
        parts.append(
            f"{words.sentence(many)} {rest} on {words.count(bearing, 'citation')} of it in "
            f"{words.count(reports_in(entries), 'report')}."
        )
        if len(entries) > 1:
            parts.append(
                "No other source is cited for any of them."
                if alone == len(entries)
                else f"For {words.number(alone)} of them no other source is cited."
                if alone
                else "Each is cited with another source as well."
            )
        else:
            parts.append("No other source is cited for it." if alone else "Another source is cited for it as well.")
    elif cited:
        parts.append(f"{words.sentence(words.count(len(cited), 'citation'))}, but no event on these pages rests on it.")
    return " ".join(parts)


def _marks(cited: list[Cited], entries: tuple[Entry, ...], book: Book) -> tuple[MarkRow, ...]:
    resting: Counter[str] = Counter()
    events: dict[str, list[Ref]] = {}
    for entry in sorted(entries, key=lambda e: (e.report.id, e.number)):
        for id_ in dict.fromkeys(c for x in entry.event.evidence for c in x.citations):
            name = label(entry.report.id, id_)
            resting[name] += 1
            events.setdefault(name, []).append(
                Ref(f"{entry.event.type.capitalize()} {entry.number}", f"event:{entry.event.id}")
            )
    rows = []
    for item in cited:
        name = label(item.report.id, item.citation.id)
        rows.append(MarkRow(note(book, item), f"m-{name}", tuple(events.get(name, ())[:12])))
    return tuple(sorted(rows, key=lambda r: (-resting[r.note.label], r.note.report.name, r.note.label)))
