"""Pages and data onto disk, checked, built by mkdocs, and swapped in as a whole.

Everything is prepared beside the site that is there; only a build without a warning
takes its place, so that a failed or interrupted one leaves the last good site.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from plotly.offline import get_plotlyjs

from briefgen import lock, memory, packaged, telling
from briefgen.errors import BriefError
from briefgen.exports import file_name
from briefgen.feeds import Site
from briefgen.memory import Ledger
from briefgen.pages.earlier import Earlier
from briefgen.pages.page import Page
from briefgen.pages.render import environment, render
from briefgen.pages.verify import verify

WORK = ".build"
_OLD = "site.old"
"""In `WORK`: the last site while the new one takes its place."""
NOTHING = nullcontext()
"""Nothing goes together with the swap."""
_EPOCH = "315532800"
"""mkdocs stamps the site map with the day of the build; one fixed day keeps builds equal."""


def _as_it_is(folder: Path) -> None:
    """Nothing is added to what mkdocs made."""


def publish(
    project: Path,
    pages: Sequence[Page],
    files: Mapping[str, str | bytes],
    *,
    serve: bool = False,
    finish: Callable[[Path], object] = _as_it_is,
    together: AbstractContextManager[object] = NOTHING,
    tell: Callable[[str], object] = str,
) -> Path:
    """Write `pages` and `files` (path under `data/` -> content) and build the site.

    Returns the folder of the site, or of the pages where `serve` leaves the building to
    `mkdocs serve`. `finish` is given the folder of the site before that takes its place.
    `together` is entered when all is made ready, and left when it is in its place. `tell` is
    given a line on what was done and why. Raises BriefError where a template, a page or the
    build fails; the site that was there stays.
    """
    docs_folder, state = project / WORK / "docs", _state(project)
    earlier = Earlier(Ledger(_ledger(project, "pages"), state), docs_folder)
    checked = Ledger(_ledger(project, "checked"), memory.program() + memory.installed())
    texts = render(pages, environment(template_folders(project)), frozenset(files), file_name, earlier)
    problems = verify(texts, [f"data/{name}" for name in files], checked)
    if problems:
        first = problems[0]
        more = f"{len(problems) - 1} more like it" if len(problems) > 1 else ""
        raise BriefError(f"{WORK}/docs/{first.file}", first.where, first.what, more)
    docs = {**texts, **{f"data/{name}": content for name, content in files.items()}}
    changed = mirror(docs_folder, {name: _bytes(content) for name, content in docs.items()})
    mirror(project / WORK / "theme", theme_files(project, pages))
    earlier.ledger.write()
    checked.write()
    tell(telling.pages(texts, changed, len(earlier.drawn)))
    if not serve:
        return build(project, finish, together, lambda kept: tell(telling.rendered(texts, changed, kept)))
    with together:
        return docs_folder


def remembered(project: Path) -> Path:
    """The folder of what one build keeps for the next."""
    return project / WORK / "memory"


def _ledger(project: Path, stage: str) -> Path:
    return memory.ledger(remembered(project), stage)


def _state(project: Path) -> str:
    """What every page's Markdown rests on beside its view: program, packages and templates."""
    templates = [memory.folder(each) for each in template_folders(project) if each.is_dir()]
    return memory.digest(memory.program(), memory.installed(), *templates)


def site(project: Path) -> Site:
    """Name and address of the site, as mkdocs reads them; BriefError where it cannot, or `site_dir` leads elsewhere."""
    config = project / "mkdocs.yml"
    if not config.is_file():
        return Site("briefgen")
    try:
        with config.open(encoding="utf-8-sig") as file:
            told = yaml_load(file, get_yaml_loader(config=MkDocsConfig()))
    except ConfigurationError as error:
        raise BriefError(str(config), "", str(error).splitlines()[0]) from None
    elsewhere = told.get("site_dir")
    if elsewhere is not None and (project / str(elsewhere)).resolve() != (project / "site").resolve():
        what = f"the site is always put into site/, and never into {elsewhere!r}"
        raise BriefError(str(config), "key site_dir", what, "remove the line, and copy site/ to where you want it")
    name, url = (str(told.get(key) or "") for key in ("site_name", "site_url"))
    return Site(name or "briefgen", f"{url.rstrip('/')}/" if url else "")


def own_templates(project: Path) -> Path | None:
    """The project's own folder of templates, where it has one."""
    own = project / "templates"
    return own if own.is_dir() else None


def template_folders(project: Path) -> list[Path]:
    """The project's own templates, then the package's."""
    own = project / "templates"
    return list(dict.fromkeys([own, packaged.templates()]))


def theme_files(project: Path, pages: Sequence[Page]) -> dict[str, bytes]:
    """Files of the theme, with the chart library; the tab of what changed only where that is among the pages."""
    files = {**theme_sources(project), "assets/plotly.min.js": get_plotlyjs().encode()}
    if all(page.template != "changes" for page in pages):
        files.pop("partials/changes.html", None)
    return files


def theme_sources(project: Path) -> dict[str, bytes]:
    """Files of the theme, the project's own over the package's."""
    found: dict[str, bytes] = {}
    for folder in reversed(template_folders(project)):
        root = folder / "theme"
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            if path.is_file():
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def mirror(folder: Path, files: Mapping[str, bytes]) -> frozenset[str]:
    """Make `folder` hold exactly `files`: writes what differs, each file whole or not at all; names what it wrote."""
    written: set[str] = set()
    folder.mkdir(parents=True, exist_ok=True)
    for path in list(_files(folder)):
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    for name, content in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_bytes(content)
        fresh.replace(path)
        written.add(name)
    return frozenset(written)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if not path.is_dir())


@contextmanager
def alone(project: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Work in `project`/.build that no other build disturbs; while another one runs, this is said and waited for.

    What an interrupted swap left is mended before and after: see `recover`.
    """
    with lock.held(project / WORK / "lock", lambda: say("waiting for another build of this project")):
        recover(project)
        try:
            yield
        finally:
            recover(project)


def build(
    project: Path,
    finish: Callable[[Path], object] = _as_it_is,
    together: AbstractContextManager[object] = NOTHING,
    tell: Callable[[int], object] = int,
) -> Path:
    """Run mkdocs strictly into a fresh folder and put that in the place of `site/`.

    `finish` is given that folder before it takes its place; `tell` the number of pages that
    were taken over from the last site.
    """
    config = project / "mkdocs.yml"
    if not config.is_file():
        raise BriefError(str(config), "", "not there", "briefgen init makes one")
    site, fresh, old = project / "site", project / WORK / "site", project / WORK / _OLD
    if site.exists() and not site.is_dir():
        raise BriefError(str(site), "", "not a folder, and the site belongs there", "rename or remove it")
    _clear(fresh)
    told = [str(path) for path in (config, fresh, site, _ledger(project, "site"))]
    command = [sys.executable, "-m", "briefgen.rendering", *told]
    result = subprocess.run(command, env=build_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines() or ["no message"]
        _clear(fresh)
        raise BriefError(str(config), "", f"mkdocs failed: {_cause(lines)}", "the last good site is unchanged")
    tell(json.loads(result.stdout.splitlines()[-1])[1])
    finish(fresh)
    _clear(old)
    with together:
        if site.exists():
            site.rename(old)
        fresh.rename(site)
    return site


def recover(project: Path) -> None:
    """Put the last site back where a build ended between taking it away and putting the new one there."""
    site, old = project / "site", project / WORK / _OLD
    if old.is_dir() and not site.exists():
        old.rename(site)
    _clear(old)


def _clear(path: Path) -> None:
    """Remove what is at `path`, whatever it is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _cause(lines: Sequence[str]) -> str:
    told = [line for line in lines if line.startswith(("WARNING", "ERROR"))]
    return (told or list(lines[-1:]))[0].strip()


def build_environment() -> dict[str, str]:
    """The environment of mkdocs: no notices, and no clock in what it writes."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", _EPOCH)}
