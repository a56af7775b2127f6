"""Theater by type: where what is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Cell, Chart, Count, Table, figure_json, inert, make, trace
from briefgen.charts.drawing import PHONE, Drawing, Glyph, Line, Path, Rect, Shape, Style, Text
from briefgen.charts.marks import FAMILIES, NAMES, Families, Family, columns
from briefgen.model import Event, EventTypeId

ROWS = 24
STEPS = ((16, 5), (8, 4), (4, 3), (2, 2), (1, 1))
OPACITY = {1: 0.1, 2: 0.22, 3: 0.4, 4: 0.88, 5: 1.0}
HEADS = {
    "mc": ("Material cooperation", "Material coop."), "vc": ("Verbal cooperation", "Verbal coop."), "st": (),
    "vx": ("Verbal conflict",), "mx": ("Material conflict",),
}  # fmt: skip
"""Names over a family's columns, the longest first."""
NARROW = 800
"""Pixels of width under which only types that occur have a column, and a legend names the families."""
BOLD = 1.09
"""How much wider bold letters are."""
LEFT, SHARE, PITCH = 150.0, 0.3, 60.0
"""Room for the names of theaters, at least and as a share of the width; the widest that a column gets."""
SHORTER = {"mc": "Deeds", "vc": "Words", "st": "News", "vx": "Words", "mx": "Deeds"}


Asking = Callable[..., str]
"""Pairs of facet and value -> what can be linked to."""


@dataclass(frozen=True)
class Row:
    """One theater."""

    id: str
    name: str
    cells: Mapping[EventTypeId, int]

    @property
    def total(self) -> int:
        """All its events."""
        return sum(self.cells.values())

    def family(self, family: Family, families: Families) -> int:
        """Its events of one family."""
        return sum(n for kind, n in self.cells.items() if families[kind] == family)


def collect(events: Sequence[Event], theaters: Mapping[str, str]) -> tuple[Row, ...]:
    """Rows by size; an event counts in its first theater, and not at all where it has none."""
    cells: dict[str, Counter[EventTypeId]] = {}
    for event in events:
        if event.theaters:
            cells.setdefault(event.theaters[0], Counter())[event.type] += 1
    rows = (Row(theater, theaters.get(theater, theater), counts) for theater, counts in cells.items())
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))


def heat(
    events: Sequence[Event], theaters: Mapping[str, str], style: Style, width: int = 1180, ask: Asking | None = None
) -> Chart | None:
    """A heat map of first theater by type; `theaters` maps ids to names. None without a row.

    With `ask`, which says what to link to that asks for some facets, the numbers of the table lead to their events.
    """
    rows = collect(events, theaters)
    if not rows:
        return None
    kinds = columns(style.families)
    if width < NARROW:
        kinds = tuple(kind for kind in kinds if any(row.cells.get(kind) for row in rows))
    drawn = rows[:ROWS]
    total = sum(row.total for row in rows)
    return make(
        id="heat",
        finding=_finding(rows),
        deck=f"Events by first-named theater and type, {total:,} in all. Color is the family, depth is the count.",
        source=_source(len(events) - total, rows[ROWS:], width < NARROW),
        families=[f for f in FAMILIES if any(style.families[k] == f for k in kinds)] if width < NARROW else (),
        table=Table(
            "Theater by type",
            ("Theater", *(kind.capitalize() for kind in kinds), "All"),
            tuple(_cells(row, kinds, ask) for row in rows),
        ),
        wide=_wide(drawn, rows, kinds, style.families, width),
        narrow=_narrow(drawn, rows, style.families),
        cut="Phone view shows families; the table has every type.",
        figure=_figure(drawn, kinds, style.families),
        style=style,
    )


def _cells(row: Row, kinds: Sequence[EventTypeId], ask: Asking | None) -> tuple[Cell, ...]:
    def cell(n: int, *facets: tuple[str, str]) -> Cell:
        return Count(n, ask(*facets, ("first", row.id))) if ask and n else n

    return (row.name, *(cell(row.cells.get(kind, 0), ("type", kind)) for kind in kinds), cell(row.total))


def _finding(rows: Sequence[Row]) -> str:
    kinds: Counter[EventTypeId] = Counter()
    for row in rows:
        kinds.update(row.cells)
    lead, most = min(kinds.items(), key=lambda item: (-item[1], item[0]))
    word = lead.capitalize()
    if len(rows) == 1:
        total = rows[0].total
        if len(kinds) == 1:
            whole = f"{phrases.whole(total, 'event')} {'is' if total == 1 else 'are'}"
            return f"{whole} {word} in {rows[0].name}"
        leads = [kind for kind, n in kinds.items() if n == most]
        if len(leads) > 1:
            return f"{phrases.figure(total, 'event')} in {rows[0].name}, no type ahead of the others"
        return f"{word} leads in {rows[0].name} with {most:,} of {phrases.figure(total, 'event')}"
    ranked = sorted((row for row in rows if row.cells.get(lead)), key=lambda row: (-row.cells[lead], row.name))
    cut = ranked[min(2, len(ranked)) - 1].cells[lead]
    top = [row for row in ranked if row.cells[lead] >= cut]
    if len(top) > 3:
        top = [row for row in ranked if row.cells[lead] == ranked[0].cells[lead]]
    if len(top) > 3:
        first = f"{word} is the most frequent type, {most:,} events in {phrases.counted(len(ranked), 'theater')}"
    else:
        first = f"{word} is reported most in {phrases.listed([f'{r.name} ({r.cells[lead]:,})' for r in top])}"
    other = _other(rows, lead)
    return f"{first}; {other}" if other else first


def _other(rows: Sequence[Row], lead: EventTypeId) -> str:
    """Which other type leads, alone, in theaters with at least five events."""
    leaders: dict[EventTypeId, list[Row]] = {}
    for row in rows:
        best = max(row.cells.values())
        kinds = [kind for kind, n in row.cells.items() if n == best]
        if row.total >= 5 and len(kinds) == 1 and kinds[0] != lead:
            leaders.setdefault(kinds[0], []).append(row)
    if not leaders:
        return ""
    kind, led = min(leaders.items(), key=lambda item: (-sum(row.cells[item[0]] for row in item[1]), item[0]))
    if len(led) > 3:
        return f"{kind.capitalize()} leads in {phrases.number(len(led))} others"
    return f"in {phrases.listed([row.name for row in led])}, {kind.capitalize()} leads"


def _source(homeless: int, rest: Sequence[Row], narrow: bool) -> str:
    parts = ["Source: all reports. An event that touches several theaters is counted once, in the first."]
    if homeless:
        parts.append(f"Not drawn: {phrases.figure(homeless, 'event')} without a theater.")
    if rest:
        more = sum(row.total for row in rest)
        parts.append(f"Only in the table: {phrases.figure(len(rest), 'theater')} with {phrases.figure(more, 'event')}.")
    if narrow:
        parts.append("Types without an event have no column.")
    parts.append("Steps: 1, 2–3, 4–7, 8–15, 16 and more.")
    return " ".join(parts)


def _step(n: int) -> int:
    return next((step for least, step in STEPS if n >= least), 0)


def _cell(x: float, y: float, w: float, n: int, family: Family, title: str) -> list[Shape]:
    step = _step(n)
    high = " hi" if step >= 4 else ""
    return [
        Rect(x, y, w, 20, f"h-{family} o{step}", title),
        Text(x + w / 2, y + 14, f"{n:,}", f"hn n{high}", "middle"),
    ]


def _empty(cells: Sequence[tuple[float, float]], w: float) -> Path:
    return Path("".join(f"M{x:.1f} {y:.1f}h{w:.1f}v20h-{w:.1f}z" for x, y in cells), "h0")


def _wide(
    rows: Sequence[Row], every: Sequence[Row], kinds: Sequence[EventTypeId], families: Families, width: int
) -> Drawing:
    longest = max(phrases.width(row.name, 12.5) for row in rows)
    left, top = min(max(LEFT, longest + 14), width * SHARE), 86
    pitch = min(PITCH, (width - 36 - left) / len(kinds))
    w, end = pitch - 2, left + pitch * len(kinds) + 32
    xs = {kind: left + place * pitch for place, kind in enumerate(kinds)}
    shapes: list[Shape] = []
    for family in FAMILIES:
        own = [kind for kind in kinds if families[kind] == family]
        if own:
            x1, x2 = xs[own[0]], xs[own[-1]] + w
            shapes.append(Line(x1, 20, x2, 20, f"k-{family} hb"))
            fitting = [text for text in HEADS[family] if phrases.width(text, 11.5) * BOLD < x2 - x1]
            head = fitting[0] if fitting and width >= NARROW else ""
            shapes += [Text(x1, 13, head, "tk b")] if head else []
    for place, kind in enumerate(kinds):
        middle, low = xs[kind] + w / 2, 14 * (place % 2)
        shapes.append(Glyph(middle - 9, 27, 18, f"g-{kind}", f"g {families[kind]}"))
        shapes.append(Text(middle, 60 + low, kind.capitalize(), "tk hd", "middle"))
        shapes.append(Line(middle, 64 + low, middle, top - 2, "gr"))
    empty: list[tuple[float, float]] = []
    cells: list[Shape] = []
    for place, row in enumerate(rows):
        y = top + 22.0 * place
        cells.append(Text(left - 9, y + 14, phrases.fit(row.name, left - 12, 12.5), "rl", "end", row.name))
        for kind in kinds:
            n = row.cells.get(kind, 0)
            if n:
                title = f"{row.name}: {n:,} {kind.capitalize()}"
                cells.extend(_cell(xs[kind], y, w, n, families[kind], title))
            else:
                empty.append((xs[kind], y))
        cells.append(Text(end, y + 14, f"{row.total:,}", "rl n", "end"))
    y = top + 22.0 * len(rows) + 14
    cells.append(Text(left - 9, y, "All", "rl b", "end"))
    for kind in kinds:
        n = sum(row.cells.get(kind, 0) for row in every)
        cells.append(Text(xs[kind] + w / 2, y, f"{n:,}", "tk n", "middle"))
    cells.append(Text(end, y, f"{sum(row.total for row in every):,}", "rl n b", "end"))
    return Drawing(width, int(y + 10), (_empty(empty, w), *shapes, *cells))


def _narrow(rows: Sequence[Row], every: Sequence[Row], families: Families) -> Drawing:
    left, top, pitch = 108, 42, 39.0
    w = pitch - 2
    shapes: list[Shape] = [
        Text(left, 11, "Cooperation", "tk b"),
        Text(left + 3 * pitch, 11, "Conflict", "tk b"),
    ]
    for place, family in enumerate(FAMILIES):
        x = left + place * pitch
        shapes.append(Line(x, 18, x + w, 18, f"k-{family} hb"))
        shapes.append(Text(x + w / 2, 34, SHORTER[family], "tk", "middle"))
    empty: list[tuple[float, float]] = []
    cells: list[Shape] = []
    for place, row in enumerate(rows):
        y = top + 22.0 * place
        cells.append(Text(left - 6, y + 14, phrases.fit(row.name, left - 6, 12.5), "rl", "end", row.name))
        for column, family in enumerate(FAMILIES):
            n, x = row.family(family, families), left + column * pitch
            if n:
                cells.extend(_cell(x, y, w, n, family, f"{row.name}: {n:,} {NAMES[family].lower()}"))
            else:
                empty.append((x, y))
        cells.append(Text(338, y + 14, f"{row.total:,}", "rl n", "end"))
    y = top + 22.0 * len(rows) + 14
    cells.append(Text(left - 6, y, "All", "rl b", "end"))
    for column, family in enumerate(FAMILIES):
        n = sum(row.family(family, families) for row in every)
        cells.append(Text(left + column * pitch + w / 2, y, f"{n:,}", "tk n", "middle"))
    cells.append(Text(338, y, f"{sum(row.total for row in every):,}", "rl n b", "end"))
    return Drawing(PHONE, int(y + 10), (_empty(empty, w), *shapes, *cells))


def _figure(rows: Sequence[Row], kinds: Sequence[EventTypeId], families: Families) -> Mapping[str, Any]:
    """One heat map a family, each in its color; a cell's number is its text, its depth the step."""
    words = [kind.capitalize() for kind in kinds]
    names = [inert(row.name) for row in rows]
    traces = []
    for family in FAMILIES:
        color = {"vc": "mc", "vx": "mx"}.get(family, family)
        grid = [[row.cells.get(kind, 0) if families[kind] == family else 0 for kind in kinds] for row in rows]
        if not any(map(any, grid)):
            continue
        traces.append(
            trace(
                "heatmap",
                name=NAMES[family],
                x=words,
                y=names,
                z=[[OPACITY[_step(n)] if n else None for n in line] for line in grid],
                text=[[f"{n:,}" if n else "" for n in line] for line in grid],
                texttemplate="%{text}",
                colorscale=[[0, "var(--bg)"], [1, f"var(--{color})"]],
                zmin=0,
                zmax=1,
                showscale=False,
                hoverongaps=False,
                xgap=2,
                ygap=2,
                hovertemplate="%{y}: %{text} %{x}<extra></extra>",
            )
        )
    return figure_json(
        traces,
        96 + 22 * len(rows) + 24,
        "var(--panel)",
        xaxis={**AXIS, "type": "category", "categoryorder": "array", "categoryarray": words, "side": "top",
               "showgrid": False, "showline": False, "range": [-0.5, len(words) - 0.5]},
        yaxis={**AXIS, "type": "category", "categoryorder": "array", "categoryarray": names, "showgrid": False,
               "showline": False, "range": [len(names) - 0.5, -0.5]},
    )  # fmt: skip
