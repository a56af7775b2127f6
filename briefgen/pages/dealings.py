"""Who does what to whom: an actor's counterparts by type of event, and its latest deeds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.model import Event
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.page import Ref

ROWS = 14
LATEST = 8
Way = str
"""`does`, `suffers` or `shares`."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Events of one type."""

    type: str
    family: str
    word: str
    n: int


@dataclass(frozen=True, slots=True)
class Dealing:
    """One counterpart: what the actor does to it, what it does to the actor, what they do together."""

    other: Ref
    events: int
    does: tuple[Deed, ...]
    suffers: tuple[Deed, ...]
    shares: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One event in a line."""

    when: str
    deed: Deed
    others: tuple[Ref, ...]
    certainty: str
    event: Ref


@dataclass(frozen=True, slots=True)
class Role:
    """Events in which the actor has one part, the latest first."""

    title: str
    total: int
    lines: tuple[Line, ...]


def dealings(id_: str, entries: Sequence[Entry], book: Book) -> tuple[tuple[Dealing, ...], int]:
    """The counterparts in most events, and how many more there are."""
    ways: dict[str, dict[Way, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    events: Counter[str] = Counter()
    for entry in entries:
        for other, way in _ways(id_, entry.event).items():
            ways[other][way][entry.event.type] += 1
            events[other] += 1
    ranked = sorted(events, key=lambda other: (-events[other], book.actors[other].casefold(), other))
    rows = tuple(
        Dealing(
            book.actor(other, book.actors[other]),
            events[other],
            *(_deeds(ways[other][way], book) for way in ("does", "suffers", "shares")),
        )
        for other in ranked[:ROWS]
    )
    return rows, max(len(ranked) - ROWS, 0)


def _ways(id_: str, event: Event) -> dict[str, Way]:
    """Each other actor of the event -> how it stands to this one; those on its own side are left out."""
    mine = {a.role for a in event.actors if a.id == id_}
    bosses = {a.side for a in event.actors if a.id == id_}
    found: dict[str, Way] = {}
    for other in event.actors:
        if other.id == id_ or other.side == id_ or other.id in bosses:
            continue
        if other.role == "target":
            way = "does" if mine & {"source", "participant"} else ""
        elif "target" in mine and not mine & {"source", "participant"}:
            way = "suffers"
        else:
            way = "shares"
        if way and other.id not in found:
            found[other.id] = way
    return found


def _deeds(counts: Counter[str], book: Book) -> tuple[Deed, ...]:
    return tuple(_deed(type_, book, n) for type_, n in sorted(counts.items(), key=lambda i: (-i[1], i[0])))


def _deed(type_: str, book: Book, n: int) -> Deed:
    known = book.knowledge.types.get(type_)
    return Deed(type_, known.family if known else "st", type_.capitalize(), n)


def parts(id_: str, entries: Sequence[Entry], book: Book) -> tuple[Role, ...]:
    """The latest events in which it acts, takes part and is acted on; an event counts once, acting first."""
    found: dict[str, list[Entry]] = {"source": [], "participant": [], "target": []}
    for entry in entries:
        mine = {a.role for a in entry.event.actors if a.id == id_}
        found[next(role for role in found if role in mine)].append(entry)
    titles = {"source": "It acts", "participant": "It takes part", "target": "It is acted on"}
    return tuple(
        Role(titles[role], len(told), tuple(_line(id_, entry, book) for entry in told[:LATEST]))
        for role, told in found.items()
        if told
    )


def _line(id_: str, entry: Entry, book: Book) -> Line:
    event = entry.event
    others = dict.fromkeys((a.id, a.name) for a in event.actors if a.id != id_ and a.side != id_)
    return Line(
        words.date(event.date),
        _deed(event.type, book, 1),
        tuple(book.actor(*other) for other in list(others)[:4]),
        event.certainty,
        Ref("sentence", f"event:{event.id}"),
    )
