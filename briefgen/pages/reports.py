"""The index of reports, and a page for each: its text with what was read from it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.model import Block, Objective, Record, Report
from briefgen.pages import tables, words
from briefgen.pages.book import Book, Entry, Judgment, Paper
from briefgen.pages.events import Note, note, notes
from briefgen.pages.listing import Fact, toc
from briefgen.pages.margin import Beside, Margin, margin
from briefgen.pages.page import Page, Ref, Target, direction, file_stem, slug
from briefgen.pages.passages import Cite, Run, Words, cut, label

BOOST = 3
"""Weight in the search: that of an actor with a few events, so that a title leads to its report."""
_QUIET = frozenset({"boilerplate", "byline", "caption", "pull-quote", "reference", "source-line"})
_WHY = {
    "boilerplate": "Kept, not read for events: not part of the report",
    "byline": "Kept, not read for events: byline",
    "caption": "Kept, not read for events: caption",
    "pull-quote": "Kept, not read for events: a quotation lifted from the text",
    "reference": "Kept, not read for events: reference",
    "objective": "Kept, not read for events: an objective",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the report, and the notes beside it."""

    css: str
    heading: str
    anchor: str
    runs: tuple[Run, ...]
    why: str
    lang: str
    dir: str
    beside: Beside
    again: str
    """How the numbers of the events told here again are introduced."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """View of a report's page."""

    title: str
    printed: bool
    publisher: Ref | None
    standfirst: str
    facts: tuple[Fact, ...]
    paper: Paper | None
    excerpts: str
    warning: str
    sections: tuple[Ref, ...]
    passages: tuple[Passage, ...]
    aims: tuple[Objective, ...]
    uncalled: tuple[Note, ...]
    reading: tuple[tuple[str, tuple[str, ...]], ...]
    """How this was read: a heading and its sentences."""
    address: str
    licence: str
    notes: tuple[Note, ...]
    data: str


@dataclass(frozen=True, slots=True)
class Index:
    """View of the index of reports."""

    title: str
    standfirst: str
    rows: tuple[tables.ReportRow, ...]


def pages(book: Book) -> list[Page]:
    """The index first, then the reports, latest first."""
    many = words.sentence(words.count(len(book.records), "report"))
    index = Index(
        title="Reports",
        standfirst=f"{many}, latest first, with the number of events read from each." if book.records else "",
        rows=tables.reports(book),
    )
    first = Page("reports/index.md", "reports", "Reports", "Reports", index, (Target("page:reports/index"),))
    return [first, *(_report(record, book) for record in book.records)]


def _report(record: Record, book: Book) -> Page:
    report = record.report
    entries = book.by_report.get(report.id, ())
    judged = book.judged_by(report)
    beside = margin(entries, judged, book)
    text = book.texts.get(report.seed)
    passages = _whole(report, text, beside) if report.text == "full" and text is not None else _excerpts(report, beside)
    runs = [run for passage in passages for run in passage.runs]
    called = {run.label for run in runs if isinstance(run, Cite)}
    title = book.report(report).name
    ref = book.publisher(report)
    shown = ReportPage(
        title=title,
        printed=report.title is not None,
        publisher=ref,
        standfirst="The whole text as it was read; what was made of it stands in the margin."
        if report.text == "full"
        else "The passages that carry what was read from it; the events and assessments stand beside them.",
        facts=facts(report, entries, judged),
        paper=book.paper("report", report.id),
        excerpts=""
        if report.text == "full"
        else "Only the passages that events and assessments rest on are shown, because the text may not be "
        "republished whole. Follow the address of the original for the rest.",
        warning=warning(report),
        sections=_sections(passages),
        passages=passages,
        aims=report.objectives,
        uncalled=tuple(
            note(book, book.cited[report.id, c.id]) for c in report.citations if label(report.id, c.id) not in called
        ),
        reading=_reading(record, passages, entries),
        address=report.address or "",
        licence=report.licence or "",
        notes=notes(book, runs),
        data=report.id,
    )
    stem = f"reports/{file_stem(report.id)}"
    targets = [Target(f"report:{report.id}"), Target(f"page:{stem}")]
    targets += [Target(f"event:{e.event.id}", f"e-{e.event.id}") for e in entries]
    targets += [Target(f"assessment:{j.assessment.id}", f"a-{j.assessment.id}") for j in judged]
    crumbs = (Ref("Briefing", "page:index"), Ref("Reports", "page:reports/index"))
    description = f"{title}: {words.count(len(entries), 'event')} and {words.count(len(judged), 'assessment')}."
    return Page(f"{stem}.md", "report", title, "Reports", shown, tuple(targets), crumbs, toc(), description, BOOST)


def _whole(report: Report, text: str, margin: Margin) -> tuple[Passage, ...]:
    """All blocks, and a passage for what is told where no block is."""
    blocks = sorted(report.blocks or (Block(span=report.span, kind="paragraph"),), key=lambda b: b.span)
    starts = [b.span[0] for b in blocks]
    told = [e.event.evidence[0].span for _, e in margin.first] + [j.assessment.span for _, j in margin.judged]
    for span in dict.fromkeys(told):
        at = bisect_right(starts, span[0]) - 1
        if at < 0 or span[0] >= blocks[at].span[1]:
            blocks.insert(at + 1, Block(span=span, kind="paragraph"))
            starts.insert(at + 1, span[0])
    whole = [_passage(block, text, report, margin, n) for n, block in enumerate(blocks)]
    title = _bare(report.title or "")
    return tuple(p for p in whole if not p.heading or _bare(p.heading) != title)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _sections(passages: Sequence[Passage]) -> tuple[Ref, ...]:
    """The headings that tell the sections apart: those that stand once, and only if there are two."""
    names = [p.heading.rstrip(": ") for p in passages]
    found = [
        Ref(name, f"#{p.anchor}") for name, p in zip(names, passages, strict=True) if name and names.count(name) == 1
    ]
    return tuple(found) if len(found) > 1 else ()


def _passage(block: Block, text: str, report: Report, margin: Margin, n: int) -> Passage:
    start, end = block.span
    words_ = text[start:end]
    runs = cut(words_, start, report, margin.inside(block.span))
    beside = margin.beside(block.span)
    if block.citation and label(report.id, block.citation) not in {r.label for r in runs if isinstance(r, Cite)}:
        known = {c.id: c for c in report.citations}
        if block.citation in known:
            runs = (*runs, Cite(known[block.citation].marker, label(report.id, block.citation)))
    plain = all(isinstance(run, Words) and not run.css for run in runs)
    heading = " ".join(words_.split()) if block.kind == "heading" and plain else ""
    css = {"bullet": "bul", "takeaway": "bul", "excerpt": "exc", "objective": "bul", "heading": "hd"}.get(
        block.kind, ""
    )
    quiet = block.kind in _QUIET or (block.kind == "objective")
    why = f"Kept, not read for events: {block.reason}" if block.reason else _WHY.get(block.kind, "")
    summing = block.kind == "takeaway"
    return Passage(
        css=f"{css} boil".strip() if quiet else css,
        heading=heading,
        anchor=f"p{n}-{slug(heading)[:40].strip('-')}" if heading else "",
        runs=runs,
        why=why if quiet else "Sums up no single event" if summing and not (beside.events or beside.again) else "",
        lang=block.lang or "",
        dir=direction(words_),
        beside=beside,
        again="Sums up" if summing else "Tells again",
    )


def _excerpts(report: Report, margin: Margin) -> tuple[Passage, ...]:
    """Only the passages that something rests on, in the order of the text, overlapping ones joined."""
    events = {e.event.id: e.event for _, e in margin.first}
    quotes = [(x.span, x.quote) for event in events.values() for x in event.evidence]
    quotes += [(j.assessment.span, j.assessment.quote) for _, j in margin.judged]
    joined: list[tuple[int, str]] = []
    for (start, end), text in sorted(quotes, key=lambda q: (q[0][0], -q[0][1])):
        if joined and start < joined[-1][0] + len(joined[-1][1]):
            at, before = joined[-1]
            joined[-1] = (at, before + text[max(at + len(before) - start, 0) :] if end > at + len(before) else before)
        else:
            joined.append((start, text))
    passages = []
    for start, text in joined:
        span = (start, start + len(text))
        runs = cut(text, start, report, margin.inside(span))
        passages.append(Passage("", "", "", runs, "", "", direction(text), margin.beside(span), "Tells again"))
    return tuple(passages)


def facts(report: Report, entries: Sequence[Entry], judged: Sequence[Judgment]) -> tuple[Fact, ...]:
    """The report in figures."""
    basis = {
        "inferred": "inferred from the text",
        "file": "as the file says outside its text",
        "sidecar": "added by the editors",
        "printed": "",
        "none": "",
    }
    published = words.day(report.published, long=True) if report.published else "not printed"
    background = sum(not e.event.core for e in entries)
    return (
        Fact("Published", published, basis[report.published_basis]),
        *((Fact("Covers", words.days(report.period.start, report.period.end)),) if report.period else ()),
        *((Fact("Information cut-off", report.cutoff),) if report.cutoff else ()),
        Fact("Events", f"{len(entries):,}", f"{background:,} told as background" if background else ""),
        Fact("Assessments", f"{len(judged):,}"),
        Fact("Citations", f"{len(report.citations):,}"),
    )


def warning(report: Report) -> str:
    """How many marks lead to no reference in this copy; empty where all do."""
    bare = sum(1 for c in report.citations if not c.reference and not c.urls and not c.outlet and not c.outlet_name)
    total = len(report.citations)
    if not bare:
        return ""
    if bare == total:
        return f"The text has {words.count(total, 'citation mark')}, and this copy prints no reference for any of them."
    some, verb = words.sentence(words.number(bare)), "has" if bare == 1 else "have"
    return f"{some} of {words.count(total, 'citation mark')} {verb} no reference in this copy."


_TOLD = {
    "explicit": ("has its date in the sentence", "have their date in the sentence"),
    "relative": ("is dated from words such as yesterday", "are dated from words such as yesterday"),
    "report-day": ("takes the report’s own day", "take the report’s own day"),
    "period": ("takes the period of the report", "take the period of the report"),
    "unknown": ("has no date", "have no date"),
}


def _reading(
    record: Record, passages: Sequence[Passage], entries: Sequence[Entry]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    report = record.report
    why = [note for note in report.notes if note.startswith("Read with")]
    left = [note for note in report.notes if "left out" in note]
    noted = [note for note in report.notes if note not in why and note not in left]
    quiet = sum(1 for p in passages if p.css.endswith("boil"))
    if quiet:
        left.append(f"{words.sentence(words.count(quiet, 'passage'))} kept on the page but not read for events.")
    dated = {
        "printed": "Its date is printed.",
        "file": "Its date is not printed; the file says it outside its text.",
        "sidecar": "Its date is not printed; the editors added it.",
        "inferred": f"Its date is not printed. It was inferred: {report.published_why or 'from dates in the text'}.",
        "none": "No date of publication is printed.",
    }[report.published_basis]
    authors = f"As printed: {words.listed(report.authors)}." if report.authors and report.text == "full" else ""
    dropped = [
        f"A reader dropped the event {one.id} that the program had read: {done.why}"
        for done in record.corrections
        if done.action == "drop"
        for one in done.machine
    ]
    rows = [
        ("File", [f"{report.seed}, SHA-256 {report.sha256}."]),
        ("Layout", why or [f"Read with the layout “{report.layout}”."]),
        ("Its date", [dated]),
        ("Authors", [authors] if authors else []),
        ("Dates of events", [_dates(entries)] if entries else []),
        ("Left out", left),
        ("Noted", noted),
        ("Dropped", dropped),
    ]
    return tuple((name, tuple(lines)) for name, lines in rows if lines)


def _dates(entries: Sequence[Entry]) -> str:
    """How many events take their date from where."""
    counts: Counter[str] = Counter(e.event.date.basis or "unknown" for e in entries)
    told = [f"{words.number(n)} {forms[n != 1]}" for basis, forms in _TOLD.items() if (n := counts[basis])]
    return f"Of {words.count(len(entries), 'event')} {words.listed(told)}."
