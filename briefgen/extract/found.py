"""What extraction hands on: an event as the text puts it."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.extract.candidates import Party
from briefgen.extract.mentions import Mention
from briefgen.model import Certainty, EventDate, EventTypeId, Span, Status


@dataclass(frozen=True, slots=True)
class Found:
    """An event as the text puts it, before names are resolved."""

    type: EventTypeId
    mode: str | None
    status: Status
    certainty: Certainty
    speakers: tuple[Mention, ...]
    """Who says so, the nearest first."""
    parties: tuple[Party, ...]
    places: tuple[Mention, ...]
    aims: tuple[Mention, ...]
    """Places that an attack is aimed at."""
    around: tuple[Mention, ...]
    """Places named anywhere in the passage."""
    date: EventDate
    sentence: Span
    """In the seed's text."""
    trigger: Span
    """In the seed's text."""
    citations: tuple[str, ...]
    section: str | None
    block: int
    core: bool
    confidence: float
    rule: str
    """Kind and lemma of the trigger that made it."""
    fatalities: int | None = None
    injuries: int | None = None
    count: int | None = None
    weapons: tuple[str, ...] = ()
