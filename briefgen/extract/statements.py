"""Sayings that are the news themselves: what somebody in office says will be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefgen.extract import mentions
from briefgen.extract.candidate import Candidate, Party
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.speech import Frame
from briefgen.extract.standing import stands
from briefgen.extract.triggers import Lexicon, fit
from briefgen.grammar.clauses import Clause
from briefgen.grammar.english import words
from briefgen.model import EventTypeId

_SAYS = words("sayings_of_statements")
_VOWS = frozenset(["threaten", "vow"])
_CAUTIONS = frozenset(["warn", "caution"])
"""Verbs of which what is said need not be to come: the warning is the news."""
_AHEAD = frozenset(["prepare", "intend", "plan"])
_HOSTILE: frozenset[EventTypeId] = frozenset({"ASSAULT", "COERCE", "SANCTION", "THREATEN"})
_CONFIDENCE = 0.6


def statement(
    here: Scene, lexicon: Lexicon, spoken: Sequence[Frame], is_detail: Callable[[Mention], bool]
) -> Candidate | None:
    """The statement or threat that a sentence reports, or None.

    `is_detail(speaker)`: the speaker has just been told to meet or say something, so that
    this is only more of it.
    """
    for frame in sorted((f for f in spoken if f.clause is not None), key=lambda f: f.last - f.first):
        clause = here.parse.clauses[frame.clause or 0]
        who = [m for m in mentions.of_group(here, frame.speaker) if _speaks(m)]
        if not who or clause.lemma not in _SAYS or clause.modal or clause.negated or any(is_detail(m) for m in who):
            continue
        ahead = [c for c in here.parse.clauses if frame.holds(c.item) and _is_ahead(c)]
        if not ahead and clause.lemma not in _CAUTIONS:
            continue
        fits = (fit(here.parse, lexicon, c, False, lambda sign, g: stands(here, sign, g)) for c in ahead)
        if clause.lemma in _CAUTIONS:
            threat = any(_of_himself(here, c, who) for c in ahead)
        else:
            threat = clause.lemma in _VOWS or any(f is not None and f.entry.type in _HOSTILE for f in fits)
        kind: EventTypeId = "THREATEN" if threat else "STATEMENT"
        told = [
            Party(m, "target") for m in mentions.of_group(here, clause.object) if m.kind in {"name", "person", "body"}
        ]
        word = here.parse.words[clause.verb]
        return Candidate(
            kind, None, "verb", (word.start, word.end), clause.item, clause.lemma,
            (*(Party(m, "source") for m in who), *told), (), (clause.item, len(here.parse.items)), _CONFIDENCE, "main",
        )  # fmt: skip
    return None


def _speaks(mention: Mention) -> bool:
    return not mention.modifier and (
        mention.kind in {"name", "person", "body"} or (mention.kind == "described" and bool(mention.side))
    )


def _of_himself(here: Scene, clause: Clause, who: Sequence[Mention]) -> bool:
    """True for what the speaker says that he himself will do (`warned that it would retaliate`)."""
    acting = mentions.of_group(here, clause.subject)
    ids = {c.id for m in who for c in (*m.candidates, *m.side)}
    return any(m.kind == "pronoun" or ids & {c.id for c in (*m.candidates, *m.side)} for m in acting)


def _is_ahead(clause: Clause) -> bool:
    """True for a clause about what is to come: `will`, `would`, `is prepared to`."""
    return clause.modal in {"will", "would"} or (clause.lemma in _AHEAD and clause.kind != "infinitive")
