"""What publishing writes, leaves alone and refuses; the build itself is in test_site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import invented
from briefgen import build, exports, knowledge, publish, records
from briefgen.errors import BriefError
from briefgen.pages import Page, Target, pages


def test_a_mirrored_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    publish.mirror(tmp_path, {"a.md": b"1", "deep/er/b.md": b"2"})
    before = (tmp_path / "a.md").stat().st_mtime_ns
    (tmp_path / "stale.md").write_text("old")
    publish.mirror(tmp_path, {"a.md": b"1", "c.md": b"3"})
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a.md", "c.md"]
    assert (tmp_path / "a.md").stat().st_mtime_ns == before


def test_a_file_takes_the_place_of_a_folder_and_back(tmp_path: Path) -> None:
    publish.mirror(tmp_path, {"a/b": b"1"})
    publish.mirror(tmp_path, {"a": b"2"})
    assert (tmp_path / "a").read_bytes() == b"2"
    publish.mirror(tmp_path, {"a/b": b"3"})
    assert (tmp_path / "a" / "b").read_bytes() == b"3"


def test_a_project_overrides_one_template(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "pages").mkdir(parents=True)
    (own / "theme" / "assets").mkdir(parents=True)
    (own / "pages" / "method.md.j2").write_text("<p>Our own method.</p>\n")
    (own / "theme" / "assets" / "briefgen.css").write_text("body{}")
    known = knowledge.load()
    made = [invented.record()]
    files = exports.files(made, known, records.dump)
    docs = publish.publish(tmp_path, pages(made, known, {invented.SEED: invented.TEXT}), files, serve=True)
    assert (docs / "method.md").read_text().endswith("<p>Our own method.</p>\n")
    assert (
        "Reds &amp; Blues" in (docs / "index.md").read_text() or "Reds &#38; Blues" in (docs / "index.md").read_text()
    )
    assert (docs / "data" / "events.json").is_file()
    assert (tmp_path / ".build" / "theme" / "assets" / "briefgen.css").read_text() == "body{}"
    assert (tmp_path / ".build" / "theme" / "main.html").is_file()


def test_a_page_with_a_dead_link_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "templates" / "pages").mkdir(parents=True)
    (tmp_path / "templates" / "pages" / "x.md.j2").write_text('<a href="gone.html">x</a>\n')
    with pytest.raises(BriefError, match=r"gone\.html"):
        publish.publish(tmp_path, [Page("index.md", "x", "t", "s", None, (Target("page:index"),))], {})
    assert not (tmp_path / ".build").exists()


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r"templates/pages/nowhere\.md\.j2"):
        publish.publish(tmp_path, [Page("index.md", "nowhere", "t", "s", None)], {})


def test_a_failed_build_leaves_the_last_good_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("good")
    with pytest.raises(BriefError, match="not there"):
        publish.build(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: nowhere\n")
    with pytest.raises(BriefError, match="mkdocs failed"):
        publish.build(tmp_path)
    assert (tmp_path / "site" / "index.html").read_text() == "good"


def test_a_site_left_between_two_renames_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".build" / "site.old").mkdir(parents=True)
    (tmp_path / ".build" / "site.old" / "index.html").write_text("good")
    with pytest.raises(BriefError, match="seeds cannot be read"):
        build.everything(tmp_path)
    assert (tmp_path / "site" / "index.html").read_text() == "good"
    assert not (tmp_path / ".build" / "site.old").exists()


def test_a_swap_that_fails_half_way_puts_the_site_back(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("good")
    with pytest.raises(KeyboardInterrupt), publish.alone(tmp_path, pytest.fail):
        (tmp_path / "site").rename(tmp_path / ".build" / "site.old")
        raise KeyboardInterrupt
    assert (tmp_path / "site" / "index.html").read_text() == "good"


@pytest.mark.parametrize("name", [".build/site", ".build/site.old"])
def test_a_leftover_that_is_no_folder_is_cleared(project: Path, name: str) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("no folder")
    (project / ".build" / "docs").mkdir()
    (project / ".build" / "docs" / "index.md").write_text("# Hello")
    (project / "mkdocs.yml").write_text("site_name: x\ndocs_dir: .build/docs\n")
    for _ in range(2):
        with publish.alone(project, pytest.fail):
            publish.build(project)
        assert "Hello" in (project / "site" / "index.html").read_text()
        assert {p.name for p in (project / ".build").iterdir()} == {"docs", "lock"}


def test_a_file_in_the_place_of_the_site_is_named_and_kept(project: Path) -> None:
    (project / "site").write_text("mine")
    with pytest.raises(BriefError, match=r"site: not a folder.*rename or remove it"):
        publish.build(project)
    assert (project / "site").read_text() == "mine"


HOLDER = """
import sys, time
from pathlib import Path
from briefgen import publish

with publish.alone(Path(sys.argv[1]), print):
    print("at work", flush=True)
    time.sleep(600)
"""


def test_a_second_build_waits_and_says_so_once(project: Path) -> None:
    """The holder is killed, which must not leave the project locked."""
    first = subprocess.Popen([sys.executable, "-c", HOLDER, str(project)], stdout=subprocess.PIPE, text=True)
    command = [sys.executable, "-m", "briefgen", "build", "-C", str(project), "--no-site"]
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "at work\n"
        second = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert second.stderr.readline() == "waiting for another build of this project\n"
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(0.5)
        assert not (project / "records").exists()
    finally:
        first.kill()
        first.communicate()
    _, more = second.communicate()
    assert (second.returncode, more) == (0, "")
    assert (project / "records").is_dir()


@pytest.mark.slow
def test_two_builds_at_once_both_succeed(project: Path) -> None:
    command = [sys.executable, "-m", "briefgen", "build", "-C", str(project)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sorted(told) == ["", "waiting for another build of this project\n"]
    assert (project / "site" / "index.html").is_file()


@pytest.mark.parametrize(("told", "sound"), [("site", True), ("./site/", True), ("public", False), ("../site", False)])
def test_a_site_that_is_to_go_elsewhere_is_told_and_not_passed_over(tmp_path: Path, told: str, sound: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Umber\nsite_dir: {told}\n", encoding="utf-8")
    if sound:
        assert publish.site(tmp_path).name == "Umber"
        return
    with pytest.raises(BriefError, match=r"site_dir.*always put into site/") as raised:
        publish.site(tmp_path)
    assert "\n" not in str(raised.value)
