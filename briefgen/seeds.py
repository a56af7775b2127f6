"""Files -> Seeds: bytes decoded and nothing changed, and what is wrong with the rest.

Only `.txt` and `.md` are read. One bad file never loses the others: its SeedError is
returned beside the seeds. A seed whose sidecar is broken is left out, because what the
sidecar holds back (corrections, the text policy) would be published without it.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable
from pathlib import Path

from briefgen import yamlio
from briefgen.errors import BriefError, SeedError
from briefgen.model import Seed, Sidecar

SUFFIXES = (".txt", ".md")
MAX_BYTES = 8_000_000
"""Some 1,500 printed pages. More is a dump and no report, and would hold up every build."""
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\xd0\xcf\x11\xe0", "old Word or Excel"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
)


def load(folder: Path, progress: Callable[[str], None] | None = None) -> tuple[list[Seed], list[SeedError]]:
    """All seeds of `folder`, sorted by file name, and one SeedError for each thing that is wrong.

    `progress` is called with each file's name before it is read. Raises BriefError where
    the folder itself cannot be read.
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
            sha256, text = _content(path)
            first = twins.setdefault(sha256, path.name)
            if first != path.name:
                raise SeedError(str(path), "", f"the same bytes as {first}", "remove one of the two")
            seeds.append(Seed(name=path.name, sha256=sha256, text=text, sidecar=_sidecar(path)))
        except SeedError as error:
            errors.append(error)
    seeds.sort(key=lambda seed: seed.name)
    return seeds, sorted(errors, key=lambda error: (error.file, error.where, error.what))


def read(path: Path) -> Seed:
    """One file with its sidecar, where it has one. Raises SeedError where either cannot be read."""
    sha256, text = _content(path)
    return Seed(name=path.name, sha256=sha256, text=text, sidecar=_sidecar(path))


def _content(path: Path) -> tuple[str, str]:
    """Hash of the file's bytes, and its text; SeedError where it is no text."""
    file = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size / 1_000_000
            raise SeedError(
                file,
                "",
                f"{size:.0f} MB is more than the {MAX_BYTES // 1_000_000} MB that are read as one seed",
                "split it into reports",
            )
        data = path.read_bytes()
    except OSError as error:
        raise SeedError(file, "", f"cannot be read: {error.strerror or error}") from None
    kind = _container(data)
    if kind:
        raise SeedError(file, "", f"{kind} is not read yet", "save it as plain text in UTF-8")
    text = _decode(data, file)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise SeedError(file, "", "the file is empty", "remove it or put a report in")
    return hashlib.sha256(data).hexdigest(), text


def _is_seed(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


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
    return SeedError(
        file,
        "",
        f"files of kind {path.suffix or '(no suffix)'} are not read yet",
        "save it as .txt or .md in UTF-8",
    )


def _container(data: bytes) -> str | None:
    """Kind of file by its first bytes, where that is not text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return "DOCX" if b"word/" in data[:4096] else "ZIP"
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if b"\0" in data and not _utf16(data):
        return "a binary file"
    return None


def _utf16(data: bytes) -> str | None:
    """UTF-16 by its mark, or by every other of its first bytes being zero."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    head = data[:200]
    if len(head) >= 8:
        for first, name in ((1, "UTF-16LE"), (0, "UTF-16BE")):
            if head[first::2].count(0) * 10 >= len(head[first::2]) * 9 and 0 not in head[1 - first :: 2]:
                return name
    return None


def _decode(data: bytes, file: str) -> str:
    wide = _utf16(data)
    try:
        if wide:
            raise UnicodeDecodeError("utf-8", data, 0, 1, "")
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        likely = wide or _likely(data)
        raise SeedError(
            file,
            f"byte {error.start}",
            f"not UTF-8, probably {likely}",
            f"convert it: iconv -f {likely.upper()} -t UTF-8",
        ) from None


def _likely(data: bytes) -> str:
    """A guess for the hint only: text of a non-Latin script has most of its letters above 0x7f."""
    high = sum(byte >= 0xC0 for byte in data[:4096])
    low = sum(65 <= byte <= 122 for byte in data[:4096])
    return "Windows-1251" if high > low else "Windows-1252"


def beside(path: Path) -> Path:
    """The sidecar of a seed, whether it is there or not."""
    return path.with_name(path.name + ".yml")


def _sidecar(path: Path) -> Sidecar:
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
