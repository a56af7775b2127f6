"""Mentions: persons, bodies, described parties, states and places, as written in noun phrases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import extract, yamlio
from briefgen.extract import events, mentions
from briefgen.extract.events import Reader
from briefgen.extract.mentions import Mention, Scene
from briefgen.knowledge import Knowledge

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "mentions.yml")
PIECES = st.sampled_from(
    ["Foreign Minister ", "Gen. ", "Karim ", "Bello ", "Iranian ", "Israel's ", "officials ", "the group ", "He ",
     "of ", "Hamas ", "and ", ", ", "northern ", "Mali ", "-", "’", "met ", "by ", "A. ", "van der ",
     "(", ")", "“", "\u202e"]
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


def named(here: Scene) -> list[Mention]:
    """Every mention of a sentence, phrase by phrase, places last in each."""
    phrases = [item.phrase for item in here.parse.items if item.phrase is not None]
    return [m for p in phrases for m in (*mentions.of_phrase(here, p), *mentions.places_in(here, p))]


def seen(mention: Mention) -> dict[str, Any]:
    return {
        "kind": mention.kind,
        "title": mention.title,
        "side": [c.id for c in mention.side],
        "ids": [c.id for c in mention.candidates],
        "how": sorted({c.how for c in mention.candidates}),
        "head": mention.head,
        "modifier": mention.modifier,
        "plural": mention.plural,
        "definite": mention.definite,
        "number": mention.number,
        "owner": mention.owner,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:50])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    found = named(events.scene(reader, case["text"]))
    for text, expect in case["mentions"].items():
        fitting = [seen(m) for m in found if m.text == text and m.kind == expect.get("kind", m.kind)]
        assert fitting, [m.text for m in found]
        assert {key: fitting[0][key] for key in expect} == expect
    for text in case.get("not", ()):
        assert text not in [m.text for m in found if m.kind in {"name", "person", "body"}]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    assert {m["kind"] for case in CASES for m in case["mentions"].values()} == {
        "name", "person", "body", "described", "pronoun", "thing", "place"
    }  # fmt: skip


def test_a_mention_is_what_stands_in_the_text(reader: Reader) -> None:
    @settings(max_examples=60)
    @given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
    def holds(text: str) -> None:
        for mention in named(events.scene(reader, text)):
            start, end = mention.span
            assert 0 <= start < end <= len(text)
            assert text[start:end] == mention.text == mention.name
            assert mention.kind not in {"name", "place"} or mention.candidates
            for candidate in mention.candidates:
                known = reader.knowledge.places if candidate.kind == "place" else reader.knowledge.actors
                assert candidate.id in known

    holds()
