"""Which events a correction may have meant whose id is no more."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from rapidfuzz import fuzz

from briefgen.model import Correction, Event, Span

_MOST = 3
_ALIKE = 55.0
"""Per cent of likeness below which naming an event would only mislead."""
_TYPED_WRONG = 0.8
_QUOTED = 60


def nearest(correction: Correction | None, id_: str, formerly: Event | None, events: Sequence[Event]) -> str:
    """The events that come nearest, nearest first, as a phrase; empty where none does.

    Compared are the words that the event rested on (the correction's quote, or those of the
    event that had the id `formerly`), its place in the text, and the id itself, which may be
    typed wrong; where all that finds nothing, the words of the correction's reason.
    """
    quote = correction.quote if correction and correction.event == id_ else ""
    scored = [(_score(id_, quote, formerly, event), event) for event in events]
    best = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].id))[:_MOST]
    if best:
        return "; ".join(f"{event.id} {_named(event)}, {score:.0f} % alike" for score, event in best)
    reason = f"{correction.why} {correction.fields}" if correction else ""
    return "; ".join(f"{event.id} {_named(event)}" for event in _named_in(reason, events)[:_MOST])


def _named(event: Event) -> str:
    quote = " ".join(event.evidence[0].quote.split())
    return f"{event.type} ‘{quote if len(quote) <= _QUOTED else quote[:_QUOTED] + '…'}’"


def _score(id_: str, quote: str, formerly: Event | None, event: Event) -> float:
    wanted = [quote] if quote else []
    spans: list[Span] = []
    if formerly is not None:
        wanted += [item.quote for item in formerly.evidence]
        spans = [item.span for item in formerly.evidence]
    typed = difflib.SequenceMatcher(None, id_, event.id).ratio()
    scores = [100 * typed if typed >= _TYPED_WRONG else 0.0]
    for item in event.evidence:
        scores += [fuzz.ratio(one, item.quote, processor=_words) for one in wanted]
        scores += [_overlap(span, item.span) for span in spans]
    return max(scores)


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def _overlap(one: Span, two: Span) -> float:
    """Per cent of the shorter passage that lies in the other."""
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return 100.0 * max(shared, 0) / max(min(one[1] - one[0], two[1] - two[0]), 1)


def _named_in(reason: str, events: Sequence[Event]) -> list[Event]:
    """Events that share words with the reason, most first."""
    words = {word for word in reason.lower().split() if len(word) > 4}
    scored = [(len(words & set(event.evidence[0].quote.lower().split())), event) for event in events]
    return [event for score, event in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)) if score]
