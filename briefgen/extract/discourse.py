"""What pronouns and short descriptions point back to, within one report.

Only the nearest fitting antecedent is taken; where none fits, the mention stays
unresolved and makes no actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefgen.extract.mentions import Mention, is_government
from briefgen.grammar.english import words
from briefgen.knowledge import Candidate, Knowledge

_SINGULAR = frozenset(["he", "she", "him", "her", "who", "i"])
_PLURAL = frozenset(["they", "them", "both", "these", "those", "we"])
_STATES = words("states_referred_to")
_PEOPLE = words("people_referred_to")
_FIGHTERS = words("fighters_referred_to")
_INSTITUTIONS = words("state_institutions")
_CALLED = words("bodies_called_so")
_EITHER = frozenset(["two", "both", "side", "party"])
_KINDS: Mapping[str, tuple[str, ...]] = {
    "states_referred_to": ("state",),
    "forces_referred_to": ("force",),
    "bodies_referred_to": ("body",),
    "groups_referred_to": ("group", "party"),
    "fighters_referred_to": ("group",),
    "companies_referred_to": ("company",),
    "media_referred_to": ("media",),
}
_MEANT: Mapping[str, frozenset[str]] = {
    word: frozenset(kind for name, kinds in _KINDS.items() if word in words(name) for kind in kinds)
    for word in frozenset[str]().union(*map(words, _KINDS))
}
"""Noun -> the kinds of actors that it can point back to."""
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
_TOGETHER = 1
"""Passages over which `the two countries` still means those that met."""
_MEMORY = 2
"""Passages after which somebody not spoken of again is no antecedent any more."""


def _is_new(mention: Mention) -> bool:
    """True for fighters and the like told of for the first time (`four Tuareg rebels`)."""
    return mention.kind == "described" and mention.plural and not mention.definite and mention.head in _FIGHTERS


@dataclass(slots=True)
class Discourse:
    """The parties last spoken of, nearest last."""

    knowledge: Knowledge
    persons: list[Mention] = field(default_factory=list)
    bodies: list[Mention] = field(default_factory=list)
    pair: tuple[Mention, ...] = ()
    """The partners named last, two or more."""
    paired: int = 0
    """The passage that named them."""
    passage: int = 0
    states: set[str] = field(default_factory=set)
    """Ids of the states that this passage has named or somebody acted for."""
    heading: str | None = None
    seen: dict[str, int] = field(default_factory=dict)
    """Name -> the passage that last spoke of it."""

    def note_persons(self, mentions: Iterable[Mention]) -> None:
        """Remember the people of a sentence; the first named, its subject, counts as nearest."""
        for mention in reversed(list(mentions)):
            self.states |= set() if mention.modifier else self._sides([mention])
            if self._named(mention) and self.is_person(mention):
                self._put(self.persons, mention)

    def note_bodies(self, mentions: Iterable[Mention]) -> None:
        """Remember groups, forces and states of a sentence; the first named counts as nearest."""
        for mention in reversed(list(mentions)):
            if (
                self._named(mention)
                and (mention.kind in {"name", "body"} or _is_new(mention))
                and not self.is_person(mention)
            ):
                self._put(self.bodies, mention)

    @staticmethod
    def _named(mention: Mention) -> bool:
        return mention.kind != "pronoun" and not mention.stands_for and not mention.modifier

    def turn(self, heading: str | None = None) -> None:
        """A new passage begins; under another heading nobody told before is `the group` any more."""
        self.passage += 1
        self.states = set()
        if heading != self.heading:
            self.bodies, self.persons, self.pair, self.heading = [], [], (), heading
        self.persons = [m for m in self.persons if self.passage - self.seen[m.name] <= _MEMORY]
        self.bodies = [m for m in self.bodies if self.passage - self.seen[m.name] <= _MEMORY]

    def note_pair(self, mentions: Iterable[Mention]) -> None:
        """Remember the partners of a meeting, for `the two`."""
        told = (m for m in mentions if not m.modifier)
        partners = tuple(
            p for m in told for p in ((m,) if m.kind in {"name", "person", "body"} else self._acted_for(m))
        )
        if len(partners) >= 2:
            self.pair, self.paired = tuple(dict.fromkeys(partners)), self.passage

    def resolve(self, mention: Mention, here: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """What `mention` points to: itself, its antecedents, or nothing; `here`: subjects of its own sentence."""
        word = mention.head
        if mention.kind == "pronoun":
            near = [m for m in here if m.span[1] <= mention.span[0] and m.kind != "pronoun" and not m.modifier]
            if word in _SINGULAR:
                if near and near[-1].head in _OFFICERS and not self.is_person(near[-1]):
                    return self._stand_in(mention, near[-1:]) if near[-1].kind == "name" else ()
                return self._stand_in(mention, [m for m in near if self.is_person(m)][-1:] or self.persons[-1:])
            if word == "them":
                people = [m for m in near if self.is_person(m)]
                # One state is `it`, so that `wherever they fight Israel, we support them` is no support of Israel.
                several = [m for m in near if m.kind != "thing" and m not in people and self._kinds(m) != {"state"}]
                several = [m for m in several if not m.definite]
                named = [m for m in several if m.kind != "described"]
                return self._stand_in(mention, named[-1:] or (people if len(people) > 1 else several[-1:]))
            if word in _PLURAL:
                return self._stand_in(mention, self._partners(0) or self.bodies[-1:])
            alone = [m for m in self.bodies if not m.plural]
            before = [m for m in near if m.kind in {"name", "body"} and not self.is_person(m)]
            return self._stand_in(mention, before[:1] or alone[-1:]) if word == "it" else ()
        if mention.kind == "described" and mention.owner and not mention.side:
            return self._owned(mention, here)
        if mention.kind == "person" and mention.owner and not mention.side:
            owners = self._owners(mention, [m for m in here if m.span[1] <= mention.span[0]])
            return (replace(mention, side=owners[0].candidates) if owners else self._of_the_passage(mention),)
        if mention.kind == "name" and mention.definite and word in _FIGHTERS and self._kinds(mention) == {"people"}:
            return self._described(mention)
        if mention.kind == "described" and mention.definite and not mention.side:
            return self._of_the_speaker(mention, here) or self._described(mention)
        return (mention,)

    def _of_the_speaker(self, mention: Mention, here: Sequence[Mention]) -> tuple[Mention, ...]:
        """`the army` of the state whose ministry or official the sentence names before it."""
        if "force" not in _MEANT.get(mention.head, ()) and mention.head != "police":
            return ()
        before = [m for m in here if m.span[1] <= mention.span[0] and not m.modifier]
        sides = [tuple(c for c in (*m.side, *self._side_of(m)) if self._kind(c) == "state") for m in before[-1:]]
        return tuple(replace(mention, side=side[:1]) for side in sides if side)

    def _described(self, mention: Mention) -> tuple[Mention, ...]:
        """Whom `the group`, `the general` or `the two countries` means; itself where it does not point back."""
        word = mention.head
        if word in _FIGHTERS and not mention.number:
            return self._stand_in(mention, [m for m in self.bodies if self._fits(m, word)][-1:]) or (mention,)
        if mention.number or word in _EITHER or (mention.plural and word in _MEANT):
            together = self._together(word, mention.number or (2 if word in _EITHER else 0))
            if together or mention.number or word in _MEANT:
                return self._stand_in(mention, together)
        named = [m for m in self.bodies if word in m.name.lower().split()]
        if named and not mention.plural:
            return self._stand_in(mention, named[-1:])
        if word in _MEANT:
            found = self._stand_in(mention, [m for m in self.bodies if self._fits(m, word)][-1:])
        elif not mention.plural:
            found = self._stand_in(mention, [m for m in self.persons if self._holds(m, word)][-1:])
        else:
            return (mention,)
        return found or ((self._of_the_passage(mention),) if word in _INSTITUTIONS else ())

    def _of_the_passage(self, mention: Mention) -> Mention:
        """`the government`, or `the judiciary's spokesman`, of the only state that the passage has told of before."""
        state = tuple(Candidate("actor", s, "name") for s in self.states)
        ruling = {mention.head, mention.owner} & _INSTITUTIONS
        return replace(mention, side=state) if len(state) == 1 and ruling else mention

    def _partners(self, reach: int) -> tuple[Mention, ...]:
        return self.pair if self.passage - self.paired <= reach else ()

    def _together(self, word: str, number: int) -> tuple[Mention, ...]:
        """The partners named last that are what `word` says, if they are as many as `number` (0: any number)."""
        partners = self._partners(_TOGETHER)
        if word in _PEOPLE:
            people = tuple(m for m in partners if self.is_person(m))
            partners = people if len(people) == number or len(self._sides(partners)) != number else partners
            number = len(partners) if partners != people else number
        elif word in _STATES:
            partners = tuple(dict.fromkeys(s for m in partners for s in self._states(m)))
        elif word in _MEANT and word not in _EITHER:
            partners = tuple(m for m in partners if self._fits(m, word))
        return partners if len(partners) == number or (not number and len(partners) > 1) else ()

    def _sides(self, partners: Sequence[Mention]) -> set[str]:
        """Ids of the states for which partners act."""
        return {c.id for m in partners for c in (m.candidates if "state" in self._kinds(m) else self._side_of(m))}

    def _states(self, mention: Mention) -> tuple[Mention, ...]:
        """A state itself, or the state that a person is said to act for."""
        if not self.is_person(mention):
            return (mention,) if "state" in self._kinds(mention) else ()
        states = [c for c in self._side_of(mention) if self._kind(c) == "state"]
        return tuple(
            Mention(self.knowledge.actors[c.id].name, mention.span, "name", (replace(c, how="name"),))
            for c in states[:1]
        )

    def _acted_for(self, mention: Mention) -> tuple[Mention, ...]:
        """The state of an official without a name (`his Libyan counterpart`)."""
        states = [c for c in mention.side if self._kind(c) == "state"] if is_government(mention.head) else []
        return tuple(Mention(mention.text, mention.span, "name", (replace(c, how="name"),)) for c in states[:1])

    def _owned(self, mention: Mention, here: Sequence[Mention]) -> tuple[Mention, ...]:
        """`its fighters` with whose they are, from the sentence's own subject or from what was told before."""
        near = [m for m in here if m.span[1] <= mention.span[0] and m.kind in {"name", "person", "body"}]
        near = [m for m in near if not m.modifier]
        if mention.owner in {"his", "her"}:
            people = [m for m in near if self.is_person(m)][-1:] or self.persons[-1:]
            return tuple(replace(mention, side=self._side_of(m)) for m in people if self._side_of(m))
        owners = self._owners(mention, near)
        if owners and owners[0].kind == "body":
            return self._stand_in(mention, owners)
        return tuple(replace(mention, side=m.candidates) for m in owners)

    def _owners(self, mention: Mention, near: Sequence[Mention]) -> Sequence[Mention]:
        """The group that `its` or `the militia's` means, if any."""
        if mention.owner in _MEANT:
            fitting = [m for m in self.bodies if self._fits(m, mention.owner)]
            return [m for m in fitting if self.passage - self.seen[m.name] <= _TOGETHER][-1:]
        if mention.owner not in {"its", "their"}:
            return ()
        return [m for m in near if m.kind in {"name", "body"} and not self.is_person(m)][-1:] or self.bodies[-1:]

    def _side_of(self, person: Mention) -> tuple[Candidate, ...]:
        known = [self.knowledge.actors[c.id].side for c in person.candidates if c.id in self.knowledge.actors]
        return person.side or tuple(Candidate("actor", side, "name") for side in known[:1] if side)

    def _holds(self, person: Mention, word: str) -> bool:
        """True when a person has the rank or office: by the words before his name, or as it is known of him."""
        if person.title:
            return word in person.title.lower().split()
        known = [self.knowledge.actors[c.id] for c in person.candidates if c.id in self.knowledge.actors]
        return any(word in office.title.lower().split() for actor in known for office in actor.offices)

    def _stand_in(self, mention: Mention, antecedents: Iterable[Mention]) -> tuple[Mention, ...]:
        antecedents = tuple(antecedents)
        self.seen.update({a.name: self.passage for a in antecedents})
        return tuple(
            replace(a, text=mention.text, span=mention.span, stands_for=a.name, definite=False) for a in antecedents
        )

    def is_person(self, mention: Mention) -> bool:
        """True for a known person and for one found by title and pattern."""
        return mention.kind == "person" or self._kinds(mention) == {"person"}

    def _kind(self, candidate: Candidate) -> str:
        actor = self.knowledge.actors.get(candidate.id)
        return actor.kind if actor is not None else ""

    def _kinds(self, mention: Mention) -> set[str]:
        return {self._kind(c) for c in mention.candidates} - {""}

    def _fits(self, mention: Mention, word: str) -> bool:
        """True when `word` can mean what is named; a body not known counts by the noun that ends its name."""
        if word in _CALLED and not any(word in name.lower().split() for name in self._names(mention)):
            return False
        if self._kinds(mention) == {"people"}:
            return word == mention.head
        if mention.kind == "described":
            return word == mention.head or bool(_MEANT[word] & _MEANT.get(mention.head, frozenset()))
        if mention.kind == "body":
            return bool(_MEANT.get(mention.head, _MEANT["organization"]) & _MEANT[word])
        return bool(self._kinds(mention) & _MEANT[word])

    def _names(self, mention: Mention) -> tuple[str, ...]:
        """What a mention is called, here and in the knowledge."""
        known = [self.knowledge.actors[c.id] for c in mention.candidates if c.id in self.knowledge.actors]
        return (mention.name, *(name for actor in known for name in (actor.name, *actor.aliases)))

    def _put(self, stack: list[Mention], mention: Mention) -> None:
        self.seen[mention.name] = self.passage
        stack[:] = [m for m in stack[-11:] if m.name != mention.name]
        stack.append(mention)
