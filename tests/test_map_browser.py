"""Maps and feeds of a built site, in a real browser and from the disk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from invented import PLACES


@pytest.fixture
def site(showcase: Path) -> Path:
    return showcase


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    page.close()
    assert not failures


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("path", ["theaters/gaza-strip.html", "events/map.html", "index.html"])
def test_labels_of_a_map_cover_nothing_and_nothing_scrolls_sideways(
    page: Page, site: Path, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"file://{site}/{path}")
    drawn = page.locator("#map svg.c:visible")
    assert drawn.count() == 1
    boxes = drawn.evaluate(
        "svg => [...svg.querySelectorAll('text')].map(t => t.getBoundingClientRect())"
        ".map(b => [b.left + 1, b.top + 2, b.right - 1, b.bottom - 2])"
    )
    assert len(boxes) >= 3
    frame = drawn.bounding_box()
    assert frame is not None
    for left, _, right, _ in boxes:
        assert left >= frame["x"] and right <= frame["x"] + frame["width"] + 1
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_focus_of_a_map_stands_out_in_both_schemes(browser: Browser, site: Path) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
        page.goto(f"file://{site}/theaters/gaza-strip.html")
        colors = [
            page.locator(f"#map .w {css}").first.evaluate("shape => getComputedStyle(shape).fill")
            for css in (".sea", ".land", ".land.focus")
        ]
        assert len(set(colors)) == 3 and "none" not in colors
        page.close()


def test_a_place_in_the_table_leads_to_its_events(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/theaters/gaza-strip.html")
    page.locator("#map summary").click()
    page.locator("#map table a", has_text="Khan Younis").click()
    assert page.url.endswith("events/map.html#p-khan-younis")
    entry = page.locator("li", has=page.locator("#p-khan-younis"))
    entry.locator("a").first.click()
    page.wait_for_url("**/reports/many.html#e-*")
    page.locator(":target").wait_for()


def test_the_interactive_map_needs_no_network(page: Page, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{site}/theaters/gaza-strip.html")
    page.locator("#map button.explore").click()
    page.locator("#map .js-plotly-plot .scatterlayer .trace").nth(2).wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    sea = page.locator("#map .bglayer rect, #map .plotbg rect, #map rect.bg").first
    assert sea.evaluate("shape => shape.style.fill") not in ("", "none")
    assert page.locator("#map .points path").count() >= 5


def test_without_javascript_map_and_places_are_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/events/map.html")
    assert page.locator("#map svg.c:visible").count() == 1
    assert page.locator(".places li").count() == len(PLACES)
    context.close()


def test_feeds_are_linked_in_the_head_and_to_be_seen(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/theaters/gaza-strip.html")
    for type_, ending in (("application/atom+xml", "atom"), ("application/feed+json", "feed.json")):
        heads = page.locator(f"head link[rel~='alternate'][type='{type_}']")
        assert [heads.nth(n).get_attribute("href") for n in range(heads.count())] == [
            f"../data/theaters/gaza-strip.{ending}", f"../data/events.{ending}",
        ]  # fmt: skip
    for name in ("Feed: Gaza Strip", "JSON Feed: Gaza Strip", "Feed: all events", "JSON Feed: all events"):
        link = page.get_by_role("link", name=name, exact=True)
        assert link.is_visible()
        assert (site / "theaters" / (link.get_attribute("href") or "")).resolve().is_file()
