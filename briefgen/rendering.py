"""mkdocs in a process of its own, which draws only the pages that are not as they were.

A page that is not in the navigation has the same HTML as before when its Markdown, the
navigation, the configuration, the theme and all packages are the same. mkdocs still sees every page,
in its own order; for those pages it takes the HTML of the last site (whose hash has to be the
remembered one), their entries in the search and their anchors, and neither converts nor draws them.

What cannot be known to be so is drawn anew: everything where the configuration brings hooks,
other plugins, extensions that are not Python-Markdown's own or another theme; a page whose
links mkdocs looked up among the files; and everything where a template looks at other pages.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from briefgen.memory import Ledger, digest, folder, installed, program

_PLUGINS = frozenset({"search", "material/search", "offline", "material/offline"})
"""Plugins of which it is known what they take from a page."""
_OWN = frozenset({"url", "abs_url", "canonical_url", "is_link"})
"""What templates may read of another page without resting on its content: its address."""
_NAV = _OWN | {"title", "active", "is_section", "is_page", "children", "parent", "is_homepage", "is_index"}
"""The same of pages in the navigation, all of which is in the state."""


class _Asked:
    """The files of the site; says whether anybody looked anything up there."""

    def __init__(self, files: Files) -> None:
        self._files, self.asked = files, False

    def __getattr__(self, name: str) -> Any:
        self.asked = True
        return getattr(self._files, name)


class _Fresh(Page):
    """A page that is converted and drawn."""

    alone = False
    """Whether its content rests on nothing but its Markdown."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert, and note whether links were looked up."""
        watched = _Asked(files)
        super().render(config, cast(Files, watched))
        self.alone = not watched.asked


class _Kept(Page):
    """A page that is taken over from the last site; `kept` is what the ledger has of it."""

    def __init__(self, file: File, config: MkDocsConfig, kept: dict[str, Any], html: Path) -> None:
        super().__init__(None, file, config)
        self.kept, self._html = kept, html

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing is read; the search takes the entries that are kept."""
        self.markdown, self.meta = "", {"search": {"exclude": True}}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing is converted."""
        self.content, self.toc = "", get_toc([])
        self.present_anchor_ids = set(self.kept["anchors"])
        self.links_to_anchors = {self.file: self.kept["links"]}

    def html(self) -> str:
        """The page as the last site has it."""
        content = self._html.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.kept["html"]:
            raise MkDocsException(f"{self._html} was changed during the build; build again")
        return content.decode("utf-8")


class _Pages(Sequence[File]):
    """All pages, as a template sees them; says whether it looked."""

    def __init__(self, files: Sequence[File], plugin: _Remembering) -> None:
        self._files, self._plugin = files, plugin

    def __len__(self) -> int:
        self._plugin.curious = True
        return len(self._files)

    def __getitem__(self, at: Any) -> Any:
        self._plugin.curious = True
        return self._files[at]


class _Remembering(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Puts kept pages in the place of those that have not changed, and keeps what is drawn."""

    def __init__(self, path: Path, site: Path) -> None:
        self._path, self._site = path, site
        self._page: Page | None = None
        self._entries = 0
        self.ledger: Ledger | None = None
        self.curious = False
        """Whether a template looked at pages that the page it drew need not rest on."""
        self.kept = 0
        self.pages = 0

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make the pages outside the navigation anew, as those that are kept or those that are not."""
        self.ledger = Ledger(self._path, _state(config, nav))
        listed = {page.file.src_uri for page in nav.pages}
        for file in files.documentation_pages():
            self.pages += 1
            if file.src_uri in listed:
                continue
            kept = self.ledger.get(file.src_uri)
            html = self._site / file.dest_uri
            if kept and kept["source"] == _hash(Path(file.abs_src_path or "")) and kept["html"] == _hash(html):
                self.kept += 1
                _Kept(file, config, kept, html)
            else:
                _Fresh(None, file, config)
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Let kept pages pass, and watch what templates look at."""
        plugin, get, item = self, env.getattr, env.getitem

        class Template(jinja2.Template):
            def render(self, *args: Any, **more: Any) -> str:
                context = dict(*args, **more)
                page = context.get("page")
                if isinstance(page, _Kept):
                    return page.html()
                if isinstance(page, _Fresh):
                    context["pages"] = _Pages(context["pages"], plugin)
                return super().render(context)

        def watched(found: Any, name: Any) -> None:
            other = isinstance(found, Page) and found is not plugin._page
            if other and (
                (isinstance(found, _Kept | _Fresh) and name not in _OWN)
                or (isinstance(plugin._page, _Fresh) and name not in _NAV)
            ):
                plugin.curious = True

        def getattr_(found: Any, name: str) -> Any:
            watched(found, name)
            return get(found, name)

        def getitem(found: Any, name: Any) -> Any:
            watched(found, name)
            return item(found, name)

        env.template_class = Template
        env.getattr, env.getitem = getattr_, getitem  # type: ignore[method-assign, assignment]
        return env

    @event_priority(100)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Before the search takes the page: give it what is kept, or see where its entries begin."""
        self._page = page
        entries = _entries(config)
        if isinstance(page, _Kept):
            entries.extend(page.kept["search"])
        self._entries = len(entries)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep what was drawn."""
        if isinstance(page, _Fresh) and page.alone and output.strip() and self.ledger:
            links = page.links_to_anchors or {}
            entry = {
                "source": _hash(Path(page.file.abs_src_path or "")),
                "html": hashlib.sha256(output.encode("utf-8", errors="xmlcharrefreplace")).hexdigest(),
                "search": _entries(config)[self._entries :],
                "anchors": sorted(page.present_anchor_ids or ()),
                "links": links.get(page.file, {}),
            }
            self.ledger.keep(page.file.src_uri, entry)
        self._page = None
        return output


def _entries(config: MkDocsConfig) -> list[Any]:
    """What the search has taken so far; a list of no use where there is no search."""
    for name in ("material/search", "search"):
        if name in config.plugins and hasattr(config.plugins[name], "search_index"):
            found: list[Any] = getattr(config.plugins[name], "search_index").entries  # noqa: B009
            return found
    return []


def _hash(path: Path) -> str:
    """Hash of the file's bytes; empty where there is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _state(config: MkDocsConfig, nav: Navigation) -> str:
    """A hash of all that every page rests on beside its own Markdown."""
    with Path(config.config_file_path).open(encoding="utf-8-sig") as file:
        told = yaml_load(file, get_yaml_loader(config=config))
    own = config.theme.custom_dir
    shown = list(_shown(nav.items))
    return digest(json.dumps(told, sort_keys=True, default=repr), json.dumps(shown), installed(), program(),
                  folder(Path(own)) if own else "", config.site_url or "", str(config.edit_uri))  # fmt: skip


def _shown(items: Sequence[StructureItem]) -> Iterator[list[Any]]:
    """The navigation as pages see it; of a page whose title is not in the configuration all that it says."""
    for item in items:
        source = ""
        if isinstance(item, Page) and item.title is None:
            source = _hash(Path(item.file.abs_src_path or ""))
        url = "" if item.is_section else getattr(item, "url", "")
        yield [type(item).__name__, item.title, url, source, list(_shown(getattr(item, "children", None) or ()))]


def _certain(config: MkDocsConfig) -> bool:
    """Whether it is known what all that works on a page rests on."""
    own = {one.name for one in metadata.distribution("Markdown").entry_points if one.group == "markdown.extensions"}
    return (
        set(config.plugins) <= _PLUGINS
        and not config.hooks
        and set(config.markdown_extensions) <= own
        and config.theme.name == "material"
    )


def site(config_file: Path, fresh: Path, last: Path, ledger: Path) -> tuple[int, int]:
    """Build the site into `fresh`, taking over from `last` what has not changed.

    Returns how many pages it has, and how many of them were taken over. Raises what mkdocs raises.
    """
    config = load_config(str(config_file), site_dir=str(fresh), strict=True)
    plugin = _Remembering(ledger, last)
    if _certain(config):
        config.plugins["briefgen/remembering"] = plugin
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    if plugin.curious:
        ledger.unlink(missing_ok=True)
        if plugin.kept:
            return site(config_file, fresh, last, ledger)
    elif plugin.ledger:
        plugin.ledger.write()
    return plugin.pages, plugin.kept


def main(config_file: str, fresh: str, last: str, ledger: str) -> None:
    """Build, say what mkdocs warns of on standard error, and give the two numbers as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        told = site(Path(config_file), Path(fresh), Path(last), Path(ledger))
    except MkDocsException as error:
        raise SystemExit(f"ERROR - {error}") from None
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
