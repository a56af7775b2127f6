"""Clauses: who does what to whom in sentences of news, and what holds for any words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import extract, yamlio
from briefgen.extract import events
from briefgen.extract.events import Reader
from briefgen.grammar import clauses
from briefgen.grammar.clauses import Clause, Parse
from briefgen.grammar.groups import Group
from briefgen.grammar.words import Word
from briefgen.knowledge import Knowledge

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "clauses.yml")
TAGS = st.sampled_from(
    ["DT", "NN", "NNS", "NNP", "JJ", "CD", "PRP", "PRP$", "POS", "IN", "TO", "VB", "VBD", "VBZ", "VBP", "VBN", "VBG",
     "MD", "RB", "CC", "WP", "WDT", "THAT", "SC", "WRB", "PDT", ",", ".", ";", ":", "(", ")", "“", "”", "—", "[", "]"]
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


def group(parse: Parse, found: Group | None) -> str | None:
    """Members joined by `+`, each attachment in brackets with how it hangs on."""
    if found is None:
        return None
    hung = [f"({how} {parse.text(phrase)})" for how, phrase in found.attached]
    return " ".join([" + ".join(parse.text(p) for p in found.members), *hung])


def seen(parse: Parse, clause: Clause) -> dict[str, Any]:
    governor = parse.clauses[clause.governor].lemma if clause.governor is not None else None
    said = clause.complement
    return {
        "kind": clause.kind,
        "subject": group(parse, clause.subject),
        "object": group(parse, clause.object),
        "preps": {word: group(parse, found) for word, found in clause.preps},
        "under": governor,
        "says": None if said is None else parse.words[parse.items[said].first].text,
        **{f: getattr(clause, f) for f in ("passive", "negated", "modal", "perfect", "pluperfect", "gerund")},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:50])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    parse = events.scene(reader, case["text"]).parse
    found = {clause.lemma: seen(parse, clause) for clause in parse.clauses}
    for verb, expect in case["clauses"].items():
        assert {key: found[verb][key] for key in expect} == expect
    if case.get("no_more"):
        assert sorted(found) == sorted(case["clauses"])


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    assert {c["kind"] for case in CASES for c in case["clauses"].values() if "kind" in c} == {
        "main", "relative", "participle", "infinitive", "complement"
    }  # fmt: skip


def sentence(tags: list[str]) -> tuple[Word, ...]:
    """Words with such tags; what they are does not matter."""
    said = {"THAT": "that", "WP": "who", "TO": "to", "CC": "and", "IN": "by", "SC": "as", "MD": "will"}
    words: list[Word] = []
    for tag in tags:
        start = words[-1].end + 1 if words else 0
        text = said.get(tag, tag.lower())
        words.append(Word(start, start + len(text), text, tag, text))
    return tuple(words)


@given(st.lists(TAGS, max_size=40))
def test_any_words_are_taken_apart(tags: list[str]) -> None:
    parse = clauses.parse(sentence(tags))
    at = 0
    for item in parse.items:
        assert item.first == at < item.last
        at = item.last
    assert at == len(tags)
    for number, clause in enumerate(parse.clauses):
        item = parse.items[clause.item]
        assert item.kind == "VG"
        assert item.first <= clause.verb < item.last
        assert clause.governor is None or clause.governor < number
        assert clause.complement is None or clause.complement > clause.item
        groups = [clause.subject, clause.object, *(found for _, found in clause.preps)]
        for phrase in (p for g in groups if g is not None for p in g.phrases):
            assert 0 <= phrase.first <= phrase.head < phrase.last <= len(tags)


@given(st.lists(TAGS, max_size=30))
def test_the_same_words_make_the_same_parse(tags: list[str]) -> None:
    assert clauses.parse(sentence(tags)) == clauses.parse(sentence(tags))
