"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from briefgen import build, knowledge, scaffold
from briefgen.build import Reading
from briefgen.knowledge import Knowledge

# How quick the machine is right now decides nothing: what must come to an end has a timeout of its own.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]


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
