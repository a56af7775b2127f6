"""Drafts of actors: names by frequency, spellings together, nothing written and nothing decided."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

import invented
from briefgen import cli, knowledge, records, suggesting, worklist, yamlio
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import EventActor, Record

NAMES = (
    ("Ana Belmonte", "Corlandian Minister", "peru"),
    ("Ana Belmonte", None, None),
    ("Ana Belmont", None, None),
    ("Anna Belmonte", None, "chile"),
    ("12th Lake Brigade", None, None),
    ("21th Lake Brigade", None, None),
    ("lake fishermen", None, None),
    ("Hizballaah", None, None),
)


def made(names: tuple[tuple[str, str | None, str | None], ...] = NAMES) -> list[Record]:
    record = invented.many(len(names))
    events = tuple(
        event.model_copy(
            update={"actors": (EventActor(id=f"x-{name.lower().replace(' ', '-')}", name=name, role="source",
                                          as_written=name, known=False, title=title, side=side),)}
        )
        for event, (name, title, side) in zip(record.events, names, strict=True)
    )  # fmt: skip
    return [record.model_copy(update={"events": events})]


def test_spellings_together_numbers_and_sides_apart(everything_known: Knowledge) -> None:
    found, described = suggesting.suggest(made(), everything_known)
    by_name = {one.name: one for one in found}
    assert described == ("lake fishermen",)
    belmonte = by_name["Ana Belmonte"]
    assert (belmonte.spellings, belmonte.events, belmonte.titles) == (("Ana Belmont",), 3, ("Corlandian Minister",))
    assert "Anna Belmonte" in by_name, "she acts for another state"
    assert {"12th Lake Brigade", "21th Lake Brigade"} <= by_name.keys()
    assert found[0] == belmonte, "the most frequent first"
    assert by_name["Hizballaah"].perhaps == ("lebanese-hezbollah",)


def test_the_order_of_the_records_does_not_matter(everything_known: Knowledge) -> None:
    (record,) = made()
    shuffled = list(record.events)
    random.Random(4).shuffle(shuffled)  # noqa: S311
    again = [record.model_copy(update={"events": tuple(shuffled)})]
    assert suggesting.suggest(again, everything_known) == suggesting.suggest([record], everything_known)


def test_a_name_that_the_knowledge_has_by_now_is_left_out(everything_known: Knowledge) -> None:
    assert suggesting.suggest(made((("Hezbollah", None, None),)), everything_known) == ((), ())


def test_the_draft_is_knowledge_once_a_person_has_decided(everything_known: Knowledge, tmp_path: Path) -> None:
    text = suggesting.draft(*suggesting.suggest(made(), everything_known), 10)
    assert "# 3 events in 1 report, first m-0: Reds struck post number 0." in text
    assert "# written with: Corlandian Minister" in text
    assert "# perhaps lebanese-hezbollah" in text
    assert "left out: lake fishermen" in text
    folder = tmp_path / "knowledge" / "actors"
    folder.mkdir(parents=True)
    (folder / "draft.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BriefError, match="kind"):
        knowledge.load(tmp_path)
    decided = "\n".join(line.replace("kind:  #", "kind: group  #") for line in text.splitlines())
    (folder / "draft.yml").write_text(decided, encoding="utf-8")
    known = knowledge.load(tmp_path)
    assert known.actors["x-ana-belmonte"].kind == "person"
    assert known.actors["x-ana-belmonte"].aliases == ("Ana Belmont",)


def test_words_of_a_report_stay_comments_and_texts(everything_known: Knowledge) -> None:
    hostile = 'X\n- id: hamas\n  name: "Y'
    (record,) = made(((hostile, "Minister\n- id: evil", None),))
    event = record.events[0]
    event = event.model_copy(
        update={"evidence": (event.evidence[0].model_copy(update={"quote": "A\n- id: evil\u2028b"}),)}
    )
    text = suggesting.draft(*suggesting.suggest([record.model_copy(update={"events": (event,)})], everything_known), 5)
    (entry,) = yamlio.parse(text, "x")
    assert entry["name"] == hostile


def test_no_more_than_asked(everything_known: Knowledge) -> None:
    text = suggesting.draft(*suggesting.suggest(made(), everything_known), 1)
    assert len(yamlio.parse(text, "x")) == 1
    assert "# 4 more: --most 5" in text


def test_the_command_prints_and_writes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, everything_known: Knowledge
) -> None:
    monkeypatch.setattr(knowledge, "load", lambda folder=None: everything_known)
    run = CliRunner().invoke(cli.main, ["actors", "suggest", "-C", str(project)])
    assert (run.exit_code, run.output) == (0, "# No name in records/ is unknown.\n")
    records.write(project / "records", made())
    before = sorted(project.rglob("*"))
    run = CliRunner().invoke(cli.main, ["actors", "suggest", "-C", str(project), "--most", "2"])
    assert run.exit_code == 0
    assert next(entry["name"] for entry in yamlio.parse(run.output, "x")) == "Ana Belmonte"
    assert sorted(project.rglob("*")) == before


def test_the_worklist_has_the_names_and_what_is_held_back(everything_known: Knowledge) -> None:
    names, held = made()[0], invented.record()
    listed = yamlio.parse(worklist.written([names, held], everything_known), "worklist.yml")
    assert listed["names"][0] == {
        "name": "Ana Belmonte", "spellings": ["Ana Belmont"], "events": 3, "reports": 1, "first": "m-0",
    }  # fmt: skip
    assert listed["described"] == [invented.HOSTILE, "lake fishermen"], "hostile names come back to the letter"
    assert [event["id"] for event in listed["events"]] == ["e-held"]
    assert listed["events"][0]["quote"] == "The Blues said that they will likely answer."
