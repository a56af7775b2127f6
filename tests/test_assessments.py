"""Assessments: the estimative word, its band, and whose judgment a sentence tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefgen import yamlio
from briefgen.extract import assessments
from briefgen.knowledge.schema import Language
from briefgen.model import Block, BlockKind, Citation, Mark, Report

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yamlio.read(HERE / "cases" / "assessments.yml")
DATA = HERE.parent / "briefgen" / "knowledge" / "data" / "language.yml"


@pytest.fixture(scope="module")
def language() -> Language:
    return yamlio.model(Language, yamlio.read(DATA), str(DATA))


def report(*parts: tuple[BlockKind, str]) -> tuple[Report, str]:
    """A report of such blocks, and its text."""
    text, blocks = "", []
    for kind, part in parts:
        cited = "c-1" if kind == "excerpt" else None
        blocks.append(Block(span=(len(text), len(text) + len(part)), kind=kind, section="North", citation=cited))
        text += part + "\n\n"
    cited_item = Citation(id="c-1", marker="The Paper, May 3", outlet_name="The Paper")
    marks = tuple(Mark(span=(at, at + 3), citation="c-1") for at in [text.find("[1]")] if at >= 0)
    made = Report(
        id="r", seed="a.txt", sha256="0" * 64, span=(0, len(text)), title=None, publisher="weekly-brief",
        citations=(cited_item,), blocks=tuple(blocks), marks=marks, layout="generic",
    )  # fmt: skip
    return made, text


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:50])
def test_case(case: dict[str, Any], language: Language) -> None:
    made, text = report(("paragraph", case["text"]))
    found = assessments.read(made, text, language)
    if case["expect"] is None:
        assert found == ()
        return
    (judgment,) = found
    expect = case["expect"]
    likelihood = tuple(expect["likelihood"]) if expect["likelihood"] else None
    assert (judgment.term, judgment.likelihood, judgment.who) == (expect["term"], likelihood, expect["who"])
    assert text[slice(*judgment.sentence)] == case["text"]
    assert text[slice(*judgment.term_span)] == judgment.term


def test_a_takeaway_that_repeats_a_section_is_told_once(language: Language) -> None:
    made, text = report(("takeaway", "The front may move."), ("paragraph", "The front may move.[1] It is cold."))
    (judgment,) = assessments.read(made, text, language)
    assert (judgment.block, judgment.citations, judgment.section) == (1, ("c-1",), "North")
    assert text[slice(*judgment.sentence)] == "The front may move.[1]"


def test_an_excerpt_speaks_for_its_outlet(language: Language) -> None:
    made, text = report(("excerpt", "The front may move."))
    assert assessments.read(made, text, language)[0].who == "The Paper"


def test_a_quotation_of_nobody_is_nobodys_judgment(language: Language) -> None:
    made, text = report(("paragraph", "They left, sure that “the front may move.”"))
    assert assessments.read(made, text, language) == ()


def test_only_what_tells_news_is_read(language: Language) -> None:
    made, text = report(
        ("heading", "The front may move."), ("caption", "It may rain."), ("boilerplate", "You may also like")
    )
    assert assessments.read(made, text, language) == ()
