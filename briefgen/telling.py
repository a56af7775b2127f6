"""What a build did to the pages, in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

_KINDS = ("report", "actor", "theater", "source")


def pages(every: Collection[str], changed: Collection[str], drawn: int) -> str:
    """How many pages were drawn from the records; `every` and `changed` are paths of pages."""
    written = sum(path in changed for path in every)
    return f"Pages: {drawn:,} of {len(every):,} drawn anew, {written:,} written."


def rendered(every: Collection[str], changed: Collection[str], kept: int) -> str:
    """How many pages mkdocs rendered and, where it took over others, which had changed."""
    many = len(every) - kept
    if not kept:
        return f"Site: all {len(every):,} pages rendered, for there is no earlier site of this program and theme."
    reasons = Counter(_kind(path) for path in every if path in changed)
    order = [*_KINDS, "list"]
    told = [f"{reasons[kind]:,} {kind}{'' if reasons[kind] == 1 else 's'}" for kind in order if reasons[kind]]
    why = f"pages of {', '.join(told)} changed" if told else "nothing changed"
    return f"Site: {many:,} of {len(every):,} pages rendered: {why}; those in the navigation always are."


def _kind(path: str) -> str:
    folder, _, name = path.partition("/")
    kind = folder.removesuffix("s")
    return kind if kind in _KINDS and name != "index.md" else "list"
