"""What a page is: where it goes, which template draws it, and what it can be linked by."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlencode

EXPLORER = "page:events/explorer"
ASKED = "explorer:"
"""Before the filter that a link asks the explorer for, such as `explorer:theater=iran`."""
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that a template prints, as a link where `target` is given."""

    name: str
    target: str | None = None
    title: str = ""
    """Words for the hover text."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be linked to, e.g. `actor:hamas`, and where on its page it is."""

    id: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TocItem:
    """One line of a page's own contents."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown page: `template` draws `view` to `path`."""

    path: str
    """Under the docs folder, with `/` and `.md`."""
    template: str
    """Stem of the file in `templates/pages/`."""
    title: str
    section: str
    """Title of the section in the navigation that it belongs to."""
    view: object
    targets: tuple[Target, ...] = ()
    crumbs: tuple[Ref, ...] = ()
    """The pages above it, outermost first."""
    toc: tuple[TocItem, ...] = ()
    description: str = ""
    boost: int = 1
    """Weight in the search."""
    scripts: tuple[str, ...] = ()
    """Files of the theme's assets that only this page runs, in their order."""


def asking(*pairs: tuple[str, str]) -> str:
    """What the explorer is asked by facet and value, as something to link to."""
    return f"{ASKED}{urlencode(pairs)}"


def boost(events: int) -> int:
    """Weight of a page about so many events: of pages that hold the same words the fuller comes first."""
    return 1 + events.bit_length()


def slug(name: str) -> str:
    """`name` as lower-case ASCII words joined by hyphens; names that lose letters get a hash.

    The result is never empty and two different names of one script do not fall together.
    """
    folded = unicodedata.normalize("NFKD", name)
    base = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode().lower()).strip("-")[:80].strip("-")
    lost = any(c.isalpha() and ord(c) > 127 for c in folded)
    if base and not lost:
        return base
    return "-".join(part for part in (base, hashlib.sha256(name.encode()).hexdigest()[:8]) if part)


def file_stem(id_: str) -> str:
    """A file name for the thing with this id: the id itself where it is a plain slug."""
    if _PLAIN.fullmatch(id_) and len(id_) <= 100:
        return id_
    stem, mark = slug(id_), hashlib.sha256(id_.encode()).hexdigest()[:8]
    return stem if stem.endswith(mark) else f"{stem}-{mark}"


def direction(text: str) -> str:
    """`rtl` where the first strong letter runs right to left, else `ltr`."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
