"""Live preview: the built site over HTTP, built again when something it rests on changes.

mkdocs' own server watches the files and reloads the browser; only what it calls to build
is ours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from briefgen import build
from briefgen.errors import BriefError

WATCHED = ("seeds", "templates", "knowledge", "mkdocs.yml")


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

    rebuild()
    server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(project / "site"))
    for name in WATCHED:
        path = project / name
        if path.exists():
            server.watch(str(path))
    say(f"Serving on http://127.0.0.1:{port}/ (Ctrl+C ends it)")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    except OSError as error:
        raise BriefError(f"port {port}", "", error.strerror or str(error), "choose another one with --port") from None
