"""Files become seeds unchanged, and one bad file never loses the others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from briefgen import seeds
from briefgen.errors import BriefError, SeedError
from briefgen.model import Sidecar

GOOD = "A report\n\nThe fleet sailed on 3 March 2025.\n"


def write(folder: Path, **files: bytes | str) -> Path:
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def test_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfOne\r\ntwo\rthree \xc2\xa0\n\n"
    found, errors = seeds.load(write(tmp_path, a__txt=data))
    assert errors == []
    assert found[0].text == "\ufeffOne\r\ntwo\rthree \xa0\n\n"
    assert found[0].text.encode() == data
    assert found[0].sha256 == hashlib.sha256(data).hexdigest()


def test_sorted_by_name_whatever_the_order_on_disk(tmp_path: Path) -> None:
    write(tmp_path, c__txt="c", a__md="a", b__TXT="b")
    seen: list[str] = []
    found, errors = seeds.load(tmp_path, seen.append)
    assert [seed.name for seed in found] == ["a.md", "b.TXT", "c.txt"] == seen
    assert errors == []


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("x.txt", b"", "empty"),
    "only blanks": ("x.txt", b"\xef\xbb\xbf \r\n\t", "empty"),
    "pdf": ("x.txt", b"%PDF-1.7\n%\xe2\xe3", "PDF under the name of another kind (rename it to x.pdf)"),
    "docx": ("x.txt", b"PK\x03\x04\x14\0\0\0word/document.xml", "DOCX under the name of another kind"),
    "zip": ("x.txt", b"PK\x03\x04\x14\0\0\0abc", "ZIP is not read yet"),
    "png": ("x.txt", b"\x89PNG\r\n\x1a\n", "PNG is not read yet"),
    "html": ("x.txt", b"<!DOCTYPE html><p>x", "HTML under the name of another kind"),
    "zeros": ("x.txt", b"abc\0\0\0def" * 9, "a binary file is not read yet"),
    "latin 1": ("x.txt", "Apollinaire Kyélem".encode("cp1252"), "byte 14: not UTF-8, probably Windows-1252"),
    "cyrillic": ("x.txt", "Минск и Тегеран".encode("cp1251"), "probably Windows-1251"),
    "utf-16": ("x.txt", "The fleet".encode("utf-16"), "probably UTF-16"),
    "utf-16 without mark": ("x.txt", "The fleet sailed".encode("utf-16-le"), "probably UTF-16LE"),
    "other suffix": ("x.rtf", b"{\\rtf", "files of kind .rtf are not read yet"),
    "lost sidecar": ("goood.txt.yml", b"text: full\n", "did you mean good.txt.yml?"),
    "yaml": ("good.txt.yaml", b"text: full\n", "rename it to good.txt.yml"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_named_and_loses_no_other(tmp_path: Path, case: str) -> None:
    name, data, message = BAD[case]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD)
    found, errors = seeds.load(tmp_path)
    assert [seed.name for seed in found] == ["good.txt"]
    assert len(errors) == 1
    assert message in str(errors[0])
    assert name in errors[0].file


def test_a_dump_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    found, errors = seeds.load(write(tmp_path, good__txt=GOOD))
    assert len(found) == 1
    assert "50 MB is more than the 8 MB" in str(errors[0])


def test_twins_the_first_by_name_is_kept(tmp_path: Path) -> None:
    found, errors = seeds.load(write(tmp_path, b__txt=GOOD, a__txt=GOOD))
    assert [seed.name for seed in found] == ["a.txt"]
    assert "b.txt" in errors[0].file
    assert "the same bytes as a.txt" in errors[0].what


def test_of_twins_the_one_with_a_sidecar_is_kept(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The same.")
    (tmp_path / "b.txt.yml").write_text("licence: CC0")
    found, errors = seeds.load(tmp_path)
    assert [(seed.name, seed.sidecar.licence) for seed in found] == [("b.txt", "CC0")]
    assert [error.what for error in errors] == ["the same bytes as b.txt"]


def test_an_empty_sidecar_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "a.txt.yml").write_text("# publisher: itic")
    assert seeds.load(tmp_path)[0][0].sidecar == Sidecar()


def test_a_broken_sidecar_holds_its_seed_back(tmp_path: Path) -> None:
    write(tmp_path, a__txt=GOOD, b__txt=GOOD + "b")
    write(tmp_path, a__txt__yml="publsher: itic\n", b__txt__yml="publisher: itic\ntext: excerpts\n")
    found, errors = seeds.load(tmp_path)
    assert [seed.name for seed in found] == ["b.txt"]
    assert (found[0].sidecar.publisher, found[0].sidecar.text) == ("itic", "excerpts")
    assert "did you mean 'publisher'?" in str(errors[0])
    assert "a.txt is left out" in str(errors[0])


def test_a_twin_does_not_stand_in_for_a_seed_that_is_held_back(tmp_path: Path) -> None:
    found, errors = seeds.load(write(tmp_path, a__txt=GOOD, a__txt__yml="text: nothing\n", b__txt=GOOD))
    assert found == []
    assert len(errors) == 2


def test_sidecar_yaml_errors_name_the_line(tmp_path: Path) -> None:
    _, errors = seeds.load(write(tmp_path, a__txt=GOOD, a__txt__yml="text: full\ntext: full\n"))
    assert "line 2" in str(errors[0])
    assert "given twice" in str(errors[0])


def test_folders_are_named_and_hidden_files_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    found, errors = seeds.load(write(tmp_path, __gitkeep="", a__txt=GOOD))
    assert len(found) == 1
    assert [error.what for error in errors] == ["folders inside the seeds are not read"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="cannot be read"):
        seeds.load(tmp_path / "nowhere")


def test_one_file_by_itself(tmp_path: Path) -> None:
    write(tmp_path, a__txt=GOOD)
    assert seeds.read(tmp_path / "a.txt").text == GOOD
    with pytest.raises(SeedError, match="cannot be read"):
        seeds.read(tmp_path / "b.txt")
