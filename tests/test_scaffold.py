"""`briefgen init`: a project that builds, and never over somebody's files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from briefgen import build, knowledge, records, scaffold
from briefgen.errors import BriefError
from briefgen.grammar.inflection import inflect
from briefgen.knowledge import checks


def test_what_a_new_project_holds(project: Path) -> None:
    there = sorted(path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file())
    assert there == [
        ".github/workflows/pull-request.yml",
        ".github/workflows/site.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        "README.md",
        "knowledge/actors/lake-ternis.yml",
        "knowledge/places/lake-ternis.yml",
        "knowledge/sources.yml",
        "knowledge/theaters.yml",
        "mkdocs.yml",
        "requirements.txt",
        "seeds/lake-ternis-update.txt",
        "seeds/lake-ternis-update.txt.yml",
    ]


def test_twice_the_same_bytes(project: Path, tmp_path: Path) -> None:
    for path in scaffold.init(tmp_path / "other"):
        assert path.read_bytes() == (project / path.relative_to(tmp_path / "other")).read_bytes()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert (tmp_path / "mkdocs.yml") in scaffold.init(tmp_path)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BriefError, match="not empty, and nothing was written"):
        scaffold.init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BriefError, match="this is a file"):
        scaffold.init(tmp_path / "mine.txt")
    with pytest.raises(BriefError, match="cannot be written"):
        scaffold.init(tmp_path / "mine.txt" / "below")


def test_the_sample_reads_well(project: Path) -> None:
    known = knowledge.load(project)
    assert [error for error in checks.check(known, inflect) if str(project) in error.file] == []
    reading = build.read(project, known)
    assert reading.problems == ()
    assert reading.warnings == ()
    (record,) = reading.records
    assert record.report.title == "Lake Ternis Update: Ferry Talks After a Week of Clashes"
    assert len(record.report.citations) == 7
    events = [event for event in record.events if event.shown]
    assert {"CONSULT", "ASSAULT", "COERCE"} <= {event.type for event in events}
    assert {"arvenia", "corland", "mira-solten"} <= {actor.id for event in events for actor in event.actors}
    assert "lake-ternis" in {theater for event in events for theater in event.theaters}
    assert {assessment.term for assessment in record.assessments} >= {"likely", "may"}
    assert records.dump(record)


def test_its_settings_are_those_of_this_site_but_for_the_name(project: Path, root: Path) -> None:
    def lines(folder: Path) -> list[str]:
        text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        return [line for line in text.splitlines() if not line.startswith("site_name:")]

    assert lines(project) == lines(root)


def test_its_workflow_is_a_workflow(project: Path) -> None:
    workflow = yaml.safe_load((project / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
    assert "briefgen check" in steps
    assert "briefgen build --briefs" in steps
    assert workflow["jobs"]["publish"]["needs"] == "build"


def test_nothing_in_it_is_a_real_report_or_address(project: Path) -> None:
    seed = (project / "seeds" / "lake-ternis-update.txt").read_text(encoding="utf-8")
    assert "invented" in seed
    hosts = [part.split("/")[0] for part in seed.split("https://")[1:]]
    assert hosts
    assert all(host.endswith(".example") for host in hosts)
