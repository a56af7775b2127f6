"""Sentences: what they must be, that nothing gets lost, and that long text takes linear time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import yamlio
from briefgen.grammar import sentences

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "sentences.yml")
PIECES = st.sampled_from(
    ["Word", "word", ". ", ".", "…", "[12]", "[iv]", "U.S.", " ", "\n", "\n\n", "• ", "1. ", "”", '"', "(Fars, May 3)",
     "December 7", "The ", "!", "?", "é", "‮", "Gen.", "\x00", "\r\n"]
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:40])
def test_cut(case: dict[str, Any]) -> None:
    text = str(case["text"])
    assert [text[a:b] for a, b in sentences.split(text, (0, len(text)))] == case["expect"]


@given(st.lists(PIECES).map("".join) | st.text())
def test_nothing_is_lost(text: str) -> None:
    spans = sentences.split(text, (0, len(text)))
    assert list(spans) == sorted(spans)
    last = 0
    for start, end in [*spans, (len(text), len(text))]:
        assert last <= start
        gap = text[last:start]
        assert re.fullmatch(r"(?:\s|[•▪◦‣●■*–-]|\d{1,3}[.)]|[a-z][.)]|\[\w{1,9}\])*", gap), gap
        last = end
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""


@given(st.text(alphabet="ab. [1]\n", max_size=60), st.text(max_size=9))
def test_offsets_do_not_depend_on_what_stands_around(text: str, before: str) -> None:
    alone = sentences.split(text, (0, len(text)))
    inside = sentences.split(before + text + before, (len(before), len(before) + len(text)))
    assert inside == tuple((a + len(before), b + len(before)) for a, b in alone)


def test_more_abbreviations() -> None:
    text = "Hojj. Karimi left. He slept."
    assert len(sentences.split(text, (0, len(text)))) == 3
    assert len(sentences.split(text, (0, len(text)), frozenset({"Hojj."}))) == 2


@pytest.mark.parametrize("piece", ["Word. ", ".", "[1] ", ". [1][2]", "\n \n", '."A', "(x, ", "U.S. "])
@pytest.mark.timeout(120)
def test_hostile_text_comes_to_an_end(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert all(start < end for start, end in sentences.split(text, (0, len(text))))
