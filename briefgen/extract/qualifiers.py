"""What is said beside a name: of what kind a group is, whose a thing is, what somebody is for or against."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.extract.mention import Mention, Scene
from briefgen.grammar.chunks import Phrase
from briefgen.grammar.english import words as listed
from briefgen.grammar.groups import Group
from briefgen.grammar.inflection import singular
from briefgen.grammar.words import Word
from briefgen.knowledge import Candidate, Name
from briefgen.model import Span

HYPHENS = frozenset("-‐‑")
_GROUPS = listed("groups_referred_to") | listed("group_nouns")
_MADE = listed("made_or_run")
_MARCHES = listed("demonstrators")
_PART = listed("part_nouns")
_STANCES = frozenset({"pro", "anti", "non"})


def so_called(scene: Scene, group: Group) -> tuple[Phrase, Span] | None:
    """A group that nobody knows, beside the word for what it is (`a rebel group, the Free Hills Front`).

    What comes out is the phrase that says what it is, and where its name stands in the sentence.
    """
    hung = [(how, p) for how, p in group.attached if how != "of"]
    beside = [p for how, p in hung[:1] if how in {"appos", "called"}]
    if len(group.members) != 1 or not beside:
        return None
    whole = group.members[0]
    if group.attached[0][0] == "of" and scene.parse.words[whole.head].lemma in _PART:
        whole = group.attached[0][1]
    for kind, called in ((whole, beside[0]), (beside[0], whole)):
        words = scene.parse.words
        head = singular(words[kind.head].text.lower())
        name = [w for w in words[called.first : called.last] if w.tag != "DT"]
        if head not in _GROUPS or not words[kind.head].text.islower() or not name:
            continue
        span = (name[0].start, name[-1].end)
        known = any(n.start < span[1] and span[0] < n.end for n in scene.names)
        if known or not all(w.tag in {"NNP", "NNPS", "JJ", "NN"} and w.text[0].isupper() for w in name):
            continue
        return kind, span
    return None


def explains(scene: Scene, group: Group, phrase: Phrase) -> bool:
    """True for what a named group is said to be made of (`the Front, a coalition of Tuareg rebels`)."""
    at = next((n for n, (_, p) in enumerate(group.attached) if p is phrase), 0)
    how, before = group.attached[at - 1] if at else ("", phrase)
    words = scene.parse.words
    return how == "appos" and singular(words[before.head].text.lower()) in _GROUPS and words[before.first].tag == "DT"


def only_for_or_against(scene: Scene, name: Name) -> bool:
    """True for a name that only says what somebody is for or against (`pro-Kenya marches`)."""
    before = scene.text[: name.start]
    return before[-1:] in HYPHENS and before[:-1].rsplit(" ", 1)[-1].strip('“"(').lower() in _STANCES


def made_or_run_by(scene: Scene, words: Sequence[Word], names: Sequence[Name]) -> tuple[Candidate, ...]:
    """Whose a thing is by who made or runs it (`the Qatari-built road`, `a UAE-operated gas field`)."""
    ends = {n.end + 1: n for n in names if scene.text[n.end : n.end + 1] in HYPHENS}
    makers = [n for start, n in ends.items() for ending in _MADE if scene.text.startswith(ending, start)]
    return tuple(c for n in makers for c in n.candidates if c.kind == "actor")[:1]


def marchers(scene: Scene, words: Sequence[Word], head: str, stances: Sequence[Name]) -> list[Mention]:
    """Those who march for or against somebody (`pro-Kenya marches`)."""
    if not stances or head not in _MARCHES or "protesters" not in scene.knowledge.actors:
        return []
    who = (Candidate("actor", "protesters", "alias"),)
    first = next((w for w in words if w.start <= stances[0].start < w.end), words[0])
    return [Mention(first.text, (first.start, first.end), "name", who, head=head)]
