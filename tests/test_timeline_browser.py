"""The timeline of a built site: zoomed by button, key and pointer, shared by its address, and without a script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import invented
from accessible import violations
from briefgen.model import SHOWN

PATH = "events/timeline.html"
EVENTS = [e for r in (invented.record(), invented.located()) for e in r.events if e.shown and e.status in SHOWN]
DATED = [e.date.start for e in EVENTS if e.date.start]


@pytest.fixture
def page(browser: Browser, showcase: Path) -> Iterator[Page]:
    """A page from the disk, without a network, on which no script fails and nobody else is asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((f"file://{showcase}/", "data:")) else wrong.append(asked.url),
    )
    yield page
    context.close()
    assert wrong == []


def show(page: Page, site: Path, asked: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"file://{site}/{PATH}{asked}")


def view(page: Page) -> tuple[dt.date, dt.date]:
    """The days that the address says."""
    found = re.search(r"#from=([\d-]+)&to=([\d-]+)", page.url)
    assert found
    return dt.date.fromisoformat(found[1]), dt.date.fromisoformat(found[2])


def drawn(page: Page) -> int:
    """Events in the lanes, from the numbers beside them."""
    return sum(map(int, page.locator(".tlive text.n").all_text_contents()))


def inside(first: dt.date, last: dt.date) -> int:
    """Events that the lanes of these days hold: one for each theater."""
    return sum(len(e.theaters or "x") for e in EVENTS if e.date.start and first <= e.date.start <= last)


def test_buttons_and_keys_zoom_and_move_and_the_address_follows(page: Page, showcase: Path) -> None:
    show(page, showcase)
    assert page.locator(".drawing .w svg").is_visible() and not page.locator(".tlive").is_visible()
    page.get_by_role("button", name="All", exact=True).click()
    page.locator(".tlive svg").wait_for()
    whole = view(page)
    assert whole[0] == min(DATED) and drawn(page) == inside(*whole)
    page.get_by_role("button", name="Zoom in").click()
    near = view(page)
    assert near[1] - near[0] < whole[1] - whole[0] and near[1] == whole[1]
    page.get_by_role("button", name="Earlier").click()
    assert view(page)[0] < near[0]
    expect(page.get_by_role("status").filter(has_text="by")).to_contain_text("theater")
    box = page.get_by_role("group", name="Timeline: plus")
    box.focus()
    for key, acts in (("+", True), ("ArrowLeft", True), ("-", True), ("0", True), ("x", False)):
        before = page.url
        page.keyboard.press(key)
        assert (page.url != before) is acts, key
    assert view(page) == whole
    for _ in range(12):
        page.keyboard.press("+")
    expect(page.get_by_role("status").filter(has_text="by day")).to_be_visible()
    expect(page.get_by_role("button", name="Zoom in")).to_be_disabled()
    assert drawn(page) == inside(*view(page))


def test_a_shared_address_shows_its_days(page: Page, showcase: Path) -> None:
    show(page, showcase, "#from=2024-01-10&to=2024-01-19")
    page.locator(".tlive svg").wait_for()
    assert drawn(page) == inside(dt.date(2024, 1, 10), dt.date(2024, 1, 19)) == 10
    show(page, showcase, "#from=nonsense&to=2024-01-19")
    assert page.locator(".drawing .w svg").is_visible()
    show(page, showcase, "#from=1800-01-01&to=2999-01-01")
    page.locator(".tlive svg").wait_for()
    assert drawn(page) == inside(min(DATED), max(DATED)), "days that are not there end where the reports end"


def test_a_bar_and_a_line_of_the_table_lead_to_the_events_they_count(page: Page, showcase: Path) -> None:
    show(page, showcase, "#from=2024-01-10&to=2024-01-19")
    page.get_by_text("Numbers of this view").click()
    row = page.locator("details:has-text('Numbers of this view') tbody tr").first
    n = row.locator(".n").inner_text()
    row.get_by_role("link").click()
    page.wait_for_url("**/explorer.html#*")
    expect(page.locator(".xcount")).to_have_text(re.compile(rf"^{n} of"))
    page.go_back()
    page.locator(".tlive a").first.click()
    page.wait_for_url("**/explorer.html#*theater=*from=*")


def test_it_is_dragged_and_pinched(page: Page, showcase: Path) -> None:
    show(page, showcase, "#from=2024-01-10&to=2024-01-25")
    box = page.locator(".tbox").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 40
    before = view(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 250, y, steps=5)
    page.mouse.up()
    moved = view(page)
    assert moved[0] > before[0] and moved[1] - moved[0] == before[1] - before[0]
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *at: float) -> None:
        points = [{"x": one, "y": y, "id": n} for n, one in enumerate(at)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", x - 200, x + 200)
    for step in range(1, 8):
        fingers("touchMove", x - 200 + 20 * step, x + 200 - 20 * step)
    fingers("touchEnd")
    assert view(page)[1] - view(page)[0] > moved[1] - moved[0]


def test_without_javascript_it_is_drawn_and_leads_by_month_to_the_day(browser: Browser, showcase: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, showcase)
    assert page.locator(".drawing .w svg").is_visible() and page.locator(".tbar").count() == 0
    page.get_by_role("list", name="Days of January 2024").get_by_role("link", name="17", exact=True).click()
    page.wait_for_url("**/events/index*.html#e-*")
    assert "17 Jan 2024" in page.locator("li.event:has(:target)").inner_text()
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_zoomed_in_it_breaks_no_rule_and_fits(browser: Browser, showcase: Path, width: int, scheme: str) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    show(page, showcase, "#from=2024-01-10&to=2024-01-19")
    page.get_by_text("Numbers of this view").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator(".tbar button").evaluate_all("all => all.filter(x => x.offsetHeight < 24).length")
    assert small == 0
    page.emulate_media(media="print")
    assert not page.locator(".tbar").is_visible() and page.locator(".tlive svg").is_visible()
    page.close()


def test_days_that_cannot_be_read_are_told(browser: Browser, showcase: Path) -> None:
    page = browser.new_page()
    page.route("**/data/timeline.js", lambda route: route.abort())
    show(page, showcase)
    page.get_by_role("button", name="Zoom in").click()
    expect(page.get_by_role("status").filter(has_text="could not be loaded")).to_be_visible()
    assert page.locator(".drawing .w svg").is_visible()
    page.close()
