"""What the text says to have happened, as against what is wished for, planned, denied or feared."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from briefgen.extract.mentions import Scene
from briefgen.extract.triggers import Lexicon
from briefgen.grammar import english
from briefgen.grammar.clauses import Clause

_CONDITIONS = english.words("conditions")
_GENERAL = english.words("generalities")
_UNREAL = frozenset(["could", "may", "might", "would", "should", "can", "must", "shall"])
_BEGINNING = frozenset(
    [
        "begin",
        "start",
        "continue",
        "resume",
        "keep",
        "proceed",
        "manage",
        "move",
        "help",
        "go",
        "rush",
        "appear",
        "seem",
    ]
)
_DEMANDING = frozenset(
    ["demand", "request", "urge", "ask", "insist", "propose", "recommend", "suggest", "require", "order", "advise"]
)
"""Verbs after which `that X withdraw` tells a wish."""
_SEEMING = frozenset(["appear", "seem", "believe", "know", "think", "suspect", "understand"])
"""Verbs after which `to have done` tells a deed."""
_HEDGES = frozenset(["possibly", "perhaps", "maybe", "probably", "likely"])


def unreal(scene: Scene, lexicon: Lexicon, clauses: Sequence[Clause], number: int) -> str:
    """`drop` for what the text does not say to have happened, `planned`, or an empty string."""
    clause = clauses[number]
    if clause.modal in _UNREAL or clause.negated:
        return "drop"
    if any(w.text.lower() in _HEDGES for w in scene.parse.words[max(0, clause.verb - 3) : clause.verb]):
        return "drop"
    if clause.modal == "will" or _going_to(scene, clause):
        return "planned"
    held = clauses[clause.governor] if clause.governor is not None and clause.governor != number else None
    if (
        clause.kind == "complement"
        and held is not None
        and held.lemma in _DEMANDING
        and scene.parse.words[clause.verb].tag in {"VB", "VBP"}
    ):
        return "drop"
    if is_conditional(scene, clause):
        return "drop"
    if clause.kind == "infinitive":
        governor = clauses[clause.governor] if clause.governor is not None else None
        if governor is None:
            return "drop"
        if clause.perfect and not governor.negated and governor.lemma in _SEEMING | set(lexicon.sayings):
            return ""
        if governor.lemma in _BEGINNING and not _noun_between(scene, governor, clause):
            return unreal(scene, lexicon, clauses, clause.governor or 0)
        return "planned" if governor.lemma in lexicon.plans else "drop"
    if clause.gerund:
        return "drop"
    if clause.kind == "participle" and clause.governor is not None and clause.governor != number:
        held = clauses[clause.governor]
        if held.kind == "infinitive" or held.modal in _UNREAL | {"will"} or held.negated:
            return unreal(scene, lexicon, clauses, clause.governor)
    return ""


def is_conditional(scene: Scene, clause: Clause) -> bool:
    """Whether nobody says that it happened: `if` stands before the clause, or `whenever` opens it."""
    before = scene.parse.items[max(0, clause.item - 8) : clause.item]
    opened = list(itertools.takewhile(lambda item: item.kind != ",", reversed(before)))
    words = scene.parse.words
    return any(words[i.first].text.lower() in _CONDITIONS for i in before) or any(
        words[i.first].text.lower() in _GENERAL for i in opened
    )


def weight(scene: Scene, clause: Clause) -> float:
    """How much the form of a clause speaks for a deed: the simple present tells habits, a participle background."""
    tag = scene.parse.words[clause.verb].tag
    if tag in {"VBZ", "VBP"} or (
        tag == "VB" and clause.finite and clause.modal is None and clause.kind != "infinitive"
    ):
        return 0.6
    if clause.kind == "participle" and clause.passive:
        return 0.7
    return {"main": 1.0, "complement": 1.0, "relative": 0.9, "participle": 0.85, "infinitive": 0.8}[clause.kind]


def _going_to(scene: Scene, clause: Clause) -> bool:
    return scene.parse.words[clause.verb].text.lower() == "going" and clause.lemma == "go"


def _noun_between(scene: Scene, governor: Clause, clause: Clause) -> bool:
    return any(i.phrase is not None for i in scene.parse.items[governor.item + 1 : clause.item])
