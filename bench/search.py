"""How long a reader waits for the first hit on a large site, and what that loads.

A site of invented reports, whose words are as frequent as in the sample's, is built and searched in a real Chromium,
from a server with an empty cache, and from the disk: from the last letter of the first words to the first hit on
the screen, from the key that opens the search in all, and from the last letter of further words. What a search loads
is loaded while somebody types; from the disk the page stands still meanwhile, so there the time in all counts.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
import explorer as made

from briefgen import build, knowledge
from briefgen.build import Reading

KEY = 60
"""Milliseconds from letter to letter, as somebody types who is quick."""
EACH = 20
"""Events of one report."""
ASKED = ("convoy", "prisoner exchange", "Quds Force commander", "Khan Younis", "zzz nothing")


def asked(browser: Browser, address: str, words: str) -> tuple[float, float, float, int]:
    """Seconds to the first hit, from opening the search and from the last letter; of further words; files loaded."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/method.html", wait_until="networkidle")
    files: list[str] = []
    page.on("request", lambda request: files.append(request.url))
    done = page.locator(".md-search-result__link, .md-search-result__meta:has-text('Nothing')").first
    start = time.perf_counter()
    page.keyboard.press("/")
    page.keyboard.type(words, delay=KEY)
    typed = time.perf_counter()
    done.wait_for(timeout=300_000)
    first, whole = time.perf_counter() - typed, time.perf_counter() - start
    page.wait_for_timeout(1000)
    page.locator(".md-search__input").fill("")
    page.keyboard.press("End")
    page.locator(".md-search-result__meta", has_text="Type").wait_for()
    page.keyboard.type("Iranian forces attacke", delay=KEY)
    page.wait_for_timeout(1000)
    page.evaluate("document.querySelector('.md-search-result__list').replaceChildren()")
    start = time.perf_counter()
    page.keyboard.type("d")
    done.wait_for(timeout=300_000)
    further = time.perf_counter() - start
    context.close()
    return whole, first, further, len(files)


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--reports", type=int, default=1000, help="invented reports (default: 1000)")
    count = given.parse_args().reports
    made.SIZE = EACH
    seeds = sorted((made.ROOT / "seeds").glob("*.txt"))
    made.WORDS = " ".join(path.read_text(encoding="utf-8") for path in seeds).split()
    known = knowledge.load(made.ROOT)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copy(made.ROOT / "mkdocs.yml", folder)
        records = tuple(made.made_up(count * EACH, known))
        start = time.perf_counter()
        _, where = build.publish(
            Path(folder), known, Reading(records, {}, (), ()), tell=lambda told: print(f"  {told}")
        )
        print(f"{count:,} reports, {count * EACH:,} events: a site in {time.perf_counter() - start:.0f} s")
        if where is None:
            return
        for path in sorted((where / "search").glob("*.js*")):
            data = path.read_bytes()
            print(f"  {path.name:20} {len(data) / 1e6:7.2f} MB {len(gzip.compress(data)) / 1e6:7.2f} MB gz")
        pieces = [path for path in (where / "search").rglob("*") if path.is_file() and path.parent.name != "search"]
        print(f"  {'pieces':20} {sum(p.stat().st_size for p in pieces) / 1e6:7.2f} MB in {len(pieces):,} files")
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with made.served(where) as origin:
            for address in (origin, f"file://{where}"):
                for words in ASKED:
                    whole, first, further, files = asked(browser, address, words)
                    times = f"first hit {first:5.2f} s ({whole:5.2f} s in all), further words {further:5.2f} s"
                    print(f"  {address[:4]} {words:20} {times}, {files} files")


if __name__ == "__main__":
    main()
