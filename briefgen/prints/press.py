"""One brief onto paper: set by typst as PDF/UA, and looked through before anybody gets it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typst

from briefgen.errors import BriefError
from briefgen.prints import gate, reading, scripts
from briefgen.prints.data import dumped, printable

STANDARD: Final = "ua-1"
TEMPLATE = "brief.typ"
LAYOUTS = ("floats room", "floats", "room", "")
"""How a brief is set, the best first; each of the others is for one in which a note is parted from its call.

A chart that floats, an event in two parts or room kept under a heading may move a call to another page after
its note was placed. `floats`: charts move to where there is room; `room`: a heading has some under it.
"""
TRIES = 4
"""Rounds in which characters that no face has may turn up."""
_PLACE = re.compile(r"┌─ (\S+?):(\d+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """How briefs are set, the same for all of one run."""

    templates: str
    """Folder of the templates."""
    fonts: tuple[str, ...]
    """Folders of faces."""
    paper: str = "a4"
    handling: str = ""
    """Line at the head and foot of each page, such as how the brief may be passed on."""
    issuer: str = ""
    """Who prints it."""

    @property
    def inputs(self) -> dict[str, str]:
        """What the template gets beside the data."""
        paper = {"a4": "a4", "letter": "us-letter"}[self.paper]
        return {"paper": paper, "handling": self.handling, "issuer": self.issuer}


@dataclass(frozen=True, slots=True)
class Printed:
    """A brief on paper, and what should be told about it."""

    pdf: bytes
    pages: int
    told: tuple[str, ...]


class Press:
    """A typesetter that is made ready once and sets one brief after another."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(setting.fonts))
        root = Path(setting.templates)
        self._compiler = typst.Compiler(
            input=str(root / TEMPLATE), root=str(root), font_paths=faces, ignore_system_fonts=True
        )

    def set(self, path: str, data: Mapping[str, Any]) -> Printed:
        """The brief as a PDF; `path` is its name in what is told.

        Raises BriefError where the template fails, or where the PDF lacks a footnote.
        """
        ready = printable(data)
        gone: frozenset[str] = frozenset()
        for _ in range(TRIES):
            try:
                pdf = self._compile(scripts.replaced(ready, gone) if gone else ready)
                break
            except typst.TypstError as error:
                more = scripts.missing(f"{error.message}\n{error.diagnostic}") - gone
                if not more:
                    raise self._failed(path, error) from None
                gone |= more
        else:
            raise BriefError(path, "", f"no font has {len(gone)} of its characters", "add a face to fonts/")
        if gone:
            ready = scripts.replaced(ready, gone)
        for layout in LAYOUTS:
            if layout != LAYOUTS[0]:
                pdf = self._compile(ready, layout)
            try:
                pages = self._look(path, pdf, ready)
                break
            except BriefError:
                if layout == LAYOUTS[-1]:
                    raise
        return Printed(pdf, pages, tuple(scripts.told(gone)))

    def _compile(self, data: Mapping[str, Any], layout: str = LAYOUTS[0]) -> bytes:
        pdf = self._compiler.compile(
            format="pdf",
            sys_inputs={"data": dumped(data), "layout": layout, **self._setting.inputs},
            pdf_standards=STANDARD,
            timestamp=0,
        )
        assert isinstance(pdf, bytes)  # noqa: S101 - what compile gives where it is not told where to write
        return pdf

    def _look(self, path: str, pdf: bytes, data: Mapping[str, Any]) -> int:
        """The number of pages; BriefError where a footnote is lost."""
        told = json.loads(self._compiler.query("<call>", field="value"))
        calls = [(int(note), int(page)) for note, page in told]
        pages = reading.quick(pdf)
        if gate.lost(pages, data["notes"], calls, data["further"]):
            lost = gate.lost(reading.careful(pdf), data["notes"], calls, data["further"])
            if lost:
                more = f", and {len(lost) - 1} more like it" if len(lost) > 1 else ""
                raise BriefError(path, "", f"{lost[0]}{more}", "the brief was not written; report this with its data")
        return len(pages)

    def _failed(self, path: str, error: typst.TypstError) -> BriefError:
        place = _PLACE.search(error.diagnostic or "")
        where = f"templates/print/{Path(place.group(1)).name}, line {place.group(2)}" if place else ""
        return BriefError(path, where, f"typst: {error.message}", "; ".join(error.hints or []))
