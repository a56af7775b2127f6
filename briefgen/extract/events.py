"""Events of a report, names as written: sentence by sentence, with what was told before in mind."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from briefgen.extract import abbreviations, candidates, citing, dates, mentions, particulars, speech, statements, timing
from briefgen.extract.candidate import Candidate, Party
from briefgen.extract.dates import When
from briefgen.extract.discourse import Discourse
from briefgen.extract.found import Found
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.speech import Frame
from briefgen.extract.thread import Thread
from briefgen.extract.timing import Setting
from briefgen.extract.triggers import Lexicon
from briefgen.grammar import sentences
from briefgen.grammar.clauses import parse
from briefgen.grammar.tagger import Tagger
from briefgen.knowledge import Knowledge, Name
from briefgen.model import TOLD, Block, Certainty, Day, EventDate, EventTypeId, Mark, Report, Span

_LONGEST = 4000
"""Characters of a sentence that are parsed; what is longer is no sentence."""
_PASSAGE = 20_000
"""Characters of a passage that are searched for places."""
_NEAR = 200
"""Chunks of a sentence over which a place belongs to an event."""
_DEALT = timing.VERBAL | {"AGREE", "CONCEDE", "SANCTION"}
"""Types of which a country that is a party is no place: `appealed to Chad`."""
_ARMED = frozenset({"ASSAULT", "AID", "COOPERATE", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Reader:
    """What is made once of the knowledge and used for every report."""

    knowledge: Knowledge
    lexicon: Lexicon
    tagger: Tagger
    titles: frozenset[str]
    abbreviations: frozenset[str]
    weapons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with all that is known of it before its events are read."""

    span: Span
    here: Scene
    spoken: tuple[Frame, ...]
    whens: tuple[When, ...]
    later: tuple[When, ...]
    """Dates after the telling."""
    citations: tuple[str, ...]
    told: Day | None
    """The day of the source that it rests on, else that of its passage."""
    own: bool = False
    """True where it calls a source of its own day, so that the date of the sentence before does not go on."""


def scene(reader: Reader, text: str, short: Mapping[str, Name] = MappingProxyType({})) -> Scene:
    """One sentence taken apart, of a text without stops its beginning only.

    `short`: abbreviations that the report has introduced -> the name they stand for.
    """
    names = abbreviations.applied(text[:_LONGEST], reader.knowledge.names.find(text[:_LONGEST]), short)
    words = reader.tagger.words(text[:_LONGEST], [(n.start, n.end) for n in names if n.text[0].isupper()])
    return Scene(text, parse(words), names, reader.knowledge, reader.titles)


def of_report(reader: Reader, report: Report, text: str) -> tuple[Found, ...]:
    """Every event of the report, in reading order, sentences that only go on about one as its further evidence."""
    found: dict[tuple[Span, EventTypeId], Found] = {}
    for one in _in_order(reader, report, text):
        told = found.get(one.goes_on) if one.goes_on is not None else None
        if told is None or one.goes_on is None:
            found[one.trigger, one.type] = one
        else:
            found[one.goes_on] = told.with_more(one)
    return tuple(found.values())


def _in_order(reader: Reader, report: Report, text: str) -> Iterator[Found]:
    thread = Thread(Discourse(reader.knowledge))
    short = abbreviations.introduced(text[report.span[0] : report.span[1]], reader.knowledge)
    days = {c.id: c.date for c in report.citations if c.date is not None}
    covering = {m.citation: days[m.citation] for m in report.marks if m.covers and m.citation in days}
    for number, block in enumerate(report.blocks):
        if block.kind not in TOLD:
            continue
        thread.turn(block)
        held = timing.setting(report, block)
        around = _around(reader, text, block)
        marks = [m for m in report.marks if _touches(m, block)]
        spans = sentences.split(text, block.span, reader.abbreviations)
        for place, span in enumerate(spans):
            cited = citing.resting(marks, spans, place, block)
            called = _called_on(report, days, span)
            told = min((covering[c] for c in cited if c in covering), default=called or held.day)
            sentence = _sentence(reader, text, span, cited, told, held, thread, short, marks)
            sentence = replace(sentence, own=called is not None)
            made = [replace(f, around=around) for f in _of_sentence(reader, sentence, number, held, thread)]
            made = thread.introduce(made, () if made else _people(thread, _named(sentence.here, proper=True)))
            yield from made
            thread.note(sentence.here, made, sentence.whens, block)


def _touches(mark: Mark, block: Block) -> bool:
    """True when a mark is called in the passage or covers some of it."""
    start, end = mark.covers or mark.span
    return start < block.span[1] and block.span[0] < end


def _called_on(report: Report, days: Mapping[str, Day], span: Span) -> Day | None:
    """The day of the source called in a sentence of a report that has no day of its own, only a period."""
    if report.published is not None or report.period is None:
        return None
    inside = (m.citation for m in report.marks if m.covers is None and span[0] <= m.span[0] < span[1])
    return min((days[c] for c in inside if c in days), default=None)


def _around(reader: Reader, text: str, block: Block) -> tuple[Mention, ...]:
    """Places that a passage names, for events whose own words name none."""
    passage = text[block.span[0] : min(block.span[1], block.span[0] + _PASSAGE)]
    named = ((n, tuple(c for c in n.candidates if c.kind == "place")) for n in reader.knowledge.names.find(passage))
    return tuple(Mention(n.text, (n.start, n.end), "place", places) for n, places in named if places)


def _sentence(
    reader: Reader, text: str, span: Span, cited: tuple[str, ...], told: Day | None, held: Setting, thread: Thread,
    short: Mapping[str, Name], marks: Sequence[Mark],
) -> Sentence:  # fmt: skip
    words = text[span[0] : span[1]]
    here = scene(reader, words, short)
    earlier = thread.inherited.start if thread.inherited is not None else None
    called = [m.span for m in marks if m.span[0] < span[1] and span[0] < m.span[1]]
    found = dates.find(words, told or held.anchor, earlier)
    outside = [w for w in found if not any(a - span[0] < w.span[1] and w.span[0] < b - span[0] for a, b in called)]
    whens, later = timing.past(outside, held.anchor)
    spoken = speech.frames(here.parse, reader.lexicon)
    return Sentence(span, here, spoken, tuple(whens), tuple(later), cited, told)


def _of_sentence(reader: Reader, sentence: Sentence, number: int, held: Setting, thread: Thread) -> list[Found]:
    every = candidates.of_sentence(sentence.here, reader.lexicon, sentence.spoken)
    made = [_found(reader, sentence, c, every, number, held, thread) for c in _placed(sentence.here, every)]
    if held.block.kind in {"paragraph", "excerpt", "bullet"} and not any(f.status == "occurred" for f in made):
        news = statements.statement(
            sentence.here, reader.lexicon, sentence.spoken, lambda speaker: thread.goes_on(speaker, number)
        )
        if news is not None:
            (news,) = _placed(sentence.here, [news])
            made.append(_found(reader, replace(sentence, spoken=()), news, [news], number, held, thread))
    return made


def _found(
    reader: Reader, sentence: Sentence, candidate: Candidate, every: Sequence[Candidate], number: int, held: Setting,
    thread: Thread,
) -> Found:  # fmt: skip
    here = sentence.here
    resolve = thread.discourse.resolve
    near = _named(here)
    parties = tuple(dict.fromkeys(Party(m, p.role) for p in candidate.parties for m in resolve(p.mention, near)))
    around = sorted((f for f in sentence.spoken if f.holds(candidate.item)), key=lambda f: f.last - f.first)
    speakers = tuple(m for f in around for s in _speakers(here, f) for m in resolve(s))
    if candidate.claimed and not around:
        speakers = tuple(p.mention for p in parties if p.role == "source" and not p.mention.modifier)
    date = timing.of_candidate(
        here, candidate, every, sentence.whens, sentence.later, held, sentence.told,
        None if sentence.own else thread.inherited,
    )  # fmt: skip
    start = sentence.span[0]
    weapons = _weapons(reader, here, candidate)
    found = Found(
        type=candidate.type,
        mode=candidate.mode,
        status="planned" if candidate.planned else "occurred",
        certainty="claimed" if candidate.claimed else _certainty(around[0] if around else None, speakers, parties),
        speakers=speakers,
        parties=parties,
        places=candidate.places,
        aims=candidate.aims,
        around=(),
        named=_people(thread, near),
        introduced=(),
        date=date,
        sentence=sentence.span,
        trigger=(start + candidate.trigger[0], start + candidate.trigger[1]),
        citations=sentence.citations,
        section=held.block.section,
        block=number,
        core=_core(here, candidate, date, held),
        confidence=_confidence(candidate, parties, date, held, bool(weapons)),
        rule=f"{candidate.kind} {candidate.lemma}",
        plain=_plain(candidate, parties),
        fatalities=candidate.fatalities,
        injuries=candidate.injuries,
        count=candidate.count,
        weapons=weapons,
    )
    return thread.hang(here, candidate, found)


def _people(thread: Thread, named: Sequence[Mention]) -> tuple[Mention, ...]:
    """Those people among `named` who are named in full."""
    return tuple(m for m in named if thread.discourse.is_person(m) and m.head != "surname")


def _named(here: Scene, proper: bool = False) -> list[Mention]:
    """Whom a sentence names as subject, object or after `for`, `with` and the like, in the order of the text.

    `proper`: only where a proper noun is, which is all that people need.
    """
    groups = [g for c in here.parse.clauses for g in (c.subject, c.object, *(g for _, g in c.preps)) if g is not None]
    if proper:
        words = here.parse.words
        groups = [g for g in groups if any(words[p.last - 1].tag in {"NNP", "NNPS"} for p in g.phrases)]
    found = dict.fromkeys(m for g in groups for m in mentions.of_group(here, g))
    return sorted(found, key=lambda m: m.span)


def _placed(here: Scene, every: Sequence[Candidate]) -> Iterator[Candidate]:
    """`every` with the places named after each, up to the next event; where there are none, with the sentence's.

    What is a party (`officials from Russia`) is no place.
    """
    parties = {p.mention.span for c in every for p in c.parties}
    starts = sorted({c.item for c in every})
    last = len(here.parse.items)
    seats = {s for c in every for s in _seats(c)}
    anywhere = particulars.located(here, 0, min(last, _NEAR)) or particulars.handled(here)
    anywhere = tuple(m for m in anywhere if m.span not in seats)
    for candidate in every:
        after = bisect.bisect_right(starts, candidate.item)
        end = min(starts[after] if after < len(starts) else last, candidate.item + _NEAR)
        own = [m for m in particulars.located(here, candidate.item + 1, end) if m.span not in parties]
        found = (*candidate.places, *own) or anywhere
        dealt_with = {p.mention.span for p in candidate.parties} if candidate.type in _DEALT else frozenset()
        kept = (m for m in found if not particulars.describes(here, m))
        kept = (m for m in kept if m.span not in dealt_with or not _is_party(here, m, candidate))
        yield replace(candidate, places=tuple(dict.fromkeys(kept)))


def _is_party(here: Scene, place: Mention, candidate: Candidate) -> bool:
    """True for a country, and for a capital that stands for its government (`accused Kigali`)."""
    return particulars.is_country(here, place) or place.span in _seats(candidate)


def _seats(candidate: Candidate) -> set[Span]:
    """Where the parties of an event are named by their capitals."""
    return {p.mention.span for p in candidate.parties if any(c.how == "seat" for c in p.mention.candidates)}


def _speakers(here: Scene, frame: Frame) -> list[Mention]:
    return [m for m in mentions.of_group(here, frame.speaker) if m.kind != "thing" and not m.modifier]


def _certainty(frame: Frame | None, speakers: Sequence[Mention], parties: Sequence[Party]) -> Certainty:
    """Whether a party or a third side says so; `stated` where the report itself does."""
    if frame is None:
        return "stated"
    acting = {p.mention.name for p in parties if p.role != "target"}
    return frame.by_party if any(s.name in acting for s in speakers) else frame.certainty


def _core(here: Scene, candidate: Candidate, date: EventDate, held: Setting) -> bool:
    if candidate.past or held.block.kind == "endnote" or candidate.kind == "noun" or timing.is_background(date, held):
        return False
    return not timing.is_aside(here, candidate) or date.basis not in {"report-day", None}


def _confidence(candidate: Candidate, parties: Sequence[Party], date: EventDate, held: Setting, armed: bool) -> float:
    """How sure the extraction is: the trigger's own weight, less where parties or a date are lacking.

    Of an attack reports often name no party, but the dead, or a weapon and where; of a protest, where.
    """
    named = [p for p in parties if p.mention.kind in {"name", "person", "body", "described"}]
    value = candidate.confidence
    if not named:
        told = candidate.fatalities or candidate.injuries or (candidate.places and armed)
        seen = (candidate.type == "ASSAULT" and told) or (candidate.type == "PROTEST" and candidate.places)
        value *= 0.8 if seen else 0.5
    elif len({p.role for p in named}) == 1 and candidate.type not in {"CONSULT", "PROTEST", "STATEMENT"}:
        value *= 0.9
    if candidate.kind == "noun" and date.start is None:
        value *= 0.55
    if held.block.kind == "endnote":
        value *= 0.9
    return round(min(value, 0.99), 3)


def _plain(candidate: Candidate, parties: Sequence[Party]) -> bool:
    """True where a main clause or a saying tells it in so many words, of somebody who is at least described."""
    told = candidate.kind != "noun" and candidate.clause in {"main", "complement"}
    return told and any(p.mention.kind == "described" for p in parties)


def _weapons(reader: Reader, here: Scene, candidate: Candidate) -> tuple[str, ...]:
    if candidate.type not in _ARMED:
        return ()
    words, items = here.parse.words, here.parse.items
    first, last = items[candidate.extent[0]].first, items[min(candidate.extent[1], len(items)) - 1].last
    low = f" {' '.join(w.lemma if w.tag == 'NNS' else w.text.lower() for w in words[first:last])} "
    return tuple(w for w in sorted(reader.weapons) if f" {w} " in low)
