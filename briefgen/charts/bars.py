"""Plain bars: events by type, and by who vouches for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Ask, Chart, Table, asked, bar_marker, figure_json, make, trace
from briefgen.charts.drawing import PHONE, Drawing, Glyph, Line, Rect, Shape, Style, Text, ticks
from briefgen.charts.marks import Family, columns, present, tally
from briefgen.model import Certainty, Event, EventTypeId

ORDER: tuple[Certainty, ...] = ("stated", "reported", "claimed", "unconfirmed", "denied")
"""From what the report says itself to what somebody denies."""
LEFT = 106
ROW = 23


def types(events: Sequence[Event], style: Style, width: int = 330, ask: Ask | None = None) -> Chart | None:
    """Events by type, the most frequent first; None without an event."""
    if not events:
        return None
    counts = Counter(event.type for event in events)
    order = columns(style.families)
    rows = sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0])))
    return make(
        id="types",
        finding=_leading(rows, len(events)),
        deck="Events by type.",
        source=f"Source: {phrases.figure(len(events), 'event')}. Each has one type.",
        families=present(tally(events, style.families)),
        table=Table(
            "Events by type",
            ("Type", "Events"),
            tuple((asked(kind.capitalize(), "type", kind, ask), n) for kind, n in rows),
        ),
        wide=_types(rows, style, width),
        narrow=_types(rows, style, PHONE),
        figure=_figure(
            [kind.capitalize() for kind, _ in rows],
            [n for _, n in rows],
            [bar_marker(style.families[kind]) for kind, _ in rows],
        ),
        style=style,
    )


def _leading(rows: Sequence[tuple[EventTypeId, int]], total: int) -> str:
    top = [kind.capitalize() for kind, n in rows if n == rows[0][1]]
    if len(rows) == 1:
        return f"{phrases.whole(total, 'event')} {'is' if total == 1 else 'are'} {top[0]}"
    if len(top) == 1:
        return f"{top[0]} leads with {rows[0][1]:,} of {total:,} events"
    if len(top) <= 3:
        return f"{phrases.listed(top)} lead with {phrases.number(rows[0][1])} of {total:,} events each"
    return f"No type leads: {phrases.number(len(top))} types have {phrases.counted(rows[0][1], 'event')} each"


def _types(rows: Sequence[tuple[EventTypeId, int]], style: Style, width: int) -> Drawing:
    scale = (width - LEFT - 34) / rows[0][1]
    shapes: list[Shape] = []
    for place, (kind, n) in enumerate(rows):
        y, family = ROW * place, style.families[kind]
        shapes.append(Glyph(0, y + 2, 17, f"g-{kind}", f"g {family}"))
        shapes.append(Text(24, y + 15, kind.capitalize(), "rl"))
        shapes.append(Rect(LEFT, y + 4, n * scale, 13, f"b-{family}"))
        shapes.append(Text(LEFT + n * scale + 5, y + 15, f"{n:,}", "tk n"))
    height = ROW * len(rows)
    return Drawing(width, height, (*shapes, Line(LEFT, 0, LEFT, height, "ax")))


def certainty(events: Sequence[Event], style: Style, width: int = 330, ask: Ask | None = None) -> Chart | None:
    """Events by certainty, the best vouched for first, none left out; None without an event."""
    if not events:
        return None
    counts = Counter(event.certainty for event in events)
    rows: list[tuple[Certainty, int]] = [(kind, counts[kind]) for kind in ORDER]
    colors = {"stated": "ink2", "reported": "ink3"}
    none: tuple[Family, ...] = ()
    return make(
        id="certainty",
        finding=_vouched(counts, len(events)),
        deck="Events by certainty: who vouches for them.",
        source=f"Source: {phrases.figure(len(events), 'event')}. Certainty is read from the wording, not judged.",
        families=none,
        table=Table(
            "Events by certainty",
            ("Certainty", "Events"),
            tuple((asked(kind, "certainty", kind, ask if n else None), n) for kind, n in rows),
        ),
        wide=_certainty(rows, width),
        narrow=_certainty(rows, PHONE),
        figure=_figure(
            [kind for kind, _ in rows],
            [n for _, n in rows],
            [{"color": f"var(--{colors.get(kind, 'held')})"} for kind, _ in rows],
        ),
        style=style,
    )


def _vouched(counts: Mapping[Certainty, int], total: int) -> str:
    rest = total - counts["stated"]
    if not rest:
        whole = f"{phrases.whole(total, 'event')} {'is' if total == 1 else 'are'}"
        return f"{whole} stated as fact"
    lead = f"{rest:,} of {total:,} events {'rests' if rest == 1 else 'rest'} on somebody’s word"
    kinds: tuple[tuple[Certainty, str], ...] = (
        ("claimed", "on one side’s"),
        ("unconfirmed", "unconfirmed"),
        ("denied", "denied"),
    )
    details = [f"{phrases.number(counts[kind])} {words}" for kind, words in kinds if counts[kind]]
    return f"{lead}: {phrases.listed(details)}" if details else lead


def _certainty(rows: Sequence[tuple[Certainty, int]], width: int) -> Drawing:
    scale = (width - LEFT - 40) / max(n for _, n in rows)
    shapes: list[Shape] = []
    for place, (kind, n) in enumerate(rows):
        y = 24 * place
        shapes.append(Glyph(0, y + 4, 13, f"c-{kind}", f"ci {kind}"))
        shapes.append(Text(20, y + 15, kind, "rl"))
        if n:
            shapes.append(Rect(LEFT, y + 4.5, n * scale, 12, f"cb {kind}"))
        shapes.append(Text(LEFT + n * scale + 6, y + 15, f"{n:,}", "tk n"))
    return Drawing(width, 24 * len(rows) + 4, (*shapes, Line(LEFT, 0, LEFT, 24 * len(rows), "ax")))


def _figure(labels: Sequence[str], values: Sequence[int], markers: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """One bar a trace, for a pattern belongs to a whole trace."""
    traces = [
        trace("bar", y=[label], x=[n], orientation="h", marker=marker, hovertemplate="%{y}: %{x}<extra></extra>")
        for label, n, marker in zip(labels, values, markers, strict=True)
    ]
    return figure_json(
        traces,
        44 + ROW * len(labels),
        barmode="overlay",
        bargap=0.4,
        xaxis={**AXIS, "rangemode": "tozero", "tickvals": ticks(max(values)), "tickformat": ",d"},
        yaxis={
            **AXIS,
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(labels),
            "autorange": "reversed",
            "showgrid": False,
        },
    )
