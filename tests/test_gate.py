"""How well the extraction does on annotated reports, and that it gets no worse unnoticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefgen import build, yamlio
from briefgen.build import Reading
from briefgen.knowledge import Knowledge
from gate import accuracy, score
from gate.score import Told


def told(quote: str, **fields: object) -> Told:
    given: dict[str, object] = {
        "type": "ASSAULT",
        "date": ("2024-04-26", "2024-04-26"),
        "actors": ("Hamas", "Israel"),
        "theaters": frozenset({"gaza-strip"}),
        "places": (),
        "citations": ("i",),
        "passages": (score.passage(quote),),
        "quote": quote,
    }
    return Told(**(given | fields))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def table(reading: Reading) -> dict[str, score.Result]:
    return score.table(reading.records)


def test_no_figure_falls_under_its_floor(table: dict[str, score.Result]) -> None:
    for part, result in table.items():
        print(f"{part:8} {result.gold:5.1f} annotated {result.extracted:4} shown", end=" ")
        print(*(f"{name}={value:.3f}" for name, value in result.figures.items()))
    floors: dict[str, float] = yamlio.read(score.HERE / "floors.yml")
    reached = table["overall"].figures
    low = [f"{name}: {reached[name]:.3f}, floor {floor}" for name, floor in floors.items() if reached[name] < floor]
    assert not low, "\n".join([*low, "", "missed:", *table["overall"].missed, "", "too much:", *table["overall"].extra])


def test_what_the_method_page_says_is_what_is_measured(reading: Reading, everything_known: Knowledge) -> None:
    fresh = build.read(score.UNSEEN, everything_known)
    assert not fresh.problems
    said = accuracy.FILE.read_text(encoding="utf-8") if accuracy.FILE.is_file() else ""
    assert said == accuracy.document(reading.records, fresh.records), "run `make accuracy` and commit what changes"
    assert build.accuracy() is not None


def test_the_seeds_are_those_that_were_annotated(root: Path) -> None:
    for annotator in score.ANNOTATORS:
        for path in sorted((score.HERE / annotator).glob("*.json")):
            gold = score.annotation(path)
            text = (root / "seeds" / gold.seed).read_bytes().decode()
            lost = [event.quote for event in gold.events if _flat(event.quote) not in _flat(text)]
            assert not lost, path


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_annotators_agree_far_more_than_the_floors_ask() -> None:
    floors: dict[str, float] = yamlio.read(score.HERE / "floors.yml")
    possible = score.ceiling().figures
    assert possible["strict_f1"] == pytest.approx(0.90, abs=0.02)
    assert all(possible[name] > floor for name, floor in floors.items())


SENTENCE = "Hamas fighters fired mortars at Israeli forces in Zaytoun on April 26."


def test_a_perfect_reading_scores_one() -> None:
    one = [told(SENTENCE), told("Israel struck Rafah overnight, killing four people.", places=("Rafah",))]
    assert set(score.score(one, one, {}).figures.values()) == {1.0}


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"type": "CONSULT"}, "type"),
        ({"date": ("2024-04-27", "2024-04-27")}, "date_exact"),
        ({"date": None}, "date_overlap"),
        ({"actors": ("Lebanon",)}, "actor_f1"),
        ({"theaters": frozenset({"iraq"})}, "theater"),
        ({"citations": ("ii",)}, "citation_recall"),
    ],
)
def test_what_is_wrong_costs_its_own_figure(change: dict[str, object], figure: str) -> None:
    result = score.score([told(SENTENCE)], [told(SENTENCE, **change)], {})
    assert result.figures["f1"] == 1.0
    assert result.figures[figure] == 0.0
    if figure in ("type", "date_overlap", "actor_f1"):
        assert result.figures["strict_f1"] == 0.0


def test_missed_and_too_much() -> None:
    result = score.score([told(SENTENCE)], [told("The weather was fine in the whole of the country.")], {})
    assert result.figures["f1"] == 0.0
    assert (len(result.missed), len(result.extra)) == (1, 1)
    background = score.score([told(SENTENCE, core=False)], [], {})
    assert background.missed == ()


def test_aliases_of_the_annotators_are_one_actor() -> None:
    gold, found = told(SENTENCE, actors=("Islamic Republic of Iran",)), told(SENTENCE, actors=("Tehran",))
    assert score.actor_f1(gold, found, {}) == 0.0
    assert score.actor_f1(gold, found, {"tehran": "islamic republic iran"}) == 1.0
