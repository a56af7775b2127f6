"""What extraction hands on: an event as the text puts it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefgen.extract.candidate import Party
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
    named: tuple[Mention, ...]
    """The people whom the sentence names, parties or not."""
    introduced: tuple[Mention, ...]
    """The people named since the event told before, in sentences that tell none."""
    rule: str
    """Kind and lemma of the trigger that made it."""
    plain: bool = False
    """Told in so many words: a finite verb of a main clause, or of what somebody says, with somebody who acts or
    is acted on, be he only described (`Doctors struck`)."""
    fatalities: int | None = None
    injuries: int | None = None
    count: int | None = None
    weapons: tuple[str, ...] = ()
    more: tuple[tuple[Span, tuple[str, ...]], ...] = ()
    """Further sentences about it, each with the citations that it rests on."""
    goes_on: tuple[Span, EventTypeId] | None = None
    """Trigger and type of the event told before that this sentence only tells more of."""

    def with_more(self, later: Found) -> Found:
        """This event with what a later sentence adds to it."""
        return replace(
            self,
            places=self.places or later.places,
            named=(*self.named, *later.introduced, *later.named),
            more=(*self.more, (later.sentence, later.citations)),
            fatalities=later.fatalities if self.fatalities is None else self.fatalities,
            injuries=later.injuries if self.injuries is None else self.injuries,
            count=later.count if self.count is None else self.count,
            weapons=tuple(dict.fromkeys((*self.weapons, *later.weapons))),
        )
