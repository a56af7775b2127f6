"""Who and where is named in a noun phrase, as written.

A mention is a known name (with all it may mean), a person found by title and pattern, a
body or group found by its head word, a described party ("unidentified gunmen"), or a
pronoun. Which id it gets is for `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefgen.extract import qualifiers
from briefgen.extract.mention import Mention, Scene
from briefgen.extract.people import body_in_title, is_of_another, unknown_person
from briefgen.extract.qualifiers import HYPHENS
from briefgen.grammar.chunks import Phrase
from briefgen.grammar.english import words
from briefgen.grammar.groups import Group
from briefgen.grammar.inflection import singular
from briefgen.grammar.words import Word
from briefgen.knowledge import Candidate, Name
from briefgen.model import Span

__all__ = ["Mention", "Scene", "is_government", "of_group", "of_phrase", "places_in"]

_BODY = words("body_nouns")
_PEOPLE = words("people_nouns")
_GOVERNMENT = words("government_nouns")
_THINGS = words("thing_nouns")
_PART = words("part_nouns")
_OFFSHOOTS = words("offshoots")
_POSTED = words("posted")
_COMPASS = words("compass")
_QUANTITY = words("vague_quantities")
_QUANTITIES = words("quantity_nouns")
_TRADE = frozenset({"import", "export", "purchase", "sale", "delivery", "shipment", "supply"})
_AGAINST = words("against_the_state")
_TIMES = words("times")
_GOES_ON = re.compile(
    r"(?: (?:of|for)(?: the)? ([A-Z][\w’'-]*\w)(?: [A-Z][\w’'-]*\w)*)(?: (?:and|of)(?: the)? [A-Z][\w’'-]*\w)*"
)
_CAPITALS = re.compile(r" ([A-Z][a-z]+)\b")
_WHOLES = words("states_referred_to")
_OWNERS = frozenset({"state", "body"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}


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
    titled = titled or any(m.kind == "person" and m.title for m in found)
    found = _shared_head(scene, found, group)
    named_so = qualifiers.so_called(scene, group)
    if named_so is not None:
        kind, span = named_so
        side = tuple(c for m in of_phrase(scene, kind) for c in m.side)
        head = singular(scene.parse.words[kind.head].text.lower())
        return (Mention(scene.text[span[0] : span[1]], span, "body", side=side, head=head),)
    for how, phrase in group.attached:
        if how == "called" and any(m.kind in {"name", "person", "body"} and not m.modifier for m in found):
            continue
        if how in {"appos", "called", "led"}:
            named = of_phrase(scene, phrase)
            if how == "led":
                named = tuple(replace(m, title=m.title or "leader") for m in named)
            found.extend(m for m in named if m.kind != "thing" and (m.kind != "described" or how == "led"))
            beside.extend(m for m in named if m.kind == "described" and how == "appos")
            titled = titled or _is_part(scene, phrase)
        elif _is_served(scene, phrase):
            if found and found[-1].kind == "described" and not found[-1].side and _is_part(scene, phrase):
                found[-1] = replace(found[-1], side=tuple(c for m in of_phrase(scene, phrase) for c in m.side))
        elif qualifiers.explains(scene, group, phrase):
            continue
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
            elif len(owners) == 1 and office is not None and office.kind == "person" and not office.side:
                found[-1:] = [replace(m, side=owners[0].candidates) if m is office else m for m in found[-1:]]
            found.extend(owners)
        elif heads[-1].lemma in _TRADE:
            found.extend(m for m in of_phrase(scene, phrase) if m.kind == "thing" and m.side)
    names = [m for m in found if m.kind in {"name", "person", "body"} and not m.modifier]
    if names:
        single = len(group.members) == 1
        hung = single or any(how == "of" for how, _ in group.attached)
        offices = [m for m in found if m.kind == "described" and _names_an_office(scene, m, single and titled, hung)]
        beside += [m for m in found if m.kind == "described"]
        found = [_in_office(scene, m, beside) for m in found if m not in offices]
    return tuple(dict.fromkeys(found))


def _in_office(scene: Scene, person: Mention, offices: Sequence[Mention]) -> Mention:
    """An unknown person with the office that an apposition gives him (`Ann Roe, the Dutch envoy`)."""
    near = [o for o in offices if not o.plural and " and " not in _between(scene, o.span, person.span)]
    if person.kind != "person" or person.title or not near:
        return person
    office = min(near, key=lambda o: max(o.span[0] - person.span[1], person.span[0] - o.span[1]))
    return replace(person, title=office.text, side=person.side or office.side, owner=office.owner)


def _shared_head(scene: Scene, found: list[Mention], group: Group) -> list[Mention]:
    """`Polish and Lithuanian presidents` as two: each adjective before the last member with the head of that."""
    last = next(reversed(found), None)
    if len(group.members) < 2 or last is None or last.kind not in {"described", "name"}:
        return found
    bare = [m for m in found if m.kind == "name" and any(_is_bare(scene, m, p) for p in group.members[:-1])]
    if last.kind == "name":
        return [_of_its_own(scene, m, last) if m in bare else m for m in found]
    if not bare or not last.side or not last.plural:
        return found
    own = max((n.end for n in scene.names if last.span[0] <= n.start and n.end < last.span[1]), default=last.span[0])
    head = scene.text[own : last.span[1]].strip("’'s ") if scene.text[own] in "’'" else scene.text[own : last.span[1]]
    each = [replace(last, plural=False, stands_for=f"{m.text} {head.strip()}") for m in bare]
    shared = [replace(e, text=m.text, span=m.span, side=m.candidates) for e, m in zip(each, bare, strict=True)]
    return [*(m for m in found if m not in bare and m is not last), *shared, replace(last, plural=False)]


def _of_its_own(scene: Scene, mention: Mention, last: Mention) -> Mention:
    """The known force that an adjective shares a head with (`Algerian and Tunisian border guards`)."""
    name = f"{mention.text} {last.text.partition(' ')[2]}"
    known = tuple(c for c in scene.knowledge.names.meanings(name) if c.kind == "actor")
    return replace(mention, candidates=known, stands_for=name, modifier=False) if known else mention


def _is_served(scene: Scene, phrase: Phrase) -> bool:
    """True after `ambassador to` or `adviser to`: whom he is sent to or works for has no part in what he does."""
    before = [word.lemma for word in scene.parse.words[max(0, phrase.first - 2) : phrase.first]]
    return len(before) == 2 and before[0] in _POSTED and before[1] == "to"


def _is_bare(scene: Scene, mention: Mention, phrase: Phrase) -> bool:
    """True for a phrase that is only a state's adjective or initials."""
    words = [w for w in scene.parse.words[phrase.first : phrase.last] if w.tag != "DT"]
    adjective = all(c.how == "adjective" for c in mention.candidates) or mention.text.isupper()
    inside = bool(words) and (words[0].start, words[-1].end) == mention.span
    return inside and adjective and "state" in {_kind(scene, c) for c in mention.candidates}


def _between(scene: Scene, one: Span, other: Span) -> str:
    return scene.text[min(one[1], other[1]) : max(one[0], other[0])]


def _kind(scene: Scene, candidate: Candidate) -> str:
    known = scene.knowledge.actors.get(candidate.id) if candidate.kind == "actor" else None
    return known.kind if known is not None else ""


def _is_office_of(scene: Scene, office: Mention, owner: Mention) -> bool:
    """True for a state after `the president of`, by which he is known as by `the Kenyan president`."""
    kinds = {scene.knowledge.actors[c.id].kind for c in owner.candidates}
    single = office.kind == "described" and not office.plural and not office.side
    personal = office.head in scene.titles and office.head not in _BODY | _WHOLES
    return single and kinds == {"state"} and not owner.modifier and personal


def _names_an_office(scene: Scene, mention: Mention, alone: bool, hung: bool) -> bool:
    """True for `the minister` beside the minister's name, or `officials` beside `from Iran`: no second party."""
    if mention.plural:
        return hung and not mention.side and mention.head in _PART
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
    inside = [n for n in inside if not is_of_another(scene, words, n)]
    stances = [n for n in inside if qualifiers.only_for_or_against(scene, n)]
    inside = [n for n in inside if n not in stances]
    made = qualifiers.made_or_run_by(scene, words, inside)
    names = [n for n in inside if scene.text[n.end : n.end + 1] not in HYPHENS or n.end + 1 in pairs]
    head_lemma = singular(head.text.lower()) if head.tag in {"NN", "NNS"} else head.text.lower()
    found: list[Mention] = []
    sides = tuple(
        c
        for n in names
        for c in n.candidates
        if c.kind == "actor" and (c.how == "adjective" or _possesses(scene, n, end))
    )
    sides = sides or made
    for name in names:
        actor = tuple(c for c in name.candidates if c.kind == "actor")
        if not actor:
            continue
        last = name.end >= head.end
        after = next((w.text.lower() for w in words if w.start == name.end + 1), "")
        if not last and after in _OFFSHOOTS and names[-1].end >= head.end:
            continue
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
                title=" ".join(w.text for w in ranks if w.text.lower().rstrip(".") in scene.titles | _AGAINST),
                head=head_lemma,
                modifier=modifier or (adjective and not last),
                side=sides,
                definite=last and words[0].text.lower() in _DEFINITE and name.start in {w.start for w in words[:2]},
            )
        )
    found = [*qualifiers.marchers(scene, words, head_lemma, stances), *_narrowest(scene, found)]
    person = unknown_person(scene, words, names, sides)
    body = body_in_title(scene, words, person, names, sides) if person is not None and person.title else None
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
    if owner is not None and head.text[0].isupper() and _OWNERS & {_kind(scene, c) for c in owner.candidates}:
        bracket = next((w.end for w in words if w.text == ")"), 0)
        start = next(w.start for w in words if w.start >= max(owner.end, bracket) and w.tag != "POS")
        span = (start, span[1])
    text = scene.text[span[0] : span[1]]
    capitals = sum(1 for w in words if w.text[0].isupper() and w.tag in {"NNP", "NNPS"})
    if head.text.lower() in _BODY and head.text[0].isupper() and capitals >= 2:
        span = (span[0], span[1] + len(_rest_of_name(scene, scene.text[span[1] :])))
        text = scene.text[span[0] : span[1]]
        return Mention(text, span, "body", side=sides or _parent(scene, names, head), head=lemma)
    if (lemma in _PEOPLE or head.text.lower() in _PEOPLE) and not (sides and lemma in _THINGS):
        first = words[0].text.lower()
        definite = first in _DEFINITE and len(words) <= 3
        return Mention(
            text, span, "described", side=sides, head=lemma, plural=head.tag in {"NNS", "CD"}, definite=definite,
            number=max((_NUMBERS.get(w.text.lower(), 0) for w in words[:-1]), default=0) if definite else 0,
            owner=first if words[0].tag == "PRP$" else _group_before(words),
        )  # fmt: skip
    named_after = head.text[0].isupper() and head.tag == "NNP" and lemma not in _THINGS
    if lemma in _THINGS or (sides and not named_after):
        return Mention(text, span, "thing", side=sides, head=lemma)
    return None


def _group_before(words: Sequence[Word]) -> str:
    """The noun by which a group told before owns what follows (`the militia's fighters`); empty for others."""
    whose = next((n for n, w in enumerate(words) if w.tag == "POS"), 0)
    if whose not in {1, 2} or words[0].text.lower() not in _DEFINITE or words[whose - 1].tag not in {"NN", "NNS"}:
        return ""
    return singular(words[whose - 1].text.lower())


def _only_qualifies(word: Word) -> bool:
    """True for a word before a noun that says only which, how many or in what condition (`two wounded`)."""
    if word.tag in {"DT", "PDT", "PRP$", "CD"} or word.text.lower() in _QUANTITY:
        return True
    return (
        word.tag in {"JJ", "VBN", "VBD"} and word.text.islower() and word.text.endswith("ed") and "-" not in word.text
    )


def _rest_of_name(scene: Scene, after: str) -> str:
    """What a body's name goes on with (`Union` + `for the Defense of Gabon`), up to a time or somebody's rank."""
    found = _GOES_ON.match(after)
    if found is None or found[1].lower() in _TIMES:
        return ""
    ranks = {word for rank in scene.knowledge.language.ranks for word in rank.split()}
    title = next((m.start() for m in _CAPITALS.finditer(found[0]) if m[1] in ranks), len(found[0]))
    return found[0][:title]


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
