"""What people say over the machine: the corrections of a sidecar, applied last.

A correction names an event by id and sets fields, drops the event or confirms it. Whatever
fits nothing is an error: a correction that goes lost without a word would be worse than
none.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from briefgen.errors import CorrectionError
from briefgen.model import Correction, Event, Record, Seed

_FIXED = ("id", "report", "review", "machine")
"""Fields that say which event it is and how it came to be; no correction sets them."""
_TOLD_AS_EVENTS = ("occurred", "ongoing", "denied")


def apply(records: Sequence[Record], seed: Seed) -> list[Record]:
    """`records` of `seed` with the corrections of its sidecar, in their order.

    A corrected event keeps what the machine had read in the fields that were set; a
    corrected or confirmed one is sure, and shown unless the correction says otherwise.
    CorrectionError where a correction names no event, no field or no possible value.
    """
    read = {event.id: event for record in records for event in record.events}
    events = dict(read)
    dropped: set[str] = set()
    for number, correction in enumerate(seed.sidecar.corrections, start=1):
        event = events.get(correction.event)
        where = f"corrections, no. {number}, event {correction.event}"
        if event is None or event.id in dropped:
            raise _unknown(correction, events, dropped, seed, where)
        if correction.action == "drop":
            dropped.add(event.id)
        elif correction.action == "confirm":
            events[event.id] = _sure(event, {"review": "confirmed"})
        else:
            events[event.id] = _set(event, read[event.id], correction, seed, where)
    return [
        record.model_copy(update={"events": tuple(events[e.id] for e in record.events if e.id not in dropped)})
        for record in records
    ]


def _file(seed: Seed) -> str:
    return f"seeds/{seed.name}.yml"


def _sure(event: Event, update: Mapping[str, object]) -> Event:
    """`event` with `update`, taken for sure, and shown when it is told as an event."""
    sure = event.model_copy(update={"confidence": 1.0, **update})
    if "shown" in update:
        return sure
    return sure.model_copy(update={"shown": sure.status in _TOLD_AS_EVENTS})


def _set(event: Event, read: Event, correction: Correction, seed: Seed, where: str) -> Event:
    """`event` with the fields of `correction`, checked as any event of a record is; `read` is the machine's."""
    if not correction.fields:
        raise CorrectionError(_file(seed), where, "`set` without any field", "give `fields:`, or use `confirm`")
    for name in correction.fields:
        _check_field(name, seed, where)
    before = event.model_dump(mode="json")
    try:
        changed = Event.model_validate({**before, **correction.fields})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        what = f"key {key}: {first['msg'][0].lower()}{first['msg'][1:]}, got {first['input']!r}"
        raise CorrectionError(_file(seed), where, what, "write it as the record does") from None
    for evidence in changed.evidence:
        if seed.text[evidence.span[0] : evidence.span[1]] != evidence.quote:
            raise CorrectionError(
                _file(seed), where, f"the text at {list(evidence.span)} is not the quote {evidence.quote[:60]!r}",
                "quotes are verbatim and spans count characters of the seed's text",
            )  # fmt: skip
    own = read.model_dump(mode="json")
    machine = {**(event.machine or {}), **{name: own[name] for name in correction.fields}}
    update: dict[str, object] = {name: getattr(changed, name) for name in correction.fields}
    return _sure(event, {**update, "review": "corrected", "machine": machine})


def _check_field(name: str, seed: Seed, where: str) -> None:
    """CorrectionError where `name` is no field of an event, or one that nobody may set."""
    if name in _FIXED:
        raise CorrectionError(_file(seed), where, f"field {name!r} cannot be set")
    if name not in Event.model_fields:
        near = difflib.get_close_matches(name, sorted(Event.model_fields), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"fields are {', '.join(Event.model_fields)}"
        raise CorrectionError(_file(seed), where, f"an event has no field {name!r}", hint)


def _unknown(
    correction: Correction, events: Mapping[str, Event], dropped: set[str], seed: Seed, where: str
) -> CorrectionError:
    """The error for a correction whose event is not there, with the events it may have meant."""
    if correction.event in dropped:
        return CorrectionError(_file(seed), where, "this event was dropped by a correction before this one")
    near = difflib.get_close_matches(correction.event, sorted(events), 3, 0.5)
    near = near or [event.id for event in _alike(correction, events)][:3]
    named = "; ".join(f"{id_} ({events[id_].evidence[0].quote[:60]!r})" for id_ in near)
    hint = f"nearest: {named}" if named else "the seed yields no event that looks like it"
    return CorrectionError(_file(seed), where, "no event of this seed has that id", hint)


def _alike(correction: Correction, events: Mapping[str, Event]) -> list[Event]:
    """Events that share words with the reason or the fields of the correction, most first."""
    words = {w for w in f"{correction.why} {correction.fields}".lower().split() if len(w) > 4}
    scored = [(len(words & set(e.evidence[0].quote.lower().split())), e) for e in events.values()]
    return [e for score, e in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)) if score]
