"""How well the extraction does on annotated reports, and that it gets no worse unnoticed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefgen import build, yamlio
from briefgen.build import Reading
from briefgen.errors import BriefError
from briefgen.evaluation import Row, changes, intervals, overall, rows
from briefgen.evaluation.annotations import Annotation, Told, annotation, passage
from briefgen.evaluation.scoring import Figures, actor_f1, figures, outcomes
from briefgen.evaluation.table import agreement
from briefgen.knowledge import Knowledge
from gate import HERE, UNSEEN, accuracy, sample


def told(quote: str, **fields: object) -> Told:
    given: dict[str, object] = {
        "type": "ASSAULT",
        "date": ("2024-04-26", "2024-04-26"),
        "actors": ("Hamas", "Israel"),
        "theaters": frozenset({"gaza-strip"}),
        "places": (),
        "citations": ("i",),
        "passages": (passage(quote),),
        "quote": quote,
    }
    return Told(**(given | fields))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def table(reading: Reading) -> tuple[Row, ...]:
    return rows(sample(), reading.records)


def score(gold: Sequence[Told], found: Sequence[Told]) -> Figures:
    return figures(outcomes(Annotation("part", "seed", (0, 1), 1, tuple(gold), {}), found))


def told_wrong(row: Row) -> list[str]:
    return [
        f"{'missed' if one.gold else 'too much'}: {one.gold or one.found}"
        for one in row.readings[0]
        if one.gold is None or (one.found is None and one.gold.core)
    ]


def test_no_figure_falls_under_its_floor(table: tuple[Row, ...]) -> None:
    floors: dict[str, float] = yamlio.read(HERE / "floors.yml")
    reached = overall(table).figures
    faults = [f"{row.part}: {told}" for row in table for told in told_wrong(row)]
    low = [f"{name}: {reached[name]:.3f}, floor {floor}" for name, floor in floors.items() if reached[name] < floor]
    assert not low, "\n".join([*low, "", *faults])


def test_what_the_method_page_says_is_what_is_measured(reading: Reading, everything_known: Knowledge) -> None:
    fresh = build.read(UNSEEN, everything_known)
    assert not fresh.problems
    said = accuracy.FILE.read_text(encoding="utf-8") if accuracy.FILE.is_file() else ""
    assert said == accuracy.document(reading.records, fresh.records), "run `make accuracy` and commit what changes"
    assert build.accuracy() is not None


def test_the_seeds_are_those_that_were_annotated(root: Path) -> None:
    for readings in sample().values():
        assert len(readings) == 2
        for gold in readings:
            text = (root / "seeds" / gold.seed).read_bytes().decode()
            lost = [event.quote for event in gold.events if _flat(event.quote) not in _flat(text)]
            assert not lost, gold.part


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_annotators_agree_far_more_than_the_floors_ask() -> None:
    floors: dict[str, float] = yamlio.read(HERE / "floors.yml")
    possible = overall(agreement(sample())).figures
    assert possible["strict_f1"] == pytest.approx(0.90, abs=0.02)
    assert all(possible[name] > floor for name, floor in floors.items())


SENTENCE = "Hamas fighters fired mortars at Israeli forces in Zaytoun on April 26."


def test_a_perfect_reading_scores_one() -> None:
    one = [told(SENTENCE), told("Israel struck Rafah overnight, killing four people.", places=("Rafah",))]
    assert set(score(one, one).values()) == {1.0}


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
    result = score([told(SENTENCE)], [told(SENTENCE, **change)])
    assert result["f1"] == 1.0
    assert result[figure] == 0.0
    if figure in ("type", "date_overlap", "actor_f1"):
        assert result["strict_f1"] == 0.0


def test_missed_and_too_much() -> None:
    strange = told("The weather was fine in the whole of the country.")
    assert score([told(SENTENCE)], [strange])["f1"] == 0.0
    both = [told(SENTENCE), strange]
    assert score(both, [told(SENTENCE)])["recall_core"] == 0.5
    assert score([told(SENTENCE)], both)["precision"] == 0.5
    assert score([told(SENTENCE), told(strange.quote, core=False)], [told(SENTENCE)])["recall_core"] == 1.0


def test_aliases_of_the_annotators_are_one_actor() -> None:
    gold, found = told(SENTENCE, actors=("Islamic Republic of Iran",)), told(SENTENCE, actors=("Tehran",))
    assert actor_f1(gold, found, {}) == 0.0
    assert actor_f1(gold, found, {"tehran": "islamic republic iran"}) == 1.0


def reading(*found: Told) -> Row:
    gold = Annotation("part", "seed", (0, 1), 1, (told(SENTENCE), told("Israel struck Rafah overnight.")), {})
    some = outcomes(gold, found)
    return Row("part", figures(some), 2, (some,))


def test_what_changed_is_told_by_sentence() -> None:
    weather = told("The weather was fine in the whole of the country.")
    old, new = reading(told(SENTENCE, type="CONSULT"), weather), reading(told(SENTENCE))
    assert changes([new], [old]) == [
        f"part found, not right -> right: ASSAULT {SENTENCE}",
        f"part too much, gone: ASSAULT {weather.quote}",
    ]
    assert changes([reading()], [new]) == [f"part right -> missed: ASSAULT {SENTENCE}"]
    assert changes([new], [new]) == []


def test_an_interval_holds_its_figure_and_is_the_same_each_time() -> None:
    some = [reading(told(SENTENCE)), reading(told(SENTENCE, type="CONSULT"))]
    spread = intervals(some, draws=200)
    whole = overall(some).figures
    assert all(low <= whole[name] <= high for name, (low, high) in spread.items())
    assert spread["strict_f1"][0] < spread["strict_f1"][1]
    assert spread == intervals(some, draws=200)


@pytest.mark.parametrize(
    ("text", "said"), [("{", "no annotation of events"), ('{"seed": "a"}', "key reports"), ("[]", "no annotation")]
)
def test_a_broken_annotation_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "one.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BriefError, match=said) as raised:
        annotation(path)
    assert str(path) in str(raised.value)
