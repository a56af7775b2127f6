"""Every generated page, read as Markdown tokens before it is built.

The links that a page makes lead somewhere, none has a scheme that runs code, every
footnote call has its note and every note is called.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from briefgen.errors import BriefError
from briefgen.memory import Ledger, digest

SCHEMES = frozenset({"http", "https", "mailto", ""})
_CALL = re.compile(r"\[\^([^\[\]\s]+)\]")
"""A footnote call in the source of a paragraph; the parser takes one without a note for text."""
_ACTS = frozenset({"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"})


@dataclass(frozen=True, slots=True)
class Contents:
    """What a page holds that others rest on."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    called: frozenset[str]
    noted: frozenset[str]
    acting: tuple[str, ...]
    """Elements that do something, other than the data of a chart."""


class _Html(HTMLParser):
    """Collects ids, links and elements that act from raw HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element brings."""
        values = {key: value or "" for key, value in attrs}
        if tag in _ACTS and values.get("type") != "application/json":
            self.acting.append(tag)
        self.acting.extend(key for key in values if key.startswith("on"))
        if "id" in values:
            self.ids.append(values["id"])
        self.links.extend(values[key] for key in ("href", "src") if key in values)


def read(markdown: str) -> Contents:
    """What the page holds; its front matter must be cut off before."""
    parser = MarkdownIt("commonmark", {"html": True}).use(footnote_plugin)
    environment: dict[str, object] = {}
    tokens = list(_all(parser.parse(markdown, environment)))
    html = _Html()
    html.feed("\n".join(t.content for t in tokens if t.type in ("html_block", "html_inline")))
    html.close()
    links = [str(t.attrs[key]) for t in tokens for key in ("href", "src") if key in t.attrs]
    footnotes = environment.get("footnotes")
    notes = footnotes.get("refs", {}) if isinstance(footnotes, Mapping) else {}
    return Contents(
        ids=tuple(html.ids),
        links=(*html.links, *links),
        called=frozenset(name for t in tokens if t.type == "inline" for name in _CALL.findall(t.content)),
        noted=frozenset(str(name).removeprefix(":") for name in notes),
        acting=tuple(html.acting),
    )


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def verify(pages: Mapping[str, str], files: Iterable[str], ledger: Ledger | None = None) -> list[BriefError]:
    """What is wrong with the pages (path -> Markdown); `files` are the other files of the site.

    Pages that `ledger` has are not read again; what one page says of another is checked each time.
    """
    contents = {path: _remembered(_body(text), ledger) for path, text in pages.items()}
    anchors = {
        f"{path.removesuffix('.md')}.html": frozenset(c.ids) | {f"fn:{n}" for n in c.noted}
        for path, c in contents.items()
    }
    others = frozenset(files)
    return [error for path, found in contents.items() for error in _check(path, found, anchors, others)]


def _remembered(markdown: str, ledger: Ledger | None) -> Contents:
    if ledger is None:
        return read(markdown)
    key = digest(markdown)
    kept = ledger.get(key)
    if kept is None:
        found = read(markdown)
        ledger.keep(key, {name: sorted(v) if isinstance(v, frozenset) else v for name, v in asdict(found).items()})
        return found
    ids, links, acting = (tuple(kept[name]) for name in ("ids", "links", "acting"))
    return Contents(ids, links, frozenset(kept["called"]), frozenset(kept["noted"]), acting)


def _body(text: str) -> str:
    return text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text


def _check(
    path: str, found: Contents, anchors: Mapping[str, frozenset[str]], files: frozenset[str]
) -> Iterator[BriefError]:
    for name in sorted(found.called - found.noted):
        yield BriefError(path, name, "a citation is called that has no footnote")
    for name in sorted(found.noted - found.called):
        yield BriefError(path, name, "a footnote is called nowhere")
    for element in found.acting:
        yield BriefError(path, element, "an element or attribute that acts has no place on a page")
    for name in _twice(found.ids):
        yield BriefError(path, name, "an id stands twice")
    for address in dict.fromkeys(found.links):
        if problem := _link(path, address, anchors, files):
            yield BriefError(path, address, problem)


def _twice(ids: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    again: list[str] = []
    for name in ids:
        if name in seen:
            again.append(name)
        seen.add(name)
    return again


def _link(path: str, address: str, anchors: Mapping[str, frozenset[str]], files: frozenset[str]) -> str:
    """What is wrong with the link; empty where nothing is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "not an address"
    if parts.scheme.lower() not in SCHEMES:
        return f"scheme {parts.scheme!r} is not allowed"
    if parts.scheme or parts.netloc:
        return ""
    here = f"{path.removesuffix('.md')}.html"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else here
    if target in anchors:
        if parts.fragment and parts.fragment not in anchors[target] and not _no_place(parts.fragment):
            return f"no place #{parts.fragment} on {target}"
        return ""
    return "" if target in files else "leads to no page and no file"


def _no_place(fragment: str) -> bool:
    """Glyphs are drawn once by the theme, outside the page's own text; `key=value` is a filter of the explorer."""
    return (fragment.startswith(("g-", "c-")) and fragment[2:].isalpha()) or "=" in fragment
