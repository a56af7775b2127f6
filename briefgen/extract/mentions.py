"""Who and where is named in a noun phrase, as written.

A mention is a known name (with all it may mean), a person found by title and pattern, a
body or group found by its head word, a described party ("unidentified gunmen"), or a
pronoun. Which id it gets is for `resolve.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefgen.extract.brill import common
from briefgen.extract.chunks import Phrase
from briefgen.extract.clauses import Parse
from briefgen.extract.english import words
from briefgen.extract.groups import Group
from briefgen.extract.inflection import singular
from briefgen.extract.words import Word
from briefgen.knowledge import Candidate, Knowledge, Name
from briefgen.knowledge.names import fold
from briefgen.model import Span

MentionKind = Literal["name", "person", "body", "described", "pronoun", "thing", "place"]

_PARTICLES = words("name_particles")
_BODY = words("body_nouns")
_TIMES = words("times")
_PEOPLE = words("people_nouns")
_GOVERNMENT = words("government_nouns")
_THINGS = words("thing_nouns")
_PART = words("part_nouns")
_COMPASS = words("compass")
_HYPHENS = frozenset("-‐‑")
_QUANTITY = words("vague_quantities")
_NAMED_THINGS = words("named_things")
_RELATIONS = words("relations")
_QUANTITIES = words("quantity_nouns")
_TRADE = frozenset({"import", "export", "purchase", "sale", "delivery", "shipment", "supply"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}


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


def of_group(scene: Scene, group: Group | None) -> tuple[Mention, ...]:
    """Parties named by a noun group: its members, what stands in apposition, and bodies they belong to."""
    if group is None:
        return ()
    found: list[Mention] = []
    beside: list[Mention] = []
    heads = [scene.parse.words[p.head] for p in group.members]
    titled = any(_is_part(scene, p) for p in group.members)
    counted = heads[-1].text.lower() in _QUANTITIES
    for phrase in group.members:
        found.extend(of_phrase(scene, phrase))
    for how, phrase in group.attached:
        if how in {"appos", "led"}:
            named = of_phrase(scene, phrase)
            found.extend(m for m in named if m.kind != "thing" and (m.kind != "described" or how == "led"))
            beside.extend(m for m in named if m.kind == "described" and how == "appos")
            titled = titled or _is_part(scene, phrase)
        elif titled or any(h.lemma in _PART for h in heads):
            owners = [
                m
                for m in of_phrase(scene, phrase)
                if m.kind in {"name", "body", "person"} or (m.kind == "described" and (m.side or counted))
            ]
            office = next(reversed(beside or found), None)
            if len(owners) == 1 and office is not None and _is_office_of(scene, office, owners[0]):
                stack = beside or found
                stack[-1] = replace(office, side=owners[0].candidates)
                owners = [] if stack is found else owners
            found.extend(owners)
        elif heads[-1].lemma in _TRADE:
            found.extend(m for m in of_phrase(scene, phrase) if m.kind == "thing" and m.side)
    names = [m for m in found if m.kind in {"name", "person", "body"} and not m.modifier]
    if names:
        alone = len(group.members) == 1 and titled
        offices = [m for m in found if m.kind == "described" and _names_an_office(scene, m, alone)]
        beside += [m for m in found if m.kind == "described"]
        found = [_in_office(scene, m, beside) for m in found if m not in offices]
    return tuple(dict.fromkeys(found))


def _in_office(scene: Scene, person: Mention, offices: Sequence[Mention]) -> Mention:
    """An unknown person with the office that an apposition gives him (`Ann Roe, the Dutch envoy`)."""
    near = [o for o in offices if not o.plural and " and " not in _between(scene, o.span, person.span)]
    if person.kind != "person" or person.title or not near:
        return person
    office = min(near, key=lambda o: max(o.span[0] - person.span[1], person.span[0] - o.span[1]))
    return replace(person, title=office.text, side=person.side or office.side)


def _between(scene: Scene, one: Span, other: Span) -> str:
    return scene.text[min(one[1], other[1]) : max(one[0], other[0])]


def _kind(scene: Scene, candidate: Candidate) -> str:
    known = scene.knowledge.actors.get(candidate.id) if candidate.kind == "actor" else None
    return known.kind if known is not None else ""


def _is_office_of(scene: Scene, office: Mention, owner: Mention) -> bool:
    """True for a state after `the president of`, by which he is known as by `the Kenyan president`."""
    kinds = {scene.knowledge.actors[c.id].kind for c in owner.candidates}
    single = office.kind == "described" and not office.plural and not office.side
    return single and kinds == {"state"} and not owner.modifier and office.head in scene.titles


def _names_an_office(scene: Scene, mention: Mention, alone: bool) -> bool:
    """True for `the minister` beside the minister's name, or `officials` beside `from Iran`: no second party."""
    if mention.plural:
        return not mention.side and mention.head in _PART
    return alone or (mention.head in scene.titles and not mention.side)


def _is_part(scene: Scene, phrase: Phrase) -> bool:
    words = scene.parse.words[phrase.first : phrase.last]
    return bool(words) and (
        words[-1].text.lower() in _PART
        or singular(words[-1].text.lower()) in _PART
        or words[-1].text.lower() in scene.titles
    )


def of_phrase(scene: Scene, phrase: Phrase) -> tuple[Mention, ...]:
    """Parties named inside one noun phrase, in the order of the text."""
    words = scene.parse.words[phrase.first : phrase.last]
    start, end = scene.span(phrase)
    head = words[phrase.head - phrase.first]
    if (head.tag == "PRP" and len(words) == 1) or (len(words) == 1 and head.tag == "DT"):
        return (Mention(head.text, (head.start, head.end), "pronoun", head=head.text.lower()),)
    inside = [n for n in scene.names if start <= n.start and n.end <= end]
    pairs = {n.end + 1 for n in inside} & {n.start for n in inside}
    inside = [n for n in inside if not _part_of_a_name(scene, words, n)]
    names = [n for n in inside if scene.text[n.end : n.end + 1] not in _HYPHENS or n.end + 1 in pairs]
    head_lemma = singular(head.text.lower()) if head.tag in {"NN", "NNS"} else head.text.lower()
    found: list[Mention] = []
    sides = tuple(
        c
        for n in names
        for c in n.candidates
        if c.kind == "actor" and (c.how == "adjective" or _possesses(scene, n, end))
    )
    for name in names:
        actor = tuple(c for c in name.candidates if c.kind == "actor")
        if not actor:
            continue
        last = name.end >= head.end
        adjective = all(c.how == "adjective" for c in actor)
        modifier = not last and not _title_follows_only(scene, words, name)
        if adjective and last and len(words) > 1 and head.tag == "JJ":
            modifier = True
        ranks = [w for w in words if w.end <= name.start] if last else []
        found.append(
            Mention(
                name.text,
                (name.start, name.end),
                "name",
                actor,
                title=" ".join(w.text for w in ranks if w.text.lower().rstrip(".") in scene.titles),
                head=head_lemma,
                modifier=modifier or (adjective and not last),
                side=sides,
            )
        )
    found = _narrowest(scene, found)
    person = _person(scene, words, names, sides)
    body = _body_in_title(scene, words, person, names, sides) if person is not None and person.title else None
    if person is not None and body is not None:
        found.append(body)
        person = replace(person, side=())
    owner = next((m for m in found if m.modifier and any(c.how != "adjective" for c in m.candidates)), None)
    states = tuple(c for c in owner.candidates if _kind(scene, c) == "state") if owner is not None else ()
    if person is not None:
        found.append(person)
    elif states and head_lemma in _PEOPLE and (rest := _unknown(scene, words, head, head_lemma, names, states)):
        found = [rest if m is owner else m for m in found]
    elif owner is not None and (head_lemma in _PEOPLE or head_lemma in {"wing", "branch", "side"}):
        found = [replace(m, modifier=False) if m is owner else m for m in found]
    elif not any(n.end >= head.end and any(c.kind == "actor" for c in n.candidates) for n in names):
        rest = _unknown(scene, words, head, head_lemma, names, sides)
        if rest is not None:
            found.append(rest)
    return tuple(found)


def _part_of_a_name(scene: Scene, words: Sequence[Word], name: Name) -> bool:
    """True for a known person's name inside another's (`Theyazin bin Haitham bin Tariq`, `Dilshod Raisi`)."""
    people = [scene.knowledge.actors[c.id] for c in name.candidates if c.kind == "actor"]
    if {p.kind for p in people} != {"person"}:
        return False
    before = next((w for w in words if w.end == name.start - 1), None)
    after = next((w for w in words if w.start == name.end + 1), None)
    if any(w is not None and w.text.lower() in {"bin", "ibn", "ben", "bint"} for w in (before, after)):
        return True
    if " " in name.text:
        return False
    if before is not None and before.text in _NAMED_THINGS:
        return True
    given = {_consonants(p.name.split()[0]) for p in people}
    if before is not None and _could_name(scene, before):
        return _consonants(before.text) not in given
    return after is not None and _could_name(scene, after)


def _could_name(scene: Scene, word: Word) -> bool:
    """True for a capitalized word that is no title, no time, no ordinary word and no known name."""
    low = word.text.lower()
    return (
        word.tag in {"NNP", "NNPS"}
        and word.text[:1].isupper()
        and not word.text.isupper()
        and low.rstrip(".") not in scene.titles
        and low not in _TIMES
        and common(low) is None
        and not any(n.start <= word.start < n.end for n in scene.names)
    )


def _consonants(name: str) -> str:
    """What two spellings of one given name have in common: `brhm` for Ebrahim and Ibrahim."""
    letters = [c for c in fold(name) if c.isalpha() and c not in "aeiouy"]
    return "".join(c for n, c in enumerate(letters) if n == 0 or letters[n - 1] != c)


def _narrowest(scene: Scene, found: list[Mention]) -> list[Mention]:
    """Without names of whole kinds (`Salafi-jihadi group`) where a member of the kind is named beside them."""
    kinds = {
        m: {scene.knowledge.actors[c.id].kind for c in m.candidates if c.id in scene.knowledge.actors} for m in found
    }
    if not any(k & {"group", "force", "body", "party", "person"} for k in kinds.values()):
        return found
    whole = any(kinds[m] and kinds[m] <= {"group", "party"} and not m.modifier for m in found)
    found = [m for m in found if not (whole and m.modifier and kinds[m] == {"state"})]
    return [m for m in found if kinds[m] != {"people"} or (m.side and not any(_follows(m, o) for o in found))]


def _follows(kind: Mention, other: Mention) -> bool:
    """True for a name right after the kind that it is of (`Salafi-jihadi group Jaish al Adl`)."""
    return other.span[0] == kind.span[1] + 1


def _possesses(scene: Scene, name: Name, end: int) -> bool:
    return scene.text[name.end : name.end + 2] in {"'s", "’s", "s'", "s’"} or scene.text[name.end : name.end + 1] in {
        "'",
        "’",
    }


def _title_follows_only(scene: Scene, words: Sequence[Word], name: Name) -> bool:
    """True when after the name only offices and a person's name follow (`IDF spokesman Daniel Hagari`)."""
    rest = [w for w in words if w.start >= name.end and w.tag != "POS"]
    named = [n for n in scene.names if any(_group_or_party(scene, c) for c in n.candidates)]
    titles = [w for w in rest if w.text.lower() in scene.titles and not any(n.start <= w.start < n.end for n in named)]
    return bool(titles) and rest[-1].tag in {"NNP", "NNPS"}


def _group_or_party(scene: Scene, candidate: Candidate) -> bool:
    return candidate.kind == "actor" and scene.knowledge.actors[candidate.id].kind in {"group", "party"}


def _person(scene: Scene, words: Sequence[Word], names: Sequence[Name], sides: tuple[Candidate, ...]) -> Mention | None:
    """A person whom the knowledge does not have: capitalized words after a title, or two to four alone."""
    last_title = max((i for i, w in enumerate(words) if _says_who(scene, w)), default=-1)
    run = list(_trailing_name(words, last_title + 1))
    if not run:
        return None
    start, end = run[0].start, run[-1].end
    if any(n.start < end and start < n.end and any(c.kind in {"actor", "source"} for c in n.candidates) for n in names):
        return None
    before = next((w.text for w in words if w.end == start - 1), "")
    if before in _NAMED_THINGS or any(w.text.lower() in _BODY for w in run):
        return None
    capitals = [w for w in run if w.text[0].isupper() or (w.tag == "NNP" and "-" in w.text)]
    places = [n for n in names if start <= n.start and n.end <= end]
    if last_title < 0 and len(run) == len(words) == 1 and capitals and not places:
        if run[0].tag not in {"NNP", "NNPS"}:
            return None
        return Mention(scene.text[start:end], (start, end), "person", side=sides, head="surname")
    if last_title < 0 and (len(capitals) < 2 or len(run) > 5 or places or words[0].tag in {"DT", "PRP$"}):
        return None
    if places and places[0].end - places[0].start == end - start:
        return None
    title = scene.text[words[0].start : words[last_title].end] if last_title >= 0 else ""
    return Mention(scene.text[start:end], (start, end), "person", title=title, side=sides, head="person")


def _says_who(scene: Scene, word: Word) -> bool:
    """True for a title, and for a plain noun that says what somebody is (`the cleric`, `his counterpart`)."""
    if word.text.lower().rstrip(".") in scene.titles:
        return True
    return word.text.islower() and word.tag == "NN" and (word.text in _RELATIONS or word.text in _PEOPLE)


def _trailing_name(words: Sequence[Word], first: int) -> Iterator[Word]:
    """The run of name words that ends the phrase, not reaching before `first`."""
    i = len(words)
    while i > first and words[i - 1].tag == "POS":
        return
    while i > first:
        word = words[i - 1]
        name = word.tag in {"NNP", "NNPS"} or (word.text[0].isupper() and word.tag in {"NN", "JJ", "NNS"})
        if not (
            name
            or word.text.lower() in _PARTICLES
            or (word.text == "." and i - 2 >= first and len(words[i - 2].text) == 1)
        ):
            break
        i -= 1
    run = list(words[i:])
    while run and not run[0].text[0].isupper() and run[0].tag != "NNP" and run[0].text.lower() not in _PARTICLES:
        run.pop(0)
    if run and all(w.text.lower() in _PARTICLES or not w.text[0].isalpha() for w in run):
        return
    ordinary = [w.text.lower() not in _PARTICLES and common(w.text.lower()) in {"NN", "NNS", "JJ"} for w in run]
    cut = max((n for n, plain in enumerate(ordinary[:-2]) if plain), default=-1)
    run = run[cut + 1 :]
    yield from run


def _body_in_title(
    scene: Scene, words: Sequence[Word], person: Mention, names: Sequence[Name], sides: tuple[Candidate, ...]
) -> Mention | None:
    """An unknown body whose office a person holds (`Istiqlal Party` in `Istiqlal Party founder Nabil Haddadi`)."""
    before = [w for w in words if w.end <= person.span[0]]
    last = max((n for n, w in enumerate(before) if w.text.lower() in _BODY and w.text[0].isupper()), default=-1)
    if last < 0 or not any(w.text.lower().rstrip(".") in scene.titles for w in before[last + 1 :]):
        return None
    first = last
    while first > 0 and (before[first - 1].text[0].isupper() or before[first - 1].text in _PARTICLES):
        first -= 1
    while first < last and any(n.start <= before[first].start < n.end and _describes(n) for n in names):
        first += 1
    start, end = before[first].start, before[last].end
    if first == last or any(n.start < end and start < n.end for n in names):
        return None
    return Mention(scene.text[start:end], (start, end), "body", side=sides, head=before[last].text.lower())


def _describes(name: Name) -> bool:
    return all(c.how == "adjective" for c in name.candidates if c.kind == "actor")


def _unknown(
    scene: Scene, words: Sequence[Word], head: Word, lemma: str, names: Sequence[Name], sides: tuple[Candidate, ...]
) -> Mention | None:
    """A body by its head word, a described party, or a thing that belongs to one."""
    start = next((w.start for w in words if not _only_qualifies(w)), words[0].start)
    start = min(start, head.start)
    span = (start, max(w.end for w in words))
    owner = next(
        (n for n in names if n.start == span[0] and _possesses(scene, n, span[1]) and n.end < head.start), None
    )
    if owner is not None and head.text[0].isupper() and "state" in {_kind(scene, c) for c in owner.candidates}:
        start = next(w.start for w in words if w.start > owner.end and w.tag != "POS")
        span = (start, span[1])
    text = scene.text[span[0] : span[1]]
    capitals = sum(1 for w in words if w.text[0].isupper() and w.tag in {"NNP", "NNPS"})
    if head.text.lower() in _BODY and head.text[0].isupper() and capitals >= 2:
        return Mention(text, span, "body", side=sides or _parent(scene, names, head), head=lemma)
    if (lemma in _PEOPLE or head.text.lower() in _PEOPLE) and not (sides and lemma in _THINGS):
        first = words[0].text.lower()
        definite = first in _DEFINITE and len(words) <= 3
        return Mention(
            text, span, "described", side=sides, head=lemma, plural=head.tag in {"NNS", "CD"}, definite=definite,
            number=max((_NUMBERS.get(w.text.lower(), 0) for w in words[:-1]), default=0) if definite else 0,
            owner=first if words[0].tag == "PRP$" else "",
        )  # fmt: skip
    if lemma in _THINGS or sides:
        return Mention(text, span, "thing", side=sides, head=lemma)
    return None


def _only_qualifies(word: Word) -> bool:
    """True for a word before a noun that says only which, how many or in what condition (`two wounded`)."""
    if word.tag in {"DT", "PDT", "PRP$", "CD"} or word.text.lower() in _QUANTITY:
        return True
    return (
        word.tag in {"JJ", "VBN", "VBD"} and word.text.islower() and word.text.endswith("ed") and "-" not in word.text
    )


def _parent(scene: Scene, names: Sequence[Name], head: Word) -> tuple[Candidate, ...]:
    """The force, group or body whose name a unit's name begins with (`IDF 98th Division`)."""
    own = [c for n in names if n.end < head.start for c in n.candidates if c.kind == "actor"]
    return tuple(c for c in own if scene.knowledge.actors[c.id].kind in {"force", "group", "body"})


def is_government(head: str) -> bool:
    """True for a head noun that with a state's adjective stands for the state (`Iranian officials`)."""
    return head in _GOVERNMENT


def places_in(scene: Scene, phrase: Phrase) -> tuple[Mention, ...]:
    """Places named in a noun phrase, with a compass word before them."""
    start, end = scene.span(phrase)
    words = scene.parse.words
    found = []
    for name in scene.names:
        if not (start <= name.start and name.end <= end):
            continue
        candidates = tuple(c for c in name.candidates if c.kind == "place")
        if not candidates or all(c.how == "adjective" for c in name.candidates):
            continue
        first = name.start
        before = [w for w in words[phrase.first : phrase.last] if w.end <= first]
        if (
            before
            and before[-1].tag == "NNP"
            and before[-1].text.lower() not in _COMPASS
            and before[-1].end == first - 1
            and not any(n.end == before[-1].end for n in scene.names)
        ):
            continue
        if before and before[-1].text.lower() in _COMPASS:
            first = before[-1].start
        found.append(Mention(scene.text[first : name.end], (first, name.end), "place", candidates))
    return tuple(found)
