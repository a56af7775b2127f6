"""The built site, read as a reader's browser gets it."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

import invented
from briefgen import explorer, exports, knowledge, publish, records, search, timeline
from briefgen.model import Certainty, Record
from briefgen.pages import pages
from briefgen.pages.passages import label

ROOT = Path(__file__).resolve().parent.parent
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


class _Page(HTMLParser):
    """Ids, links and headings of a page, and whether its elements nest."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.regions: list[str] = []
        self.tags: list[str] = []
        self.wrong: list[str] = []
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.ids += [values["id"]] if values.get("id") else []
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag in ("script", "img", "iframe", "source") and "src" in values:
            self.loads.append(values["src"])
        elif tag == "link" and "href" in values:
            self.loads.append(values["href"])
        if values.get("role") == "region":
            self.regions.append(values["aria-label"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.wrong.append(f"</{tag}> inside {self._open[-3:]} at {self.getpos()}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("script", "style"):
            self.text += data


def make(project: Path, made: list[Record]) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    known = knowledge.load()
    texts = {invented.SEED: invented.TEXT, "many.txt": "\n".join(e.evidence[0].quote for e in made[-1].events)}
    drawn = pages(made, known, texts)
    files = exports.files(made, known, records.dump) | explorer.files(made, known, texts, drawn)
    files |= timeline.files(made, known) | search.files(search.facts(made, known, drawn))
    return publish.publish(project, drawn, files)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("site"), [invented.record(), invented.many(130)])


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, _Page]:
    return dict(_read(site))


def _read(site: Path) -> Iterator[tuple[str, _Page]]:
    for path in sorted(site.rglob("*.html")):
        page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
        page.close()
        yield path.relative_to(site).as_posix(), page


def test_two_builds_are_equal(site: Path, tmp_path: Path) -> None:
    again = make(tmp_path, [invented.many(130), invented.record()][::-1])
    assert _digests(again) == _digests(site)


def _digests(folder: Path) -> dict[str, str]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_elements_nest_and_ids_are_one(read: dict[str, _Page]) -> None:
    assert len(read) > 15
    assert {path: page.wrong for path, page in read.items() if page.wrong} == {}
    twice = {path: {i for i in page.ids if page.ids.count(i) > 1} for path, page in read.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def strange(fragment: str, site: Path) -> list[tuple[str, str]]:
    """What a filter of the explorer asks for that it does not know."""
    index = json.loads((site / "data/explorer/index.js").read_text().removeprefix("briefgenIndex(").rstrip(")\n"))
    facets = {"type": "types", "theater": "theaters", "first": "theaters", "actor": "actors", "source": "sources"}
    known = {(key, entry[0]) for key, kind in facets.items() for entry in index[kind]} | {("year", "undated")}
    known |= {("certainty", value) for value in get_args(Certainty)}
    return [pair for pair in parse_qsl(fragment) if pair not in known]


def test_every_link_leads_somewhere(read: dict[str, _Page], site: Path) -> None:
    dead = []
    for path, page in read.items():
        if path == "404.html":
            continue
        for address in page.links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("http", "https")
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            if target == "events/explorer.html" and "=" in parts.fragment:
                dead += [(path, address)] if strange(parts.fragment, site) else []
                continue
            there = read.get(target)
            if not (site / target).is_file() or (parts.fragment and there and unquote(parts.fragment) not in there.ids):
                dead.append((path, address))
    assert dead == []


def test_nothing_is_loaded_from_elsewhere(read: dict[str, _Page]) -> None:
    assert [(p, a) for p, page in read.items() for a in page.loads if urlsplit(a).scheme not in ("", "data")] == []


@pytest.mark.parametrize("leftover", ["[^", "{%", "None", "&#", "&amp;#", "Undefined", 'markdown="', "klzzwxh"])
def test_nothing_of_the_making_is_left_over(leftover: str, read: dict[str, _Page]) -> None:
    hostile = ("[^1]",) if leftover == "[^" else ()
    found = {}
    for path, page in read.items():
        text = page.text
        for allowed in hostile:
            text = text.replace(allowed, "")
        if leftover in text:
            found[path] = text[text.index(leftover) - 40 :][:90]
    assert found == {}


def test_hostile_text_comes_out_as_text(read: dict[str, _Page]) -> None:
    page = read["reports/reds-and-blues.html"]
    assert invented.HOSTILE in page.text
    assert not any(address.lower().startswith("javascript") for p in read.values() for address in p.links)


def test_footnotes_lead_there_and_back(read: dict[str, _Page]) -> None:
    page = read["reports/reds-and-blues.html"]
    wanted = {f"fn:{label('reds-and-blues', citation)}" for citation in ("i", "ii", "Daily Blue, April 2")}
    assert {i for i in page.ids if i.startswith("fn:")} == wanted
    calls = [address for address in page.links if address.startswith("#fn:")]
    backs = [address for address in page.links if address.startswith("#fnref")]
    assert len(calls) == len(backs) >= 3


def test_pages_have_one_title_and_landmarks(read: dict[str, _Page]) -> None:
    for path, page in read.items():
        assert page.headings.count(1) == 1, path
        steps = [b - a for a, b in pairwise(page.headings)]
        assert max(steps, default=0) <= 1, (path, page.headings)
        assert {"main", "header", "footer", "nav"} <= set(page.tags), path
        assert len(page.regions) == len(set(page.regions)), "each region has a name of its own"
        assert "#content" in page.links
        assert "content" in page.ids


def test_charts_and_data_are_there(read: dict[str, _Page], site: Path) -> None:
    assert read["index.html"].tags.count("figure") == 2
    assert (site / "assets" / "plotly.min.js").is_file()
    assert (site / "data" / "events.json").is_file()
    assert "data/records/reds-and-blues.yml" in [
        p.removeprefix("../") for p in read["reports/reds-and-blues.html"].links
    ]


def test_an_empty_site_builds(tmp_path: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    known = knowledge.load()
    made = publish.publish(tmp_path, pages([], known, {}), exports.files([], known, records.dump))
    assert "No reports yet" in (made / "index.html").read_text()
