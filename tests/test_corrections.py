"""Corrections: people have the last word, and a correction that fits nothing is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from briefgen import corrections, knowledge, records
from briefgen.errors import CorrectionError
from briefgen.model import (
    Assessment,
    Block,
    Citation,
    Correction,
    Event,
    EventActor,
    EventDate,
    Evidence,
    Mark,
    Record,
    Report,
    Seed,
    Sidecar,
)

TEXT = "Ali met Omar in Muscat. Guns fired at dawn."
KNOWN = knowledge.load()


def event(id_: str, start: int, end: int, **more: Any) -> Event:
    return Event(
        id=id_,
        report="r",
        date=EventDate(start=dt.date(2024, 4, 26), end=dt.date(2024, 4, 26), precision="day", basis="report-day"),
        type="CONSULT",
        evidence=(Evidence(quote=TEXT[start:end], span=(start, end)),),
        confidence=0.3,
        shown=False,
        **more,
    )


def applied(*found: Correction) -> list[Record]:
    report = Report(
        id="r", seed="a.txt", sha256="0" * 64, span=(0, len(TEXT)), title=None, publisher=None, layout="generic"
    )
    made = Record(report=report, events=(event("e-aaaaaaaaaaaa", 0, 23), event("e-bbbbbbbbbbbb", 24, 43)))
    seed = Seed(name="a.txt", sha256="0" * 64, text=TEXT, sidecar=Sidecar(corrections=found))
    return corrections.apply([made], seed, KNOWN)


def one(action: str, id_: str = "e-aaaaaaaaaaaa", quote: str = "", **fields: Any) -> Correction:
    return Correction.model_validate(
        {"event": id_, "action": action, "fields": fields, "why": "it fired at dawn", "quote": quote}
    )


def test_set_keeps_what_the_machine_read() -> None:
    changed = applied(one("set", type="ASSAULT", fatalities=3))[0].events[0]
    assert (changed.type, changed.fatalities, changed.review) == ("ASSAULT", 3, "corrected")
    assert changed.machine == {"type": "CONSULT", "fatalities": None}
    assert (changed.confidence, changed.shown) == (1.0, True)


def test_set_takes_the_form_of_the_record() -> None:
    date = {"start": dt.date(2024, 4, 25), "end": "2024-04-25", "precision": "day", "basis": "explicit"}
    changed = applied(one("set", date=date, evidence=[{"quote": "Guns fired", "span": [24, 34]}]))[0].events[0]
    assert changed.date.start == dt.date(2024, 4, 25)
    assert changed.evidence[0].span == (24, 34)


def test_later_corrections_keep_the_first_reading() -> None:
    changed = applied(one("set", type="ASSAULT"), one("set", type="THREATEN", shown=False))[0].events[0]
    assert (changed.type, changed.machine, changed.shown) == ("THREATEN", {"type": "CONSULT", "shown": False}, False)


def test_drop_and_confirm() -> None:
    events = applied(one("drop"), one("confirm", "e-bbbbbbbbbbbb"))[0].events
    assert [(e.id, e.review, e.shown, e.machine) for e in events] == [("e-bbbbbbbbbbbb", "confirmed", True, None)]


def test_a_plan_stays_hidden_when_confirmed() -> None:
    assert not applied(one("set", status="planned"))[0].events[0].shown


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ((one("drop", "e-aaaaaaaaaaab"),), r"nearest: e-aaaaaaaaaaaa CONSULT ‘Ali met Omar"),
        ((one("drop", "zzz"),), r"no event of this seed has that id.*nearest: e-bbbbbbbbbbbb"),
        ((one("drop", "zzz", quote="Ali has met Omar at Muscat"),), r"nearest: e-aaaaaaaaaaaa [^;]*% alike\)"),
        ((one("drop"), one("confirm")), "was dropped by a correction before"),
        ((one("set"),), "without any field"),
        ((one("set", tipe="ASSAULT"),), "did you mean 'type'"),
        ((one("set", id="e-1"),), "cannot be set"),
        ((one("set", type="ATTACK"),), "key type"),
        ((one("set", date={"start": "soon"}),), r"key date\.start"),
        ((one("set", evidence=[{"quote": "Guns", "span": [0, 4]}]),), "is not the quote 'Guns'"),
    ],
)
def test_what_fits_nothing(found: tuple[Correction, ...], says: str) -> None:
    with pytest.raises(CorrectionError, match=says) as error:
        applied(*found)
    assert error.value.file == "seeds/a.txt.yml"
    assert error.value.where.startswith(f"corrections, no. {len(found)}, event ")


LONG = (
    "The Reds met the Blues in Basra on Monday.[1] They signed a pact. Guns fired at dawn. Guns fired at dawn.\n"
    "Red envoys and a Blue\nenvoy spoke by phone."
)


def whole(*found: dict[str, Any], text: str = LONG, former: Event | None = None) -> Record:
    """One record with three events of `LONG`, corrected."""
    spans = [(0, 42), (46, 65), (66, 85)]
    report = Report(
        id="r", seed="a.txt", sha256="0" * 64, span=(0, len(text)), title=None, publisher=None, layout="generic",
        blocks=(Block(span=(0, len(text)), kind="paragraph"),),
        citations=(Citation(id="c-1", marker="1"),), marks=(Mark(span=(42, 45), citation="c-1"),),
    )  # fmt: skip
    reds = EventActor(id="reds", name="Reds", role="source", as_written="Reds", known=False)
    blues = EventActor(id="blues", name="Blues", role="target", as_written="Blues", known=False, side="reds")
    events = tuple(
        Event(
            id=f"e-{n}", report="r", date=EventDate(start=None, end=None, precision="unknown", basis=None),
            type="CONSULT", actors=(reds, blues), attributed_to=("Reds",), confidence=0.7, fatalities=n or None,
            evidence=(Evidence(quote=text[a:b], span=(a, b)),),
        )
        for n, (a, b) in enumerate(spans)
    )  # fmt: skip
    judged = Assessment(
        id="a-1", report="r", quote="x", span=(0, 1), term="may", who="analysts", actors=("blues", "reds")
    )
    record = Record(report=report, events=events, assessments=(judged,))
    sidecar = Sidecar.model_validate({"corrections": found})
    seed = Seed(name="a.txt", sha256="0" * 64, text=text, sidecar=sidecar)
    (made,) = corrections.apply([record], seed, KNOWN, lambda id_: former)
    assert all(text[slice(*item.span)] == item.quote for event in made.events for item in event.evidence)
    assert len({event.id for event in made.events}) == len(made.events)
    return made


def test_every_correction_is_kept_in_the_record_with_who_and_why() -> None:
    made = whole({"action": "drop", "event": "e-1", "why": "no news", "who": "A. B.", "when": "2024-05-03"},
                 {"action": "confirm", "event": "e-0"})  # fmt: skip
    assert [(c.action, c.event, c.why, c.who, str(c.when)) for c in made.corrections] == [
        ("drop", "e-1", "no news", "A. B.", "2024-05-03"),
        ("confirm", "e-0", "", "", "None"),
    ]
    assert [[e.id for e in c.machine] for c in made.corrections] == [["e-1"], []]
    assert records.parse(records.dump(made), "x").corrections == made.corrections


def test_add_an_event_with_its_quote() -> None:
    fields = {"type": "AGREE", "date": "2024-04", "actors": {"source": "iran", "target": ["iraq"]}, "places": ["basra"],
              "theaters": "iraq"}  # fmt: skip
    made = whole({"action": "add", "quote": "signed a\n pact", "fields": fields})
    assert [e.id for e in made.events[:2]] == ["e-0", "e-1"]
    event = made.events[2]
    assert (event.type, event.evidence[0].quote, event.evidence[0].span) == ("AGREE", "signed a pact", (51, 64))
    assert (event.review, event.machine, event.rule, event.shown) == ("corrected", None, "added by a reader", True)
    assert (str(event.date.start), str(event.date.end), event.date.precision) == ("2024-04-01", "2024-04-30", "month")
    assert [(a.id, a.name, a.role) for a in event.actors] == [("iran", "Iran", "source"), ("iraq", "Iraq", "target")]
    assert (event.places[0].id, event.places[0].lat) == ("basra", KNOWN.places["basra"].lat)
    assert [c.event for c in made.corrections] == [event.id]


def test_an_added_event_rests_on_the_citation_called_behind_its_words() -> None:
    made = whole({"action": "add", "quote": "the Blues in Basra on Monday.", "fields": {"type": "AID"}})
    event = next(e for e in made.events if e.type == "AID")
    assert (event.evidence[0].citations, event.citations) == (("c-1",), ("1",))


def test_an_added_event_keeps_its_id_whatever_else_is_corrected() -> None:
    add = {"action": "add", "quote": "signed a pact", "fields": {"type": "AGREE"}}
    alone = whole(add).events[2].id
    other = {"action": "add", "quote": "The Reds met the Blues", "fields": {"type": "AID"}}
    more = whole(
        other, {"action": "drop", "event": "e-0", "why": "x"}, {**add, "fields": {"type": "AGREE", "count": 2}}
    )
    assert alone in [e.id for e in more.events]


def test_a_quote_that_stands_twice_is_told_apart_by_its_place() -> None:
    add = {"action": "add", "quote": "Guns fired at dawn.", "fields": {"type": "ASSAULT"}}
    with pytest.raises(CorrectionError, match=r"stand 2 times in the text.*add `at:` 66, 86"):
        whole(add)
    assert whole({**add, "at": 86}).events[-1].evidence[0].span == (86, 105)


def test_an_added_event_can_be_corrected_further_and_still_says_that_it_was_added() -> None:
    add = {"action": "add", "quote": "signed a pact", "fields": {"type": "AGREE"}}
    id_ = whole(add).corrections[0].event
    made = whole(add, {"action": "set", "event": id_, "fields": {"fatalities": 0}})
    event = next(e for e in made.events if e.id == id_)
    assert (event.fatalities, event.machine, event.review) == (0, None, "corrected")


def test_merge_takes_evidence_and_the_facts_that_were_missing() -> None:
    made = whole({"action": "merge", "event": "e-0", "others": ["e-1", "e-2"]})
    (event,) = made.events
    assert (event.id, len(event.evidence), event.fatalities, event.review) == ("e-0", 3, 1, "corrected")
    assert event.machine is not None
    assert set(event.machine) == {"evidence", "fatalities"}
    assert [e.id for e in made.corrections[0].machine] == ["e-1", "e-2"]


def test_split_makes_events_that_say_of_which_they_were_a_part() -> None:
    met = {"quote": "The Reds met", "fields": {"type": "CONSULT"}}
    made = whole({"action": "split", "event": "e-0", "parts": [met, {"quote": "in Basra", "fields": {"type": "AID"}}]})
    first, second = made.events[:2]
    assert (first.id, first.evidence[0].quote, first.machine and set(first.machine)) == (
        "e-0", "The Reds met", {"type", "evidence", "citations"},
    )  # fmt: skip
    assert (second.type, second.evidence[0].quote) == ("AID", "in Basra")
    assert second.machine is not None
    assert second.machine["id"] == "e-0"
    assert [e.id for e in made.events[2:]] == ["e-1", "e-2"]
    assert [e.id for e in made.corrections[0].machine] == ["e-0"]
    assert len(made.corrections) == 1


def test_actors_that_are_one() -> None:
    made = whole({"action": "merge-actors", "actor": "iran", "others": ["reds", "blues"]})
    for event in made.events:
        assert [(a.id, a.name, a.role, a.as_written, a.side) for a in event.actors] == [
            ("iran", "Iran", "source", "Reds", None)
        ]
        assert (event.attributed_to, event.review, event.confidence) == (("Iran",), "corrected", 0.7)
        assert event.machine is not None
        assert set(event.machine) == {"actors", "attributed_to"}
    assert made.assessments[0].actors == ("iran",)
    assert [(c.action, c.actor) for c in made.corrections] == [("merge-actors", "iran")]


def test_an_actor_that_is_two() -> None:
    made = whole({"action": "split-actor", "actor": "reds", "becomes": "Red Guards", "events": ["e-1"]})
    assert [e.actors[0].id for e in made.events] == ["reds", "red-guards", "reds"]
    assert [e.review for e in made.events] == ["machine", "corrected", "machine"]
    assert made.events[1].actors[0].name == "Red Guards"
    assert not made.events[1].actors[0].known


def test_hidden_stays_hidden_until_somebody_shows_it() -> None:
    hide = {"action": "set", "event": "e-0", "fields": {"shown": False}}
    assert not whole(hide, {"action": "set", "event": "e-0", "fields": {"type": "AID"}}).events[0].shown
    assert not whole(hide, {"action": "confirm", "event": "e-0"}).events[0].shown
    assert whole(hide, {"action": "set", "event": "e-0", "fields": {"shown": True}}).events[0].shown


@pytest.mark.parametrize(
    ("written", "start", "end", "precision"),
    [
        (dt.date(2024, 4, 26), "2024-04-26", "2024-04-26", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        (2023, "2023-01-01", "2023-12-31", "year"),
        ("2024-04-26/2024-05-02", "2024-04-26", "2024-05-02", "period"),
        ("2023-11/2024-02", "2023-11-01", "2024-02-29", "period"),
        ("unknown", "None", "None", "unknown"),
    ],
)
def test_short_dates(written: object, start: str, end: str, precision: str) -> None:
    date = whole({"action": "set", "event": "e-0", "fields": {"date": written}}).events[0].date
    assert (str(date.start), str(date.end), date.precision) == (start, end, precision)


def setting(**fields: Any) -> dict[str, Any]:
    return {"action": "set", "event": "e-0", "fields": fields}


ADD = {"action": "add", "quote": "signed a pact", "fields": {"type": "AGREE"}}
BAD: list[tuple[list[dict[str, Any]], str]] = [
    ([{"action": "drop", "event": "e-0"}], "`drop` needs `why:`"),
    ([{"action": "add", "fields": {"type": "AID"}}], "`add` needs `quote:`"),
    ([{"action": "merge", "event": "e-0"}], "`merge` needs `others:`"),
    ([{"action": "split", "event": "e-0", "parts": [{}]}], "needs two parts"),
    ([{"action": "confirm", "event": "e-0", "fields": {"type": "AID"}}], "`fields:` does not belong to `confirm`"),
    ([{"action": "drop", "event": "e-0", "why": "x", "at": 3}], "`at:` does not belong to `drop`"),
    ([{**ADD, "quote": "signed the pact"}], "no such words.*verbatim; nearest: 'They signed a pact"),
    ([{**ADD, "quote": "   "}], "the quote is empty"),
    ([{**ADD, "at": 3}], "no such words at 3"),
    ([{**ADD, "fields": {"count": 3}}], "needs a type"),
    ([{**ADD, "report": "s"}], "no report of this seed has the id 's' .they are r"),
    ([ADD, ADD], "the same event is there already"),
    ([{"action": "merge", "event": "e-0", "others": ["e-0"]}], "cannot be merged with itself"),
    ([{"action": "merge", "event": "e-0", "others": ["e-1"]}, setting() | {"event": "e-1"}],
     "no. 2, event e-1: e-1 was merged into e-0 by a correction before"),
    ([{"action": "merge", "event": "e-0", "others": ["e-9"]}], "no event of this seed has that id: e-9"),
    ([{"action": "merge-actors", "actor": "iran", "others": ["redss"]}], "no actor of this seed.*nearest: reds"),
    ([{"action": "merge-actors", "actor": "irann", "others": ["reds"]}], "no actor has the id 'irann'.*mean iran"),
    ([{"action": "split-actor", "actor": "iraq", "becomes": "iran", "events": ["e-0"]}], "no actor of event e-0"),
    ([setting(date="soon")], "'soon' is no date .write 2024-04-26"),
    ([setting(date="2024-05/2024-04")], "ends before it begins"),
    ([setting(date={"start": "2024-05-02", "end": "2024-05-01", "precision": "day", "basis": "explicit"})],
     "key date: an end on or after 2024-05-02 was expected, not 2024-05-01 .write it as the record does"),
    ([setting(actors={"source": "hammas"})], "no actor has the id 'hammas' .did you mean .*hamas"),
    ([setting(actors=["hamas"])], "an actor needs a role"),
    ([setting(actors=[{"role": "source"}])], "needs an id, or a name"),
    ([setting(places="bassra")], "no place has the id 'bassra' .did you mean .*basra"),
    ([setting(theaters=["irak"])], "no theater has the id 'irak' .did you mean .*iraq"),
    ([setting(evidence=[])], "needs evidence .to take it away, use `drop`"),
    ([setting(evidence=["They signed nothing"])], "no such words"),
    ([setting(rule="x")], "cannot be set"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "says"), BAD, ids=[says[:40] for _, says in BAD])
def test_what_is_written_wrong(found: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(CorrectionError, match=says) as error:
        whole(*found)
    assert "\n" not in str(error.value)


def test_a_lost_event_is_found_by_the_words_it_rested_on_before() -> None:
    """What the last build kept helps a correction that was written without a quote."""
    former = (
        whole()
        .events[1]
        .model_copy(update={"id": "e-then", "evidence": (Evidence(quote="something else", span=(46, 60)),)})
    )
    with pytest.raises(CorrectionError, match=r"nearest: e-1 CONSULT ‘They signed a pact\.’, 100 % alike"):
        whole({"action": "confirm", "event": "e-then"}, former=former)


def test_an_added_event_that_the_program_reads_by_now_is_a_warning() -> None:
    made = whole({"action": "add", "quote": "signed a pact", "fields": {"type": "CONSULT"}})
    seed = Seed(name="a.txt", sha256="0" * 64, text=LONG)
    (told,) = corrections.doubled([made], seed)
    assert "the program reads e-1 from the same words now" in str(told)
    assert corrections.doubled([whole(ADD)], seed) == []
