"""What people said over the machine, in words: what an event was read as before, and how much was corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefgen.model import Action, Event, EventDate, Record
from briefgen.pages import words

_QUOTE = 160
_NAMES = {
    "attributed_to": "said by",
    "count": "number",
    "core": "told as news",
    "shown": "on the pages",
    "sha256": "hash of the file",
}
_UNTOLD = ("id", "citations", "confidence")
"""Fields whose change follows from others, or says nothing to a reader."""
_DONE: tuple[tuple[Action, str, str], ...] = (
    ("confirm", "was confirmed", "were confirmed"),
    ("set", "was corrected", "were corrected"),
    ("add", "was added", "were added"),
    ("drop", "was dropped", "were dropped"),
    ("merge", "was merged with others", "were merged with others"),
    ("split", "was split", "were split"),
)


def name(field: str) -> str:
    """What a field is called in words."""
    return _NAMES.get(field, field.replace("_", " "))


def value(field: str, plain: Any) -> str:
    """A field's value, in the plain form of the record, as one line."""
    if plain is None or plain in ("", [], {}):
        return "none"
    if field == "date":
        how = [str(plain[key]) for key in ("precision", "basis") if plain["start"] and plain[key]]
        return words.date(EventDate.model_validate(plain)) + (f" ({', '.join(how)})" if how else "")
    if field == "actors":
        return "; ".join(f"{actor['role']} {actor['name']}" for actor in plain)
    if field == "places":
        return "; ".join(str(place["name"]) for place in plain)
    if field == "evidence":
        return " / ".join(cut(str(item["quote"])) for item in plain)
    if field == "citations" and isinstance(plain[0], dict):
        return f"{len(plain)}: {', '.join(str(item['marker']) for item in plain)}"
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list):
        return "; ".join(str(item) for item in plain)
    if isinstance(plain, dict):
        return ", ".join(f"{key} {item}" for key, item in plain.items() if item is not None)
    return str(plain)


def cut(quote: str) -> str:
    """A quotation that is no longer than a line or two."""
    return quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE].rsplit(' ', 1)[0]} …"


def reviewed(event: Event) -> str:
    """Whether a person had a hand in the event; empty where none had."""
    if event.review == "corrected" and event.machine is None:
        return "added by a reader"
    return "" if event.review == "machine" else f"{event.review} by a reader"


def was(event: Event) -> tuple[str, ...]:
    """What the machine had read in the fields that people set to something else."""
    now = event.model_dump(mode="json")
    before = event.machine or {}
    told = [field for field in before if field not in _UNTOLD and before[field] != now.get(field)]
    parts = [f"{name(field)} {value(field, before[field])}" for field in told]
    return (f"a part of {before['id']}", *parts) if "id" in before else tuple(parts)


def counted(records: Iterable[Record]) -> tuple[str, ...]:
    """How many corrections of each kind were applied, as sentences; empty where none was."""
    done = [one.action for record in records for one in record.corrections]
    events = [
        f"{words.sentence(words.count(done.count(action), 'event'))} {one if done.count(action) == 1 else many}."
        for action, one, many in _DONE
        if action in done
    ]
    actors = done.count("merge-actors") + done.count("split-actor")
    if actors:
        events.append(f"{words.sentence(words.count(actors, 'correction'))} of who an actor is.")
    return tuple(events)
