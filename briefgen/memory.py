"""What has not changed, kept from one build to the next: records of seeds, and what stages made of pages.

What a seed yields depends on its bytes, its text (which the packages that read other kinds
of file may find otherwise one day), its sidecar, the knowledge and the program. All of them
but aliases go into the name of the file that keeps it, and what was asked of those is asked
again, so that an entry is either right or not found.
Lost or damaged entries cost time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefgen.knowledge import Knowledge
from briefgen.knowledge.asked import Asked, Question, answers, beside_names
from briefgen.model import Model, Record, Seed

STAGES = ("texts", "pages", "checked", "site")
"""What has a ledger: texts of files, Markdown of pages, checks of it, HTML of the site."""
_PACKAGE = Path(__file__).resolve().parent


class _Entry(Model):
    """What is kept of a seed: its records, and what reading it asked of the name index."""

    names: str
    questions: tuple[Question, ...]
    answers: str
    records: tuple[Record, ...]


class Memory:
    """What a folder keeps of earlier builds, for one state of knowledge and program.

    `read` is the knowledge that seeds are read with, `names` its index. Nothing is raised where
    the folder cannot be read or written: then everything is read anew.
    """

    def __init__(self, folder: Path, read: Knowledge, names: Asked) -> None:
        self._folder, self._names = folder, names
        self._state = f"{beside_names(read)} {program()}"
        self._index = digest(repr(list(names.forms.items())), repr(list(names.aliases.items())))
        self._used: set[str] = set()

    def recall(self, seed: Seed) -> tuple[Record, ...] | None:
        """The records of `seed`; None where it has to be read, as where a name in it means something else now."""
        path = self._path(seed)
        try:
            kept = _Entry.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None
        if kept.names != self._index:
            if answers(self._names, kept.questions) != kept.answers:
                return None
            self._write(path, kept.model_copy(update={"names": self._index}))
        self._used.add(path.name)
        return kept.records

    def keep(self, seed: Seed, records: Sequence[Record], questions: Sequence[Question]) -> None:
        """Keep the records of `seed` and what reading it asked, if they come back from the file just as they are."""
        told = answers(self._names, questions)
        entry = _Entry(names=self._index, questions=tuple(questions), answers=told, records=tuple(records))
        if self._write(self._path(seed), entry):
            self._used.add(self._path(seed).name)

    def _write(self, path: Path, entry: _Entry) -> bool:
        try:
            text = entry.model_dump_json().encode()
            if _Entry.model_validate_json(text) != entry:
                return False
            _whole(path, text)
        except (OSError, ValueError):
            return False
        return True

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


def ledger(folder: Path, stage: str) -> Path:
    """The file of a stage's ledger in the folder of all that is kept; `stage` is one of `STAGES`."""
    return folder / f"{stage}.json"


def prune(folder: Path) -> None:
    """Remove the files of `folder` that are no ledger, as those of a build that was killed or of another layout."""
    ledgers = {ledger(folder, stage) for stage in STAGES}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.is_file() and path not in ledgers:
            with contextlib.suppress(OSError):
                path.unlink()


def program() -> str:
    """A hash of the program's code and of the data that lie beside it."""
    whole = hashlib.sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".yml"}):
        whole.update(f"{path.relative_to(_PACKAGE)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


class Ledger:
    """What one stage of a build made, by key, in one file that is written whole at the end.

    `state` stands for everything that all its entries rest on; a file of another state, or a
    damaged one, is as good as none. Entries that a build neither asked for nor kept are
    dropped, so that it does not grow. Values are what JSON can hold.
    """

    def __init__(self, path: Path, state: str) -> None:
        self._path, self._state = path, state
        self._old = _opened(path, state)
        self._new: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        """The entry, which then stays for the next build; None where there is none."""
        if key not in self._new and key in self._old:
            self._new[key] = self._old[key]
        return self._new.get(key)

    def keep(self, key: str, value: Any) -> None:
        """Keep `value` in the place of what was there."""
        self._new[key] = value

    def write(self) -> None:
        """Write what was asked for and kept; where that fails, the next build does all anew."""
        body = json.dumps({"state": self._state, "entries": self._new}, default=str).encode()
        with contextlib.suppress(OSError):
            _whole(self._path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def _opened(path: Path, state: str) -> dict[str, Any]:
    try:
        mark, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if hashlib.sha256(body).hexdigest().encode() != mark:
        return {}
    told = json.loads(body)
    return dict(told["entries"]) if told["state"] == state else {}


def _whole(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def digest(*parts: bytes | str) -> str:
    """One hash of all parts, each told from the next."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part).digest())
    return whole.hexdigest()


def folder(root: Path) -> str:
    """A hash of all files of a folder with their paths."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return digest(*(part for p in files for part in (p.relative_to(root).as_posix(), p.read_bytes())))


def installed() -> str:
    """A hash of Python's version and those of all packages that are there."""
    found = sorted(f"{one.name} {one.version}" for one in metadata.distributions())
    return digest(sys.version, *found)
