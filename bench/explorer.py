"""How quick the explorer is with many events: a keystroke to painted rows, and how much data it takes.

The events are invented: as many actors, places and reports as a year of such reports might
have. A site of one small report is built, its rows are replaced by theirs, and a real
Chromium reads it from the disk and from a server. The time of a keystroke is the browser's
own measure of an event, from the key to the next paint.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from briefgen import build, explorer, knowledge
from briefgen.build import Reading
from briefgen.knowledge import Knowledge
from briefgen.model import Record

ROOT = Path(__file__).parents[1]
SIZE = 250
"""Events of one report."""
WORDS = (
    "forces officials struck met accused near border village convoy drone talks denied statement leader group army "
    "ministry said that the a of in on with against after during claimed responsibility attack checkpoint aid truck "
    "crossing prisoner exchange sanctions oil tanker port airfield base brigade council province district governor"
).split()
KEYS = "convoy near"
WATCH = """window.spent = []; new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (one.name === 'keydown' || one.name === 'click') window.spent.push(one.duration) }))
  .observe({type: 'event', durationThreshold: 16, buffered: true})"""


def made_up(count: int, known: Knowledge) -> list[Record]:
    """`count` events in reports of SIZE, the same each time."""
    draw = random.Random(1)  # noqa: S311 - the same each time is what is wanted
    places, theaters, types = list(known.places.values()), list(known.theaters), list(known.types)
    actors = [(f"actor-{n}", f"{draw.choice(WORDS).title()} {draw.choice(WORDS).title()} {n}") for n in range(2000)]
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(2000)]
    records = []
    for first in range(0, count, SIZE):
        report = f"report-{first // SIZE}"
        events, at = [], 0
        for n in range(first, min(first + SIZE, count)):
            quote = f"{' '.join(draw.choices(WORDS, k=draw.randint(18, 40))).capitalize()}."
            day, place = draw.choice(days), draw.choice(places)
            who = {int(draw.paretovariate(0.5)) % len(actors) for _ in range(draw.randint(1, 3))}
            events.append(
                {
                    "id": f"{n:012x}",
                    "report": report,
                    "date": {"start": day, "end": day, "precision": "day", "basis": "explicit"},
                    "type": draw.choice(types),
                    "certainty": draw.choice(("stated", "stated", "stated", "reported", "claimed")),
                    "theaters": (draw.choice(theaters),),
                    "actors": [
                        {"id": actors[k][0], "name": actors[k][1], "role": "source", "as_written": actors[k][1]}
                        for k in sorted(who)
                    ],
                    "places": [{**place.model_dump(include={"id", "name", "precision"}), "as_written": place.name}],
                    "evidence": [{"quote": quote, "span": (at, at + len(quote))}],
                    "shown": True,
                }
            )
            at += len(quote) + 1
        told = {
            "id": report, "seed": f"{report}.txt", "sha256": "0" * 64, "span": (0, at), "publisher": None,
            "title": f"Report {first // SIZE}", "published": "2025-01-01", "published_basis": "printed",
            "layout": "invented",
        }  # fmt: skip
        records.append(Record.model_validate({"report": told, "events": events}))
    return records


def site(folder: Path, records: list[Record], known: Knowledge) -> tuple[Path, dict[str, str]]:
    """A site of a few of the events with the rows of all, and those rows' files."""
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    few = (records[0].model_copy(update={"events": records[0].events[:5]}),)
    _, where = build.publish(folder, known, Reading(few, {}, (), ()))
    if where is None:
        raise SystemExit("no site was built")
    start = time.process_time()
    files = explorer.files(records, known, {}, [])
    print(f"  rows written in       {time.process_time() - start:8.1f} s")
    for name, text in files.items():
        (where / "data" / name).write_text(text, encoding="utf-8")
    return where, files


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Address of a server of the folder."""
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def weights(files: dict[str, str]) -> None:
    """Print what the rows weigh."""
    sizes = {name: (len(text.encode()), len(gzip.compress(text.encode()))) for name, text in files.items()}
    groups = (
        ("what shows first", ["explorer/start.js"]), ("names", ["explorer/index.js"]), ("all", list(sizes)),
    )  # fmt: skip
    for title, names in groups:
        raw, packed = (sum(sizes[name][k] for name in names) for k in (0, 1))
        print(f"  {title:20} {raw / 1e3:9.0f} kB {packed / 1e3:9.0f} kB gz   {len(names)} files")


def opened(page: Page, address: str) -> None:
    """Print how long the first and all rows take."""
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".xrow").first.wait_for(timeout=120_000)
    first = time.perf_counter() - start
    page.locator("input[name=type]").first.focus()
    page.locator("#explorer[data-read]").wait_for(timeout=120_000)
    rest = time.perf_counter() - start
    print(f"  {address.partition(':')[0]:5} first rows after {first:5.1f} s, all after {rest:5.1f} s")


def spent(page: Page, title: str, act: Callable[[], None]) -> None:
    """Print how long the page took from each event of `act` to the next paint."""
    page.evaluate("window.spent = []")
    act()
    page.wait_for_timeout(1200)
    times = page.evaluate("window.spent") or [0]
    print(f"  {title:34} median {statistics.median(times):5.0f} ms, most {max(times):5.0f} ms, of {len(times)}")


def typed(page: Page) -> None:
    """The words, letter by letter."""
    page.get_by_role("searchbox", name="Words").focus()
    for key in KEYS:
        page.keyboard.press("Space" if key == " " else key)
        page.wait_for_timeout(250)


def erased(page: Page) -> None:
    """The same backwards."""
    for _ in KEYS:
        page.keyboard.press("Backspace")
        page.wait_for_timeout(250)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=50_000, help="invented events (default: 50000)")
    count = asked.parse_args().events
    known = knowledge.load(ROOT)
    print(f"explorer with {count:,} events")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        where, files = site(Path(folder), made_up(count, known), known)
        weights(files)
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        with served(where) as origin:
            opened(page, f"{origin}/events/explorer.html")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(WATCH)
        opened(page, f"file://{where}/events/explorer.html")
        spent(page, f"typing “{KEYS}”", lambda: typed(page))
        spent(page, "and taking it back", lambda: erased(page))
        for css in ("input[name=type]", "input[name=theater]", "input[name=actor]"):
            spent(page, f"tick {css}", lambda css=css: page.locator(css).first.click())  # type: ignore[misc]
        for name in ("Date", "Theater", "Report"):
            spent(page, f"sort by {name}", lambda name=name: page.get_by_role("button", name=name, exact=True).click())  # type: ignore[misc]
        spent(page, "clear", lambda: page.get_by_role("button", name="Clear the filter").click())
        spent(page, "next page", lambda: page.get_by_role("button", name="Next").click())


if __name__ == "__main__":
    main()
