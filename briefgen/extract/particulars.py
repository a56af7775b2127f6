"""Particulars of an event: where, aimed at what, how many, how many killed or hurt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.extract import mentions as find
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.qualifiers import HYPHENS
from briefgen.grammar.brill import common
from briefgen.grammar.chunks import Phrase
from briefgen.grammar.clauses import Clause
from briefgen.grammar.english import words
from briefgen.grammar.groups import Group
from briefgen.grammar.inflection import singular
from briefgen.grammar.words import Word
from briefgen.model import EventTypeId

_LOCATIVE = words("locative_prepositions")
_WHERE = words("place_prepositions")
_COMPASS = words("compass")
_PLACES = words("place_nouns")
_PEOPLE = words("people_nouns")
_GROUND = frozenset(["border", "borders", "coast", "front", "area", "airspace", "waters", "war", "conflict", "crisis"])
_BETWEEN = words("between_places")
_OF_GOVERNMENTS = words("what_governments_give")
_SIDED = frozenset(["with", "against"])
_POSTED = words("posted")
_SITES = words("thing_nouns")
_NO_PLACES = words("times") | words("names_of_no_place")
_STANDS = frozenset(["in", "near", "outside", "around"])
"""Prepositions after which a strange name is a place's."""
_LONGEST_NAME = 3
_POSTS = frozenset(["embassy", "consulate"])
"""What a state has on the ground of another."""
_LINKS = frozenset([",", "CC"])
AIM = frozenset(["at", "on", "against", "targeting", "toward", "towards", "into"])
"""Prepositions before what an attack is aimed at."""
HERE = frozenset(["in", "at", "near", "across", "around", "outside", "inside", "along", "throughout", "within", "off"])
"""Prepositions before where something happens."""
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "a": 1, "an": 1, "dozen": 12,
}  # fmt: skip
_DEADLY = frozenset(["kill", "assassinate", "murder", "execute", "behead", "massacre", "slay"])
_HURTING = frozenset(["injure", "wound", "hurt"])


def aims(
    scene: Scene, type: EventTypeId, preps: Sequence[tuple[str, Group]], undergoer: Group | None
) -> tuple[Mention, ...]:
    """Places that an attack is aimed at, or that an embassy is opened in; nothing for other types."""
    if type != "ASSAULT":
        posts = undergoer is not None and any(scene.parse.words[p.head].lemma in _POSTS for p in undergoer.members)
        hosts = [g for prep, g in preps if prep == "in"] if posts else []
        return tuple(m for g in hosts for p in g.phrases for m in named(scene, p))
    groups = [undergoer] if undergoer is not None else []
    aimed = False
    for prep, group in preps:
        if prep in AIM or (aimed and prep in HERE):
            groups.append(group)
        aimed = prep in AIM and not any(m.kind != "thing" for m in find.of_group(scene, group))
    return tuple(m for g in groups for p in g.phrases for m in named(scene, p))


def places(scene: Scene, preps: Sequence[tuple[str, Group]], undergoer: Group | None) -> tuple[Mention, ...]:
    """Places of an event: those it happened at first, then those it came from or went to."""
    found: list[Mention] = []
    here: list[Mention] = []
    for prep, group in preps:
        if prep.split(" ")[-1] in _LOCATIVE or prep in {"of"}:
            position = next((n for n, i in enumerate(scene.parse.items) if i.phrase == group.members[0]), 0)
            if (prep == "to" and _is_posted(scene, position - 2)) or _of_a_seat(scene, prep, position - 1):
                continue
            sides = _names_sides(scene, prep, position - 1)
            for phrase in group.phrases:
                told = _at(scene, prep, phrase)
                (here if prep in HERE else found).extend(m for m in told if not (sides and is_country(scene, m)))
            found.extend(_within(scene, group))
    if undergoer is not None:
        for phrase in _telling_where(scene, undergoer):
            found.extend(m for m in named(scene, phrase) if not is_country(scene, m))
        found.extend(_within(scene, undergoer))
    return tuple(dict.fromkeys([*here, *found]))


def located(scene: Scene, first: int, last: int) -> tuple[Mention, ...]:
    """Places after a word of place among the items from `first` to `last`, with what is listed after them."""
    items = scene.parse.items
    found: list[Mention] = []
    for n in range(first, last - 1):
        prep = scene.parse.words[items[n].first].text.lower()
        if not _leads_to_place(scene, n) or _names_sides(scene, prep, n) or _of_a_seat(scene, prep, n):
            continue
        phrase = items[n + 1].phrase
        found_here = _at(scene, prep, phrase) if phrase is not None else ()
        if found_here and n > first:
            found.extend(_in_a_larger(scene, n))
        n += 1
        while found_here:
            found.extend(found_here)
            while n + 1 < last and items[n + 1].kind in _LINKS:
                n += 1
            n += 1
            phrase = items[n].phrase if n < last else None
            found_here = named(scene, phrase) if phrase is not None and _is_bare(scene, phrase) else ()
    return tuple(dict.fromkeys(found))


def _at(scene: Scene, prep: str, phrase: Phrase) -> tuple[Mention, ...]:
    """Places named after a preposition, be it a strange name or `the country`."""
    return named(scene, phrase) or _unheard_of(scene, prep, phrase) or _the_country(scene, prep, phrase)


def _is_bare(scene: Scene, phrase: Phrase) -> bool:
    """True for a name in a list of places, with no other noun before it (`in Goma, the Masisi area and Sake`)."""
    before = scene.parse.words[phrase.first : phrase.head]
    return phrase.last - phrase.first <= 3 and not any(w.tag in {"NN", "NNS"} for w in before)


def _the_country(scene: Scene, prep: str, phrase: Phrase) -> tuple[Mention, ...]:
    """`the country` after a word for where; which one it is follows from the parties."""
    words = scene.parse.words[phrase.first : phrase.last]
    if prep not in HERE | {"of", "throughout"} or [w.text.lower() for w in words] != ["the", "country"]:
        return ()
    return (Mention(words[1].text, (words[1].start, words[1].end), "place", head="country", definite=True),)


def _in_a_larger(scene: Scene, item: int) -> tuple[Mention, ...]:
    """The place right before the preposition at `item` that lies in what follows it (`Basra in southern Iraq`)."""
    items, words = scene.parse.items, scene.parse.words
    phrase = items[item - 1].phrase
    if phrase is None:
        return ()
    known = tuple(m for m in named(scene, phrase) if m.span[1] == words[phrase.last - 1].end)
    lead = items[item - 3].phrase if item > 2 and words[items[item - 2].first].text.lower() == "of" else None
    if known or lead is None or words[lead.head].text.lower() not in _PLACES:
        return known
    start, end = scene.span(phrase)
    strange = all(_is_name(w) for w in words[phrase.first : phrase.last])
    free = not any(n.start < end and start < n.end for n in scene.names)
    return (Mention(scene.text[start:end], (start, end), "place"),) if strange and free else ()


def named(scene: Scene, phrase: Phrase) -> tuple[Mention, ...]:
    """Places that a noun phrase names: those of the knowledge, else capitals before a word for a place."""
    words = scene.parse.words[phrase.first : phrase.last]
    head = phrase.head - phrase.first
    known = tuple(m for m in find.places_in(scene, phrase) if not describes(scene, m))
    known = tuple(m for m in known if not words or not _only_whose(scene, m, words[head]))
    if known or not words or words[head].text.lower() not in _PLACES:
        return known
    last = head
    while last and words[last - 1].tag == "NN" and words[last - 1].text.islower():
        last -= 1
    first = last
    while first and _is_name(words[first - 1]):
        first -= 1
    if first == last:
        return ()
    start, end = words[first].start, words[head if last == head else last - 1].end
    if any(n.start < end and start < n.end for n in scene.names):
        return ()
    return (Mention(scene.text[start:end], (start, end), "place"),)


def _names_sides(scene: Scene, prep: str, item: int) -> bool:
    """True where countries are sides and no places: `talks between Chad and Libya`, `officials from Chad and Libya`."""
    before = scene.parse.items[item - 1].phrase if item > 0 else None
    return prep == "between" or (
        prep == "from" and before is not None and singular(scene.parse.words[before.head].text.lower()) in _PEOPLE
    )


def _of_a_seat(scene: Scene, prep: str, item: int) -> bool:
    """True where a capital stands for its government (`sanctions on Moscow`, `pressure from Brussels`)."""
    items = scene.parse.items
    before = items[item - 1].phrase if item > 0 else None
    phrase = items[item + 1].phrase if item + 1 < len(items) else None
    if prep not in {"on", "from"} or before is None:
        return False
    if singular(scene.parse.words[before.head].text.lower()) not in _OF_GOVERNMENTS:
        return False
    return phrase is not None and any(_is_seat(scene, m) for m in named(scene, phrase))


def _is_seat(scene: Scene, place: Mention) -> bool:
    return any(n.start == place.span[0] and any(c.how == "seat" for c in n.candidates) for n in scene.names)


def _is_posted(scene: Scene, item: int) -> bool:
    """True for an envoy, whose post says nothing of where anything happens (`recalled its ambassador to Cairo`)."""
    phrase = scene.parse.items[item].phrase if item >= 0 else None
    return phrase is not None and scene.parse.words[phrase.head].lemma in _POSTED


def _only_whose(scene: Scene, place: Mention, head: Word) -> bool:
    """True for a country that says whose or what kind a thing is (`a US air strike`, `the Iran nuclear talks`)."""
    tail = scene.text[place.span[1] : head.start]
    return tail[:1] == " " and is_country(scene, place) and head.text.lower() not in _PLACES | _GROUND


def _unheard_of(scene: Scene, prep: str, phrase: Phrase) -> tuple[Mention, ...]:
    """A name that nobody knows after `in` or `near`: capitals that are no word of English (`near Krynky`)."""
    words = scene.parse.words[phrase.first : phrase.last]
    while words and words[0].text.lower() in _COMPASS and words[0].text.islower():
        words = words[1:]
    if prep not in _STANDS or not 0 < len(words) <= _LONGEST_NAME or not all(_is_strange(scene, w) for w in words):
        return ()
    start, end = words[0].start, words[-1].end
    if any(n.start < end and start < n.end for n in scene.names):
        return ()
    return (Mention(scene.text[start:end], (start, end), "place"),)


def _is_strange(scene: Scene, word: Word) -> bool:
    low = word.text.lower()
    name = word.tag in {"NNP", "NNPS"} and word.text[:1].isupper() and not word.text.isupper()
    return name and common(low) is None and low not in _NO_PLACES and low not in scene.titles


def _within(scene: Scene, group: Group) -> Iterator[Mention]:
    """Names that nobody knows where the larger place follows (`Sarmin, Idlib Province`) or goes before (`city of`)."""
    for how, phrase in group.attached:
        words = scene.parse.words
        lone = phrase if how == "of" and words[group.members[0].head].text.lower() in _PLACES else None
        if how == "appos" and len(group.members) == 1 and named(scene, phrase):
            lone = group.members[0]
        if lone is None or not all(_is_name(w) for w in words[lone.first : lone.last]):
            continue
        start, end = scene.span(lone)
        if not any(n.start < end and start < n.end for n in scene.names):
            yield Mention(scene.text[start:end], (start, end), "place")


def _is_name(word: Word) -> bool:
    return word.text[:1].isupper() and word.tag in {"NNP", "NNPS", "NN", "JJ"}


def describes(scene: Scene, place: Mention) -> bool:
    """True for a name that only tells whose a thing is (`a Palau-flagged ship`, but not `the Goma-Sake road`)."""
    if scene.text[place.span[1] : place.span[1] + 1] not in HYPHENS:
        return False
    after = scene.text[place.span[1] :].split()[1:2]
    return not after or after[0].strip(",.;").lower() not in _BETWEEN


def _leads_to_place(scene: Scene, item: int) -> bool:
    """True for a preposition of place, and for `of` after a point of the compass (`south of Damascus`)."""
    words, items = scene.parse.words, scene.parse.items
    if items[item].kind != "IN" or items[item + 1].phrase is None:
        return False
    first = items[item].first
    word = words[first].text.lower()
    return word in _WHERE or (word == "of" and first > 0 and words[first - 1].text.lower() in _COMPASS)


def met(scene: Scene, clause: Clause) -> list[Group]:
    """Whom a meeting is with: after `with`, also where what is discussed stands between (`met to discuss aid with X`).

    Behind what is discussed only persons count: one meets a minister, and has ties with a country.
    """
    own = [g for p, g in clause.preps if p == "with"]
    if own:
        return own
    clauses = scene.parse.clauses
    topics = (c for c in clauses if c.governor is not None and clauses[c.governor] is clause and not c.finite)
    return [g for c in topics for p, g in c.preps if p == "with" and _are_persons(scene, g)]


def _are_persons(scene: Scene, group: Group) -> bool:
    return all(any(_is_person(scene, m) for m in find.of_phrase(scene, p)) for p in group.members)


def _is_person(scene: Scene, mention: Mention) -> bool:
    known = scene.knowledge.actors
    return mention.kind == "person" or any(c.id in known and known[c.id].kind == "person" for c in mention.candidates)


def count(scene: Scene, phrase: Phrase) -> int | None:
    """How many, where a number stands before the event noun; None else."""
    for word in scene.parse.words[phrase.first : phrase.head]:
        number = _number(word.text)
        if number is not None and word.text.lower() not in {"a", "an"}:
            return number
    return None


def casualties(scene: Scene, clause: Clause, undergoer: Group | None) -> tuple[int | None, int | None]:
    """(killed, hurt), where the object of the verb counts them."""
    if undergoer is None or clause.lemma not in _DEADLY | _HURTING:
        return None, None
    total = 0
    for phrase in undergoer.members:
        words = scene.parse.words[phrase.first : phrase.last]
        number = next((n for n in (_number(w.text) for w in words) if n is not None), None)
        head = scene.parse.words[phrase.head]
        if number is None and head.tag == "NNP" and words[0].tag != "DT":
            number = 1 if any(m.kind == "person" or (m.kind == "name") for m in find.of_phrase(scene, phrase)) else None
        if number is None:
            return None, None
        total += number
    return (total, None) if clause.lemma in _DEADLY else (None, total)


def _number(text: str) -> int | None:
    low = text.lower().replace(",", "")
    if low.isdigit():
        value = int(low) if len(low) <= 7 else None
        return value
    return _NUMBERS.get(low)


def is_country(scene: Scene, mention: Mention) -> bool:
    """True for a whole country, which as an object is a party and no place; its north is one."""
    part = mention.text.split(" ")[0].lower() in _COMPASS
    return not part and any(scene.knowledge.places[c.id].precision == "country" for c in mention.candidates)


def handled(scene: Scene) -> tuple[Mention, ...]:
    """Places that some clause has as its object or after a preposition (`vowed to retake Kidal`)."""
    groups = [g for c in scene.parse.clauses for g in (c.object, *(g for _, g in c.preps)) if g is not None]
    phrases = dict.fromkeys(p for g in groups for p in _telling_where(scene, g))
    told = (m for p in phrases for m in (*named(scene, p), *_hung(scene, groups, p)) if _is_where(scene, p, m))
    told = (m for m in told if not is_country(scene, m))
    return tuple(dict.fromkeys(m for m in told if m not in _governments(scene)))


def _governments(scene: Scene) -> set[Mention]:
    """Capitals that stand for their governments (`broke with Damascus`, `sanctions on Moscow`)."""
    phrases = [p for c in scene.parse.clauses for prep, g in c.preps if prep in _SIDED for p in g.members]
    words, items = scene.parse.words, scene.parse.items
    for n, item in enumerate(items[1:], 1):
        if item.phrase is not None and _of_a_seat(scene, words[items[n - 1].first].text.lower(), n - 1):
            phrases.append(item.phrase)
    return {m for p in phrases for m in named(scene, p) if _is_seat(scene, m)}


def _telling_where(scene: Scene, group: Group) -> tuple[Phrase, ...]:
    """The phrases of a group that may name a place; not an envoy's post."""
    return group.members if scene.parse.words[group.members[0].head].lemma in _POSTED else group.phrases


def _hung(scene: Scene, groups: Sequence[Group], phrase: Phrase) -> Iterator[Mention]:
    for group in groups:
        if group.members[0] is phrase:
            yield from _within(scene, group)


def _is_where(scene: Scene, phrase: Phrase, place: Mention) -> bool:
    """True for a place that ends its phrase, or says where what ends it is (`the Aguelhok base`)."""
    head = scene.parse.words[phrase.head]
    return place.span[1] >= head.end or head.text.lower() in _PLACES | _GROUND | _SITES
