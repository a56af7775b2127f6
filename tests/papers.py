"""What the tests of briefs and of their printing share."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from briefgen import briefs, packaged, pages
from briefgen.briefs import Ask, Brief, Look
from briefgen.knowledge import Knowledge
from briefgen.model import Citation, EventPlace, Evidence, Record
from briefgen.pages.book import Book
from invented import SEED, TEXT, event, record


@lru_cache
def look() -> Look:
    """How the program's own theme draws charts."""
    theme = packaged.templates() / "theme"
    css = (theme / "assets" / "briefgen.css").read_text(encoding="utf-8")
    return briefs.look(css, (theme / "partials" / "sprite.html").read_text(encoding="utf-8"))


def bound(known: Knowledge, records: Sequence[Record]) -> Book:
    """The records as a Book."""
    return pages.bound(records, known, {SEED: TEXT})


def brief(known: Knowledge, ask: Ask, *records: Record) -> Brief:
    """The brief that is asked for, of the invented record where no others are given."""
    return briefs.brief(ask, bound(known, records or (record(),)), look())


def data(known: Knowledge, ask: Ask, *records: Record) -> dict[str, Any]:
    """The same as plain data."""
    return dataclasses.asdict(brief(known, ask, *records))


APRIL = Ask("period", "", dt.date(2024, 4, 1), dt.date(2024, 4, 5))
ASKS = (Ask("theater", "iraq"), Ask("actor", "reds"), Ask("report", "reds-and-blues"), APRIL)
"""One of each kind, of the invented record."""


def saying(quote: str, *, cites: int = 0, **more: object) -> Record:
    """A report that says `quote`, in an event that rests on so many citations."""
    base = record().report
    known = tuple(
        Citation(id=f"n{n}", marker=str(n), reference=f"Gazette number {n}, page {n + 7}.") for n in range(cites)
    )
    told = event("e-said", "said", quote, quote, tuple(c.id for c in known), **more)
    fields: dict[str, object] = {"id": "said", "span": (0, len(quote)), "takeaways": (), "marks": (), "blocks": ()}
    report = base.model_copy(update={**fields, "citations": known, "text": "excerpts"})
    return Record(report=report, events=(told,))


def placed() -> Record:
    """The invented record with a town under its first event."""
    base = record()
    town = EventPlace(id="baghdad", name="Baghdad", as_written="Baghdad", lat=33.31, lon=44.37, precision="town")
    events = tuple(e.model_copy(update={"places": (town,)} if e.id == "e-one" else {}) for e in base.events)
    return base.model_copy(update={"events": events})


def evidence(quote: str, at: int, *cites: str) -> Evidence:
    """A passage of a text, resting on `cites`."""
    return Evidence(quote=quote, span=(at, at + len(quote)), citations=cites)
