"""The explorer's rows and page: complete, in order, inert, and linked."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

import invented
from briefgen import explorer, exports, knowledge, publish
from briefgen import records as recording
from briefgen.exports import file_name
from briefgen.model import Record
from briefgen.pages import Page, pages
from briefgen.pages.page import asking
from briefgen.pages.render import environment, link_from, places, render

ROOT = Path(__file__).parents[1]
KNOWN = knowledge.load()
TEXTS = {invented.SEED: invented.TEXT}
CALL = re.compile(r"(briefgenStart|briefgenIndex|briefgenRows)\((.*)\)\n", re.DOTALL)


def drawn(*records: Record) -> list[Page]:
    return pages(records, KNOWN, TEXTS)


def read(files: dict[str, str]) -> tuple[dict[str, Any], list[list[Any]]]:
    """The index and all rows, as a page would read them."""
    told = {name: CALL.fullmatch(text) for name, text in files.items()}
    assert all(told.values())
    index = json.loads(told["explorer/index.js"][2])  # type: ignore[index]
    rows: list[list[Any]] = []
    for n in range(1, index["chunks"] + 1):
        chunk = json.loads(told[f"explorer/{n}.js"][2])  # type: ignore[index]
        assert chunk["n"] == n
        rows += chunk["rows"]
    assert len(files) == index["chunks"] + 2
    return index, rows


def test_every_shown_event_has_a_row_latest_first_and_undated_last() -> None:
    index, rows = read(explorer.files([invented.record()], KNOWN, TEXTS, drawn(invented.record())))
    assert [row[0] for row in rows] == ["e-one", "e-two", "e-three"]
    assert index["total"] == 3
    assert [row[1] for row in rows] == ["2024-04-03", "2024-04-02", ""]


def test_rows_are_in_the_order_of_the_timeline(everything_known: knowledge.Knowledge) -> None:
    records = [invented.record(), invented.many(60)]
    _, rows = read(explorer.files(records, everything_known, TEXTS, drawn(*records)))
    timeline = next(page for page in drawn(*records) if page.path == "events/index.md")
    view: Any = timeline.view
    assert [row[0] for row in rows] == [event.id for month in view.listing.months for event in month.events]


def test_a_row_says_who_what_where_and_by_whom() -> None:
    index, rows = read(explorer.files([invented.record()], KNOWN, TEXTS, drawn(invented.record())))
    row = rows[1]

    def name(kind: str, number: int) -> str:
        return str(index[kind][number][1])

    assert name("types", row[4]) == "Consult" and name("certainties", row[6]) == "claimed"
    assert [name("theaters", n) for n in row[7]] == [KNOWN.theaters["iraq"].name]
    assert [(name("actors", n), role) for n, role in row[8]] == [("Чёрные", 1), ("Blues", 1)]
    assert [name("sources", n) for n in row[11]] == ["Daily Blue"]
    assert [name("speakers", n) for n in row[12]] == ["Blues"]
    assert row[13] == "Чёрные met the Blues (Daily Blue, April 2)."
    assert rows[0][14] == 1, "one more sentence"


def test_addresses_of_names_lead_to_pages_and_events_to_their_place() -> None:
    made = drawn(invented.record())
    index, rows = read(explorer.files([invented.record()], KNOWN, TEXTS, made))
    there = {page.path.removesuffix(".md") + ".html" for page in made}
    found = [entry[2] for kind in ("actors", "theaters", "reports", "sources") for entry in index[kind]]
    assert found and {address.partition("#")[0] for address in found} <= there
    for row in rows:
        page, anchor = places(made)[f"event:{row[0]}"]
        assert index["reports"][row[10]][2] == page.removesuffix(".md") + ".html" and anchor == f"e-{row[0]}"


def test_chunks_hold_so_many_and_together_all(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(explorer.files([invented.many(60)], KNOWN, TEXTS, []))
    monkeypatch.setattr(explorer, "CHUNK", 25)
    files = explorer.files([invented.many(60)], KNOWN, TEXTS, [])
    assert len(files) == 5
    index, rows = read(files)
    assert rows == whole[1] and index["chunks"] == 3


def test_what_shows_first_weighs_the_same_however_many_events_there_are() -> None:
    """The latest rows, the counts of all, and no name that neither needs."""
    record = invented.many(3000)
    events = [
        event.model_copy(update={"actors": (invented.actor(f"side-{n}", f"Side number {n}"),)})
        for n, event in enumerate(record.events)
    ]
    files = explorer.files([record.model_copy(update={"events": tuple(events)})], KNOWN, TEXTS, [])
    start = json.loads(CALL.fullmatch(files["explorer/start.js"])[2])  # type: ignore[index]
    index, rows = read(files)
    assert start["total"] == index["total"] == 3000 and start["rows"] == rows[: explorer.FIRST]
    assert start["sizes"]["actors"] == 3000 and len(start["counts"]["actors"]) == explorer.FEW
    assert start["counts"]["types"] == [[0, 3000]] and start["counts"]["years"] == [[0, 3000]]
    for kind, names in start["names"].items():
        assert [entry for _, entry in names] == [index[kind][number] for number, _ in names]
    assert {row[8][0][0] for row in start["rows"]} <= {number for number, _ in start["names"]["actors"]}
    assert len(gzip.compress(files["explorer/start.js"].encode())) < 5_000


def test_without_events_there_is_an_index_and_no_chunk() -> None:
    index, rows = read(explorer.files([], KNOWN, {}, []))
    assert index["total"] == 0 and rows == []


def test_report_text_cannot_leave_the_script() -> None:
    files = explorer.files([invented.record()], KNOWN, TEXTS, [])
    assert all("<" not in text and "\u2028" not in text for text in files.values())
    assert invented.HOSTILE in [row[13] for row in read(files)[1]]


def test_the_page_starts_with_questions_that_have_answers() -> None:
    page = next(page for page in drawn(invented.record()) if page.path == "events/explorer.md")
    view: Any = page.view
    assert [(p.title, p.n) for p in view.presets] == [
        ("Contested", 1), (f"Attacks in {KNOWN.theaters['iraq'].name}", 1), ("Meetings of Blues", 1), ("Undated", 1),
    ]  # fmt: skip
    link = link_from(page, places([page]))
    assert link(view.presets[3].ask) == "explorer.html#year=undated"
    assert link(view.presets[1].ask) == "explorer.html#type=ASSAULT&#38;theater=iraq"


def test_what_is_asked_by_odd_ids_stays_an_address() -> None:
    page = next(page for page in drawn(invented.record()) if page.path == "events/explorer.md")
    asked = asking(("actor", 'a"&b=c#d чёрные'))
    assert link_from(page, places([page]))(asked) == (
        "explorer.html#actor=a%22%26b%3Dc%23d+%D1%87%D1%91%D1%80%D0%BD%D1%8B%D0%B5"
    )


def test_only_the_explorer_runs_its_scripts_and_without_them_says_where_to_go() -> None:
    made = drawn(invented.record())
    files = exports.files([invented.record()], KNOWN, recording.dump)
    texts = render(made, environment(publish.template_folders(ROOT)), frozenset(files), file_name)
    with_scripts = [path for path, text in texts.items() if "assets/explorer.js" in text]
    assert with_scripts == ["events/explorer.md"]
    text = texts["events/explorer.md"]
    assert 'href="index.html"' in text and 'href="../data/events.csv"' in text and "JavaScript" in text
    assert 'href="explorer.html"' in texts["events/index.md"]


def found(asked: str, index: dict[str, Any], rows: list[list[Any]]) -> int:
    """How many rows the explorer would show for a link to it."""
    wanted: dict[str, set[str]] = {}
    for key, value in parse_qsl(asked.removeprefix("explorer:")):
        wanted.setdefault(key, set()).add(value)
    fields = {"type": (4, "types"), "certainty": (6, "certainties"), "theater": (7, "theaters"), "actor": (8, "actors"),
              "source": (11, "sources")}  # fmt: skip

    def has(row: list[Any], key: str) -> bool:
        place, kind = fields[key]
        values = row[place] if isinstance(row[place], list) else [row[place]]
        return any(index[kind][v[0] if isinstance(v, list) else v][0] in wanted[key] for v in values)

    return sum(all(has(row, key) for key in wanted) for row in rows)


def test_links_to_the_explorer_show_as_many_events_as_they_say() -> None:
    records = [invented.record(), invented.many(30)]
    made = drawn(*records)
    index, rows = read(explorer.files(records, KNOWN, TEXTS, made))
    said: list[tuple[str, int]] = []
    for page in made:
        view: Any = page.view
        listing = getattr(view, "listing", None)
        if listing and listing.explorer and listing.explorer.target.startswith("explorer:"):
            said.append((listing.explorer.target, listing.total))
            assert f"{listing.total:,}" in listing.explorer.name
        for chart in getattr(view, "side_charts", ()):
            said += [(row[0].target, row[1]) for row in chart.table.rows if hasattr(row[0], "target")]
        said += [(preset.ask, preset.n) for preset in getattr(view, "presets", ()) if "year" not in preset.ask]
    kinds = {asked.removeprefix("explorer:").partition("=")[0] for asked, _ in said}
    assert kinds >= {"theater", "actor", "type", "certainty"}
    assert said == [(asked, found(asked, index, rows)) for asked, _ in said]


def test_the_home_page_leads_to_all_that_is_disputed() -> None:
    few, many_ = invented.record(), invented.many(12)
    claimed = tuple(event.model_copy(update={"certainty": "claimed"}) for event in many_.events)
    home: Any = drawn(few, many_.model_copy(update={"events": claimed}))[0].view
    assert home.disputed_more.name == "All 13 in the explorer"
    assert "certainty=claimed" in home.disputed_more.target
    alone: Any = drawn(few)[0].view
    assert alone.disputed_more is None


@pytest.mark.parametrize("path", ["mkdocs.yml", "templates/project/mkdocs.yml"])
def test_the_navigation_has_the_explorer(path: str) -> None:
    assert "  - Explorer: events/explorer.md\n" in (ROOT / path).read_text(encoding="utf-8")
