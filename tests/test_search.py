"""What the search knows of a hit, and how a large index is cut."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import invented
from briefgen import build, knowledge, search
from briefgen.errors import BriefError
from briefgen.model import Record
from briefgen.pages import Page, pages
from briefgen.search import Fact, pieces

KNOWN = knowledge.load()
RECORDS = (invented.record(), invented.located())
DOCS: list[dict[str, Any]] = [
    {"location": "reports/reds-and-blues.html", "title": "Reds &amp; Blues", "text": "<p>The whole text.</p>"},
    {"location": "reports/reds-and-blues.html#p0", "title": "News", "text": "<p>On April 3, the Reds struck.</p>"},
    {"location": "events/index.html#e-e-one", "title": "Assault Reds",
     "text": "3 Apr 2024 <p>“Struck a bridge.”</p> Place Bluetown"},
    {"location": "actors/reds.html", "title": "Reds", "text": "Çavuşoğlu &lt;b&gt;"},
    {"location": "method.html", "title": "Method", "text": "How"},
]  # fmt: skip


def drawn(records: tuple[Record, ...] = RECORDS) -> list[Page]:
    return pages(records, KNOWN, {invented.SEED: invented.TEXT})


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    return search.facts(RECORDS, KNOWN, drawn())


def test_every_thing_that_can_be_found_has_its_kind_and_day(facts: dict[str, Fact]) -> None:
    iraq, gaza = KNOWN.theaters["iraq"].name, KNOWN.theaters["gaza-strip"].name
    assert facts["e-e-one"] == Fact("Event", "3 Apr 2024", ("2024",), (iraq,))
    assert facts["e-e-three"] == Fact("Event", "undated", (), (iraq,))
    assert facts["reports/reds-and-blues.html"] == Fact("Report", "4 Apr 2024", ("2024",), (iraq,))
    assert facts["actors/blues.html"] == Fact("Actor", "latest event 2 Apr 2024", ("2024",), (iraq,))
    assert facts["theaters/gaza-strip.html"].kind == "Theater" and gaza in facts["theaters/gaza-strip.html"].theaters
    assert facts["sources/named-daily-blue.html"] == Fact("Source", "latest event 2 Apr 2024", ("2024",), (iraq,))
    assert facts["events/map.html#p-rafah"].kind == "Place"
    assert "e-e-held" not in facts, "what is held back is not found"


def test_facts_do_not_depend_on_the_order_of_records(facts: dict[str, Fact]) -> None:
    turned = (RECORDS[1], RECORDS[0])
    assert search.facts(turned, KNOWN, drawn()) == facts


def test_the_script_holds_them_once_and_nothing_of_it_acts() -> None:
    known = {"actors/x.html": Fact("Actor", "</script>", ("2024",), ("</script>\u2028",))}
    text = search.files(known)["search.js"]
    assert "<" not in text and "\u2028" not in text
    told = json.loads(re.fullmatch(r"briefgenFacts\((.*)\)\n", text)[1])  # type: ignore[index]
    assert told == {
        "kinds": ["Actor"],
        "theaters": ["</script>\u2028"],
        "hits": {"actors/x.html": [0, "</script>", ["2024"], [0]]},
    }


def indexed(folder: Path) -> Path:
    """A site with nothing but an index."""
    (folder / "search").mkdir(parents=True)
    told = json.dumps({"config": {"lang": ["en"], "fields": {}}, "docs": DOCS})
    (folder / "search/search_index.json").write_text(told)
    (folder / "search/search_index.js").write_text(f"var __index = {told}")
    return folder


def test_a_small_index_stays_as_it_is(tmp_path: Path, facts: dict[str, Fact]) -> None:
    site = indexed(tmp_path)
    before = {path.name: path.read_bytes() for path in (site / "search").iterdir()}
    assert search.cut(site, facts) == ""
    assert {path.name: path.read_bytes() for path in (site / "search").iterdir()} == before
    assert search.cut(tmp_path / "none", facts) == "", "a project may do without a search"


def test_a_large_index_becomes_pieces_the_same_each_time(
    tmp_path: Path, facts: dict[str, Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LIMIT", 100)
    made = []
    for name in ("one", "two"):
        site = indexed(tmp_path / name)
        assert "Pagefind" in search.cut(site, facts)
        made.append({p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()})
    assert made[0] == made[1]
    stub = json.loads(made[0]["search/search_index.json"])
    assert stub["docs"] == [] and stub["config"]["pieces"] == "search/pagefind/" and stub["config"]["lang"] == ["en"]
    assert json.loads(made[0]["search/search_index.js"].removeprefix(b"var __index = ")) == stub
    kept = json.loads(made[0]["search/documents.js"].removeprefix(b"briefgenDocuments(").rstrip(b")\n"))
    assert kept["docs"] == DOCS, "for pages from the disk"
    entry = json.loads(made[0]["search/pagefind/pagefind-entry.json"])
    assert entry["languages"]["en"]["page_count"] == len(DOCS)
    assert f"search/pagefind/pagefind.{entry['languages']['en']['hash']}.pf_meta" in made[0]
    told = [
        json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
        for name, content in made[0].items() if name.endswith(".pf_fragment")
    ]  # fmt: skip
    by_place = {one["meta"]["location"]: one for one in told}
    assert by_place["events/index.html#e-e-one"]["content"].startswith("“Struck a bridge.” 3 Apr 2024")
    assert by_place["reports/reds-and-blues.html#p0"]["meta"]["called"] == "Reds & Blues"
    assert by_place["actors/reds.html"]["content"] == "Çavuşoğlu <b> Cavusoglu"
    assert by_place["method.html"]["meta"]["kind"] == "Page"
    assert by_place["reports/reds-and-blues.html#p0"]["filters"]["kind"] == ["Report"]


def test_without_pagefind_the_site_keeps_its_search_and_says_what_to_do(
    tmp_path: Path, facts: dict[str, Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_program", lambda: None)
    monkeypatch.setattr(search, "LIMIT", 0)
    site = indexed(tmp_path)
    before = (site / "search/search_index.json").read_bytes()
    assert "pip install" in search.cut(site, facts)
    assert (site / "search/search_index.json").read_bytes() == before


ANSWER = base64.b64encode(b'{"message_id": 1, "payload": {"type": "Error", "message": "it is full"}}').decode()


@pytest.mark.parametrize(
    ("script", "told"), [("exit 0", "ended before"), (f"printf '{ANSWER},'; cat > /dev/null", "it is full")]
)
def test_a_program_that_fails_is_told(script: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pieces, "_program", lambda: str(program))
    many = [pieces.Entry(f"{n}.html", "x", "y" * 1000, {}, {}) for n in range(1000)]
    with pytest.raises(BriefError, match=told):
        pieces.index(many)


@given(st.text())
def test_any_text_can_be_an_entry(text: str) -> None:
    entry = next(iter(search.entries([{"location": "x.html", "title": text, "text": text}], {})))
    assert "<" not in entry.text or "<" in text or "&" in text
    assert json.dumps(pieces._record(entry))


@pytest.mark.slow
def test_a_build_says_that_its_index_was_cut_and_its_bytes_stay_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a new project, whose index weighs next to nothing, with the limit set lower still."""
    told: list[str] = []
    made = []
    for limit in (search.LIMIT, 0, 0):
        monkeypatch.setattr(search, "LIMIT", limit)
        outcome = build.everything(project)
        assert outcome.site
        told += [line for line in outcome.done if "search index" in line]
        made.append({p.relative_to(project): p.read_bytes() for p in outcome.site.rglob("*") if p.is_file()})
    assert len(told) == 2 and all("Pagefind" in line for line in told)
    assert made[1] == made[2]
    whole = {path for path in made[0] if "search" not in path.parts}
    assert {path: made[0][path] for path in whole} == {path: made[1][path] for path in whole}, "no page changes"
