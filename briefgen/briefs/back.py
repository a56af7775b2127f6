"""Back matter: what the brief rests on, how it was made, and what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefgen.briefs.brief import Measured, SourceRow, Used
from briefgen.model import Report
from briefgen.pages import tables, words
from briefgen.pages.book import Book, Entry, Judgment, sources_of
from briefgen.pages.listing import contested_sentence, day_of
from briefgen.pages.method import Accuracy
from briefgen.pages.reports import warning

SOURCES = 40


def codes(reports: Iterable[Report]) -> dict[str, str]:
    """Report -> the name it has in this brief: R1, R2, in the order given."""
    return {report.id: f"R{n}" for n, report in enumerate(reports, 1)}


def used(reports: Iterable[Report], codes: Mapping[str, str], book: Book) -> tuple[Used, ...]:
    """The reports with what proves which bytes were read."""
    basis = {
        "inferred": "date inferred from the text",
        "file": "date as the file says outside its text",
        "sidecar": "date added by the editors",
    }
    return tuple(
        Used(
            code=codes[report.id],
            title=book.report(report).name,
            publisher=ref.name if (ref := book.publisher(report)) else "publisher not known",
            when=words.issued(report),
            sha256=report.sha256,
            address=report.address or "",
            licence=report.licence or "",
            remark=". ".join(part for part in (basis.get(report.published_basis, ""), warning(report).rstrip("."))
                             if part),
        )
        for report in reports
    )  # fmt: skip


def sources(entries: Sequence[Entry], book: Book) -> tuple[SourceRow, ...]:
    """The outlets that the events rest on, those that carry most first."""
    rows = []
    for source, n in book.cited_by(entries):
        known = book.knowledge.sources.get(source.key)
        country = book.knowledge.actors.get(known.country or "") if known else None
        described = (known.affiliation or "") if known else "not described: named only as the report prints it"
        if known and known.affiliation and known.affiliation_source:
            described = f"{known.affiliation} ({known.affiliation_source})"
        rows.append(SourceRow(source.name, tables.source_kind(book, source), country.name if country else "",
                              described or "no affiliation recorded", n))  # fmt: skip
    return tuple(rows[:SOURCES])


def unnamed(entries: Sequence[Entry], rows: Sequence[SourceRow], book: Book) -> str:
    """How many of the events name no source, and how many sources found no room."""
    every = {s for e in entries for s in sources_of(book, e)}
    bare = sum(not sources_of(book, e) for e in entries)
    parts = []
    if bare:
        one = bare == 1
        parts.append(f"{words.sentence(words.count(bare, 'event'))} {'rests' if one else 'rest'} on the report’s own "
                     "word, or on a mark that leads to no source in this copy.")  # fmt: skip
    if len(every) > len(rows):
        parts.append(f"{words.sentence(words.number(len(every) - len(rows)))} more sources carry fewer events.")
    return " ".join(parts)


def method(accuracy: Accuracy | None) -> tuple[str, ...]:
    """How the brief was made, in three paragraphs."""
    return (
        "A program read the reports listed above, sentence by sentence, with rules and word lists and without a "
        "language model, and coded what they say has happened: when, where, who did what to whom, and who says so. "
        "Headlines in sans serif are composed from that coding and say nothing that it does not. What stands in "
        "quotation marks is a report’s own text, word for word. An event is what a report says, not what happened.",
        "Certainty is the report’s, not ours. Stated: told as fact by the report. Reported: a third party says so. "
        "Claimed: one side says so. Unconfirmed: the report itself doubts it. Denied: someone named denies it. "
        "Estimative words are quoted; the band of probability beside one is that of ICD 203, and words that the "
        "standard does not list have none.",
        *((f"How well the coding does was measured on {words.count(accuracy.reports, 'report')} of the sample "
           f"({accuracy.events:,} events found by two readers) and on reports that no rule was written against. "
           "The last column is how far the two readers agree with each other.",) if accuracy else ()),
    )  # fmt: skip


def measured(accuracy: Accuracy | None) -> tuple[Measured, ...]:
    """The measured figures, as the method page has them."""
    return tuple(
        Measured(m.name, *(f"{x:.2f}" if x is not None else "–" for x in (m.value, m.unseen, m.ceiling)))
        for m in (accuracy.measures if accuracy else ())
    )


def limits(entries: Sequence[Entry], judged: Sequence[Judgment], reports: Sequence[Report], book: Book,
           more: Iterable[str] = ()) -> tuple[str, ...]:  # fmt: skip
    """What this brief cannot say, in figures of its own."""
    out = list(more)
    if doubt := contested_sentence(entries):
        out.append(f"Of its {words.count(len(entries), 'event')}: {doubt[:1].lower()}{doubt[1:]}")
    if n := sum(e.event.date.start is None for e in entries):
        out.append(f"{words.sentence(words.count(n, 'event'))} {'has' if n == 1 else 'have'} no date in the text.")
    if n := sum(bool(book.twins.get(e.event.id)) for e in entries):
        out.append(f"{words.sentence(words.count(n, 'event'))} may be told by another report as well. None was merged.")
    days = [day for report in reports if (day := day_of(report))]
    if days:
        out.append(f"The newest report read here is of {words.day(max(days), long=True)}; nothing later was read, and "
                   "silence after that day, or between two reports, is not calm.")  # fmt: skip
    bare = sum(j.assessment.likelihood is None for j in judged)
    if bare:
        which = "assessment uses" if bare == 1 else "assessments use"
        out.append(f"{words.sentence(words.number(bare))} {which} words without a band of probability.")
    return tuple(out)
