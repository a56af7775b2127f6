"""Words: tags and base forms of words that are easily taken for something else, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import extract, yamlio
from briefgen.extract import events
from briefgen.extract.events import Reader
from briefgen.grammar.inflection import inflect, plural, singular
from briefgen.grammar.tagger import Tagger
from briefgen.grammar.words import Word
from briefgen.knowledge import Knowledge

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "words.yml")
TAGGER = Tagger(["attack", "meet", "strike", "call for"], ["meeting"])
PIECES = st.sampled_from(
    ["The ", "army ", "attacked ", "that ", "to ", "meeting ", "’s ", "'", "“", "[12]", "[", "]", "U.S. ", "Gen. ",
     "12", ".5%", "-", "--", "…", "al-", "é", "\u202e", "\x00", "\ud83d", "\n", "at least ", "May ", "been ", "_"]
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


def said_of(words: tuple[Word, ...], word: str, what: str) -> str:
    """Tag or lemma of every occurrence of `word`, joined by blanks."""
    return " ".join(str(getattr(w, what)) for w in words if w.text == word)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:50])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    words = events.scene(reader, case["text"]).parse.words
    for what, expect in (("tag", case.get("tags", {})), ("lemma", case.get("lemmas", {}))):
        assert {word: said_of(words, word, what) for word in expect} == expect


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    assert all(case.get("tags") or case.get("lemmas") for case in CASES)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text())
def test_words_are_where_they_say(text: str) -> None:
    last = 0
    for word in TAGGER.words(text):
        assert last <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.text
        assert word.tag and word.lemma
        last = word.end


@given(st.lists(PIECES, max_size=25).map("".join), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80))))
def test_nothing_but_blanks_and_marks_is_left_out(text: str, names: list[tuple[int, int]]) -> None:
    kept = set[int]()
    for word in TAGGER.words(text, names):
        kept.update(range(word.start, word.end))
    left = "".join(" " if n in kept else c for n, c in enumerate(text))
    assert left.replace("[12]", "").strip() == ""


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("attack", "attack attacks attacked attacking"),
        ("deny", "deny denies denied denying"),
        ("raze", "raze razes razed razing"),
        ("expel", "expel expels expelled expelling"),
        ("shell", "shell shells shelled shelling"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("strike", "strike strikes struck striking"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("hit", "hit hits hitting"),
        ("flee", "flee flees fled fleeing"),
        ("launch", "launch launches launched launching"),
        ("travel", "travel travels traveled travelled traveling travelling"),
    ],
)
def test_inflected(verb: str, forms: str) -> None:
    assert set(inflect(verb)) == set(forms.split())


@pytest.mark.parametrize(
    "pair", ["attack attacks", "embassy embassies", "clash clashes", "gunman gunmen", "ambush ambushes", "envoy envoys"]
)
def test_plural_and_back(pair: str) -> None:
    one, many = pair.split()
    assert plural(one) == many
    assert singular(many) == one


@pytest.mark.parametrize("word", ["barracks", "headquarters", "gas", "chaos", "crisis", "virus", "congress"])
def test_no_plural(word: str) -> None:
    assert singular(word) == word
