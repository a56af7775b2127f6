"""Actors by how often they act and how often they are acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Chart, Table, bar_marker, figure_json, inert, make, trace
from briefgen.charts.drawing import PHONE, Drawing, Line, Rect, Shape, Style, Text
from briefgen.charts.marks import FAMILIES, NAMES, Tally, present, tally
from briefgen.charts.roles import named, parts, sentence
from briefgen.model import Event

ROWS = 12
LISTED = 200
"""Rows of the table; a site's actors have pages of their own."""
ROW = 26


@dataclass(frozen=True)
class Row:
    """One actor."""

    name: str
    acts: Tally
    acted_on: Tally

    @property
    def out(self) -> int:
        """Events in which it acts or takes part."""
        return sum(self.acts.values())

    @property
    def into(self) -> int:
        """Events in which it is acted on."""
        return sum(self.acted_on.values())


def collect(events: Sequence[Event], names: Mapping[str, str], style: Style) -> tuple[Row, ...]:
    """Rows by events, then by name."""
    acts: dict[str, list[Event]] = {}
    acted_on: dict[str, list[Event]] = {}
    for event in events:
        for actor, part in parts(event).items():
            (acts if part == "acts" else acted_on).setdefault(actor, []).append(event)
    rows = (
        Row(name, tally(acts.get(actor, ()), style.families), tally(acted_on.get(actor, ()), style.families))
        for actor, name in named(events, names).items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.out - row.into, row.name)))


def both_ways(events: Sequence[Event], names: Mapping[str, str], style: Style, width: int = 560) -> Chart | None:
    """The twelve most named actors; `names` maps ids to names. None without an actor."""
    rows = collect(events, names, style)
    if not rows:
        return None
    drawn = rows[:ROWS]
    return make(
        id="both-ways",
        finding=_finding(rows),
        deck="Events by role and family" + (f"; the {phrases.number(ROWS)} most named." if len(rows) > ROWS else "."),
        source=_source(rows),
        families=present({family: sum(r.acts[family] + r.acted_on[family] for r in drawn) for family in FAMILIES}),
        table=Table(
            "Actors by role",
            ("Actor", "Acts or takes part", "Is acted on", "Events"),
            tuple((row.name, row.out, row.into, row.out + row.into) for row in rows[:LISTED]),
        ),
        wide=_draw(drawn, width, 215),
        narrow=_draw(drawn, PHONE, 0),
        figure=_figure(drawn),
        style=style,
    )


def _finding(rows: Sequence[Row]) -> str:
    first = rows[0]
    lead = sentence(first.name, first.out, first.into)
    most = max(row.into for row in rows)
    top = [row for row in rows if row.into == most]
    if most > 1 and len(top) == 1 and top[0] is not first:
        return f"{lead}; {top[0].name} is acted on most often, in {phrases.number(most)}"
    return lead


def _source(rows: Sequence[Row]) -> str:
    parts = ["Source: all reports. Names as resolved; a force and its state are counted apart."]
    rest = len(rows) - ROWS
    if rest > 0:
        parts.append(f"Not drawn: {phrases.figure(rest, 'actor')} named less often.")
    if len(rows) > LISTED:
        parts.append(f"The table has the first {LISTED}.")
    return " ".join(parts)


def _draw(rows: Sequence[Row], width: int, left: int) -> Drawing:
    """Names in a column of `left` pixels, or above their bars where `left` is 0."""
    step, down = (ROW, 0) if left else (ROW + 14, 16)
    out, into = max(row.out for row in rows), max(row.into for row in rows)
    room = width - left - 2 * (phrases.width(f"{max(out, into):,}", 11.5) + 10)
    scale = room / (out + into)
    axis = left + (width - left - room) / 2 + out * scale
    shapes: list[Shape] = []
    labels: list[Shape] = []
    head = min(max(axis, left + 120.0), width - 80.0)
    shapes.append(Text(head - 6, 12, "acts or takes part", "tk", "end"))
    shapes.append(Text(head + 6, 12, "is acted on", "tk"))
    for place, row in enumerate(rows):
        y = 25 + step * place + down
        name = phrases.fit(row.name, (left or width) - 8, 12.5)
        labels.append(Text(0, y - 4 if down else y + 11, name, "rl halo", full=row.name))
        x = axis - 1.5
        for family in FAMILIES:
            w = row.acts[family] * scale
            if w:
                x -= w
                title = f"{row.name} acts: {row.acts[family]:,} {NAMES[family].lower()}"
                shapes.append(Rect(x, y, max(w - 0.7, 0.6), 15, f"b-{family}", title))
        if row.out:
            shapes.append(Text(x - 4, y + 11, f"{row.out:,}", "tk n halo", "end"))
        x = axis + 1.5
        for family in reversed(FAMILIES):
            w = row.acted_on[family] * scale
            if w:
                title = f"{row.name} is acted on: {row.acted_on[family]:,} {NAMES[family].lower()}"
                shapes.append(Rect(x, y, max(w - 0.7, 0.6), 15, f"b-{family}", title))
                x += w
        if row.into:
            shapes.append(Text(x + 4, y + 11, f"{row.into:,}", "tk n halo"))
    height = 24 + step * len(rows)
    return Drawing(width, height, (*shapes, Line(axis, 18, axis, height - 2, "ax"), *labels))


def _figure(rows: Sequence[Row]) -> Mapping[str, Any]:
    names = [inert(row.name) for row in rows]
    traces = []
    for sign, words in ((-1, "acts or takes part"), (1, "is acted on")):
        for family in FAMILIES if sign < 0 else tuple(reversed(FAMILIES)):
            counts = [(row.acts if sign < 0 else row.acted_on)[family] for row in rows]
            if any(counts):
                traces.append(
                    trace(
                        "bar",
                        orientation="h",
                        y=names,
                        x=[sign * n for n in counts],
                        customdata=counts,
                        marker=bar_marker(family),
                        hovertemplate=f"%{{y}} {words}: %{{customdata}} {NAMES[family].lower()}<extra></extra>",
                    )
                )
    marks = sorted({-max(row.out for row in rows), 0, max(row.into for row in rows)})
    return figure_json(
        traces,
        60 + ROW * len(rows),
        barmode="relative",
        bargap=0.35,
        xaxis={**AXIS, "zeroline": True, "zerolinecolor": "var(--ink)", "tickvals": marks,
               "ticktext": [f"{abs(n):,}" for n in marks]},
        yaxis={**AXIS, "type": "category", "categoryorder": "array", "categoryarray": names, "autorange": "reversed",
               "showgrid": False, "showline": False},
    )  # fmt: skip
