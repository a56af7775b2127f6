"""The files for GitHub and GitLab: sound by the services' schemas, harmless, and made of commands that work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen import scaffold, yamlio

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "templates" / "project"
OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITHUB = [*OWN, *sorted((PROJECT / "dot-github" / "workflows").glob("*.yml"))]
PULL_REQUESTS = [path for path in GITHUB if path.name == "pull-request.yml"]
GITLAB = PROJECT / "dot-gitlab-ci.yml"


def loaded(path: Path) -> dict[Any, Any]:
    found = yamlio.read(path)
    assert isinstance(found, dict)
    return found


def steps(path: Path, job: str) -> list[dict[str, Any]]:
    return list(loaded(path)["jobs"][job]["steps"])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*GITHUB, GITLAB], ids=name)
def test_the_services_schema_has_nothing_against_it(path: Path) -> None:
    schema = "vendor.gitlab-ci" if path == GITLAB else "vendor.github-workflows"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("wrong", ["on: pull_request\njobs: {a: {runs-on: x, stepz: []}}\n", "jobs: {}\n"])
def test_the_schema_finds_what_is_wrong(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "x.yml").write_text(wrong)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    assert subprocess.run([*command, str(tmp_path / "x.yml")], capture_output=True, check=False).returncode == 1


def test_there_is_one_for_this_repository_and_one_for_a_projects() -> None:
    assert len(PULL_REQUESTS) == 2


@pytest.mark.parametrize("path", GITHUB, ids=name)
def test_no_word_of_a_request_reaches_a_command_line(path: Path) -> None:
    for job in loaded(path)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "values go through the environment"
    assert "pull_request_target" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GITHUB, ids=name)
def test_only_a_job_that_runs_nothing_of_the_repository_may_write(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        rights = set(job.get("permissions", {}).values())
        if rights & {"write", "write-all"}:
            used = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
            assert "actions/checkout" not in used
            assert all(step.get("run", "gh ").startswith("gh ") for step in job["steps"])


@pytest.mark.parametrize("path", PULL_REQUESTS, ids=name)
def test_a_request_is_read_without_rights_and_its_changes_are_told(path: Path) -> None:
    jobs = loaded(path)["jobs"]
    assert "permissions" not in jobs["read"]
    checkout = steps(path, "read")[0]["with"]
    assert checkout == {"fetch-depth": 2, "persist-credentials": False}
    assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
    assert "head.repo.full_name == github.repository" in jobs["comment"]["if"]
    uploads = {
        s["with"]["name"]: s["with"]["path"] for s in steps(path, "read") if "upload-artifact" in s.get("uses", "")
    }
    assert uploads == {"changes": "changes.md", "site": "site"}


def commands(path: Path, job: str) -> Iterator[str]:
    """What the job runs, but for the installation."""
    every = (
        [step["run"] for step in steps(path, job) if "run" in step] if path != GITLAB else loaded(path)[job]["script"]
    )
    if path == GITLAB:
        every = [*every, *loaded(path)[job].get("after_script", ())]
    yield from (command for command in every if not command.startswith("python -m pip"))


@pytest.mark.parametrize("path", OWN, ids=name)
def test_the_makefile_has_what_the_workflows_of_this_repository_call(path: Path) -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for job in loaded(path)["jobs"]:
        for command in commands(path, job):
            for target in re.findall(r"^make (?:--silent )?([a-z]+)", command):
                assert f"\n{target}:" in targets


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A new project whose records are committed, and then a report more."""
    folder = tmp_path / "briefing"
    scaffold.init(folder)
    run(folder, ["briefgen build --no-site"])
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    (folder / "seeds" / "note.txt").write_text(
        "A Note\n\n1 March 2025\n\nRussia and Iran signed an agreement in Moscow.\n"
    )
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "a report, without its record")
    return folder


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def run(folder: Path, lines: list[str], **more: str) -> None:
    """The lines as a service runs them, one after the other in a shell that stops at the first failure."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **more}
    shell = shutil.which("bash") or "sh"
    script = "\n".join(["set -eo pipefail", *lines])
    done = subprocess.run(
        [shell, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_what_github_runs(repository: Path, tmp_path: Path) -> None:
    workflows = PROJECT / "dot-github" / "workflows"
    summary = tmp_path / "summary.md"
    run(repository, list(commands(workflows / "pull-request.yml", "read")), GITHUB_STEP_SUMMARY=str(summary))
    told = (repository / "changes.md").read_text(encoding="utf-8")
    assert told == summary.read_text(encoding="utf-8")
    assert told.startswith("### Records: reports: 1 new; events: 1 new")
    page = (repository / "site" / "events" / "changes.html").read_text(encoding="utf-8")
    assert "one report new; one event new" in page
    assert "Russia and Iran signed an agreement in Moscow." in page
    run(repository, list(commands(workflows / "site.yml", "build")))


@pytest.mark.slow
def test_what_gitlab_runs(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD^1").strip()
    run(repository, list(commands(GITLAB, "read")), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert "1 new" in (repository / "changes.md").read_text(encoding="utf-8")
    assert (repository / "site" / "events" / "changes.html").is_file()
    run(repository, list(commands(GITLAB, "pages")))
    assert not (repository / "public" / "events" / "changes.html").exists(), "what is published has no such page"
    assert (repository / "public" / "index.html").is_file()
