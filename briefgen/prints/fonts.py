"""The faces of the briefs, as files where the typesetter finds them.

Libertinus Serif (Latin, Greek, Cyrillic, Hebrew) comes inside typst. FiraGO (those, and
Arabic with its Persian, Pashto and Urdu letters, Devanagari, Georgian, Thai) comes from the
package pymupdf-fonts. No font of the machine is used, so that a brief has the same bytes
everywhere; a project adds faces for other scripts in a folder `fonts/` of its own.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

PACKAGE = "pymupdf-fonts"
FACES = ("FiraGO_Regular", "FiraGO_Italic", "FiraGO_Bold", "FiraGO_BoldItalic")
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


def folder(work: Path) -> Path:
    """The folder of faces under `work`, written from the package where it is not there yet."""
    where = work / f"fonts-{metadata.version(PACKAGE)}"
    for face in FACES:
        path = where / f"{face}.ttf"
        if not path.is_file():
            where.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"{path.name}.new")
            fresh.write_bytes(importlib.import_module(f"pymupdf_fonts.{face}").fontbuffer)
            fresh.replace(path)
    return where


def digest(folders: Sequence[Path]) -> str:
    """Changes when a face in one of the folders, or the typesetter with its own faces, is another."""
    told = hashlib.sha256(f"typst {metadata.version('typst')}".encode())
    for path in sorted(p for f in folders for p in f.rglob("*") if p.suffix.lower() in SUFFIXES):
        told.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()
