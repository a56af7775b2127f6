"""Assessments on the ruler of ICD 203."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Chart, Table, figure_json, make, trace
from briefgen.charts.drawing import PHONE, Anchor, Circle, Drawing, Rect, Shape, Style, Text, ticks
from briefgen.charts.marks import Family
from briefgen.model import Assessment

BANDS = (
    ("remote", 1, 5),
    ("very unlikely", 5, 20),
    ("unlikely", 20, 45),
    ("roughly even", 45, 55),
    ("likely", 55, 80),
    ("very likely", 80, 95),
    ("almost certain", 95, 99),
)
"""Names and limits in per cent, as the directive sets them."""
TERMS = 40
ANCHORS: Mapping[int, Anchor] = {0: "start", 100: "end"}


@dataclass(frozen=True)
class Band:
    """One band and the assessments in it."""

    name: str
    low: int
    high: int
    n: int


def collect(assessments: Sequence[Assessment]) -> tuple[Band, ...]:
    """All bands; an assessment lies in the one that holds the middle of its likelihood."""
    counts = Counter(_band(item.likelihood) for item in assessments if item.likelihood)
    return tuple(Band(name, low, high, counts[name]) for name, low, high in BANDS)


def _band(likelihood: tuple[int, int]) -> str:
    middle = sum(likelihood) / 2
    return next((name for name, _, high in BANDS if middle <= high), BANDS[-1][0])


def ruler(assessments: Sequence[Assessment], style: Style, width: int = 560) -> Chart | None:
    """A dot an assessment in the band of its word; None without an assessment."""
    if not assessments:
        return None
    bands = collect(assessments)
    placed, total = sum(band.n for band in bands), len(assessments)
    terms = Counter((item.term, _band(item.likelihood) if item.likelihood else "no band") for item in assessments)
    ranked = sorted(terms.items(), key=lambda item: (-item[1], item[0]))
    none: tuple[Family, ...] = ()
    source = "Source: all reports. The word is quoted from the text and looked up in ICD 203; briefgen never adds one."
    if len(ranked) > TERMS:
        source += f" The table has the {TERMS} most frequent of {len(ranked):,} words."
    return make(
        id="ruler",
        finding=_finding(placed, total),
        deck=_deck(assessments, placed),
        source=source,
        families=none,
        table=Table(
            "Estimative words",
            ("Word in the text", "Band", "Assessments"),
            tuple((term, band, n) for (term, band), n in ranked[:TERMS]),
        ),
        wide=_draw(bands, width),
        narrow=_draw(bands, PHONE),
        figure=_figure(bands),
        style=style,
    )


def _finding(placed: int, total: int) -> str:
    if placed == total:
        return f"{phrases.whole(total, 'assessment')} {'uses' if total == 1 else 'use'} a word that has a probability"
    if not placed:
        return (
            "The one assessment uses a word that has no probability"
            if total == 1
            else f"None of {total:,} assessments uses a word that has a probability"
        )
    verb = "uses" if placed == 1 else "use"
    return phrases.capital(f"{phrases.number(placed)} of {total:,} assessments {verb} a word that has a probability")


def _deck(assessments: Sequence[Assessment], placed: int) -> str:
    lead = "Each dot is one assessment in its ICD 203 band (per cent)."
    rest = Counter(item.term.lower() for item in assessments if not item.likelihood)
    if not rest:
        return lead
    words = [term for term, _ in sorted(rest.items(), key=lambda item: (-item[1], item[0]))][:3]
    other = len(assessments) - placed
    whose = "The other says" if other == 1 else f"The other {phrases.number(other)} say"
    more = " or the like" if len(rest) > len(words) else ""
    quoted = [f"“{word}”" for word in words]
    either = f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 and not more else ", ".join(quoted)
    return f"{lead} {whose} {either}{more}, which {'gets' if other == 1 else 'get'} no band."


def _draw(bands: Sequence[Band], width: int) -> Drawing:
    left, scale = 8.0, (width - 16) / 100
    most = max(band.n for band in bands)
    rows = 1 if most < 3 else 3
    top = 22 + 10 * rows
    shapes: list[Shape] = []
    height = top + 52
    last = -100.0
    for band in bands:
        x1, x2 = left + band.low * scale + 0.7, left + band.high * scale - 0.7
        middle = (x1 + x2) / 2
        on = " on" if band.n else ""
        shapes.append(Rect(x1, top, x2 - x1, 12, f"ib{on}", f"{band.name}, {band.low}–{band.high} %: {band.n:,}"))
        shapes.extend(_dots(band.n, x1, x2, top, rows))
        edge = band.high <= 5 or band.low >= 95
        if not band.n and (edge or width < 400):
            continue
        w = phrases.width(band.name, 11.5)
        x = min(max(middle, w / 2), width - w / 2)
        low = 14 if x - w / 2 < last + 4 else 0
        shapes.append(Text(x, top + 46 + low, band.name, "tk" if band.n else "tk mute", "middle"))
        last = x + w / 2 if not low else last
        height = max(height, top + 52 + low)
    for percent in (0, 20, 45, 55, 80, 100):
        anchor = ANCHORS.get(percent, "middle")
        shapes.append(Text(left + percent * scale, top + 28, str(percent), "tk n", anchor))
    for band, x, anchor in ((bands[0], 0, "start"), (bands[-1], width, "end")):
        if not band.n:
            shapes.append(Text(x, 11, band.name, "tk mute", anchor))
    return Drawing(width, height, tuple(shapes))


def _dots(n: int, x1: float, x2: float, top: float, rows: int) -> list[Shape]:
    """A dot each where they fit above the band, else one dot and the number."""
    across = max(1, int((x2 - x1) // 10))
    middle = (x1 + x2) / 2
    if n > across * rows:
        return [Circle(middle, top - 9, 3.6, "dot"), Text(middle, top - 17, f"{n:,}", "lb n halo", "middle")]
    shapes: list[Shape] = []
    for place in range(n):
        row, column = divmod(place, across)
        inside = min(across, n - row * across)
        shapes.append(Circle(middle + (column - (inside - 1) / 2) * 10, top - 9 - 10 * row, 3.6, "dot"))
    return shapes


def _figure(bands: Sequence[Band]) -> Mapping[str, Any]:
    bars = trace(
        "bar",
        x=[(band.low + band.high) / 2 for band in bands],
        y=[band.n for band in bands],
        width=[band.high - band.low - 0.6 for band in bands],
        customdata=[f"{band.name}, {band.low}–{band.high} %" for band in bands],
        marker={"color": "var(--judge)", "line": {"color": "var(--judgel)", "width": 1}},
        hovertemplate="%{customdata}: %{y}<extra></extra>",
    )
    return figure_json(
        [bars],
        200,
        xaxis={**AXIS, "range": [0, 100], "tickvals": [0, 20, 45, 55, 80, 100], "ticksuffix": " %", "showgrid": False},
        yaxis={
            **AXIS,
            "rangemode": "tozero",
            "tickvals": ticks(max(band.n for band in bands)),
            "tickformat": ",d",
        },
    )
