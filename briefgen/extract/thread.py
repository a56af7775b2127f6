"""What a report has told so far, and how the next sentence hangs on it.

Places, parties and dates pass on where a sentence goes on about the event before; what is
said at a meeting is more of the meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefgen.extract import mentions, timing
from briefgen.extract.candidate import Candidate
from briefgen.extract.dates import When
from briefgen.extract.discourse import Discourse
from briefgen.extract.found import Found
from briefgen.extract.joining import DEMONSTRATORS, HEARD
from briefgen.extract.mentions import Mention, Scene
from briefgen.grammar.english import words
from briefgen.grammar.inflection import singular
from briefgen.model import UNDATED, Block, EventDate

_EVENTS = words("event_nouns")
_NAMED_AFTER = {"meet": "meeting", "clear": "operation", "bomb": "bombing", "shell": "shelling", "march": "rally"}
"""Verb -> the noun by which its deed is spoken of afterwards."""
_OCCASIONS = _EVENTS | {"sidelines", "session"}
_TALK = frozenset({"SUPPORT", "COOPERATE"})
_SAYS = words("sayings_of_statements") | {"express", "address", "mention"}
_YIELDING = words("yielding_verbs")
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})
"""Types of what is done on the ground; what is said of it is said elsewhere, and what is said has its topic's place."""
_ANOTHER = frozenset(
    [
        "also",
        "another",
        "separately",
        "separate",
        "elsewhere",
        "second",
        "later",
        "meanwhile",
        "world",
        "worldwide",
        "nationwide",
    ]
)
_DEFINITE = frozenset({"the", "this", "these", "that"})
_REACH = 2
"""Passages over which somebody goes on speaking."""
_SPOKEN_DAYS = 4
"""Passages over which the day of somebody's words holds."""


@dataclass(slots=True)
class Thread:
    """The state of one report's reading."""

    discourse: Discourse
    last: Found | None = None
    there: Found | None = None
    """The event told last that has a place."""
    meeting: Found | None = None
    """The meeting or call that the passage is about."""
    inherited: EventDate | None = None
    piece: str | None = None
    """Citation of the piece that the passage is quoted from."""
    section: str | None = None
    spots: dict[str, tuple[int, tuple[Mention, ...]]] = field(default_factory=dict)
    """Noun of an occasion told under this heading (`summit`) -> in which passage, and where it was."""
    spoke: dict[str, tuple[int, EventDate]] = field(default_factory=dict)
    """Who was told to act -> in which passage, and when."""
    introduced: dict[str, Mention] = field(default_factory=dict)
    """People named since the last event, by name."""

    def turn(self, block: Block) -> None:
        """A new passage begins; a piece quoted in several passages goes on."""
        self.discourse.turn(block.section)
        self.meeting = None
        if block.section != self.section:
            self.section, self.spots = block.section, {}
        if block.citation is None or block.citation != self.piece:
            self.inherited = None
        self.piece = block.citation

    def hang(self, here: Scene, candidate: Candidate, found: Found) -> Found:
        """`found` with what it takes over from the event told before it."""
        if found.type == "CONSULT" or any(p.role == "participant" for p in found.parties):
            self.discourse.note_pair([p.mention for p in found.parties])
        last = self.last if self.last is not None and found.block - self.last.block <= 1 else None
        near = last is not None and (last.block == found.block or found.type == last.type == "CONSULT")
        if last is not None and near and not found.places:
            places = last.places if last.block == found.block else tuple(p for p in last.places if self._is_spot(p))
            found = replace(found, places=places if _same_occasion(here, last, found) else ())
        if not found.places:
            found = replace(found, places=self._where(here, found) or self._still_there(here, found))
        if last is not None and last.block == found.block:
            if _more_words(candidate, found, last) or _demand_of(found, last):
                return replace(found, goes_on=last.goes_on or (last.trigger, last.type))
            again = _more_praise(found, last) or _more_refusal(candidate, found, last)
            if last.type == found.type and (_refers_back(here, candidate) or again):
                return replace(found, goes_on=last.goes_on or (last.trigger, last.type))
        meeting = self.meeting
        if meeting is not None and _is_detail(found, meeting):
            return replace(found, goes_on=(meeting.trigger, meeting.type))
        return self._on_the_day(found)

    def introduce(self, made: Sequence[Found], named: Sequence[Mention]) -> list[Found]:
        """`made`, the events of a sentence, the first with the people named since the last event; `named`: its own."""
        if not made:
            for person in named:
                self.introduced.setdefault(person.text, person)
            return []
        first = replace(made[0], introduced=tuple(self.introduced.values()))
        self.introduced = {}
        return [first, *made[1:]]

    def goes_on(self, speaker: Mention, block: int) -> bool:
        """True when `speaker` has just been told to say or meet, so that his next words are more of it."""
        last = self.last
        if last is None or block - last.block > _REACH or last.type not in timing.VERBAL | {"CONSULT"}:
            return False
        names = [p.mention for p in last.parties]
        return any(_same(m, n) for m in self.discourse.resolve(speaker) for n in names)

    def note(self, here: Scene, made: Sequence[Found], whens: Sequence[When], block: Block) -> None:
        """Remember what a sentence told."""
        main = [m for c in here.parse.clauses if c.kind == "main" for m in mentions.of_group(here, c.subject)]
        said = [m for c in here.parse.clauses if c.kind == "complement" for m in mentions.of_group(here, c.subject)]
        for clause in here.parse.clauses:
            if clause.kind == "main" and clause.subject is not None and len(clause.subject.members) > 1:
                self.discourse.note_pair(mentions.of_group(here, clause.subject))
        parties = [p.mention for f in made for p in f.parties]
        self.discourse.note_persons([*main, *said, *parties])
        self.discourse.note_bodies([*said, *main, *parties])
        happened = [f for f in made if f.status == "occurred" and f.goes_on is None]
        self.last = happened[-1] if happened else self.last
        placed = next((f for f in happened if f.places), None)
        self.there = next((f for f in reversed(happened) if f.places), self.there)
        if placed is not None:
            known = _occasions(here, definite=True)
            told = [n for n in _occasions(here) if n not in known or n not in self.spots]
            spots = tuple(p for p in placed.places if self._is_spot(p))
            self.spots.update(dict.fromkeys(told if spots else (), (placed.block, spots)))
        self.meeting = next((f for f in reversed(happened) if f.type == "CONSULT"), self.meeting)
        self.inherited = timing.handed_on(self.inherited, [f.date for f in made if f.core], whens, block)

    def _is_spot(self, place: Mention) -> bool:
        """True for a town, camp or province, in which an occasion can be; not for a country that it is about."""
        known = self.discourse.knowledge.places
        return not any(known[c.id].precision in {"country", "none"} for c in place.candidates)

    def _where(self, here: Scene, found: Found) -> tuple[Mention, ...]:
        """Where the occasion that the sentence speaks of was told to be (`on the sidelines of the trade summit`)."""
        for noun in _occasions(here, definite=True):
            block, places = self.spots.get(noun, (found.block - 99, ()))
            if found.block - block <= _SPOKEN_DAYS:
                return places
        return ()

    def _still_there(self, here: Scene, found: Found) -> tuple[Mention, ...]:
        """Where somebody was told to act in this passage on the day on which he goes on to act."""
        there = self.there
        if there is None or there.block != found.block or found.status != "occurred":
            return ()
        if there.type in timing.VERBAL or (there.type in _DEEDS and found.type not in _DEEDS):
            return ()
        if (there.date.start, there.date.end) != (found.date.start, found.date.end):
            return ()
        deed = found.type not in timing.VERBAL | {"CONSULT", "AGREE"}
        if deed and any(w.text.lower() in _ANOTHER for w in here.parse.words):
            return ()
        mine = [p.mention for p in found.parties if p.role != "target" and not p.mention.modifier]
        theirs = [p.mention for p in there.parties if p.role != "target" and not p.mention.modifier]
        shared = any(_same(m, other) for m in mine for other in theirs)
        return tuple(p for p in there.places if self._is_spot(p)) if shared else ()

    def _on_the_day(self, found: Found) -> Found:
        """What somebody says a few passages on, without a date, he said on the day told before."""
        names = [p.mention.name for p in found.parties if p.role == "source"]
        if found.date.basis == "report-day" and found.type in timing.VERBAL:
            for name in names:
                block, told = self.spoke.get(name, (found.block - 99, UNDATED))
                if found.block - block <= _SPOKEN_DAYS and timing.nearby(told, found.date):
                    found = replace(found, date=told.model_copy(update={"basis": "relative", "as_written": None}))
                    break
        if found.date.precision == "day" and found.date.basis in {"explicit", "relative"} and found.core:
            self.spoke.update(dict.fromkeys(names, (found.block, found.date)))
        return found


def _occasions(here: Scene, definite: bool = False) -> list[str]:
    """The nouns of events that a sentence speaks of, or only those told before (`the raids`); `meet` is a meeting."""
    parse = here.parse
    phrases = [p for i in parse.items if (p := i.phrase) is not None]
    if definite:
        phrases = [p for p in phrases if parse.words[p.first].text.lower() in _DEFINITE]
    nouns = [singular(parse.words[p.head].text.lower()) for p in phrases]
    done = [] if definite else [_NAMED_AFTER.get(w.lemma, w.lemma) for w in parse.words if w.tag.startswith("VB")]
    return [n for n in dict.fromkeys((*nouns, *done)) if n in _EVENTS]


def _more_words(candidate: Candidate, found: Found, last: Found) -> bool:
    """True for what somebody goes on to say after he has been told to speak, write or meet."""
    if found.type != "STATEMENT" or candidate.lemma not in _SAYS or found.date.basis == "explicit":
        return False
    if last.type not in timing.VERBAL | {"CONSULT"}:
        return False
    speakers = [[p.mention for p in f.parties if p.role != "target" and not p.mention.modifier] for f in (found, last)]
    return any(_same(a, b) for a in speakers[0] for b in speakers[1])


def _demand_of(found: Found, last: Found) -> bool:
    """True for what the demonstrators told of before call for."""
    if last.type != "PROTEST" or found.type not in HEARD["PROTEST"] or found.date.basis == "explicit":
        return False
    acting = [p.mention for p in found.parties if p.role == "source"]
    return any(m.head in DEMONSTRATORS or any(_same(m, p.mention) for p in last.parties) for m in acting)


def _more_praise(found: Found, last: Found) -> bool:
    """True for further words of praise by the same speaker, which are one act of support."""
    return found.type == "SUPPORT" and found.date.basis != "explicit" and _one_speaker(found, last)


def _more_refusal(candidate: Candidate, found: Found, last: Found) -> bool:
    """True for `we will not accept`, which only says again what the speaker has been told to refuse."""
    return found.type == "REJECT" and candidate.lemma in _YIELDING and _one_speaker(found, last)


def _one_speaker(found: Found, last: Found) -> bool:
    speakers = [[p.mention for p in f.parties if p.role == "source" and not p.mention.modifier] for f in (found, last)]
    return any(_same(a, b) for a in speakers[0] for b in speakers[1])


def _is_detail(found: Found, meeting: Found) -> bool:
    """True for what somebody says of the others at a meeting just told: praise, thanks, an offer."""
    if found.type not in _TALK and not (found.type == "REQUEST" and not any(p.role == "target" for p in found.parties)):
        return False
    if found.block != meeting.block or found.date.basis == "explicit":
        return False
    acting = [p.mention for p in found.parties if p.role != "target" and not p.mention.modifier]
    people = [m for m in acting if m.kind == "person" or m.stands_for or m.title]
    return any(_same(a, p.mention) for a in people or acting for p in meeting.parties)


def _same(a: Mention, b: Mention) -> bool:
    """True when two mentions name one party: by a common meaning, or by the family name."""
    ids = {c.id for c in (*a.candidates, *a.side)} & {c.id for c in (*b.candidates, *b.side)}
    last = [m.name.split()[-1].strip("’'").lower() if m.name.split() else "" for m in (a, b)]
    return bool(ids) or (last[0] == last[1] != "")


def _same_occasion(here: Scene, last: Found, found: Found) -> bool:
    """True when the sentence speaks of the occasion told before: `at the summit`, `during the visit`."""
    words = here.parse.words
    named = any(w.text.lower() in _OCCASIONS and words[n].text.lower() in _DEFINITE for n, w in enumerate(words[1:]))
    if found.type not in {last.type, "STATEMENT", "AGREE", "CONSULT", "SUPPORT"}:
        return False
    return named or (last.date == found.date and timing.continues(here))


def _refers_back(here: Scene, candidate: Candidate) -> bool:
    """True when the sentence goes on about the event told before.

    What acts is that event (`the attack killed two`), what is attended is (`attended the
    summit`), or those acted on are known already (`took knives from the suspects`).
    """
    clause = next((c for c in here.parse.clauses if c.item == candidate.item), None)
    if clause is None:
        return False
    words = here.parse.words
    group = clause.object if candidate.type == "CONSULT" else None if clause.passive else clause.subject
    phrase = group.members[0] if group is not None else None
    if phrase is not None and phrase.last - phrase.first <= 2 and words[phrase.first].text.lower() in _DEFINITE:
        return singular(words[phrase.head].text.lower()) in _EVENTS
    acted_on = [p.mention for p in candidate.parties if p.role != "source"]
    acted_on += [m for _, hung in clause.preps for m in mentions.of_group(here, hung)]
    return any(m.kind == "described" and m.definite and m.plural and not m.side for m in acted_on)
