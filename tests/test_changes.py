"""The page of what changed: every change with its sentence, and links only to what is there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import invented
from briefgen import build, cli, diff, exports, packaged, records
from briefgen.build import Reading, Since
from briefgen.diff import page as changes
from briefgen.diff import revisions
from briefgen.diff.page import Changes
from briefgen.knowledge import Knowledge
from briefgen.model import Record
from briefgen.pages import bound, pages
from briefgen.pages.page import Page
from briefgen.pages.passages import Cite
from briefgen.pages.render import environment, render
from briefgen.pages.verify import verify

TEXTS = {invented.SEED: invented.TEXT}


def made(old: tuple[Record, ...], new: tuple[Record, ...], known: Knowledge) -> tuple[Page, Changes]:
    page = changes.page(diff.compare(old, new), "v1.0", bound(new, known, TEXTS))
    assert isinstance(page.view, Changes)
    return page, page.view


@pytest.fixture(scope="module")
def view(everything_known: Knowledge) -> Changes:
    return made(invented.formerly(), (invented.record(),), everything_known)[1]


def test_each_event_stands_under_what_became_of_it(view: Changes) -> None:
    told = {
        part.report.name: {g.title: [item.event.id for item in g.items] for g in part.groups} for part in view.parts
    }
    assert told == {
        "Reds & Blues": {"New": ["e-three"], "Changed": ["e-one", "e-two"], "Gone": ["e-lost"]},
        invented.HOSTILE: {"Gone": ["g-m-0", "g-m-1"]},
    }
    assert view.standfirst == (
        "Since v1.0: one report gone, one changed; one event new, three gone, two changed; "
        "one assessment new, one gone."
    )


def test_a_changed_field_says_what_it_was_and_is(view: Changes) -> None:
    one, two = next(g for g in view.parts[0].groups if g.title == "Changed").items
    fields = {field.name: (field.old, field.new) for field in one.fields}
    assert fields["fatalities"] == ("7", "2")
    assert fields["theaters"] == ("Iraq; Iran", "Iraq")
    assert fields["sentences"] == ("“Чёрные met the Blues (Daily Blue, April 2).”", "without it")
    assert [(field.name, field.old, field.new) for field in two.fields[:2]] == [
        ("id", "e-was", "e-two"),
        ("date", "9 Apr 2024 (day, explicit)", "2 Apr 2024 (day, explicit)"),
    ]
    assert [field.name for field in view.parts[0].fields] == ["title", "citations"]


def test_a_link_leads_to_the_event_and_none_to_what_is_gone(view: Changes) -> None:
    here, gone = view.parts
    targets = {item.event.id: item.event.report.target for g in here.groups for item in g.items}
    assert targets == {
        "e-three": "event:e-three",
        "e-one": "event:e-one",
        "e-two": "event:e-two",
        "e-lost": "report:reds-and-blues",
    }
    assert gone.report.target is None
    assert {item.event.report.target for g in gone.groups for item in g.items} == {None}


def test_the_citation_of_a_gone_event_leads_to_no_other(everything_known: Knowledge) -> None:
    """The old report's `ii` is another reference than the new one's, though both are called `ii`."""
    now = invented.record()
    other = now.report.citations[1].model_copy(update={"reference": "quite another"})
    report = now.report.model_copy(update={"citations": (now.report.citations[0], other, now.report.citations[2])})
    judged = now.assessments[0].model_copy(update={"id": "a-lost"})
    before = now.model_copy(update={"report": report, "assessments": (judged,)})
    _, view = made((before,), (now,), everything_known)
    (lost,) = (q for j in view.parts[0].judged if j.title == "Assessments gone" for q in j.quotes)
    cites = [run for run in (*lost.runs, *lost.after) if isinstance(run, Cite)]
    assert [(cite.marker, cite.label) for cite in cites] == [("ii", None)]


def test_an_event_on_the_review_lane_says_so(everything_known: Knowledge) -> None:
    now = invented.record()
    without = now.model_copy(update={"events": now.events[:3]})
    _, view = made((without,), (now,), everything_known)
    ((item,),) = (g.items for g in view.parts[0].groups)
    assert (item.event.id, item.lane, item.event.report.target) == ("e-held", True, "report:reds-and-blues")


def test_confidence_alone_is_counted_and_nothing_is_an_answer_too(everything_known: Knowledge) -> None:
    now = invented.record()
    first = now.events[0].model_copy(update={"confidence": 0.6})
    _, view = made((now.model_copy(update={"events": (first, *now.events[1:])}),), (now,), everything_known)
    assert view.parts[0].groups == ()
    assert view.parts[0].deck == "4 Apr 2024 · one event changed in confidence only"
    page, view = made((now,), (now,), everything_known)
    assert (view.parts, view.standfirst) == ((), "Nothing has changed since v1.0.")
    assert page.description == view.standfirst


def test_what_is_too_much_for_a_page_is_counted(everything_known: Knowledge) -> None:
    new = (invented.many(changes.MOST + 7), invented.record())
    _, view = made((), new, everything_known)
    items = [item for part in view.parts for group in part.groups for item in group.items]
    total = sum(group.total for part in view.parts for group in part.groups)
    assert (len(items), view.left) == (changes.MOST, total - changes.MOST)


def test_hostile_words_stay_inert_and_the_home_page_leads_there(everything_known: Knowledge) -> None:
    now = (invented.record(),)
    found = diff.compare(invented.formerly(), now)
    drawn = pages(now, everything_known, TEXTS, changes=lambda book: changes.page(found, "{{ 7*7 }}<b>", book))
    files = exports.files(now, everything_known, records.dump)
    out = render(drawn, environment([packaged.templates()]), frozenset(files), exports.file_name)
    assert verify(out, [f"data/{name}" for name in files]) == []
    assert 'href="events/changes.html"' in out["index.md"]
    assert "<script>alert" not in out["events/changes.md"]


def test_a_state_is_called_by_what_can_be_found_again(project: Path, tmp_path: Path) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["tag", "v1.0"]):
        subprocess.run(["git", *who, *arguments], cwd=project, check=True)
    told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, check=True, capture_output=True, text=True)
    commit = told.stdout.strip()
    assert revisions.called("v1.0", project) == f"v1.0 (commit {commit[:7]})"
    assert revisions.called(commit, project) == f"commit {commit[:7]}"
    assert str(tmp_path) not in revisions.called(str(tmp_path), project), "no path of this machine on a page"


def test_a_seed_that_cannot_be_read_has_lost_nothing(everything_known: Knowledge, project: Path) -> None:
    now = invented.record()
    reading = Reading((), {}, (), (), unread=(invented.SEED,))
    build.publish(project, everything_known, reading, before=Since("v1.0", (now,)), site=False)
    told = (project / ".build/docs/events/changes.md").read_text(encoding="utf-8")
    assert "Nothing has changed since v1&#46;0" in told or "Nothing has changed since v1.0" in told


@pytest.mark.slow
def test_the_page_is_there_with_since_and_leaves_no_trace_without(project: Path) -> None:
    run = CliRunner()
    assert run.invoke(cli.main, ["build", "-C", str(project)]).exit_code == 0
    plain = {path: path.read_bytes() for path in (project / "site").rglob("*.html")}
    assert not any(b"changes.html" in content for content in plain.values())
    seed = next(path for path in (project / "seeds").iterdir() if path.suffix == ".txt")
    text = seed.read_text(encoding="utf-8")
    seed.write_text(text.replace("Corland released the four fishermen on March 11.[3]", ""), encoding="utf-8")
    told = run.invoke(cli.main, ["build", "-C", str(project), "--since", str(project / "records")])
    assert told.exit_code == 0, told.output
    page = (project / "site/events/changes.html").read_text(encoding="utf-8")
    assert "Corland released the four fishermen" in page
    home = (project / "site/index.html").read_text(encoding="utf-8")
    assert home.count('href="events/changes.html"') == 2, "the tab, and the line below the title"
    seed.write_text(text, encoding="utf-8")
    assert run.invoke(cli.main, ["build", "-C", str(project)]).exit_code == 0
    assert {path: path.read_bytes() for path in (project / "site").rglob("*.html")} == plain
    wrong = run.invoke(cli.main, ["build", "-C", str(project), "--since", "no-such"])
    assert (wrong.exit_code, wrong.output.count("\n")) == (2, 1), wrong.output
