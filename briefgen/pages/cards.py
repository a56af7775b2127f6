"""What the home page says of each theater: how much is told of it, the last event, who is in it."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.listing import Strip, most_named, strip
from briefgen.pages.page import Ref
from briefgen.pages.trend import Trend, trend

NAMED = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One theater."""

    theater: Ref
    events: str
    strip: Strip
    trend: Trend
    last: Ref | None
    last_when: str
    named: tuple[Ref, ...]


def cards(book: Book) -> tuple[Card, ...]:
    """Theaters with events, the one that has the latest event first."""
    ranked = sorted(
        ((id_, entries) for id_, entries in book.by_theater.items() if entries),
        key=lambda item: (_last(item[1]).order[:5], -len(item[1]), book.theater_name(item[0])),
    )
    return tuple(_card(id_, entries, book) for id_, entries in ranked)


def _card(id_: str, entries: tuple[Entry, ...], book: Book) -> Card:
    last = _last(entries)
    return Card(
        theater=book.theater(id_),
        events=f"{len(entries):,} event{'' if len(entries) == 1 else 's'}",
        strip=strip(book.families(entries)),
        trend=trend(entries, book),
        last=Ref(words.finding(last.event), f"event:{last.event.id}"),
        last_when=words.date(last.event.date),
        named=tuple(ref for ref, _ in most_named(entries, book, most=NAMED)),
    )


def _last(entries: tuple[Entry, ...]) -> Entry:
    """The latest event that its report tells as news, else the latest of all."""
    return next((e for e in entries if e.event.core and e.event.date.start), entries[0])
