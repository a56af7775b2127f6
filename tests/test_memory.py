"""What is kept between builds is right or not found, and a build with it is as one without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import build, knowledge
from briefgen.build import Reading
from briefgen.knowledge import Knowledge, asked, names
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
    return build.read(project, known, remembered=project / "memory")


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
    assert len(list((project / "memory" / "seeds").iterdir())) == 4, "what no seed needs is removed"


def test_the_sample_comes_back_from_memory_as_it_is_read(
    root: Path, reading: Reading, everything_known: Knowledge, tmp_path: Path
) -> None:
    for expected in (set(), {seed.name for seed in reading.seeds}):
        remembered = build.read(root, everything_known, remembered=tmp_path)
        assert set(remembered.remembered) == expected
        assert remembered.records == reading.records


def test_damaged_and_unwritable_entries_only_cost_time(seeds: Path, everything_known: Knowledge) -> None:
    project = seeds.parent
    first = again(project, everything_known)
    for path in (project / "memory" / "seeds").iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert again(project, everything_known).records == first.records
    (project / "file").write_text("", encoding="utf-8")
    assert build.read(project, everything_known, remembered=project / "file").records == first.records


def memory(folder: Path, known: Knowledge) -> Memory:
    return Memory(folder, *asked.for_reading(known))


def test_other_knowledge_other_entry(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    before = knowledge.load(tmp_path)
    (tmp_path / "knowledge" / "sources.yml").write_text(
        "- {id: gazette, name: The Gazette, kind: newspaper}\n", encoding="utf-8"
    )
    after = knowledge.load(tmp_path)
    seed = Seed(name="one.txt", sha256="0" * 64, text=NEWS, sidecar=Sidecar())
    memory(tmp_path / "memory", before).keep(seed, (), ())
    assert memory(tmp_path / "memory", before).recall(seed) == ()
    assert memory(tmp_path / "memory", after).recall(seed) is None


def test_other_text_in_the_same_bytes_other_entry(tmp_path: Path, everything_known: Knowledge) -> None:
    """As when another version of a package finds more in a PDF: the spans of before would be wrong."""
    seed = Seed(name="one.pdf", sha256="0" * 64, text=NEWS)
    memory(tmp_path, everything_known).keep(seed, (), ())
    assert memory(tmp_path, everything_known).recall(seed) == ()
    assert memory(tmp_path, everything_known).recall(seed.model_copy(update={"text": f"{NEWS} More."})) is None


def with_aliases(known: Knowledge, more: Mapping[str, tuple[str, ...]], fewer: int) -> Knowledge:
    """`known` with aliases added to actors, and some of those that it has left out."""
    actors = {
        id_: actor.model_copy(
            update={
                "aliases": (*(a for n, a in enumerate(actor.aliases) if not fewer or n % fewer), *more.get(id_, ()))
            }
        )
        for id_, actor in known.actors.items()
    }
    index = names.build(actors.values(), known.places.values(), known.sources.values())
    return replace(known, actors=MappingProxyType(actors), names=index)


def test_a_changed_alias_reads_only_the_seeds_that_it_may_concern(seeds: Path, everything_known: Knowledge) -> None:
    project = seeds.parent
    (seeds / "two.txt").write_text(NEWS.replace("Rwandan troops", "The Umber Column"), encoding="utf-8")
    again(project, everything_known)
    changed = with_aliases(everything_known, {"rwanda": ("Umber Column",)}, 0)
    told = again(project, changed)
    assert told.remembered == ("one.txt", "three.txt")
    assert told.records == build.read(project, changed).records
    assert told.records != build.read(project, everything_known).records
    assert again(project, changed).remembered == ("one.txt", "three.txt", "two.txt")


WORDS = ("attacked", "Goma", "Umber", "Column", "Rwandan", "troops", "Islamic Republic", "the militia", "minister")


@settings(max_examples=12)
@given(data=st.data())
def test_whatever_aliases_change_a_remembered_build_is_a_clean_one(
    root: Path, everything_known: Knowledge, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ids = sorted(everything_known.actors)
    project = tmp_path_factory.mktemp("aliases")
    (project / "seeds").mkdir()
    (project / "seeds" / "two.txt").write_text(NEWS, encoding="utf-8")
    real = (root / "seeds" / "004_78dc6930fdc3718e.txt").read_text(encoding="utf-8")
    (project / "seeds" / "real.txt").write_text(real[:6000], encoding="utf-8")
    spellings = st.lists(st.sampled_from(sorted({*WORDS, *real[:6000].split()})), min_size=1, max_size=2).map(" ".join)
    for _ in range(2):
        more = data.draw(st.dictionaries(st.sampled_from(ids), st.tuples(spellings), max_size=4))
        changed = with_aliases(everything_known, more, data.draw(st.sampled_from((0, 2, 7))))
        assert again(project, changed).records == build.read(project, changed).records
