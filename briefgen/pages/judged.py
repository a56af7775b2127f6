"""All assessments by likelihood and by theater: each order is a page, so that neither needs a script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefgen import charts
from briefgen.charts import Chart
from briefgen.pages import words
from briefgen.pages.book import Book, Judgment
from briefgen.pages.events import JudgmentView, Note, judgment, notes, quoted
from briefgen.pages.listing import toc
from briefgen.pages.page import Page, Ref, Target

JUDGED = 400
BY_LIKELIHOOD, BY_THEATER = "page:assessments", "page:assessments/theaters"


@dataclass(frozen=True, slots=True)
class Group:
    """Assessments under one heading; `theater` is a link where the heading is a theater."""

    anchor: str
    title: str
    deck: str
    theater: Ref | None
    total: int
    judgments: tuple[JudgmentView, ...]


@dataclass(frozen=True, slots=True)
class Assessments:
    """View of all assessments in one order."""

    title: str
    standfirst: str
    orders: tuple[Ref, ...]
    """The pages of the two orders; the one without a target is this."""
    charts: tuple[Chart, ...]
    groups: tuple[Group, ...]
    left: int
    notes: tuple[Note, ...]
    found: bool
    """Whether the search finds the assessments here."""


def by_likelihood(book: Book) -> Page:
    """Assessments with a band, the likeliest first, then the others by report."""
    banded = [j for j in sorted(book.judgments, key=_likeliest) if j.assessment.likelihood]
    other = [j for j in book.judgments if not j.assessment.likelihood]
    drawn = charts.ruler([j.assessment for j in book.judgments], book.style)
    verb = "uses" if len(banded) == 1 else "use"
    groups = (
        _group("banded", "With a probability band, the likeliest first", banded[:JUDGED], len(banded), book),
        _group(
            "other",
            "Without a band, latest report first",
            other[: max(JUDGED - len(banded), 0)],
            len(other),
            book,
            deck="Words such as may and could, and judgments without an estimative word, have no band in ICD 203; none "
            "is made up for them.",
        ),
    )
    view = _view(
        book,
        "Assessments",
        f"{words.sentence(words.number(len(banded)))} of {words.count(len(book.judgments), 'assessment')} {verb} a "
        "word that has a probability band. Assessments are judgments of the reports and of those they quote, never of "
        "this site.",
        groups,
        (drawn,) if drawn else (),
        BY_LIKELIHOOD,
    )
    contents = toc(("banded", "With a probability band", banded), ("other", "Without a band", other))
    return Page(
        "assessments.md", "assessments", view.title, "Assessments", view, (Target(BY_LIKELIHOOD),), toc=contents
    )


def by_theater(book: Book) -> Page:
    """The same under their theaters, in each the likeliest first; one about two theaters stands under both.

    It lies among the events, so that the `mkdocs.yml` of a project that knows of no such page fits it.
    """
    ordered = sorted(book.judgments, key=_likeliest)
    named = {id_ for j in ordered for id_ in j.assessment.theaters}
    found = {id_: [j for j in ordered if id_ in j.assessment.theaters] for id_ in named}
    groups: list[Group] = []
    room = JUDGED
    for id_, about in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        ref = book.theater(id_)
        groups.append(_group(f"in-{id_}", ref.name, about[:room], len(about), book, theater=ref))
        room -= len(groups[-1].judgments)
    rest = [j for j in ordered if not j.assessment.theaters]
    groups.append(_group("in-none", "No theater", rest[:room], len(rest), book))
    view = _view(
        book,
        "Assessments by theater",
        f"{words.sentence(words.count(len(book.judgments), 'assessment'))} about "
        f"{words.count(len(found), 'theater')}, in each the likeliest first and those without a probability band last. "
        "One that is about two theaters stands under both.",
        groups,
        (),
        BY_THEATER,
    )
    contents = toc(*((group.anchor, group.title, group.judgments) for group in groups))
    crumbs = (Ref("Briefing", "page:index"), Ref("Assessments", BY_LIKELIHOOD))
    return Page(
        "events/assessments-by-theater.md", "assessments", view.title, "Assessments", view, (Target(BY_THEATER),),
        crumbs, contents,
    )  # fmt: skip


def _likeliest(item: Judgment) -> tuple[int, str, int]:
    return (-sum(item.assessment.likelihood or (0, 0)), item.report.id, item.number)


def _group(
    anchor: str,
    title: str,
    shown: Iterable[Judgment],
    total: int,
    book: Book,
    *,
    deck: str = "",
    theater: Ref | None = None,
) -> Group:
    return Group(anchor, title, deck, theater, total, tuple(judgment(item, book) for item in shown))


def _view(
    book: Book, title: str, standfirst: str, groups: Iterable[Group], drawn: tuple[Chart, ...], here: str
) -> Assessments:
    kept = tuple(group for group in groups if group.judgments)
    orders = (Ref("by likelihood", BY_LIKELIHOOD), Ref("by theater", BY_THEATER))
    return Assessments(
        title=title,
        standfirst=standfirst if book.judgments else "The reports read hold no assessment.",
        orders=tuple(Ref(o.name, None if o.target == here else o.target) for o in orders) if book.judgments else (),
        charts=drawn,
        groups=kept,
        left=sum(group.total - len(group.judgments) for group in kept),
        notes=notes(book, quoted(item.quote for group in kept for item in group.judgments)),
        found=here == BY_LIKELIHOOD,
    )
