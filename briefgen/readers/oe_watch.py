"""OE Watch of the US Army's Foreign Military Studies Office.

An issue is a run of articles: headline, caption, a quotation lifted out, commentary with
`[i]` notes, then foreign press items, each under a line that names its source, then the
notes and the credit of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.model import TOLD, Block, BlockKind, Citation, Report, Seed, Span
from briefgen.readers import addresses, assembly, brackets, excerpts, pointers, references
from briefgen.readers.lines import Line, headlike, lines, tight
from briefgen.readers.outlets import Outlets

NAME = "oe-watch"
_IMAGE = re.compile(r"image\s+(?:information|credit|source)s?\s*:?.{0,200}", re.I)
_CREDIT = re.compile(r"(?:image|source|attribution|photo|credit|caption)\s*:.*", re.I | re.S)
_OWN = re.compile(
    r"\bOE Watch\b|Foreign Military Studies Office|accompanying (?:excerpt|article)|excerpted (?:article|from|press)",
    re.I,
)
_POINTER = re.compile(
    r"(?:see|for (?:more|additional|further|an?|the|details|background|information|images)|to (?:learn|read)"
    r"|statement quoted|images? of|a supplemental report|source)\b|[“\"]",
    re.I,
)
_LEAD = 8
"""Most lines between headline and commentary."""
_SHINGLES = 40
"""How many stretches of seven words of a line are looked for in the text below it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block and, where it is a note or the head of an excerpt, what it gives a citation."""

    block: Block
    note: str = ""
    source: excerpts.Source | None = None
    above: str = ""
    """Original title printed on a line of its own above the source line."""


def fits(seed: Seed) -> str:
    """Why it is one; empty where it is not."""
    found = lines(seed.text)
    sources = sum(excerpts.parse(line.text) is not None and references.label(line) is None for line in found)
    images = sum(bool(_IMAGE.fullmatch(line.text)) for line in found)
    notes = any(references.label(line) for line in found)
    if sources and (images or notes) and (_OWN.search(seed.text) or seed.sidecar.publisher == NAME):
        return f"it has {sources} source line{'' if sources == 1 else 's'} above excerpts, and notes or picture credits"
    return ""


def read(seed: Seed, outlets: Outlets) -> tuple[Report, ...]:
    """The articles of an issue."""
    found = lines(seed.text)
    if not found:
        return ()
    starts = [0]
    closing = False
    for at, line in enumerate(found):
        if at and closing and _opens(found, at):
            starts.append(at)
            closing = False
        closing = closing or bool(_IMAGE.fullmatch(line.text)) or references.label(line) is not None
    ends = [*starts[1:], len(found)]
    return tuple(_article(seed, found[start:end], outlets) for start, end in zip(starts, ends, strict=True))


def _opens(found: Sequence[Line], at: int) -> bool:
    """Whether a headline stands here: few words without a stop, set off, commentary soon below it."""
    line = found[at]
    if (
        not line.gap
        or not headlike(line, 24)
        or references.label(line)
        or _CREDIT.fullmatch(line.text)
        or _IMAGE.fullmatch(line.text)
    ):
        return False
    below = found[at + 1 : at + 1 + _LEAD]
    return any(_commentary(after) for after in below) and not any(references.label(after) for after in below[:2])


def _commentary(line: Line) -> bool:
    return line.words >= 45 and excerpts.parse(line.text) is None


def _article(seed: Seed, own: Sequence[Line], outlets: Outlets) -> Report:
    text = seed.text
    pieces = tuple(_pieces(text, own))
    listed = {piece.note: piece.block.span for piece in pieces if piece.note}
    told = [piece.block.span for piece in pieces if piece.block.kind in TOLD and not piece.note]
    citations, marks, notes = assembly.bracketed(text, told, listed, outlets)
    ids = {citation.marker: citation.id for citation in citations}
    taken = set(ids.values())
    blocks, sources = [], []
    current: Citation | None = None
    for piece in pieces:
        block = piece.block
        if piece.source:
            current = _citation(text, piece, piece.source, outlets, taken)
            sources.append(current)
        if piece.note:
            block = block.model_copy(update={"citation": ids[piece.note]})
        elif block.kind in ("excerpt", "source-line") and current:
            block = block.model_copy(update={"citation": current.id})
            if block.kind == "excerpt":
                block = block.model_copy(update={"day": current.date})
        blocks.append(block)
    commentary = [piece.block.span for piece in pieces if piece.block.kind == "paragraph"]
    marks = (*marks, *pointers.marks(text, commentary, sources))
    latest = max((source.date for source in sources if source.date), default=None)
    if latest and not seed.sidecar.published:
        notes = (*notes, f"No publication date is printed; the latest piece that it excerpts is of {latest}.")
    return assembly.report(
        seed,
        assembly.Draft(
            layout=NAME,
            blocks=tuple(blocks),
            publisher=NAME,
            title=own[0].text,
            citations=(*citations, *sources),
            marks=marks,
            notes=notes,
        ),
    )


def _citation(text: str, piece: Piece, source: excerpts.Source, outlets: Outlets, taken: set[str]) -> Citation:
    names = [name for name in (source.outlet, source.described) if name]
    title, translation = excerpts.original(source.title)
    title = piece.above or title
    return Citation(
        id=assembly.fresh(source.marker, taken),
        marker=source.marker,
        reference=text[slice(*piece.block.span)],
        urls=tuple(address for _, address in addresses.find(text, *piece.block.span)),
        outlet=next((known for name in names if (known := outlets.named(name))), None),
        outlet_name=source.outlet,
        date=source.day,
        title=title,
        language=excerpts.language(title, translation is not None),
    )


def _pieces(text: str, own: Sequence[Line]) -> Iterator[Piece]:
    """The article in order."""
    body = next((at for at, line in enumerate(own[: 1 + _LEAD]) if at and _commentary(line)), 1)
    images = next((at for at, line in enumerate(own) if _IMAGE.fullmatch(line.text)), len(own))
    later = " ".join(line.text for line in own[body:images])
    excerpting = False
    called: set[str] = set()
    at = 0
    while at < len(own):
        line = own[at]
        label = references.label(line)
        if label and (label[0] in called or excerpting):
            notes, after = references.entries(text, own, at, lambda each: bool(_IMAGE.fullmatch(each.text)), loose=True)
            for note in notes:
                if note.span[0] < note.span[1]:
                    yield Piece(Block(span=note.span, kind=_note_kind(text, note)), note=note.marker)
            if after > at:
                at = after
                continue
        at += 1
        if at == 1:
            yield Piece(Block(span=line.span, kind="heading"))
        elif _IMAGE.fullmatch(line.text):
            yield from _credits(own[at - 1 :])
            return
        elif at - 1 < body:
            yield Piece(_lifted(line, later))
        else:
            called.update(marker for found in brackets.find(text, [line.span]) for marker in found.markers)
            pieces, used = _source(text, own, at - 1)
            if pieces:
                excerpting = True
                at += used - 1
                yield from pieces
            else:
                yield Piece(Block(span=line.span, kind="excerpt" if excerpting else "paragraph"))


def _source(text: str, own: Sequence[Line], at: int) -> tuple[list[Piece], int]:
    """Source line at `at`, with the original title above it and the excerpt run on behind it; lines used."""
    above = ""
    used = 1
    if excerpts.foreign(own[at].text) and excerpts.parse(own[at].text) is None and at + 1 < len(own):
        above, used = own[at].text, 2
    line = own[at + used - 1]
    source = excerpts.parse(line.text)
    if source is None:
        return [], 0
    span: Span = (own[at].start, line.start + source.end)
    pieces = [Piece(Block(span=span, kind="source-line"), source=source, above=above)]
    rest = tight(text, line.start + source.end, line.end)
    if rest[0] < rest[1]:
        pieces.append(Piece(Block(span=rest, kind="excerpt")))
    return pieces, used


def _lifted(line: Line, later: str) -> Block:
    """A line between headline and commentary: a quotation from below, or a caption."""
    if line.text[0] in '“"‘' or _told_below(line.text, later):
        return Block(span=line.span, kind="pull-quote", reason="lifted from the text")
    return Block(span=line.span, kind="caption", reason="caption of a picture")


def _told_below(text: str, later: str) -> bool:
    """Whether seven words of it in a row stand in the text below."""
    words = text.split()
    return any(" ".join(words[at : at + 7]) in later for at in range(min(_SHINGLES, len(words) - 6)))


def _credits(rest: Sequence[Line]) -> Iterator[Piece]:
    for line in rest:
        yield Piece(Block(span=line.span, kind="boilerplate", reason="credit of a picture"))


def _note_kind(text: str, note: references.Entry) -> BlockKind:
    """A note that only points somewhere is a reference; one that tells something is read."""
    first, _, rest = text[slice(*note.span)].partition(". ")
    return "reference" if _POINTER.match(first) and len(rest.split()) < 25 else "endnote"
