"""Briefs on the site: each page links to its own, an actor's page else to one that tells of the actor."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import invented
from briefgen import briefs, build, cli, exports, printing, publish, records
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.pages import pages
from briefgen.pages.render import environment, render

PRINTED = {"theater:iraq": 9, "actor:reds": 1, "report:reds-and-blues": 12}
PUBLISHED = frozenset({"theaters/iraq.pdf", "actors/reds.pdf", "reports/reds-and-blues.pdf"})


def drawn(known: Knowledge, printed: dict[str, int], published: frozenset[str]) -> dict[str, str]:
    made = [invented.record()]
    texts = {invented.SEED: invented.TEXT}
    files = frozenset(exports.files(made, known, records.dump)) | published
    shown = pages(made, known, texts, printed=printed)
    return render(shown, environment(publish.template_folders(Path("nowhere"))), files, exports.file_name)


def linked(text: str) -> list[str]:
    return re.findall(r'href="([^"]+\.pdf)"', text)


def test_each_page_links_to_its_own_brief_and_the_home_page_to_some(everything_known: Knowledge) -> None:
    made = drawn(everything_known, PRINTED, PUBLISHED)
    assert linked(made["theaters/iraq.md"]) == ["../data/theaters/iraq.pdf"]
    assert linked(made["actors/reds.md"]) == ["../data/actors/reds.pdf"]
    assert linked(made["reports/reds-and-blues.md"]) == ["../data/reports/reds-and-blues.pdf"]
    assert sorted(linked(made["index.md"])) == sorted(f"data/{name}" for name in PUBLISHED)
    assert "PDF, 9 pages" in made["theaters/iraq.md"] and "PDF, 1 page<" in made["actors/reds.md"]
    others = {path for path in made if not path.startswith(("actors/", "theaters/", "reports/"))} - {"index.md"}
    assert not any(linked(made[path]) for path in others)


def test_an_actor_without_a_brief_leads_to_the_shortest_that_tells_all_of_it(everything_known: Knowledge) -> None:
    made = drawn(everything_known, PRINTED, PUBLISHED)
    assert linked(made["actors/bluetown.md"]) == ["../data/theaters/iraq.pdf"], "9 pages, of the report 12"
    assert "Brief for print that tells of it: Iraq</a> PDF, 9 pages" in made["actors/bluetown.md"]
    longer = {**PRINTED, "theater:iraq": 13}
    assert linked(drawn(everything_known, longer, PUBLISHED)["actors/bluetown.md"]) == [
        "../data/reports/reds-and-blues.pdf"
    ]


def test_no_page_speaks_of_briefs_where_none_is_printed(everything_known: Knowledge) -> None:
    made = drawn(everything_known, {}, frozenset())
    assert not any(linked(text) or "for print" in text for text in made.values())


def test_a_link_to_a_brief_that_is_not_published_is_refused(everything_known: Knowledge) -> None:
    with pytest.raises(BriefError, match=r"theaters/iraq\.pdf: no published file"):
        drawn(everything_known, PRINTED, PUBLISHED - {"theaters/iraq.pdf"})


def docs(project: Path) -> dict[str, str]:
    folder = project / ".build" / "docs"
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def test_a_build_offers_the_briefs_that_it_printed_and_no_others(project: Path) -> None:
    plain = build.everything(project, site=False)
    without = docs(project)
    assert plain.briefs is None and not [name for name in without if name.endswith(".pdf")]
    first = build.everything(project, site=False, briefs=True)
    assert first.briefs is not None and not first.briefs.outcome.failed
    there = docs(project)
    assert {name for name in there if name.endswith(".pdf")} == {f"data/{name}" for name in first.briefs.files()}
    (project / printing.FOLDER / "theater" / "stale.pdf").write_bytes(b"stale")
    again = build.everything(project, site=False, briefs=True)
    assert again.briefs is not None and not again.briefs.outcome.fresh, "nothing changed, so nothing is printed"
    assert docs(project) == there
    build.everything(project, site=False)
    assert docs(project) == without, "whatever lies about"


def test_a_brief_that_fails_is_told_and_loses_its_link_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = briefs.brief

    def failing(ask: briefs.Ask, *more: Any) -> briefs.Brief:
        if ask.kind == "report":
            raise BriefError(ask.path, "", "lost a note")
        if ask.kind == "actor":
            raise ValueError("never thought of")
        return make(ask, *more)

    monkeypatch.setattr(briefs, "brief", failing)
    told = CliRunner().invoke(cli.main, ["build", "-C", str(project), "--no-site", "--briefs"])
    assert told.exit_code == cli.PROBLEMS
    assert re.search(r"error: report/.*\.pdf: lost a note", told.output)
    assert re.search(r"error: actor/.*\.pdf: briefgen failed on this brief: ValueError: never thought of", told.output)
    assert re.search(r"\d+ briefs? printed, \d+ failed\.", told.output)
    made = {name for name in docs(project) if name.endswith(".pdf")}
    assert made and all(name.startswith("data/theaters/") for name in made)
    folder = project / ".build" / "docs"
    assert not any(linked(path.read_text(encoding="utf-8")) for path in (folder / "reports").glob("*.md"))
    assert len(linked((folder / "index.md").read_text(encoding="utf-8"))) > 0
