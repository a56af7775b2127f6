"""The lexicon of event verbs and nouns, indexed by their words, and how an entry fits a clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefgen.grammar.brill import common
from briefgen.grammar.chunks import Phrase, is_time
from briefgen.grammar.clauses import Clause, Parse
from briefgen.grammar.english import words
from briefgen.grammar.groups import Group
from briefgen.grammar.inflection import plural, singular
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Noun, Verb
from briefgen.model import Certainty, EventTypeId

_QUANTITY = words("quantity_nouns")
_OFFICES = words("part_nouns")
_HAPPENS = words("happening_verbs")


_CARRIERS = frozenset(
    ["message", "statement", "letter", "expression", "act", "word", "words", "campaign", "phase", "stage", "part"]
)


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A verb of the lexicon with its type."""

    type: EventTypeId
    verb: Verb
    rest: tuple[str, ...]
    """Words of the lemma after the first."""


@dataclass(frozen=True, slots=True)
class NounEntry:
    """A noun of the lexicon with its type."""

    type: EventTypeId
    noun: Noun
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All triggers, ready to be looked up."""

    verbs: Mapping[str, tuple[VerbEntry, ...]]
    nouns: Mapping[str, tuple[NounEntry, ...]]
    light: frozenset[str]
    plans: frozenset[str]
    sayings: Mapping[str, tuple[Certainty, Certainty]]
    """Lemma -> (certainty, certainty when the speaker took part)."""

    @property
    def lemmas(self) -> list[str]:
        """Every base form that the tagger must know as a verb."""
        others = self.light | self.plans | set(self.sayings) | _HAPPENS
        return sorted({*self.verbs, *(w.split(" ")[0] for w in others)})


def index(knowledge: Knowledge) -> Lexicon:
    """The lexicon of `knowledge`, longest entries first."""
    verbs: dict[str, list[VerbEntry]] = {}
    nouns: dict[str, list[NounEntry]] = {}
    for kind in knowledge.types.values():
        for verb in kind.verbs:
            first, *rest = verb.lemma.split(" ")
            verbs.setdefault(first, []).append(VerbEntry(kind.type, verb, tuple(rest)))
        for noun in kind.nouns:
            words = tuple(noun.lemma.lower().split(" "))
            key = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
            nouns.setdefault(key, []).append(NounEntry(kind.type, noun, words))
    language = knowledge.language
    return Lexicon(
        {k: tuple(sorted(v, key=_verb_order)) for k, v in verbs.items()},
        {k: tuple(sorted(v, key=lambda e: -len(e.words))) for k, v in nouns.items()},
        frozenset(language.light_verbs),
        frozenset(p.split(" ")[0] if " " in p else p for p in language.plans),
        {s.lemma: (s.certainty, s.by_party) for s in language.sayings},
    )


def _verb_order(entry: VerbEntry) -> tuple[int, bool, bool, int]:
    """Longest lemma first; then those that ask for an object, and of these those that ask for a doer as well."""
    verb = entry.verb
    return -len(entry.rest), not verb.needs, not verb.subjects, len(verb.needs)


def heads(parse: Parse, group: Group | None) -> frozenset[str]:
    """Lemmas of the head nouns of a group, of the office before a name, and of what quantities count."""
    if group is None:
        return frozenset()
    out: set[str] = set()
    quantity = False
    for phrase in group.members:
        word = parse.words[phrase.head]
        out |= {singular(word.text.lower()), *_called(parse, phrase)}
        if word.tag == "NNP":
            out |= _offices(parse, phrase)
        quantity = quantity or word.text.lower() in _QUANTITY or word.tag == "CD"
    if quantity:
        out |= {singular(parse.words[p.head].text.lower()) for how, p in group.attached if how == "of"}
    return frozenset(out)


def _offices(parse: Parse, phrase: Phrase) -> set[str]:
    """What is said of a name before it (`Hamas leader Ismail Haniyeh`): the noun or title that the name follows."""
    inner = parse.words[phrase.first : phrase.head + 1]
    before = [(a, singular(a.text.lower())) for a, b in pairwise(inner) if b.tag == "NNP"]
    return {lemma for word, lemma in before if word.tag in {"NN", "NNS"} or lemma in _OFFICES}


def _called(parse: Parse, phrase: Phrase) -> set[str]:
    """The noun that says what a name after it is (`the destroyer USS Mason`)."""
    at = phrase.head
    while at > phrase.first and parse.words[at].tag in {"NNP", "NNPS", "CD"}:
        at -= 1
    word = parse.words[at]
    return {singular(word.text.lower())} if at < phrase.head and word.tag in {"NN", "NNS"} else set()


def is_container(parse: Parse, group: Group) -> bool:
    """True for a group that only counts or carries what follows after `of` (`a series of`, `a message of`)."""
    word = parse.words[group.members[0].head]
    return word.text.lower() in _QUANTITY | _CARRIERS or word.tag == "CD"


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry that fits a clause, and the group that is its object."""

    entry: VerbEntry
    object: Group | None
    used: str | None
    """Preposition that the entry swallowed."""


def fit(
    parse: Parse, lexicon: Lexicon, clause: Clause, infinitive: bool, stands: Callable[[str, Group | None], bool]
) -> Fit | None:
    """The first entry of the lexicon that fits `clause`, the most specific tried first.

    `infinitive`: an infinitive hangs on the clause; `stands(sign, group)`: what the sign
    means (`@actor`) is named in the group.
    """
    for entry in lexicon.verbs.get(clause.lemma, ()):
        placed = _particle(parse, clause, entry.rest)
        if placed is None or (
            placed[0] is not None and clause.object is not None and not clause.passive and _kept(entry, clause)
        ):
            continue
        obj, used = placed
        undergoer = clause.subject if clause.passive and obj is None else obj or clause.object
        others = [g for p, g in clause.preps if p != used]
        named = _event_heads(parse, lexicon, clause.subject)
        if _fits(parse, entry.verb, clause, undergoer, others, infinitive, stands, named):
            return Fit(entry, obj, used)
    return None


def _event_heads(parse: Parse, lexicon: Lexicon, group: Group | None) -> frozenset[str]:
    """Head nouns that name a kind of event only with the word before (`artillery fire`, which is no fire)."""
    if group is None:
        return frozenset()
    found = ((noun_at(parse, lexicon, p), p) for p in group.members)
    return frozenset(
        singular(parse.words[p.head].text.lower()) for entry, p in found if entry is not None and len(entry.words) > 1
    )


def _kept(entry: VerbEntry, clause: Clause) -> bool:
    """True when the verb has its own object, so that the preposition is not part of it (`called an election for`)."""
    return len(entry.rest) == 1 and clause.lemma not in {"accuse", "blame"}


def _particle(parse: Parse, clause: Clause, rest: tuple[str, ...]) -> tuple[Group | None, str | None] | None:
    """Where the particle words of a lemma are met: (object after the preposition, preposition), or None."""
    if not rest:
        return None, None
    for prep, group in clause.preps:
        if all(is_time(parse.words, p) for p in group.members):
            if prep == rest[-1]:
                return None
            continue
        if prep == rest[-1] and (len(rest) == 1 or _follows(parse, clause, rest[:-1])):
            return group, prep
        if prep == " ".join(rest):
            return group, prep
    return (None, None) if _follows(parse, clause, rest) else None


def _follows(parse: Parse, clause: Clause, rest: Sequence[str]) -> bool:
    """The words of `rest` stand right after the verb, or after its object for a single particle."""
    start = clause.verb + 1
    after = [w.text.lower() for w in parse.words[start : start + len(rest)]]
    if after == list(rest):
        return True
    if clause.object is not None and len(rest) == 1:
        end = clause.object.members[-1].last
        return parse.words[end : end + 1] != () and parse.words[end].text.lower() == rest[0]
    return len(rest) == 1 and clause.particle == rest[0]


def _fits(
    parse: Parse, verb: Verb, clause: Clause, undergoer: Group | None, others: Sequence[Group],
    infinitive: bool, stands: Callable[[str, Group | None], bool], named: frozenset[str],
) -> bool:  # fmt: skip
    object_heads = heads(parse, undergoer)
    every = object_heads.union(*(heads(parse, g) for g in others)) if others else object_heads
    if verb.refuse:
        subject_heads = heads(parse, clause.subject) - named
        own = heads(parse, clause.object)
        if any(r in object_heads or r in subject_heads or r in own for r in verb.refuse):
            return False
    if verb.subjects and not _acts(parse, verb, clause, stands):
        return False
    if not verb.needs:
        return True
    for need in verb.needs:
        if need == "@actor":
            if any(stands(need, g) for g in (undergoer, *others)):
                return True
        elif need == "@clause":
            if clause.complement is not None or infinitive:
                return True
        elif need.startswith("@"):
            if stands(need, undergoer):
                return True
        elif need.startswith("to "):
            if any(
                c.kind == "infinitive"
                and c.governor is not None
                and parse.clauses[c.governor] is clause
                and c.lemma == need[3:]
                for c in parse.clauses
            ):
                return True
        elif (
            need in every
            or singular(need) in every
            or (
                " " in need
                and any(_tail(parse, p, need) for g in ([undergoer] if undergoer else []) for p in g.members)
            )
        ):
            return True
    return False


def _acts(parse: Parse, verb: Verb, clause: Clause, stands: Callable[[str, Group | None], bool]) -> bool:
    """True when one of the subjects that the entry asks for does the deed."""
    agent = next((g for p, g in clause.preps if p == "by"), None) if clause.passive else clause.subject
    return bool(heads(parse, agent) & set(verb.subjects)) or any(
        stands(sign, agent) for sign in verb.subjects if sign.startswith("@")
    )


def _tail(parse: Parse, phrase: Phrase, words: str) -> bool:
    want = words.split(" ")
    have = [singular(w.text.lower()) for w in parse.words[phrase.first : phrase.last]][-len(want) :]
    return have == want


def _of_follows(parse: Parse, phrase: Phrase, words: Sequence[str]) -> bool:
    """True when `of` and the noun after it follow the head (`exchange of prisoners`)."""
    after = [w for w in parse.words[phrase.head + 1 : phrase.head + 7] if w.tag not in {"DT", "JJ", "CD", "PRP$"}]
    return len(after) >= 2 and after[0].text.lower() == "of" and singular(after[1].text.lower()) == singular(words[-1])


def noun_at(parse: Parse, lexicon: Lexicon, phrase: Phrase) -> NounEntry | None:
    """The event noun that heads a noun phrase, the longest compound first."""
    words = parse.words[phrase.first : phrase.head + 1]
    head = words[-1].text.lower()
    last = singular(head)
    have = [w.text.lower() for w in words[:-1]]
    split = [part for word in have for part in word.split("-")] + [last]
    following = [w.text.lower() for w in parse.words[phrase.head + 1 : phrase.head + 2]]
    for entry in lexicon.nouns.get(last, ()) or lexicon.nouns.get(head, ()):
        if "of" in entry.words[1:]:
            if _of_follows(parse, phrase, entry.words):
                return entry
            continue
        size = len(entry.words)
        if (
            size == 1
            or tuple(split[-size:]) == (*entry.words[:-1], last)
            or (size == 2 and entry.words[0] in split[:-2] and common(entry.words[0]) == "JJ")
            or plural(" ".join(entry.words)) == " ".join([*split[-size:-1], head])
        ):
            if entry.noun.refuse and (set(entry.noun.refuse) & {*have, *split, *following}):
                continue
            return entry
    return None
