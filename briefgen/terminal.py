"""What needs a terminal: the bar of progress, and somebody who answers."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from briefgen.build import Progress as Tick
from briefgen.errors import BriefError


@contextmanager
def progress() -> Iterator[Tick]:
    """A progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda name, done, every: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, done, every: bar.update(task, completed=done, total=every, description=name)


def attended(instead: str) -> None:
    """BriefError, with what to do `instead`, where nobody is there to answer."""
    if not sys.stdin.isatty():
        raise BriefError("standard input", "", "is no terminal, and this command asks questions", instead)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def ask(question: str) -> str | None:
    """The answer to `question`, a line; None at the end of the input (Ctrl+D)."""
    try:
        return input(question)
    except EOFError:
        return None
