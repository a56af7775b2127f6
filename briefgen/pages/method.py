"""How the site is made: from report to event, accuracy, corrections, limits."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.model import Day, Model
from briefgen.pages import corrected, words
from briefgen.pages.book import Book
from briefgen.pages.listing import toc
from briefgen.pages.page import Page, Ref, Target


class Measure(Model):
    """One measured figure, between 0 and 1."""

    name: str
    """What is measured, in words a reader knows."""
    value: float
    unseen: float | None = None
    """The same on reports that no rule was written against."""
    ceiling: float | None = None
    """What two careful annotators reach against each other."""


class Accuracy(Model):
    """`accuracy.yml`: how well the extraction does on annotated reports."""

    reports: int
    """How many reports it was measured on."""
    events: int
    """How many events the annotators found there."""
    measured: Day | None = None
    note: str = ""
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measured figure, in print."""

    name: str
    value: str
    unseen: str
    ceiling: str


@dataclass(frozen=True, slots=True)
class Method:
    """View of the method page."""

    title: str
    standfirst: str
    accuracy: tuple[MeasureRow, ...]
    accuracy_deck: str
    held: int
    corrections: tuple[str, ...]
    editable: bool


def page(book: Book, accuracy: Accuracy | None) -> Page:
    """The method page; without measured figures it says that none were measured."""
    view = Method(
        title="Method",
        standfirst="How reports become events, what the marks mean, how well it works, and what it cannot do.",
        accuracy=tuple(
            MeasureRow(m.name, f"{m.value:.2f}", *(f"{x:.2f}" if x is not None else "–" for x in (m.unseen, m.ceiling)))
            for m in (accuracy.measures if accuracy else ())
        ),
        accuracy_deck=_deck(accuracy) if accuracy else "",
        held=len(book.held),
        corrections=corrected.counted(book.records),
        editable=bool(book.editors),
    )
    contents = toc(
        ("how", "From report to event", True),
        ("marks", "Types, certainty, dates", True),
        ("accuracy", "Measured accuracy", True),
        ("corrections", "Corrections", True),
        ("limits", "Limits", True),
    )
    crumbs = (Ref("Briefing", "page:index"),)
    return Page(
        "method.md", "method", "Method", "Method", view, (Target("page:method"),), crumbs, contents, view.standfirst
    )


def _deck(accuracy: Accuracy) -> str:
    when = f" on {words.day(accuracy.measured, long=True)}" if accuracy.measured else ""
    text = (
        f"Measured{when} against two annotators who read {words.count(accuracy.reports, 'report')} independently and "
        f"found {words.count(accuracy.events, 'event')}. 1.00 is perfect. The last column is how far the two agree "
        "with each other: no machine can be asked for more."
    )
    return f"{text} {accuracy.note}".strip()
