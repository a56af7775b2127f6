"""`briefgen correct`: what a person says over one event, tried out and then written into the seed's sidecar.

Nothing is written that would not apply: the seed is read with the new correction first.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen import build, diff, extract, lock, records, seeds, yamlio
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


def correct(project: Path, known: Knowledge, wanted: Mapping[str, Any]) -> Outcome:
    """Write `wanted`, a correction without its quote, into the sidecar of the seed that tells its event.

    BriefError, with nothing written, where no record has the event, or the correction does not apply.
    """
    kept = records.read(project / "records")
    record, event = _find(wanted["event"], kept, project)
    path = project / "seeds" / record.report.seed
    sidecar = seeds.beside(path)
    with lock.held(project / ".build" / "sidecars.lock", lambda: None):
        seed = seeds.read(path)
        entry = {**wanted, "quote": _cut(event.evidence[0].quote)}
        correction = yamlio.model(Correction, entry, str(sidecar))
        if any(_says(have) == _says(correction) for have in _last_of(seed, event)):
            return Outcome(sidecar, (), written=False)
        changes = _changes(seed, correction, known)
        text = _text(sidecar)
        _replace(sidecar, yamlio.appended(text, "corrections", _in_order(entry), str(sidecar)))
    return Outcome(sidecar, changes, written=True)


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


def _changes(seed: Seed, correction: Correction, known: Knowledge) -> tuple[ReportDiff, ...]:
    """What the correction makes different; BriefError where it does not apply."""
    reader = extract.reader(known)
    before = build.of_seed(seed, known, reader)
    corrections = (*seed.sidecar.corrections, correction)
    sidecar = seed.sidecar.model_copy(update={"corrections": corrections})
    return diff.compare(before, build.of_seed(seed.model_copy(update={"sidecar": sidecar}), known, reader))


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


def _replace(path: Path, text: str) -> None:
    """Put `text` in the place of the file at once, so that nobody ever sees half of it; its rights stay."""
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(text.encode("utf-8"))
    if target.exists():
        fresh.chmod(target.stat().st_mode & 0o777)
    os.replace(fresh, target)  # noqa: PTH105 - named for what it promises
