"""Whom a deed is to, where the verb's own object does not say it."""

from __future__ import annotations

from dataclasses import replace

from briefgen.extract import mentions as find
from briefgen.extract.candidate import Party
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.triggers import Fit
from briefgen.grammar import english
from briefgen.grammar.clauses import Clause
from briefgen.grammar.groups import Group
from briefgen.grammar.inflection import singular
from briefgen.model import EventTypeId

_ABOUT_A_DEED: frozenset[EventTypeId] = frozenset({"THREATEN", "REJECT"})
_OUSTING = english.words("oustings")
_DEALINGS = english.words("dealings")
_AGAINST = frozenset({"against", "with", "on", "from"})
"""Prepositions before whom a deed is done to."""
_VOICED = english.words("voiced_nouns")
_THINGS = english.words("thing_nouns")


def concerned(scene: Scene, clause: Clause) -> list[Party]:
    """Whom what is asked is to be done to (`urged the EU to recognize Kosovo`)."""
    named = (m for m in _of_the_deed(scene, clause) if m.kind in {"name", "person"} and not m.modifier)
    return [Party(m, "target") for m in named]


def ousted(scene: Scene, undergoer: Group | None) -> list[Party]:
    """Who is to go or to be held, where that is asked (`demanded the expulsion of Kenyan troops from Haiti`)."""
    if undergoer is None:
        return []
    heads = {singular(scene.parse.words[p.head].text.lower()) for p in undergoer.members}
    hung = (m for how, p in undergoer.attached if how == "of" for m in find.of_phrase(scene, p))
    return [Party(m, "target") for m in hung if m.kind in {"name", "person"}] if heads & _OUSTING else []


def meant(scene: Scene, clause: Clause, fits: Fit, undergoer: Group | None) -> list[Party]:
    """Whom a deed without a target is about: whose demand is met, whom something is threatened."""
    kind = fits.entry.type
    if kind in _ABOUT_A_DEED:
        found = [Party(m, "target") for m in _of_the_deed(scene, clause) if m.kind != "thing"]
        if found:
            return found
    if undergoer is None:
        return []
    heads = {singular(scene.parse.words[p.head].text.lower()) for p in undergoer.members}
    if kind == "REJECT" and heads & _DEALINGS:
        dealt = (m for p, g in clause.preps if p == "with" for m in find.of_group(scene, g))
        found = [Party(m, "target") for m in dealt if m.kind not in {"thing", "pronoun"}]
        if found:
            return found
    if fits.entry.verb.object != "target" or not heads & (_VOICED | _THINGS):
        return []
    owners = [p for how, p in undergoer.attached if how in {"of", "from", "by"}]
    owners += [p for prep, g in clause.preps if prep in {"from", "by"} and not clause.passive for p in g.members]
    own = [m for p in undergoer.members for m in find.of_phrase(scene, p)]
    named = [m for p in owners for m in find.of_phrase(scene, p)] or own
    return [Party(replace(m, modifier=False), "target") for m in named if m.kind != "thing"]


def _of_the_deed(scene: Scene, clause: Clause) -> list[Mention]:
    """Whom the deed that `clause` speaks of is done to (`threatened to strike Chad`)."""
    clauses = scene.parse.clauses
    deeds = (c for c in clauses if c.kind == "infinitive" and c.governor is not None and clauses[c.governor] is clause)
    groups = [g for c in deeds for g in (c.object, *(g for p, g in c.preps if p in _AGAINST))]
    return [m for g in groups for m in find.of_group(scene, g)]
