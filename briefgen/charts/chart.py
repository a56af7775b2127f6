"""What a chart is to a page: sentences, two drawings, a figure and the numbers behind them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts.drawing import Drawing, Style, svg
from briefgen.charts.marks import NAMES, Family


class Link(str):
    """A cell that leads to what can be linked to by `target`."""

    target: str

    def __new__(cls, text: str, target: str) -> Link:
        """`text` as a link."""
        cell = super().__new__(cls, text)
        cell.target = target
        return cell


class Count(int):
    """A number that leads to the events it counts."""

    target: str

    def __new__(cls, n: int, target: str) -> Count:
        """`n` as a link."""
        cell = super().__new__(cls, n)
        cell.target = target
        return cell


Cell = str | int
Ask = Callable[[str, str], str]
"""What to link a cell to that counts the events with this value of this facet."""


def asked(text: str, key: str, value: str, ask: Ask | None) -> str:
    """`text`, as a link to the events that it counts where `ask` knows one."""
    return Link(text, ask(key, value)) if ask else text


@dataclass(frozen=True)
class Table:
    """The numbers of a chart; `caption` names the table for a screen reader."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"{self.caption}: {len(row)} cells under {len(self.header)} headings")


@dataclass(frozen=True)
class Key:
    """One entry of a legend."""

    family: Family
    label: str
    css: str = ""
    """Class of a mark that is no event's: `area` is hollow."""


UPRIGHT = 720
"""As wide as a drawing may be for letters of 7 points on an upright page of A4."""


@dataclass(frozen=True)
class Chart:
    """A figure of the site. All text is plain and is escaped where it is written."""

    id: str
    finding: str
    """What the data show, every clause tested on them."""
    deck: str
    """What is counted and how it is drawn."""
    source: str
    """What it rests on, and what is not drawn and why."""
    legend: tuple[Key, ...]
    table: Table
    wide: str
    """SVG for a desk."""
    narrow: str
    """SVG of 340 pixels for a phone."""
    cut: str
    """What the narrow drawing leaves out; empty where it shows all."""
    figure: Mapping[str, Any]
    """Plotly's JSON of the same data; its colors are the theme's tokens, `var(--mc)`."""
    width: int
    """Of the wide drawing."""
    height: int
    """Of the wide drawing, which the interactive figure takes over."""
    alt: str

    @property
    def paper(self) -> str:
        """How A4 paper holds it with letters that can be read: "" as it is, else "narrow" or "turned".

        A drawing that is too wide gives way to the narrow one where that shows all; else its page is turned.
        """
        if self.width <= UPRIGHT:
            return ""
        return "turned" if self.cut else "narrow"

    @property
    def figure_json(self) -> str:
        """`figure` as JSON that is inert inside a script element."""
        text = json.dumps(self.figure, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        for char in "<>&\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        return text


def make(
    *,
    id: str,
    finding: str,
    deck: str,
    source: str,
    table: Table,
    wide: Drawing,
    narrow: Drawing,
    figure: Mapping[str, Any],
    style: Style,
    families: Sequence[Family] = (),
    legend: Sequence[Key] = (),
    cut: str = "",
) -> Chart:
    """A chart with its two drawings written out; the alternative text says the finding."""
    alt = f"{finding}."
    return Chart(
        id=id,
        finding=finding,
        deck=deck,
        source=source,
        legend=(*(Key(family, NAMES[family]) for family in families), *legend),
        table=table,
        wide=svg(wide, alt, style),
        narrow=svg(narrow, alt, style),
        cut=cut,
        figure=figure,
        width=wide.width,
        height=wide.height,
        alt=alt,
    )


AXIS = {
    "color": "var(--ink2)",
    "gridcolor": "var(--rule)",
    "linecolor": "var(--ink)",
    "zeroline": False,
    "fixedrange": True,
    "automargin": True,
}


def inert(text: str) -> str:
    """`text` so that Plotly, which reads a little HTML in labels, shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bar_marker(family: Family) -> dict[str, Any]:
    """Fill, outline and hatch of a family's bars, as the theme draws them."""
    fills = {"mc": "mc", "vc": "vct", "st": "stt", "vx": "vxt", "mx": "mx"}
    marker: dict[str, Any] = {
        "color": f"var(--{fills[family]})",
        "line": {"color": f"var(--{family})", "width": 1},
    }
    if family == "vx":
        marker["pattern"] = {"shape": "/", "fgcolor": "var(--vx)", "bgcolor": "var(--vxt)", "size": 5, "solidity": 0.3}
    return marker


def point_marker(family: Family) -> dict[str, Any]:
    """Shape and fill of a family's marks."""
    symbols = {"mc": "circle", "vc": "circle", "st": "square", "vx": "diamond", "mx": "diamond"}
    fill = family if family in ("mc", "mx") else "bg"
    return {
        "symbol": symbols[family],
        "size": 9,
        "color": f"var(--{fill})",
        "line": {"color": f"var(--{family})", "width": 1.6},
    }


Trace = Mapping[str, Any]


def trace(type: str, **attributes: Any) -> Trace:
    """One trace of Plotly's, as it stands in the JSON; ValueError where its lists differ in length."""
    columns = {name: attributes[name] for name in ("x", "y", "customdata") if name in attributes}
    if type == "heatmap":
        x, y, z = (attributes[name] for name in "xyz")
        if len(z) != len(y) or any(len(row) != len(x) for row in z):
            raise ValueError("a heat map's rows and columns do not fit its numbers")
    elif len({len(values) for values in columns.values()}) > 1:
        raise ValueError(f"a trace holds lists of different lengths: {sorted(columns)}")
    return {"type": type, **attributes}


def figure_json(traces: Sequence[Trace], height: int, ground: str = "var(--bg)", **layout: Any) -> Mapping[str, Any]:
    """Plotly's JSON of `traces`.

    Written as it is, because Plotly's own classes take longer than all the rest of a page;
    the tests hold what comes out against them.
    """
    figure = {
        "data": traces,
        "layout": {
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
            "paper_bgcolor": "var(--bg)",
            "plot_bgcolor": ground,
            "font": {"color": "var(--ink)", "size": 12},
            "hoverlabel": {"bgcolor": "var(--panel)", "bordercolor": "var(--ink3)", "font": {"color": "var(--ink)"}},
            "hovermode": "closest",
            "showlegend": False,
            **layout,
        },
    }
    plain: dict[str, Any] = json.loads(json.dumps(figure))
    return plain
