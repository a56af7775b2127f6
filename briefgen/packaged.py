"""What comes with the program beside its code."""

from __future__ import annotations

from pathlib import Path

from briefgen.errors import BriefError


def templates() -> Path:
    """The folder of the program's own templates, in a checkout or installed."""
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "pages").is_dir():
            return folder
    raise BriefError(str(package), "templates", "the package has no templates", "install it again")
