"""Events of a report, names as written: sentence by sentence, with what was said before in mind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefgen.extract import candidates, dates, mentions, sentences, speech
from briefgen.extract.candidates import Candidate, Party
from briefgen.extract.clauses import Clause, parse
from briefgen.extract.dates import When
from briefgen.extract.discourse import Discourse
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.speech import Frame
from briefgen.extract.triggers import Lexicon
from briefgen.extract.words import Tagger, singular
from briefgen.knowledge import Knowledge
from briefgen.model import TOLD, Block, Certainty, Day, EventDate, EventTypeId, Mark, Period, Report, Span, Status

_CONTINUES = frozenset(
    "he she they it his her their its this these the also both during after following at later meanwhile separately "
    "shortly additionally furthermore that those".split()
)
_EVENTS = frozenset(
    "attack strike airstrike raid bombing shelling explosion blast operation assault clash ambush shooting attacks "
    "meeting talk call visit rally protest exercise summit conference ceremony forum".split()
)
_WHERE = frozenset("in at near across around outside inside along throughout within from into toward towards on".split())
_SAYS = frozenset("say tell state announce declare note add warn stress claim insist confirm reiterate".split())
_UNDATED = EventDate(start=None, end=None, precision="unknown", basis="unknown")
_VERBAL = frozenset("STATEMENT ACCUSE REQUEST REJECT THREATEN SUPPORT".split())
_WEEK = dt.timedelta(days=7)
_BACKGROUND = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Found:
    """An event as the text puts it, before names are resolved."""

    type: EventTypeId
    mode: str | None
    status: Status
    certainty: Certainty
    speakers: tuple[Mention, ...]
    parties: tuple[Party, ...]
    places: tuple[Mention, ...]
    aims: tuple[Mention, ...]
    """Places that an attack is aimed at."""
    date: EventDate
    sentence: Span
    """In the seed's text."""
    trigger: Span
    """In the seed's text."""
    citations: tuple[str, ...]
    section: str | None
    block: int
    core: bool
    confidence: float
    rule: str
    fatalities: int | None = None
    injuries: int | None = None
    count: int | None = None
    weapons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What is made once of the knowledge and used for every report."""

    knowledge: Knowledge
    lexicon: Lexicon
    tagger: Tagger
    titles: frozenset[str]
    abbreviations: frozenset[str]
    weapons: frozenset[str]


def scene(reader: Reader, text: str) -> Scene:
    """One sentence taken apart."""
    names = reader.knowledge.names.find(text)
    words = reader.tagger.words(text, [(n.start, n.end) for n in names if n.text[0].isupper()])
    return Scene(text, parse(words), names, reader.knowledge, reader.titles)


def of_report(reader: Reader, report: Report, text: str) -> Iterator[Found]:
    """Every event of the report, in reading order."""
    discourse = Discourse(reader.knowledge)
    spoke: dict[str, tuple[int, EventDate]] = {}
    for number, block in enumerate(report.blocks):
        if block.kind in TOLD:
            for found in _of_block(reader, report, text, number, block, discourse):
                yield _same_day(found, spoke)


def _same_day(found: Found, spoke: dict[str, tuple[int, EventDate]]) -> Found:
    """What somebody says a few passages on, without a date, he said on the day told before."""
    names = [p.mention.name for p in found.parties if p.role == "source"]
    date = found.date
    if date.basis == "report-day" and date.start is not None and found.type in _VERBAL:
        for name in names:
            block, told = spoke.get(name, (-9, _UNDATED))
            if found.block - block <= 4 and told.start is not None and dt.timedelta(0) <= date.start - told.start <= _WEEK:
                found = replace(found, date=told.model_copy(update={"basis": "relative", "as_written": None}))
                break
    if found.date.precision == "day" and found.date.basis in {"explicit", "relative"} and found.core:
        spoke.update({name: (found.block, found.date) for name in names})
    return found


def _of_block(
    reader: Reader, report: Report, text: str, number: int, block: Block, discourse: Discourse
) -> Iterator[Found]:
    day = block.day or report.published or (report.period.end if report.period else None)
    anchor = day or _latest(report)
    inherited: EventDate | None = None
    discourse.turn()
    last: Found | None = None
    dated = {m.citation: d for m in report.marks if m.covers for c in report.citations if c.id == m.citation and (d := c.date)}
    marks = [m for m in report.marks if block.span[0] <= m.span[0] < block.span[1]]
    spans = sentences.split(text, block.span, reader.abbreviations)
    for number_in_block, span in enumerate(spans):
        sentence = text[span[0] : span[1]]
        here = scene(reader, sentence)
        earlier = inherited.start if inherited is not None else None
        spoken = speech.frames(here.parse, reader.lexicon)
        cited = citations(marks, span, block)
        if not any(m.covers is None and span[0] <= m.span[0] < span[1] for m in marks):
            cited = tuple(dict.fromkeys((*cited, *_next_mark(marks, spans, number_in_block))))
        told = min((dated[c] for c in cited if c in dated), default=day)
        whens = [w for w in dates.find(sentence, told or anchor, earlier) if not _to_come(w, anchor)]
        made: list[Found] = []
        every = candidates.of_sentence(here, reader.lexicon, spoken)
        for candidate in every:
            candidate = _placed(here, candidate, every)
            dated_here = _own_dates(here, candidate, every, whens)
            found = _found(reader, report, here, candidate, spoken, dated_here, discourse, told, inherited, block)
            if not found.places and last is not None and last.places and _same_occasion(here, last, found):
                found = replace(found, places=last.places)
            if last is not None and last.type == found.type and _refers_back(here, candidate):
                have = {(p.mention.name, p.role) for p in found.parties}
                found = replace(
                    found, date=last.date,
                    parties=(*(p for p in last.parties if (p.mention.name, p.role) not in have), *found.parties),
                )
            made.append(
                replace(
                    found, sentence=span, trigger=(span[0] + candidate.trigger[0], span[0] + candidate.trigger[1]),
                    citations=cited, section=block.section, block=number,
                )
            )  # fmt: skip
        if not any(f.status == "occurred" for f in made) and block.kind in {"paragraph", "excerpt", "bullet"}:
            statement = _statement(reader, here, spoken, last, discourse)
            if statement is not None:
                found = _found(reader, report, here, statement, (), whens, discourse, told, inherited, block)
                made.append(
                    replace(
                        found, sentence=span, trigger=(span[0] + statement.trigger[0], span[0] + statement.trigger[1]),
                        citations=cited, section=block.section, block=number,
                    )
                )  # fmt: skip
        yield from made
        last = next((f for f in reversed(made) if f.status == "occurred"), last)
        first = next((f.date for f in made if f.date.start is not None and f.core), None)
        explicit = next((w.date for w in whens if w.role == "event" and w.date.start is not None), None)
        leads = any(w.span[0] < 6 for w in whens)
        if first is not None and first.basis != "report-day" and (block.kind not in {"bullet", "takeaway"} or leads or inherited is None):
            inherited = first
        elif explicit is not None and block.kind in {"bullet", "takeaway"} and inherited is None:
            inherited = explicit
        _remember(discourse, here, made)


def _placed(here: Scene, candidate: Candidate, every: Sequence[Candidate]) -> Candidate:
    """`candidate` with the places that follow it in the sentence, up to the next event, where its own phrases name none."""
    if candidate.places:
        return candidate
    end = min((c.item for c in every if c.item > candidate.item and c is not candidate), default=len(here.parse.items))
    items, words = here.parse.items, here.parse.words
    found = [
        m for n in range(candidate.item + 1, end - 1)
        if items[n].kind == "IN" and words[items[n].first].text.lower() in _WHERE and (phrase := items[n + 1].phrase) is not None
        for m in mentions.places_in(here, phrase)
    ]  # fmt: skip
    return replace(candidate, places=tuple(dict.fromkeys(found)))


def _same_occasion(here: Scene, last: Found, found: Found) -> bool:
    """True when the sentence speaks of the occasion told before: `at the summit`, `during the visit`."""
    words = here.parse.words
    told = {"the", "this"}
    named = any(w.text.lower() in _EVENTS | {"summit", "conference", "ceremony", "sidelines", "session"} and words[n - 1].text.lower() in told for n, w in enumerate(words) if n)
    return found.type in {last.type, "STATEMENT", "AGREE", "CONSULT", "SUPPORT"} and (named or last.date == found.date and _continues(here))


def _next_mark(marks: Sequence[Mark], spans: Sequence[Span], number: int) -> tuple[str, ...]:
    """What a sentence without a mark rests on: the marks of the next sentence but one at most, in the same passage.

    Writers put one note after the last of the sentences that it stands for.
    """
    for start, end in spans[number + 1 : number + 3]:
        found = [m.citation for m in marks if m.covers is None and start <= m.span[0] < end]
        if found:
            return tuple(found)
    return ()


def _placed(here: Scene, candidate: Candidate, every: Sequence[Candidate]) -> Candidate:
    """`candidate` with the places that follow it in the sentence, up to the next event, where its own phrases name none."""
    if candidate.places:
        return candidate
    end = min((c.item for c in every if c.item > candidate.item and c is not candidate), default=len(here.parse.items))
    items, words = here.parse.items, here.parse.words
    found = [
        m for n in range(candidate.item + 1, end - 1)
        if items[n].kind == "IN" and words[items[n].first].text.lower() in _WHERE and (phrase := items[n + 1].phrase) is not None
        for m in mentions.places_in(here, phrase)
    ]  # fmt: skip
    return replace(candidate, places=tuple(dict.fromkeys(found)))


def _same_occasion(here: Scene, last: Found, found: Found) -> bool:
    """True when the sentence speaks of the occasion told before: `at the summit`, `during the visit`."""
    words = here.parse.words
    told = {"the", "this"}
    named = any(w.text.lower() in _EVENTS | {"summit", "conference", "ceremony", "sidelines", "session"} and words[n - 1].text.lower() in told for n, w in enumerate(words) if n)
    return found.type in {last.type, "STATEMENT", "AGREE", "CONSULT", "SUPPORT"} and (named or last.date == found.date and _continues(here))


def _next_mark(marks: Sequence[Mark], spans: Sequence[Span], number: int) -> tuple[str, ...]:
    """What a sentence without a mark rests on: the marks of the next sentence but one at most, in the same passage.

    Writers put one note after the last of the sentences that it stands for.
    """
    for start, end in spans[number + 1 : number + 3]:
        found = [m.citation for m in marks if m.covers is None and start <= m.span[0] < end]
        if found:
            return tuple(found)
    return ()


def _to_come(when: When, anchor: Day | None) -> bool:
    """True for a date after the telling, which dates no event that has occurred."""
    return anchor is not None and when.date.start is not None and when.date.start > anchor


def _own_dates(here: Scene, candidate: Candidate, every: Sequence[Candidate], whens: Sequence[When]) -> list[When]:
    """The sentence's dates without those that stand nearer to another event: inside a noun's phrase, or after a later verb."""
    words, items = here.parse.words, here.parse.items

    def reach(c: Candidate) -> tuple[int, int]:
        last = min(c.extent[1], len(items)) - 1
        return c.trigger[0], words[items[max(last, c.item)].last - 1].end

    mine = reach(candidate)
    out = []
    for when in whens:
        others = [reach(c) for c in every if c is not candidate and c.trigger[0] > candidate.trigger[0]]
        before = [
            reach(c) for c in every
            if c is not candidate and c.trigger[0] < candidate.trigger[0] and c.kind == "noun" and not _opens(here, c)
        ]
        taken = any(a <= when.span[0] <= b for a, b in others) and not mine[0] <= when.span[0] <= others[0][0]
        taken = taken or any(a <= when.span[0] <= b and b <= mine[0] for a, b in before)
        if not taken:
            out.append(when)
    return out or [w for w in whens if w.span[0] < 6]


def _opens(here: Scene, candidate: Candidate) -> bool:
    """True for a noun that opens the sentence and shares its time: `In a message in June, she urged`."""
    return candidate.item <= 1 and here.parse.items[0].kind == "IN"


def _latest(report: Report) -> Day | None:
    """The newest date that an undated report cites: what its relative dates count from, never an event's own date."""
    return max((c.date for c in report.citations if c.date is not None), default=None)


def citations(marks: Sequence[Mark], span: Span, block: Block) -> tuple[str, ...]:
    """Ids of the citations that the sentence at `span` rests on, in the order of the text."""
    found = [
        m.citation for m in marks
        if (m.covers is None and span[0] <= m.span[0] < span[1]) or (m.covers is not None and m.covers[0] <= span[0] < m.covers[1])
    ]  # fmt: skip
    if block.citation is not None:
        found.append(block.citation)
    return tuple(dict.fromkeys(found))


def _statement(
    reader: Reader, here: Scene, spoken: Sequence[Frame], last: Found | None, discourse: Discourse
) -> Candidate | None:
    """A saying that is the news itself: an office-holder or a body says what will or would be.

    Not when the speaker has just been told to meet somebody: then it is a detail of the meeting.
    """
    for frame in sorted((f for f in spoken if f.clause is not None), key=lambda f: f.last - f.first):
        clause = here.parse.clauses[frame.clause or 0]
        who = [m for m in mentions.of_group(here, frame.speaker) if m.kind in {"name", "person", "body"} or (m.kind == "described" and m.side)]
        if not who or clause.lemma not in _SAYS or clause.modal or clause.negated or all(m.modifier for m in who):
            continue
        if not any(c.item >= frame.first and c.item < frame.last and _ahead(here, c) for c in here.parse.clauses):
            continue
        named = {p.mention.name for p in last.parties} if last is not None and last.type in {"CONSULT", "SUPPORT"} else set()
        if any(r.name in named for m in who for r in discourse.resolve(m)):
            continue
        told = [Party(m, "target") for m in mentions.of_group(here, clause.object) if m.kind in {"name", "person", "body"}]
        word = here.parse.words[clause.verb]
        return Candidate(
            "STATEMENT", None, "verb", (word.start, word.end), clause.item, clause.lemma,
            (*(Party(m, "source") for m in who), *told), (), (clause.item, len(here.parse.items)), 0.6, "main",
        )  # fmt: skip
    return None


def _ahead(here: Scene, clause: Clause) -> bool:
    """True for a clause about what is to come: `will`, `would`, `is prepared to`."""
    return clause.modal in {"will", "would"} or (clause.lemma in {"prepare", "intend", "plan"} and clause.kind != "infinitive")


def _refers_back(here: Scene, candidate: Candidate) -> bool:
    """True when the sentence goes on about the event told before.

    What acts is that event (`the attack killed two`), what is attended is (`attended the
    summit`), or those acted on are known already (`took knives from the suspects`).
    """
    clause = next((c for c in here.parse.clauses if c.item == candidate.item), None)
    if clause is None:
        return False
    groups = [clause.object] if candidate.type == "CONSULT" else [] if clause.passive else [clause.subject]
    words = here.parse.words
    for group in groups:
        phrase = group.members[0] if group is not None else None
        if phrase is not None and words[phrase.first].text.lower() in {"the", "this", "these", "that"} and singular(words[phrase.head].text.lower()) in _EVENTS:
            return True
    return any(
        p.mention.kind == "described" and p.mention.definite and p.mention.plural and not p.mention.side
        and p.role != "source" for p in candidate.parties
    )  # fmt: skip


def _remember(discourse: Discourse, here: Scene, made: Sequence[Found]) -> None:
    main = [m for c in here.parse.clauses if c.kind == "main" for m in mentions.of_group(here, c.subject)]
    said = [m for c in here.parse.clauses if c.kind == "complement" for m in mentions.of_group(here, c.subject)]
    parties = [p.mention for f in made for p in f.parties]
    discourse.note_persons([*main, *said, *parties])
    discourse.note_bodies([*said, *main, *parties])
    for found in made:
        if found.type in {"CONSULT", "AGREE"}:
            discourse.note_pair([p.mention for p in found.parties if p.role == "participant"])


def _found(
    reader: Reader, report: Report, here: Scene, candidate: Candidate, spoken: Sequence[Frame], whens: Sequence[When],
    discourse: Discourse, day: Day | None, inherited: EventDate | None, block: Block,
) -> Found:  # fmt: skip
    subjects = [m for c in here.parse.clauses for m in mentions.of_group(here, c.subject)]
    parties = tuple(
        dict.fromkeys(Party(m, p.role) for p in candidate.parties for m in discourse.resolve(p.mention, subjects))
    )
    frame = _frame(spoken, candidate)
    speakers = tuple(m for s in _speakers(here, spoken, candidate) for m in discourse.resolve(s))
    date = _date(here, candidate, whens, day, inherited, block, report.period, report.published is None and report.period is None)
    status: Status = "planned" if candidate.planned else "occurred"
    return Found(
        type=candidate.type, mode=candidate.mode, status=status,
        certainty=_certainty(frame, speakers, parties, candidate), speakers=speakers, parties=parties,
        places=candidate.places, aims=candidate.aims, date=date, sentence=(0, 0), trigger=candidate.trigger, citations=(), section=None,
        block=0, core=_core(report, candidate, date, day, block), confidence=_confidence(candidate, parties, date, block),
        rule=f"{candidate.kind} {candidate.lemma}", fatalities=candidate.fatalities, injuries=candidate.injuries,
        count=candidate.count, weapons=_weapons(reader, here, candidate),
    )  # fmt: skip


def _frame(spoken: Sequence[Frame], candidate: Candidate) -> Frame | None:
    """The innermost frame that holds the candidate."""
    holding = [f for f in spoken if f.holds(candidate.item)]
    return min(holding, key=lambda f: f.last - f.first) if holding else None


def _speakers(here: Scene, spoken: Sequence[Frame], candidate: Candidate) -> list[Mention]:
    holding = sorted((f for f in spoken if f.holds(candidate.item)), key=lambda f: f.last - f.first)
    return [m for f in holding for m in mentions.of_group(here, f.speaker) if m.kind != "thing" and not m.modifier]


def _certainty(frame: Frame | None, speakers: Sequence[Mention], parties: Sequence[Party], candidate: Candidate) -> Certainty:
    if frame is None:
        return "stated"
    acting = {p.mention.name for p in parties if p.role != "target"}
    said: str = frame.by_party if any(s.name in acting for s in speakers) else frame.certainty
    return said  # type: ignore[return-value]


def _date(
    here: Scene, candidate: Candidate, whens: Sequence[When], day: Day | None, inherited: EventDate | None, block: Block,
    period: Period | None, undated: bool,
) -> EventDate:  # fmt: skip
    usable = [w for w in whens if w.role == "event"]
    own = _nearest(here, candidate, usable)
    if own is not None:
        return own.date
    since = next((w for w in whens if w.role == "since"), None)
    if since is not None:
        return since.date
    if candidate.past and not usable:
        return _UNDATED
    if inherited is not None and (block.kind in {"bullet", "takeaway"} or _continues(here)):
        return inherited.model_copy(update={"basis": "relative", "as_written": None})
    if candidate.kind == "noun" and candidate.clause == "main":
        return _UNDATED
    if day is None or (block.kind == "paragraph" and block.day is None and undated and candidate.type not in _VERBAL):
        return _UNDATED
    if period is not None and (period.end - period.start).days > 3 and day == period.end:
        return EventDate(start=period.start, end=period.end, precision="period", basis="period")
    return EventDate(start=day, end=day, precision="day", basis="report-day")


def _nearest(here: Scene, candidate: Candidate, whens: Sequence[When]) -> When | None:
    """The date that belongs to the candidate: inside its extent, else in its clause, else the sentence's only one."""
    if not whens:
        return None
    words, items = here.parse.words, here.parse.items
    first = words[items[candidate.extent[0]].first].start
    last_item = min(candidate.extent[1], len(items) - 1)
    end = words[items[last_item].last - 1].end
    inside = [w for w in whens if first <= w.span[0] and w.span[0] <= end]
    if inside:
        return min(inside, key=lambda w: (w.date.basis != "explicit", abs(w.span[0] - candidate.trigger[0])))
    leading = [w for w in whens if w.span[1] <= first and w.span[0] < 16]
    if candidate.clause in {"main", "complement"} and leading:
        return leading[0]
    if candidate.clause in {"main", "complement", "participle"}:
        after = [w for w in whens if w.span[0] >= end]
        if after:
            return after[0]
        return None if words[0].tag == "VBG" else whens[0]
    return None


def _continues(here: Scene) -> bool:
    words = here.parse.words
    if not words:
        return False
    first = words[0].text.lower()
    if first in _CONTINUES - {"the"}:
        return True
    opening = {w.text.lower() for w in words[:4]}
    return bool(opening & {"also", "two", "meeting", "visit", "meanwhile", "separately", "added"})


def _core(report: Report, candidate: Candidate, date: EventDate, day: Day | None, block: Block) -> bool:
    if candidate.past or block.kind == "endnote" or candidate.kind == "noun":
        return False
    start = report.period.start if report.period else day
    if date.end is not None and start is not None and date.end < start - _BACKGROUND:
        return False
    return candidate.clause in {"main", "complement", "participle", "infinitive"} or date.basis != "report-day"


def _confidence(candidate: Candidate, parties: Sequence[Party], date: EventDate, block: Block) -> float:
    named = [p for p in parties if p.mention.kind in {"name", "person", "body", "described"}]
    value = candidate.confidence
    if not named:
        value *= 0.5
    elif len({p.role for p in named}) == 1 and candidate.type not in {"CONSULT", "PROTEST", "STATEMENT"}:
        value *= 0.9
    if candidate.kind == "noun" and date.start is None:
        value *= 0.55
    if block.kind == "endnote":
        value *= 0.9
    return round(min(value, 0.99), 3)


def _weapons(reader: Reader, here: Scene, candidate: Candidate) -> tuple[str, ...]:
    if candidate.type not in {"ASSAULT", "AID", "COOPERATE", "MOBILIZE"}:
        return ()
    words, items = here.parse.words, here.parse.items
    first = items[candidate.extent[0]].first
    last = items[min(candidate.extent[1], len(items)) - 1].last
    low = f" {' '.join(w.lemma if w.tag == 'NNS' else w.text.lower() for w in words[first:last])} "
    return tuple(w for w in sorted(reader.weapons) if f" {w} " in low)
