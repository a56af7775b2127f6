"""The events of one seed while corrections are laid over them, and the correction at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from briefgen.corrections import lost
from briefgen.errors import CorrectionError
from briefgen.knowledge import Knowledge
from briefgen.model import Corrected, Correction, Event, Record, Seed

ADDED = "added by a reader"
"""Stands for the rule of an event that no rule made."""


class Desk:
    """Takes events up and puts them back; what it was given stays as it is."""

    def __init__(
        self,
        records: Sequence[Record],
        seed: Seed,
        knowledge: Knowledge,
        formerly: Callable[[str], Event | None],
    ) -> None:
        self.seed, self.knowledge = seed, knowledge
        self._formerly = formerly
        self._records = {record.report.id: record for record in records}
        self._read = {event.id: event for record in records for event in record.events}
        self._events = dict(self._read)
        self._order = {id_: [event.id for event in record.events] for id_, record in self._records.items()}
        self._done: dict[str, list[Corrected]] = {id_: [] for id_ in self._records}
        self._gone: dict[str, str] = {}
        self._at_hand: Correction | None = None
        self._where = ""

    def turn_to(self, number: int, correction: Correction) -> None:
        """Say which correction is at hand, for errors."""
        self._at_hand = correction
        about = correction.event or correction.actor
        noun = "event" if correction.event or not about else "actor"
        self._where = f"corrections, no. {number}, {f'{noun} {about}' if about else correction.action}"

    def error(self, what: str, hint: str = "") -> CorrectionError:
        """An error that names the file and the correction at hand."""
        return CorrectionError(f"seeds/{self.seed.name}.yml", self._where, what, hint)

    def event(self, id_: str) -> Event:
        """The event as it is now; CorrectionError, with those that come nearest, where there is none."""
        found = self._events.get(id_)
        if found is not None:
            return found
        if id_ in self._gone:
            raise self.error(f"{id_} was {self._gone[id_]} by a correction before this one")
        near = lost.nearest(self._at_hand, id_, self._formerly(id_), list(self._events.values()))
        hint = f"nearest: {near}" if near else "the seed yields no event that looks like it"
        raise self.error(f"no event of this seed has that id: {id_}", hint)

    def record(self, id_: str) -> Record:
        """The record of the report with this id; of the only one where the id is empty."""
        if not id_ and len(self._records) == 1:
            return next(iter(self._records.values()))
        if id_ in self._records:
            return self._records[id_]
        ids = ", ".join(self._records)
        if not id_:
            raise self.error("the seed holds several reports", f"say which with `report:`; they are {ids}")
        raise self.error(f"no report of this seed has the id {id_!r}", f"they are {ids}")

    def standing(self) -> tuple[Event, ...]:
        """All events as they are now, in the order of the records."""
        return tuple(self._events[id_] for ids in self._order.values() for id_ in ids)

    def all_records(self) -> tuple[Record, ...]:
        """The records as they were given."""
        return tuple(self._records.values())

    def has(self, id_: str) -> bool:
        """Whether an event of this id is or was there."""
        return id_ in self._events or id_ in self._gone

    def read(self, event: Event) -> Event:
        """The event as the machine read it, or as it was added."""
        return self._read.get(event.id, event)

    def put(self, event: Event, correction: Correction, over: Sequence[Event] = ()) -> None:
        """Put a corrected event in its place; `over` are events that are no more."""
        self._events[event.id] = event
        self.note(correction, event.report, event.id, over)

    def keep(self, event: Event) -> None:
        """Put a changed event in its place, without a note."""
        self._events[event.id] = event

    def insert(self, event: Event, after: str = "", read: Event | None = None) -> None:
        """Put a new event behind the one of the id `after`, or else where its words stand in the text.

        `read` is what the machine had read in its place.
        """
        order = self._order[event.report]
        later = (n for n, id_ in enumerate(order) if self._events[id_].evidence[0].span > event.evidence[0].span)
        order.insert(order.index(after) + 1 if after else next(later, len(order)), event.id)
        self._events[event.id] = event
        self._read.setdefault(event.id, read or event)

    def take(self, event: Event, how: str) -> None:
        """Take an event away."""
        self._gone[event.id] = how
        self._order[event.report].remove(event.id)
        del self._events[event.id]

    def drop(self, event: Event, correction: Correction) -> None:
        """Take an event away for good, with a note."""
        self.take(event, "dropped")
        self.note(correction, event.report, event.id, [event])

    def note(self, correction: Correction, report: str, event: str = "", over: Sequence[Event] = ()) -> None:
        """Keep in the record of `report` that the correction was applied."""
        self._done[report].append(
            Corrected(
                action=correction.action,
                event=event,
                actor=correction.actor,
                why=correction.why,
                who=correction.who,
                when=correction.when,
                machine=tuple(self.read(one) for one in over),
            )
        )

    @staticmethod
    def id_of(key: str) -> str:
        """The id of an event that people made."""
        return "e-" + hashlib.sha256(key.encode()).hexdigest()[:12]

    def records(self) -> list[Record]:
        """The records as corrected."""
        return [
            record.model_copy(
                update={
                    "events": tuple(self._events[event] for event in self._order[id_]),
                    "corrections": tuple(self._done[id_]),
                }
            )
            for id_, record in self._records.items()
        ]

    def replace(self, record: Record) -> None:
        """Put a record with other assessments in its place."""
        self._records[record.report.id] = record
