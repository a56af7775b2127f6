"""Any report that fits no other layout, plain text or Markdown.

A title, headings, paragraphs, items; `[1]` or `[^1]` with a list of references; sources in
round brackets; addresses in the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from briefgen.model import TOLD, Block, BlockKind, Citation, Mark, Report, Seed, Span, Takeaway
from briefgen.readers import addresses, assembly, dates, latest, markdown, outline, parenthetical, references
from briefgen.readers.lines import Line, groups, headlike, lines
from briefgen.readers.outlets import Outlets

NAME = "generic"
_SUMMARY = re.compile(
    r"(?:key (?:takeaways?|points|findings|judge?ments)|takeaways?|highlights|summary|executive summary"
    r"|bottom line(?: up front)?|main points|in brief)\s*:?",
    re.I,
)
_BYLINE = re.compile(r"(?:by|authors?|written by|editors?)\s*:?\s+(?P<names>[A-Z][^.;:]{2,120})", re.I)
_STAMP = re.compile(r"(?:published|posted|updated|date|dated|issued|released)\b", re.I)
_CUTOFF = re.compile(r"(?:information|data)\s+cut-?\s?off\s*:?\s*(?P<when>.{1,60})", re.I)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_LINK = re.compile(r"\]\((https?://[^\s()<>]{1,2000})(?:\s+\"[^\"]{0,200}\")?\)", re.I)
_MASTHEAD = 6
_WRAPPED = (50, 100)
"""Least and most characters of the longest line of a paragraph that was wrapped."""


def fits(seed: Seed) -> str:
    """Every seed fits."""
    return "no other layout fits it"


def read(seed: Seed, outlets: Outlets) -> tuple[Report, ...]:
    """The whole seed as one report."""
    text = seed.text
    if seed.outline or PurePath(seed.name).suffix.lower() in (".md", ".markdown"):
        raw, notes = outline.blocks(seed) if seed.outline else markdown.blocks(text)
        parts = [*_told(text, raw), *_notes(text, notes)]
    else:
        parts = list(_parts(text, lines(text)))
    blocks = [block for _, block in parts]
    if not blocks:
        return ()
    day, title = _masthead(text, blocks)
    settled = seed.sidecar.published or day or seed.meta.published
    guess = None if settled else latest.find(text)
    day = guess.day if guess else day
    told = [block.span for block in blocks if block.kind in TOLD]
    about = settled or day
    listed = {marker: block.span for marker, block in parts if marker}
    bylines = [text[slice(*block.span)] for block in blocks if block.kind == "byline"]
    period = next((period for line in bylines if (period := dates.period(line))), None)
    citations, marks, gaps = _citations(text, told, listed, outlets, about or (period.end if period else None))
    ids = {citation.marker: citation.id for citation in citations}
    return (
        assembly.report(
            seed,
            assembly.Draft(
                layout=NAME,
                blocks=tuple(
                    block.model_copy(update={"citation": ids[marker]}) if marker else block for marker, block in parts
                ),
                title=title,
                name=title or text[slice(*blocks[0].span)][:200],
                authors=tuple(name for line in bylines for name in _authors(line)),
                published=day,
                basis="inferred" if guess else "printed" if day else "none",
                why=guess.why if guess else "",
                period=period,
                cutoff=next((found["when"] for line in bylines if (found := _CUTOFF.match(line))), None),
                takeaways=tuple(
                    Takeaway(text=text[slice(*block.span)], span=block.span)
                    for block in blocks
                    if block.kind == "takeaway"
                ),
                citations=citations,
                marks=marks,
                notes=(*gaps, *_dating(guess, about)),
                unsure=True,
            ),
        ),
    )


def _parts(text: str, found: Sequence[Line]) -> Iterator[tuple[str, Block]]:
    """Blocks of a plain text in order, each with the marker of the reference it is, if it is one."""
    section: str | None = None
    summary = False
    called: set[str] = set()
    runs = list(_paragraphs(found))
    flat: list[Line] = []
    at = 0
    while at < len(runs):
        run = runs[at]
        line = run[0]
        whole = (line.start, run[-1].end)
        head = len(run) == 1 and bool(references.HEADING.fullmatch(line.text))
        after = runs[at + 1][0] if at + 1 < len(runs) else None
        label = references.label(line)
        numbered = head and after is not None and (references.label(after) is not None or after.sign[:-1].isdigit())
        listing = label and label[0] in called and (after is None or references.label(after) is not None)
        if numbered or listing:
            if not flat:
                flat = [each for later in runs[at:] for each in later]
                runs = [*runs[:at], *((each,) for each in flat)]
            first = at - len(runs) + len(flat)
            entries, end = references.entries(text, flat, first + head, lambda _: False, numbered=numbered)
            if head:
                yield "", Block(span=whole, kind="heading")
            for entry in entries:
                if entry.span[0] < entry.span[1]:
                    yield entry.marker, Block(span=entry.span, kind=_note(text, entry.span), section="References")
            at += end - first
            continue
        at += 1
        kind = _kind(run, at, after)
        if kind == "heading":
            summary = bool(_SUMMARY.fullmatch(line.text))
            section = line.text if at > 1 else None
        elif summary and kind in ("bullet", "paragraph"):
            if kind == "paragraph" and after is not None and not after.sign:
                summary = False
            kind = "takeaway"
        called.update(found.group(1) for found in re.finditer(r"\[(\d{1,4}|[ivxlcdm]{1,10})\]", text[slice(*whole)]))
        yield "", Block(span=whole, kind=kind, section=None if kind == "heading" else section)


def _paragraphs(found: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines put together where a paragraph was wrapped; else each line is one."""
    for run in groups(found):
        longest = max(len(line.text) for line in run)
        wrapped = (
            len(run) > 1
            and _WRAPPED[0] <= longest <= _WRAPPED[1]
            and all(len(line.text) * 10 >= longest * 6 for line in run[:-1] if not line.sign)
        )
        if not wrapped:
            yield from ((line,) for line in run)
            continue
        start = 0
        for at in range(1, len(run) + 1):
            if at == len(run) or run[at].sign or references.label(run[at]):
                yield run[start:at]
                start = at


def _kind(run: Sequence[Line], number: int, after: Line | None) -> BlockKind:
    line = run[0]
    if number == 1 and len(run) == 1 and line.words <= 25 and line.text[-1] not in ".:;," and not line.sign:
        return "heading"
    if number <= _MASTHEAD and len(run) == 1 and not line.sign and line.words <= 20 and _is_byline(line.text):
        return "byline"
    if line.sign:
        return "bullet"
    if len(run) == 1 and (headlike(line) or _SUMMARY.fullmatch(line.text)) and after is not None:
        return "heading"
    return "paragraph"


def _is_byline(text: str) -> bool:
    stamps = dates.full(text)
    sentence = text.rstrip().endswith((".", "!", "?")) and not _STAMP.match(text)
    short = bool(stamps) and not sentence and (len(text.split()) <= 9 or bool(_STAMP.match(text)))
    return bool(_BYLINE.fullmatch(text) or _CUTOFF.fullmatch(text) or short)


def _told(text: str, raw: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Markdown blocks with bylines and summaries told apart."""
    for at, block in enumerate(raw):
        words = text[slice(*block.span)]
        kind = block.kind
        if kind == "paragraph" and 0 < at < _MASTHEAD and len(words.split()) <= 20 and _is_byline(words.strip("*_ ")):
            kind = "byline"
        elif kind in ("bullet", "paragraph") and block.section and _SUMMARY.fullmatch(block.section.strip()):
            kind = "takeaway"
        yield "", block.model_copy(update={"kind": kind})


def _notes(text: str, notes: Sequence[markdown.Note]) -> Iterator[tuple[str, Block]]:
    """Blocks of a Markdown text's footnotes, with their markers; of two of one name the first counts."""
    had: set[str] = set()
    for note in notes:
        if note.span[0] < note.span[1]:
            yield "" if note.marker in had else note.marker, Block(span=note.span, kind=_note(text, note.span))
            had.add(note.marker)


def _note(text: str, span: Span) -> BlockKind:
    """A note that tells something is read; an address or a title is only referred to."""
    words = [word for word in text[slice(*span)].split() if "://" not in word]
    return "endnote" if len(words) > 25 else "reference"


def _masthead(text: str, blocks: Sequence[Block]) -> tuple[dt.date | None, str | None]:
    """The date that a byline or the title prints, and the title."""
    title = text[slice(*blocks[0].span)].rstrip("# ") if blocks[0].kind == "heading" else None
    printed = [text[slice(*block.span)] for block in blocks if block.kind == "byline"] + ([title] if title else [])
    found = next((days[0].day for line in printed if not dates.period(line) and (days := dates.full(line))), None)
    return found, title


def _dating(guess: latest.Latest | None, day: dt.date | None) -> tuple[str, ...]:
    if guess:
        return (f"Publication date inferred: {guess.why}.",)
    return () if day else ("No publication date is printed.",)


def _authors(line: str) -> tuple[str, ...]:
    named = _BYLINE.fullmatch(line.strip("*_ "))
    return (
        tuple(name for name in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*", named["names"]) if name) if named else ()
    )


def _citations(
    text: str, told: Sequence[Span], listed: Mapping[str, Span], outlets: Outlets, about: dt.date | None
) -> tuple[tuple[Citation, ...], tuple[Mark, ...], tuple[str, ...]]:
    """Citations of every form that the text uses."""
    style = sum(len(parenthetical.find(text, span, outlets, about, house_style=True)) for span in told) >= 3
    named, cites = parenthetical.cite(text, told, outlets, about, house_style=style, whole=False)
    noted = {found.group(1) for span in told for found in _FOOTNOTE.finditer(text, *span)}
    numbered, marks, notes = assembly.bracketed(text, told, listed, outlets, noted)
    taken = {citation.id for citation in named}
    renamed = {each.id: assembly.fresh(each.marker, taken) if each.id in taken else each.id for each in numbered}
    numbered = tuple(each.model_copy(update={"id": renamed[each.id]}) for each in numbered)
    marks = tuple(mark.model_copy(update={"citation": renamed[mark.citation]}) for mark in marks)
    taken.update(renamed.values())
    known = {each.marker: each for each in numbered}
    held: list[tuple[Span, str, Span | None]] = [(mark.span, "", None) for mark in (*cites, *marks)]
    inline = [found for span in told for found in _inline(text, span)]
    more: list[Mark] = []
    free = 0
    for place, marker, address in sorted([*held, *inline], key=lambda item: (item[0][0], -item[0][1], item[1])):
        if place[0] >= free and marker:
            if marker not in known:
                entry = listed.get(marker) if address is None else address
                known[marker] = references.citation(marker, assembly.fresh(marker, taken), text, entry, outlets)
            more.append(Mark(span=place, citation=known[marker].id))
        free = max(free, place[1])
    return (*named, *known.values()), (*cites, *marks, *more), notes


def _inline(text: str, span: Span) -> Iterator[tuple[Span, str, Span | None]]:
    """Footnote calls `[^1]`, targets of Markdown links, and bare addresses, with the span of the address."""
    for found in _FOOTNOTE.finditer(text, *span):
        yield found.span(), found.group(1), None
    for found in _LINK.finditer(text, *span):
        yield found.span(), found.group(1), found.span(1)
    for place, address in addresses.find(text, *span):
        yield place, address.as_printed, place
