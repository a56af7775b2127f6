"""What separates two states of the records, and that a comment made of it does nothing."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import invented
from briefgen import cli, diff, records
from briefgen.diff import revisions, telling
from briefgen.errors import BriefError
from briefgen.model import Record


def changed(record: Record, id_: str, **fields: object) -> Record:
    events = tuple(e.model_copy(update=fields) if e.id == id_ else e for e in record.events)
    return record.model_copy(update={"events": events})


def without(record: Record, id_: str) -> Record:
    return record.model_copy(update={"events": tuple(e for e in record.events if e.id != id_)})


RECORD = invented.record()


def test_equal_records_differ_in_nothing() -> None:
    assert diff.compare([RECORD, invented.many(3)], [invented.many(3), invented.record()]) == ()
    assert telling.text(()) == "no difference\n"


def test_a_changed_field_is_named_with_both_values() -> None:
    (one,) = diff.compare([RECORD], [changed(RECORD, "e-two", type="AGREE", date=invented.day(9))])
    (pair,) = one.changed
    assert [(c.field, c.old if c.field == "type" else None) for c in pair.fields] == [
        ("date", None),
        ("type", "CONSULT"),
    ]
    assert (one.state, one.new, one.gone) == ("changed", (), ())
    assert "date: 2 Apr 2024 (day, explicit) → 9 Apr 2024 (day, explicit)" in telling.text([one])
    assert "type: CONSULT → AGREE" in telling.text([one])


def test_new_and_gone_events() -> None:
    less = without(RECORD, "e-one")
    (one,) = diff.compare([less], [RECORD])
    assert [e.id for e in one.new] == ["e-one"]
    (one,) = diff.compare([RECORD], [less])
    assert [e.id for e in one.gone] == ["e-one"]
    assert telling.text([one]).startswith("reports: 1 changed; events: 1 gone\n")


def test_the_same_sentence_read_as_another_type_is_one_changed_event() -> None:
    """Another type gives another id; a correction of the old one has to follow, so the old id is told."""
    (one,) = diff.compare([RECORD], [changed(RECORD, "e-one", id="e-uno", type="COERCE")])
    assert (one.new, one.gone) == ((), ())
    (pair,) = one.changed
    assert (pair.old.id, pair.new.id, [c.field for c in pair.fields]) == ("e-one", "e-uno", ["type"])
    assert "e-uno 3 Apr 2024" in telling.text([one])
    assert "(was e-one)" in telling.text([one])


def test_of_two_events_in_one_sentence_the_likest_are_paired() -> None:
    twin = RECORD.events[0].model_copy(update={"id": "e-twin", "type": "COERCE", "fatalities": None})
    old = RECORD.model_copy(update={"events": (*RECORD.events, twin)})
    new = changed(changed(old, "e-twin", id="e-a"), "e-one", id="e-b")
    (one,) = diff.compare([old], [new])
    assert {(p.old.id, p.new.id) for p in one.changed} == {("e-one", "e-b"), ("e-twin", "e-a")}
    assert all(p.fields == () for p in one.changed)


def test_whole_reports_come_and_go_and_a_renamed_one_is_neither() -> None:
    many = invented.many(2)
    many = many.model_copy(update={"report": many.report.model_copy(update={"sha256": "1" * 64})})
    new, gone = diff.compare([RECORD], [RECORD, many])[0], diff.compare([RECORD, many], [RECORD])[0]
    assert (new.state, gone.state) == ("new", "gone")
    assert len(new.new) == len(gone.gone) == 2
    renamed = RECORD.model_copy(
        update={
            "report": RECORD.report.model_copy(update={"id": "other", "published": dt.date(2024, 4, 5)}),
            "events": tuple(e.model_copy(update={"id": f"x{e.id}", "report": "other"}) for e in RECORD.events),
        }
    )
    (one,) = diff.compare([RECORD], [renamed])
    assert (one.was, one.new, one.gone, len(one.changed)) == ("reds-and-blues", (), (), len(RECORD.events))
    assert [c.field for c in one.fields] == ["published"]


def test_assessments_are_compared_as_well() -> None:
    (one,) = diff.compare([RECORD], [RECORD.model_copy(update={"assessments": ()})])
    assert [a.id for a in one.gone_assessments] == ["a-one"]


def test_the_json_holds_everything() -> None:
    found = diff.compare([RECORD], [changed(without(RECORD, "e-one"), "e-two", fatalities=3)])
    told = json.loads(diff.as_json(found))
    assert told["counts"]["events"] == {"new": 0, "gone": 1, "changed": 1}
    (report,) = told["reports"]
    assert report["events"]["changed"] == [
        {"id": "e-two", "was": None, "fields": [{"field": "fatalities", "old": None, "new": 3}]}
    ]
    assert report["events"]["gone"][0]["evidence"][0]["quote"].startswith("On April 3")


@given(st.text(alphabet=st.sampled_from("`<>[]()!@#*_~\\|a \n\r\t\u2028\u202e-+:/.&;"), max_size=60))
def test_in_markdown_no_word_of_a_report_is_more_than_code(words: str) -> None:
    title = RECORD.report.model_copy(update={"title": words, "id": "hostile"})
    event = RECORD.events[0]
    actor = event.actors[0].model_copy(update={"name": words, "as_written": words})
    evidence = event.evidence[0].model_copy(update={"quote": words})
    hostile = event.model_copy(update={"actors": (actor,), "evidence": (evidence,), "attributed_to": (words,)})
    made = Record(report=title, events=(hostile,))
    for old, new in (((), (made,)), ((made,), ()), ((made,), (changed(made, "e-one", type="AID", attributed_to=()),))):
        told = telling.markdown(diff.compare(old, new))
        assert "\u202e" not in told
        tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(told)
        kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}
        assert kinds <= {
            "heading_open", "heading_close", "inline", "text", "code_inline", "strong_open", "strong_close",
            "softbreak", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "paragraph_open",
            "paragraph_close",
        }  # fmt: skip
        plain = "".join(c.content for t in tokens for c in t.children or () if c.type == "text")
        assert not set("`<>[]!@#*_~\\|") & set(plain)


def test_a_comment_never_gets_too_long() -> None:
    made = []
    for number in range(40):
        record = invented.many(60)
        made.append(record.model_copy(update={"report": record.report.model_copy(update={"id": f"many-{number:02}"})}))
    told = telling.markdown(diff.compare([], made))
    assert len(told) < 65_536
    assert told.rstrip().endswith("more: too long for a comment, see `briefgen diff`.")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a project in a folder of it, whose records are committed once."""
    project = tmp_path / "work" / "briefing"
    records.write(project / "records", [RECORD])
    (project / "mkdocs.yml").write_text("site_name: x\n")
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first")
    return project


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, ["diff", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_by_default_what_is_committed_against_what_is_there(repository: Path) -> None:
    assert revisions.of_revision("HEAD", repository) == records.read(repository / "records")
    assert run("-C", repository) == (0, "no difference\n")
    records.write(repository / "records", [changed(RECORD, "e-one", fatalities=7)])
    assert "fatalities: 2 → 7" in run("-C", repository)[1]
    git(repository, "add", ".")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "second")
    assert run("-C", repository)[1] == "no difference\n"
    assert "fatalities: 2 → 7" in run("HEAD~1", "HEAD", "-C", repository)[1]
    assert "fatalities: 7 → 2" in run("HEAD", "HEAD~1", "-C", repository)[1]
    assert run("HEAD", repository, "-C", repository)[1] == "no difference\n"


def test_folders_need_no_git(tmp_path: Path) -> None:
    records.write(tmp_path / "a", [RECORD])
    records.write(tmp_path / "b", [])
    code, told = run(tmp_path / "a", tmp_path / "b", "--format", "markdown")
    assert code == 0
    assert "**gone** `Reds & Blues`" in told
    assert json.loads(run(tmp_path / "b", tmp_path / "a", "--format", "json")[1])["counts"]["reports"]["new"] == 1


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:mkdocs.yml", "", "HEAD~9"])
def test_what_is_no_revision_is_one_line(repository: Path, revision: str) -> None:
    with pytest.raises(BriefError, match="neither a folder nor a revision"):
        revisions.load(revision, repository)
    assert sorted(path.name for path in repository.iterdir()) == [".git", "mkdocs.yml", "records"]


def test_a_folder_outside_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(BriefError, match="in no git repository"):
        revisions.load("HEAD", tmp_path)


def test_a_revision_without_records_has_none(repository: Path) -> None:
    git(repository, "rm", "-rq", "records")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "none")
    assert revisions.load("HEAD", repository) == ()


def test_a_record_that_is_none_names_revision_and_file(repository: Path) -> None:
    (repository / "records" / "bad.yml").write_text("report: 3\n")
    git(repository, "add", ".")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "bad")
    with pytest.raises(BriefError, match=r"HEAD:records/bad\.yml"):
        revisions.load("HEAD", repository)
