"""What somebody says of himself or of another that is a deed of words: he will not yield, the other does wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.extract import mentions
from briefgen.extract.candidate import Candidate, Party
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.reality import is_conditional
from briefgen.extract.speech import Frame
from briefgen.extract.triggers import heads
from briefgen.grammar.clauses import Clause
from briefgen.grammar.english import words
from briefgen.model import EventTypeId

_YIELDING = words("yielding_verbs")
_WRONGS = words("wrongdoing_verbs")
_CRIMES = words("crimes")
_OMITTING = frozenset(["fail", "neglect"])
_BLAMED = frozenset(["behind", "responsible", "complicit"])
_AHEAD = frozenset(["will", "would", "wo"])
_DID = frozenset(["did", "has", "have", "had"])
_REFUSES, _CHARGES = 0.7, 0.65


def of_sentence(scene: Scene, spoken: Sequence[Frame]) -> Iterator[Candidate]:
    """Refusals (`would not accept`) and charges (`said that Oslo had broken the truce`) of a sentence."""
    for number, clause in enumerate(scene.parse.clauses):
        if clause.kind in {"relative", "infinitive"} or is_conditional(scene, clause):
            continue
        frame = min((f for f in spoken if f.holds(clause.item)), key=lambda f: f.last - f.first, default=None)
        speakers = mentions.of_group(scene, frame.speaker) if frame is not None else ()
        subject = [m for m in mentions.of_group(scene, clause.subject) if m.kind != "thing"]
        if _refuses(scene, clause):
            who = _who_refuses(scene, clause, frame, speakers, subject)
            if who:
                yield _made(scene, clause, "REJECT", who, (), _REFUSES)
        elif frame is not None and frame.clause is not None and _charges(scene, number):
            accusers = [m for m in speakers if _is_party(m)]
            accused = [m for m in subject if _is_party(m) and not _same(scene, m, speakers)]
            if accusers and accused:
                yield _made(scene, clause, "ACCUSE", accusers, accused, _CHARGES)


def _refuses(scene: Scene, clause: Clause) -> bool:
    """True for `will not accept` and `did not agree`; not for `does not allow`, which is a habit."""
    if not clause.negated or clause.passive or clause.lemma not in _YIELDING:
        return False
    item = scene.parse.items[clause.item]
    helping = {w.text.lower() for w in scene.parse.words[item.first : item.last]}
    return clause.modal in _AHEAD or (clause.modal is None and bool(helping & _DID))


def _who_refuses(
    scene: Scene, clause: Clause, frame: Frame | None, speakers: Sequence[Mention], subject: Sequence[Mention]
) -> list[Mention]:
    """Who refuses: the speaker who speaks of himself, or whom his spokesman speaks for; in the past, whoever did."""
    named = [m for m in subject if m.kind != "pronoun" and _is_party(m)]
    if clause.modal is None:
        return named or [m for m in speakers if _is_party(m)] or [m for m in subject if m.kind == "pronoun"]
    if frame is None or not speakers:
        return []
    if not named:
        return [m for m in speakers if _is_party(m)] if subject else []
    own = any(_same(scene, m, speakers) for m in named) or not any(m.candidates or m.side for m in speakers)
    return named if own else []


def _charges(scene: Scene, number: int) -> bool:
    """True for a clause that tells a wrong: `violated the truce`, `had failed to protect`, `was behind the attack`."""
    clause = scene.parse.clauses[number]
    if clause.negated or clause.passive or clause.modal is not None:
        return False
    if clause.lemma == "be":
        after = scene.parse.words[clause.verb + 1 : clause.verb + 3]
        return any(w.text.lower() in _BLAMED for w in after)
    if clause.lemma in _OMITTING:
        return any(c.kind == "infinitive" and c.governor == number for c in scene.parse.clauses)
    return clause.lemma in _WRONGS or (clause.lemma == "commit" and bool(heads(scene.parse, clause.object) & _CRIMES))


def _is_party(mention: Mention) -> bool:
    named = mention.kind in {"name", "person", "body", "pronoun"}
    return not mention.modifier and (named or (mention.kind == "described" and bool(mention.side or mention.definite)))


def _same(scene: Scene, mention: Mention, others: Sequence[Mention]) -> bool:
    ids = _ids(scene, mention)
    return mention.kind == "pronoun" or any(ids & _ids(scene, o) for o in others)


def _ids(scene: Scene, mention: Mention) -> set[str]:
    """Who a mention may be, and whom he acts for."""
    own = {c.id for c in (*mention.candidates, *mention.side) if c.kind == "actor"}
    return own | {side for i in own if (side := scene.knowledge.actors[i].side) is not None}


def _made(
    scene: Scene, clause: Clause, kind: EventTypeId, source: Sequence[Mention], target: Sequence[Mention], sure: float
) -> Candidate:
    word = scene.parse.words[clause.verb]
    return Candidate(
        kind, None, "verb", (word.start, word.end), clause.item, clause.lemma,
        (*(Party(m, "source") for m in source), *(Party(m, "target") for m in target)), (),
        (clause.item, max(clause.item + 1, clause.object.end if clause.object else 0)), sure, "main",
    )  # fmt: skip
