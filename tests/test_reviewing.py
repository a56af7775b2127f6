"""`briefgen review`: what is asked, what an answer means, and that every decision is written when it is made."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import invented
from briefgen import build, cli, knowledge, records, scaffold, yamlio
from briefgen.errors import BriefError
from briefgen.extract import Reader
from briefgen.knowledge import Knowledge
from briefgen.model import Event, Record, Seed
from briefgen.reviewing import (
    Add,
    Alias,
    Correct,
    Decision,
    Held,
    State,
    items,
    learning,
    prompt,
    session,
    step,
    telling,
)
from briefgen.suggesting import Unknown

SIDECAR = "lake-ternis-update.txt.yml"
RECORD = invented.record()
HELD = Held(RECORD.events[3], RECORD.report)


def unknown(name: str = "Ana Belmonte", *spellings: str) -> Unknown:
    event = RECORD.events[0]
    return Unknown("ana-belmonte", name, spellings, ("Minister",), ("peru",), 3, 1, event, ())


WALK = State((HELD, HELD, unknown()))


def answered(state: State, *answers: str) -> tuple[State, list[Decision], list[str]]:
    """The state after the answers, what was decided, and what was said."""
    decided, said = [], []
    for answer in answers:
        after = step(state, answer)
        decided += [after.decision] if after.decision else []
        said += [after.says] if after.says else []
        state = after.state
    return state, decided, said


@pytest.mark.parametrize(
    ("answers", "decided", "at"),
    [
        (["a"], [{"action": "confirm", "event": "e-held"}], 1),
        (["ACCEPT "], [{"action": "confirm", "event": "e-held"}], 1),
        (["d", "no news"], [{"action": "drop", "event": "e-held", "why": "no news"}], 1),
        (["d", "", "s"], [], 1),
        (["c", "type=AID 'date=2024-04'", "it was aid"],
         [{"action": "set", "event": "e-held", "fields": {"type": "AID", "date": "2024-04"}, "why": "it was aid"}], 1),
        (["c", "fatalities=3", ""],
         [{"action": "set", "event": "e-held", "fields": {"fatalities": 3}, "why": ""}], 1),
        (["c", "type", "type=AID", ""],
         [{"action": "set", "event": "e-held", "fields": {"type": "AID"}, "why": ""}], 1),
        (["c", ""], [], 0),
        (["s"], [], 1),
        (["s", "s", "s"], [], 3),
        (["n"], [], 2),
        (["q"], [], 3),
        (["", "what", "aa"], [], 0),
    ],
)  # fmt: skip
def test_what_an_answer_about_an_event_means(answers: list[str], decided: list[dict[str, object]], at: int) -> None:
    state, made, _ = answered(WALK, *answers)
    assert [dict(one.wanted) for one in made if isinstance(one, Correct)] == decided
    assert len(made) == len(decided)
    assert (state.at, state.stage) == (at, "decide")


@pytest.mark.parametrize(
    ("answers", "decided"),
    [
        (["a", "person"], Add(unknown(), "person")),
        (["a", "persom", "Person"], Add(unknown(), "person")),
        (["l", "hamas"], Alias(unknown(), "hamas")),
        (["l", "", "a", "group"], Add(unknown(), "group")),
        (["s"], None),
        (["q"], None),
    ],
)
def test_what_an_answer_about_a_name_means(answers: list[str], decided: Decision | None) -> None:
    state, made, _ = answered(WALK.forward(2), *answers)
    assert made == ([decided] if decided else [])
    assert state.item is None


ANSWERS = st.text(max_size=12) | st.sampled_from(["a", "c", "d", "s", "n", "l", "type=AID", "person"])


@given(st.lists(ANSWERS, max_size=9))
def test_any_answers_lead_somewhere(answers: list[str]) -> None:
    state = WALK
    for answer in answers:
        if state.item is None:
            break
        assert prompt(state).endswith(": ")
        after = step(state, answer)
        moved = after.state != state
        assert moved or after.says, "nothing happens without a word"
        assert after.decision is None or after.state.at == state.at + 1
        state = after.state


def test_events_come_surest_first_and_none_that_somebody_decided_on(everything_known: Knowledge) -> None:
    held = RECORD.events[3]
    events = tuple(
        held.model_copy(update={"id": id_, "confidence": confidence, "review": review})
        for id_, confidence, review in (
            ("e-a", 0.2, "machine"), ("e-b", 0.4, "machine"), ("e-c", 0.9, "confirmed"), ("e-d", 0.3, "machine"),
        )
    )  # fmt: skip
    found = items([RECORD.model_copy(update={"events": events})], {"e-d"}, everything_known)
    assert [item.event.id for item in found if isinstance(item, Held)] == ["e-b", "e-a"]
    assert isinstance(found[-1], Unknown)


def test_a_person_sees_the_sentence_what_was_read_and_why_it_is_held_back() -> None:
    event = RECORD.events[1].model_copy(update={"confidence": 0.41, "rule": "noun talks", "shown": False})
    lines = telling.told((Held(event, RECORD.report), *WALK.items), 0)
    assert lines == [
        "Event 1 of 3: e-two",
        "Report: Reds & Blues, 4 Apr 2024, seeds/invented.txt",
        "Sentence: “Чёрные met the Blues (Daily Blue, April 2).”",
        "Citations: [Daily Blue, April 2] Daily Blue",
        "Read as: Claimed: talks between Чёрные and Blues (CONSULT; occurred; claimed)",
        "Date: 2 Apr 2024 (day, explicit)",
        "Actors: participant Чёрные, written “Чёрные”; participant Blues, written “Blues”",
        "Attributed to: Blues",
        "Theaters: iraq",
        "Held back: confidence 0.41, below 0.50 (rule: noun talks): no actor of it is known and "
        "it rests on a noun and not on a verb.",
    ]
    assert telling.told(WALK.items, 0)[-1].startswith("Held back: planned, so it has not happened")
    assert telling.told(WALK.items, 2)[0] == "Name 1 of 1: Ana Belmonte, in three events of one report"


@given(st.text(alphabet=st.sampled_from("\x1b[31m\x07\r\n\u202e\u200fab \x9b"), min_size=1, max_size=30))
def test_no_word_of_a_report_acts_on_the_terminal(words: str) -> None:
    evidence = HELD.event.evidence[0].model_copy(update={"quote": words})
    actor = invented.actor("x", words)
    event = HELD.event.model_copy(update={"evidence": (evidence,), "actors": (actor,), "attributed_to": (words,)})
    report = RECORD.report.model_copy(update={"title": words})
    name = Unknown("x", words, (words,), (words,), (), 1, 1, event, ())
    for at in (0, 1):
        for line in telling.told((Held(event, report), name), at):
            assert line.isprintable() or set(line) <= {"\u00ad"}, line


def test_a_decision_that_does_not_apply_is_told_and_asked_again() -> None:
    said: list[str] = []
    answers = iter(["a", "a", "s", "q"])
    tried: list[Decision] = []

    def carry_out(decision: Decision) -> list[str]:
        tried.append(decision)
        if len(tried) == 1:
            raise BriefError("x.yml", "", "cannot be")
        return ["Written."]

    assert session.walk(WALK, lambda question: next(answers), said.append, carry_out) == 1
    assert tried[0] == tried[1]
    assert [line for line in said if line.startswith(("error", "Written.", "Event", "Name"))] == [
        "Event 1 of 2: e-held", "error: x.yml: cannot be", "Written.", "Event 2 of 2: e-held",
        "Name 1 of 1: Ana Belmonte, in three events of one report",
    ]  # fmt: skip


def test_where_nobody_answers_it_ends() -> None:
    assert session.walk(WALK, lambda question: None, lambda line: None, lambda decision: []) == 0


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project whose records are built."""
    folder = tmp_path_factory.mktemp("first") / "briefing"
    scaffold.init(folder)
    build.everything(folder, site=False)
    return folder


@pytest.fixture
def built(first: Path, tmp_path: Path) -> Path:
    """A copy of that project."""
    return Path(shutil.copytree(first, tmp_path / "briefing"))


@pytest.fixture(scope="module")
def known(first: Path) -> Knowledge:
    """Its knowledge."""
    return knowledge.load(first)


def walked(project: Path, *answers: str, known: Knowledge | None = None) -> list[str]:
    """What is said on a walk with these answers, after which nobody answers."""
    said: list[str] = []
    given: Iterator[str] = iter(answers)
    desk = session.Desk(project, known or knowledge.load(project))
    session.walk(desk.begin(), lambda question: next(given, None), said.append, desk.carry_out)
    return said


def events(project: Path) -> dict[str, Event]:
    return {event.id: event for record in records.read(project / "records") for event in record.events}


def test_what_is_decided_is_in_the_sidecar_at_once_and_not_asked_again(built: Path, known: Knowledge) -> None:
    sidecar = built / "seeds" / SIDECAR
    before = sidecar.read_text(encoding="utf-8")
    generated = {path: path.read_bytes() for path in (built / "records").iterdir()}
    first, second = (
        line.rpartition(" ")[2] for line in walked(built, "s", "s", known=known) if line.startswith("Event")
    )
    walked(built, "a", known=known)
    assert sidecar.read_text(encoding="utf-8").startswith(before)
    assert [line for line in walked(built, known=known) if line.startswith("Event")] == [f"Event 1 of 1: {second}"]
    walked(built, "c", "status=occurred", "It did.", known=known)
    assert not [line for line in walked(built, known=known) if line.startswith("Event")]
    assert {path: path.read_bytes() for path in (built / "records").iterdir()} == generated
    said = yamlio.read(sidecar)["corrections"]
    assert [(one["event"], one["action"]) for one in said] == [(first, "confirm"), (second, "set")]
    build.everything(built, site=False)
    assert (events(built)[first].review, events(built)[first].shown) == ("confirmed", False), "a plan stays one"
    assert (events(built)[second].review, events(built)[second].shown) == ("corrected", True)
    assert not [line for line in walked(built, known=known) if line.startswith("Event")]


def test_a_seed_is_read_once_for_all_decisions(built: Path, known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = build.as_read

    def counted(seed: Seed, known: Knowledge, prepared: Reader) -> list[Record]:
        read.append(seed.name)
        return real(seed, known, prepared)

    monkeypatch.setattr(build, "as_read", counted)
    walked(built, "a", "d", "no event", known=known)
    assert read == ["lake-ternis-update.txt"]


def test_names_become_knowledge(built: Path, known: Knowledge) -> None:
    own = built / "knowledge" / "actors" / "lake-ternis.yml"
    before = own.read_text(encoding="utf-8")
    told = walked(built, "n", "s", "s", "s", known=known)
    names = [line.split(": ")[1].split(",")[0] for line in told if line.startswith("Name")]
    assert names[0] == "Tomas Berg"
    said = walked(built, "n", "a", "person", "l", "corlnd", "l", "mira-solten", "l", "hamas", known=known)
    assert any("no actor has this id (did you mean corland" in line for line in said)
    added = yamlio.read(built / learning.FILE)
    assert added[0] == {"id": "tomas-berg", "name": "Tomas Berg", "kind": "person", "side": "arvenia"}
    new = knowledge.load(built)
    assert names[1] in new.actors["mira-solten"].aliases
    assert names[2] in new.actors["hamas"].aliases
    assert set(known.actors["hamas"].aliases) < set(new.actors["hamas"].aliases), "none is lost"
    after = own.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line in before.splitlines()] == before.splitlines(), "nothing else is touched"
    assert not [line for line in walked(built, "n", known=new) if line.startswith("Name")]
    build.everything(built, site=False)
    assert CliRunner().invoke(cli.main, ["check", "--strict", "-C", str(built)]).exit_code == 0


def test_a_second_alias_goes_where_the_first_one_went(built: Path, known: Knowledge) -> None:
    for name in ("Hamaas One", "Hamaas Two"):
        _, known = learning.learn(built, known, Alias(unknown(name), "hamas"))
        assert known.origin["actors", "hamas"] == str(built / learning.FILE), (
            "where it is written, not where it was tried"
        )
    (entry,) = yamlio.read(built / learning.FILE)
    assert entry["aliases"][-2:] == ["Hamaas One", "Hamaas Two"]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Alias(unknown("Corland"), "hamas"), "Corland"),
        (Add(unknown("Corland"), "state"), "Corland"),
        (Alias(unknown(), "malawi-armed-forces"), "made for each state by institutions.yml"),
        (Alias(unknown(), "nobody-at-all"), "no actor has this id"),
        (Add(replace(unknown(), id="hamas"), "group"), "an actor has this id already"),
    ],
)
def test_what_contradicts_the_knowledge_is_not_written(
    built: Path, known: Knowledge, decision: Add | Alias, says: str
) -> None:
    before = {path: path.read_bytes() for path in (built / "knowledge").rglob("*.yml")}
    with pytest.raises(BriefError, match=says):
        learning.learn(built, known, decision)
    assert {path: path.read_bytes() for path in (built / "knowledge").rglob("*.yml")} == before


def test_without_records_it_says_what_to_do(built: Path, known: Knowledge) -> None:
    shutil.rmtree(built / "records")
    with pytest.raises(BriefError, match="run `briefgen build` first"):
        session.Desk(built, known)


QUESTIONS = (b"q quit: ", b"(empty: back): ", b"(may be empty): ")
"""How lines end after which the command waits; parts of other lines may end in a colon as they come in."""


def on_a_terminal(project: Path, *answers: bytes, interrupt: bool = False) -> tuple[int, str]:
    """Exit code and screen of the command on a terminal of its own, answering one question after the other."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "briefgen", "review", "-C", str(project)]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    screen, left = b"", list(answers)
    while True:
        try:
            screen += os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if screen.endswith(QUESTIONS) and (left or interrupt):
            if left:
                os.write(ours, left.pop(0))
            else:
                process.send_signal(signal.SIGINT)
                interrupt = False
    os.close(ours)
    return process.wait(), screen.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_asks_and_ends_cleanly(built: Path) -> None:
    code, screen = on_a_terminal(built, b"a\n", b"\x04")
    assert code == 0, screen
    assert "\x1b" not in screen, "plain lines, for any terminal and for a screen reader"
    assert screen.endswith("\n1 decision written; `briefgen build` takes over what is written.\n")
    code, screen = on_a_terminal(built, b"c\n", interrupt=True)
    assert (code, screen.splitlines()[-1]) == (130, "Stopped. What you decided is written.")
    assert "Traceback" not in screen
    assert len(yamlio.read(built / "seeds" / SIDECAR)["corrections"]) == 1


def test_without_a_terminal_it_says_what_to_run_instead(built: Path) -> None:
    result = CliRunner().invoke(cli.main, ["review", "-C", str(built)], input="a\n")
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "read .build/worklist.yml, and write with `briefgen correct`" in result.output
