"""Which events a sentence tells: several in one, one told twice, one with each of those met apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefgen import extract, yamlio
from briefgen.extract import events
from briefgen.extract.events import Reader
from briefgen.knowledge import Knowledge
from told import DAY, report

CASES: list[dict[str, Any]] = yamlio.read(Path(__file__).parent / "cases" / "events.yml")


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any], reader: Reader) -> None:
    made, text = report([case["text"]], DAY)
    found = [f for f in events.of_report(reader, made, text) if f.status != "planned"]
    assert [f.type for f in found] == [kind for kind, *_ in case["events"]]
    parties = [{p.mention.text for p in f.parties} for f in found]
    others = [{name for _, *names in case["events"] for name in names} - set(mine) for _, *mine in case["events"]]
    for have, (_, *mine), elsewhere in zip(parties, case["events"], others, strict=True):
        assert set(mine) <= have
        assert not have & elsewhere
