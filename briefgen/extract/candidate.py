"""One possible event of a sentence, names as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefgen.extract.mentions import Mention
from briefgen.model import EventTypeId, Role, Span

Kind = Literal["verb", "light", "noun"]


@dataclass(frozen=True, slots=True)
class Party:
    """A mention in a role."""

    mention: Mention
    role: Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible event of a sentence."""

    type: EventTypeId
    mode: str | None
    kind: Kind
    trigger: Span
    """Of the trigger word in the sentence's text."""
    item: int
    lemma: str
    parties: tuple[Party, ...]
    places: tuple[Mention, ...]
    extent: tuple[int, int]
    """First and last item that belong to it."""
    confidence: float
    clause: str
    """`main`, `relative`, `participle`, `infinitive` or `complement`."""
    perfect: bool = False
    """Present perfect: at some time up to the telling."""
    past: bool = False
    """Pluperfect: earlier than the telling."""
    planned: bool = False
    negated: bool = False
    claimed: bool = False
    """A party says it is its own deed (`claimed an attack`)."""
    fatalities: int | None = None
    injuries: int | None = None
    count: int | None = None
    aims: tuple[Mention, ...] = ()
    """Places that an attack is aimed at."""
