"""How long a build takes: cold, with nothing new, after one new seed, and plain mkdocs over the same pages.

Projects of made-up reports with some fifteen events each, spread over a year, in temporary
folders. Each report tells of a few actors and places out of all that the knowledge has, some of
them often and most of them seldom (by rank, after Zipf), as real reports do. Times are of the
clock, whole commands from start to end.
"""

from __future__ import annotations

import argparse
import calendar
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extraction import DEEDS

from briefgen import knowledge

ROOT = Path(__file__).parents[1]
PARTS, LINES = 3, 5
"""Paragraphs in a report, and sentences in each."""
CAST = 5
"""Draws of actors for a report, and of places."""


def project(folder: Path, count: int) -> tuple[str, str]:
    """`count` seeds in a new project; gives name and text of one more, which is not there yet."""
    (folder / "seeds").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    known = knowledge.load(ROOT)
    chance = random.Random(1)  # noqa: S311 - the same reports each time
    actors = [actor.name for actor in known.actors.values() if actor.kind in ("state", "force", "group")]
    places = [place.name for place in known.places.values()]
    chance.shuffle(actors)
    chance.shuffle(places)
    for number in range(count):
        text = report(number, count, actors, places, chance)
        (folder / "seeds" / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return f"{count:05}.txt", report(count, count, actors, places, chance)


def report(number: int, count: int, actors: list[str], places: list[str], chance: random.Random) -> str:
    """A report's text; `actors` and `places` are in the order of how often they are told of."""
    month = calendar.month_name[number * 12 // (count + 1) + 1]
    who, where = (list(dict.fromkeys(chance.choices(some, zipf(some), k=CAST))) for some in (actors, places))
    lines = []
    for _ in range(PARTS * LINES):
        deed = chance.choice(DEEDS).format(
            a=chance.choice(who), p=chance.choice(where), d=f"{month} {chance.randint(1, 28)}"
        )
        lines.append(f"{chance.choice(who)} {deed}, according to local media.")
    body = "\n\n".join(" ".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES))
    return f"Report {number}\n\nPublished {month} 28, 2024\n\n{body}\n"


def zipf(some: list[str]) -> list[float]:
    """How often each is drawn: the second half as often as the first, the third a third as often."""
    return [1 / rank for rank in range(1, len(some) + 1)]


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
