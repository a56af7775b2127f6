"""Feeds: what RFC 4287 and JSON Feed 1.1 ask of them, the same in every build, and inert whatever a report says."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import invented
from briefgen import exports, feeds, knowledge, publish
from briefgen import records as recording
from briefgen.errors import BriefError
from briefgen.exports.told import FIRST_DAY, day_of
from briefgen.feeds import Site
from briefgen.model import Citation, Record
from briefgen.pages import Page, Target, pages
from briefgen.pages.render import environment, render

ATOM = "{http://www.w3.org/2005/Atom}"
KNOWN = knowledge.load()
PUBLISHED = Site("Briefing & more", "https://example.org/brief/")
ONCE = ("id", "title", "updated")
CHILDREN = {
    "feed": {*ONCE, "author", "link", "subtitle", "entry"},
    "entry": {*ONCE, "author", "link", "category", "published", "summary"},
}


def made(records: list[Record], site: Site = PUBLISHED) -> tuple[dict[str, str], list[Page]]:
    drawn = pages(records, KNOWN, {invented.SEED: invented.TEXT})
    return feeds.files(records, KNOWN, {invented.SEED: invented.TEXT}, drawn, site), drawn


def valid(text: str) -> Any:
    """The feed as a tree; AssertionError for what RFC 4287 forbids."""
    root: Any = etree.fromstring(text.encode())
    assert root.tag == f"{ATOM}feed"
    ids = []
    nodes: list[Any] = [root, *root.iter(f"{ATOM}entry")]
    for node in nodes:
        kind = node.tag.removeprefix(ATOM)
        names = [child.tag.removeprefix(ATOM) for child in node]
        assert set(names) <= CHILDREN[kind]
        assert all(names.count(name) == 1 for name in ONCE), "4.1.1, 4.1.2: exactly one of each"
        ids.append(node.findtext(f"{ATOM}id"))
        assert urlsplit(ids[-1]).scheme == "urn", "4.2.6: an absolute IRI"
        for name in ("updated", "published"):
            for moment in node.findall(f"{ATOM}{name}"):
                assert dt.datetime.fromisoformat(moment.text).tzinfo, "3.3: RFC 3339 with an offset"
        assert all(child.findtext(f"{ATOM}name") for child in node.findall(f"{ATOM}author")), "3.2.1"
        alternates = [link for link in node.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1 and alternates[0].get("href"), "one alternate of a type"
        assert all(category.get("term") for category in node.findall(f"{ATOM}category")), "4.2.2.1"
        for text_construct in ("title", "summary", "subtitle"):
            assert all(not len(child) for child in node.findall(f"{ATOM}{text_construct}")), "3.1.1.1: text only"
    assert len(ids) == len(set(ids)), "4.1.1: no two entries with one id"
    assert root.findall(f"{ATOM}author"), "4.1.1: an author for every entry"
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    moments = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
    assert all(a >= b for a, b in pairwise(moments)), "newest first"
    return root


def valid_json(text: str) -> Any:
    """The feed as a tree; AssertionError for what JSON Feed 1.1 forbids, in the words of the specification."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str), "title (required, string)"
    assert isinstance(feed["items"], list), "items (required, array)"
    assert set(feed) <= {
        "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
        "authors", "language", "expired", "hubs", "items",
    }, "anything else would be an extension, whose name begins with an underscore"  # fmt: skip
    for item in feed["items"]:
        assert set(item) <= {
            "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
            "date_published", "date_modified", "authors", "tags", "language", "attachments",
        }  # fmt: skip
        assert isinstance(item["id"], str) and item["id"], "id (required, string)"
        assert isinstance(item["content_text"], str), "one or both of content_html and content_text must be present"
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert dt.datetime.fromisoformat(item["date_published"]).tzinfo, "date in RFC 3339 format"
    for one in (feed, *feed["items"]):
        assert one["authors"] and all(
            author.keys() <= {"name", "url", "avatar"} and author for author in one["authors"]
        ), "all are optional, but at least one must be there"
        for key in one.keys() & {"home_page_url", "feed_url", "url"}:
            assert urlsplit(one[key]).scheme in ("http", "https")
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids)), "unique for that item for that feed over time"
    return feed


@pytest.mark.parametrize("site", [PUBLISHED, Site("Briefing")])
def test_both_formats_tell_the_same(site: Site) -> None:
    files, _ = made([invented.record(), invented.many(7)], site)
    for path in [path for path in files if path.endswith(".atom")]:
        root, other = valid(files[path]), f"{path.removesuffix('.atom')}.feed.json"
        feed = valid_json(files[other])
        assert feed["title"] == root.findtext(f"{ATOM}title")
        assert feed.get("feed_url") == (f"{site.url}data/{other}" if site.url else None)
        for entry, item in zip(root.iter(f"{ATOM}entry"), feed["items"], strict=True):
            told = {
                "id": entry.findtext(f"{ATOM}id"),
                "title": entry.findtext(f"{ATOM}title"),
                "content_text": entry.findtext(f"{ATOM}summary"),
                "date_published": entry.findtext(f"{ATOM}updated"),
                "authors": [{"name": entry.findtext(f"{ATOM}author/{ATOM}name")}],
                "tags": [category.get("label") for category in entry.iter(f"{ATOM}category")],
            }
            assert item == (told | {"url": entry.find(f"{ATOM}link").get("href")} if site.url else told)


@pytest.mark.parametrize("site", [PUBLISHED, Site("Briefing")])
def test_feeds_are_valid_and_lead_to_the_events(site: Site) -> None:
    files, drawn = made([invented.record(), invented.many(7)], site)
    assert sorted(files) == sorted(
        f"{stem}.{ending}" for stem in ("actors/reds", "events", "theaters/iraq") for ending in ("atom", "feed.json")
    )
    there = {(f"{p.path.removesuffix('.md')}.html", t.anchor) for p in drawn for t in p.targets}
    for path in [path for path in files if path.endswith(".atom")]:
        root = valid(files[path])
        own = f"https://example.org/brief/data/{path}"
        for link in root.iter(f"{ATOM}link"):
            address = link.get("href")
            assert bool(urlsplit(address).scheme) == bool(site.url)
            page, anchor = urldefrag(urljoin(own, address))
            if link.get("rel") == "self":
                assert page == own
            else:
                assert (page.removeprefix("https://example.org/brief/"), anchor) in there


def test_only_events_of_the_pages_are_told_and_each_once() -> None:
    files, _ = made([invented.record(), invented.many(7)])
    titles = [entry.findtext(f"{ATOM}title") for entry in valid(files["events.atom"]).iter(f"{ATOM}entry")]
    assert len(titles) == 10
    assert "Attack by Reds on Bluetown" in titles
    assert "Claimed: talks between Чёрные and Blues" in titles
    assert "likely answer" not in files["events.atom"], "a plan waits in the review lane"
    assert len(list(valid(files["actors/reds.atom"]).iter(f"{ATOM}entry"))) == 8


def test_an_actor_of_few_events_has_no_feed() -> None:
    files, _ = made([invented.many(feeds.WEIGHT)])
    assert "actors/reds.atom" in files
    files, _ = made([invented.many(feeds.WEIGHT - 1)])
    assert "actors/reds.atom" not in files


def test_without_a_report_there_is_an_empty_feed() -> None:
    files, _ = made([])
    root = valid(files["events.atom"])
    assert list(files) == ["events.atom", "events.feed.json"]
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert valid_json(files["events.feed.json"])["items"] == []


def test_the_newest_report_dates_the_feed_and_each_report_its_entries() -> None:
    older = invented.many(3)
    older = older.model_copy(update={"report": older.report.model_copy(update={"published": dt.date(2023, 1, 5)})})
    files, _ = made([older, invented.record()])
    root = valid(files["events.atom"])
    assert root.findtext(f"{ATOM}updated") == "2024-04-04T00:00:00Z"
    moments = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
    assert moments == ["2024-04-04T00:00:00Z"] * 3 + ["2023-01-05T00:00:00Z"] * 3
    assert made([invented.record(), older])[0] == files, "the order of the records does not matter"


def test_a_report_without_a_date_is_as_new_as_what_it_cites_or_tells() -> None:
    record = invented.record(published=None, published_basis="none")
    assert day_of(record) == dt.date(2024, 4, 3)
    cited = (Citation(id="i", marker="i", date=dt.date(2024, 5, 1)),)
    assert day_of(invented.record(published=None, published_basis="none", citations=cited)) == dt.date(2024, 5, 1)
    empty = record.model_copy(update={"events": ()})
    assert day_of(empty) == FIRST_DAY


def test_a_long_history_is_cut_but_no_report() -> None:
    first, second = invented.many(feeds.LATEST + 30), invented.record(published=dt.date(2020, 1, 1))
    files, _ = made([first, second])
    assert files["events.atom"].count("<entry>") == feeds.LATEST + 30


def test_ids_stay_where_titles_change_and_differ_between_sites() -> None:
    def ids(records: list[Record], site: Site) -> list[str]:
        return re.findall("<id>(.*?)</id>", made(records, site)[0]["events.atom"])

    before, after = ids([invented.record()], PUBLISHED), ids([invented.record(title="New")], PUBLISHED)
    assert before == after
    assert ids([invented.record()], Site("Other name", PUBLISHED.url)) == before
    assert not set(ids([invented.record()], Site("Other", "https://other.example/"))) & set(before)
    assert not set(ids([invented.record()], Site("Other"))) & set(ids([invented.record()], Site("Another")))


def test_hostile_text_is_text() -> None:
    files, _ = made([invented.record()])
    root = valid(files["events.atom"])
    assert any(invented.HOSTILE in entry.findtext(f"{ATOM}summary") for entry in root.iter(f"{ATOM}entry"))
    assert "<script" not in files["events.atom"]


@given(st.text(max_size=40))
def test_any_text_makes_well_formed_feeds(text: str) -> None:
    site = Site(text or "x")
    drawn = [Page("index.md", "home", "x", "x", None, (Target("page:index"),))]
    files = feeds.files([], KNOWN, {}, drawn, site)
    valid(files["events.atom"].encode("utf-8").decode())
    valid_json(files["events.feed.json"].encode("utf-8").decode())


def test_pages_name_their_feeds() -> None:
    records = [invented.record(), invented.many(7)]
    files, drawn = made(records)
    env = environment(publish.template_folders(Path("nowhere")))
    data = frozenset({**exports.files(records, KNOWN, recording.dump), **files})
    texts = render(drawn, env, data, exports.file_name)
    told = re.search("^feeds: (.*)$", texts["theaters/iraq.md"], re.MULTILINE)
    assert told and [tuple(feed.values()) for feed in json.loads(told[1])] == [
        ("../data/theaters/iraq.atom", "application/atom+xml", "Feed: Iraq"),
        ("../data/theaters/iraq.feed.json", "application/feed+json", "JSON Feed: Iraq"),
        ("../data/events.atom", "application/atom+xml", "Feed: all events"),
        ("../data/events.feed.json", "application/feed+json", "JSON Feed: all events"),
    ]
    assert "actors/reds.atom" in texts["actors/reds.md"] and "actors/reds.feed.json" in texts["actors/reds.md"]
    assert "blues.atom" not in texts["actors/blues.md"] and "events.atom" in texts["method.md"]


@pytest.mark.parametrize(
    ("config", "site"),
    [
        ("site_name: A\nsite_url: https://a.example/x", Site("A", "https://a.example/x/")),
        ("site_name: A\nsite_url: https://a.example/\n", Site("A", "https://a.example/")),
        ("docs_dir: x", Site("briefgen")),
        ("site_name: A\nsite_url: !ENV [NOT_SET_ANYWHERE, '']\n", Site("A")),
    ],
)
def test_name_and_address_are_those_of_mkdocs(config: str, site: Site, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert publish.site(tmp_path) == site


def test_a_config_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert publish.site(tmp_path) == Site("briefgen")
    (tmp_path / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    with pytest.raises(BriefError, match=r"mkdocs\.yml"):
        publish.site(tmp_path)
