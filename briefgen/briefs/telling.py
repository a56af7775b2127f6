"""Events and assessments of the pages, as the parts of a brief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefgen.briefs.brief import Group, Judged, Passage, Point, Row, Run, Told, Words
from briefgen.briefs.kinds import Grouped
from briefgen.briefs.notes import Notes
from briefgen.model import Evidence, Report, Takeaway
from briefgen.pages import events as listed
from briefgen.pages import words
from briefgen.pages.book import Book, Entry, Judgment
from briefgen.pages.page import Ref
from briefgen.pages.passages import Cite, Quote, quote

LONG = 1400
"""Letters in a passage that may break over two pages."""
NAMED = 3
CITED = 3
"""A takeaway carries the citations of so many events; the others stand with the events themselves."""


class Teller:
    """Puts events and assessments of one brief into print; `codes` are its names for the reports."""

    def __init__(self, book: Book, codes: Mapping[str, str], numbers: Mapping[str, int]) -> None:
        self.book, self.codes, self.numbers = book, codes, numbers
        self.notes = Notes(book, codes)

    def passage(self, quote: Quote, lang: str) -> Passage:
        """A quotation with its marks as calls of footnotes."""
        runs: list[Run] = []
        for run in quote.runs:
            if isinstance(run, Cite):
                runs += self.notes.calls([run.label] if run.label else [])
            elif run.kind == "words":
                runs.append(Words(run.text, run.css == "term"))
        after = self.notes.calls(cite.label for cite in quote.after if cite.label)
        letters = sum(len(run.text) for run in runs if isinstance(run, Words))
        return Passage(tuple(runs), after, lang, quote.dir, letters > LONG)

    def groups(self, grouped: Iterable[Grouped]) -> tuple[Group, ...]:
        """The events under their headings."""
        return tuple(Group(g.title, tuple(self.told(e, g.theater) for e in g.entries)) for g in grouped)

    def told(self, entry: Entry, under: str) -> Told:
        """One event in full; `under` is the theater that need not be named again."""
        view, event = listed.view(entry, self.book), entry.event
        self.notes.start()
        verbatim = self.passage(view.quote, entry.report.language)
        more = tuple(self.passage(q, entry.report.language) for q in view.more)
        number = self.numbers[event.id]
        self.notes.end(event.id, number)
        others = [t.name for t, id_ in zip(view.theaters, event.theaters, strict=True) if id_ != under]
        remarks = [view.places, *view.tallies]
        remarks += ["ongoing"] if view.ongoing else []
        remarks += [("also " if under else "") + "; ".join(others)] if others else []
        remarks += ["told as background"] if view.background else []
        remarks += [view.reviewed] if view.reviewed else []
        cites = (run for q in (view.quote, *view.more) for run in (*q.runs, *q.after) if isinstance(run, Cite))
        remarks += [] if any(cite.label for cite in cites) else ["the report cites nothing here"]
        return Told(
            id=event.id,
            number=number,
            headline=view.headline,
            date=view.date,
            basis=view.basis,
            type=view.type,
            word=" ".join(part for part in (view.word, f"({view.mode})" if view.mode else "") if part),
            family=view.family,
            certainty=view.certainty,
            said=_said(view.said, view.speakers),
            remarks=tuple(remark for remark in remarks if remark),
            report=self.codes[entry.report.id],
            quote=verbatim,
            more=more,
            twins=tuple(t.event.id for t in self.book.twins.get(event.id, ()) if t.event.id in self.numbers),
        )

    def judged(self, item: Judgment, *, where: bool) -> Judged:
        """One assessment; `where` says whether its theaters are named."""
        view = listed.judgment(item, self.book)
        self.notes.start()
        return Judged(
            term=view.term,
            banded=view.banded,
            low=view.low,
            width=view.width,
            figures=view.figures,
            quote=self.passage(view.quote, item.report.language),
            who=view.who,
            report=self.codes[item.report.id],
            theaters="; ".join(t.name for t in view.theaters) if where else "",
        )

    def takeaway(self, takeaway: Takeaway, report: Report, entries: Iterable[Entry]) -> Point:
        """A key takeaway in the report's own words, with the citations of the events that it tells."""
        self.notes.start()
        told = [e.event for e in entries if e.tells(takeaway.span)]
        cites = dict.fromkeys(c for event in told[:CITED] for x in event.evidence for c in x.citations)
        evidence = Evidence(quote=takeaway.text, span=takeaway.span, citations=tuple(cites))
        verbatim = quote(evidence, report, {c.id: c for c in report.citations})
        return Point("", "", "", self.passage(verbatim, report.language), self.codes[report.id])

    def point(self, entry: Entry) -> Point:
        """A main event: what was coded, and the sentence that it rests on."""
        view = listed.view(entry, self.book)
        self.notes.start()
        return Point(view.date, view.headline, view.certainty, self.passage(view.quote, entry.report.language),
                     self.codes[entry.report.id])  # fmt: skip

    def rows(self, entries: Iterable[Entry]) -> tuple[Row, ...]:
        """The events as rows of the table."""
        return tuple(
            Row(
                id=e.event.id,
                number=self.numbers[e.event.id],
                date=words.date(e.event.date),
                word=e.event.type.capitalize(),
                type=e.event.type,
                family=self.book.family(e.event),
                certainty=e.event.certainty,
                headline=words.finding(e.event),
                place=", ".join(dict.fromkeys(place.name for place in e.event.places)),
                report=self.codes[e.report.id],
            )
            for e in entries
        )


def _said(said: str, speakers: Sequence[Ref]) -> str:
    return f"{said} {words.few([s.name for s in speakers], NAMED)}" if speakers else ""
