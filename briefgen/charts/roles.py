"""Who acts and who is acted on in an event, one entry an actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from briefgen.charts import phrases
from briefgen.model import Event, EventActor

Part = Literal["acts", "acted_on"]


def parts(event: Event) -> Mapping[str, Part]:
    """Id of each actor -> its part; taking part counts as acting, and acting before being acted on."""
    found: dict[str, Part] = {}
    for actor in event.actors:
        if actor.role != "target":
            found[actor.id] = "acts"
        else:
            found.setdefault(actor.id, "acted_on")
    return found


def named(events: Sequence[Event], names: Mapping[str, str]) -> Mapping[str, str]:
    """Id -> name for all actors of `events`: as `names` has it, else as the event does."""
    met: dict[str, str] = {}
    for actor in _actors(events):
        met.setdefault(actor.id, names.get(actor.id, actor.name))
    return met


def _actors(events: Sequence[Event]) -> Iterator[EventActor]:
    return (actor for event in events for actor in event.actors)


def sentence(name: str, acts: int, acted_on: int) -> str:
    """`Iran acts or takes part in 59 events and is acted on in 21`."""
    if not acts:
        return f"{name} is acted on in {phrases.counted(acted_on, 'event')}"
    acting = f"{name} acts or takes part in {phrases.counted(acts, 'event')}"
    return f"{acting} and is acted on in {phrases.number(acted_on)}" if acted_on else acting
