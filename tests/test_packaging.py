"""The wheel: all that the program needs is in it, and it works far from this repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow


def pip(*arguments: str | Path, python: Path = Path(sys.executable)) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", folder, root)
    (path,) = folder.glob("*.whl")
    return path


def test_everything_that_it_needs_is_in_the_wheel(wheel: Path, root: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    wanted = {path for path in tracked if path.startswith("briefgen/")}
    wanted |= {f"briefgen/{path}" for path in tracked if path.startswith("templates/")}
    assert len(wanted) > 150
    assert wanted - inside == set()
    assert not [name for name in inside if name.startswith(("tests/", "seeds/", "records/"))]


@pytest.mark.timeout(900)
def test_it_works_in_a_fresh_environment_elsewhere(wheel: Path, root: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    bin_ = tmp_path / "env" / "bin"
    pip("install", "-c", root / "constraints.txt", wheel, python=bin_ / "python")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*arguments: str, folder: Path = tmp_path) -> str:
        done = subprocess.run(
            [str(bin_ / "briefgen"), *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Next: cd demo && briefgen build" in run("init", "demo")
    assert "The site is in site" in run("build", folder=tmp_path / "demo")
    assert (tmp_path / "demo" / "site" / "index.html").is_file()
    assert "All well" in run("check", folder=tmp_path / "demo")


def test_every_version_is_pinned_and_no_index_is_named(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert {re.split(r"[\[<>=]", need)[0].lower() for need in asked} <= pinned


def test_workflows_are_workflows(root: Path) -> None:
    for path in sorted((root / ".github" / "workflows").glob("*.yml")):
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["jobs"]
        assert workflow["permissions"] == {"contents": "read"}
    site = yaml.safe_load((root / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    assert {"seeds/**", "knowledge/**", "templates/**"} <= set(site[True]["push"]["paths"])
