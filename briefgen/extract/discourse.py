"""What pronouns and short descriptions point back to, within one report.

Only the nearest fitting antecedent is taken; where none fits, the mention stays
unresolved and makes no actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from briefgen.extract.english import words
from briefgen.extract.mentions import Mention
from briefgen.knowledge import Knowledge

_SINGULAR = frozenset(["he", "she", "him", "her", "who", "i"])
_PLURAL = frozenset(["they", "them", "both", "these", "those", "we"])
_BODIES = words("bodies_referred_to")
_OFFICERS = frozenset(
    [
        "commander",
        "leader",
        "member",
        "official",
        "chief",
        "head",
        "fighter",
        "militant",
        "operative",
        "officer",
        "spokesman",
    ]
)
_MEMORY = 2
"""Passages after which somebody not spoken of again is no antecedent any more."""


@dataclass(slots=True)
class Discourse:
    """The parties last spoken of, nearest last."""

    knowledge: Knowledge
    persons: list[Mention] = field(default_factory=list)
    bodies: list[Mention] = field(default_factory=list)
    pair: tuple[Mention, ...] = ()
    passage: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    """Name -> the passage that last spoke of it."""

    def note_persons(self, mentions: Iterable[Mention]) -> None:
        """Remember the people of a sentence; the first named, its subject, counts as nearest."""
        for mention in reversed(list(mentions)):
            if self._named(mention) and self._is_person(mention):
                self._put(self.persons, mention)

    def note_bodies(self, mentions: Iterable[Mention]) -> None:
        """Remember groups, forces and states of a sentence; the first named counts as nearest."""
        for mention in reversed(list(mentions)):
            if self._named(mention) and mention.kind in {"name", "body"} and not self._is_person(mention):
                self._put(self.bodies, mention)

    @staticmethod
    def _named(mention: Mention) -> bool:
        return mention.kind != "pronoun" and not mention.stands_for and not mention.modifier

    def turn(self) -> None:
        """A new passage begins: `the two` of the one before are no longer meant."""
        self.pair = ()
        self.passage += 1
        self.persons = [m for m in self.persons if self.passage - self.seen[m.name] <= _MEMORY]
        self.bodies = [m for m in self.bodies if self.passage - self.seen[m.name] <= _MEMORY]

    def note_pair(self, mentions: Iterable[Mention]) -> None:
        """Remember the partners of a meeting, for `the two`."""
        partners = tuple(m for m in mentions if m.kind in {"name", "person", "body"} and not m.modifier)
        if len(partners) >= 2:
            self.pair = partners

    def resolve(self, mention: Mention, here: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """What `mention` points to: itself, its antecedents, or nothing; `here`: subjects of its own sentence."""
        word = mention.head
        if mention.kind == "pronoun":
            near = [m for m in here if m.span[1] <= mention.span[0] and m.kind != "pronoun" and not m.modifier]
            if word in _SINGULAR:
                if near and near[-1].head in _OFFICERS and not self._is_person(near[-1]):
                    return self._stand_in(mention, near[-1:]) if near[-1].kind == "name" else ()
                return self._stand_in(mention, [m for m in near if self._is_person(m)][-1:] or self.persons[-1:])
            if word == "them":
                return self._stand_in(mention, [m for m in near if not self._is_person(m) and m.kind != "thing"][-1:])
            if word in _PLURAL:
                return self._stand_in(mention, self.pair or self.bodies[-1:])
            return self._stand_in(mention, self.bodies[-1:]) if word == "it" else ()
        if mention.kind == "described" and mention.definite and not mention.side:
            if word in {"two", "both", "side", "party"} and self.pair:
                return self._stand_in(mention, self.pair)
            named = [m for m in self.bodies if word in m.name.lower().split()]
            if named and not mention.plural:
                return self._stand_in(mention, named[-1:])
            if word in _BODIES:
                return self._stand_in(mention, [m for m in self.bodies if self._fits(m, word)][-1:])
            if not mention.plural:
                titled = [m for m in self.persons if word in m.title.lower().split()]
                return self._stand_in(mention, titled[-1:])
        return (mention,)

    def _stand_in(self, mention: Mention, antecedents: Iterable[Mention]) -> tuple[Mention, ...]:
        antecedents = tuple(antecedents)
        self.seen.update({a.name: self.passage for a in antecedents})
        return tuple(
            replace(a, text=mention.text, span=mention.span, stands_for=a.name, definite=False) for a in antecedents
        )

    def _is_person(self, mention: Mention) -> bool:
        if mention.kind == "person":
            return True
        kinds = {self.knowledge.actors[c.id].kind for c in mention.candidates if c.id in self.knowledge.actors}
        return kinds == {"person"}

    def _fits(self, mention: Mention, word: str) -> bool:
        kinds = {self.knowledge.actors[c.id].kind for c in mention.candidates if c.id in self.knowledge.actors}
        wanted = (
            {"force", "body"}
            if word in {"army", "force", "ministry", "agency", "council"}
            else {"group", "party", "body"}
        )
        return bool(kinds & wanted) or (mention.kind == "body")

    def _put(self, stack: list[Mention], mention: Mention) -> None:
        self.seen[mention.name] = self.passage
        stack[:] = [m for m in stack[-11:] if m.name != mention.name]
        stack.append(mention)
