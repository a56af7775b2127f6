"""The site of the sample reports, as a reader's browser and the search get it."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from briefgen import build
from briefgen.build import Reading
from briefgen.knowledge import Knowledge
from briefgen.model import Event

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
KINDS = (
    "index.html", "404.html", "assessments.html", "review.html", "method.html", "theaters/index.html",
    "actors/index.html",
    "reports/index.html", "sources/index.html", "events/index.html", "events/index-2.html", "theaters/iraq.html",
    "actors/iran.html", "actors/chen-wenqing.html", "sources/irna.html", "reports/ctp-isw-iran-update-2024-04-26.html",
    "reports/oe-watch-pakistan-deporting-approximately-1-7-million.html",
)  # fmt: skip
"""A page of each kind."""


@pytest.fixture(scope="module")
def site(root: Path, everything_known: Knowledge, reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("real")
    shutil.copy(root / "mkdocs.yml", project / "mkdocs.yml")
    _, where = build.publish(project, everything_known, reading)
    assert where
    return where


@pytest.fixture(scope="module")
def found(site: Path) -> Mapping[str, list[Mapping[str, Any]]]:
    """Page -> its entries in the search index."""
    entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]:
        entries[entry["location"].partition("#")[0]].append(entry)
    return entries


@pytest.fixture(scope="module")
def shown(reading: Reading) -> list[Event]:
    return [e for r in reading.records for e in r.events if e.shown and e.status in ("occurred", "ongoing", "denied")]


def letters(text: str) -> str:
    """Only letters and digits, without tags and entities."""
    return "".join(c for c in html.unescape(re.sub(r"<[^>]*>", "", text)).casefold() if c.isalnum())


def text(entries: list[Mapping[str, Any]]) -> str:
    return letters(" ".join(f"{entry['title']} {entry['text']}" for entry in entries))


def test_the_search_index_is_small(site: Path, found: Mapping[str, list[Mapping[str, Any]]]) -> None:
    assert len(gzip.compress((site / "search" / "search_index.json").read_bytes())) < 150_000
    assert {e["title"] for entries in found.values() for e in entries if not e["title"].strip()} == set()
    one = [page for page, entries in found.items() if page.startswith(("actors/", "theaters/")) and len(entries) > 1]
    assert one == [], "an actor or a theater is one entry"


def test_the_search_finds_each_event_on_the_timeline_and_in_its_report(
    found: Mapping[str, list[Mapping[str, Any]]], shown: list[Event]
) -> None:
    pages = {page: text(entries) for page, entries in found.items()}
    places = {entry["location"]: entry for entries in found.values() for entry in entries}
    timeline = {place.partition("#e-")[2]: entry for place, entry in places.items() if place.startswith("events/")}
    assert set(timeline) - {""} == {event.id for event in shown}
    for event in shown:
        entry = timeline[event.id]
        longest = max(map(letters, re.split(r"[\[(][^\])]*[\])]", event.evidence[0].quote)), key=len)
        holders = {page.partition("/")[0] for page, words in pages.items() if longest in words}
        assert longest in letters(entry["text"])
        assert holders <= {"events", "reports"}, event.evidence[0].quote
        assert all(letters(place.name) in letters(entry["text"]) for place in event.places)
        assert all(letters(actor.name) in letters(entry["title"]) for actor in event.actors)


def test_the_search_finds_names_in_every_spelling(
    site: Path, found: Mapping[str, list[Mapping[str, Any]]], reading: Reading, everything_known: Knowledge
) -> None:
    actors = {path.stem: text(found[f"actors/{path.name}"]) for path in site.glob("actors/*.html")}
    known = [everything_known.actors[id_] for id_ in actors if id_ in everything_known.actors]
    assert len(known) > 100
    for actor in known:
        spellings = [actor.name, *actor.aliases]
        assert [s for s in spellings if letters(s) not in actors[actor.id]] == []
    for record in reading.records:
        assert found[f"reports/{record.report.id}.html"][0]["title"]
        assert letters(record.report.title or "") in letters(found[f"reports/{record.report.id}.html"][0]["title"])
    for path in site.glob("sources/*.html"):
        source = everything_known.sources.get(path.stem)
        assert not source or letters(source.name) in text(found[f"sources/{path.name}"])


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """A page that fails the test if a script fails or anything is asked for outside the site."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda failed: None if failed.failure == "net::ERR_ABORTED" else wrong.append(failed.url))
    page.on(
        "request",
        lambda request: None if request.url.startswith((f"file://{site}/", "data:")) else wrong.append(request.url),
    )
    yield page
    page.close()
    assert wrong == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_scrolls_sideways(page: Page, site: Path, width: int) -> None:
    """Every page at the width of a phone, where one long name is enough; one of each kind at the others."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    every = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for name in every if width == 360 else KINDS:
        page.goto(f"file://{site}/{name}", wait_until="domcontentloaded")
        needed = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        if needed > width:
            wide[name] = needed
    assert wide == {}


@pytest.mark.parametrize(
    ("words", "leads_to", "kind"),
    [("Zionist army", "actors/israel-defense-forces.html", "Actor"),
     ("Spotlight", "reports/itic-spotlight-on-iran-2021-05-27.html", "Report"),
     ("Harakat Nujaba", "actors/harakat-hezbollah-al-nujaba.html", "Actor")],
)  # fmt: skip
def test_the_search_works_from_the_disk(page: Page, site: Path, words: str, leads_to: str, kind: str) -> None:
    page.goto(f"file://{site}/sources/irna.html")
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    assert first.locator(".hit b").inner_text() == kind
    first.click()
    page.wait_for_url(f"file://{site}/{leads_to}*")


def test_focus_goes_from_the_top_and_can_be_seen(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/actors/iran.html")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                const at = document.activeElement, ring = getComputedStyle(at.closest(".cite") || at)
                const label = at.nextElementSibling && getComputedStyle(at.nextElementSibling)
                const drawn = style => style && style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2
                return {
                  name: at.textContent.trim() || at.getAttribute("aria-label") || at.tagName,
                  shown: drawn(ring) || drawn(label) || at.matches(".md-search__input"),
                  top: at.getBoundingClientRect().top,
                }}"""
            )
        )
    assert seen[0]["name"] == "Skip to content"
    assert [stop["name"] for stop in seen if not stop["shown"]] == []
    assert all(stop["top"] >= -1 for stop in seen), "nothing that has the focus is out of sight above"
    page.goto(f"file://{site}/actors/iran.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_citation_leads_to_its_note_and_back(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/reports/ctp-isw-iran-update-2024-04-26.html")
    call = page.locator(".pt .cite a").first
    there = call.get_attribute("href") or ""
    call.click()
    note = page.locator(f'[id="{there.removeprefix("#")}"]')
    assert note.bounding_box() and page.url.endswith(there)
    note.locator(".footnote-backref").first.click()
    back = page.evaluate(
        "document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top"
    )
    assert 0 <= back < 900


def test_a_wrong_address_has_the_look_of_the_site(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/404.html")
    assert page.locator(".md-tabs__link").all_inner_texts()[:2] == ["Briefing", "Theaters"]
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"


def test_paper_is_white_and_without_chrome(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"file://{site}/theaters/iraq.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 23, 28)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in (".md-tabs", ".md-search", ".onpage", ".explore"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".event blockquote").first.is_visible() and page.locator("svg.c").first.is_visible()


def facts(page: str) -> dict[str, str]:
    pairs = re.findall(r"<div><dt>([^<]*)</dt><dd>(?:<a[^>]*>)?([^<]*)", page)
    return {name: value.strip() for name, value in pairs}


@pytest.mark.parametrize("kind", ["theaters", "actors"])
def test_the_figures_of_a_page_are_those_of_the_data(site: Path, kind: str) -> None:
    """Counted again from the published data, and from what is listed on the page and its further pages.

    A page of something that is in no event has no row of zeros, and says so instead.
    """
    for path in sorted(site.glob(f"{kind}/*.html")):
        data = site / "data" / kind / f"{path.stem}.json"
        if path.stem == "index" or not data.is_file():
            continue
        events = [e for e in json.loads(data.read_text(encoding="utf-8"))["events"] if e["shown"]]
        page = path.read_text(encoding="utf-8")
        told = facts(page)
        if not events:
            assert not told.keys() & {"Events", "Meetings", "Contested"} and 'class="ev-head"' not in page
            assert re.search("Takes part in no event of the reports read|No event of the reports read lies here", page)
            continue
        assert told["Events"] == f"{len(events):,}"
        assert told["Meetings"] == f"{sum(e['type'] == 'CONSULT' for e in events):,}"
        contested = sum(e["certainty"] in ("claimed", "unconfirmed", "denied") for e in events)
        assert told["Contested"] == f"{contested:,}"
        further = [other.read_text(encoding="utf-8") for other in path.parent.glob(f"{path.stem}-[0-9].html")]
        listed = re.findall(r'<h4 class="ev-head" id="e-([^"]*)"', "".join([page, *further]))
        assert sorted(listed) == sorted(e["id"] for e in events)


def test_the_figures_of_the_home_page_are_those_of_the_data(site: Path, shown: list[Event]) -> None:
    data = json.loads((site / "data" / "events.json").read_text(encoding="utf-8"))
    told = facts((site / "index.html").read_text(encoding="utf-8"))
    assert told["Events"] == f"{len(shown):,}" == f"{sum(e['shown'] for e in data['events']):,}"
    assert told["Reports"] == f"{len(data['reports']):,}"
    assert told["Assessments"] == f"{len(data['assessments']):,}"
    newest = max((r for r in data["reports"] if r["published"]), key=lambda r: r["published"])
    assert told["Information cut-off"].split() == [
        newest["published"][8:].lstrip("0"), dt.date.fromisoformat(newest["published"]).strftime("%b"),
        newest["published"][:4],
    ]  # fmt: skip
