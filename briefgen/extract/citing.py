"""What a sentence rests on."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.model import Block, Mark, Span

_REACH = 2
"""Sentences after one without a mark in which its note may stand."""


def citations(marks: Sequence[Mark], span: Span, block: Block) -> tuple[str, ...]:
    """Ids of the citations that are called in the sentence at `span` or that cover it, in the order of the text."""
    found = [
        m.citation for m in marks if _inside(m, span) or (m.covers is not None and m.covers[0] <= span[0] < m.covers[1])
    ]
    if block.citation is not None:
        found.append(block.citation)
    return tuple(dict.fromkeys(found))


def resting(marks: Sequence[Mark], spans: Sequence[Span], number: int, block: Block) -> tuple[str, ...]:
    """Ids of the citations that sentence `number` of `spans` rests on.

    A sentence without a mark of its own rests on those of the next sentences of its
    passage, two at most: writers put one note after the last sentence it stands for.
    """
    own = citations(marks, spans[number], block)
    if any(_inside(m, spans[number]) for m in marks):
        return own
    for span in spans[number + 1 : number + 1 + _REACH]:
        found = [m.citation for m in marks if _inside(m, span)]
        if found:
            return tuple(dict.fromkeys((*own, *found)))
    return own


def _inside(mark: Mark, span: Span) -> bool:
    return mark.covers is None and span[0] <= mark.span[0] < span[1]
