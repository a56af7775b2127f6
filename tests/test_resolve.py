"""Resolution: names, offices, sides, places and theaters of events, and ids that stay."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import extract, resolve, yamlio
from briefgen.extract import events
from briefgen.extract.events import Reader
from briefgen.knowledge import Knowledge
from briefgen.model import Event
from briefgen.resolve import offices, parties
from told import DAY, report

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "resolve.yml")


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


def resolved(reader: Reader, *passages: str | dict[str, Any], **more: Any) -> tuple[Event, ...]:
    made, text = report(passages, **more)
    return resolve.resolve(events.of_report(reader, made, text), made, reader.knowledge, text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    passage = {"text": case["text"], "section": case.get("section")}
    (event,) = resolved(reader, passage, published=case.get("published", DAY))
    expect = case["expect"]
    seen: dict[str, Any] = {
        "source": sorted(a.id for a in event.actors if a.role == "source"),
        "target": sorted(a.id for a in event.actors if a.role == "target"),
        "participant": sorted(a.id for a in event.actors if a.role == "participant"),
        "unknown": sorted(a.id for a in event.actors if not a.known),
        "titles": {a.id: a.title for a in event.actors if a.title},
        "sides": {a.id: a.side for a in event.actors if a.side},
        "places": [p.id for p in event.places],
        "named": [p.name for p in event.places],
        "precision": [p.precision for p in event.places],
        "theaters": list(event.theaters),
        "theater": event.theaters[0],
        "fatalities": event.fatalities,
        "injuries": event.injuries,
        "attributed_to": list(event.attributed_to),
        "certainty": event.certainty,
    }
    for key in ("source", "target", "participant", "unknown"):
        if key in expect:
            expect = {**expect, key: sorted(expect[key])}
    assert {key: seen[key] for key in expect} == expect
    for actor in event.actors:
        assert actor.known == (actor.id in reader.knowledge.actors)
        if actor.known:
            assert actor.name == reader.knowledge.actors[actor.id].name
    for place in event.places:
        assert place.as_written in case["text"]


def test_a_dateline_says_whose_soldiers_they_are(reader: Reader) -> None:
    told = "Soldiers took up positions around the port on Thursday."
    (filed,) = resolved(reader, f"PORT-AU-PRINCE, Haiti (Agency) - {told}")
    assert "haiti" in {a.id for a in filed.actors}
    (elsewhere,) = resolved(reader, told)
    assert "haiti" not in {a.id for a in elsewhere.actors}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    assert sum(bool(case["expect"].get("unknown")) for case in CASES) >= 3


@pytest.mark.parametrize(
    ("person", "day", "side"),
    [
        ("kaja-kallas", "2022-06-01", "estonia"),
        ("kaja-kallas", "2025-02-01", "european-union"),
        ("mark-rutte", "2023-01-10", "netherlands"),
        ("mark-rutte", "2025-01-10", "nato"),
    ],
)
def test_an_office_is_held_at_a_date(person: str, day: str, side: str, everything_known: Knowledge) -> None:
    actor = everything_known.actors[person]
    found = offices.affiliation(actor, everything_known, dt.date.fromisoformat(day))
    assert found is not None
    assert found.id == side


def test_ids_do_not_depend_on_what_follows(reader: Reader) -> None:
    told = ("Rwandan troops attacked Goma on April 24.", "Kenya condemned Rwanda.")
    before = [e.id for e in resolved(reader, *told)]
    after = [e.id for e in resolved(reader, *told, "Uganda arrested two men in Kampala on April 25.")]
    assert len(before) == 2
    assert after[:2] == before
    assert len(set(after)) == len(after) == 3


def test_ids_tell_reports_and_sentences_apart(reader: Reader) -> None:
    made, text = report(["Kenya condemned Rwanda.", "Kenya condemned Rwanda."])
    found = list(events.of_report(reader, made, text))
    one = [e.id for e in resolve.resolve(found, made, reader.knowledge, text)]
    other = [
        e.id for e in resolve.resolve(found, made.model_copy(update={"id": "other"}), reader.knowledge, text)
    ]  # fmt: skip
    assert len({*one, *other}) == 4
    assert all(re.fullmatch(r"e-[0-9a-f]{12}", id_) for id_ in (*one, *other))


def test_a_report_further_down_its_seed_has_the_same_ids(reader: Reader) -> None:
    made, text = report(["Kenya condemned Rwanda."])
    shift = 1000
    moved = made.model_copy(
        update={
            "span": (shift, shift + len(text)),
            "blocks": tuple(b.model_copy(update={"span": (b.span[0] + shift, b.span[1] + shift)}) for b in made.blocks),
        }
    )
    longer = " " * shift + text
    one = resolve.resolve(events.of_report(reader, made, text), made, reader.knowledge, text)
    two = resolve.resolve(events.of_report(reader, moved, longer), moved, reader.knowledge, longer)
    assert [e.id for e in one] == [e.id for e in two]
    assert two[0].evidence[0].span == (shift, shift + len("Kenya condemned Rwanda."))


@given(st.text(min_size=1))
def test_a_slug_is_never_empty_and_safe_in_addresses(name: str) -> None:
    made = parties.slug(name)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made)
    assert made == parties.slug(name)
    assert len(made) <= 80


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("María Corina Machado", "maria-corina-machado"),
        ("O’Brien", "obrien"),
        ("Jimmy Chérizier", "jimmy-cherizier"),
        ("  Two  Words ", "two-words"),
    ],
)
def test_slug(name: str, made: str) -> None:
    assert parties.slug(name) == made


@pytest.mark.parametrize("pair", [("Сергей", "Иван"), ("علي", "حسن"), ("--", "?")])
def test_names_in_other_scripts_do_not_fall_together(pair: tuple[str, str]) -> None:
    assert parties.slug(pair[0]) != parties.slug(pair[1])
