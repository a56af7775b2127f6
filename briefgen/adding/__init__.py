"""`briefgen add`: new reports into the seeds, each under a good name, with a sidecar for a person to complete.

Nothing is written of a report that could not be read, or that is there already.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from briefgen import lock, readers, seeds, yamlio
from briefgen.adding import drafting, likeness, parcels
from briefgen.adding.likeness import Runs
from briefgen.adding.parcels import Parcel
from briefgen.errors import BriefError, SeedError
from briefgen.knowledge import Knowledge
from briefgen.model import Report, Seed, Sidecar
from briefgen.readers.assembly import slug

_LONGEST = 80
"""Characters of a file's name without its date and suffix."""


@dataclass(frozen=True, slots=True)
class Added:
    """One report that is in the seeds now."""

    origin: str
    seed: Path
    layout: str
    """Which reader reads it, and why, as a sentence."""
    reports: int
    found: tuple[str, ...]
    """Facts that the sidecar says or the text prints."""
    missing: tuple[str, ...]
    """Facts that a person is asked for."""


def add(
    project: Path,
    paths: Iterable[Path],
    known: Knowledge,
    *,
    alike: bool = False,
    progress: Callable[[str], object] = lambda name: None,
) -> tuple[tuple[Added, ...], tuple[BriefError, ...]]:
    """Copy the reports at `paths` (files, folders, zips) into `project`/seeds; what was added, and what was refused.

    With `alike` a report is added although nearly the same text is there.
    """
    folder = project / "seeds"
    folder.mkdir(exist_ok=True)
    added: list[Added] = []
    refused: list[BriefError] = []
    with lock.held(project / ".build" / "sidecars.lock", lambda: None):
        have = _Have(folder)
        for parcel in parcels.opened(paths):
            if isinstance(parcel, SeedError):
                refused.append(parcel)
                continue
            progress(parcel.name)
            try:
                added.append(_add(parcel, folder, known, have, alike))
            except BriefError as error:
                refused.append(error)
    return tuple(added), tuple(refused)


class _Have:
    """The seeds that are there, by their bytes and by their words."""

    def __init__(self, folder: Path) -> None:
        self.hashes: dict[str, str] = {}
        for path in sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".yml"):
            self.hashes.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path.name)
        self._seeds = seeds.load(folder)[0]
        self._runs: dict[str, Runs] = {}

    def runs(self) -> Iterator[tuple[str, Runs]]:
        """Name and runs of words of each seed; those of the seeds that were there are not kept, for there are many."""
        for seed in self._seeds:
            yield seed.name, likeness.runs(seed.text)
        yield from self._runs.items()

    def take(self, seed: Seed) -> None:
        """A seed that was added."""
        self.hashes[seed.sha256] = seed.name
        self._runs[seed.name] = likeness.runs(seed.text)


def _add(parcel: Parcel, folder: Path, known: Knowledge, have: _Have, alike: bool) -> Added:
    seed = seeds.of(parcel.name, parcel.data, parcel.origin, _given(parcel))
    twin = have.hashes.get(seed.sha256)
    if twin:
        raise SeedError(parcel.origin, "", f"the same bytes as seeds/{twin}", "it is there already")
    if not alike:
        near = likeness.twin(likeness.runs(seed.text), have.runs())
        if near:
            raise SeedError(
                parcel.origin,
                "",
                f"nearly the same text as seeds/{near[0]}: {near[1]:.0%} of the shorter one stands in the other",
                "put a new version in the place of the old file, or add it as a report of its own with --alike",
            )
    try:
        reports = readers.read(seed, known)
    except SeedError as error:
        raise SeedError(parcel.origin, error.where, error.what, error.hint) from None
    name = _free(_name(parcel.name, reports), folder)
    seed = seed.model_copy(update={"name": name})
    text, found, missing = drafting.draft(seed, reports, known)
    sidecar = parcel.sidecar if parcel.sidecar is not None else text.encode("utf-8")
    path = folder / name
    _write(seeds.beside(path), sidecar)
    _write(path, parcel.data)
    have.take(seed)
    return Added(parcel.origin, path, reports[0].notes[0], len(reports), found, missing)


def _given(parcel: Parcel) -> Sidecar:
    """The sidecar that came with the file; BriefError where it is broken."""
    if parcel.sidecar is None:
        return Sidecar()
    file = f"{parcel.origin}.yml"
    try:
        data = yamlio.parse(parcel.sidecar.decode("utf-8"), file)
    except UnicodeDecodeError:
        raise SeedError(file, "", "not UTF-8", "save the file as UTF-8") from None
    return Sidecar() if data is None else yamlio.model(Sidecar, data, file)


def _name(came_as: str, reports: tuple[Report, ...]) -> str:
    """Day, publisher and title of the report; for several in one file, or none with a title, the file's name."""
    one = reports[0]
    path = PurePath(came_as)
    day = one.published or (one.period.end if one.period else None)
    days = {report.published for report in reports}
    title = one.title if len(reports) == 1 and one.title else path.stem
    words = "-".join(part for part in (one.publisher or "", slug(title, day)) if part)
    dated = f"{day.isoformat()}-" if day and len(days) == 1 else ""
    return f"{dated}{words[:_LONGEST].strip('-') or 'report'}{path.suffix.lower()}"


def _free(name: str, folder: Path) -> str:
    """The name, with a number where a file or a sidecar has it already."""
    path = PurePath(name)
    number = 1
    while (folder / name).exists() or seeds.beside(folder / name).exists():
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name


def _write(path: Path, data: bytes) -> None:
    """The whole file at once, so that no build reads half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(data)
    os.replace(fresh, path)  # noqa: PTH105 - named for what it promises
