"""Pages to Markdown. Whatever a template prints is made inert on its way out.

A value that a template prints reaches the page as text: characters that Markdown, HTML
or Jinja would act on become entities. Only what this module or a chart marks as safe
passes as it is. Raw HTML blocks and Markdown share a page, so both are guarded at once.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError, Undefined
from markupsafe import Markup

from briefgen.errors import BriefError
from briefgen.pages.earlier import Earlier, Places
from briefgen.pages.page import ASKED, EXPLORER, Page

Link = Callable[[str], Markup]
_ACTIVE = {ord(c): f"&#{ord(c)};" for c in '\\`*_{}[]#|~<>&"'}
_SPACE = re.compile(r"[\s\x85\u2028\u2029]*[\n\r\t\f\v\x85\u2028\u2029][\s\x85\u2028\u2029]*|  +")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202d\u202e\ud800-\udfff]")
"""Characters that print nothing, and the two that print letters in another order than they stand."""
_TURNS = re.compile("[\u202a-\u202c\u2066-\u2069]")
_CLOSED_BY = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_LEADING = re.compile(r"(?<!\S)[-+=:]|(?:(?<=\d)|^)[.)]")
"""What makes a list item or a heading of a line that begins with it."""
_ID = re.compile(r"[A-Za-z0-9_.:-]+")
_PATH = re.compile(r"[A-Za-z0-9_./-]*")
FEEDS = {"atom": ("application/atom+xml", "Feed"), "feed.json": ("application/feed+json", "JSON Feed")}
"""Ending of a feed's file -> its media type, and what it is called."""


def inert(text: str) -> Markup:
    """`text` as characters that neither Markdown nor HTML nor Jinja acts on, on one line."""
    flat = _isolated(_SPACE.sub(" ", _CONTROL.sub("\ufffd", text)))
    led = _LEADING.sub(lambda m: f"\0{ord(m.group())};", flat)
    return Markup(led.translate(_ACTIVE).replace("\0", "&#"))  # noqa: S704 - every active character is an entity


def _isolated(text: str) -> str:
    """`text` with its marks of direction closed within it, so that they turn nothing that stands after it."""
    if not _TURNS.search(text):
        return text
    open_: list[str] = []
    kept: list[str] = []
    for char in text:
        if char in _CLOSED_BY:
            open_.append(_CLOSED_BY[char])
        elif char in "\u202c\u2069":
            if not open_ or open_[-1] != char:
                continue
            open_.pop()
        kept.append(char)
    return "".join(("\u2068", *kept, *reversed(open_), "\u2069"))


def environment(folders: Sequence[Path]) -> Environment:
    """Templates of `folders`, the first that has one wins; unknown names are errors."""
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_print,
    )
    env.globals["raw"] = _raw
    env.globals["url"] = _url
    return env


def _print(value: object) -> object:
    """What a template prints: text is made inert, and nothing prints as the word None."""
    if isinstance(value, Markup | int | Undefined):
        return value
    if isinstance(value, str):
        return inert(value)
    raise TypeError(f"a template prints {type(value).__name__}; only text and whole numbers can be printed")


def _raw(value: str) -> Markup:
    """A name of our own making, such as a footnote label, as it is; ValueError for anything else."""
    if not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is no plain name")
    return Markup(value)  # noqa: S704 - letters, digits and four marks


def _url(value: str) -> Markup:
    """A web address for an attribute; ValueError for a scheme that could do harm."""
    if not value.startswith(("https://", "http://", "mailto:")):
        raise ValueError(f"{value[:40]!r} is no web address")
    return inert(value)


def places(pages: Sequence[Page]) -> dict[str, tuple[str, str]]:
    """Id of everything that can be linked to -> (path of its page, anchor there)."""
    found: dict[str, tuple[str, str]] = {}
    for page in pages:
        for target in page.targets:
            if target.id in found:
                raise BriefError(page.path, target.id, f"can be reached on two pages, this and {found[target.id][0]}")
            found[target.id] = (page.path, target.anchor)
    return found


def link_from(page: Page, known: Mapping[str, tuple[str, str]]) -> Link:
    """The function that gives `page`'s template its links: id -> address relative to the page.

    An id that begins with `#` is a place on the page itself, one with `explorer:` what is asked
    of the explorer. BriefError for an unknown id.
    """

    def link(id_: str) -> Markup:
        if id_.startswith("#"):
            return Markup("#") + _plain_path(id_[1:])
        if id_.startswith(ASKED):
            return link(EXPLORER) + Markup("#") + inert(id_.removeprefix(ASKED))
        if id_ not in known:
            raise BriefError(page.path, id_, "nothing can be linked to by this id")
        path, anchor = known[id_]
        where = _relative(page.path, f"{path.removesuffix('.md')}.html")
        return _plain_path(where) + (Markup("#") + _plain_path(anchor) if anchor else "")

    return link


def _plain_path(text: str) -> Markup:
    return Markup(text) if _PATH.fullmatch(text) else inert(text)  # noqa: S704 - nothing in _PATH is active


def _relative(page: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def render(
    pages: Sequence[Page],
    env: Environment,
    data: frozenset[str],
    file_name: Callable[[str], str],
    earlier: Earlier | None = None,
) -> dict[str, str]:
    """Path -> Markdown of every page.

    `data` are the published files that may be linked to, under `data/`; `file_name` says
    under which name those of an id are published. What `earlier` has is not drawn again.

    Raises BriefError, naming template and page, where a template cannot be drawn.
    """
    known = places(pages)
    made: dict[str, str] = {}
    for page in pages:
        feeds = list(_feeds(page, data, file_name))

        def draw(known: Places, named: set[str], page: Page = page, feeds: list[dict[str, str]] = feeds) -> str:
            def published(folder: str, id_: str, ending: str) -> Markup:
                name = posixpath.join(folder, f"{file_name(id_)}.{ending}")
                if name not in data:
                    raise BriefError(page.path, name, "no published file of this name")
                named.add(name)
                return _plain_path(_relative(page.path, f"data/{name}"))

            return _render(page, env, link_from(page, known), published, feeds)

        made[page.path] = earlier.page(page, feeds, known, data, draw) if earlier else draw(known, set())
    return made


def _feeds(page: Page, data: frozenset[str], file_name: Callable[[str], str]) -> Iterator[dict[str, str]]:
    """The feeds of what the page is about, then those of all events; only those that are published."""
    own = [target.id.partition(":") for target in page.targets if not target.anchor]
    about = [(f"{kind}s/{file_name(id_)}", page.title) for kind, _, id_ in own if kind in ("theater", "actor")]
    for stem, title in (*about, ("events", "all events")):
        for ending, (type_, name) in FEEDS.items():
            if f"{stem}.{ending}" in data:
                url = str(_plain_path(_relative(page.path, f"data/{stem}.{ending}")))
                yield {"url": url, "type": type_, "title": _plain(f"{name}: {title}")}


def _render(
    page: Page, env: Environment, link: Link, data: Callable[[str, str, str], Markup], feeds: list[dict[str, str]]
) -> str:
    name = f"pages/{page.template}.md.j2"
    try:
        body = env.get_template(name).render(view=page.view, link=link, data=data)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"line {line}" if line else f"for {page.path}"
        raise BriefError(f"templates/{name}", where, f"{type(error).__name__}: {error.message or error}") from error
    except (TypeError, ValueError) as error:
        raise BriefError(f"templates/{name}", f"for {page.path}", str(error)) from error
    return _front(page, link, feeds) + _tidy(body)


def _front(page: Page, link: Link, feeds: list[dict[str, str]]) -> str:
    """Front matter; JSON is YAML, and its text is escaped for the places where themes print it."""
    crumbs = [{"title": _plain(c.name), "url": str(link(c.target))} for c in page.crumbs if c.target]
    meta: dict[str, object] = {
        "title": _plain(page.title),
        "section": page.section,
        "description": _plain(page.description),
        "crumbs": crumbs,
        "feeds": feeds,
        "contents": [{"url": f"#{item.anchor}", "title": _plain(item.title)} for item in page.toc],
        "scripts": [str(_plain_path(f"assets/{name}")) for name in page.scripts],
    }
    if page.boost > 1:
        meta["search"] = {"boost": page.boost}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=True)}" for key, value in meta.items() if value]
    return "\n".join(["---", *lines, "---", "", ""])


def _plain(text: str) -> str:
    return str(inert(text))


def _tidy(body: str) -> str:
    """Lines without indent and runs of blank lines as one, so that nothing turns into a code block."""
    lines: list[str] = []
    for line in body.split("\n"):
        stripped = line.strip(" ")
        if stripped or (lines and lines[-1]):
            lines.append(stripped)
    return "\n".join(lines).strip("\n") + "\n"
