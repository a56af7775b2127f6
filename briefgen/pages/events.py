"""Events, assessments and footnotes as the lists on the pages print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from briefgen.model import Address, Citation, Evidence, Likelihood, Span
from briefgen.pages import corrected, words
from briefgen.pages.book import Book, Cited, Entry, Judgment
from briefgen.pages.page import Ref, direction
from briefgen.pages.passages import Cite, Quote, Run, label, quote

PAGE = 120
"""Events on one page; more go on to the next."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One event, ready to print."""

    id: str
    anchor: str
    number: int
    headline: str
    date: str
    iso: str
    basis: str
    written: str
    type: str
    word: str
    mode: str
    family: str
    certainty: str
    said: str
    speakers: tuple[Ref, ...]
    acts: tuple[Ref, ...]
    partners: tuple[Ref, ...]
    targets: tuple[Ref, ...]
    places: str
    theaters: tuple[Ref, ...]
    report: Ref
    quote: Quote
    more: tuple[Quote, ...]
    more_label: str
    tallies: tuple[str, ...]
    twins: tuple[Ref, ...]
    ongoing: bool
    background: bool
    reviewed: str
    was: str
    """What the machine had read in fields that people corrected."""
    why: str
    """The reason that they gave."""
    edit: str
    """Address at which it can be corrected."""


@dataclass(frozen=True, slots=True)
class Month:
    """Events under one heading."""

    title: str
    total: int
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class AddressView:
    """A web address as printed; `href` only where it can be followed safely."""

    printed: str
    href: str | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reference: words, a foreign title, or an address."""

    kind: Literal["words", "title", "address"]
    text: str
    address: AddressView | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """The footnote of one citation."""

    label: str
    marker: str
    pieces: tuple[Piece, ...]
    lang: str
    """Of a foreign title."""
    dir: str
    source: Ref | None
    report: Ref
    missing: bool


@dataclass(frozen=True, slots=True)
class JudgmentView:
    """One assessment, ready to print."""

    id: str
    anchor: str
    number: int
    term: str
    banded: bool
    low: int
    width: int
    figures: str
    quote: Quote
    who: str
    theaters: tuple[Ref, ...]
    report: Ref
    issued: str
    target: str


def view(entry: Entry, book: Book) -> EventView:
    """The event as it is printed in lists."""
    event, report = entry.event, entry.report
    known = {c.id: c for c in report.citations}
    quotes = [quote(evidence, report, known) for evidence in event.evidence]
    roles: dict[str, list[Ref]] = {"source": [], "participant": [], "target": []}
    for actor in event.actors:
        ref = book.actor(actor.id, actor.name, actor.title or "")
        if ref not in roles[actor.role]:
            roles[actor.role].append(ref)
    acts, partners = roles["source"], roles["participant"]
    if not acts:
        acts, partners = partners, []
    return EventView(
        id=event.id,
        anchor=f"e-{event.id}",
        number=entry.number,
        headline=words.finding(event),
        date=words.date(event.date),
        iso=event.date.start.isoformat() if event.date.start and event.date.precision == "day" else "",
        basis=words.BASIS[event.date.basis],
        written=f"as written: “{event.date.as_written}”" if event.date.as_written else "",
        type=event.type,
        word=event.type.capitalize(),
        mode=(event.mode or "").replace("-", " "),
        family=book.family(event),
        certainty=event.certainty,
        said=words.SAID[event.certainty],
        speakers=tuple(dict.fromkeys(book.speaker(name) for name in event.attributed_to)),
        acts=tuple(acts),
        partners=tuple(partners),
        targets=tuple(roles["target"]),
        places=", ".join(dict.fromkeys(place.name for place in event.places)),
        theaters=tuple(book.theater(id_) for id_ in event.theaters),
        report=Ref(book.report(report).name, f"event:{event.id}" if entry.number else f"report:{report.id}"),
        quote=quotes[0],
        more=tuple(quotes[1:]),
        more_label=f"{len(quotes) - 1} more sentence{'' if len(quotes) == 2 else 's'} on this event",
        tallies=_tallies(entry),
        twins=tuple(Ref(f"{words.date(t.event.date)}, {book.report(t.report).name}", f"event:{t.event.id}")
                    for t in book.twins.get(event.id, ())),
        ongoing=event.status == "ongoing",
        background=not event.core,
        reviewed=corrected.reviewed(event),
        was=" · ".join(corrected.was(event)),
        why=next((done.why for done in reversed(book.corrections.get(event.id, ())) if done.why), ""),
        edit=book.editors.get(report.seed, ""),
    )  # fmt: skip


def _tallies(entry: Entry) -> tuple[str, ...]:
    event = entry.event
    pairs = ((event.fatalities, "killed"), (event.injuries, "injured"))
    return tuple(f"{n:,} {word}" for n, word in pairs if n is not None)


def months(entries: Sequence[Entry], book: Book, total: Sequence[Entry] | None = None) -> tuple[Month, ...]:
    """The entries, which are latest first, under their months; counts are of `total`."""
    counts: dict[str, int] = {}
    for entry in total if total is not None else entries:
        counts[_month(entry)] = counts.get(_month(entry), 0) + 1
    return tuple(
        Month(title, counts[title], tuple(view(entry, book) for entry in group))
        for title, group in groupby(entries, key=_month)
    )


def _month(entry: Entry) -> str:
    when = entry.event.date
    if when.start is None:
        return "Undated"
    return words.month(when.start) if entry.of_one_month else words.months(when.start.year)


def pages_of(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    """The entries in portions of a page; at least one portion, which may be empty."""
    return [entries[at : at + PAGE] for at in range(0, len(entries), PAGE)] or [()]


def judgment(item: Judgment, book: Book) -> JudgmentView:
    """The assessment as it is printed in lists, its estimative word marked."""
    assessment, report = item.assessment, item.report
    known = {c.id: c for c in report.citations}
    body = quote(Evidence(quote=assessment.quote, span=assessment.span, citations=assessment.citations), report, known)
    band: Likelihood = assessment.likelihood or (0, 0)
    return JudgmentView(
        id=assessment.id,
        anchor=f"a-{assessment.id}",
        number=item.number,
        term=assessment.term,
        banded=assessment.likelihood is not None,
        low=band[0],
        width=band[1] - band[0],
        figures=f"{band[0]}–{band[1]} %" if assessment.likelihood else "",
        quote=Quote(_marked(body.runs, assessment.term), body.after, body.dir),
        who="the report’s analysts" if assessment.who == "analysts" else book.speaker(assessment.who).name,
        theaters=tuple(book.theater(id_) for id_ in assessment.theaters),
        report=book.report(report),
        issued=words.issued(report),
        target=f"assessment:{assessment.id}",
    )


def _marked(runs: Iterable[Run], term: str) -> tuple[Run, ...]:
    """The runs with the first whole-word occurrence of `term` set apart."""
    out: list[Run] = []
    pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE) if term else None
    for run in runs:
        hit = pattern.search(run.text) if pattern and run.kind == "words" else None
        if run.kind != "words" or hit is None:
            out.append(run)
            continue
        before, inside, after = run.text[: hit.start()], hit.group(), run.text[hit.end() :]
        out.extend(type(run)(text, css) for text, css in ((before, ""), (inside, "term"), (after, "")) if text)
        pattern = None
    return tuple(out)


def notes(book: Book, cites: Iterable[Run]) -> tuple[Note, ...]:
    """A footnote for every mark among the runs, in the order of their first call."""
    wanted = dict.fromkeys(run.label for run in cites if isinstance(run, Cite) and run.label)
    return tuple(note(book, book.footnotes[name]) for name in wanted)


def note(book: Book, cited: Cited) -> Note:
    """The footnote of a citation: its reference as printed, its source, its report."""
    citation, report = cited.citation, cited.report
    return Note(
        label=label(report.id, citation.id),
        marker=citation.marker,
        pieces=_pieces(citation),
        lang=citation.language or "",
        dir=direction(citation.title or ""),
        source=book.source(cited.source) if cited.source else book.publisher(report),
        report=book.report(report),
        missing=not citation.reference and not citation.urls and cited.source is None,
    )


def _pieces(citation: Citation) -> tuple[Piece, ...]:
    """The reference as printed, its foreign title and its addresses in their place, else after it."""
    reference = citation.reference or ""
    wanted = [Piece("address", address.as_printed, _address(address)) for address in citation.urls]
    if citation.title and (citation.language or "en") != "en":
        wanted.insert(0, Piece("title", citation.title))
    found: list[tuple[int, Piece]] = []
    after: list[Piece] = []
    taken: list[Span] = []
    for piece in sorted(wanted, key=lambda p: -len(p.text)):
        at = reference.find(piece.text)
        while at >= 0 and any(start < at + len(piece.text) and at < end for start, end in taken):
            at = reference.find(piece.text, at + 1)
        if at < 0:
            after.append(piece)
        else:
            found.append((at, piece))
            taken.append((at, at + len(piece.text)))
    pieces: list[Piece] = []
    end = 0
    for at, piece in sorted(found, key=lambda item: item[0]):
        pieces += [Piece("words", reference[end:at]), piece]
        end = at + len(piece.text)
    pieces.append(Piece("words", reference[end:]))
    for piece in (piece for piece in wanted if piece in after):
        pieces += [Piece("words", " "), piece]
    return tuple(piece for piece in pieces if piece.text)


def _address(address: Address) -> AddressView:
    marks = [word for word, true in (("defanged", address.defanged), ("cut short", address.truncated)) if true]
    web = address.url.startswith(("https://", "http://"))
    return AddressView(address.as_printed, address.url if web and not marks else None, tuple(marks))


def runs_of(months: Iterable[Month]) -> list[Run]:
    """All runs of the events' quotations, for `notes`."""
    return quoted(q for m in months for event in m.events for q in (event.quote, *event.more))


def quoted(quotes: Iterable[Quote]) -> list[Run]:
    """All runs of the quotations, for `notes`."""
    return [run for q in quotes for run in (*q.runs, *q.after)]
