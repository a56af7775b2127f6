"""What several test files share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

import invented
from briefgen import build, knowledge, scaffold
from briefgen.build import Reading
from briefgen.knowledge import Knowledge

# How quick the machine is right now decides nothing: what must come to an end has a timeout of its own.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def everything_known() -> Knowledge:
    """The knowledge of the checkout."""
    return knowledge.load(ROOT)


@pytest.fixture(scope="session")
def reading(everything_known: Knowledge) -> Reading:
    """What the seeds of the checkout yield."""
    return build.read(ROOT, everything_known)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project with the invented sample, in a folder of its own."""
    folder = tmp_path / "briefing"
    scaffold.init(folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, the system's own."""
    if CHROMIUM is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def showcase(root: Path, everything_known: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of invented reports with a page of every kind."""
    project = tmp_path_factory.mktemp("showcase")
    shutil.copy(root / "mkdocs.yml", project / "mkdocs.yml")
    located = invented.located()
    texts = {invented.SEED: invented.TEXT, "many.txt": "\n".join(e.evidence[0].quote for e in located.events)}
    reading = Reading((invented.record(), located), texts, (), ())
    _, where = build.publish(project, everything_known, reading, before=build.Since("v1.0", invented.formerly()))
    assert where is not None
    return where
