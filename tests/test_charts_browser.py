"""The script that makes a drawn chart interactive, in a real browser, from the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import jinja2
import plotly.offline
import pytest
from playwright.sync_api import Browser, Page

from briefgen import charts, packaged
from briefgen.model import UNDATED, Event, Evidence

TOKENS = """
:root{--bg:#ffffff;--ink:#111111;--ink2:#222222;--ink3:#333333;--rule:#dddddd;--panel:#eeeeee;--mx:#aa3300}
[data-md-color-scheme=slate]{--bg:#000000;--ink:#fefefe;--mx:#ff8844}[hidden]{display:none!important}
svg.c{width:100%;height:auto;display:block}.nw{display:none}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with two charts, the script and the library beside it, on disk."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "assets").mkdir()
    shutil.copy(packaged.templates() / "theme" / "assets" / "charts.js", folder / "assets" / "charts.js")
    (folder / "assets" / "plotly.min.js").write_text(plotly.offline.get_plotlyjs(), encoding="utf-8")
    told = Event(id="e", report="r", date=UNDATED, type="ASSAULT", evidence=(Evidence(quote="q", span=(0, 1)),))
    style = charts.Style({"ASSAULT": "mx"})
    drawn = [charts.types([told], style), charts.certainty([told], style)]
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(packaged.templates()), autoescape=True)
    template = environment.get_template("charts/figure.html.j2")
    body = "".join(template.render(chart=chart) for chart in drawn)
    page = f"<!doctype html><style>{TOKENS}</style><script src=assets/charts.js defer></script><body>{body}<p id=after>"
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 800, "height": 900})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"file://{site}/index.html")
    yield page
    page.close()
    assert not failures


def test_the_library_comes_only_when_asked_for_and_from_the_site(page: Page, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(200)
    assert not asked and page.locator("figure.chart svg.c").first.is_visible()
    page.locator("button.explore").first.hover()
    page.wait_for_function("window.Plotly")
    assert page.locator(".js-plotly-plot").count() == 0, "reaching for the button does not swap the chart yet"
    page.locator("button.explore").first.click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.locator("button.explore").last.click()
    page.locator(".js-plotly-plot").nth(1).wait_for()
    assert asked == [f"file://{site}/assets/plotly.min.js"]
    assert page.locator(".modebar-btn").count() == 0


def test_the_figure_keeps_its_place_and_can_be_closed(page: Page) -> None:
    button = page.locator("button.explore").last
    page.locator("button.explore").last.click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    box = page.locator(".plot")
    assert box.evaluate("box => box.getBoundingClientRect().height == parseFloat(box.style.height)")
    assert box.get_attribute("aria-label") == "The one event is stated as fact"
    button.click()
    assert page.locator(".plot").count() == 0 and page.locator("#certainty .drawing").is_visible()


def test_colors_follow_the_scheme_and_paper_gets_the_drawing(page: Page) -> None:
    page.locator("button.explore").first.click()
    bar = page.locator(".js-plotly-plot .bars path").first
    bar.wait_for()
    assert bar.evaluate("bar => bar.style.fill") == "rgb(170, 51, 0)"
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.wait_for_function("document.querySelector('.bars path').style.fill == 'rgb(255, 136, 68)'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#types .drawing").is_visible() and not page.locator(".plot").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".plot").is_visible() and not page.locator("#types .drawing").is_visible()


def test_without_the_library_the_drawing_stays_and_the_button_says_so(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("plotly.min.js"))
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/site/index.html")
    page.locator("button.explore").first.click()
    page.get_by_text("could not be loaded").wait_for()
    assert page.locator("#types .drawing").is_visible() and page.locator(".plot").count() == 0
    page.close()


def test_without_scripts_the_drawing_and_the_table_are_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/index.html")
    assert page.locator("#types svg.c").first.is_visible() and page.locator("#types details").is_visible()
    assert not page.locator("button.explore").first.is_visible()
    context.close()
