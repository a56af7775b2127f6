"""Pages as an earlier build drew them: the same view with the same links is the same Markdown.

A page's Markdown rests on its view, on where its links lead and which data files there are,
on the templates and on the program. The last two are the state of the ledger; the rest is held
against what the page rested on when it was drawn.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.memory import Ledger, digest
from briefgen.pages.page import Page

Places = Mapping[str, tuple[str, str]]


class Noted(Mapping[str, tuple[str, str]]):
    """Where links lead, noting the ids that were looked up."""

    def __init__(self, known: Places) -> None:
        self._known = known
        self.asked: set[str] = set()

    def __getitem__(self, id_: str) -> tuple[str, str]:
        self.asked.add(id_)
        return self._known[id_]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("links are looked up by id")

    def __len__(self) -> int:
        return len(self._known)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the ledger and the folder of pages have of the last build."""

    ledger: Ledger
    folder: Path
    drawn: list[str] = field(default_factory=list)
    """Paths of the pages that had to be drawn anew."""

    def page(
        self, page: Page, feeds: object, known: Places, data: Set[str], draw: Callable[[Noted, set[str]], str]
    ) -> str:
        """The Markdown of `page`; `draw` makes it where it has to be made, and notes the data files that it names."""
        view = _told((page, feeds))
        kept = self.ledger.get(page.path)
        if kept and view and kept["view"] == view and set(kept["data"]) <= data:
            text = self._text(page.path)
            if digest(text or "") == kept["text"] and _led(kept["asked"], known) == kept["led"] and text is not None:
                return text
        noted, named = Noted(known), set[str]()
        text = draw(noted, named)
        asked = sorted(noted.asked)
        self.drawn.append(page.path)
        self.ledger.keep(
            page.path,
            {"view": view, "asked": asked, "led": _led(asked, known), "data": sorted(named), "text": digest(text)},
        )
        return text

    def _text(self, path: str) -> str | None:
        try:
            return (self.folder / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def _told(view: object) -> str:
    """A hash of all values in `view`; empty where it holds what is no plain data."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written)
    pickler.fast = True  # or two equal strings would be written otherwise than one that stands twice
    try:
        pickler.dump(view)
    except (pickle.PicklingError, AttributeError, TypeError, ValueError):
        return ""
    return digest(written.getvalue())


def _led(asked: list[str], known: Places) -> str:
    return hashlib.sha256(repr([(id_, known.get(id_)) for id_ in asked]).encode("utf-8", "surrogatepass")).hexdigest()
