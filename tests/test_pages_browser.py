"""Every kind of page in a real browser: for all readers, at all widths, in both schemes."""

from __future__ import annotations

import functools
import http.server
import threading
from pathlib import Path
from typing import Literal

import pypdf
import pytest
from playwright.sync_api import Browser

from accessible import violations
from briefgen.knowledge import Knowledge

KINDS = (
    "index.html", "404.html", "assessments.html", "review.html", "method.html", "theaters/index.html",
    "theaters/gaza-strip.html", "actors/index.html", "actors/reds.html", "reports/index.html",
    "reports/reds-and-blues.html", "reports/many.html", "sources/index.html", "sources/named-daily-blue.html",
    "events/index.html", "events/map.html", "events/glossary.html", "events/assessments-by-theater.html",
    "events/timeline.html", "events/explorer.html", "events/changes.html",
)  # fmt: skip
"""A page of each kind."""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_wcag_2_2_aa(
    browser: Browser, showcase: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )  # fmt: skip
    found = {}
    for kind in KINDS:
        page.goto(f"file://{showcase}/{kind}")
        found[kind] = violations(page)
    page.close()
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_scrolls_sideways(browser: Browser, showcase: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = []
    for kind in KINDS:
        page.goto(f"file://{showcase}/{kind}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(kind)
    page.close()
    assert wide == []


def test_hover_and_focus_say_what_a_link_means(browser: Browser, showcase: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700}, reduced_motion="reduce")
    page.goto(f"file://{showcase}/reports/reds-and-blues.html")
    tip = page.get_by_role("tooltip")
    call = page.locator("a.footnote-ref[href*='Daily']").first
    call.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert "https://daily.example/x" in tip.inner_text() and "↩" not in tip.inner_text()
    assert call.get_attribute("aria-describedby") == tip.get_attribute("id")
    assert tip.locator("a, [id]").count() == 0, "nothing in it can be reached twice"
    box = tip.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    assert not tip.is_visible() and call.get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    call.hover()
    tip.wait_for()
    tip.hover()
    page.wait_for_timeout(400)
    assert tip.is_visible(), "it stays while the pointer is on it"
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.close()


def test_tips_of_dates_and_actors_need_neither_mouse_nor_script(
    browser: Browser, showcase: Path, everything_known: Knowledge
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{showcase}/events/index.html")
    for told in ("as written: “the same day”", everything_known.actors["hamas"].about):
        assert told
        link = page.locator(f'a[data-tip="{told}"]').first
        assert link.get_attribute("href")
        assert link.evaluate("a => getComputedStyle(a, '::after').content") == "none"
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert told in link.evaluate("a => getComputedStyle(a, '::after').content")
    context.close()
    index = (showcase / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "the same day" not in index


def test_paper_gets_a_clean_document_with_letters_that_can_be_read(
    browser: Browser, showcase: Path, tmp_path: Path
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    for kind in (
        "index.html",
        "theaters/gaza-strip.html",
        "reports/reds-and-blues.html",
        "events/glossary.html",
        "events/timeline.html",
    ):
        page.goto(f"file://{showcase}/{kind}")
        page.emulate_media(media="print")
        for chrome in (".md-tabs", ".md-search", ".onpage", ".crumbs", ".explore", ".rec"):
            assert page.locator(chrome).locator("visible=true").count() == 0, (kind, chrome)
        made = tmp_path / "page.pdf"
        page.pdf(path=made, prefer_css_page_size=True, print_background=True)
        small: dict[float, str] = {}

        def note(
            text: str, cm: list[float], tm: list[float], font: object, size: float, into: dict[float, str]
        ) -> None:
            if text.strip():
                into[round(abs(size * tm[3] * cm[3]), 1)] = text.strip()

        for sheet in pypdf.PdfReader(made).pages:
            sheet.extract_text(visitor_text=functools.partial(note, into=small))
        assert small and min(small) >= 7, (kind, min(small.items()))
    page.close()


def test_the_search_loads_nothing_until_it_is_wanted(browser: Browser, showcase: Path) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(showcase))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{server.server_port}/method.html", wait_until="networkidle")
    assert not [url for url in asked if "search" in url and "assets/search.js" not in url]
    page.locator(".md-search__input").click()
    page.keyboard.type("Bluetown")
    page.locator(".md-search-result__link").first.wait_for()
    assert [url for url in asked if url.endswith("search_index.json")]
    page.close()
    server.shutdown()
