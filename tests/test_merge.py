"""Merging: pairs that tell one event, pairs that do not, and what a merged event is made of."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest

from briefgen import merge, yamlio
from briefgen.model import UNDATED, Block, Event, EventActor, EventDate, EventPlace, Evidence, Report

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "merge.yml")


def day(words: str) -> dt.date:
    return dt.date(2024, 4, int(words)) if len(words) <= 2 else dt.date.fromisoformat(words)


def date(words: str) -> EventDate:
    """`24`, `24..26`, `~26` (the report's day), `?` (unknown)."""
    if words == "?":
        return UNDATED
    bare = words.lstrip("~")
    start, _, end = bare.partition("..")
    return EventDate(
        start=day(start), end=day(end or start), precision="period" if end else "day",
        basis="report-day" if words != bare else "explicit", as_written=None if words != bare else bare,
    )  # fmt: skip


def actor(words: str) -> EventActor:
    id_, role, side = [*words.split(":"), None][:3]
    return EventActor.model_validate({"id": id_, "name": id_, "role": role, "as_written": str(id_), "side": side})


def told(*tellings: dict[str, Any]) -> tuple[list[Event], Report, str]:
    """Events as read from a report with such sentences."""
    text, events = "", []
    blocks: list[Block] = []
    for number, telling in enumerate(tellings):
        says = telling["says"]
        start, end = len(text), len(text) + len(says)
        name, _, precision = telling.get("place", "").partition("/")
        place = {"id": name.lower(), "name": name, "as_written": name, "precision": precision or "none"}
        events.append(
            Event(
                id=f"e-{number:012d}", report="r", date=date(telling["date"]), type=telling["type"],
                actors=tuple(actor(a) for a in telling["actors"]),
                places=(EventPlace.model_validate(place),) if name else (),
                fatalities=telling.get("fatalities"), count=telling.get("count"),
                weapons=tuple(telling.get("weapons", ())),
                evidence=(Evidence(quote=says, span=(start, end), citations=(f"c-{number}",)),),
                citations=(f"{number}",), confidence=0.6,
            )
        )  # fmt: skip
        if telling.get("together") and blocks:
            blocks[-1] = blocks[-1].model_copy(update={"span": (blocks[-1].span[0], end)})
        else:
            blocks.append(Block(span=(start, end), kind=telling["kind"]))
        text += says + " "
    report = Report(
        id="r", seed="a.txt", sha256="0" * 64, span=(0, len(text)), title=None, publisher=None, blocks=tuple(blocks),
        layout="generic",
    )  # fmt: skip
    return events, report, text


def merged(*tellings: dict[str, Any]) -> tuple[Event, ...]:
    return merge.merge(*told(*tellings))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{'one' if case['same'] else 'two'}: {case['b']['says'][:40]}"
)
def test_pair(case: dict[str, Any]) -> None:
    assert len(merged(case["a"], case["b"])) == (1 if case["same"] else 2)


def test_pairwise_f1(capsys: pytest.CaptureFixture[str]) -> None:
    got = [(case["same"], len(merged(case["a"], case["b"])) == 1) for case in CASES]
    right = sum(same and one for same, one in got)
    wrong = sum(one and not same for same, one in got)
    missed = sum(same and not one for same, one in got)
    f1 = 2 * right / (2 * right + wrong + missed)
    with capsys.disabled():
        print(f"\nmerge: pairwise F1 {f1:.2f} over {len(got)} pairs ({wrong} wrong, {missed} missed)")
    assert len(got) >= 25
    assert f1 >= 0.9


TAKEAWAY = CASES[1]["a"]
SECTION = CASES[1]["b"]


def test_the_section_leads_and_gives_the_id() -> None:
    (event,) = merged(TAKEAWAY, SECTION)
    assert event.id == "e-000000000001"
    assert [e.quote for e in event.evidence] == [SECTION["says"], TAKEAWAY["says"]]
    assert event.citations == ("1", "0")
    assert event.confidence > 0.6
    assert [a.id for a in event.actors] == ["ali", "arda", "omar", "beta"]


def test_a_truncated_telling_never_leads() -> None:
    cut = {**SECTION, "says": SECTION["says"].rstrip(".") + " and other…"}
    for pair in itertools.permutations([cut, SECTION]):
        (event,) = merged(*pair)
        assert not event.evidence[0].quote.endswith("…")


def test_missing_facts_come_from_the_other_telling() -> None:
    first, second = CASES[4]["a"], CASES[4]["b"]
    (event,) = merged(first, {**second, "weapons": ["drone"]})
    assert (event.fatalities, event.weapons, event.places[0].name) == (2, ("drone",), "Zabol")


def test_the_written_date_wins_over_the_day_of_the_report() -> None:
    (event,) = merged({**SECTION, "date": "~26"}, {**TAKEAWAY, "date": "24"})
    assert event.date.start == dt.date(2024, 4, 24)


def test_one_sentence_that_tells_two_things_stays_two() -> None:
    events, report, text = told(SECTION)
    other = events[0].model_copy(update={"id": "e-x", "type": "AGREE"})
    assert len(merge.merge([*events, other], report, text)) == 2


def test_nothing_is_lost_or_made_up_and_order_is_kept() -> None:
    tellings = [case[key] for case in CASES for key in ("a", "b")]
    events, report, text = told(*tellings)
    out = merge.merge(events, report, text)
    assert sorted(e.span for event in out for e in event.evidence) == sorted(e.evidence[0].span for e in events)
    assert {e.id for e in out} <= {e.id for e in events}
    firsts = [min(e.span for e in event.evidence) for event in out]
    assert firsts == sorted(firsts)
    assert merge.merge(events, report, text) == out


def test_an_added_event_changes_no_other_id() -> None:
    events, report, text = told(CASES[4]["a"], CASES[12]["a"], CASES[19]["a"])
    before = {e.id for e in merge.merge(events[:2], report, text)}
    assert before <= {e.id for e in merge.merge(events, report, text)}
