"""`briefgen init`: a new briefing project from the files under `templates/project/`."""

from __future__ import annotations

from pathlib import Path

from briefgen import packaged
from briefgen.errors import BriefError

_DOT = "dot-"
"""Stands for a leading dot in the name of a file or folder, because packaging leaves out dotfiles."""


def init(folder: Path) -> tuple[Path, ...]:
    """Write a new project to `folder`; the files written, in the order of their names.

    Raises BriefError, with nothing written, where `folder` is a file or holds anything,
    and where it cannot be made.
    """
    if folder.exists() and not folder.is_dir():
        raise BriefError(str(folder), "", "this is a file", "name a folder that is new or empty")
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise BriefError(str(folder), "", "the folder is not empty, and nothing was written", "name a new one")
        files = contents()
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise BriefError(str(folder), "", f"cannot be written: {error.strerror or error}") from None
    return tuple(folder / name for name in files)


def contents() -> dict[str, bytes]:
    """Path in the project -> content of every file that a new project has."""
    root = packaged.templates() / "project"
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return {_dotted(path.relative_to(root)): path.read_bytes() for path in paths}


def _dotted(path: Path) -> str:
    return "/".join(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in path.parts)
