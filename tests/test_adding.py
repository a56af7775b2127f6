"""`briefgen add`: a good name, a sidecar that says what was found, nothing twice, and nothing taken on trust."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from briefgen import cli, knowledge, yamlio
from briefgen.adding import drafting, likeness, parcels
from briefgen.errors import SeedError
from briefgen.knowledge import Knowledge
from briefgen.model import Meta, Report, Seed, Sidecar

REPORT = """The Umber Weekly: Boats on the Lake

Published 4 July 2024

The navy of Freedonia sent six boats to Lake Umber on 2 July. The mayor of Harle asked them to leave the next day,
and the council met in the evening to hear the fishermen, who had not been able to go out since Sunday.

A spokesman said that the boats would stay until the end of the month, whatever the council decided about it.
"""
OTHER = """A Month of Strikes

5 May 2024

The nurses of the northern hospital went on strike on 3 May, for the second time.
"""


@pytest.fixture(autouse=True)
def quick(everything_known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "load", lambda project=None: everything_known)


@pytest.fixture
def there(project: Path) -> Path:
    """A project without any seed."""
    for path in (project / "seeds").iterdir():
        path.unlink()
    return project


def add(project: Path, *paths: Path | str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, ["add", "-C", str(project), *map(str, paths)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def names(project: Path) -> list[str]:
    return sorted(path.name for path in (project / "seeds").iterdir())


def test_a_report_gets_a_name_and_a_sidecar_and_stays_as_it_was(there: Path, tmp_path: Path) -> None:
    came = tmp_path / "Download (3).TXT"
    came.write_text(REPORT)
    code, told = add(there, came)
    assert code == 0, told
    name = "2024-07-04-the-umber-weekly-boats-on-the-lake.txt"
    assert names(there) == [name, f"{name}.yml"]
    assert (there / "seeds" / name).read_bytes() == came.read_bytes() == REPORT.encode()
    assert "Read with the layout generic: no other layout fits it." in told
    assert "Found: title, published." in told
    assert f"Please complete in {name}.yml: publisher, address, licence." in told
    text = (there / "seeds" / f"{name}.yml").read_text()
    assert yamlio.parse(text, name) == {"text": "excerpts"}
    assert "# published: 2024-07-04  # printed in the text" in text
    assert "# publisher:  # not found" in text
    assert CliRunner().invoke(cli.main, ["build", "--no-site", "-C", str(there)]).exit_code == 0


def test_what_a_layout_knows_is_in_the_sidecar(there: Path, root: Path) -> None:
    code, told = add(there, root / "tests" / "fixtures" / "seeds" / "update.txt")
    assert (code, names(there)[0]) == (0, "2025-03-03-ctp-isw-freedonia-update.txt")
    assert "Read with the layout ctp-isw: it has the dated title" in told
    facts = yamlio.read(there / "seeds" / "2025-03-03-ctp-isw-freedonia-update.txt.yml")
    assert (facts["publisher"], facts["text"]) == ("ctp-isw", "excerpts")
    assert facts["address"].endswith("/freedonia-update-march-3-2025")


def test_of_a_file_with_several_reports_each_is_named(there: Path, root: Path) -> None:
    _, told = add(there, root / "tests" / "fixtures" / "seeds" / "watch.txt")
    text = (there / "seeds" / "oe-watch-watch.txt.yml").read_text()
    assert ", 2 reports" in told
    assert "#   oe-watch-sylvania-opens-a-road-to-the-coast: {}" in text


def test_the_same_bytes_are_refused(there: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(REPORT)
    code, told = add(there, tmp_path / "a.txt", tmp_path / "b.txt")
    assert code == 1
    assert "b.txt: the same bytes as seeds/2024-07-04-the-umber-weekly-boats-on-the-lake.txt" in told
    assert add(there, there / "seeds" / names(there)[0])[0] == 1
    assert len(names(there)) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.upper(),
        lambda text: text.replace("six boats", "seven boats"),
        lambda text: "From: a list\n\n" + text + "\n\nYou get this because you asked for it.\n",
        lambda text: text + OTHER,
    ],
)
def test_nearly_the_same_text_is_refused_and_its_twin_named(
    there: Path, tmp_path: Path, change: Callable[[str], str]
) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "o.txt").write_text(OTHER)
    (tmp_path / "b.md").write_bytes(change(REPORT).encode())
    assert add(there, tmp_path / "a.txt")[0] == 0
    code, told = add(there, tmp_path / "b.md")
    assert code == 1
    assert "nearly the same text as seeds/2024-07-04-the-umber-weekly-boats-on-the-lake.txt" in told
    assert add(there, tmp_path / "b.md", "--alike")[0] == 0


def test_another_report_of_the_same_series_is_no_twin(there: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    later = (
        OTHER + "A spokesman said that the boats would stay until the end of the month, whatever the council said.\n"
    )
    (tmp_path / "b.txt").write_text(later)
    assert add(there, tmp_path / "a.txt", tmp_path / "b.txt")[0] == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    a, b = likeness.runs(one), likeness.runs(other)
    assert likeness.share(a, b) == likeness.share(b, a) <= 1
    assert likeness.share(a, a) == 1


def test_two_reports_of_one_name_are_both_kept(there: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Weekly\n\n5 May 2024\n\nThe nurses of the north went on strike over their pay.\n")
    (tmp_path / "b.txt").write_text(
        "Weekly\n\n5 May 2024\n\nA storm closed all of the harbours of the southern coast.\n"
    )
    assert add(there, tmp_path / "a.txt", tmp_path / "b.txt")[0] == 0
    assert [name for name in names(there) if name.endswith("txt")] == [
        "2024-05-05-weekly-2.txt",
        "2024-05-05-weekly.txt",
    ]


def test_a_folder_and_a_zip_at_once(there: Path, tmp_path: Path) -> None:
    folder = tmp_path / "weekly" / "may"
    folder.mkdir(parents=True)
    (folder / "strikes.txt").write_text(OTHER)
    (folder / "strikes.txt.yml").write_text("publisher: reuters\npublished: 2024-05-06\n")
    (folder / ".DS_Store").write_text("x")
    (folder / "table.xls").write_bytes(b"\xd0\xcf\x11\xe0 old")
    (folder / "away.txt").symlink_to("/etc/hostname")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("in/side/boats.txt", REPORT)
        archive.writestr("__MACOSX/._boats.txt", "x")
    code, told = add(there, tmp_path / "weekly", tmp_path / "more.zip")
    assert code == 1
    strikes = "2024-05-06-reuters-a-month-of-strikes.txt"
    assert names(there) == [
        strikes,
        f"{strikes}.yml",
        "2024-07-04-the-umber-weekly-boats-on-the-lake.txt",
        "2024-07-04-the-umber-weekly-boats-on-the-lake.txt.yml",
    ]
    assert (there / "seeds" / f"{strikes}.yml").read_text() == "publisher: reuters\npublished: 2024-05-06\n"
    assert "table.xls: files of kind .xls are not read yet" in told
    assert "away.txt: a link, which is not followed" in told


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:\\evil.txt", "..\\evil.txt"]
)
def test_a_name_that_leads_out_of_the_zip_refuses_it(there: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("good.txt", REPORT)
        archive.writestr(name, OTHER)
    code, told = add(there, tmp_path / "x.zip")
    assert (code, names(there)) == (1, [])
    assert "a name that leads out of it" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["briefing", "x.zip"]


def test_a_bomb_a_link_and_a_broken_zip_are_refused(there: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"0" * 50_000_000)
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 no zip")
    code, told = add(there, tmp_path / "bomb.zip", tmp_path / "link.zip", tmp_path / "no.zip")
    assert (code, names(there)) == (1, [])
    assert "bomb.zip: it unpacks to 50 MB, which no zip of reports does" in told
    assert "link.txt: a link, which is not followed" in told
    assert "no.zip: not readable as a zip" in told


def test_a_zip_that_lies_about_its_size_yields_no_more_than_it_says(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"word " * 400_000)
    data = path.read_bytes().replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    (found,) = parcels.opened([path])
    assert isinstance(found, SeedError) or len(found.data) <= 10


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.txt", b"", "the file is empty"),
        ("x.txt", "Kyélem".encode("cp1252"), "not UTF-8, probably Windows-1252"),
        ("x.doc", b"\xd0\xcf\x11\xe0", "files of kind .doc are not read yet"),
        ("x.png", b"\x89PNG", "files of kind .png are not read yet"),
        ("x", b"text", "files of kind (no suffix) are not read yet"),
        ("big.txt", b"word " * 2_000_000, "10 MB is more than the 8 MB"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(there: Path, tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    code, told = add(there, tmp_path / name)
    assert (code, names(there)) == (1, [])
    assert says in told
    assert len(told.splitlines()) == 1


def test_a_broken_sidecar_beside_the_file_is_said(there: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "a.txt.yml").write_text("publsher: x\n")
    code, told = add(there, tmp_path / "a.txt")
    assert (code, names(there)) == (1, [])
    assert "did you mean 'publisher'?" in told


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_word_of_a_report_breaks_out_of_a_comment(everything_known: Knowledge, a: str, b: str, c: str) -> None:
    seed = Seed(name="x.html", sha256="0" * 64, text="x", meta=Meta(hints=(a,), where={"publisher": b}, publisher="x"))
    report = Report(
        id="x", seed="x.html", sha256="0" * 64, span=(0, 1), title=c, publisher="itic", layout="generic", notes=(a,)
    )
    text, _, _ = drafting.draft(seed, (report,), everything_known)
    told = yamlio.model(Sidecar, yamlio.parse(text, "x"), "x")
    assert told == Sidecar(publisher="itic", text="excerpts")
