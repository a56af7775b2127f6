"""Actors that are one, or two, after all."""

from __future__ import annotations

import difflib

from briefgen.corrections import forms
from briefgen.corrections.desk import Desk
from briefgen.corrections.naming import known_by, unknown
from briefgen.errors import CorrectionError
from briefgen.model import Correction, Event, EventActor
from briefgen.resolve.parties import slug


def merge(correction: Correction, desk: Desk) -> None:
    """Everywhere in the seed the others are the actor."""
    if correction.actor in correction.others:
        raise desk.error("an actor cannot be merged with itself")
    there = {actor.id for event in desk.standing() for actor in event.actors}
    for id_ in correction.others:
        if id_ not in there:
            raise _absent(id_, there, desk)
    becomes = known_by(correction.actor, desk)
    if becomes is None:
        raise unknown(correction.actor, desk)
    touched = [event for event in desk.standing() if any(actor.id in correction.others for actor in event.actors)]
    for id_ in dict.fromkeys(_renamed(event, correction.others, becomes, desk) for event in touched):
        desk.note(correction, id_)
    for record in desk.all_records():
        judged = tuple(
            a.model_copy(
                update={"actors": tuple(dict.fromkeys(becomes.id if x in correction.others else x for x in a.actors))}
            )
            for a in record.assessments
        )
        desk.replace(record.model_copy(update={"assessments": judged}))


def split(correction: Correction, desk: Desk) -> None:
    """In the events that are named the actor is another one."""
    becomes = known_by(slug(correction.becomes), desk) or known_by(correction.becomes, desk)
    if becomes is None:
        name = correction.becomes
        if name == slug(name):
            raise unknown(name, desk)
        becomes = EventActor(id=slug(name), name=name, role="participant", as_written=name, known=False)
    if becomes.id == correction.actor:
        raise desk.error("an actor cannot be split from itself")
    touched = [desk.event(id_) for id_ in dict.fromkeys(correction.events)]
    for event in touched:
        there = {actor.id for actor in event.actors}
        if correction.actor not in there:
            raise _absent(correction.actor, there, desk, f"event {event.id}")
    for id_ in dict.fromkeys(_renamed(event, (correction.actor,), becomes, desk) for event in touched):
        desk.note(correction, id_)


def _absent(id_: str, there: set[str], desk: Desk, where: str = "this seed") -> CorrectionError:
    near = difflib.get_close_matches(id_, sorted(there), 3)
    hint = f"nearest: {', '.join(near)}" if near else f"there are {', '.join(sorted(there)[:8])}" if there else ""
    return desk.error(f"no actor of {where} has the id {id_!r}", hint)


def _renamed(event: Event, old: tuple[str, ...], new: EventActor, desk: Desk) -> str:
    """Put the event back with `new` for the actors of the ids `old`; the id of its report.

    Its date, type and the rest stay as sure as they were.
    """
    made: dict[str, EventActor] = {}
    for actor in event.actors:
        own = actor.model_copy(update={"side": new.id}) if actor.side in old else actor
        if actor.id in old:
            own = actor.model_copy(
                update={"id": new.id, "name": new.name, "known": new.known, "side": new.side, "title": None}
            )
        made.setdefault(own.id, own)
    names = {*old, *(actor.name for actor in event.actors if actor.id in old)}
    update: dict[str, object] = {"actors": tuple(made.values())}
    if names & set(event.attributed_to):
        update["attributed_to"] = tuple(new.name if name in names else name for name in event.attributed_to)
    sure = {"confidence": event.confidence, "shown": event.shown}
    desk.keep(forms.updated(event, update, desk).model_copy(update=sure))
    return event.report
