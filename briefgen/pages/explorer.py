"""The page of the explorer; its rows come from `briefgen/explorer.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.pages import words
from briefgen.pages.book import Book
from briefgen.pages.listing import CONTESTED, contested
from briefgen.pages.page import EXPLORER, Page, Target, asking

SCRIPTS = ("explorer-data.js", "explorer.js")


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to start: what it shows, and the question in the address."""

    title: str
    n: int
    ask: str
    """What the explorer is asked, as something to link to."""


@dataclass(frozen=True, slots=True)
class Explorer:
    """View of the explorer's page."""

    title: str
    standfirst: str
    presets: tuple[Preset, ...]
    events: int


def page(book: Book) -> Page:
    """The page; what it says of the numbers is what the rows hold."""
    view = Explorer(
        title="Explorer",
        standfirst="Every event in brief; open one for its whole sentence and where it stands. Ticks in one list show "
        "what fits any of them, ticks in several lists what fits all."
        if book.entries
        else "No event is shown yet.",
        presets=tuple(preset for preset in _presets(book) if preset.n),
        events=len(book.entries),
    )
    return Page(
        "events/explorer.md", "explorer", "Explorer", "Explorer", view, (Target(EXPLORER),),
        description=f"{words.sentence(words.count(len(book.entries), 'event'))}, to be searched and filtered.",
        scripts=SCRIPTS,
    )  # fmt: skip


def _presets(book: Book) -> list[Preset]:
    attacks = [entry for entry in book.entries if entry.event.type == "ASSAULT"]
    where = Counter(theater for entry in attacks for theater in entry.event.theaters)
    return [
        Preset("Contested", len(contested(book.entries)), asking(*(("certainty", c) for c in sorted(CONTESTED)))),
        *(
            Preset(f"Attacks in {book.theater_name(theater)}", n, asking(("type", "ASSAULT"), ("theater", theater)))
            for theater, n in sorted(where.items(), key=lambda item: (-item[1], item[0]))[:1]
        ),
        *_meetings(book),
        Preset("Undated", sum(1 for e in book.entries if not e.event.date.start), asking(("year", "undated"))),
    ]


def _meetings(book: Book) -> Iterator[Preset]:
    """Meetings of whoever meets most."""
    met = [entry.event for entry in book.entries if entry.event.type == "CONSULT"]
    counts = Counter(id_ for event in met for id_ in {actor.id for actor in event.actors})
    for id_, n in sorted(counts.items(), key=lambda item: (-item[1], book.actors[item[0]].casefold(), item[0]))[:1]:
        yield Preset(f"Meetings of {book.actors[id_]}", n, asking(("type", "CONSULT"), ("actor", id_)))
