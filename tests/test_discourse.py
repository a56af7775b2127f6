"""Antecedents: whom pronouns and short descriptions mean, over the passages of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefgen import extract, resolve, yamlio
from briefgen.extract import events
from briefgen.extract.discourse import Discourse
from briefgen.extract.events import Reader
from briefgen.extract.mentions import Mention
from briefgen.knowledge import Knowledge
from told import report

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "discourse.yml")


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[-60:])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    made, text = report(case["text"])
    found = list(events.of_report(reader, made, text))
    known = resolve.resolve(found, made, reader.knowledge, text)
    ((_, event),) = [(f, e) for f, e in zip(found, known, strict=True) if text[slice(*f.trigger)] == case["event"]]
    actors: dict[str, list[str]] = {}
    for actor in event.actors:
        actors.setdefault(actor.role, []).append(actor.id)
    expect = {role: ids for role, ids in case.get("actors", {}).items() if ids}
    assert {role: sorted(ids) for role, ids in actors.items() if role in case.get("actors", {})} == {
        role: sorted(ids) for role, ids in expect.items()
    }
    assert [place.name for place in event.places] == case.get("places", [place.name for place in event.places])
    assert event.theaters[0] == case.get("theater", event.theaters[0])
    for actor in event.actors:
        assert actor.as_written in text


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    nobody = [case for case in CASES if not any(case.get("actors", {"": [""]}).values())]
    assert len(nobody) >= 3, "what points to nobody needs proof as well"


def person(name: str, title: str = "") -> Mention:
    return Mention(name, (0, len(name)), "person", title=title, head="person")


def pronoun(word: str) -> Mention:
    return Mention(word, (90, 90 + len(word)), "pronoun", head=word)


@pytest.fixture
def discourse(everything_known: Knowledge) -> Discourse:
    return Discourse(everything_known)


def test_the_subject_of_a_sentence_is_nearer_than_its_object(discourse: Discourse) -> None:
    discourse.note_persons([person("Ann Bell"), person("Carl Dorn")])
    (meant,) = discourse.resolve(pronoun("he"))
    assert (meant.name, meant.text, meant.span) == ("Ann Bell", "he", (90, 92))


def test_somebody_spoken_of_last_is_nearest(discourse: Discourse) -> None:
    for name in ("Ann Bell", "Carl Dorn", "Ann Bell"):
        discourse.note_persons([person(name)])
    assert [m.name for m in discourse.resolve(pronoun("she"))] == ["Ann Bell"]


def test_after_some_passages_nobody_is_meant(discourse: Discourse) -> None:
    discourse.note_persons([person("Ann Bell")])
    for _ in range(2):
        discourse.turn()
    assert discourse.resolve(pronoun("she"))
    for _ in range(3):
        discourse.turn()
    assert discourse.resolve(pronoun("she")) == ()


def test_a_new_passage_parts_the_two(discourse: Discourse) -> None:
    pair = [person("Ann Bell"), person("Carl Dorn")]
    discourse.note_pair(pair)
    assert [m.name for m in discourse.resolve(pronoun("they"))] == ["Ann Bell", "Carl Dorn"]
    discourse.turn()
    assert discourse.resolve(pronoun("they")) == ()


def test_one_alone_is_no_pair(discourse: Discourse) -> None:
    discourse.note_pair([person("Ann Bell")])
    assert discourse.resolve(pronoun("both")) == ()


def test_a_pronoun_is_no_antecedent(discourse: Discourse) -> None:
    discourse.note_persons([pronoun("he")])
    assert discourse.resolve(pronoun("he")) == ()


def test_a_minister_is_found_by_his_title(discourse: Discourse) -> None:
    discourse.note_persons([person("Ann Bell", "Foreign Minister")])
    discourse.note_persons([person("Carl Dorn", "General")])
    minister = Mention("minister", (90, 98), "described", head="minister", definite=True)
    assert [m.name for m in discourse.resolve(minister)] == ["Ann Bell"]


def test_a_name_means_itself(discourse: Discourse) -> None:
    ann = person("Ann Bell")
    assert discourse.resolve(ann) == (ann,)
