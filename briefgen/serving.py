"""Live preview: the built site over HTTP, built again when something it rests on changes.

mkdocs' own server watches the files and reloads the browser; only what it calls to build,
and where it looks, is ours.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from briefgen import build, knowledge, packaged
from briefgen.errors import BriefError

WATCHED = frozenset({"seeds", "templates", "knowledge", "mkdocs.yml"})
"""What a site rests on in its project; each may be missing at first and come later."""
_INTERVAL = 0.5
"""Seconds between two looks at the files."""


class _Observer(PollingObserverVFS):
    """Looks at the files from before the first build on; the server, which starts it later, finds it running."""

    def start(self) -> None:
        if not self.is_alive():
            super().start()


def serve(project: Path, port: int, say: Callable[[str], object]) -> None:
    """Serve `project`'s site on this machine until interrupted; problems go through `say`.

    A build that fails is told and leaves the site that was there. Raises BriefError where
    the port cannot be used.
    """
    project = project.resolve()

    def rebuild() -> None:
        try:
            outcome = build.everything(project, say=say)
        except (BriefError, OSError) as error:
            say(f"error: {error}")
            return
        for problem in outcome.reading.problems:
            say(f"error: {problem}")

    def entries(folder: str | None) -> Iterator[os.DirEntry[str]]:
        for entry in os.scandir(folder):
            if folder != str(project) or entry.name in WATCHED:
                yield entry

    server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(project / "site"))
    server.observer = _Observer(os.stat, entries, polling_interval=_INTERVAL)  # type: ignore[assignment]
    for folder in (project, *foreign(project)):
        server.watch(str(folder))
    server.observer.start()
    rebuild()
    say(f"Serving on http://127.0.0.1:{port}/ (Ctrl+C ends it)")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    except OSError as error:
        raise BriefError(f"port {port}", "", error.strerror or str(error), "choose another one with --port") from None


def foreign(project: Path) -> list[Path]:
    """Folders of the program's own knowledge and templates that are not watched with the project."""
    own = [project / name for name in WATCHED]
    folders = [folder.resolve() for folder in (knowledge.DATA, packaged.templates())]
    return [folder for folder in folders if folder not in own]
