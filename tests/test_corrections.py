"""Corrections: people have the last word, and a correction that fits nothing is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from briefgen import corrections
from briefgen.errors import CorrectionError
from briefgen.model import Correction, Event, EventDate, Evidence, Record, Report, Seed, Sidecar

TEXT = "Ali met Omar in Muscat. Guns fired at dawn."


def event(id_: str, start: int, end: int, **more: Any) -> Event:
    return Event(
        id=id_,
        report="r",
        date=EventDate(start=dt.date(2024, 4, 26), end=dt.date(2024, 4, 26), precision="day", basis="report-day"),
        type="CONSULT",
        evidence=(Evidence(quote=TEXT[start:end], span=(start, end)),),
        confidence=0.3,
        shown=False,
        **more,
    )


def applied(*found: Correction) -> list[Record]:
    report = Report(
        id="r", seed="a.txt", sha256="0" * 64, span=(0, len(TEXT)), title=None, publisher=None, layout="generic"
    )
    made = Record(report=report, events=(event("e-aaaaaaaaaaaa", 0, 23), event("e-bbbbbbbbbbbb", 24, 43)))
    seed = Seed(name="a.txt", sha256="0" * 64, text=TEXT, sidecar=Sidecar(corrections=found))
    return corrections.apply([made], seed)


def one(action: str, id_: str = "e-aaaaaaaaaaaa", **fields: Any) -> Correction:
    return Correction.model_validate({"event": id_, "action": action, "fields": fields, "why": "it fired at dawn"})


def test_set_keeps_what_the_machine_read() -> None:
    changed = applied(one("set", type="ASSAULT", fatalities=3))[0].events[0]
    assert (changed.type, changed.fatalities, changed.review) == ("ASSAULT", 3, "corrected")
    assert changed.machine == {"type": "CONSULT", "fatalities": None}
    assert (changed.confidence, changed.shown) == (1.0, True)


def test_set_takes_the_form_of_the_record() -> None:
    date = {"start": dt.date(2024, 4, 25), "end": "2024-04-25", "precision": "day", "basis": "explicit"}
    changed = applied(one("set", date=date, evidence=[{"quote": "Guns fired", "span": [24, 34]}]))[0].events[0]
    assert changed.date.start == dt.date(2024, 4, 25)
    assert changed.evidence[0].span == (24, 34)


def test_later_corrections_keep_the_first_reading() -> None:
    changed = applied(one("set", type="ASSAULT"), one("set", type="THREATEN", shown=False))[0].events[0]
    assert (changed.type, changed.machine, changed.shown) == ("THREATEN", {"type": "CONSULT", "shown": False}, False)


def test_drop_and_confirm() -> None:
    events = applied(one("drop"), one("confirm", "e-bbbbbbbbbbbb"))[0].events
    assert [(e.id, e.review, e.shown, e.machine) for e in events] == [("e-bbbbbbbbbbbb", "confirmed", True, None)]


def test_a_plan_stays_hidden_when_confirmed() -> None:
    assert not applied(one("set", status="planned"))[0].events[0].shown


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ((one("drop", "e-aaaaaaaaaaab"),), r"nearest: e-aaaaaaaaaaaa \('Ali met Omar"),
        ((one("drop", "zzz"),), r"no event of this seed has that id.*nearest: e-bbbbbbbbbbbb"),
        ((one("drop"), one("confirm")), "was dropped by a correction before"),
        ((one("set"),), "without any field"),
        ((one("set", tipe="ASSAULT"),), "did you mean 'type'"),
        ((one("set", id="e-1"),), "cannot be set"),
        ((one("set", type="ATTACK"),), "key type"),
        ((one("set", date={"start": "soon"}),), r"key date\.start"),
        ((one("set", evidence=[{"quote": "Guns", "span": [0, 4]}]),), "is not the quote 'Guns'"),
    ],
)
def test_what_fits_nothing(found: tuple[Correction, ...], says: str) -> None:
    with pytest.raises(CorrectionError, match=says) as error:
        applied(*found)
    assert error.value.file == "seeds/a.txt.yml"
    assert error.value.where.startswith(f"corrections, no. {len(found)}, event ")
