"""Entries -> the files of a Pagefind index, by Pagefind's own program.

Its Python interface waits a tenth of a second for each answer, an hour for the entries of a
thousand reports; what it says to the program over pipes is said here all at once.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import subprocess
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import cbor2

from briefgen.errors import BriefError

FOLDER = "pagefind"
_LEFT_OUT = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight", "wasm.unknown")
"""Files of an interface that the site has its own of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found."""

    location: str
    """Address from the top of the site."""
    title: str
    text: str
    meta: Mapping[str, str]
    """What comes with a hit."""
    filters: Mapping[str, Sequence[str]]


def there() -> bool:
    """Whether Pagefind is installed."""
    return _program() is not None


def index(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Name -> content of the files to be served; the same entries give the same files.

    BriefError where the program is missing, refuses an entry or ends too early.
    """
    program = _program()
    if program is None:
        raise BriefError("pagefind", "", "not installed", "pip install 'pagefind[bin]'")
    asked = [
        {"type": "NewIndex", "config": {"force_language": "en", "keep_index_url": True}},
        *({"type": "AddRecord", "index_id": 0, **_record(entry)} for entry in entries),
        {"type": "GetFiles", "index_id": 0},
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen([program, "--service"], bufsize=0, stdin=pipe, stdout=pipe) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise BriefError("pagefind", "", "has no pipes")
        threading.Thread(target=_say, args=(process.stdin, asked), daemon=True).start()
        for answer in _answers(process.stdout):
            if answer["type"] == "Error":
                process.kill()
                raise BriefError("pagefind", "", str(answer["message"]).splitlines()[0])
            if answer["type"] == "GetFiles":
                process.kill()
                made = {str(file["path"]): base64.b64decode(file["content"]) for file in answer["files"]}
                return settled({name: made[name] for name in sorted(made) if not name.startswith(_LEFT_OUT)})
    raise BriefError(
        "pagefind", "", "ended before it had made an index", "build again; the last good site is unchanged"
    )


def settled(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with filters and their values in the order of their names; the program has them in one by chance.

    Names hold hashes of what is in the file, so the filters, the file that lists them, and the entry that names
    that file are written anew.
    """
    out: dict[str, bytes] = {}
    renamed: dict[str, str] = {}
    for name, content in made.items():
        folder, _, file = name.partition("/")
        if folder == "filter":
            title, values = _read(content)
            fresh = _written([title, sorted(values)])
            hash_ = f"{file.split('_')[0]}_{hashlib.sha256(fresh).hexdigest()[:7]}"
            renamed[file.removesuffix(".pf_filter")] = hash_
            out[f"filter/{hash_}.pf_filter"] = fresh
        elif not name.endswith(".pf_meta"):
            out[name] = content
    entry = json.loads(made["pagefind-entry.json"])
    for language, told in entry["languages"].items():
        meta = _read(made[f"pagefind.{told['hash']}.pf_meta"])
        at = next(n for n, item in enumerate(meta) if item and all(row[1:] and row[1] in renamed for row in item))
        meta[at] = sorted([title, renamed[hash_]] for title, hash_ in meta[at])
        fresh = _written(meta)
        told["hash"] = f"{language}_{hashlib.sha256(fresh).hexdigest()[:10]}"
        out[f"pagefind.{told['hash']}.pf_meta"] = fresh
    out["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(out.items()))


_MAGIC = b"pagefind_dcd"


def _read(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(_MAGIC))


def _written(value: object) -> bytes:
    return gzip.compress(_MAGIC + cbor2.dumps(value), mtime=0)


def _record(entry: Entry) -> dict[str, object]:
    meta = {"title": entry.title, "location": entry.location, **{k: v for k, v in entry.meta.items() if v}}
    spelled = " ".join(dict.fromkeys(_unaccented(f"{entry.title} {entry.text}")))
    return {
        "url": f"/{entry.location}",
        "content": f"{entry.text} {spelled}".strip(),
        "language": "en",
        "meta": meta,
        "filters": {name: list(values) for name, values in entry.filters.items() if values},
        "sort": None,
    }


def _unaccented(text: str) -> Iterator[str]:
    """Words of the text that have accents, without them, so that both spellings are found."""
    for word in text.split():
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.category(c).startswith("M"))
        bare = unicodedata.normalize("NFC", bare)
        if bare != unicodedata.normalize("NFC", word):
            yield bare


def _program() -> str | None:
    try:
        from pagefind.service import get_executable
    except ImportError:
        return None
    found: Path | None = get_executable()
    return str(found) if found else None


def _say(pipe: IO[bytes], asked: Sequence[Mapping[str, object]]) -> None:
    try:
        for number, one in enumerate(asked, 1):
            pipe.write(base64.b64encode(json.dumps({"message_id": number, "payload": one}).encode()) + b",")
    except (OSError, ValueError):  # the program has ended; whoever reads its answers says so
        return


def _answers(pipe: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    """The program's answers as they come, told apart by commas."""
    begun: list[bytes] = []
    while part := pipe.read(1 << 20):
        *whole, rest = part.split(b",")
        for last in whole:
            yield json.loads(base64.b64decode(b"".join(begun) + last))["payload"]
            begun = []
        begun.append(rest)
