"""What the live preview looks at, with a checkout of its own to change."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

NO_SEEDS = "seeds cannot be read"


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    for name in ("briefgen", "templates"):
        shutil.copytree(root / name, tmp_path / "checkout" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "checkout"


@pytest.fixture
def told(project: Path, checkout: Path) -> Iterator[Iterator[str]]:
    """Lines of `briefgen serve` over a project without seeds, where each build says so and ends."""
    shutil.rmtree(project / "seeds")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "briefgen", "serve", "-C", str(project), "--port", port]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=checkout, env=environment)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert NO_SEEDS in next(lines)
        assert "Serving on" in next(lines)
        _until_it_answers(int(port))
        yield lines
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


def _until_it_answers(port: int) -> None:
    """The server answers when it has begun to look at the files; a moment more for its first look."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            opener.open(f"http://127.0.0.1:{port}/", timeout=10)
        except urllib.error.HTTPError:  # there is no site
            break
        except OSError:
            time.sleep(0.1)
    time.sleep(1)


def put(path: Path, text: str) -> None:
    """Write `path` in one go, with the folder it is in where that is missing."""
    aside = path.parent.with_name("aside") if not path.parent.exists() else path.parents[2]
    aside.mkdir(exist_ok=True)
    (aside / path.name).write_text(text, encoding="utf-8")
    if path.parent.exists():
        (aside / path.name).rename(path)
    else:
        aside.rename(path.parent)


def test_what_a_site_rests_on_is_watched(told: Iterator[str], project: Path, checkout: Path) -> None:
    put(project / "knowledge" / "theaters.yml", "no list")
    assert f"{project / 'knowledge' / 'theaters.yml'}: a list of entries" in next(told)
    shutil.rmtree(project / "knowledge")
    assert NO_SEEDS in next(told)
    put(project / "templates" / "any.md.j2", "text")
    assert NO_SEEDS in next(told)
    put(checkout / "templates" / "pages" / "method.md.j2", "text")
    assert NO_SEEDS in next(told)
    put(checkout / "briefgen" / "knowledge" / "data" / "theaters.yml", "no list")
    assert f"{checkout / 'briefgen' / 'knowledge' / 'data' / 'theaters.yml'}: a list of entries" in next(told)
    put(project / "mkdocs.yml", "site_name: x")
    assert "a list of entries" in next(told)
