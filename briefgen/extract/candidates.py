"""Event candidates of one sentence: verbs and nouns of the lexicon with their parties, as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefgen.extract import mentions as find
from briefgen.extract import particulars, stances, targets
from briefgen.extract.candidate import Candidate, Kind, Party
from briefgen.extract.joining import told
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.parting import parted
from briefgen.extract.reality import unreal, weight
from briefgen.extract.speech import Frame
from briefgen.extract.standing import stands
from briefgen.extract.triggers import Fit, Lexicon, NounEntry, fit, is_container, noun_at
from briefgen.grammar import english
from briefgen.grammar.chunks import Phrase, is_time
from briefgen.grammar.clauses import Clause
from briefgen.grammar.groups import Group
from briefgen.model import EventTypeId, Role, Span

_TO_SOMEBODY: frozenset[EventTypeId] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_OWNED: frozenset[EventTypeId] = frozenset({"ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE"})
"""Types of which `his` and `their` name the doer: `their talks`, but not `their appeal`, which may be words of law."""
_PRONOUNS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_FIRING = frozenset({"fire", "launch", "lob", "unleash"})
_FIRED = english.words("munitions")
_HAPPENS = english.words("happening_verbs")
_ENDING = english.words("ending_verbs")


def of_sentence(scene: Scene, lexicon: Lexicon, spoken: Sequence[Frame]) -> tuple[Candidate, ...]:
    """Every candidate of a sentence, in the order of the text, those of one happening joined."""
    if scene.text.rstrip("”\"’' ").endswith("?"):
        return ()
    found = [*_verbs(scene, lexicon), *_nouns(scene, lexicon), *stances.of_sentence(scene, spoken)]
    voices = [(f, frozenset(m.span for m in find.of_group(scene, f.speaker))) for f in spoken]
    return tuple(part for candidate in _aimed_alike(told(found, voices)) for part in parted(scene, candidate))


def _aimed_alike(every: Sequence[Candidate]) -> Iterator[Candidate]:
    """`every`, where a second demand or charge names nobody with whom the first is to (`summoned X and demanded`)."""
    before: Candidate | None = None
    for one in every:
        follows = before is not None and one.type in _TO_SOMEBODY and not _has(one, "target")
        if before is not None and follows and _has(one, "source") == _has(before, "source") != ():
            one = replace(one, parties=(*one.parties, *_has(before, "target")))
        yield one
        before = one if one.type in _TO_SOMEBODY and one.kind == "verb" and one.clause == "main" else None


def _has(candidate: Candidate, role: Role) -> tuple[Party, ...]:
    return tuple(p for p in candidate.parties if p.role == role)


def _verbs(scene: Scene, lexicon: Lexicon) -> Iterator[Candidate]:
    clauses = scene.parse.clauses
    for number, clause in enumerate(clauses):
        wish = unreal(scene, lexicon, clauses, number)
        word = scene.parse.words[clause.verb].text.lower()
        if wish == "drop" or (clause.kind == "participle" and clause.governor is not None and word == "targeting"):
            continue
        infinitive = any(c.kind == "infinitive" and c.governor == number for c in clauses)
        light = _is_light(scene, lexicon, clause)
        fits = fit(scene.parse, lexicon, clause, infinitive, lambda sign, g: stands(scene, sign, g))
        if fits is not None and fits.entry.type == "STATEMENT" and light:
            carried = [c for c in _of_light(scene, lexicon, clause, wish == "planned") if c.type != "STATEMENT"]
            if carried:
                yield from carried
                continue
        if fits is not None:
            yield _with_carried(scene, lexicon, clause, _of_verb(scene, clause, fits, wish == "planned"))
        elif light:
            yield from _of_light(scene, lexicon, clause, wish == "planned")


def _is_light(scene: Scene, lexicon: Lexicon, clause: Clause) -> bool:
    if {clause.lemma, _phrasal(scene, clause)} & lexicon.light or _happens(scene, clause):
        return True
    return _carries(scene, lexicon, clause)


def _phrasal(scene: Scene, clause: Clause) -> str:
    """The verb with the word after it (`break out`)."""
    after = scene.parse.words[clause.verb + 1 : clause.verb + 2]
    return f"{clause.lemma} {after[0].text.lower()}" if after else ""


def _happens(scene: Scene, clause: Clause) -> bool:
    """True for a verb that only says of its subject that it took place (`clashes erupted`)."""
    return _phrasal(scene, clause) in _HAPPENS or (
        clause.lemma in _HAPPENS and clause.object is None and not clause.passive
    )


def _carrier(scene: Scene, clause: Clause) -> Group | None:
    """Where the event noun of a light verb stands: its object; its subject where it is passive or says `took place`."""
    return clause.subject if clause.passive or _happens(scene, clause) else clause.object


def _carries(scene: Scene, lexicon: Lexicon, clause: Clause) -> bool:
    """True for a verb that carries this very noun (`order` + `mobilization`)."""
    carrier = _carrier(scene, clause)
    entries = (noun_at(scene.parse, lexicon, p) for p in carrier.members) if carrier is not None else ()
    return any(e is not None and clause.lemma in e.noun.light for e in entries)


def _with_carried(scene: Scene, lexicon: Lexicon, clause: Clause, made: Candidate) -> Candidate:
    """`made` with the parties of an event noun of its type in it (`attended the SCO meeting`, `the raid killed`)."""
    carriers = [g for g in (clause.subject, clause.object) if g is not None]
    for phrase in (p for g in carriers for p in g.members):
        entry = noun_at(scene.parse, lexicon, phrase)
        if entry is not None and entry.type == made.type:
            position = next(n for n, i in enumerate(scene.parse.items) if i.first <= phrase.first < i.last)
            preps = scene.parse.preps_after(position + 1, 4)
            noun = _of_noun(scene, entry, phrase, [], preps, "noun", "main")
            told = {p.mention.span: p for p in noun.parties}
            mine = tuple(told.pop(p.mention.span, p) for p in made.parties)
            return replace(
                made,
                parties=(*mine, *told.values()),
                places=made.places or noun.places,
                aims=made.aims or noun.aims,
            )
    return made


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
        parties += _roles(scene, clause.subject, verb.subject) + _senders(scene, clause, verb.subject)
        undergoer = fits.object or clause.object
        parties += _roles(scene, undergoer, verb.object)
    last_role: Role | None = verb.object
    for prep, group in clause.preps:
        again = verb.object if prep == used else None
        role = verb.preps.get(prep) or again or _aimed(fits.entry.type, prep)
        role = last_role if prep == "including" else role
        last_role = role or last_role
        if (
            role is not None
            and group is not fits.object
            and not all(is_time(scene.parse.words, p) for p in group.members)
        ):
            parties += _roles(scene, group, role)
    if fits.entry.type == "ASSAULT" and clause.lemma in _FIRING:
        parties = [p for p in parties if p.role != "target" or p.mention.head not in _FIRED]
    if clause.kind == "relative":
        parties = [p for p in parties if p.role != "source" or not _is_seat(p.mention)]
    of_role = verb.preps.get("of")
    if of_role is not None and undergoer is not None:
        parties += [Party(m, of_role) for how, p in undergoer.attached if how == "of" for m in find.of_phrase(scene, p)]
    ousted = targets.ousted(scene, undergoer) if fits.entry.type == "REQUEST" else []
    if ousted:
        parties = [*(p for p in parties if p.role != "target"), *ousted]
    elif not any(p.role == "target" and p.mention.kind != "thing" for p in parties):
        parties += targets.meant(scene, clause, fits, undergoer)
    elif fits.entry.type == "REQUEST":
        parties += targets.concerned(scene, clause)
    last = max(
        [clause.item, *(g.end for _, g in clause.preps), undergoer.end if undergoer and not clause.passive else 0]
    )
    first = _first_item(scene, clause)
    dead, hurt = particulars.casualties(scene, clause, undergoer)
    return Candidate(
        type=fits.entry.type,
        mode=verb.mode,
        kind="verb",
        trigger=_word(scene, clause.verb),
        item=clause.item,
        lemma=verb.lemma,
        parties=tuple(dict.fromkeys(parties)),
        places=particulars.places(scene, [*clause.preps, *_where_object(scene, clause)], undergoer),
        extent=(first, last),
        confidence=verb.confidence * weight(scene, clause),
        clause=clause.kind,
        perfect=clause.perfect and not clause.pluperfect,
        past=clause.pluperfect,
        planned=planned,
        negated=clause.negated,
        claimed=clause.lemma == "claim" or _claims(scene, clause),
        fatalities=dead,
        injuries=hurt,
        aims=particulars.aims(scene, fits.entry.type, clause.preps, undergoer),
    )


def _is_seat(mention: Mention) -> bool:
    """True for a capital: what killed people `in a blast in Nairobi that killed two` is not Kenya."""
    return bool(mention.candidates) and all(c.how == "seat" for c in mention.candidates)


def _senders(scene: Scene, clause: Clause, role: Role) -> list[Party]:
    """Who sent what does the deed: `missiles fired by the army hit`, `drones operated by the agency struck`."""
    sent = (
        c for c in scene.parse.clauses
        if c.kind == "participle" and c.passive and c.item < clause.item and clause.subject is not None
        and c.subject is not None and c.subject.members == clause.subject.members
    )  # fmt: skip
    return [p for c in sent for prep, group in c.preps if prep == "by" for p in _roles(scene, group, role)]


def _claims(scene: Scene, clause: Clause) -> bool:
    """True for what its doer says of himself: `claimed to have killed`."""
    governor = scene.parse.clauses[clause.governor] if clause.governor is not None else None
    return clause.kind == "infinitive" and governor is not None and governor.lemma == "claim"


def _where_object(scene: Scene, clause: Clause) -> list[tuple[str, Group]]:
    """Where a participle says that the object is (`struck forces advancing near Rafah`)."""
    clauses = scene.parse.clauses
    hung = (
        c for c in clauses
        if c.kind == "participle" and c.governor is not None and clauses[c.governor] is clause
        and clause.object is not None and c.subject == clause.object
    )  # fmt: skip
    return [(prep, group) for c in hung for prep, group in c.preps if prep in particulars.HERE]


def _aimed(type: EventTypeId, prep: str) -> Role | None:
    """The target of an attack after the prepositions that every attack takes."""
    return "target" if type == "ASSAULT" and prep in particulars.AIM else None


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


def _word(scene: Scene, index: int) -> Span:
    word = scene.parse.words[index]
    return word.start, word.end


def _of_light(scene: Scene, lexicon: Lexicon, clause: Clause, planned: bool) -> Iterator[Candidate]:
    """`conducted an airstrike`, `held talks with`, `a rally was held`."""
    carrier = _carrier(scene, clause)
    if carrier is None:
        return
    agentless = carrier is not clause.object
    inner = [p for how, p in carrier.attached if how == "of"] if is_container(scene.parse, carrier) else []
    for phrase in (*inner, *carrier.members):
        entry = noun_at(scene.parse, lexicon, phrase)
        if entry is None or _told_before(scene, clause, phrase):
            continue
        agents: list[Party] = []
        if agentless:
            agent = next((g for p, g in clause.preps if p == "by"), None)
            agents = _roles(scene, agent, entry.noun.possessor)
        else:
            agents = _roles(scene, clause.subject, entry.noun.possessor)
        if entry.type == "CONSULT" and not agentless and not agents:
            continue
        hanging = [("of", Group((p,))) for how, p in carrier.attached if how == "of" and p is not phrase]
        if agentless:
            position = next((n for n, i in enumerate(scene.parse.items) if i.phrase == phrase), clause.item)
            hanging += scene.parse.preps_after(position + 1, 4)
        preps = [*hanging, *clause.preps]
        if entry.type == "CONSULT" and not any(p == "with" for p, _ in preps):
            preps += [("with", g) for g in particulars.met(scene, clause)]
        made = _of_noun(scene, entry, phrase, agents, preps, "light", clause.kind)
        first = min(made.extent[0], _first_item(scene, clause))
        last = max([made.extent[1], clause.item, *(g.end for _, g in clause.preps)])
        yield replace(
            made, confidence=min(0.95, entry.noun.confidence + 0.2) * weight(scene, clause), planned=planned,
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
        for g in (_carrier(scene, c),)
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
    """True when the noun hangs on something that is not real, is itself only wished for, or is what ends."""
    clauses = scene.parse.clauses
    before = [n for n, c in enumerate(clauses) if c.item < position]
    if not before:
        return False
    clause = clauses[before[-1]]
    undone = clause.object.members if clause.object and {clause.lemma, _phrasal(scene, clause)} & _ENDING else ()
    if scene.parse.items[position].phrase in undone or clause.lemma in lexicon.plans:
        return True
    return bool(unreal(scene, lexicon, clauses, before[-1]))


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
    owned = scene.parse.words[phrase.first].tag == "PRP$" and entry.type in _OWNED
    if owned and noun.possessor is not None and not agents:
        parties += [Party(m, noun.possessor) for m in _owner(scene, phrase)]
    if noun.preps.get("of") == "target" and not agents and not any(p == "of" for p, _ in preps):
        parties = [replace(p, role="target") if _is_person(scene, p.mention) else p for p in parties]
    last_role: Role | None = None
    for prep, group in preps:
        role = noun.preps.get(prep) or _aimed(entry.type, prep)
        role = last_role if prep == "including" else role
        last_role = role or last_role
        if role is not None and not all(is_time(scene.parse.words, p) for p in group.members):
            parties += _roles(scene, group, role)
    position = next(
        n for n, i in enumerate(scene.parse.items) if i.phrase == phrase or (i.first <= phrase.first < i.last)
    )
    last = max([position + 1, *(g.end for _, g in preps)])
    return Candidate(
        type=entry.type,
        mode=noun.mode,
        kind=kind,
        trigger=(head.start, head.end),
        item=position,
        lemma=noun.lemma,
        parties=tuple(dict.fromkeys(parties)),
        places=particulars.places(scene, preps, None),
        extent=(position, last),
        confidence=noun.confidence,
        clause=clause,
        count=particulars.count(scene, phrase),
        aims=particulars.aims(scene, entry.type, preps, None),
    )


def _owner(scene: Scene, phrase: Phrase) -> Sequence[Mention]:
    """Whose deed `his visit` is: the subject that follows, where the phrase opens the sentence; else the pronoun's."""
    word = scene.parse.words[phrase.first]
    main = next((c for c in scene.parse.clauses if c.kind == "main"), None)
    if phrase.first <= 1 and main is not None and main.subject is not None:
        return [m for m in find.of_group(scene, main.subject) if m.kind != "thing"]
    if main is not None and main.subject is not None and main.subject.members[0].last <= phrase.first:
        groups = [m for m in find.of_group(scene, main.subject) if m.kind in {"name", "body"} and not m.modifier]
        if groups and word.text.lower() in {"its", "their"} and not any(_is_person(scene, m) for m in groups):
            return groups
    pronoun = _PRONOUNS.get(word.text.lower())
    return [Mention(pronoun, (word.start, word.end), "pronoun", head=pronoun)] if pronoun else []


def _is_person(scene: Scene, mention: Mention) -> bool:
    kinds = {scene.knowledge.actors[c.id].kind for c in mention.candidates if c.id in scene.knowledge.actors}
    return mention.kind == "person" or kinds == {"person"}


def _owns(scene: Scene, mention: Mention) -> bool:
    """True for `Iran's` and `Iranian` before a noun; a bare capital (`Algiers Accords`) only names."""
    return any(c.how != "seat" for c in mention.candidates) or scene.text[mention.span[1] : mention.span[1] + 1] in {
        "'",
        "’",
    }
