"""How long a build takes: cold, with nothing new, after one new seed, and plain mkdocs over the same pages.

Projects of made-up reports with some fifteen events each, spread over a year, in temporary
folders. Times are of the clock, whole commands from start to end.
"""

from __future__ import annotations

import argparse
import calendar
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extraction import made_up

ROOT = Path(__file__).parents[1]
PARTS = 3
"""Paragraphs of five sentences in a report."""


def project(folder: Path, count: int) -> tuple[str, str]:
    """`count` seeds in a new project; gives name and text of one more, which is not there yet."""
    (folder / "seeds").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for number, seed in enumerate(made_up(count + 1)):
        month = number * 12 // (count + 1) + 1
        title, *told = seed.text.strip().split("\n\n")
        start = number % (len(told) - PARTS)
        body = "\n\n".join(told[start : start + PARTS]).replace("April", calendar.month_name[month])
        text = f"{title}\n\nPublished {calendar.month_name[month]} 28, 2024\n\n{body}\n"
        if number == count:
            return f"{number:05}.txt", text
        (folder / "seeds" / f"{number:05}.txt").write_text(text, encoding="utf-8")
    raise AssertionError("one more report than asked for is made up")


def run(*command: str) -> tuple[float, str]:
    """Seconds that the command took, and what it said."""
    start = time.perf_counter()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True, text=True, env=environment)  # noqa: S603
    return time.perf_counter() - start, done.stdout


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, nargs="+", default=[100, 1000], help="sizes (default: 100 1000)")
    print(f"{'reports':>8}{'pages':>8}{'cold':>10}{'no change':>12}{'one seed':>11}{'plain mkdocs':>14}  seconds")
    for count in asked.parse_args().reports:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "project"
            seed, text = project(folder, count)
            build = ("briefgen", "build", "-C", str(folder))
            cold, _ = run(*build)
            same, _ = run(*build)
            (folder / "seeds" / seed).write_text(text, encoding="utf-8")
            one, told = run(*build)
            config = str(folder / "mkdocs.yml")
            plain, _ = run("mkdocs", "build", "--quiet", "-f", config, "-d", str(Path(name) / "plain"))
            pages = len(list((folder / ".build" / "docs").rglob("*.md")))
            print(f"{count:8,}{pages:8,}{cold:10.1f}{same:12.1f}{one:11.1f}{plain:14.1f}", flush=True)
            print("\n".join(f"          {line}" for line in told.splitlines() if line.startswith(("Pages", "Site:"))))


if __name__ == "__main__":
    main()
