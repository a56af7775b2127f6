"""Every footnote of a brief must be in the PDF: on the page of its call or the next, with its number."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SHOWN = 60
"""Letters of a note that a complaint shows."""
_RUN = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff][\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff0-9\u06f0-\u06f9\\s\\W]*"
)
"""Words that run from right to left, with the numbers inside them."""
_OTHER_WAY = ("R", "AL")


def lost(pages: Sequence[str], notes: Sequence[Mapping[str, Any]], calls: Iterable[tuple[int, int]],
         further: Iterable[Mapping[str, Any]] = ()) -> list[str]:  # fmt: skip
    """A sentence for each note that is not where it belongs; `calls` are (note, page of its call from 1)."""
    plain = [_plain(text) for text in pages]
    letters = [Counter(_other_way(text)) for text in pages]
    called = dict(calls)
    found = []
    for n, note in enumerate(notes):
        text = _words(note)
        if n not in called:
            found.append(f"note {n + 1} ({text[:SHOWN]}) is not called")
            continue
        at = called[n] - 1
        if not any(_stands(note, str(n + 1), plain[p:], letters[p:]) for p in (at, at + 1) if p < len(pages)):
            found.append(f"note {n + 1} ({text[:SHOWN]}) is not on page {at + 1} or the next")
    for event in further:
        for note in event["notes"]:
            if not any(_stands(note, "", plain[p:], letters[p:]) for p in range(len(pages))):
                found.append(f"a further citation of event {event['number']} ({_words(note)[:SHOWN]}) is nowhere")
    return found


def _words(note: Mapping[str, Any]) -> str:
    return " ".join(part for part in (note["outlet"], "".join(p["text"] for p in note["pieces"])) if part)


def _stands(note: Mapping[str, Any], number: str, plain: Sequence[str], letters: Sequence[Counter[str]]) -> bool:
    """Whether the note begins on the first of these pages; it may run on to the following ones.

    Words that run from right to left come out of a PDF in an order that depends on who reads
    it, so of them only the letters are looked for.
    """
    text = _words(note)
    first, *others = map(_plain, _RUN.split(text))
    parts = [number + first if first else "", *others]
    wanted = Counter(_other_way(text))
    reach = Counter[str]()
    for page in letters[:2]:
        reach += page
    return all(_begins(part, plain, first=n == 0) for n, part in enumerate(parts) if part) and wanted <= reach


def _begins(part: str, plain: Sequence[str], *, first: bool) -> bool:
    """Whether `part` stands on the first page (or, if it is not the note's `first`, the second), broken or whole."""
    for start in range(1 if first else 2):
        rest, pages = part, plain[start:]
        for page in pages[:4]:
            if rest in page:
                return True
            kept = bisect_left(range(1, len(rest)), True, key=lambda n, r=rest, p=page: r[:n] not in p)  # type: ignore[misc]
            if not kept:
                break
            rest = rest[kept:]
    return False


def _plain(text: str) -> str:
    """Letters and digits that run from left to right, without what setting may change: hyphens, spaces, ligatures."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if c.isalnum() and unicodedata.bidirectional(c) not in ("R", "AL", "AN"))


def _other_way(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.bidirectional(c) in _OTHER_WAY and c.isalpha())
