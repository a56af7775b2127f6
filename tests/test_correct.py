"""`briefgen correct`, from the command to the page: tried out first, people's file left as it is otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import invented
from briefgen import build, cli, exports, extract, knowledge, packaged, records, repository, scaffold, yamlio
from briefgen.knowledge import Knowledge
from briefgen.model import Corrected, Event, Record
from briefgen.pages import corrected, pages
from briefgen.pages.render import environment, render
from briefgen.pages.verify import verify

SIDECAR = "lake-ternis-update.txt.yml"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Knowledge]:
    """A new project whose records are built, and its knowledge."""
    folder = tmp_path_factory.mktemp("first") / "briefing"
    scaffold.init(folder)
    build.everything(folder, site=False)
    return folder, knowledge.load(folder)


@pytest.fixture
def built(first: tuple[Path, Knowledge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that project."""
    reader = extract.reader(first[1])
    monkeypatch.setattr(knowledge, "load", lambda folder=None: first[1])
    monkeypatch.setattr(extract, "reader", lambda known: reader)
    return Path(shutil.copytree(first[0], tmp_path / "briefing"))


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def events(project: Path) -> dict[str, Event]:
    return {event.id: event for record in records.read(project / "records") for event in record.events}


def test_set_fields_and_build(built: Path) -> None:
    sidecar = built / "seeds" / SIDECAR
    before = "# kept by hand\n" + sidecar.read_text(encoding="utf-8")
    sidecar.write_text(before, encoding="utf-8")
    sidecar.chmod(0o640)
    id_, old = next(iter(events(built).items()))
    fields = ("type=AID", "date=2024-04", "fatalities=3", "--why", "It was aid: yes")
    code, told = run("correct", id_, *fields, "--who", "Me", "--when", "2024-05-01", "-C", built)
    assert code == 0, told
    assert f"type: {old.type} → AID" in told
    written = sidecar.read_text(encoding="utf-8")
    assert written.startswith(before)
    assert sidecar.stat().st_mode & 0o777 == 0o640
    (entry,) = yamlio.parse(written, "x")["corrections"]
    assert list(entry) == ["event", "action", "fields", "quote", "why", "who", "when"]
    assert old.evidence[0].quote.startswith(entry["quote"])
    assert sorted(path.name for path in (built / "seeds").iterdir()) == ["lake-ternis-update.txt", SIDECAR]
    assert run("check", "--strict", "-C", built)[0] == 1, "the records are behind the sidecar"
    assert run("build", "-C", built, "--no-site")[0] == 0
    new = events(built)[id_]
    assert (new.type, new.fatalities, new.review) == ("AID", 3, "corrected")
    assert new.machine is not None
    assert new.machine["type"] == old.type
    assert run("correct", id_, *fields, "-C", built) == (0, f"{sidecar} says so already.\n")
    assert sidecar.read_text(encoding="utf-8") == written


def test_drop_confirm_and_merge(built: Path) -> None:
    one, two, three, *_ = events(built)
    assert run("correct", one, "--drop", "--why", "no news", "-C", built)[0] == 0
    assert run("correct", two, "--confirm", "-C", built)[0] == 0
    assert run("build", "-C", built, "--no-site")[0] == 0
    assert one not in events(built)
    assert events(built)[two].review == "confirmed"
    code, told = run("correct", one, "--confirm", "-C", built)
    assert code == 2
    assert "a correction says `drop` (to take that back, remove it from seeds/" in told
    code, told = run("correct", two, "--merge", three, "-C", built)
    assert code == 0, told
    assert run("build", "-C", built, "--no-site")[0] == 0
    assert three not in events(built)


def test_a_seed_without_a_sidecar_gets_one(built: Path) -> None:
    (built / "seeds" / SIDECAR).unlink()
    build.everything(built, site=False)
    id_ = next(iter(events(built)))
    assert run("correct", id_, "--confirm", "-C", built)[0] == 0
    assert yamlio.read(built / "seeds" / SIDECAR)["corrections"][0]["action"] == "confirm"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["e-nothing", "--confirm"], "no event in "),
        (["ID"], "Say one thing"),
        (["ID", "type=AID", "--drop"], "Say one thing"),
        (["ID", "type"], "'type' is no FIELD=VALUE"),
        (["ID", "type=AID", "type=AID"], "type is given twice"),
        (["ID", "type=AIDE"], "key type: input should be 'AGREE'"),
        (["ID", "tipe=AID"], "did you mean 'type'"),
        (["ID", "actors={source: nobody-at-all}"], "no actor has the id"),
        (["ID", "date=[2024"], "not readable as YAML"),
        (["ID", "--drop"], "`drop` needs `why:`"),
        (["ID", "--merge", "e-nothing"], "no event of this seed has that id: e-nothing"),
        (["ID", "--confirm", "--when", "soon"], "'soon' does not match"),
    ],
)
def test_what_does_not_apply_is_not_written(built: Path, arguments: list[str], says: str) -> None:
    before = (built / "seeds" / SIDECAR).read_bytes()
    id_ = next(iter(events(built)))
    code, told = run("correct", *(id_ if argument == "ID" else argument for argument in arguments), "-C", built)
    assert code == 2
    assert says in told
    assert (built / "seeds" / SIDECAR).read_bytes() == before


def test_a_correction_whose_event_is_gone_fails_the_check_and_names_the_nearest(built: Path) -> None:
    """As after a better rule: the id that the correction names is no more, the words still are."""
    id_, event = next(iter(events(built).items()))
    sidecar = built / "seeds" / SIDECAR
    quote = event.evidence[0].quote.replace(" the ", " a ")
    text = sidecar.read_text(encoding="utf-8")
    lost = {"event": "e-000000000000", "action": "confirm", "quote": quote}
    sidecar.write_text(yamlio.appended(text, "corrections", lost, "x"), encoding="utf-8")
    code, told = run("check", "-C", built)
    assert code == 1
    assert "no event of this seed has that id: e-000000000000" in told
    assert f"nearest: {id_} " in told
    assert run("build", "-C", built, "--no-site")[0] == 1
    assert events(built)[id_] == event, "the records of before stay until somebody has looked at it"


def shown(record: Record, editors: dict[str, str]) -> dict[str, str]:
    known = knowledge.load()
    made = pages([record], known, {invented.SEED: invented.TEXT}, editors=editors)
    files = exports.files([record], known, records.dump)
    out = render(made, environment([packaged.templates()]), frozenset(files), exports.file_name)
    assert verify(out, [f"data/{name}" for name in files]) == []
    return out


def test_a_page_says_what_was_read_before_and_why_it_was_corrected() -> None:
    record = invented.record()
    event = record.events[0].model_copy(
        update={"review": "corrected", "machine": {"type": "AID", "fatalities": None, "citations": []}}
    )
    done = Corrected(action="set", event=event.id, why=invented.HOSTILE)
    gone = Corrected(action="drop", event="e-gone", why="no news", machine=(record.events[1],))
    record = record.model_copy(update={"events": (event, *record.events[1:]), "corrections": (done, gone)})
    out = shown(record, {invented.SEED: "https://code.example/edit/main/seeds/invented.txt.yml"})
    page = out["events/index.md"]
    assert "was type AID · fatalities none" in page
    assert "<script>alert" not in page
    assert 'href="https://code.example/edit/main/seeds/invented.txt.yml"' in page
    assert 'Correct this</a> <span class="eid">e-one</span>' in page
    method = out["method.md"]
    assert "<li>One event was corrected.</li>" in method
    assert "<li>One event was dropped.</li>" in method
    assert "“Correct this”" in method
    assert "A reader dropped the event e-two that the program had read: no news" in out["reports/reds-and-blues.md"]


def test_without_a_repository_there_is_no_link() -> None:
    out = shown(invented.record(), {})
    assert not [name for name, page in out.items() if "Correct this" in page]
    assert "Nobody has corrected or confirmed an event so far." in out["method.md"]


def test_added_and_split_events_say_so() -> None:
    event = invented.record().events[0].model_copy(update={"review": "corrected"})
    assert corrected.reviewed(event) == "added by a reader"
    assert corrected.was(event.model_copy(update={"machine": {"id": "e-x", "type": "AID"}})) == (
        "a part of e-x", "type AID",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("config", "there", "missing"),
    [
        ("repo_url: https://github.com/a/b", "https://github.com/a/b/edit/main/seeds/a%20b.txt.yml",
         "https://github.com/a/b/new/main/seeds?filename=c.txt.yml"),
        ("repo_url: https://github.com/a/b/\nedit_uri: edit/dev/sub/",
         "https://github.com/a/b/edit/dev/sub/seeds/a%20b.txt.yml",
         "https://github.com/a/b/new/dev/sub/seeds?filename=c.txt.yml"),
        ("repo_url: https://gitlab.com/a/b", "https://gitlab.com/a/b/-/edit/main/seeds/a%20b.txt.yml",
         "https://gitlab.com/a/b/-/new/main/seeds?file_name=c.txt.yml"),
        ("repo_url: https://code.example/x\nedit_uri: _edit/branch/main",
         "https://code.example/x/_edit/branch/main/seeds/a%20b.txt.yml",
         "https://code.example/x/_edit/branch/main/seeds/c.txt.yml"),
        ("repo_url: https://code.example/x\nedit_uri: https://edit.example/y/",
         "https://edit.example/y/seeds/a%20b.txt.yml", "https://edit.example/y/seeds/c.txt.yml"),
        ("repo_url: https://code.example/x", None, None),
        ("repo_url: https://github.com/a/b\nedit_uri: ''", None, None),
        ("repo_url: javascript:alert(1)\nedit_uri: edit/main/", None, None),
        ("site_name: x", None, None),
    ],
)  # fmt: skip
def test_addresses_of_the_web_editor(tmp_path: Path, config: str, there: str | None, missing: str | None) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{config}\nhooks: !ENV [X, y]\n")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a b.txt.yml").write_text("")
    found = repository.editors(tmp_path, ["a b.txt", "c.txt"])
    assert (found.get("a b.txt"), found.get("c.txt")) == (there, missing)


def test_a_link_to_a_sidecar_is_followed_and_not_replaced(built: Path) -> None:
    sidecar = built / "seeds" / SIDECAR
    real = built / "elsewhere.yml"
    sidecar.rename(real)
    sidecar.symlink_to(real)
    assert run("correct", next(iter(events(built))), "--confirm", "-C", built)[0] == 0
    assert sidecar.is_symlink()
    assert "confirm" in real.read_text(encoding="utf-8")
