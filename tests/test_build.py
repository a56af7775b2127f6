"""The whole street over the five real seeds: nothing invented, nothing lost, twice the same bytes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from briefgen import build, exports, records
from briefgen.build import Reading
from briefgen.knowledge import Knowledge
from briefgen.model import TOLD, Record, Report

BRACKETS = re.compile(r"\[(?:[ivxlcdm]{1,9}|\d{1,3})\]")
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
ROUND = re.compile(rf"\([^()\n]{{3,120}}, (?:{MONTH}) \d{{1,2}}[^()\n]{{0,40}}\)")


def passages(record: Record) -> Iterator[tuple[tuple[int, int], str]]:
    """Every span of the record with the text that it must hold."""
    for event in record.events:
        for evidence in event.evidence:
            yield evidence.span, evidence.quote
    for item in record.assessments:
        yield item.span, item.quote
    for takeaway in record.report.takeaways:
        yield takeaway.span, takeaway.text
    for objective in record.report.objectives:
        yield objective.span, objective.text


def test_every_seed_is_read(reading: Reading, root: Path) -> None:
    assert reading.problems == ()
    assert {record.report.seed for record in reading.records} == {path.name for path in root.glob("seeds/*.txt")}
    assert len(reading.records) == 19
    assert len({record.report.layout for record in reading.records}) == 4
    assert all(record.events for record in reading.records)


def test_every_quote_is_verbatim_at_its_span(reading: Reading) -> None:
    count = 0
    for record in reading.records:
        text = reading.texts[record.report.seed]
        start, end = record.report.span
        for span, quote in passages(record):
            assert text[span[0] : span[1]] == quote
            assert start <= span[0] < span[1] <= end
            count += 1
    assert count > 400


def test_every_citation_is_one_of_the_report(reading: Reading) -> None:
    for record in reading.records:
        ids = [citation.id for citation in record.report.citations]
        markers = {citation.marker for citation in record.report.citations}
        assert len(ids) == len(set(ids))
        for event in record.events:
            assert {id_ for evidence in event.evidence for id_ in evidence.citations} <= set(ids)
            assert set(event.citations) <= markers
        for item in record.assessments:
            assert set(item.citations) <= markers


def test_every_mark_of_the_text_resolves(reading: Reading) -> None:
    """Marks are looked for here by their shape alone, in all text that tells news."""
    found = 0
    for record in reading.records:
        text = reading.texts[record.report.seed]
        ids = {citation.id for citation in record.report.citations}
        assert {mark.citation for mark in record.report.marks} <= ids
        marked = [mark.span for mark in record.report.marks]
        for span in _shaped(record.report, text):
            assert any(s < span[1] and span[0] < e for s, e in marked), (record.report.id, text[slice(*span)])
            found += 1
    assert found > 200


def _shaped(report: Report, text: str) -> Iterator[tuple[int, int]]:
    shape = ROUND if report.layout == "itic" else BRACKETS
    for block in report.blocks:
        if block.kind in TOLD:
            body = text[slice(*block.span)]
            start = 1 if block.kind == "endnote" else 0  # its own number stands first
            for match in shape.finditer(body, start):
                yield block.span[0] + match.start(), block.span[0] + match.end()


def test_nothing_is_invented(reading: Reading, everything_known: Knowledge) -> None:
    """Dates rest on words, on the report's day or on its period; names are in the text or in the knowledge."""
    for record in reading.records:
        text = reading.texts[record.report.seed]
        for event in record.events:
            assert (event.date.start is None) == (event.date.precision == "unknown")
            assert event.date.start is None or event.date.end is None or event.date.start <= event.date.end
            assert event.date.as_written is None or event.date.as_written in text
            if event.date.basis == "explicit":
                assert event.date.as_written
            assert set(event.theaters) <= set(everything_known.theaters)
            for actor in event.actors:
                assert actor.as_written in text
                assert actor.known == (actor.id in everything_known.actors)
            for place in event.places:
                assert place.as_written in text
                if place.lat is not None:
                    assert place.id is not None
                    assert everything_known.places[place.id].lat == place.lat


def test_ids_are_unique(reading: Reading) -> None:
    ids = [event.id for record in reading.records for event in record.events]
    ids += [item.id for record in reading.records for item in record.assessments]
    assert len(ids) == len(set(ids))
    assert len({record.report.id for record in reading.records}) == len(reading.records)


def test_an_added_seed_changes_no_other_report(
    reading: Reading, everything_known: Knowledge, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "0000.txt").write_text("A Note\n1 May 2024\n\nRussian forces attacked Ukraine on April 26.\n")
    more = build.read(tmp_path, everything_known)
    before = {record.report.id: records.dump(record) for record in reading.records}
    after = {record.report.id: records.dump(record) for record in more.records}
    assert len(after) == len(before) + 1
    assert {id_: after[id_] for id_ in before} == before


def test_the_records_in_the_repository_are_up_to_date(reading: Reading, root: Path) -> None:
    stale = records.stale(root / "records", reading.records)
    assert not stale, "\n".join(["run `briefgen build` and commit records/:", *stale])


def test_records_on_disk_can_be_read(root: Path, reading: Reading) -> None:
    assert {record.report.id for record in records.read(root / "records")} == {
        record.report.id for record in reading.records
    }


def test_events_json_is_what_the_records_hold(reading: Reading, everything_known: Knowledge) -> None:
    data = json.loads(exports.files(reading.records, everything_known, records.dump)["events.json"])
    assert list(data) == ["generated_from", "reports", "events", "assessments", "actors", "sources"]
    assert len(data["events"]) == sum(len(record.events) for record in reading.records)
    for event in data["events"]:
        text = next(reading.texts[r["seed"]] for r in data["reports"] if r["id"] == event["report"])
        for evidence in event["evidence"]:
            start, end = evidence["span"]
            assert text[start:end] == evidence["quote"]


def test_mkdocs_is_asked_to_be_strict(root: Path) -> None:
    settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["strict"] is True
    assert settings["validation"]["links"]["anchors"] == "warn"
    assert settings["theme"]["font"] is False


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_builds_are_byte_equal(root: Path, tmp_path: Path) -> None:
    """From two folders of different names, in two processes with different hash seeds."""
    made = [tmp_path / "one", tmp_path / "deeper" / "two-with-a-longer-name"]
    running = []
    for number, folder in enumerate(made):
        folder.mkdir(parents=True)
        shutil.copytree(root / "seeds", folder / "seeds")
        shutil.copy(root / "mkdocs.yml", folder)
        command = [sys.executable, "-m", "briefgen", "build", "--briefs", "-C", str(folder)]
        environment = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": str(number), "PYTHONPATH": str(root)}
        running.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True))
    for process in running:
        _, told = process.communicate()
        assert process.returncode == 0, told
    one, two = (_files(folder) for folder in made)
    assert list(one) == list(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert {"site/index.html", "site/data/events.json", "site/method.html"} <= set(one)
    assert sum(name.startswith("records/") for name in one) == 19
    assert sum(name.endswith(".pdf") for name in one) > 50


def _files(project: Path) -> dict[str, bytes]:
    """Records and site; paths within the project -> bytes."""
    paths = [path for name in ("records", "site") for path in sorted((project / name).rglob("*")) if path.is_file()]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}
