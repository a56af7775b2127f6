"""What a mention is, and the sentence that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefgen.grammar.chunks import Phrase
from briefgen.grammar.clauses import Parse
from briefgen.knowledge import Candidate, Knowledge, Name
from briefgen.model import Span

MentionKind = Literal["name", "person", "body", "described", "pronoun", "thing", "place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named; `span` is in the sentence's text."""

    text: str
    span: Span
    kind: MentionKind
    candidates: tuple[Candidate, ...] = ()
    title: str = ""
    """For a person: office or rank words before the name."""
    side: tuple[Candidate, ...] = ()
    """What an adjective or possessor before it says it belongs to."""
    head: str = ""
    """Lemma of the head noun of the phrase."""
    modifier: bool = False
    """True for a name that only describes the head (`Israeli` in `Israeli vehicles`)."""
    plural: bool = False
    definite: bool = False
    """True for a described party that the text has introduced before (`the group`)."""
    number: int = 0
    """How many a definite description counts (`the two countries`, `both sides`); 0: it does not count."""
    owner: str = ""
    """For a described party: the pronoun that it belongs to (`its fighters`)."""
    stands_for: str = ""
    """For a pronoun or description whose antecedent was found: the antecedent as written."""

    @property
    def name(self) -> str:
        """The words that name it: its own, or its antecedent's."""
        return self.stands_for or self.text


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its parse and the known names in it."""

    text: str
    parse: Parse
    names: tuple[Name, ...]
    knowledge: Knowledge
    titles: frozenset[str]

    def span(self, phrase: Phrase) -> Span:
        """Offsets of a phrase in the sentence."""
        words = self.parse.words
        return words[phrase.first].start, words[phrase.last - 1].end
