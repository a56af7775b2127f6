"""Markdown seeds: markdown-it's tokens say which lines are what; spans are into the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefgen.model import Block, BlockKind, Span
from briefgen.readers.lines import rows, tight

_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*")
_SIGN = re.compile(r"(?:[ \t]*(?:>|#{1,6}(?=\s)|[-*+](?=\s)|\d{1,9}[.)](?=\s)))*[ \t]*")
_DEEPEST = 20
_MARKUP = frozenset({"fence", "code_block", "html_block", "hr"})


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's definition."""

    marker: str
    span: Span


def blocks(text: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The blocks of a Markdown text, and its footnotes, which are none of them.

    Headings give their section to what follows. Code, raw HTML and link definitions are
    boilerplate; a table's rows are paragraphs.
    """
    spans = list(rows(text))
    notes, held = _notes(text, spans)
    masked = "\n".join("" if at in held else _one_line(text[slice(*span)]) for at, span in enumerate(spans))
    out: list[Block] = []
    used = set(held)
    section: str | None = None
    for token, lists, heading in _leaves(
        MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(masked)
    ):
        first, last = token.map or (0, 0)
        fresh = [at for at in range(first, min(last, len(spans))) if at not in used]
        if not fresh:
            continue
        used.update(fresh)
        span = _span(text, spans[fresh[0]][0], spans[fresh[-1]][1], token.type not in _MARKUP)
        if span[0] == span[1]:
            continue
        kind: BlockKind = "heading" if heading else "bullet" if lists else "paragraph"
        reason = ""
        if token.type in _MARKUP:
            kind, reason = "boilerplate", "code or markup"
        if heading:
            section = text[slice(*span)].rstrip("# ")
        out.append(Block(span=span, kind=kind, section=None if heading else section, reason=reason))
    for at, row in enumerate(spans):
        span = _span(text, *row, True)
        if at not in used and span[0] < span[1]:
            out.append(Block(span=span, kind="boilerplate", reason="code or markup"))
    return tuple(sorted(out, key=lambda block: block.span)), notes


def _one_line(row: str) -> str:
    """A row without what the parser would take for a break of its own, so that its rows are ours."""
    return re.sub(r"[\r\n\f\v\x1c-\x1e\x85\u2028\u2029\x00\ufeff]", " ", row)


def _span(text: str, start: int, end: int, signs: bool) -> Span:
    """Tight, and without the signs of quotations, headings and items at its beginning."""
    start, end = tight(text, start, end)
    if signs:
        found = _SIGN.match(text, start, end)
        start, end = tight(text, found.end() if found else start, end)
    return start, end


def _notes(text: str, spans: list[Span]) -> tuple[tuple[Note, ...], set[int]]:
    """Footnotes `[^1]: text` with their indented further lines, and the rows they take."""
    out: list[Note] = []
    held: set[int] = set()
    open_note = False
    for at, (start, end) in enumerate(spans):
        found = _FOOTNOTE.match(text, start, end)
        row = text[start:end]
        if found:
            out.append(Note(found.group(1), tight(text, found.end(), end)))
            held.add(at)
            open_note = True
        elif open_note and row.strip() and row[:1] in (" ", "\t"):
            first = out[-1].span[0]
            out[-1] = Note(out[-1].marker, tight(text, first, end))
            held.add(at)
        elif row.strip():
            open_note = False
    return tuple(out), held


def _leaves(tokens: list[Token]) -> Iterator[tuple[Token, int, bool]]:
    """Tokens that hold text, with the depth of lists round them, and whether they are a heading."""
    lists = 0
    heading = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type in _MARKUP or (token.type == "inline" and token.map):
            yield token, lists, heading
