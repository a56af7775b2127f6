"""An actor's counterparts: cooperation at the left, conflict at the right, with direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Chart, Table, figure_json, inert, make, trace
from briefgen.charts.drawing import PHONE, Anchor, Circle, Drawing, Path, Shape, Style, Text
from briefgen.charts.marks import FAMILIES, NAMES, WORDS, present
from briefgen.charts.network import WAYS, Counterpart, Network, Way, collect
from briefgen.model import Event

SIDE = 7
LISTED = 200
EGO = 38
"""Radius of the actor's own circle."""


def counterparts(
    actor: str, events: Sequence[Event], names: Mapping[str, str], style: Style, width: int = 950
) -> Chart | None:
    """The network round `actor` (an id) in `events`; `names` maps ids to names.

    None where no event shows a relation to anybody else.
    """
    data = collect(actor, events, names, style)
    if data is None:
        return None
    drawn = (*data.left[:SIDE], *data.right[:SIDE])
    families = {family: sum(e.n for row in drawn for e in row.edges if e.family == family) for family in FAMILIES}
    return make(
        id="counterparts",
        finding=_finding(data),
        deck=(
            "Counterparts in the same event. Arrow: who acts on whom; plain line: they take part together."
            " Number and width: events. Dashed: words; solid: deeds."
        ),
        source=_source(data, len(events)),
        families=present(families),
        table=_table(data),
        wide=_wide(data, width),
        narrow=_narrow(data),
        figure=_figure(data),
        style=style,
    )


def _finding(data: Network) -> str:
    if not data.left:
        return phrases.capital(_most(data.right, "events of conflict"))
    left = phrases.capital(_most(data.left, "events of cooperation"))
    return f"{left}, {_most(data.right, 'of conflict')}" if data.right else left


def _most(rows: Sequence[Counterpart], words: str) -> str:
    """`five of conflict with Israel`; the words say `events` only in the first part of the sentence."""
    n = rows[0].n
    said = f"{phrases.number(n)} {words if n > 1 else words.replace('events', 'event')}"
    top = [row.name for row in rows if row.n == n]
    if len(top) == 1:
        return f"{said} with {top[0]}"
    if len(top) == 2:
        return f"{said} each with {phrases.listed(top)}"
    return f"{said} with each of {phrases.number(len(top))} counterparts"


def _source(data: Network, events: int) -> str:
    parts = [f"Source: {data.events:,} of {phrases.figure(events, 'event')}."]
    rest = len(data.left[SIDE:]) + len(data.right[SIDE:])
    if rest:
        parts.append(f"The {phrases.number(SIDE)} most frequent on each side are drawn, {rest:,} only in the table.")
    parts.append("A person and the state are drawn apart when the text names both, so one event can make two lines.")
    parts.append(
        "Not drawn: statements, actors on the same side of a conflict, and those that act for it or that it acts for."
    )
    return " ".join(parts)


def _table(data: Network) -> Table:
    rows = []
    for word, side in (("cooperation", data.left), ("conflict", data.right)):
        for row in side[:LISTED]:
            ways = {way: sum(edge.n for edge in row.edges if edge.way == way) for way in WAYS}
            rows.append((row.name, word, ways["out"], ways["in"], ways["with"]))
    return Table("Counterparts", ("Counterpart", "In", "It acts on", "Acts on it", "Together"), tuple(rows))


def _stroke(n: int, most: int) -> float:
    return 1.2 + 5.0 * n / max(most, 5)


def _wide(data: Network, width: int) -> Drawing:
    rows = max(len(data.left[:SIDE]), len(data.right[:SIDE]), 2)
    height = 46 * rows + 40
    middle = (_middle(data, width), 12 + 23.0 * rows)
    shapes: list[Shape] = []
    labels: list[Shape] = []
    most = max(edge.n for row in (*data.left, *data.right) for edge in row.edges)
    spread = min(190.0, width * 0.2) if len(_sides(data)) > 1 else min(380.0, width * 0.4)
    for side, sign in _sides(data):
        start = middle[1] - 23 * (len(side) - 1)
        for place, row in enumerate(side):
            x, y = middle[0] + sign * spread, start + 46 * place
            drawn = _edges(row, (x, y), middle, sign, most, 8, 0.22)
            shapes.extend(drawn[0])
            labels.extend(drawn[1])
            r = 4 + 5 * (row.n / max(most, 5)) ** 0.5
            shapes.append(Circle(x + sign * r, y, r, "nd", f"{row.name}: {phrases.figure(row.n, 'event')}"))
            edge = x + sign * (2 * r + 5)
            room = width - edge if sign > 0 else edge
            anchor: Anchor = "start" if sign > 0 else "end"
            labels.append(Text(edge, y + 4, phrases.fit(row.name, room * 0.94, 13), "nl", anchor, row.name))
    ego = _ego(data.name, middle)
    foot = _foot(data, width, height - 4)
    return Drawing(width, height, (*shapes, *labels, *ego, *foot))


def _sides(data: Network) -> list[tuple[Sequence[Counterpart], int]]:
    """What is drawn at the left (-1) and at the right (1); a side that is alone stands at the right."""
    if data.left and data.right:
        return [(data.left[:SIDE], -1), (data.right[:SIDE], 1)]
    return [((data.left or data.right)[:SIDE], 1)]


def _middle(data: Network, width: int) -> float:
    """Where the actor stands: in the middle, or at the left edge where all counterparts are of one side."""
    return width / 2 if data.left and data.right else EGO + 4.0


def _narrow(data: Network) -> Drawing:
    rows = max(len(data.left[:SIDE]), len(data.right[:SIDE]), 2)
    height = 50 * rows + 46
    middle = (_middle(data, PHONE), 20 + 25.0 * rows)
    shapes: list[Shape] = []
    labels: list[Shape] = []
    most = max(edge.n for row in (*data.left, *data.right) for edge in row.edges)
    for side, sign in _sides(data):
        start = middle[1] - 25 * (len(side) - 1)
        for place, row in enumerate(side):
            x, y = PHONE / 2 + sign * 156.0, start + 50 * place
            drawn = _edges(row, (x, y), middle, sign, most, 6, 0.14)
            shapes.extend(drawn[0])
            labels.extend(drawn[1])
            shapes.append(Circle(x + sign * 5, y, 5, "nd", f"{row.name}: {phrases.figure(row.n, 'event')}"))
            anchor: Anchor = "end" if sign > 0 else "start"
            label = phrases.fit(row.name, 158, 13)
            under = y > middle[1] + 1
            labels.append(
                Text(PHONE if sign > 0 else 0, y + 21 if under else y - 13, label, "nl halo", anchor, row.name)
            )
    ego = _ego(data.name, middle)
    foot = _foot(data, PHONE, height - 4)
    return Drawing(PHONE, height, (*shapes, *labels, *ego, *foot))


def _edges(
    row: Counterpart,
    at: tuple[float, float],
    middle: tuple[float, float],
    sign: int,
    most: int,
    step: float,
    near: float,
) -> tuple[list[Shape], list[Shape]]:
    """Curves between a counterpart and the middle, and their numbers, each edge beside the other."""
    curves: list[Shape] = []
    numbers: list[Shape] = []
    count = len(row.edges)
    inner = middle[0] + sign * (EGO + 3)
    outer = at[0] - sign * 3.0
    half = (inner + outer) / 2
    for place, edge in enumerate(row.edges):
        shift = (place - (count - 1) / 2) * step
        y1, y2 = at[1] + shift, middle[1] + (at[1] - middle[1]) * 0.16 + shift
        ends = ((outer, y1), (inner, y2)) if edge.way == "in" else ((inner, y2), (outer, y1))
        (xa, ya), (xb, yb) = ends
        d = f"M{xa:.1f} {ya:.1f}C{half:.1f} {ya:.1f} {half:.1f} {yb:.1f} {xb:.1f} {yb:.1f}"
        title = f"{_words(row.name, edge.way)}: {edge.n:,} {NAMES[edge.family].lower()}"
        arrow = None if edge.way == "with" else edge.family
        curves.append(Path(d, f"e-{edge.family}", _stroke(edge.n, most), arrow, title))
        t = near * (1 + 0.7 * (place % 3))
        x, y = _on_curve((outer, y1), (inner, y2), t)
        numbers.append(Text(x, y + 4, f"{edge.n:,}", "en halo n", "middle"))
    return curves, numbers


def _on_curve(a: tuple[float, float], b: tuple[float, float], t: float) -> tuple[float, float]:
    half = (a[0] + b[0]) / 2
    w0, w1, w2, w3 = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return w0 * a[0] + (w1 + w2) * half + w3 * b[0], (w0 + w1) * a[1] + (w2 + w3) * b[1]


def _words(name: str, way: Way) -> str:
    return {"out": f"on {name}", "in": f"{name} on it", "with": f"with {name}"}[way]


def _ego(name: str, at: tuple[float, float]) -> list[Shape]:
    """The actor, with as much of its name as the circle holds."""
    x, y = at
    lines = phrases.wrap(name, 1.75 * EGO, 11.5, 3)
    top = y + 4 - 6 * (len(lines) - 1)
    labels = [Text(x, top + 12 * place, line, "el", "middle", name) for place, line in enumerate(lines)]
    return [Circle(x, y, EGO, "ego", name), *labels]


def _foot(data: Network, width: int, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    if data.left:
        shapes.append(Text(0, y, "cooperation with it", "tk b"))
    if data.right:
        alone = not data.left
        shapes.append(Text(0 if alone else width, y, "in conflict with it", "tk b", "start" if alone else "end"))
    return shapes


def _figure(data: Network) -> Mapping[str, Any]:
    """Straight lines between points; one trace an edge, its arrow a marker that follows the line."""
    traces = []
    most = max(edge.n for row in (*data.left, *data.right) for edge in row.edges)
    nodes: list[tuple[float, float, str, str]] = []
    for side, sign in _sides(data):
        for place, row in enumerate(side):
            y = (len(side) - 1) / 2 - place
            nodes.append((sign, y, row.name, f"{'top' if y >= 0 else 'bottom'} {'left' if sign > 0 else 'right'}"))
            for number, edge in enumerate(row.edges):
                shift = (number - (len(row.edges) - 1) / 2) * 0.16
                points = [(sign * 0.12, y * 0.16 + shift), (sign * 0.96, y + shift)]
                if edge.way == "in":
                    points.reverse()
                (xa, ya), (xb, yb) = points
                heads = [0, 0, 0 if edge.way == "with" else 13]
                said = f"{_words(inert(row.name), edge.way)}: {edge.n:,} {NAMES[edge.family].lower()}"
                traces.append(
                    trace("scatter",
                        mode="lines+markers",
                        x=[xa, (xa + xb) / 2, xb],
                        y=[ya, (ya + yb) / 2, yb],
                        customdata=[said] * 3,
                        line={"color": f"var(--{edge.family})", "width": round(_stroke(edge.n, most), 1),
                              "dash": "dash" if edge.family in WORDS else "solid"},
                        marker={"symbol": "arrow", "angleref": "previous", "size": heads, "opacity": 1,
                                "color": f"var(--{edge.family})"},
                        hovertemplate="%{customdata}<extra></extra>",
                    )
                )  # fmt: skip
    nodes.append((0.0, 0.0, data.name, "bottom center"))
    for x, y, name, position in nodes:
        traces.append(
            trace("scatter",
                mode="markers+text",
                x=[x],
                y=[y],
                text=[inert(phrases.fit(name, 170, 12))],
                customdata=[inert(name)],
                textposition=position,
                marker={"size": 12 if x else 34, "color": "var(--bg)" if x else "var(--ink)",
                        "line": {"color": "var(--ink)", "width": 1.5}},
                hovertemplate="%{customdata}<extra></extra>",
            )
        )  # fmt: skip
    rows = max(len(data.left[:SIDE]), len(data.right[:SIDE]), 2)
    return figure_json(
        traces,
        46 * rows + 60,
        xaxis={**AXIS, "visible": False, "range": [-1.06, 1.06]},
        yaxis={**AXIS, "visible": False, "range": [-rows / 2 - 0.4, rows / 2 + 0.4]},
    )
