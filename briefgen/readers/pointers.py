"""Where commentary points at the pieces excerpted below it: `the second accompanying article`.

Such words call a citation as a note mark does. What follows rests on the same piece, up to
the next such words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefgen.model import Citation, Mark, Span

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_POINTER = re.compile(
    rf"\b(?P<which>{'|'.join(_ORDINALS)})?(?P<near>(?:\s?\b(?:accompanying|excerpted|additional|attached)\b)*)\s?\b"
    r"(?:press\s|news\s)?(?:article|excerpt|statement|report|piece|commentary|interview|op-ed)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?][”\"’)\]\w]{0,8}\s")


def marks(text: str, paragraphs: Sequence[Span], sources: Sequence[Citation]) -> tuple[Mark, ...]:
    """Marks of the pointers in `paragraphs`; `sources` are the excerpted pieces in their order."""
    hits = [
        (_sentence(text, start, m.start()), m)
        for start, end in paragraphs
        for m in _POINTER.finditer(text, start, end)
        if m["which"] or m["near"].strip()
    ]
    found: list[Mark] = []
    for number, (begins, hit) in enumerate(hits):
        index = _ORDINALS.index(hit["which"].lower()) if hit["which"] else 0
        if index < len(sources):
            until = hits[number + 1][0] if number + 1 < len(hits) else paragraphs[-1][1]
            span = (hit.start() + len(hit.group()) - len(hit.group().lstrip()), hit.end())
            found.append(Mark(span=span, citation=sources[index].id, covers=(begins, max(until, hit.end()))))
    return tuple(found)


def _sentence(text: str, start: int, at: int) -> int:
    """Where the sentence around `at` begins, not before `start`."""
    last = start
    for stop in _STOP.finditer(text, start, at):
        last = stop.end()
    return last
