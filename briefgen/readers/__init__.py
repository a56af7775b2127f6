"""A seed -> the reports in it: the first layout that fits reads it, the generic one last.

What a reader promises: every block's span is tight, blocks do not overlap, and what stands
between them inside the report's span is blank or a sign that makes a line an item of a
list, a note or a heading. Every mark in told text has its citation.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from briefgen.errors import SeedError
from briefgen.model import Report, ReportFacts, Seed
from briefgen.readers import addresses, ctp_isw, generic, iran_international, itic, oe_watch
from briefgen.readers.outlets import Known, Outlets, outlets

__all__ = ["READERS", "Known", "Reader", "read"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One layout."""

    name: str
    fits: Callable[[Seed], str]
    """Why a seed is of this layout; empty where it is not."""
    read: Callable[[Seed, Outlets], tuple[Report, ...]]


READERS: tuple[Reader, ...] = tuple(
    Reader(layout.NAME, layout.fits, layout.read) for layout in (oe_watch, ctp_isw, itic, iran_international, generic)
)


def read(seed: Seed, knowledge: Known) -> tuple[Report, ...]:
    """The reports of a seed, in its order, with what the sidecar says about each.

    Raises SeedError where the seed holds no text, or the sidecar speaks of a report that
    is not there.
    """
    known = outlets(knowledge)
    seed = _identified(seed, known)
    for reader in READERS:
        why = reader.fits(seed)
        if why:
            found = _named_apart(reader.read(seed, known))
            if not any(report.blocks for report in found):
                raise SeedError(seed.name, "", "no text was found in it", "remove it or put a report in")
            _check_keys(found, seed)
            note = f"Read with the layout {reader.name}: {why}."
            return tuple(_with_facts(report, seed, len(found) == 1, note) for report in found)
    raise SeedError(seed.name, "", "no layout fits it")


def _identified(seed: Seed, known: Outlets) -> Seed:
    """The seed with the id of the publisher that its file names or whose site it comes from; None where it has none."""
    meta = seed.meta
    id_ = known.named(meta.publisher or "") or known.at(addresses.host(meta.address or ""))
    return seed.model_copy(update={"meta": meta.model_copy(update={"publisher": id_})})


def _named_apart(found: tuple[Report, ...]) -> tuple[Report, ...]:
    """Reports of one seed with the same id get a number after it."""
    seen: dict[str, int] = {}
    out = []
    for report in found:
        seen[report.id] = number = seen.get(report.id, 0) + 1
        out.append(report if number == 1 else report.model_copy(update={"id": f"{report.id}-{number}"}))
    return tuple(out)


def _check_keys(found: tuple[Report, ...], seed: Seed) -> None:
    """Raises SeedError for a report that the sidecar names and the seed has not."""
    ids = [report.id for report in found]
    for key in seed.sidecar.reports:
        if key not in ids:
            near = difflib.get_close_matches(key, ids, 1)
            hint = f"did you mean {near[0]}?" if near else f"its reports are {', '.join(ids[:12])}"
            raise SeedError(f"{seed.name}.yml", f"key reports.{key}", "the seed has no report of that id", hint)


def _with_facts(report: Report, seed: Seed, alone: bool, note: str) -> Report:
    """The report with the facts that the sidecar has for it; ids stay as the text gave them."""
    facts = seed.sidecar.reports.get(report.id, ReportFacts())
    told = {name: value for name in ReportFacts.model_fields if (value := getattr(facts, name))}
    title = seed.sidecar.title or (seed.meta.title if report.title is None else None)
    if title and alone:
        told.setdefault("title", title)
    if "published" in told:
        told |= {"published_basis": "sidecar", "published_why": ""}
    return report.model_copy(update={**told, "notes": (note, *report.notes)})
