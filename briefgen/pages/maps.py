"""Maps: what the pages give them, and the page of all places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen import charts
from briefgen.charts import Chart
from briefgen.knowledge import Knowledge, outlines
from briefgen.model import EventPlace
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.page import Page, Ref, Target, file_stem

WIDE = 1180
SAID = 10
"""Events of one place that are listed; the explorer has all."""
POSITION = {
    "point": "spot", "town": "town", "district": "district", "province": "province", "country": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place with its latest events."""

    anchor: str
    name: str
    position: str
    n: int
    events: tuple[Ref, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """A theater with the number of events on its map."""

    ref: Ref
    n: int


@dataclass(frozen=True, slots=True)
class Map:
    """View of the page of all places."""

    title: str
    standfirst: str
    charts: tuple[Chart, ...]
    theaters: tuple[Mapped, ...]
    places: tuple[PlaceRow, ...]


def world(book: Book, width: int = WIDE) -> Chart | None:
    """A map of all located events."""
    return of_all(book.entries, book, width)


def of_all(entries: Sequence[Entry], book: Book, width: int) -> Chart | None:
    """A map of these events, at the scale that holds them all."""
    ground = charts.Ground(tuple(outlines.load().values()))
    return charts.on_map(places(entries, book.knowledge), len(entries), ground, book.style, width)


def of_theater(id_: str, entries: Sequence[Entry], book: Book, width: int = 640) -> Chart | None:
    """The theater's own map; None where it has no frame, or no event inside it."""
    known = book.knowledge.theaters.get(id_)
    if known is None or known.frame is None:
        return None
    ground = charts.Ground(tuple(outlines.load().values()), known.frame, frozenset(known.focus))
    return charts.on_map(places(entries, book.knowledge), len(entries), ground, book.style, width)


def places(entries: Sequence[Entry], knowledge: Knowledge) -> list[charts.Place]:
    """The places with coordinates that the entries name, each with its events.

    An event that names a town and the province or country about it is at the town only.
    """
    found: dict[str, tuple[EventPlace, list[Entry]]] = {}
    for entry in entries:
        named = [place for place in entry.event.places if place.lat is not None and place.lon is not None]
        wider = {above for place in entry.event.places for above in _about(place.id, knowledge)}
        for place in named:
            if place.id is None or place.id not in wider:
                found.setdefault(key(place), (place, []))[1].append(entry)
    return [
        charts.Place(
            key=id_,
            name=place.name,
            precision=place.precision,
            lat=place.lat or 0.0,
            lon=place.lon or 0.0,
            events=tuple({entry.event.id: entry.event for entry in here}.values()),
        )
        for id_, (place, here) in sorted(found.items())
    ]


def key(place: EventPlace) -> str:
    """What a place is linked by."""
    return file_stem(place.id or place.name)


def _about(id_: str | None, knowledge: Knowledge) -> set[str]:
    """Ids of the places that the place lies in."""
    found: set[str] = set()
    known = knowledge.places.get(id_ or "")
    while known is not None:
        above = {known.within, known.country} - {None, known.id} - found
        found |= {id_ for id_ in above if id_}
        known = knowledge.places.get(known.within or "") if known.within in above else None
    return found


def page(book: Book) -> Page:
    """The map of everything, and every place with its events."""
    drawn = world(book)
    there = places(book.entries, book.knowledge)
    entries = {entry.event.id: entry for entry in book.entries}
    there.sort(key=lambda place: (-len(place.events), place.name.casefold(), place.key))
    located = len({event.id for place in there for event in place.events})
    with_map = [(id_, n) for id_, own in book.by_theater.items() if (n := _inside(id_, own, book))]
    with_map.sort(key=lambda item: (-item[1], item[0]))
    view = Map(
        title="Map",
        standfirst=f"{words.sentence(words.count(located, 'event'))} of {len(book.entries):,} "
        f"{'names' if located == 1 else 'name'} a place whose position is known, {words.count(len(there), 'place')} "
        "in all. A mark says that a report names the place, not that something struck there."
        if there
        else "No event shown names a place whose position is known.",
        charts=(drawn,) if drawn else (),
        theaters=tuple(Mapped(book.theater(id_), n) for id_, n in with_map),
        places=tuple(_row(place, entries) for place in there),
    )
    targets = (Target("page:events/map"), *(Target(f"place:{p.key}", f"p-{p.key}") for p in there))
    return Page("events/map.md", "map", "Map", "Map", view, targets, description=view.standfirst)


def _inside(id_: str, entries: Sequence[Entry], book: Book) -> int:
    """How many events the theater's map would show."""
    known = book.knowledge.theaters.get(id_)
    if known is None or known.frame is None:
        return 0
    west, south, east, north = known.frame
    inside = [p for p in places(entries, book.knowledge) if west <= p.lon <= east and south <= p.lat <= north]
    return len({event.id for place in inside for event in place.events})


def _row(place: charts.Place, entries: dict[str, Entry]) -> PlaceRow:
    latest = sorted((entries[event.id] for event in place.events), key=lambda entry: entry.order)
    return PlaceRow(
        anchor=f"p-{place.key}",
        name=place.name,
        position=POSITION[place.precision],
        n=len(latest),
        events=tuple(
            Ref(
                f"{entry.event.type.capitalize()}, {words.date(entry.event.date)}",
                f"event:{entry.event.id}",
                words.finding(entry.event),
            )
            for entry in latest[:SAID]
        ),
        left=max(0, len(latest) - SAID),
    )
