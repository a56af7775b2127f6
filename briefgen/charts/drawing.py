"""Shapes with their places worked out, and the template that writes them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as File
from typing import ClassVar, Literal

import jinja2

from briefgen import packaged
from briefgen.charts.marks import Families, Family

PHONE, PHONE_LIMIT = 340, 440
"""Width of the narrow drawings, and how wide they may grow; the wide ones never grow, so that text is not enlarged."""
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Style:
    """What every chart needs beside its data."""

    families: Families
    """Type of event -> family, as the knowledge has it."""
    overrides: tuple[File, ...] = ()
    """Folders of templates that go before the package's own."""


@dataclass(frozen=True)
class Rect:
    """A bar, a cell or a lane."""

    kind: ClassVar[str] = "rect"
    x: float
    y: float
    w: float
    h: float
    cls: str
    title: str = ""


@dataclass(frozen=True)
class Line:
    """An axis, a grid line or a tick."""

    kind: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float
    cls: str


@dataclass(frozen=True)
class Path:
    """A curve or an outline; `arrow` is the family of the arrow head at its end."""

    kind: ClassVar[str] = "path"
    d: str
    cls: str
    width: float | None = None
    arrow: Family | None = None
    title: str = ""


@dataclass(frozen=True)
class Circle:
    """A node or a dot."""

    kind: ClassVar[str] = "circle"
    x: float
    y: float
    r: float
    cls: str
    title: str = ""


@dataclass(frozen=True)
class Mark:
    """One event, or one family in a legend: circle, square or diamond by family."""

    kind: ClassVar[str] = "mark"
    x: float
    y: float
    family: Family
    held: bool = False
    title: str = ""


@dataclass(frozen=True)
class Glyph:
    """A symbol of the page's sprite: of a type or a certainty."""

    kind: ClassVar[str] = "glyph"
    x: float
    y: float
    size: float
    symbol: str
    cls: str


@dataclass(frozen=True)
class Text:
    """A label; `full` is what it says in full where it was cut."""

    kind: ClassVar[str] = "text"
    x: float
    y: float
    text: str
    cls: str
    anchor: Anchor = "start"
    full: str = ""


Shape = Rect | Line | Path | Circle | Mark | Glyph | Text


@dataclass(frozen=True)
class Drawing:
    """Shapes on a ground of `width` by `height` pixels, the later above the earlier."""

    width: int
    height: int
    shapes: Sequence[Shape]


@lru_cache(maxsize=8)
def _environment(folders: tuple[File, ...]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["px"] = pixels
    return environment


def pixels(value: float) -> str:
    """A coordinate with one decimal at most, so that pages stay small and equal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def svg(drawing: Drawing, alt: str, style: Style) -> str:
    """`drawing` as one SVG element in one line; `alt` names it for those who can't see it."""
    template = _environment((*style.overrides, packaged.templates())).get_template("charts/drawing.svg.j2")
    limit = PHONE_LIMIT if drawing.width == PHONE else drawing.width
    return " ".join(template.render(drawing=drawing, alt=alt, limit=limit).split()).replace("> <", "><")


def ticks(highest: int, at_most: int = 5) -> tuple[int, ...]:
    """Round numbers from 0 up to the first that is not under `highest`."""
    step, scale = 1, 1
    while step * at_most < highest:
        for factor in (1, 2, 5):
            step = factor * scale
            if step * at_most >= highest:
                break
        else:
            scale *= 10
    count = max(1, -(-highest // step))
    return tuple(step * n for n in range(count + 1))
