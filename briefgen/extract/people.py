"""People whom the knowledge does not have, found by title and pattern in a noun phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.extract.mention import Mention, Scene
from briefgen.grammar.brill import common
from briefgen.grammar.english import words
from briefgen.grammar.words import Word
from briefgen.knowledge import Candidate, Name
from briefgen.knowledge.names import fold

_BODY = words("body_nouns")
_NAMED_THINGS = words("named_things")
_PARTICLES = words("name_particles")
_PEOPLE = words("people_nouns")
_RELATIONS = words("relations")
_SOUND = {"w": "v", "q": "k", "c": "k"}
_TIMES = words("times")


def is_of_another(scene: Scene, words: Sequence[Word], name: Name) -> bool:
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
    letters = [_SOUND.get(c, c) for c in fold(name) if c.isalpha() and c not in "aeiouy"]
    return "".join(c for n, c in enumerate(letters) if n == 0 or letters[n - 1] != c)


def unknown_person(
    scene: Scene, words: Sequence[Word], names: Sequence[Name], sides: tuple[Candidate, ...]
) -> Mention | None:
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
    if any(n.start < start and end <= n.end and all(c.kind == "place" for c in n.candidates) for n in names):
        return None
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
        describes = "-" in word.text and word.tag == "JJ"
        name = word.tag in {"NNP", "NNPS"} or (word.text[0].isupper() and word.tag in {"NN", "JJ", "NNS"})
        name = name and not describes
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


def body_in_title(
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
    known = [n for n in names if any(c.kind == "actor" for c in n.candidates)]
    if first == last or any(n.start < end and start < n.end for n in known):
        return None
    return Mention(scene.text[start:end], (start, end), "body", side=sides, head=before[last].text.lower())


def _describes(name: Name) -> bool:
    ways = {c.how for c in name.candidates if c.kind == "actor"}
    return ways == {"adjective"}
