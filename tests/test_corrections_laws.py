"""Laws of corrections: their order, their repetition, and that they survive what the machine reads next time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import corrections, knowledge, records
from briefgen.model import Event, EventActor, EventDate, Evidence, Record, Report, Seed, Sidecar

KNOWN = knowledge.load()
SENTENCES = [f"The {a} met the {b} in hall {n}." for n, (a, b) in enumerate([("Reds", "Blues")] * 8)]
TEXT = " ".join(SENTENCES)
TYPES = ("CONSULT", "AID", "ASSAULT", "ACCUSE")


def spans() -> list[tuple[int, int]]:
    found, at = [], 0
    for sentence in SENTENCES:
        start = TEXT.index(sentence, at)
        at = start + len(sentence)
        found.append((start, at))
    return found


REPORT = Report(
    id="r", seed="a.txt", sha256="0" * 64, span=(0, len(TEXT)), title=None, publisher=None, layout="generic"
)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Event, ...]:
    """What some version of the rules reads: any of the events, in any order, with any facts."""
    numbers = draw(st.permutations(range(len(SENTENCES))))
    return tuple(draw(event(n)) for n in numbers[: draw(st.integers(6, 8))])


@st.composite
def event(draw: st.DrawFn, n: int) -> Event:
    start, end = spans()[n]
    day = dt.date(2024, 1, draw(st.integers(1, 28)))
    return Event(
        id=f"e-{n}", report="r", date=EventDate(start=day, end=day, precision="day", basis="explicit"),
        type=draw(st.sampled_from(TYPES)), fatalities=draw(st.none() | st.integers(0, 9)),
        confidence=draw(st.floats(0, 1)), shown=draw(st.booleans()),
        status=draw(st.sampled_from(["occurred", "planned", "denied"])),
        actors=(EventActor(id=draw(st.sampled_from(["reds", "blues"])), name="X", role="source", as_written="X"),),
        evidence=(Evidence(quote=TEXT[start:end], span=(start, end)),),
    )  # fmt: skip


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(TYPES),
        "fatalities": st.none() | st.integers(0, 99),
        "date": st.sampled_from(["2024-02-03", "2024-05", "unknown"]),
        "actors": st.sampled_from([{"source": "iran"}, {"target": ["hamas", "israel"]}, []]),
        "shown": st.booleans(),
        "status": st.sampled_from(["occurred", "planned"]),
    },
).filter(bool)


def about(n: int) -> st.SearchStrategy[dict[str, Any]]:
    """One correction of event `n` alone."""
    name = {"event": f"e-{n}"}
    return st.one_of(
        FIELDS.map(lambda fields: {"action": "set", **name, "fields": fields}),
        st.just({"action": "confirm", **name}),
        st.just({"action": "drop", **name, "why": "x"}),
        st.lists(FIELDS, min_size=2, max_size=3).map(
            lambda parts: {"action": "split", **name, "parts": [{"fields": fields} for fields in parts]}
        ),
        FIELDS.map(
            lambda fields: {"action": "add", "quote": f"in hall {n}", "fields": {"type": "AGREE", **fields}, "why": "x"}
        ),
    )


def apply(events: tuple[Event, ...], found: Sequence[Mapping[str, object]]) -> Record:
    seed = Seed(
        name="a.txt", sha256="0" * 64, text=TEXT, sidecar=Sidecar.model_validate({"corrections": found})
    )  # fmt: skip
    (made,) = corrections.apply([Record(report=REPORT, events=events)], seed, KNOWN)
    return made


def by_id(record: Record) -> dict[str, Event]:
    return {e.id: e for e in record.events}


ALL = tuple(range(6))


@st.composite
def independent(draw: st.DrawFn) -> tuple[tuple[Event, ...], list[dict[str, Any]]]:
    """A reading, and corrections of events of it, one each."""
    events = draw(readings())
    numbers = sorted(int(e.id[2:]) for e in events)
    chosen = draw(st.lists(st.sampled_from(numbers), unique=True, max_size=5))
    return events, [draw(about(n)) for n in chosen]


@settings(max_examples=40)
@given(independent(), st.randoms(use_true_random=False))
def test_corrections_of_different_events_may_stand_in_any_order(
    given_: tuple[tuple[Event, ...], list[dict[str, Any]]], chance: Any
) -> None:
    events, found = given_
    shuffled = list(found)
    chance.shuffle(shuffled)
    one, two = apply(events, found), apply(events, shuffled)
    assert by_id(one) == by_id(two)
    assert sorted(map(repr, one.corrections)) == sorted(map(repr, two.corrections))


@settings(max_examples=40)
@given(independent())
def test_the_same_input_gives_the_same_record_and_it_keeps_on_disk(
    given_: tuple[tuple[Event, ...], list[dict[str, Any]]],
) -> None:
    events, found = given_
    before = tuple(e.model_copy(deep=True) for e in events)
    made = apply(events, found)
    assert made == apply(events, found)
    assert events == before, "what the machine read was changed"
    again = records.parse(records.dump(made), "x")
    assert records.dump(again) == records.dump(made)
    assert again.corrections == made.corrections
    assert by_id(again).keys() == by_id(made).keys()


@settings(max_examples=40)
@given(readings(), st.integers(0, 7), FIELDS)
def test_setting_twice_is_setting_once(events: tuple[Event, ...], n: int, fields: dict[str, Any]) -> None:
    if f"e-{n}" not in {e.id for e in events}:
        return
    correction = {"action": "set", "event": f"e-{n}", "fields": fields}
    assert by_id(apply(events, [correction])) == by_id(apply(events, [correction, correction]))


@settings(max_examples=40)
@given(readings(), FIELDS, FIELDS)
def test_the_last_word_counts_field_by_field(
    events: tuple[Event, ...], one: dict[str, Any], two: dict[str, Any]
) -> None:
    id_ = events[0].id
    apart = [{"action": "set", "event": id_, "fields": fields} for fields in (one, two)]
    made, together = (
        by_id(apply(events, found))[id_]
        for found in (apart, [{"action": "set", "event": id_, "fields": {**one, **two}}])
    )
    for name in {*one, *two} - {"shown", "status"}:
        assert getattr(made, name) == getattr(together, name)
    assert made.machine == together.machine, "the machine's reading is the first one, not a corrected one"


@settings(max_examples=40)
@given(readings(), readings(), FIELDS)
def test_a_correction_survives_whatever_the_next_rules_read(
    before: tuple[Event, ...], after: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    """OpenCTI #8325, #11794: an import must never overwrite what an analyst said."""
    shared = sorted({e.id for e in before} & {e.id for e in after})
    id_ = shared[0]
    found: list[dict[str, Any]] = [{"action": "set", "event": id_, "fields": fields},
             {"action": "add", "quote": "in hall 7", "fields": {"type": "AGREE"}},
             {"action": "drop", "event": shared[1], "why": "x"}]  # fmt: skip
    old, new = by_id(apply(before, found)), by_id(apply(after, found))
    for name in fields:
        assert getattr(old[id_], name) == getattr(new[id_], name)
    assert old[id_].review == new[id_].review == "corrected"
    assert shared[1] not in new
    (added,) = [e for e in new.values() if e.rule == "added by a reader"]
    assert added == old[added.id]
    untouched = {e.id: e for e in after if e.id not in shared[:2]}
    assert {i: e for i, e in new.items() if i in untouched} == untouched, "no other event is touched"


@settings(max_examples=40)
@given(independent())
def test_every_quote_is_verbatim_and_every_id_its_own(
    given_: tuple[tuple[Event, ...], list[dict[str, Any]]],
) -> None:
    made = apply(*given_)
    assert len(by_id(made)) == len(made.events)
    for one in made.events:
        assert all(TEXT[slice(*item.span)] == item.quote for item in one.evidence)
        assert (one.review == "machine") <= (one.machine is None)
