"""A build that takes over what has not changed is, byte for byte, a clean one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import made
from briefgen import build, containers, memory, packaged, publish, seeds, telling
from briefgen.build import Outcome
from briefgen.memory import Ledger

MEMORY = {"seeds", "texts.json", "pages.json", "checked.json", "site.json"}
NEWS = "A raid\n\nPublished May 2, 2024\n\nRwandan troops attacked Goma on May 1. Iran condemned the attack.\n"
CURIOUS = (
    "{% extends 'base.html' %}{% block footer %}"
    "{% for file in pages %}<p>{{ file.page.title }}</p>{% endfor %}{% endblock %}"
)


def files(project: Path) -> dict[str, bytes]:
    """Site and records: path -> bytes."""
    found = [path for name in ("site", "records") for path in (project / name).rglob("*") if path.is_file()]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in found}


def clean(project: Path) -> dict[str, bytes]:
    """What a project of the same input yields that was never built before."""
    other = project.parent / "clean"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".build", "site", "records"))
    build.everything(other)
    return files(other)


def rendered(outcome: Outcome) -> str:
    return outcome.done[-1]


def put(name: str, text: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")

    return change


def remove(name: str) -> Callable[[Path], object]:
    return lambda project: (project / name).unlink()


def edit(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        text = (project / name).read_text(encoding="utf-8")
        assert old in text
        (project / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def own(name: str, line: str) -> Callable[[Path], object]:
    """A template of the project's own: the package's with a line more."""
    packages = packaged.templates() / name.removeprefix("templates/")
    return put(name, packages.read_text(encoding="utf-8") + line)


def packages(version: str) -> Callable[[Path], object]:
    """Another version of a package, as Python and mkdocs' process find it: by what is told on their path."""
    return put("../packages/umber-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: umber\nVersion: {version}\n")


ALIAS = "- {id: rwanda, name: Rwanda, kind: state, aliases: [Umber Column]}\n"
CHANGES: tuple[tuple[Callable[[Path], object], bool], ...] = (
    (put("seeds/second.txt", NEWS.replace("A raid", "Another raid")), True),
    (edit("seeds/raid.txt", "A raid", "A long raid"), True),
    (edit("seeds/raid.txt", "Goma", "Rafah"), True),
    (edit("seeds/raid.txt", "Rwandan troops", "The Umber Column"), True),
    (put("knowledge/actors.yml", ALIAS), True),
    (remove("seeds/second.txt"), True),
    (put("site/reports/index.html", "changed by hand"), True),
    (edit("mkdocs.yml", "Sources: sources/index.md", "Our sources: sources/index.md"), False),
    (put("templates/theme/partials/footer.html", "<p>Our own foot.</p>"), False),
    (own("templates/pages/report.md.j2", "<p>Our own line.</p>\n"), True),
    (remove("templates/theme/partials/footer.html"), False),
    (packages("2"), False),
)
STOPS = ("memory.Memory.forget", "memory.Ledger.write", "publish.theme_files", "publish.build", "search.cut")
"""Where a build is killed: seeds read; texts kept; pages written; before mkdocs; after it, before the swap."""
KILLED = """
import os, pathlib, sys
from briefgen import build, memory, publish, search
def stop(*args):
    os.kill(os.getpid(), 9)
{} = stop
build.everything(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whatever_changes_the_site_is_that_of_a_clean_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("seeds/raid.txt", NEWS)(project)
    packages("1")(project)
    monkeypatch.syspath_prepend(str(project / "../packages"))
    monkeypatch.setenv("PYTHONPATH", f"{project / '../packages'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    build.everything(project)
    for number, (change, kept) in enumerate(CHANGES):
        change(project)
        outcome = build.everything(project)
        again, wanted = files(project), clean(project)
        assert sorted(again) == sorted(wanted), number
        assert [name for name in wanted if again[name] != wanted[name]] == [], number
        assert (" all " not in rendered(outcome)) == kept, (number, outcome.done)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_is_taken_over_where_a_template_looks_at_other_pages(project: Path) -> None:
    put("templates/theme/main.html", CURIOUS)(project)
    for title in ("A raid", "A second raid"):
        put("seeds/raid.txt", NEWS.replace("A raid", title))(project)
        assert " all " in rendered(build.everything(project))
    assert files(project) == clean(project)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_damage_to_what_is_remembered_only_costs_time(project: Path) -> None:
    put("seeds/raid.txt", NEWS)(project)
    build.everything(project)
    wanted = files(project)
    remembered = project / publish.WORK / "memory"
    for path in sorted(path for path in remembered.rglob("*") if path.is_file()):
        path.write_bytes(path.read_bytes()[:-40])
    report = next(path for path in (project / "site" / "reports").glob("*.html") if path.name != "index.html")
    report.write_text("changed by hand", encoding="utf-8")
    assert " all " in rendered(build.everything(project))
    assert files(project) == wanted
    report.write_text("changed by hand", encoding="utf-8")
    (project / publish.WORK / "docs" / "method.md").write_text("changed by hand", encoding="utf-8")
    outcome = build.everything(project)
    assert files(project) == wanted
    assert outcome.done[0].startswith("Pages: 1 of ")
    assert {path.name for path in remembered.iterdir()} == MEMORY


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_build_after_one_that_was_killed_is_a_clean_one(project: Path) -> None:
    put("seeds/raid.txt", NEWS)(project)
    build.everything(project)
    before = files(project)
    for number, place in enumerate(STOPS):
        put("seeds/raid.txt", NEWS.replace("A raid", f"Raid {number}"))(project)
        command = [sys.executable, "-c", KILLED.format(place), str(project)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == -9, place
        assert files(project) == before, place
    build.everything(project)
    assert files(project) == clean(project)
    assert {path.name for path in (project / publish.WORK / "memory").iterdir()} == MEMORY


def test_a_file_of_another_kind_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read = containers.read

    def noting(name: str, data: bytes) -> containers.Content:
        opened.append(name)
        return read(name, data)

    monkeypatch.setattr(containers, "read", noting)
    for name, data in (("a.html", made.PAGE.encode()), ("b.eml", made.letter()), ("c.docx", made.docx())):
        (tmp_path / "seeds").mkdir(exist_ok=True)
        (tmp_path / "seeds" / name).write_bytes(data)
    found = []
    for _ in range(2):
        ledger = Ledger(tmp_path / "texts.json", "one")
        found.append(seeds.load(tmp_path / "seeds", earlier=ledger))
        ledger.write()
    assert opened == ["a.html", "b.eml", "c.docx"]
    assert found[0] == found[1] == seeds.load(tmp_path / "seeds")
    assert len(found[0][0]) == 3
    (tmp_path / "seeds" / "a.html").write_bytes(made.PAGE.replace("boats", "ships").encode())
    assert "ships" in seeds.load(tmp_path / "seeds", earlier=Ledger(tmp_path / "texts.json", "one"))[0][0].text


def test_what_is_no_ledger_is_removed(tmp_path: Path) -> None:
    kept = {memory.ledger(tmp_path, stage) for stage in memory.STAGES}
    for path in (*kept, tmp_path / "pages.4711", tmp_path / f"{'0' * 64}.json"):
        path.write_text("", encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    memory.prune(tmp_path)
    memory.prune(tmp_path / "missing")
    assert set(tmp_path.iterdir()) == {*kept, tmp_path / "seeds"}


def test_a_ledger_is_right_or_empty(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "stage.json"
    first = Ledger(path, "one")
    first.keep("a", {"z": 1, "b": [2]})
    first.keep("gone", 1)
    first.write()
    second = Ledger(path, "one")
    assert list(second.get("a")) == ["z", "b"], "the order of what is kept is kept"
    second.write()
    assert Ledger(path, "one").get("gone") is None, "what nobody asks for is dropped"
    assert Ledger(path, "another").get("a") is None
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert Ledger(path, "one").get("a") is None
    path.write_bytes(whole)
    assert Ledger(path, "one").get("a") == {"z": 1, "b": [2]}


def test_a_line_says_what_was_done_and_why() -> None:
    every = ["index.md", "reports/index.md", "reports/a.md", "actors/x.md", "actors/y.md", "events/2024-05.md"]
    assert telling.pages(every, {"reports/a.md", "data/x.json"}, 2) == "Pages: 2 of 6 drawn anew, 1 written."
    assert telling.rendered(every, {"reports/a.md", "actors/x.md", "index.md", "data/x.json"}, 2) == (
        "Site: 4 of 6 pages rendered: pages of 1 report, 1 actor, 1 list changed; those in the navigation always are."
    )
    assert telling.rendered(every, (), 4).startswith("Site: 2 of 6 pages rendered: nothing changed")
    assert telling.rendered(every, every, 0).startswith("Site: all 6 pages rendered")
