"""Records of seeds that have not changed, kept from one build to the next.

What a seed yields depends on its bytes, its text (which the packages that read other kinds
of file may find otherwise one day), its sidecar, the knowledge and the program. All of them
go into the name of the file that keeps it, so that an entry is either right or not found.
Lost or damaged entries cost time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from briefgen.model import Record, Seed

_RECORDS = TypeAdapter(tuple[Record, ...])
_PACKAGE = Path(__file__).resolve().parent


class Memory:
    """What a folder keeps of earlier builds, for one state of knowledge and program.

    `fingerprint` is that of the knowledge. Nothing is raised where the folder cannot be
    read or written: then everything is read anew.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._state = f"{fingerprint} {program()}"
        self._used: set[str] = set()

    def recall(self, seed: Seed) -> tuple[Record, ...] | None:
        """The records of `seed`; None where it has to be read."""
        path = self._path(seed)
        try:
            kept = _RECORDS.validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None
        self._used.add(path.name)
        return kept

    def keep(self, seed: Seed, records: Sequence[Record]) -> None:
        """Keep the records of `seed`, if they come back from the file just as they are."""
        text = _RECORDS.dump_json(tuple(records))
        if _RECORDS.validate_json(text) != tuple(records):
            return
        path = self._path(seed)
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(text)
            fresh.replace(path)
        except OSError:
            return
        self._used.add(path.name)

    def forget(self) -> None:
        """Remove what this build neither recalled nor kept."""
        for path in self._others():
            path.unlink(missing_ok=True)

    def _others(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in sorted(self._folder.iterdir()) if path.name not in self._used)

    def _path(self, seed: Seed) -> Path:
        told = f"{self._state}\0{seed.model_dump_json()}"
        return self._folder / f"{hashlib.sha256(told.encode()).hexdigest()}.json"


def program() -> str:
    """A hash of the program's code and of the data that lie beside it."""
    whole = hashlib.sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".yml"}):
        whole.update(f"{path.relative_to(_PACKAGE)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
