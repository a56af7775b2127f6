"""STIX and FollowTheMoney: what their own libraries take, the events of the pages, and nothing claimed beyond them."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import stix2
from followthemoney import model
from followthemoney.types import registry
from hypothesis import given
from hypothesis import strategies as st

import invented
from briefgen import exports, knowledge
from briefgen import records as recording
from briefgen.build import Reading
from briefgen.exports import material
from briefgen.model import SHOWN, Event, EventActor, Record

KNOWN = knowledge.load()
Lines = list[dict[str, Any]]


def files(records: Sequence[Record]) -> dict[str, str]:
    return exports.files(records, KNOWN, recording.dump)


def bundle(records: Sequence[Record]) -> Lines:
    """The objects of the bundle; AssertionError, or an error of stix2, for what STIX 2.1 forbids."""
    text = files(records)["events.stix.json"]
    stix2.parse(text, allow_custom=False)
    objects: Lines = json.loads(text)["objects"]
    ids = [one["id"] for one in objects]
    assert len(ids) == len(set(ids))
    declared = {one["id"] for one in objects if one["type"] == "extension-definition"}
    for one in objects:
        kind, _, number = one["id"].partition("--")
        assert kind == one["type"] and uuid.UUID(number).version == 5
        for name in ("created", "modified"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\.000Z", one[name]), "3.2: to the nearest millisecond"
        assert set(referred(one)) <= set(ids)
        assert all(value not in (None, "", [], {}) for value in values(one)), "2: neither null nor an empty list"
        assert set(one.get("extensions", {})) <= declared
        for extra in one.get("extensions", {}).values():
            assert extra["extension_type"] == "property-extension"
            assert all(re.fullmatch("[a-z0-9_]{3,250}", name) for name in extra), "3.1: names of properties"
        for reference in one.get("external_references", ()):
            assert reference["source_name"] and reference.keys() & {"description", "url", "external_id"}
            assert reference.get("url", "").isascii()
    return objects


def referred(one: dict[str, Any]) -> Iterator[str]:
    for name, value in one.items():
        if name.endswith("_ref"):
            yield value
        elif name.endswith("_refs"):
            yield from value


def values(one: object) -> Iterator[object]:
    yield one
    inner: Sequence[object] = list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else ()
    for value in inner:
        yield from values(value)


def of(kind: str, objects: Lines) -> Lines:
    return [one for one in objects if one["type"] == kind]


def extra(one: dict[str, Any]) -> dict[str, Any]:
    (only,) = one["extensions"].values()
    assert isinstance(only, dict)
    return only


def entities(records: Sequence[Record]) -> Lines:
    """The entities; AssertionError, or an error of followthemoney, for what its model forbids."""
    found: list[Any] = [json.loads(line) for line in files(records)["events.ftm.json"].splitlines()]
    schemata = {one["id"]: one["schema"] for one in found}
    assert len(schemata) == len(found)
    for one in found:
        schema = model[one["schema"]]
        schema.validate(one)
        assert registry.entity.validate(one["id"])
        assert set(schema.required) <= set(one["properties"])
        for name, held in one["properties"].items():
            prop = schema.get(name)
            assert prop is not None and not prop.stub, f"{schema.name} has no {name}"
            for value in held:
                if prop.type == registry.entity:
                    assert prop.range and model[schemata[value]].is_a(prop.range), f"{name} leads to {schemata[value]}"
                else:
                    assert prop.type.clean(value) == value, f"{schema.name}.{name}"
    return found


def where(schema: str, found: Lines) -> Lines:
    return [one for one in found if one["schema"] == schema]


def shown(records: Sequence[Record]) -> dict[str, Event]:
    return {e.id: e for record in records for e in record.events if e.shown and e.status in SHOWN}


def test_the_sample_is_a_bundle_of_the_events_on_the_pages(reading: Reading) -> None:
    objects = bundle(reading.records)
    incidents = {extra(one)["event_id"]: one for one in of("incident", objects)}
    events = shown(reading.records)
    assert incidents.keys() == events.keys() and incidents
    seeds = {seed.name: seed for seed in reading.seeds}
    by_id = {one["id"]: one for one in objects}
    notes: dict[str, list[str]] = {}
    for note in of("note", objects):
        start, end = extra(note)["span"]
        seed = seeds[extra(note)["seed"]]
        assert seed.text[start:end] == note["content"] and seed.sha256 == extra(note)["seed_sha256"]
        notes.setdefault(extra(by_id[note["object_refs"][0]])["event_id"], []).append(note["content"])
    citations = {(r.report.id, c.id): c for r in reading.records for c in r.report.citations}
    for id_, event in events.items():
        one = incidents[id_]
        assert notes[id_] == [evidence.quote for evidence in event.evidence]
        rests = {citations[event.report, c] for evidence in event.evidence for c in evidence.citations}
        assert one["external_references"][0]["external_id"] == event.report
        assert {r["external_id"] for r in one["external_references"][1:]} == {c.marker for c in rests}
        assert {r.get("url", "") for r in one["external_references"][1:]} == {material.address(c) for c in rests}
        assert f"certainty:{event.certainty}" in one["labels"]
    told = [id_ for report in of("report", objects) for id_ in report["object_refs"]]
    assert {one["id"] for one in of("incident", objects)} <= set(told)


def test_the_sample_is_entities_of_the_events_on_the_pages(reading: Reading) -> None:
    found = entities(reading.records)
    told = {one["properties"]["recordId"][0]: one for one in where("Event", found)}
    events = shown(reading.records)
    assert told.keys() == events.keys() and told
    by_event: dict[str, list[dict[str, Any]]] = {}
    for one in where("Documentation", found):
        by_event.setdefault(one["properties"]["entity"][0], []).append(one["properties"])
    names = {one["id"]: one["properties"].get("name", [""])[0] for one in found}
    links: dict[str, set[tuple[str, str]]] = {}
    for one in where("UnknownLink", found):
        links.setdefault(one["properties"]["object"][0], set()).add(
            (names[one["properties"]["subject"][0]], one["properties"]["role"][0])
        )
    for id_, event in events.items():
        one = told[id_]
        assert [each["summary"] for each in by_event[one["id"]]] == [[e.quote] for e in event.evidence]
        assert links.get(one["id"], set()) == {(" ".join(a.name.split()), a.role) for a in event.actors}
        dates = one["properties"].get("date") or [
            *one["properties"].get("startDate", ()), *one["properties"].get("endDate", ()),
        ]  # fmt: skip
        if event.date.start and event.date.end:
            assert dates == sorted({event.date.start.isoformat(), event.date.end.isoformat()})
        else:
            assert not dates


def test_an_invented_report() -> None:
    objects = bundle([invented.record(), invented.located()])
    attack = next(one for one in of("incident", objects) if extra(one)["event_id"] == "e-one")
    assert attack["name"] == "Attack by Reds on Bluetown"
    assert attack["created"] == attack["modified"] == "2024-04-04T00:00:00.000Z"
    assert extra(attack)["date"]["start"] == "2024-04-03" and extra(attack)["fatalities"] == 2
    ends = {
        (one["relationship_type"], extra(one).get("role"))
        for one in of("relationship", objects)
        if one["source_ref"] == attack["id"]
    }
    assert ends == {("attributed-to", "source"), ("targets", "target")}
    undated = next(one for one in of("incident", objects) if extra(one)["event_id"] == "e-three")
    assert "date" not in extra(undated)
    talks = next(one for one in of("incident", objects) if extra(one)["event_id"] == "e-two")
    assert talks["labels"] == ["type:CONSULT", "status:occurred", "certainty:claimed"]
    assert talks["external_references"][1] == {
        "source_name": "Daily Blue", "url": "https://daily.example/x", "external_id": invented.DAILY,
    }  # fmt: skip
    places = of("location", objects)
    assert {one["name"] for one in places} >= {"Rafah", "Tehran"}
    assert all(-90 <= one["latitude"] <= 90 and -180 <= one["longitude"] <= 180 for one in places)
    found = entities([invented.record(), invented.located()])
    assert len(where("Address", found)) == len(places)


@pytest.mark.parametrize(
    ("field", "value", "kinds"),
    [
        ("certainty", "stated", {"attributed-to", "targets"}),
        ("certainty", "claimed", {"attributed-to", "targets"}),
        ("certainty", "denied", {"related-to"}),
        ("certainty", "unconfirmed", {"related-to"}),
        ("status", "denied", {"related-to"}),
    ],
)
def test_what_is_denied_or_doubted_is_attributed_to_nobody(field: str, value: str, kinds: set[str]) -> None:
    record = invented.record()
    record = record.model_copy(update={"events": (record.events[0].model_copy(update={field: value}),)})
    objects = bundle([record])
    links = of("relationship", objects)
    assert {one["relationship_type"] for one in links} == kinds
    assert all(f"{field}:{value}" in one["labels"] for one in links)
    assert not of("threat-actor", objects)
    (event,) = where("Event", entities([record]))
    assert f"{field}:{value}" in event["properties"]["keywords"]


def test_what_waits_in_the_review_lane_is_not_told() -> None:
    for name in ("events.stix.json", "events.ftm.json"):
        assert "likely answer" not in files([invented.record()])[name]


def test_a_later_report_changes_nothing_of_the_others() -> None:
    later = invented.many(3)
    later = later.model_copy(update={"report": later.report.model_copy(update={"published": dt.date(2025, 1, 1)})})
    for name in ("events.stix.json", "events.ftm.json"):
        before = files([invented.record()])[name].splitlines()[1:-1]
        after = files([later, invented.record()])[name]
        assert {line.rstrip(",") for line in before} <= {line.rstrip(",") for line in after.splitlines()}
        assert after == files([invented.record(), later])[name], "the order of the records does not matter"


def test_without_a_report_both_are_empty() -> None:
    assert {one["type"] for one in bundle([])} == {"identity", "extension-definition"}
    assert entities([]) == []


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=30)


@given(WORDS, WORDS, WORDS)
def test_any_words_pass_as_they_are(quote: str, name: str, id_: str) -> None:
    record = invented.record()
    actors = (EventActor(id=id_, name=name, role="source", as_written=name, known=False),)
    evidence = (record.events[0].evidence[0].model_copy(update={"quote": quote, "citations": ()}),)
    event = record.events[0].model_copy(update={"actors": actors, "evidence": evidence})
    objects = bundle([record.model_copy(update={"events": (event,)})])
    assert of("note", objects)[0]["content"] == quote
    assert name in [one["name"] for one in of("identity", objects)]
    text = files([record.model_copy(update={"events": (event,)})])["events.ftm.json"]
    told = [json.loads(line)["properties"] for line in text.split("\n") if line]
    assert [quote] in [one.get("summary") for one in told] and [name] in [one.get("name") for one in told]
