"""The explorer of a built site, in a real browser and from the disk."""

from __future__ import annotations

import csv
import datetime as dt
import io
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, expect

import invented
from briefgen import build, explorer, knowledge
from briefgen.build import Reading
from briefgen.model import UNDATED, Event, EventActor, EventDate, Record

ROOT = Path(__file__).resolve().parent.parent
TOTAL = 133
TYPES = ("ASSAULT", "CONSULT", "AID", "STATEMENT", "ACCUSE")
THEATERS = (("iraq",), ("gaza-strip", "israel"), ("sudan-horn",))
CERTAINTIES = ("stated", "stated", "claimed", "denied")
SIDES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo Two", "Foxtrot", "Golf")
MODES = (None, "drone", None, "heavy-weapons", None, None, None)


def varied() -> Record:
    """Events of many kinds; some say what a spreadsheet would take for a formula."""
    formulas = {0: "=2+3 ", 10: "＝2+3 "}
    lines = [f"{formulas.get(n % 20, '')}Café {n} was named here, “as told”." for n in range(TOTAL - 3)]
    text = "\n".join(lines)
    report = invented.many(1).report.model_copy(update={"span": (0, len(text)), "blocks": invented.blocks(text, {})})
    events = [
        invented.event(
            f"v-{n}", "many", text, line, type=TYPES[n % 5], theaters=THEATERS[n % 3], mode=MODES[n % 7],
            certainty=CERTAINTIES[n % 4], date=UNDATED if n % 11 == 0 else day(n),
            attributed_to=("reds",) if n % 4 == 2 else (),
            actors=(side(n), invented.actor("blues", "Blues", "target"))[: 1 + n % 2],
        )
        for n, line in enumerate(lines)
    ]  # fmt: skip
    return Record(report=report, events=tuple(events))


def side(n: int) -> EventActor:
    return invented.actor(f"side-{n % 7}", SIDES[n % 7])


def day(n: int) -> EventDate:
    start = dt.date(2023, 1, 1) + dt.timedelta(days=n * 5)
    return EventDate(start=start, end=start + dt.timedelta(days=n % 3), precision="day", basis="explicit")


RECORDS = (invented.record(), varied())
EVENTS = [event for record in RECORDS for event in record.events if event.shown]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the mkdocs.yml of somebody who made the project before there was an explorer."""
    project = tmp_path_factory.mktemp("explored")
    older = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  - Explorer: events/explorer.md\n", "")
    (project / "mkdocs.yml").write_text(older, encoding="utf-8")
    texts = {invented.SEED: invented.TEXT, "many.txt": "\n".join(e.evidence[0].quote for e in RECORDS[1].events)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explorer, "CHUNK", 20)
        _, where = build.publish(project, knowledge.load(), Reading(RECORDS, texts, (), ()))
    assert where is not None
    return where


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(10_000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    page.close()
    assert not failures


def show(page: Page, site: Path, asked: str = "") -> None:
    """The explorer from the disk, all rows read."""
    page.goto("about:blank")
    page.goto(f"file://{site}/events/explorer.html{f'#{asked}' if asked else ''}")
    page.locator("#explorer[data-read]").wait_for()


def counted(page: Page) -> int:
    return int(page.locator(".xcount").inner_text().split(" ")[0])


def ids(page: Page) -> list[str]:
    """Ids of all rows that are found, in their order, from the file that the page gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download these as CSV").click()
    text = Path(waiting.value.path()).read_bytes().decode()
    return [row["id"] for row in csv.DictReader(io.StringIO(text))]


def tick(page: Page, facet: str, value: str) -> None:
    page.locator("fieldset", has=page.locator(f"legend:text-is('{facet}')")).locator(f"input[value='{value}']").click()


def fits(**asked: object) -> Callable[[Event], bool]:
    """Whether an event is what is asked, said without the program."""

    def check(event: Event) -> bool:
        date = event.date
        tests: dict[str, Callable[[Any], bool]] = {
            "type": lambda v: event.type in v,
            "certainty": lambda v: event.certainty in v,
            "theater": lambda v: bool(set(v) & set(event.theaters)),
            "first": lambda v: event.theaters[0] in v,
            "actor": lambda v: bool(set(v) & {a.id for a in event.actors}),
            "mode": lambda v: event.mode in v,
            "report": lambda v: event.report in v,
            "source": lambda v: "named-daily-blue" in v and event.id == "e-two",
            "from_": lambda v: date.end is not None and date.end >= v,
            "to": lambda v: date.start is not None and date.start <= v,
            "q": lambda v: v in event.evidence[0].quote.lower(),
        }
        return all(tests[key](value) for key, value in asked.items())

    return check


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("type=ASSAULT", {"type": ["ASSAULT"]}),
        ("type=ASSAULT&type=AID", {"type": ["ASSAULT", "AID"]}),
        ("type=ASSAULT&theater=israel", {"type": ["ASSAULT"], "theater": ["israel"]}),
        ("type=AID&first=gaza-strip", {"type": ["AID"], "first": ["gaza-strip"]}),
        ("first=israel", {"first": ["israel"]}),
        ("theater=iraq&theater=israel&certainty=claimed", {"theater": ["iraq", "israel"], "certainty": ["claimed"]}),
        ("mode=heavy-weapons&actor=side-3", {"mode": ["heavy-weapons"], "actor": ["side-3"]}),
        ("report=many&actor=blues", {"report": ["many"], "actor": ["blues"]}),
        ("source=named-daily-blue", {"source": ["named-daily-blue"]}),
        ("from=2023-06-01&to=2023-12-31", {"from_": dt.date(2023, 6, 1), "to": dt.date(2023, 12, 31)}),
        ("q=caf%C3%A9+1", {"q": "1", "report": ["many"]}),
        ("type=NOTHING", {"type": ["NOTHING"]}),
    ],
)
def test_a_shared_address_shows_what_it_asks_for(
    page: Page, site: Path, address: str, asked: dict[str, object]
) -> None:
    show(page, site, address)
    wanted = {event.id for event in EVENTS if fits(**asked)(event)}
    assert counted(page) == len(wanted)
    if wanted:
        assert set(ids(page)) == wanted
    else:
        expect(page.get_by_text("No event fits all of this")).to_be_visible()


def test_ticks_narrow_the_rows_and_the_counts_say_what_a_tick_would_give(page: Page, site: Path) -> None:
    show(page, site)
    assert counted(page) == TOTAL
    tick(page, "Type", "ASSAULT")
    tick(page, "Certainty", "claimed")
    assert counted(page) == len([e for e in EVENTS if e.type == "ASSAULT" and e.certainty == "claimed"])
    for type_ in TYPES:
        row = page.locator("li", has=page.locator(f"input[name=type][value={type_}]"))
        with_it = [e for e in EVENTS if e.type == type_ and e.certainty == "claimed"]
        assert row.locator(".n").inner_text() == str(len(with_it))
    for words in ("Type: Assault", "Certainty: claimed"):
        expect(page.get_by_role("button", name=f"Take away {words}")).to_be_visible()
    narrowed = counted(page)
    page.get_by_role("link", name="Skip to content").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content") and counted(page) == narrowed
    page.get_by_role("button", name="Clear the filter").click()
    assert counted(page) == TOTAL
    expect(page.locator("input[name=type][value=ASSAULT]")).not_to_be_checked()


def test_words_are_found_without_accents_and_in_names(page: Page, site: Path) -> None:
    show(page, site)
    for words, wanted in (
        ("CAFE", TOTAL - 3),
        ("bridge bluetown", 1),
        ("echo two", sum("side-4" in {a.id for a in e.actors} for e in EVENTS)),
        ("heavy weapons", sum(e.mode == "heavy-weapons" for e in EVENTS)),
        ('"was named here"', TOTAL - 3),
        ('"here was named"', 0),
        ("here was named", TOTAL - 3),
        ("“named here” cafe café", TOTAL - 3),
    ):
        page.get_by_role("searchbox", name="Words").fill(words)
        expect(page.locator(".xcount")).to_have_text(f"{wanted} of {TOTAL} events")


def test_the_address_keeps_the_view_and_the_back_button_undoes_it(page: Page, site: Path) -> None:
    show(page, site)
    tick(page, "Type", "ASSAULT")
    assert page.url.endswith("#type=ASSAULT")
    page.get_by_role("searchbox", name="Words").press_sequentially("cafe", delay=20)
    page.wait_for_url("**#q=cafe&type=ASSAULT")
    page.get_by_role("button", name="Certainty", exact=True).click()
    shared, narrowed = page.url, counted(page)
    assert shared.endswith("#q=cafe&type=ASSAULT&sort=certainty")
    page.go_back()
    assert page.url.endswith("#q=cafe&type=ASSAULT")
    page.go_back()
    assert page.url.endswith("#type=ASSAULT"), "words typed without a pause are one step"
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("")
    assert counted(page) > narrowed
    page.go_back()
    expect(page.locator("input[name=type][value=ASSAULT]")).not_to_be_checked()
    assert counted(page) == TOTAL
    page.go_forward()
    expect(page.locator("input[name=type][value=ASSAULT]")).to_be_checked()
    page.goto("about:blank")
    page.goto(shared)
    page.locator("#explorer[data-read]").wait_for()
    assert counted(page) == narrowed
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Certainty")


def test_rows_sort_both_ways_and_what_has_no_value_comes_last(page: Page, site: Path) -> None:
    by_id = {event.id: event for event in EVENTS}
    show(page, site)
    latest = [by_id[id_].date.start for id_ in ids(page)]
    dated = [start for start in latest if start]
    assert dated == sorted(dated, reverse=True) and latest[len(dated) :] == [None] * (len(latest) - len(dated))
    page.get_by_role("button", name="Date", exact=True).click()
    oldest = [by_id[id_].date.start for id_ in ids(page)]
    assert oldest == [*reversed(dated), *latest[len(dated) :]]
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Date")
    page.get_by_role("button", name="Event", exact=True).click()
    types = [by_id[id_].type for id_ in ids(page)]
    assert types == sorted(types)
    page.get_by_role("button", name="Event", exact=True).click()
    assert [by_id[id_].type for id_ in ids(page)] == sorted(types, reverse=True)
    page.get_by_role("button", name="Certainty", exact=True).click()
    order = ["stated", "reported", "claimed", "unconfirmed", "denied"]
    ranks = [order.index(by_id[id_].certainty) for id_ in ids(page)]
    assert ranks == sorted(ranks)


def test_the_file_holds_the_filtered_rows_as_the_published_table_has_them(page: Page, site: Path) -> None:
    show(page, site, "report=many&type=ASSAULT&type=CONSULT&sort=date&dir=asc")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download these as CSV").click()
    assert waiting.value.suggested_filename == "events.csv"
    text = Path(waiting.value.path()).read_bytes().decode()
    assert text.count("\r\n") == counted(page) + 1
    rows = list(csv.DictReader(io.StringIO(text)))
    published = {
        row["id"]: row for row in csv.DictReader(io.StringIO((site / "data/events.csv").read_bytes().decode()))
    }
    shared = set(rows[0]) & set(next(iter(published.values())))
    assert shared >= {"id", "start", "end", "type", "mode", "certainty", "sources", "targets", "theaters", "quote"}
    for row in rows:
        assert {key: row[key] for key in shared} == {key: published[row["id"]][key] for key in shared}
    assert any(row["quote"].startswith("'=2+3") for row in rows)
    assert not any(value.startswith(tuple("=+-@\t\r\n＝＋－＠")) for row in rows for value in row.values())


def test_it_can_be_walked_with_the_keyboard_alone(page: Page, site: Path) -> None:
    show(page, site)

    def press(key: str, until: str, most: int = 400) -> None:
        for _ in range(most):
            page.keyboard.press(key)
            if page.evaluate("css => document.activeElement.matches(css)", until):
                return
        raise AssertionError(f"{key} does not lead to {until}")

    press("Tab", "#explorer .skip")
    expect(page.locator("#explorer .skip")).to_be_in_viewport()
    press("Tab", "input[name=q]")
    page.keyboard.type("cafe")
    press("Tab", "input[name=type][value=AID]")
    page.keyboard.press("Space")
    wanted = sum(e.type == "AID" and e.report == "many" for e in EVENTS)
    expect(page.locator(".xcount")).to_have_text(f"{wanted} of {TOTAL} events")
    press("Shift+Tab", "#explorer .skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.xcount')")
    press("Tab", "th button")
    page.keyboard.press("Enter")
    expect(page.locator("th[data-sort=date]")).to_have_attribute("aria-sort", "ascending")
    assert page.evaluate("document.activeElement.matches('th button')"), "sorting takes nobody away"
    press("Tab", ".xopen")
    page.keyboard.press("Enter")
    expect(page.locator(".xopen").first).to_have_attribute("aria-expanded", "true")
    press("Tab", ".xmore dd a")
    page.keyboard.press("Shift+Tab")


def test_an_opened_row_says_all_and_leads_to_the_event(page: Page, site: Path) -> None:
    show(page, site, "q=bridge")
    page.locator(".xopen").click()
    opened = page.locator(".xmore")
    expect(opened.locator("blockquote")).to_have_text("“On April 3, the Reds struck a bridge in Bluetown.”")
    expect(opened).to_contain_text("with 1 more sentence")
    opened.get_by_role("link", name="Event in Reds & Blues").click()
    page.wait_for_url("**/reports/reds-and-blues.html#e-e-one")
    expect(page.locator(":target")).to_have_count(1)


def test_numbers_of_the_heat_map_lead_to_the_events_they_count(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/index.html")
    page.locator("#heat details.data summary").click()
    cells = page.locator("#heat td.n a")
    total = 0
    asked = [(cell.inner_text(), cell.get_attribute("href") or "") for cell in cells.all()]
    assert len(asked) > 10
    for n, address in asked:
        page.goto("about:blank")
        page.goto(f"file://{site}/{address}")
        page.locator("#explorer[data-read]").wait_for()
        assert counted(page) == int(n), address
        total += int(n) if "type=" not in address else 0
    assert total == len([e for e in EVENTS if e.theaters])


def test_report_text_stays_text(page: Page, site: Path) -> None:
    show(page, site, "q=alert")
    page.locator(".xopen").click()
    expect(page.locator(".xmore blockquote")).to_contain_text(invented.HOSTILE)
    assert page.locator(".xlist script, .xlist b[onclick]").count() == 0


def test_pages_of_rows_turn_and_stay_in_the_address(page: Page, site: Path) -> None:
    show(page, site)
    assert page.locator(".xrow").count() == 50
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".xpages .n")).to_have_text("51–100")
    assert page.url.endswith("#page=2")
    page.get_by_role("button", name="Next").click()
    assert page.locator(".xrow").count() == TOTAL - 100
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    show(page, site, "page=3")
    expect(page.locator(".xpages .n")).to_have_text(f"101–{TOTAL}")
    tick(page, "Type", "ASSAULT")
    assert "page" not in page.url


def test_ways_to_start_are_links_on_the_page(page: Page, site: Path) -> None:
    show(page, site)
    start = page.locator(".presets li", has=page.get_by_role("link", name="Contested"))
    n = int(start.locator(".n").inner_text())
    start.get_by_role("link").click()
    expect(page.locator(".xcount")).to_have_text(f"{n} of {TOTAL} events")
    assert n == sum(e.certainty in ("claimed", "denied") for e in EVENTS)


def test_an_open_row_stays_open_while_more_rows_come(page: Page, site: Path) -> None:
    held: list[Callable[[], None]] = []
    page.route("**/explorer/5.js", lambda route: held.append(route.continue_))
    page.goto(f"file://{site}/events/explorer.html", wait_until="commit")
    expect(page.locator(".xcount")).to_contain_text("still reading")
    page.locator(".xopen").nth(2).click()
    for go_on in held:
        go_on()
    page.locator("#explorer[data-read]").wait_for()
    assert counted(page) == TOTAL
    expect(page.locator(".xopen").nth(2)).to_have_attribute("aria-expanded", "true")


def test_without_its_place_in_the_navigation_home_timeline_and_foot_lead_there(page: Page, site: Path) -> None:
    assert "events/explorer.md" not in (site.parent / "mkdocs.yml").read_text(encoding="utf-8")
    for path, where in (("index.html", "#content"), ("events/index.html", "#content"), ("method.html", "footer")):
        page.goto(f"file://{site}/{path}")
        page.locator(where).get_by_role("link", name="explorer").first.click()
        page.wait_for_url("**/events/explorer.html*")


def test_on_paper_nothing_is_cut_and_nothing_is_there_to_press(page: Page, site: Path) -> None:
    show(page, site, "type=ASSAULT")
    page.emulate_media(media="print")
    assert not page.locator(".facets").is_visible() and not page.locator(".xpages").is_visible()
    for css in (".xq", ".xt span", ".xrow .who"):
        cut = page.locator(css).evaluate_all("all => all.filter(x => x.scrollWidth > x.clientWidth + 1).length")
        assert cut == 0


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    show(page, site, "certainty=claimed&type=ASSAULT&type=CONSULT&q=e")
    if not page.locator(".facets").evaluate("box => box.open"):
        page.locator(".facets summary").click()
    page.locator(".xopen").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator("#explorer").evaluate(
        "box => [...box.querySelectorAll('button:not(.skip), select, summary, label, input:not([type=checkbox])')]"
        ".filter(x => x.offsetParent && x.getBoundingClientRect().height < 23.9).map(x => x.outerHTML)"
    )
    assert small == []
    page.close()


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    """The site's address on a server."""
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(cast(type[SimpleHTTPRequestHandler], handler), directory=site)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_from_a_server_nothing_is_asked_of_anybody_else(browser: Browser, origin: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{origin}events/explorer.html#type=AID")
    page.locator("#explorer[data-read]").wait_for()
    assert counted(page) == sum(e.type == "AID" for e in EVENTS)
    assert ids(page)
    assert [url for url in asked if not url.startswith((origin, "blob:"))] == []
    page.close()


def test_what_shows_first_is_all_that_is_loaded_until_somebody_asks(page: Page, origin: str) -> None:
    """The counts are those of all rows, and what is asked before they came is answered from all of them."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{origin}events/explorer.html", wait_until="networkidle")
    page.locator("#explorer[data-ready]").wait_for()
    assert [url for url in asked if "/data/explorer/" in url] == [f"{origin}data/explorer/start.js"]
    expect(page.locator(".xcount")).to_have_text(f"{TOTAL} of {TOTAL} events")
    for type_ in TYPES:
        row = page.locator("li", has=page.locator(f"input[name=type][value={type_}]"))
        assert row.locator(".n").inner_text() == str(sum(e.type == type_ for e in EVENTS))
    before = page.locator(".facets .fl").all_inner_texts()
    page.locator(".xopen").first.click()
    assert len([url for url in asked if "/data/explorer/" in url]) == 1, "a row has all that it opens to"
    tick(page, "Year", "2023")
    page.locator("#explorer[data-read]").wait_for()
    assert counted(page) == sum(bool(e.date.start and e.date.start.year == 2023) for e in EVENTS)
    assert page.locator(".facets .fl").all_inner_texts() == before, "no name moves when all have come"


def test_further_pages_of_rows_come_when_they_are_turned_to(page: Page, origin: str) -> None:
    page.goto(f"{origin}events/explorer.html")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".xpages .n")).to_have_text("51–100")
    assert page.locator(".xrow").count() == 50


def test_with_the_network_cut_off_it_works_from_the_disk(browser: Browser, site: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, site, "type=AID")
    assert counted(page) == sum(e.type == "AID" for e in EVENTS)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    context.close()


def test_without_javascript_a_note_leads_on(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/events/explorer.html")
    note = page.locator("#explorer")
    expect(note).to_contain_text("needs JavaScript")
    assert not page.locator(".presets").is_visible()
    for link in note.get_by_role("link").all():
        assert (site / "events" / (link.get_attribute("href") or "")).resolve().is_file()
    note.get_by_role("link", name="list of all events").click()
    page.get_by_role("link", name="explorer").first.click()
    assert page.url.endswith("events/explorer.html")
    context.close()


def test_rows_that_cannot_be_read_are_told(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.route("**/data/explorer/3.js", lambda route: route.abort())
    page.goto(f"file://{site}/events/explorer.html")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    page.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_table_does_not_shift_what_is_there(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => {"
        " if (!e.hadRecentInput) window.shift += e.value })).observe({type: 'layout-shift', buffered: true})"
    )
    show(page, site)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.01
    page.close()
