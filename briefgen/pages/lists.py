"""Pages that hold one long list: all events, the review lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefgen import charts
from briefgen.charts import Chart
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.events import EventView, Note, notes, pages_of, quoted, view
from briefgen.pages.listing import (
    BESIDE,
    Listing,
    contested_sentence,
    continued,
    families_sentence,
    listing,
    toc,
)
from briefgen.pages.page import Page, Ref, Target, TocItem

HELD = 400
_WHY = {
    "unsure": "Below the confidence line",
    "planned": "Planned, has not happened",
    "hypothetical": "Hypothetical",
}


@dataclass(frozen=True, slots=True)
class AllEvents:
    """View of the page of all events."""

    title: str
    standfirst: str
    charts: tuple[Chart, ...]
    listing: Listing


@dataclass(frozen=True, slots=True)
class Held:
    """An event that is not shown, and how sure the extraction is of it."""

    event: EventView
    confidence: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Events that are not shown for the same reason."""

    title: str
    anchor: str
    total: int
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """View of the review lane."""

    title: str
    standfirst: str
    kept: tuple[Kept, ...]
    left: int
    notes: tuple[Note, ...]


def all_events(book: Book) -> list[Page]:
    """All events by month, over as many pages as they need; the first event of each day can be linked to."""
    events = [entry.event for entry in book.entries]
    drawn = charts.activity(events, [r.report for r in book.records], book.style, BESIDE)
    sentence = families_sentence(book.entries, book)
    total = words.sentence(words.count(len(book.entries), "event"))
    parts = [
        f"{total} in {words.count(len(book.records), 'report')}, latest first.",
        f"{sentence}." if sentence else "",
    ]
    page = AllEvents(
        title="All events",
        standfirst=" ".join(p for p in (*parts, contested_sentence(book.entries)) if p) if events else "",
        charts=(drawn,) if drawn else (),
        listing=listing(book.entries, book, "events/index", found=True),
    )
    contents = tuple(TocItem(f"m-{n}", m.title) for n, m in enumerate(page.listing.months))
    first = Page(
        "events/index.md", "events", "All events", "Events", page, (Target("page:events/index"),), toc=contents
    )
    made = [first, *continued(book.entries, book, first, "All events", found=True)]
    begun: set[str] = set()
    return [
        replace(one, targets=(*one.targets, *_days(own, begun)))
        for one, own in zip(made, pages_of(book.entries), strict=True)
    ]


def _days(entries: Sequence[Entry], begun: set[str]) -> list[Target]:
    """The first event of each day that has not `begun` on an earlier page; of those without one as `day:undated`."""
    found = []
    for entry in entries:
        start = entry.event.date.start
        day = start.isoformat() if start else "undated"
        if day not in begun:
            begun.add(day)
            found.append(Target(f"day:{day}", f"e-{entry.event.id}"))
    return found


def review(book: Book) -> Page:
    """Events that are not shown: plans, hypotheses, and those the machine is not sure of."""
    kept, room = [], HELD
    for anchor, title in _WHY.items():
        waiting = [entry for entry in book.held if _why(entry) == anchor]
        if anchor == "unsure":
            waiting.sort(key=lambda entry: -entry.event.confidence)
        held = tuple(Held(view(entry, book), f"{entry.event.confidence:.2f}") for entry in waiting[:room])
        room -= len(held)
        if held:
            kept.append(Kept(title, anchor, len(waiting), held))
    many = words.count(len(book.held), "event")
    page = Review(
        title="Review lane",
        standfirst=f"{words.sentence(many)} read from the reports and not shown on the other pages: planned or "
        "hypothetical ones, and those the program is not sure enough of, the surest of these first. A correction in "
        "the sidecar of the seed confirms or drops an event."
        if book.held
        else "Nothing is waiting: every event read from the reports is shown.",
        kept=tuple(kept),
        left=len(book.held) - (HELD - room),
        notes=notes(
            book, quoted(q for group in kept for item in group.held for q in (item.event.quote, *item.event.more))
        ),
    )
    crumbs = (Ref("Briefing", "page:index"), Ref("Method", "page:method"))
    contents = toc(*((group.anchor, group.title, True) for group in kept))
    return Page("review.md", "review", "Review lane", "Method", page, (Target("page:review"),), crumbs, contents)


def _why(entry: Entry) -> str:
    return entry.event.status if entry.event.status in _WHY else "unsure"
