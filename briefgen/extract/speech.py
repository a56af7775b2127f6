"""Who says what: reporting frames and the clauses that lie inside them."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.extract.triggers import Lexicon
from briefgen.grammar.clauses import Clause, Parse
from briefgen.grammar.english import words
from briefgen.grammar.groups import Group
from briefgen.model import Certainty

_SAID = words("sayings_before_their_subject")
"""Verbs that may stand before their subject after what is said."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A reporting frame: the verb's clause, who speaks, and the items that are said."""

    clause: int | None
    """Index of the clause of the verb of saying; None for `according to`."""
    lemma: str
    speaker: Group | None
    first: int
    last: int
    certainty: Certainty
    by_party: Certainty

    def holds(self, item: int) -> bool:
        """True when the chunk `item` is part of what is said."""
        return self.first <= item < self.last


def frames(parse: Parse, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Reporting frames of a sentence, in the order of the text."""
    out: list[Frame] = []
    items = parse.items
    for number, clause in enumerate(parse.clauses):
        saying = lexicon.sayings.get(clause.lemma)
        if saying is None or clause.modal in {"could", "might", "may"}:
            continue
        if clause.complement is not None:
            last = _end(parse, number)
            out.append(Frame(number, clause.lemma, clause.subject, clause.complement, last, *saying))
        elif _inverted(parse, clause):
            out.append(Frame(number, clause.lemma, clause.object, 0, clause.item, *saying))
        elif _closing(parse, clause):
            start = _after_last_break(parse, clause.item)
            if start is not None:
                out.append(Frame(number, clause.lemma, parse.group_from(start), 0, start, *saying))
    for position, item in enumerate(items):
        word = parse.words[item.first].text.lower()
        if word == "according" and position + 2 < len(items) and items[position + 2].phrase is not None:
            group = parse.group_from(position + 2)
            out.append(Frame(None, "according to", group, 0, len(items), "reported", "claimed"))
    return tuple(out)


def _end(parse: Parse, number: int) -> int:
    """Item after the last one that clause `number` reports: a coordinated verb with its subject ends it."""
    clause = parse.clauses[number]
    for later in parse.clauses[number + 1 :]:
        before = parse.items[later.item - 1] if later.item else None
        if (
            before is not None
            and before.kind == "CC"
            and later.governor == clause.governor
            and later.subject == clause.subject
            and later.kind == clause.kind
        ):
            return later.item
    return len(parse.items)


def _inverted(parse: Parse, clause: Clause) -> bool:
    """True for `...," said the minister`."""
    if clause.lemma not in _SAID:
        return False
    before = parse.items[clause.item - 1] if clause.item else None
    return before is not None and before.kind in {",", "”", '"'} and clause.object is not None and clause.item > 1


def _after_last_break(parse: Parse, item: int) -> int | None:
    """The noun phrase that begins after the last comma or closing quotation mark before a verb of saying."""
    for position in range(item - 1, 0, -1):
        if parse.items[position].kind in {",", "”", '"'}:
            following = parse.items[position + 1]
            return position + 1 if following.phrase is not None and position + 1 < item else None
    return None


def _apart(parse: Parse, clause: Clause) -> bool:
    """True where subject and verb stand right behind a comma or quotation mark and have no verb that governs them."""
    start = _after_last_break(parse, clause.item)
    return start is not None and clause.governor is None and clause.subject == parse.group_from(start)


def _closing(parse: Parse, clause: Clause) -> bool:
    """True for a verb of saying at the end (`..., the army said.`), or with no object (`..., he said, urging Chad`)."""
    if clause.object is None and clause.complement is None and _apart(parse, clause):
        return True
    rest = [
        i for i in parse.items[clause.item + 1 :] if i.kind not in {".", "”", '"', ")", "RB", ","} and i.phrase is None
    ]
    return clause.object is None and clause.item > 2 and len(rest) <= 1 and clause.complement is None
