"""Briefs on paper: plain data in, PDF files out, each looked through before it is kept.

The outer end of the street, beside the site: the only room that runs typst. A brief whose
data, templates, faces and setting are those it was printed from is not printed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.errors import BriefError
from briefgen.prints import fonts, pool
from briefgen.prints.data import dumped
from briefgen.prints.press import Setting

__all__ = ["Outcome", "Setting", "printed"]

KEPT = ".printed.json"
"""In the folder of briefs: what each was printed from."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made."""

    fresh: tuple[str, ...]
    """Paths of the briefs that were set, under the folder."""
    same: tuple[str, ...]
    """Those that were there already, from the same data."""
    told: tuple[BriefError, ...]
    """What a reader of the briefs should know, such as a script without a face."""
    failed: tuple[BriefError, ...]
    pages: Mapping[str, int]
    """Number of pages of each brief that is there now, in the order asked for."""


def printed(
    briefs: Mapping[str, Mapping[str, Any]],
    out: Path,
    setting: Setting,
    *,
    workers: int = 1,
    tick: Callable[[str, int, int], None] | None = None,
) -> Outcome:
    """Print `briefs` (path -> data) under `out`, and skip those that are there from the same data."""
    have = _kept(out)
    same_for_all = _digest(setting)
    keys = {path: hashlib.sha256(f"{same_for_all}\n{dumped(data)}".encode("utf-8", "surrogatepass")).hexdigest()
            for path, data in briefs.items()}  # fmt: skip
    same = [path for path, key in keys.items() if have.get(path, {}).get("key") == key and (out / path).is_file()]
    skipped = frozenset(same)
    jobs = [pool.Job(path, dict(data), out / path) for path, data in briefs.items() if path not in skipped]
    results = pool.run(jobs, setting, workers, tick or _silent) if jobs else []
    for result in results:
        have.pop(result.job.name, None)
        if result.error is None:
            have[result.job.name] = {"key": keys[result.job.name], "pages": result.pages, "told": list(result.told)}
    if jobs:
        _keep(out, have)
    told = [
        BriefError(path, "", sentence, "put a font file that has it into fonts/")
        for path in keys
        for sentence in have.get(path, {}).get("told", ())
    ]
    good = tuple(r.job.name for r in results if r.error is None)
    there = {path: int(have[path]["pages"]) for path in keys if path in skipped or path in good}
    return Outcome(good, tuple(same), tuple(told), tuple(r.error for r in results if r.error), there)


def _digest(setting: Setting) -> str:
    """Changes when something that all briefs are made with does."""
    told = hashlib.sha256(fonts.digest([Path(folder) for folder in setting.fonts]).encode())
    told.update(json.dumps(setting.inputs, sort_keys=True).encode())
    for path in sorted(Path(setting.templates).rglob("*.typ")):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def _kept(out: Path) -> dict[str, dict[str, Any]]:
    """Path -> what it was printed from; empty where nobody knows."""
    try:
        found = json.loads((out / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = {"key", "pages", "told"}
    every = found.items() if isinstance(found, dict) else ()
    return {path: told for path, told in every if isinstance(told, dict) and whole <= told.keys()}


def _keep(out: Path, have: Mapping[str, Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    fresh = out / f"{KEPT}.new"
    fresh.write_text(json.dumps(have, ensure_ascii=False, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    fresh.replace(out / KEPT)


def _silent(name: str, done: int, every: int) -> None:
    """No progress is shown."""
