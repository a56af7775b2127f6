"""What is kept between builds is right or not found, and a build with it is as one without."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen import build, knowledge
from briefgen.build import Reading
from briefgen.knowledge import Knowledge
from briefgen.memory import Memory
from briefgen.model import Seed, Sidecar

NEWS = "A raid\n\nPublished May 2, 2024\n\nRwandan troops attacked Goma on May 1.\n"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name in ("one.txt", "two.txt", "three.txt"):
        (folder / name).write_text(NEWS.replace("A raid", f"A raid, told {name}"), encoding="utf-8")
    return folder


def again(project: Path, known: Knowledge) -> Reading:
    return build.read(project, known, memory=Memory(project / "memory", known.fingerprint))


def test_only_what_changed_is_read_and_the_outcome_is_the_same(seeds: Path, everything_known: Knowledge) -> None:
    project = seeds.parent
    assert again(project, everything_known).remembered == ()
    assert again(project, everything_known).remembered == ("one.txt", "three.txt", "two.txt")
    (seeds / "four.txt").write_text(NEWS, encoding="utf-8")
    (seeds / "one.txt.yml").write_text("published: 2024-05-03\n", encoding="utf-8")
    remembered = again(project, everything_known)
    assert remembered.remembered == ("three.txt", "two.txt")
    clean = build.read(project, everything_known)
    assert (remembered.records, remembered.texts, remembered.warnings) == (clean.records, clean.texts, clean.warnings)
    assert len(list((project / "memory").iterdir())) == 4, "what no seed needs is removed"


def test_the_sample_comes_back_from_memory_as_it_is_read(
    root: Path, reading: Reading, everything_known: Knowledge, tmp_path: Path
) -> None:
    for expected in (set(), {seed.name for seed in reading.seeds}):
        remembered = build.read(root, everything_known, memory=Memory(tmp_path, everything_known.fingerprint))
        assert set(remembered.remembered) == expected
        assert remembered.records == reading.records


def test_damaged_and_unwritable_entries_only_cost_time(seeds: Path, everything_known: Knowledge) -> None:
    project = seeds.parent
    first = again(project, everything_known)
    for path in (project / "memory").iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert again(project, everything_known).records == first.records
    (project / "file").write_text("", encoding="utf-8")
    assert build.read(project, everything_known, memory=Memory(project / "file", "")).records == first.records


def test_other_knowledge_other_entry(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    before = knowledge.load(tmp_path).fingerprint
    (tmp_path / "knowledge" / "sources.yml").write_text(
        "- {id: gazette, name: The Gazette, kind: newspaper}\n", encoding="utf-8"
    )
    after = knowledge.load(tmp_path).fingerprint
    assert before != after
    seed = Seed(name="one.txt", sha256="0" * 64, text=NEWS, sidecar=Sidecar())
    Memory(tmp_path / "memory", before).keep(seed, ())
    assert Memory(tmp_path / "memory", before).recall(seed) == ()
    assert Memory(tmp_path / "memory", after).recall(seed) is None


def test_other_text_in_the_same_bytes_other_entry(tmp_path: Path) -> None:
    """As when another version of a package finds more in a PDF: the spans of before would be wrong."""
    seed = Seed(name="one.pdf", sha256="0" * 64, text=NEWS)
    Memory(tmp_path, "").keep(seed, ())
    assert Memory(tmp_path, "").recall(seed) == ()
    assert Memory(tmp_path, "").recall(seed.model_copy(update={"text": f"{NEWS} More."})) is None
