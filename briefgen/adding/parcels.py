"""What is to be added: single files, all files of a folder, all files in a zip.

A zip is never unpacked to the disk; a name in it that leads out of it, a link, a
password, or more content than a zip of reports can have is refused.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from briefgen import seeds
from briefgen.errors import SeedError

MOST_FILES = 5_000
MOST_BYTES = 1_000_000_000
"""Of all files in a zip together, unpacked."""
_RATIO = 200
"""A zip that packs text closer than this is made to fill a disk."""
_WINDOW = 1 << 20
_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file as it comes, with the sidecar that lies beside it, if there is one."""

    origin: str
    """As the user knows it."""
    name: str
    data: bytes
    sidecar: bytes | None = None


def opened(paths: Iterable[Path]) -> Iterator[Parcel | SeedError]:
    """Every file that `paths` mean, and an error for each that cannot be taken; in the order given, then by name."""
    for path in paths:
        try:
            if path.is_dir():
                yield from _folder(path)
            elif path.suffix.lower() == ".zip":
                yield from _zip(path)
            else:
                yield _file(path)
        except SeedError as error:
            yield error
        except OSError as error:
            yield SeedError(str(path), "", f"cannot be read: {error.strerror or error}")


def _file(path: Path) -> Parcel:
    seeds.check_size(path.name, path.stat().st_size, str(path))
    beside = seeds.beside(path)
    return Parcel(str(path), path.name, path.read_bytes(), beside.read_bytes() if beside.is_file() else None)


def _folder(folder: Path) -> Iterator[Parcel | SeedError]:
    """Files in it and below it; links, which may lead anywhere, are named and left out."""
    found = sorted(path for path in folder.rglob("*") if not _hidden(path.relative_to(folder).parts))
    names = {str(path) for path in found if path.is_file()}
    for path in found:
        if path.is_symlink():
            yield SeedError(str(path), "", "a link, which is not followed", "name the file itself")
        elif path.is_file() and not _is_sidecar(str(path), names):
            try:
                yield _file(path)
            except SeedError as error:
                yield error


def _zip(path: Path) -> Iterator[Parcel | SeedError]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            _check_all(path, infos)
            for name in sorted(infos):
                if _hidden(PurePosixPath(name).parts) or _is_sidecar(name, infos):
                    continue
                try:
                    beside = infos.get(f"{name}.yml")
                    yield Parcel(
                        f"{path}/{name}",
                        PurePosixPath(name).name,
                        _member(archive, infos[name], path),
                        _member(archive, beside, path) if beside else None,
                    )
                except SeedError as error:
                    yield error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise SeedError(str(path), "", f"not readable as a zip: {error}") from None


def _check_all(path: Path, infos: Mapping[str, zipfile.ZipInfo]) -> None:
    """Raises SeedError where the zip as a whole is not to be opened."""
    size = sum(info.file_size for info in infos.values())
    if len(infos) > MOST_FILES:
        raise SeedError(str(path), "", f"{len(infos)} files are more than the {MOST_FILES} that are taken at once")
    if size > MOST_BYTES or size > _RATIO * max(path.stat().st_size, _WINDOW // _RATIO):
        raise SeedError(str(path), "", f"it unpacks to {size / 1_000_000:.0f} MB, which no zip of reports does")
    for name in infos:
        windows = PureWindowsPath(name)
        if windows.is_absolute() or windows.drive or windows.root or ".." in windows.parts:
            raise SeedError(str(path), "", f"it holds a name that leads out of it: {name!r}", "do not trust this zip")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    """The bytes of one file, no more than the zip says it has."""
    file = f"{path}/{info.filename}"
    if info.flag_bits & 0x1:
        raise SeedError(file, "", "locked with a password", "unlock it first")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SeedError(file, "", "a link, which is not followed", "put the file itself into the zip")
    seeds.check_size(info.filename, info.file_size, file)
    out = io.BytesIO()
    try:
        with archive.open(info) as stream:
            while len(out.getbuffer()) <= info.file_size and (part := stream.read(_WINDOW)):
                out.write(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise SeedError(file, "", f"broken in the zip: {error}") from None
    return out.getvalue()


def _hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") or part in _LITTER for part in parts)


def _is_sidecar(name: str, names: Iterable[str]) -> bool:
    return name.endswith(".yml") and name.removesuffix(".yml") in names
