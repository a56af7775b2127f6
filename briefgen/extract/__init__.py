"""From a report to events and assessments, names as written.

The order of the steps: sentences, known names, words, clauses, reporting frames, event
candidates, dates, antecedents. Nothing here knows ids of people; `resolve` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.extract import assessments, events, triggers
from briefgen.extract.assessments import Judgment
from briefgen.extract.events import Reader
from briefgen.extract.found import Found
from briefgen.grammar.tagger import Tagger
from briefgen.knowledge import Knowledge
from briefgen.model import Report

__all__ = ["Extraction", "Found", "Reader", "read", "reader"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report says."""

    events: tuple[Found, ...]
    judgments: tuple[Judgment, ...]


def reader(knowledge: Knowledge) -> Reader:
    """Prepare `knowledge` for reading; do it once for all reports."""
    language = knowledge.language
    lexicon = triggers.index(knowledge)
    titles = {word.lower().rstrip(".") for title in (*language.titles, *language.ranks) for word in title.split()}
    return Reader(
        knowledge=knowledge,
        lexicon=lexicon,
        tagger=Tagger(lexicon.lemmas, lexicon.nouns),
        titles=frozenset(titles - {"of", "the", "and", "for", "to", "in"}),
        abbreviations=frozenset(language.abbreviations),
        weapons=frozenset(w.lower() for w in language.weapons),
    )


def read(prepared: Reader, report: Report, text: str) -> Extraction:
    """Events and assessments of `report`; `text` is its seed's text."""
    return Extraction(
        tuple(events.of_report(prepared, report, text)),
        assessments.read(report, text, prepared.knowledge.language),
    )
