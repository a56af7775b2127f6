"""Actors as people name them in a correction: an id and a role, or a name."""

from __future__ import annotations

import difflib
from typing import Any

from briefgen.corrections.desk import Desk
from briefgen.errors import CorrectionError
from briefgen.model import EventActor
from briefgen.resolve.parties import slug

_ROLES = ("source", "target", "participant")


def listed(value: object, desk: Desk) -> list[Any]:
    """The actors of an event in the form of the record.

    Given are entries of the record, of which `id` and `role` are enough, or a mapping from a
    role to an id or several.
    """
    if value is None:
        return []
    if isinstance(value, dict) and set(value) <= set(_ROLES):
        entries: list[Any] = [
            {"id": id_, "role": role}
            for role, ids in value.items()
            for id_ in ([ids] if isinstance(ids, str) else list(ids or ()))
        ]
    else:
        entries = value if isinstance(value, list) else [value]
    return [_entry(entry, desk) for entry in entries]


def _entry(entry: object, desk: Desk) -> Any:
    if not isinstance(entry, dict):
        raise desk.error(f"an actor needs a role, {entry!r} has none", "write `actors: {source: id, target: id}`")
    given = {str(key): value for key, value in entry.items()}
    name = given.get("name")
    id_ = given.get("id") or (slug(name) if isinstance(name, str) and name else None)
    if id_ is None:
        raise desk.error("an actor needs an id, or a name where it is not in the knowledge")
    known = known_by(str(id_), desk)
    if known is None and not isinstance(name, str):
        raise unknown(str(id_), desk)
    facts = known.model_dump(mode="json") if known else {"name": name, "as_written": name, "known": False}
    return {**facts, "id": id_, **{key: value for key, value in given.items() if key != "id"}}


def known_by(id_: str, desk: Desk) -> EventActor | None:
    """The actor of this id, from the knowledge or, where it is not there, from the seed's own events."""
    known = desk.knowledge.actors.get(id_)
    if known is not None:
        return EventActor(id=id_, name=known.name, role="participant", as_written=known.name, side=known.side)
    return next((actor for event in desk.standing() for actor in event.actors if actor.id == id_), None)


def unknown(id_: str, desk: Desk) -> CorrectionError:
    """The error for an id that no actor has, with those that come nearest."""
    there = {actor.id for event in desk.standing() for actor in event.actors}
    near = difflib.get_close_matches(id_, sorted({*desk.knowledge.actors, *there}), 3)
    hint = f"did you mean {' or '.join(near)}?" if near else "give its `name:` as well if it is not in the knowledge"
    return desk.error(f"no actor has the id {id_!r}", hint)
