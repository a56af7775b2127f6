"""What the words and badges mean: drawn from the knowledge and the model, so that it cannot fall behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from briefgen.knowledge.schema import EventType
from briefgen.model import Basis, Certainty, EventTypeId, Likelihood, Precision
from briefgen.pages import words
from briefgen.pages.book import Book
from briefgen.pages.listing import toc
from briefgen.pages.page import Page, Ref, Target

SAMPLES = 6
"""So many words are named as examples of what is read as a type or mode."""
BASES: dict[Basis | None, str] = {
    "explicit": "The sentence gives the date. The words are kept and show beside the date.",
    "relative": "“Yesterday”, “on Friday” and the like, counted from the day the report was written.",
    "report-day": "The sentence tells the report’s own news without a date: it takes the report’s day.",
    "period": "The same in a report that covers several days: it takes the whole period.",
    None: "Nothing dates the event. It is listed as undated and drawn on no chart of time.",
}
PRECISIONS: dict[Precision, str] = {
    "day": "one day, or a few days named one by one",
    "week": "a week",
    "month": "a month, such as “in April”",
    "quarter": "three months",
    "year": "a year",
    "period": "from one day to another",
    "unknown": "undated",
}
_SURE: dict[Certainty, str] = {
    "stated": "The report tells it in its own voice, whatever source it cites.",
    "reported": "Somebody who took no part in it says so: an outlet, an observer, an official of another country.",
    "claimed": "One of those who took part says so: who did it, who suffered it, or who speaks for them.",
    "unconfirmed": "The report itself leaves open whether it happened.",
    "denied": "The report tells it, and also that somebody denies it; the name is of who says it happened.",
}


@dataclass(frozen=True, slots=True)
class ModeRow:
    """One mode of a type, with words that are read as it."""

    name: str
    samples: str
    n: int


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One type of event."""

    type: str
    word: str
    family: str
    anchor: str
    definition: str
    samples: str
    modes: tuple[ModeRow, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Family:
    """The types of one family."""

    name: str
    types: tuple[TypeEntry, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of certainty."""

    key: str
    anchor: str
    short: str
    meaning: str
    n: int


@dataclass(frozen=True, slots=True)
class Band:
    """Estimative words with the same band of ICD 203; without one, `figures` is empty."""

    words: str
    low: int
    width: int
    figures: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word and what it means."""

    name: str
    meaning: str
    n: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """View of the glossary."""

    title: str
    standfirst: str
    families: tuple[Family, ...]
    certainty: tuple[Grade, ...]
    bands: tuple[Band, ...]
    bases: tuple[Meaning, ...]
    precisions: tuple[Meaning, ...]


def page(book: Book) -> Page:
    """The glossary. It lies among the events, so that the `mkdocs.yml` of a project that has none yet fits it."""
    events = [entry.event for entry in book.entries]
    known = {t.type: t for t in book.knowledge.types.values()}
    types = [_type(known.get(t) or EventType(type=t, family="st", definition=""), book) for t in get_args(EventTypeId)]
    view = Glossary(
        title="Glossary",
        standfirst="What the types, marks and words on these pages mean. It is drawn from the lists by which the "
        "program reads; the figures count the events on this site.",
        families=tuple(
            Family(name, rows)
            for key, name in words.FAMILIES.items()
            if (rows := tuple(sorted((t for t in types if t.family == key), key=lambda t: t.word)))
        ),
        certainty=tuple(
            Grade(key, f"is-{key}", words.CERTAINTY[key], _SURE[key], sum(e.certainty == key for e in events))
            for key in sorted(get_args(Certainty), key=list(words.CERTAINTY).index)
        ),
        bands=_bands(book),
        bases=tuple(
            Meaning(words.sentence(words.BASIS[key]) or "Given", BASES[key], sum(e.date.basis == key for e in events))
            for key in (*get_args(Basis), None)
        ),
        precisions=tuple(
            Meaning(words.sentence(key), PRECISIONS[key], sum(e.date.precision == key for e in events))
            for key in get_args(Precision)
        ),
    )
    targets = (
        Target("page:glossary"),
        Target("term:dates", "dates"),
        Target("term:likelihood", "likelihood"),
        *(Target(f"term:{t.type}", t.anchor) for t in types),
        *(Target(f"term:{c.key}", c.anchor) for c in view.certainty),
    )
    contents = toc(
        ("types", "Types of event", view.families),
        ("certainty", "Certainty", True),
        ("likelihood", "Likelihood", view.bands),
        ("dates", "Dates", True),
    )
    crumbs = (Ref("Briefing", "page:index"), Ref("Method", "page:method"))
    return Page(
        "events/glossary.md", "glossary", "Glossary", "Method", view, targets, crumbs, contents, view.standfirst
    )


def _type(known: EventType, book: Book) -> TypeEntry:
    events = [entry.event for entry in book.entries if entry.event.type == known.type]
    return TypeEntry(
        type=known.type,
        word=known.type.capitalize(),
        family=known.family,
        anchor=f"t-{known.type}",
        definition=known.definition,
        samples=_samples(known, None),
        modes=tuple(
            ModeRow(mode.replace("-", " "), _samples(known, mode), sum(e.mode == mode for e in events))
            for mode in known.modes
        ),
        n=len(events),
    )


def _samples(known: EventType, mode: str | None) -> str:
    """The first words of the knowledge that are read as the type and mode."""
    verbs = [verb.lemma for verb in known.verbs if verb.mode == mode]
    found = dict.fromkeys([*verbs, *(noun.lemma for noun in known.nouns if noun.mode == mode)])
    return ", ".join(list(found)[:SAMPLES])


def _bands(book: Book) -> tuple[Band, ...]:
    """The estimative words of the knowledge by band, the likeliest first; those without a band last."""
    found: dict[Likelihood, list[str]] = defaultdict(list)
    for estimate in book.knowledge.language.estimates:
        found[estimate.likelihood or (0, 0)].append(estimate.term)
    ordered: Sequence[tuple[Likelihood, list[str]]] = sorted(found.items(), key=lambda item: (-sum(item[0]), item[0]))
    return tuple(
        Band(", ".join(terms), low, high - low, f"{low}–{high} %" if high else "") for (low, high), terms in ordered
    )
