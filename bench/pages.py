"""What a reader's browser has to load before a page can be read, and how far the page moves while it does.

The site of the sample reports is built into a temporary folder, served over HTTP and opened in Chromium, a new profile
a page: weights are of all that is asked for until the page rests, each file compressed as a web server would.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import tempfile
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

from briefgen import build, knowledge

ROOT = Path(__file__).resolve().parent.parent
PLAIN, HOME = 120_000, 300_000
"""Bytes, compressed, that a page without charts and the home page may weigh."""
STILL = 0.05
"""Layout shift that a reader does not notice."""
PACKED = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"})
SHIFTS = """
window.moved = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def weight(path: Path) -> int:
    """Bytes of the file on its way to a reader."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6)) if path.suffix in PACKED else len(data)


def measure(browser: Browser, site: Path, address: str, path: str, width: int) -> tuple[int, int, float, bool]:
    """Bytes and files loaded first, the layout shift until the foot is reached, and whether the page has charts."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(SHIFTS)
    page.goto(f"{address}/{path}", wait_until="networkidle")
    page.wait_for_timeout(300)
    files = {unquote(urlsplit(url).path).lstrip("/") for url in asked if url.startswith(address)}
    loaded = sum(weight(site / file) for file in files if (site / file).is_file())
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(300)
    moved = float(page.evaluate("window.moved"))
    charts = page.locator("figure.chart").count() > 0
    context.close()
    return loaded, len(files), moved, charts


def kinds(site: Path) -> list[str]:
    """A page of each kind: of theaters, actors, reports and sources the heaviest."""
    one = ["index.html", "assessments.html", "review.html", "method.html"]
    lists = [f"{folder}/index.html" for folder in ("theaters", "actors", "reports", "sources", "events")]
    found = []
    for folder in ("theaters", "actors", "reports", "sources"):
        pages = [path for path in (site / folder).glob("*.html") if path.name != "index.html"]
        heaviest = max(pages, key=lambda path: (weight(path), path.name), default=None)
        found += [heaviest.relative_to(site).as_posix()] if heaviest else []
    rest = [p.relative_to(site).as_posix() for p in sorted((site / "events").glob("[a-z]*.html"))]
    return [*one, *lists, *found, *(p for p in rest if not p.startswith("events/index"))]


def main() -> None:
    """Measure and print; what is over its limit is marked."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("pages.py needs Chromium: apt-get install chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "mkdocs.yml", folder)
        known = knowledge.load(ROOT)
        _, site = build.publish(Path(folder), known, build.read(ROOT, known))
        if site is None:
            return
        handler = functools.partial(_Quiet, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            print(f"{'page':62}{'KB gz':>8}{'files':>7}{'shift':>8}  width 1440, then 360")
            for path in kinds(site):
                loaded, files, moved, charts = measure(browser, site, address, path, 1440)
                narrow = measure(browser, site, address, path, 360)[2]
                limit = HOME if charts else PLAIN
                wrong = [f"over {limit // 1000} KB"] * (loaded > limit) + ["moves"] * (max(moved, narrow) >= STILL)
                print(f"{path[:61]:62}{loaded / 1000:8.1f}{files:7}{moved:8.3f}{narrow:8.3f}  {', '.join(wrong)}")
        server.shutdown()


if __name__ == "__main__":
    main()
