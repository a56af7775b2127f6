"""What publishing writes, leaves alone and refuses; the build itself is in test_site."""

from __future__ import annotations

from pathlib import Path

import pytest

import invented
from briefgen import exports, knowledge, publish, records
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
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: nowhere\n")
    with pytest.raises(BriefError):
        publish.build(tmp_path)
    assert (tmp_path / "site" / "index.html").read_text() == "good"
