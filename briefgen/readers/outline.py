"""The blocks of a text whose container says what its passages are."""

from __future__ import annotations

from briefgen.model import Block, Seed
from briefgen.readers.markdown import Note


def blocks(seed: Seed) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Its blocks, headings giving their section to what follows, and its notes, which are none of them."""
    out: list[Block] = []
    section: str | None = None
    for piece in seed.outline:
        if piece.marker:
            continue
        if piece.kind == "heading":
            section = seed.text[slice(*piece.span)]
        reason = "caption" if piece.kind == "caption" else ""
        out.append(
            Block(
                span=piece.span,
                kind=piece.kind,
                section=None if piece.kind == "heading" else section,
                reason=reason,
            )
        )
    return tuple(out), tuple(Note(piece.marker, piece.span) for piece in seed.outline if piece.marker)
