"""Files -> Seeds, and what is wrong with the rest.

One bad file never loses the others: its SeedError is
returned beside the seeds. A seed whose sidecar is broken is left out, because what the
sidecar holds back (corrections, the text policy) would be published without it.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable
from pathlib import Path, PurePath

from pydantic import TypeAdapter

from briefgen import containers, yamlio
from briefgen.errors import BriefError, SeedError
from briefgen.memory import Ledger
from briefgen.model import Seed, Sidecar

_CONTENT = TypeAdapter(containers.Content)


def load(
    folder: Path, progress: Callable[[str], None] | None = None, earlier: Ledger | None = None
) -> tuple[list[Seed], list[SeedError]]:
    """All seeds of `folder`, sorted by file name, and one SeedError for each thing that is wrong.

    `progress` is called with each file's name before it is read. What `earlier` has of files
    that are not their own text is not taken out of them again; it has to be of this program and
    these packages. Raises BriefError where the folder itself cannot be read.
    """
    try:
        paths = sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=lambda path: path.name)
    except OSError as error:
        raise BriefError(
            str(folder),
            "",
            f"the seeds cannot be read: {error.strerror or error}",
            "make the folder and put reports in",
        ) from None
    names = [path.name for path in paths if _is_seed(path)]
    seeds: list[Seed] = []
    errors = [stray for path in paths if (stray := _stray(path, names))]
    twins: dict[str, str] = {}
    for path in sorted((path for path in paths if _is_seed(path)), key=lambda path: not beside(path).exists()):
        if progress:
            progress(path.name)
        try:
            data = _bytes(path)
            first = twins.setdefault(hashlib.sha256(data).hexdigest(), path.name)
            if first != path.name:
                raise SeedError(str(path), "", f"the same bytes as {first}", "remove one of the two")
            seeds.append(_seed(path, data, earlier))
        except SeedError as error:
            errors.append(error)
    seeds.sort(key=lambda seed: seed.name)
    return seeds, sorted(errors, key=lambda error: (error.file, error.where, error.what))


def read(path: Path) -> Seed:
    """One file with its sidecar, where it has one. Raises SeedError where either cannot be read."""
    return _seed(path, _bytes(path))


def of(name: str, data: bytes, file: str, sidecar: Sidecar) -> Seed:
    """The seed of a file that is not in the seeds yet; `file` is what errors call it."""
    return _of(name, data, _content(name, data, file), sidecar)


def _of(name: str, data: bytes, content: containers.Content, sidecar: Sidecar) -> Seed:
    return Seed(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=content.text,
        outline=content.outline,
        meta=content.meta,
        sidecar=sidecar,
    )


def _seed(path: Path, data: bytes, earlier: Ledger | None = None) -> Seed:
    content = _known(path, data, earlier) if earlier and not is_text(path.name) else None
    return _of(path.name, data, content or _content(path.name, data, str(path)), sidecar(path))


def _known(path: Path, data: bytes, earlier: Ledger) -> containers.Content:
    """What the file holds, from an earlier build where that has it."""
    key = f"{hashlib.sha256(data).hexdigest()}{PurePath(path.name).suffix.lower()}"
    kept = earlier.get(key)
    if kept is not None:
        return _CONTENT.validate_python(kept)
    content = _content(path.name, data, str(path))
    told = _CONTENT.dump_python(content, mode="json")
    if _CONTENT.validate_python(told) == content:
        earlier.keep(key, told)
    return content


def _bytes(path: Path) -> bytes:
    """The file's bytes; SeedError where they cannot be read or are too many."""
    try:
        check_size(path.name, path.stat().st_size, str(path))
        return path.read_bytes()
    except OSError as error:
        raise SeedError(str(path), "", f"cannot be read: {error.strerror or error}") from None


def check_size(name: str, size: int, file: str) -> None:
    """Raises SeedError where a file is too large for one report."""
    most = containers.most(name)
    if size > most:
        what = f"{size / 1_000_000:.0f} MB is more than the {most // 1_000_000} MB that are read as one seed"
        raise SeedError(file, "", what, "split it into reports")


def _content(name: str, data: bytes, file: str) -> containers.Content:
    try:
        return containers.read(name, data)
    except containers.UnreadableError as error:
        raise SeedError(file, "", error.what, error.hint) from None


def _is_seed(path: Path) -> bool:
    return path.suffix.lower() in containers.SUFFIXES and path.is_file()


def _stray(path: Path, seeds: list[str]) -> SeedError | None:
    """What is wrong with a thing in the folder that is neither a seed nor the sidecar of one."""
    file = str(path)
    if path.is_dir():
        return SeedError(file, "", "folders inside the seeds are not read", "move its files up")
    if _is_seed(path):
        return None
    if path.suffix == ".yml":
        if path.stem in seeds:
            return None
        near = difflib.get_close_matches(path.stem, [*seeds, *(Path(name).stem for name in seeds)], 1)
        wanted = next((name for name in seeds if near and near[0] in (name, Path(name).stem)), None)
        hint = f"did you mean {wanted}.yml?" if wanted else "a sidecar is named like its seed, with .yml after it"
        return SeedError(file, "", "a sidecar without its seed", hint)
    if path.suffix == ".yaml":
        return SeedError(file, "", "a sidecar ends in .yml", f"rename it to {path.stem}.yml")
    try:
        containers.named(path.name)
    except containers.UnreadableError as error:
        return SeedError(file, "", error.what, error.hint)
    return SeedError(file, "", "cannot be read: it leads to no file", "remove it or put a report in")


def is_text(name: str) -> bool:
    """Whether the seed of this name is its own text, so that spans are into the file itself."""
    return containers.is_text(name)


def beside(path: Path) -> Path:
    """The sidecar of a seed, whether it is there or not."""
    return path.with_name(path.name + ".yml")


def sidecar(path: Path) -> Sidecar:
    """The facts beside a seed; SeedError where they are there and cannot be read."""
    file = beside(path)
    if not file.exists():
        return Sidecar()
    try:
        data = yamlio.read(file)
        return Sidecar() if data is None else yamlio.model(Sidecar, data, str(file))
    except BriefError as error:
        hint = f"{error.hint}; " if error.hint else ""
        raise SeedError(
            error.file, error.where, error.what, f"{hint}{path.name} is left out until its sidecar is mended"
        ) from None
