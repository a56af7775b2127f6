"""Published data: whole, in order, inert, and no more of a report than its policy allows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import build, exports, extract, records
from briefgen.build import Reading
from briefgen.exports.shapes import Document
from briefgen.exports.tables import COLUMNS, cell, table
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Actor, Source
from briefgen.model import (
    Address,
    Assessment,
    Citation,
    Event,
    EventActor,
    EventDate,
    EventPlace,
    Evidence,
    Objective,
    Record,
    Report,
    Seed,
    Sidecar,
    Takeaway,
    TextPolicy,
)

ROOT = Path(__file__).parents[1]
KNOWN = cast(
    Knowledge,
    SimpleNamespace(
        actors={"iran": Actor(id="iran", name="Iran", kind="state", aliases=("Islamic Republic",), theaters=("iran",))},
        sources={
            "isna": Source(id="isna", name="ISNA", kind="agency", country="iran", domains=("isna.ir",)),
            "ctp": Source(id="ctp", name="Critical Threats", kind="think-tank"),
            "unused": Source(id="unused", name="Unused", kind="site"),
        },
    ),
)


def event(id: str, report: str, shown: bool = True, quote: str = '=1+1\nsaid "so", it is') -> Event:
    return Event(
        id=id,
        report=report,
        date=EventDate(start=dt.date(2024, 4, 25), end=dt.date(2024, 4, 26), precision="period", basis="explicit"),
        type="ASSAULT",
        attributed_to=("@handle",),
        actors=(
            EventActor(id="iran", name="Iran", role="source", as_written="Tehran"),
            EventActor(id="viktor-khrenin", name="Виктор Хренин", role="target", as_written="Khrenin", title="General"),
        ),
        theaters=("gaza-strip", "iran"),
        places=(
            EventPlace(name="Rafah", as_written="Rafah", lat=31.3, lon=34.25, precision="town"),
            EventPlace(name="Nowhere", as_written="nowhere"),
        ),
        evidence=(Evidence(quote=quote, span=(0, len(quote)), citations=("c1",)),),
        citations=("xii",),
        shown=shown,
    )


def record(id: str = "r1", text: TextPolicy = "full") -> Record:
    return Record(
        report=Report(
            id=id,
            seed=f"{id}.txt",
            sha256="ab",
            span=(0, 100),
            title="A title",
            publisher="ctp",
            published=dt.date(2024, 4, 26),
            takeaways=(Takeaway(text="An aim", span=(0, 5)),),
            objectives=(Objective(section="Gaza", text="An aim", span=(0, 5)),),
            citations=(
                Citation(
                    id="c1",
                    marker="xii",
                    outlet="isna",
                    urls=(Address(as_printed="isna dot ir", url="https://isna.ir/", defanged=True),),
                ),
            ),
            layout="test",
            text=text,
        ),
        events=(event(f"{id}-e1", id), event(f"{id}-e2", id, shown=False)),
        assessments=(
            Assessment(
                id=f"{id}-a",
                report=id,
                quote="likely",
                span=(0, 6),
                term="likely",
                likelihood=(55, 80),
                who="analysts",
                theaters=("iran",),
                actors=("iran",),
            ),
        ),
    )


def dump(record: Record) -> str:
    return record.model_dump_json()


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return exports.files([record("r1"), record("r2")], KNOWN, dump)


def test_every_promised_file_is_there(files: Mapping[str, str]) -> None:
    data = {path for path in files if not path.startswith("schema/")}
    assert data == {
        *(f"{stem}.{ending}" for ending in ("json", "csv", "geojson") for stem in (
            "events", "theaters/gaza-strip", "theaters/iran", "actors/iran", "actors/viktor-khrenin",
        )),
        "records/r1.yml",
        "records/r2.yml",
        "events.ftm.json",
        "events.stix.json",
        "references.bib",
        "references.json",
    }  # fmt: skip
    assert {path for path in files if path.startswith("schema/")} == {f"schema/{name}.json" for name in exports.SCHEMAS}


def test_the_json_is_what_its_schema_says(files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if re.fullmatch(r"(?:events|(?:theaters|actors)/[^.]+)\.json", path):
            Document.model_validate_json(text)
        if path.endswith("json"):
            assert [json.loads(line) for line in (text.splitlines() if path.endswith(".ftm.json") else [text])]
    fields = set(json.loads(files["schema/event.json"])["properties"])
    published = json.loads(files["events.json"])
    assert all(set(one) == fields for one in published["events"])
    assert set(published["reports"][0]) == set(json.loads(files["schema/report.json"])["properties"])
    assert "blocks" not in published["reports"][0] and "marks" not in published["reports"][0]


def test_the_contract_fields_are_as_named(files: Mapping[str, str]) -> None:
    data = json.loads(files["events.json"])
    assert list(data) == ["generated_from", "reports", "events", "assessments", "actors", "sources"]
    assert [seed["name"] for seed in data["generated_from"]["seeds"]] == ["r1.txt", "r2.txt"]
    one = data["events"][0]
    assert one["date"] == {
        "start": "2024-04-25", "end": "2024-04-26", "precision": "period", "basis": "explicit", "as_written": None,
    }  # fmt: skip
    assert one["evidence"][0]["span"] == [0, len(one["evidence"][0]["quote"])]
    assert one["citations"] == ["xii"] and one["evidence"][0]["citations"] == ["c1"]
    assert [e["shown"] for e in data["events"]] == [True, False, True, False]


def test_actors_tell_what_is_known_and_what_was_met(files: Mapping[str, str]) -> None:
    iran, khrenin = json.loads(files["events.json"])["actors"]
    assert (iran["known"], iran["kind"], iran["events"], iran["spellings"]) == (True, "state", 2, ["Tehran"])
    assert (khrenin["known"], khrenin["kind"], khrenin["titles"]) == (False, None, ["General"])
    assert khrenin["name"] == "Виктор Хренин"


def test_sources_are_those_that_something_rests_on(files: Mapping[str, str]) -> None:
    found = {source["id"]: source for source in json.loads(files["events.json"])["sources"]}
    assert set(found) == {"isna", "ctp"}
    assert (found["isna"]["citations"], found["isna"]["events"], found["ctp"]["reports"]) == (2, 2, 2)


def test_a_part_holds_only_its_own(files: Mapping[str, str]) -> None:
    gaza = json.loads(files["theaters/gaza-strip.json"])
    assert len(gaza["events"]) == 4 and gaza["assessments"] == []
    assert len(json.loads(files["theaters/iran.json"])["assessments"]) == 2
    alone = exports.files([record(), record("r2").model_copy(update={"events": (), "assessments": ()})], KNOWN, dump)
    assert [r["id"] for r in json.loads(alone["actors/iran.json"])["reports"]] == ["r1"]
    assert len(json.loads(alone["events.json"])["reports"]) == 2


def test_one_more_report_changes_no_line_of_the_others() -> None:
    few = exports.files([record("r1")], KNOWN, dump)["events.json"]
    more = exports.files([record("r1"), record("r2")], KNOWN, dump)["events.json"]
    events = [line.rstrip(",") for line in few.splitlines() if line.startswith('{"id": "r1')]
    assert events and set(events) <= {line.rstrip(",") for line in more.splitlines()}


def test_no_reports_at_all_is_an_empty_document() -> None:
    files = exports.files([], KNOWN, dump)
    assert json.loads(files["events.json"])["events"] == []
    assert files["events.csv"].count("\r\n") == 1
    assert json.loads(files["events.geojson"]) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("policy", ["full", "excerpts"])
def test_excerpts_keep_and_publish_no_takeaway_and_no_objective(
    policy: TextPolicy, everything_known: Knowledge
) -> None:
    text = (ROOT / "tests" / "fixtures" / "seeds" / "update.txt").read_text(encoding="utf-8")
    seed = Seed(name="update.txt", sha256="0" * 64, text=text, sidecar=Sidecar(text=policy))
    made = build.of_seed(seed, everything_known, extract.reader(everything_known))
    published = exports.files(made, everything_known, records.dump)
    aims = [path for path, held in published.items() if "Erode the will of the Freedonian public" in held]
    assert bool(aims) == (policy == "full")
    assert any(record.report.takeaways for record in made) == (policy == "full")


def test_a_record_is_published_as_it_is_kept(reading: Reading, everything_known: Knowledge) -> None:
    published = exports.files(reading.records, everything_known, records.dump)
    for record in reading.records:
        name = f"{record.report.id}.yml"
        assert published[f"records/{name}"] == (ROOT / "records" / name).read_text(encoding="utf-8")


def test_csv_has_a_row_an_event_and_no_formula(files: Mapping[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["events.csv"], newline="")))
    assert len(rows) == 4 and list(rows[0]) == list(COLUMNS)
    assert rows[0]["quote"] == '\'=1+1\nsaid "so", it is'
    assert rows[0]["attributed_to"] == "'@handle"
    assert (rows[0]["sources"], rows[0]["targets"]) == ("Iran", "Виктор Хренин")
    assert (rows[0]["fatalities"], rows[0]["shown"], rows[1]["shown"]) == ("", "true", "false")


def test_geojson_has_only_places_with_coordinates(files: Mapping[str, str]) -> None:
    features = json.loads(files["events.geojson"])["features"]
    assert len(features) == 4
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [34.25, 31.3]}
    assert features[0]["properties"]["precision"] == "town"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\tx", "'\tx"), ("\nx", "'\nx"),
        ("＝1", "'＝1"), ("＠a", "'＠a"), ("a=1", "a=1"), ("", ""),
        (None, ""), (True, "true"), (3, "3"),
    ],
)  # fmt: skip
def test_cells_are_inert(value: object, expected: str) -> None:
    assert cell(value) == expected


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_any_quote_survives_csv(quote: str) -> None:
    text = table([event("e", "r1", quote=quote)], {"r1": record().report})
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["quote"].removeprefix("'") == quote.removeprefix("'")
    assert row["quote"][0] not in "=+-@\t\r\n＝＋－＠"


@given(st.text(min_size=1), st.text(min_size=1))
def test_file_names_are_plain_and_never_shared(one: str, other: str) -> None:
    name = exports.file_name(one)
    assert re.fullmatch(r"[\w-]+", name) and len(name.encode()) <= 210
    assert one == other or name != exports.file_name(other)
