"""How much of one text stands in another: shares of the runs of words that they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

SAME = 0.8
"""From this share on, two texts are one report: what publishers repeat in all of theirs stays far below it."""
_RUN = 6
"""Words in a run: long enough that two reports on one event share few, short enough that an edit breaks few."""
_WORD = re.compile(r"\w+")
Runs = frozenset[tuple[str, ...]]


def runs(text: str) -> Runs:
    """Every run of words in the text, whatever its case, marks and line ends."""
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def share(one: Runs, other: Runs) -> float:
    """How much of the shorter text stands in the longer one, from 0 to 1."""
    return len(one & other) / min(len(one), len(other))


def twin(one: Runs, others: Iterable[tuple[str, Runs]]) -> tuple[str, float] | None:
    """Name of the text that is nearly the same, and how much of it; of several the likest, the first of equals."""
    best = max(((name, share(one, other)) for name, other in others), key=lambda pair: pair[1], default=("", 0.0))
    return best if best[1] >= SAME else None
