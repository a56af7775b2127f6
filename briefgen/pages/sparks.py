"""Events a month as small bars, for tables; a month that no report covers is marked as not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefgen.model import Day
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.listing import latest_report
from briefgen.pages.trend import known_day

MONTHS = 12
HEIGHT = 18
"""Units of the highest bar; the base line lies below."""
LONGEST = 31
"""Days over which an event may stretch and still have a place in a month."""


@dataclass(frozen=True, slots=True)
class Column:
    """One month."""

    x: int
    y: str
    height: str
    """0 where nothing is told."""
    read: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """The months, and the same in words."""

    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Sparks:
    """Bars of several rows on one scale."""

    title: str
    """The months that are drawn."""
    scale: int
    by_row: Mapping[str, Spark]


def sparks(rows: Mapping[str, Sequence[Entry]], book: Book) -> Sparks | None:
    """Bars for each row, over the twelve months to the newest report; None where no report has a date."""
    edition = latest_report(book)
    if edition is None:
        return None
    last = _index(edition)
    months = range(last - MONTHS + 1, last + 1)
    read = _read(book)
    counts = {key: _counts(entries) for key, entries in rows.items()}
    scale = max((n for count in counts.values() for at, n in count.items() if at in months), default=0)
    drawn = {key: _spark(count, months, read, scale) for key, count in counts.items()}
    return Sparks(f"{_name(months[0])} to {_name(last)}", scale, drawn)


def _spark(counts: Counter[int], months: range, read: frozenset[int], scale: int) -> Spark:
    columns = []
    for at in months:
        height = HEIGHT * counts[at] / max(scale, 1)
        columns.append(Column((at - months[0]) * 10, f"{HEIGHT - height:.1f}", f"{height:.1f}", at in read))
    told = [f"{counts[at]:,} in {_name(at)}" for at in months if counts[at]]
    return Spark(words.listed(told) if told else "none in these months", tuple(columns))


def _counts(entries: Sequence[Entry]) -> Counter[int]:
    dates = [e.event.date for e in entries]
    return Counter(_index(d.start) for d in dates if d.start and ((d.end or d.start) - d.start).days < LONGEST)


def _read(book: Book) -> frozenset[int]:
    """Months that a report covers any day of."""
    found: set[int] = set()
    for record in book.records:
        period = record.report.period
        if period:
            found |= set(range(_index(period.start), _index(period.end) + 1))
        elif day := known_day(record.report):
            found.add(_index(day[0]))
    return frozenset(found)


def _index(day: Day) -> int:
    return day.year * 12 + day.month - 1


def _name(index: int) -> str:
    return f"{words.MONTHS[index % 12][:3]} {index // 12}"
