"""Event candidates of one sentence: verbs and nouns of the lexicon with their parties, as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefgen.extract import mentions as find
from briefgen.extract.chunks import Phrase, is_time
from briefgen.extract.clauses import Clause
from briefgen.extract.english import words
from briefgen.extract.groups import Group
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.speech import Frame
from briefgen.extract.triggers import Fit, Lexicon, NounEntry, VerbEntry, fit, heads, is_container, noun_at
from briefgen.model import EventTypeId, Role, Span

_UNREAL = frozenset(["could", "may", "might", "would", "should", "can", "must", "shall"])
_BEGINNING = frozenset(
    [
        "begin",
        "start",
        "continue",
        "resume",
        "keep",
        "proceed",
        "manage",
        "move",
        "help",
        "go",
        "rush",
        "appear",
        "seem",
    ]
)
_LOCATIVE = words("locative_prepositions")
_DEMANDING = frozenset(
    ["demand", "request", "urge", "ask", "insist", "propose", "recommend", "suggest", "require", "order", "advise"]
)
"""Verbs after which `that X withdraw` tells a wish."""
_HEDGES = frozenset(["possibly", "perhaps", "maybe", "probably", "likely"])
_AIM = frozenset(["at", "on", "against", "targeting", "toward", "towards", "into"])
_HERE = frozenset(["in", "at", "near", "across", "around", "outside", "inside", "along", "throughout", "within", "off"])
_NUMBERS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a": 1, "an": 1, "dozen": 12,
}  # fmt: skip
_TALK = frozenset(["SUPPORT", "REQUEST", "STATEMENT", "COOPERATE", "ACCUSE"])
_DEADLY = frozenset(["kill", "assassinate", "murder", "execute", "behead", "massacre", "slay"])
_HURTING = frozenset(["injure", "wound", "hurt"])

Kind = Literal["verb", "light", "noun"]


@dataclass(frozen=True, slots=True)
class Party:
    """A mention in a role."""

    mention: Mention
    role: Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible event of a sentence."""

    type: EventTypeId
    mode: str | None
    kind: Kind
    trigger: Span
    """Of the trigger word in the sentence's text."""
    item: int
    lemma: str
    parties: tuple[Party, ...]
    places: tuple[Mention, ...]
    extent: tuple[int, int]
    """First and last item that belong to it."""
    confidence: float
    clause: str
    """`main`, `relative`, `participle`, `infinitive` or `complement`."""
    perfect: bool = False
    """Present perfect: at some time up to the telling."""
    past: bool = False
    """Pluperfect: earlier than the telling."""
    planned: bool = False
    negated: bool = False
    fatalities: int | None = None
    injuries: int | None = None
    count: int | None = None
    aims: tuple[Mention, ...] = ()
    """Places that an attack is aimed at."""


def of_sentence(scene: Scene, lexicon: Lexicon, spoken: Sequence[Frame]) -> tuple[Candidate, ...]:
    """Every candidate of a sentence, in the order of the text, those of one happening joined."""
    if scene.text.rstrip("”\"’' ").endswith("?"):
        return ()
    found = [*_verbs(scene, lexicon), *_nouns(scene, lexicon)]
    found = [c for c in found if not _only_saying(c, found, spoken) and not _subject_matter(c, found)]
    found = [c for c in found if not _detail(c, found)]
    return tuple(_join(sorted(found, key=lambda c: c.trigger)))


def has_actor(scene: Scene, group: Group | None) -> bool:
    """True when a party, and not only a thing or a time, is named in `group`."""
    if group is None or all(is_time(scene.parse.words, p) for p in group.members):
        return False
    return any(m.kind != "thing" for m in find.of_group(scene, group))


def _verbs(scene: Scene, lexicon: Lexicon) -> Iterator[Candidate]:
    clauses = scene.parse.clauses
    for number, clause in enumerate(clauses):
        unreal = _unreal(scene, lexicon, clauses, number)
        word = scene.parse.words[clause.verb].text.lower()
        if unreal == "drop" or (clause.kind == "participle" and clause.governor is not None and word == "targeting"):
            continue
        infinitive = any(c.kind == "infinitive" and c.governor == number for c in clauses)
        light = _is_light(scene, lexicon, clause)
        fits = fit(scene.parse, lexicon, clause, infinitive, lambda g: has_actor(scene, g))
        if fits is not None and fits.entry.type == "STATEMENT" and light:
            carried = [c for c in _of_light(scene, lexicon, clause, unreal == "planned") if c.type != "STATEMENT"]
            if carried:
                yield from carried
                continue
        if fits is not None:
            yield _with_carried(scene, lexicon, clause, _of_verb(scene, clause, fits, unreal == "planned"))
        elif light:
            yield from _of_light(scene, lexicon, clause, unreal == "planned")


def _is_light(scene: Scene, lexicon: Lexicon, clause: Clause) -> bool:
    after = scene.parse.words[clause.verb + 1 : clause.verb + 2]
    phrasal = f"{clause.lemma} {after[0].text.lower()}" if after else ""
    return clause.lemma in lexicon.light or phrasal in lexicon.light or _carries(scene, lexicon, clause)


def _carries(scene: Scene, lexicon: Lexicon, clause: Clause) -> bool:
    """True for a verb that carries this very noun (`order` + `mobilization`)."""
    carrier = clause.subject if clause.passive else clause.object
    entries = (noun_at(scene.parse, lexicon, p) for p in carrier.members) if carrier is not None else ()
    return any(e is not None and clause.lemma in e.noun.light for e in entries)


def _with_carried(scene: Scene, lexicon: Lexicon, clause: Clause, made: Candidate) -> Candidate:
    """`made` with the parties of an event noun of its own type that it has as object (`attended the SCO meeting`)."""
    if clause.object is None or clause.passive:
        return made
    for phrase in clause.object.members:
        entry = noun_at(scene.parse, lexicon, phrase)
        if entry is not None and entry.type == made.type:
            noun = _of_noun(scene, entry, phrase, [], [], "noun", "main")
            return replace(made, parties=tuple(dict.fromkeys((*made.parties, *noun.parties))))
    return made


def _unreal(scene: Scene, lexicon: Lexicon, clauses: Sequence[Clause], number: int) -> str:
    """`drop` for what the text does not say to have happened, `planned`, or an empty string."""
    clause = clauses[number]
    if clause.modal in _UNREAL or clause.negated:
        return "drop"
    if any(w.text.lower() in _HEDGES for w in scene.parse.words[max(0, clause.verb - 3) : clause.verb]):
        return "drop"
    if clause.modal == "will" or _going_to(scene, clause):
        return "planned"
    held = clauses[clause.governor] if clause.governor is not None and clause.governor != number else None
    if (
        clause.kind == "complement"
        and held is not None
        and held.lemma in _DEMANDING
        and scene.parse.words[clause.verb].tag in {"VB", "VBP"}
    ):
        return "drop"
    before = scene.parse.items[max(0, clause.item - 8) : clause.item]
    if any(scene.parse.words[i.first].text.lower() in {"if", "unless", "whether"} for i in before):
        return "drop"
    if clause.kind == "infinitive":
        governor = clauses[clause.governor] if clause.governor is not None else None
        if governor is None:
            return "drop"
        if governor.lemma in _BEGINNING and not _noun_between(scene, governor, clause):
            return _unreal(scene, lexicon, clauses, clause.governor or 0)
        return "planned" if governor.lemma in lexicon.plans else "drop"
    if clause.gerund:
        return "drop"
    if clause.kind == "participle" and clause.governor is not None and clause.governor != number:
        held = clauses[clause.governor]
        if held.kind == "infinitive" or held.modal in _UNREAL | {"will"} or held.negated:
            return _unreal(scene, lexicon, clauses, clause.governor)
    return ""


def _going_to(scene: Scene, clause: Clause) -> bool:
    return scene.parse.words[clause.verb].text.lower() == "going" and clause.lemma == "go"


def _noun_between(scene: Scene, governor: Clause, clause: Clause) -> bool:
    return any(i.phrase is not None for i in scene.parse.items[governor.item + 1 : clause.item])


def _roles(scene: Scene, group: Group | None, role: Role | None) -> list[Party]:
    if role is None:
        return []
    return [Party(m, role) for m in find.of_group(scene, group)]


def _of_verb(scene: Scene, clause: Clause, fits: Fit, planned: bool) -> Candidate:
    verb = fits.entry.verb
    parties: list[Party] = []
    used = fits.used
    if clause.passive and fits.object is None:
        parties += _roles(scene, clause.subject, verb.object)
        agent = next((g for p, g in clause.preps if p == "by"), None)
        parties += _roles(scene, agent, verb.subject)
        undergoer = clause.subject
    else:
        parties += _roles(scene, clause.subject, verb.subject)
        undergoer = fits.object or clause.object
        parties += _roles(scene, undergoer, verb.object)
    told: Role | None = verb.object
    for prep, group in clause.preps:
        role = verb.preps.get(prep) or _aimed(fits.entry.type, prep)
        role = told if prep == "including" else role
        told = role or told
        if role is not None and prep != used and not all(is_time(scene.parse.words, p) for p in group.members):
            parties += _roles(scene, group, role)
    of_role = verb.preps.get("of")
    if of_role is not None and undergoer is not None:
        parties += [Party(m, of_role) for how, p in undergoer.attached if how == "of" for m in find.of_phrase(scene, p)]
    last = max(
        [clause.item, *(g.end for _, g in clause.preps), undergoer.end if undergoer and not clause.passive else 0]
    )
    first = _first_item(scene, clause)
    dead, hurt = _casualties(scene, clause, undergoer)
    return Candidate(
        type=fits.entry.type,
        mode=verb.mode,
        kind="verb",
        trigger=_word(scene, clause.verb),
        item=clause.item,
        lemma=verb.lemma,
        parties=tuple(dict.fromkeys(parties)),
        places=_places(scene, clause.preps, undergoer),
        extent=(first, last),
        confidence=verb.confidence * _weight(scene, clause),
        clause=clause.kind,
        perfect=clause.perfect and not clause.pluperfect,
        past=clause.pluperfect,
        planned=planned,
        negated=clause.negated,
        fatalities=dead,
        injuries=hurt,
        aims=_aims(scene, fits.entry.type, clause.preps, undergoer),
    )


def _aimed(type: EventTypeId, prep: str) -> Role | None:
    """The target of an attack after the prepositions that every attack takes."""
    return "target" if type == "ASSAULT" and prep in _AIM else None


def _first_item(scene: Scene, clause: Clause) -> int:
    """Item where the clause begins; the speaker, whom a pronoun in it stands for, is outside."""
    if clause.subject is None:
        return clause.item
    first = clause.subject.members[0].first
    item = min((n for n, i in enumerate(scene.parse.items) if i.first == first), default=clause.item)
    held = (
        scene.parse.clauses[clause.governor].item if clause.governor is not None and clause.kind == "complement" else -1
    )
    return item if item > held else clause.item


def _weight(scene: Scene, clause: Clause) -> float:
    """How much the form of a clause speaks for a deed: the simple present tells habits, a bare participle background."""
    if scene.parse.words[clause.verb].tag in {"VBZ", "VBP"} and clause.lemma == scene.parse.words[clause.verb].lemma:
        return 0.6
    if clause.kind == "participle" and clause.passive:
        return 0.7
    return {"main": 1.0, "complement": 1.0, "relative": 0.9, "participle": 0.85, "infinitive": 0.8}[clause.kind]


def _word(scene: Scene, index: int) -> Span:
    word = scene.parse.words[index]
    return word.start, word.end


def _of_light(scene: Scene, lexicon: Lexicon, clause: Clause, planned: bool) -> Iterator[Candidate]:
    """`conducted an airstrike`, `held talks with`, `a rally was held`."""
    carrier = clause.subject if clause.passive else clause.object
    if carrier is None:
        return
    inner = [p for how, p in carrier.attached if how == "of"] if is_container(scene.parse, carrier) else []
    for phrase in (*inner, *carrier.members):
        entry = noun_at(scene.parse, lexicon, phrase)
        if entry is None or _told_before(scene, clause, phrase):
            continue
        agents: list[Party] = []
        if clause.passive:
            agent = next((g for p, g in clause.preps if p == "by"), None)
            agents = _roles(scene, agent, entry.noun.possessor)
        else:
            agents = _roles(scene, clause.subject, entry.noun.possessor)
        hanging = [("of", Group((p,))) for how, p in carrier.attached if how == "of" and p is not phrase]
        if clause.passive:
            position = next((n for n, i in enumerate(scene.parse.items) if i.phrase == phrase), clause.item)
            hanging += scene.parse.preps_after(position + 1, 4)
        made = _of_noun(scene, entry, phrase, agents, [*hanging, *clause.preps], "light", clause.kind)
        first = min(made.extent[0], _first_item(scene, clause))
        last = max([made.extent[1], clause.item, *(g.end for _, g in clause.preps)])
        yield replace(
            made, confidence=min(0.95, entry.noun.confidence + 0.2) * _weight(scene, clause), planned=planned,
            past=clause.pluperfect, perfect=clause.perfect and not clause.pluperfect, extent=(first, last),
        )  # fmt: skip
        return


def _told_before(scene: Scene, clause: Clause, phrase: Phrase) -> bool:
    """True for `these meetings`, and for `makes his visit noteworthy`, which carry no event of their own."""
    words = scene.parse.words[phrase.first : phrase.head]
    if words and words[0].text.lower() in {"this", "that", "these", "those"}:
        return True
    return clause.lemma == "make" and any(w.tag in {"POS", "PRP$"} for w in words)


def _nouns(scene: Scene, lexicon: Lexicon) -> Iterator[Candidate]:
    """Events named by a noun that no light verb carries."""
    carried = {
        p
        for c in scene.parse.clauses
        if _is_light(scene, lexicon, c)
        for g in (c.subject if c.passive else c.object,)
        if g
        for p in g.members
    }
    for position, item in enumerate(scene.parse.items):
        if item.phrase is None or item.phrase in carried:
            continue
        entry = noun_at(scene.parse, lexicon, item.phrase)
        if entry is None or _shadowed(scene, lexicon, position):
            continue
        preps = scene.parse.preps_after(position + 1, 4)
        made = _of_noun(scene, entry, item.phrase, [], preps, "noun", "main")
        definite = scene.parse.words[item.phrase.first].text.lower() in {
            "the",
            "this",
            "that",
            "these",
            "those",
            "its",
            "their",
            "his",
            "her",
            "such",
            "any",
            "no",
            "further",
            "future",
            "additional",
        }
        named = [p for p in made.parties if p.mention.kind != "thing"]
        if not named or (not entry.noun.bare and not named):
            continue
        if definite and not any(p.role == "source" or p.role == "participant" for p in made.parties):
            continue
        yield made


def _shadowed(scene: Scene, lexicon: Lexicon, position: int) -> bool:
    """True when the noun hangs on something that is not real or is itself only wished for."""
    clauses = scene.parse.clauses
    before = [n for n, c in enumerate(clauses) if c.item < position]
    if not before:
        return False
    clause = clauses[before[-1]]
    return bool(_unreal(scene, lexicon, clauses, before[-1])) or clause.lemma in lexicon.plans


def _of_noun(
    scene: Scene, entry: NounEntry, phrase: Phrase, agents: Sequence[Party], preps: Sequence[tuple[str, Group]],
    kind: Kind, clause: str,
) -> Candidate:  # fmt: skip
    noun = entry.noun
    parties = list(agents)
    head = scene.parse.words[phrase.head]
    if noun.possessor is not None and not agents:
        start, _ = scene.span(phrase)
        for mention in find.of_phrase(scene, phrase):
            if (
                mention.kind == "name"
                and start <= mention.span[0]
                and mention.span[1] <= head.start
                and _owns(scene, mention)
            ):
                parties.append(Party(replace(mention, modifier=False), noun.possessor))
    if noun.preps.get("of") == "target" and not agents and not any(p == "of" for p, _ in preps):
        parties = [replace(p, role="target") if _is_person(scene, p.mention) else p for p in parties]
    told: Role | None = None
    for prep, group in preps:
        role = noun.preps.get(prep) or _aimed(entry.type, prep)
        role = told if prep == "including" else role
        told = role or told
        if role is not None and not all(is_time(scene.parse.words, p) for p in group.members):
            parties += _roles(scene, group, role)
    position = next(
        n for n, i in enumerate(scene.parse.items) if i.phrase == phrase or (i.first <= phrase.first < i.last)
    )
    last = max([position + 1, *(g.end for _, g in preps)])
    return Candidate(
        entry.type, noun.mode, kind, (head.start, head.end), position, noun.lemma, tuple(dict.fromkeys(parties)),
        _places(scene, preps, None), (position, last), noun.confidence, clause, count=_count(scene, phrase),
        aims=_aims(scene, entry.type, preps, None),
    )  # fmt: skip


def _is_person(scene: Scene, mention: Mention) -> bool:
    kinds = {scene.knowledge.actors[c.id].kind for c in mention.candidates if c.id in scene.knowledge.actors}
    return mention.kind == "person" or kinds == {"person"}


def _owns(scene: Scene, mention: Mention) -> bool:
    """True for `Iran's` and `Iranian` before a noun; a bare capital (`Algiers Accords`) only names."""
    return any(c.how != "seat" for c in mention.candidates) or scene.text[mention.span[1] : mention.span[1] + 1] in {
        "'",
        "’",
    }


def _is_country(scene: Scene, mention: Mention) -> bool:
    """True for a country, which as an object is a party and no place."""
    return any(scene.knowledge.places[c.id].precision == "country" for c in mention.candidates)


def _aims(
    scene: Scene, type: EventTypeId, preps: Sequence[tuple[str, Group]], undergoer: Group | None
) -> tuple[Mention, ...]:
    if type != "ASSAULT":
        return ()
    groups = [*([undergoer] if undergoer is not None else []), *(g for p, g in preps if p in _AIM)]
    return tuple(m for g in groups for p in g.phrases for m in find.places_in(scene, p))


def _places(scene: Scene, preps: Sequence[tuple[str, Group]], undergoer: Group | None) -> tuple[Mention, ...]:
    found: list[Mention] = []
    here: list[Mention] = []
    for prep, group in preps:
        if prep.split(" ")[-1] in _LOCATIVE or prep in {"of"}:
            for phrase in group.phrases:
                (here if prep in _HERE else found).extend(find.places_in(scene, phrase))
    if undergoer is not None:
        for phrase in undergoer.phrases:
            found.extend(m for m in find.places_in(scene, phrase) if not _is_country(scene, m))
    return tuple(dict.fromkeys([*here, *found]))


def _count(scene: Scene, phrase: Phrase) -> int | None:
    for word in scene.parse.words[phrase.first : phrase.head]:
        number = _number(word.text)
        if number is not None and word.text.lower() not in {"a", "an"}:
            return number
    return None


def _number(text: str) -> int | None:
    low = text.lower().replace(",", "")
    if low.isdigit():
        value = int(low) if len(low) <= 7 else None
        return value
    return _NUMBERS.get(low)


def _casualties(scene: Scene, clause: Clause, undergoer: Group | None) -> tuple[int | None, int | None]:
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


def _only_saying(candidate: Candidate, found: Sequence[Candidate], spoken: Sequence[Frame]) -> bool:
    """True for a verb of saying whose news is what is said."""
    for frame in spoken:
        if frame.clause is None or candidate.kind != "verb" or candidate.type != "STATEMENT":
            continue
        if frame.lemma == candidate.lemma.split(" ")[0] and not frame.holds(candidate.item):
            if any(frame.holds(c.item) and c is not candidate for c in found):
                return True
    return False


def _detail(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for what is only told about another event of the sentence with the same actor.

    What was said at a meeting belongs to the meeting; a statement that praises is praise.
    """
    mine = {p.mention.span for p in candidate.parties if p.role != "target"}
    for other in found:
        theirs = {p.mention.span for p in other.parties if p.role != "target"}
        if other is candidate or other.kind == "noun" or other.type == candidate.type or not mine & theirs:
            continue
        if other.type == "CONSULT" and candidate.type in _TALK and candidate.item > other.item:
            return True
        if candidate.type == "STATEMENT" and other.type not in {"STATEMENT", "CONSULT"}:
            return True
    return False


def _subject_matter(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for a noun inside what another event is about: `called for talks`, `discussed the fighting`."""
    if candidate.kind != "noun":
        return False
    return any(
        c.kind != "noun"
        and c.type != candidate.type
        and c.extent[0] <= candidate.item < c.extent[1]
        and c.item < candidate.item
        for c in found
    )


def _join(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates of one type that tell one happening become one; the best told one leads."""
    kept: list[Candidate] = []
    for candidate in found:
        for number, other in enumerate(kept):
            if _same(candidate, other):
                kept[number] = _merged(other, candidate)
                break
        else:
            kept.append(candidate)
    yield from kept


def _same(a: Candidate, b: Candidate) -> bool:
    if a.type != b.type or a.planned != b.planned:
        return False
    first, second = (a, b) if a.item <= b.item else (b, a)
    if second.kind == "noun" and first.kind != "noun" and first.extent[0] <= second.item < first.extent[1]:
        return True
    if (
        second.clause in {"relative", "participle"}
        and second.kind != "noun"
        and second.extent[0] <= first.extent[1] + 1
    ):
        return True
    mine = {p.mention.span for p in a.parties}
    theirs = {p.mention.span for p in b.parties}
    if not mine or not theirs or mine & theirs:
        sources = [{p.mention.span for p in c.parties if p.role == "source"} for c in (a, b)]
        if a.kind == b.kind == "light" or (a.kind == "verb" and b.kind == "verb" and sources[0] == sources[1]):
            places = [{p.text for p in c.places} for c in (a, b)]
            return not (places[0] and places[1] and not places[0] & places[1])
        return True
    return a.kind == "noun" or b.kind == "noun"


def _merged(a: Candidate, b: Candidate) -> Candidate:
    order = {"light": 0, "verb": 1, "noun": 2}
    lead, other = (a, b) if (order[a.kind], -a.confidence) <= (order[b.kind], -b.confidence) else (b, a)
    have = {p.mention.span for p in lead.parties}
    return replace(
        lead,
        mode=lead.mode or other.mode,
        parties=(*lead.parties, *(p for p in other.parties if p.mention.span not in have)),
        places=tuple(dict.fromkeys((*lead.places, *other.places))),
        aims=tuple(dict.fromkeys((*lead.aims, *other.aims))),
        extent=(min(a.extent[0], b.extent[0]), max(a.extent[1], b.extent[1])),
        confidence=max(a.confidence, b.confidence),
        fatalities=lead.fatalities if lead.fatalities is not None else other.fatalities,
        injuries=lead.injuries if lead.injuries is not None else other.injuries,
        count=lead.count if lead.count is not None else other.count,
    )


__all__ = ["Candidate", "Party", "VerbEntry", "heads", "of_sentence"]
