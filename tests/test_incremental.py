"""A build that takes over what has not changed is, byte for byte, a clean one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen import build, packaged, publish, telling
from briefgen.build import Outcome
from briefgen.memory import Ledger

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


CHANGES: tuple[tuple[Callable[[Path], object], bool], ...] = (
    (put("seeds/second.txt", NEWS.replace("A raid", "Another raid")), True),
    (edit("seeds/raid.txt", "A raid", "A long raid"), True),
    (edit("seeds/raid.txt", "Goma", "Rafah"), True),
    (remove("seeds/second.txt"), True),
    (put("site/reports/index.html", "changed by hand"), True),
    (edit("mkdocs.yml", "Sources: sources/index.md", "Our sources: sources/index.md"), False),
    (put("templates/theme/partials/footer.html", "<p>Our own foot.</p>"), False),
    (own("templates/pages/report.md.j2", "<p>Our own line.</p>\n"), True),
    (remove("templates/theme/partials/footer.html"), False),
)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whatever_changes_the_site_is_that_of_a_clean_build(project: Path) -> None:
    put("seeds/raid.txt", NEWS)(project)
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
    memory = project / publish.WORK / "memory"
    for path in sorted(path for path in memory.rglob("*") if path.is_file()):
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
    assert {path.name for path in memory.iterdir()} == {"seeds", "pages.json", "checked.json", "site.json"}


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
