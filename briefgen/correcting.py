"""`briefgen correct`: what a person says over one event, tried out and then written into the seed's sidecar.

Nothing is written that would not apply: the seed is read with the new correction first.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen import build, corrections, diff, extract, lock, records, seeds, yamlio
from briefgen.diff import ReportDiff
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import Correction, Event, Record, Seed

_QUOTE = 200
"""Characters of the event's sentence that are written beside its id."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a correction did."""

    sidecar: Path
    changes: tuple[ReportDiff, ...]
    written: bool
    """False where the sidecar says the same already."""


def correct(
    project: Path,
    known: Knowledge,
    wanted: Mapping[str, Any],
    kept: Sequence[Record] | None = None,
    as_read: Callable[[Seed], list[Record]] | None = None,
) -> Outcome:
    """Write `wanted`, a correction without its quote, into the sidecar of the seed that tells its event.

    Who makes several gives the records of the project as `kept`, and with `as_read` what the
    machine reads in a seed, so that neither is read each time.
    BriefError, with nothing written, where no record has the event, or the correction does not apply.
    """
    kept = records.read(project / "records") if kept is None else kept
    record, event = _find(wanted["event"], kept, project)
    path = project / "seeds" / record.report.seed
    sidecar = seeds.beside(path)
    with lock.held(project / ".build" / "sidecars.lock", lambda: None):
        seed = seeds.read(path)
        entry = {**wanted, "quote": _cut(event.evidence[0].quote)}
        correction = yamlio.model(Correction, entry, str(sidecar))
        if any(_says(have) == _says(correction) for have in _last_of(seed, event)):
            return Outcome(sidecar, (), written=False)
        made = as_read(seed) if as_read else build.as_read(seed, known, extract.reader(known))
        changes = _changes(made, seed, correction, known)
        text = _text(sidecar)
        yamlio.replace(sidecar, yamlio.appended(text, "corrections", _in_order(entry), str(sidecar)))
    return Outcome(sidecar, changes, written=True)


def assigned(fields: Sequence[str]) -> dict[str, object]:
    """FIELD=VALUE arguments as fields of a correction, values read as YAML; BriefError where one is none."""
    found: dict[str, object] = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals or not name.strip():
            raise BriefError("fields", "", f"{field!r} is no FIELD=VALUE", "such as type=AID")
        if name in found:
            raise BriefError("fields", "", f"{name} is given twice")
        found[name] = yamlio.parse(value, field)
    return found


def _find(id_: str, kept: Sequence[Record], project: Path) -> tuple[Record, Event]:
    """The event in the records as they were built last."""
    for record in kept:
        for event in record.events:
            if event.id == id_:
                return record, event
    for record in kept:
        for done in record.corrections:
            if any(event.id == id_ for event in done.machine):
                hint = f"to take that back, remove it from seeds/{record.report.seed}.yml"
                raise BriefError(id_, "", f"this event is no more: a correction says `{done.action}`", hint)
    near = difflib.get_close_matches(id_, [event.id for record in kept for event in record.events], 3)
    hint = (
        f"nearest: {', '.join(near)}" if near else "an event's id is on its page and in records/; run `briefgen build`"
    )
    raise BriefError(id_, "", f"no event in {project / 'records'} has this id", hint)


def _last_of(seed: Seed, event: Event) -> list[Correction]:
    """The last correction of the event, if there is one."""
    return [c for c in seed.sidecar.corrections if event.id in (c.event, *c.others)][-1:]


def _says(correction: Correction) -> dict[str, Any]:
    return correction.model_dump(include={"action", "event", "fields", "others", "why"})


def _changes(made: list[Record], seed: Seed, correction: Correction, known: Knowledge) -> tuple[ReportDiff, ...]:
    """What the correction changes in what the machine `made` of the seed; BriefError where it does not apply."""
    before = corrections.apply(made, seed, known)
    every = (*seed.sidecar.corrections, correction)
    sidecar = seed.sidecar.model_copy(update={"corrections": every})
    return diff.compare(before, corrections.apply(made, seed.model_copy(update={"sidecar": sidecar}), known))


def _in_order(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that say something, in the order in which people read them."""
    names = ("event", "action", "fields", "others", "quote", "why", "who", "when")
    return {name: entry[name] for name in names if entry.get(name)}


def _cut(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _QUOTE else flat[:_QUOTE].rsplit(" ", 1)[0]


def _text(sidecar: Path) -> str:
    try:
        return sidecar.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
