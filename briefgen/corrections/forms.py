"""Fields as people write them, in the form of the record; and events with these fields."""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from briefgen.corrections import naming, passages
from briefgen.corrections.desk import ADDED, Desk
from briefgen.model import SHOWN, UNDATED, Event, Evidence, Report

_FIXED = ("id", "report", "review", "machine", "rule")
"""Fields that say which event it is and how it came to be; no correction sets them."""
_LISTS = ("attributed_to", "theaters", "weapons", "citations")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def sure(event: Event, update: Mapping[str, object]) -> Event:
    """`event` with `update`, taken for sure, and shown when it is told as an event, unless a person hid it."""
    certain = {} if "confidence" in (event.machine or {}) else {"confidence": 1.0}
    made = event.model_copy(update={**certain, **update})
    hidden = event.review == "corrected" and event.status in SHOWN and not event.shown
    if "shown" in update or hidden:
        return made
    return made.model_copy(update={"shown": made.status in SHOWN})


def changed(event: Event, fields: Mapping[str, object], desk: Desk) -> Event:
    """`event` with `fields`, checked as any event of a record is, and what the machine had read beside it."""
    full = _full(event, fields, desk)
    made = _valid({**event.model_dump(mode="json"), **full}, desk)
    return updated(event, {name: getattr(made, name) for name in full}, desk)


def updated(event: Event, update: Mapping[str, object], desk: Desk) -> Event:
    """`event` with `update`, as corrected; what the machine had read in these fields stays beside it."""
    made = sure(event, update).model_copy(update={"review": "corrected"})
    if event.rule == ADDED:
        return made
    own = desk.read(event).model_dump(mode="json")
    return made.model_copy(update={"machine": {**(event.machine or {}), **{name: own[name] for name in update}}})


def added(bare: Event, fields: Mapping[str, object], desk: Desk) -> Event:
    """The event that a person adds: `bare` has its id, report, rule and what it rests on."""
    full = _full(bare, fields, desk)
    evidence = [*(item.model_dump(mode="json") for item in bare.evidence), *full.get("evidence", ())]
    if "citations" not in fields:
        full["citations"] = _markers(evidence, desk.record(bare.report).report)
    own = {"id": bare.id, "report": bare.report, "rule": bare.rule}
    made = _valid({**own, "date": bare.date, **full, "evidence": evidence}, desk)
    return sure(made, {"review": "corrected", **({"shown": made.shown} if "shown" in fields else {})})


def _markers(evidence: list[Any], report: Report) -> list[str]:
    """The marks, as printed, of the citations that the evidence rests on."""
    known = {c.id: c.marker for c in report.citations}
    ids = [id_ for item in evidence if isinstance(item, dict) for id_ in item.get("citations") or ()]
    return list(dict.fromkeys(known[id_] for id_ in ids if id_ in known))


def _full(event: Event, fields: Mapping[str, object], desk: Desk) -> dict[str, Any]:
    """`fields` in the form of the record."""
    for name in fields:
        _check_name(name, desk)
    report = desk.record(event.report).report
    out = {name: _value(name, value, report, desk) for name, value in fields.items()}
    if "evidence" in out and "citations" not in out:
        out["citations"] = _markers(out["evidence"], report)
    return out


def _check_name(name: str, desk: Desk) -> None:
    """CorrectionError where `name` is no field of an event, or one that nobody may set."""
    if name in _FIXED:
        raise desk.error(f"field {name!r} cannot be set")
    if name not in Event.model_fields:
        near = difflib.get_close_matches(name, sorted(Event.model_fields), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"fields are {', '.join(Event.model_fields)}"
        raise desk.error(f"an event has no field {name!r}", hint)


def _value(name: str, value: object, report: Report, desk: Desk) -> Any:
    if name == "date":
        return _date(value, desk)
    if name == "actors":
        return naming.listed(value, desk)
    if name == "places":
        return _places(value, desk)
    if name == "evidence":
        return passages.listed(value, report, desk)
    if name in _LISTS:
        items = [value] if isinstance(value, str) else [] if value is None else value
        if name == "theaters" and isinstance(items, list):
            for item in items:
                _known(item, desk.knowledge.theaters, "theater", desk)
        return items
    return value


def _known(id_: object, known: Mapping[str, object], noun: str, desk: Desk) -> None:
    if id_ not in known:
        near = difflib.get_close_matches(str(id_), list(known), 3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"add it to the knowledge to use it as a {noun}"
        raise desk.error(f"no {noun} has the id {id_!r}", hint)


def _places(value: object, desk: Desk) -> list[Any]:
    items = value if isinstance(value, list) else [] if value is None else [value]
    out: list[Any] = []
    for item in items:
        if not isinstance(item, str):
            out.append({"as_written": item.get("name", ""), **item} if isinstance(item, dict) else item)
            continue
        _known(item, desk.knowledge.places, "place", desk)
        place = desk.knowledge.places[item]
        facts = {"lat": place.lat, "lon": place.lon, "precision": place.precision}
        out.append({"name": place.name, "as_written": place.name, "id": place.id, **facts})
    return out


def _date(value: object, desk: Desk) -> object:
    """A day, month, year, or two of them with a slash between, as the record writes it."""
    if value is None or value == "unknown":
        return UNDATED.model_dump()
    if isinstance(value, Mapping):
        return {"end": value.get("start"), **value}
    written = value.isoformat() if isinstance(value, dt.date) else str(value)
    first, slash, last = written.partition("/")
    try:
        start, precision = _first(first.strip())
        end = _last(last.strip() if slash else first.strip())
    except ValueError:
        raise desk.error(
            f"{written!r} is no date", "write 2024-04-26, 2024-04, 2024, or two of them with a slash between"
        ) from None
    if end < start:
        raise desk.error(f"{written!r} ends before it begins")
    return {"start": start, "end": end, "precision": "period" if slash else precision, "basis": "explicit"}


def _parts(written: str) -> tuple[int, int | None, int | None]:
    match = _DAY.fullmatch(written)
    if match is None:
        raise ValueError(written)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101 - the pattern has it
    return year, month, day


def _first(written: str) -> tuple[dt.date, str]:
    year, month, day = _parts(written)
    return dt.date(year, month or 1, day or 1), "day" if day else "month" if month else "year"


def _last(written: str) -> dt.date:
    year, month, day = _parts(written)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _valid(data: Mapping[str, Any], desk: Desk) -> Event:
    """The event; CorrectionError where a field has no possible value, or a quote is not in the text."""
    try:
        event = Event.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        what = f"{first['msg'][0].lower()}{first['msg'][1:]}, got {first['input']!r}"
        if first["type"] == "value_error":
            what = str(first["ctx"]["error"])
        raise desk.error(f"key {key}: {what}", "write it as the record does") from None
    if not event.evidence:
        raise desk.error("an event needs evidence", "to take it away, use `drop`")
    _check_quotes(event.evidence, desk)
    return event


def _check_quotes(items: Iterable[Evidence], desk: Desk) -> None:
    for item in items:
        if desk.seed.text[item.span[0] : item.span[1]] != item.quote:
            raise desk.error(
                f"the text at {list(item.span)} is not the quote {item.quote[:60]!r}",
                "quotes are verbatim and spans count characters of the seed's text",
            )
