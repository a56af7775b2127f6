"""The search in a real browser: the whole index, the index in pieces, and from the disk, all alike."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import invented
from accessible import violations
from briefgen import search
from briefgen.knowledge import Knowledge
from briefgen.pages import pages

ENGINES = ("whole", "pieces", "disk", "disk of pieces")
HITS = ".md-search-result__list .md-search-result__link"


@pytest.fixture(scope="module")
def cut(showcase: Path, everything_known: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site, as if its index were too heavy."""
    site = tmp_path_factory.mktemp("cut") / "site"
    shutil.copytree(showcase, site)
    drawn = pages((invented.record(), invented.located()), everything_known, {invented.SEED: invented.TEXT})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "LIMIT", 0)
        assert search.cut(site, search.facts((invented.record(), invented.located()), everything_known, drawn))
    return site


@pytest.fixture(scope="module")
def addresses(showcase: Path, cut: Path) -> Iterator[dict[str, str]]:
    """Engine -> address of the site that it searches."""
    servers = []
    found = {"disk": f"file://{showcase}", "disk of pieces": f"file://{cut}"}
    for engine, folder in (("whole", showcase), ("pieces", cut)):
        handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        found[engine] = f"http://127.0.0.1:{server.server_port}"
    yield found
    for server in servers:
        server.shutdown()


@pytest.fixture(params=ENGINES)
def page(request: pytest.FixtureRequest, browser: Browser, addresses: dict[str, str]) -> Iterator[Page]:
    """A page of the site, from which nothing is asked of anybody else and no script fails."""
    address = addresses[request.param]
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else wrong.append(asked.url),
    )
    page.goto(f"{address}/method.html")
    yield page
    context.close()
    assert wrong == []


def ask(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.locator(".md-search__input").fill(words)
    page.keyboard.press("End")
    page.locator(HITS).first.wait_for()


@pytest.mark.parametrize(
    ("words", "kind", "when", "leads_to"),
    [
        ("post number 35", "Event", "8 Feb 2024", "events/index.html"),
        ("Islamic Resistance Movement", "Actor", "latest event", "actors/hamas.html"),
        ("черные", "Actor", "latest event 2 Apr 2024", "actors/"),
        ("Jabalia", "Place", "latest event", "events/map.html"),
        ("Reds & Blues", "Report", "4 Apr 2024", "reports/reds-and-blues.html"),
        ("Daily Blue", "Source", "latest event 2 Apr 2024", "sources/named-daily-blue.html"),
    ],
)
def test_every_kind_of_thing_is_found_with_its_day(page: Page, words: str, kind: str, when: str, leads_to: str) -> None:
    ask(page, words)
    hit = page.locator(HITS, has=page.locator(f".hit b:text-is('{kind}')")).first
    expect(hit.locator(".hit")).to_contain_text(when)
    assert leads_to in (hit.get_attribute("href") or "")
    hit.click()
    page.wait_for_url(f"**/{leads_to}*")


def test_hits_are_narrowed_by_keyboard_alone(page: Page) -> None:
    ask(page, "reds")
    kinds = page.get_by_role("group", name="Kind of hit")
    everything = int(kinds.locator("[data-kind=''] .n").inner_text())
    events = int(kinds.locator("[data-kind=Event] .n").inner_text())
    assert 0 < events < everything
    focused = "document.activeElement.dataset.kind"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "Event":
            break
    page.keyboard.press("Space")
    expect(kinds.locator("[data-kind=Event]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".md-search-result__meta")).to_contain_text(f"{events} hits")
    assert page.evaluate(focused) == "Event", "who presses a button stays there"
    assert set(page.locator(f"{HITS} .hit b").all_inner_texts()) == {"Event"}
    theater = page.get_by_role("combobox", name="Theater")
    value = theater.locator("option").nth(1).get_attribute("value") or ""
    theater.focus()
    page.keyboard.press("ArrowDown")
    expect(theater).to_have_value(value)
    n = int(theater.locator(f"option[value='{value}']").inner_text().rpartition("(")[2].rstrip(")"))
    expect(page.locator(".md-search-result__meta")).to_contain_text(f"{n} hit")
    kinds.locator("[data-kind='']").focus()
    page.keyboard.press("Enter")
    expect(kinds.locator("[data-kind='']")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowDown")
    page.locator(f"{HITS}:focus").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(HITS).first).not_to_be_visible()


def test_the_keys_are_the_same_everywhere(page: Page) -> None:
    for key in ("/", "s", "f"):
        page.keyboard.press(key)
        expect(page.locator(".md-search__input")).to_be_focused()
        expect(page.locator("#__search")).to_be_checked()
        page.keyboard.press("Escape")
        expect(page.locator("#__search")).not_to_be_checked()
        page.wait_for_timeout(300)  # Material takes a key that follows at once for the same visit
    ask(page, "Jabalia")
    page.keyboard.press("ArrowDown")
    expect(page.locator(HITS).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".md-search__input")).to_be_focused()
    best = page.locator(HITS).first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{best.rpartition('/')[2].partition('?')[0]}*")


def test_nothing_is_found_and_nothing_is_asked(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("zzqqxx")
    expect(page.locator(".md-search-result__meta")).to_have_text("Nothing with these words")
    assert not page.locator(".sf").is_visible()
    page.locator(".md-search__input").fill("")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")


def test_report_text_in_a_hit_stays_text(page: Page) -> None:
    ask(page, "alert")
    assert page.locator(HITS).first.inner_text()
    assert page.locator(f"{HITS} script, {HITS} b[onclick], {HITS} img").count() == 0
    assert "<script>" in page.locator(".md-search-result__list").inner_text()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_search_breaks_no_rule_and_fits(
    browser: Browser, addresses: dict[str, str], width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 740}, color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )  # fmt: skip
    page.goto(f"{addresses['whole']}/method.html")
    if width < 960:
        page.locator(".searchkey").click()
    else:
        page.locator(".md-search__input").click()
    page.keyboard.type("reds")
    page.locator(HITS).first.wait_for()
    page.wait_for_timeout(400)
    assert violations(page, opened=0) == []
    assert page.evaluate("document.querySelector('.md-search__scrollwrap').scrollWidth") <= width
    small = page.locator(".sf button, .sf select").evaluate_all(
        "all => all.filter(x => x.offsetParent && x.getBoundingClientRect().height < 23.9).map(x => x.outerHTML)"
    )
    assert small == []
    page.close()


def test_without_javascript_there_is_no_dead_field_and_lists_of_everything(browser: Browser, showcase: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{showcase}/method.html")
    assert not page.locator(".md-search__input").is_visible() and not page.locator(".searchkey").is_visible()
    for section in ("Actors", "Reports", "Sources", "Events", "Map"):
        page.locator(".md-tabs").get_by_role("link", name=section, exact=True).click()
        assert page.locator("article li a, article td a, article th a").count() > 0
    context.close()


def test_a_search_that_cannot_be_loaded_says_so(browser: Browser, addresses: dict[str, str]) -> None:
    page = browser.new_page()
    page.route("**/pagefind.js", lambda route: route.abort())
    page.goto(f"{addresses['pieces']}/method.html")
    page.keyboard.press("/")
    page.keyboard.type("reds")
    expect(page.locator(".md-search-result__meta")).to_have_text("The search could not be loaded.")
    page.close()


def test_hits_that_cannot_be_loaded_are_told_and_others_still_come(browser: Browser, addresses: dict[str, str]) -> None:
    page = browser.new_page()
    page.route("**/*.pf_fragment", lambda route: route.abort())
    page.goto(f"{addresses['pieces']}/method.html")
    page.keyboard.press("/")
    page.keyboard.type("reds")
    expect(page.locator(".md-search-result__meta")).to_have_text("The search could not be loaded.")
    page.unroute("**/*.pf_fragment")
    page.locator(".md-search__input").fill("Daily Blue")
    page.keyboard.press("End")
    page.locator(HITS).first.wait_for()
    page.close()
