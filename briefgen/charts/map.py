"""Where events are: marks on the outlines of countries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts import geometry, labels, phrases
from briefgen.charts.chart import AXIS, Chart, Key, Link, Table, figure_json, inert, make, trace
from briefgen.charts.drawing import PHONE, Circle, Drawing, Line, Path, Rect, Shape, Style, Text
from briefgen.charts.marks import CONFLICT, Families, Family, tally
from briefgen.model import Event, Frame, Outline, PlacePrecision

AREAS: frozenset[PlacePrecision] = frozenset({"district", "province", "country"})
"""Precisions whose mark is the center of an area, drawn hollow."""
WORDS: Mapping[str, str] = {
    "point": "exact spot", "town": "town", "district": "center of a district", "province": "center of a province",
    "country": "center of a country",
}  # fmt: skip
LABELS, LABELS_PHONE = 24, 8
SIDES: tuple[Family, ...] = ("mc", "mx", "st")
NAMES = {"mc": "More than half cooperation", "mx": "More than half conflict", "st": "Statements, or no such half"}
SMALLEST, LARGEST, LARGEST_PHONE = 4.5, 22.0, 15.0
"""Radius in pixels of a mark for one event, and of the largest."""
SIZE, BOLD = 12.5, 1.09
"""Of a place's label, and how much wider bold letters are."""
FINE, COARSE = 0.8, 1.2
"""Pixels by which outlines may be off, at a desk and on a phone or in the figure."""
BESIDE = 700
"""Pixels of width up to which a map may be nearly square."""
NEAR = 11.0
"""Pixels; marks of one kind that lie closer share one."""
SHARE = 0.8
"""Of the events, that a phone's map of the world must still show."""
SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Place:
    """A place with the events at it."""

    key: str
    """Links in the table lead to `place:<key>`."""
    name: str
    precision: PlacePrecision
    lat: float
    lon: float
    events: tuple[Event, ...]

    @property
    def hollow(self) -> bool:
        """Whether it is the center of an area and no spot."""
        return self.precision in AREAS

    @property
    def called(self) -> str:
        """Its name in a sentence; that of an area says that no part of it is meant."""
        return f"{phrases.the(self.name)} as a whole" if self.hollow else phrases.the(self.name)


@dataclass(frozen=True)
class Ground:
    """What lies under the marks."""

    outlines: Sequence[Outline]
    frame: Frame | None = None
    """None: as much as holds all places."""
    focus: frozenset[str] = frozenset()
    """Ids of the outlines that the map is about."""


@dataclass(frozen=True)
class _Mark:
    """One place, or several that share a mark."""

    x: float
    y: float
    places: tuple[Place, ...]
    side: Family
    n: int

    @property
    def hollow(self) -> bool:
        return self.places[0].hollow

    @property
    def name(self) -> str:
        more = len(self.places) - 1
        return f"{self.places[0].name} (+{more})" if more else self.places[0].name

    @property
    def title(self) -> str:
        names = ", ".join(f"{place.name} as a whole" if place.hollow else place.name for place in self.places)
        return f"{names}: {phrases.figure(self.n, 'event')}"


def on_map(
    places: Sequence[Place], total: int, ground: Ground, style: Style, width: int = 640, id: str = "map"
) -> Chart | None:
    """A map of `places`, out of `total` events that were looked through; None where none is on it."""
    ordered = sorted(places, key=lambda place: (-len(place.events), place.name, place.key))
    frame = ground.frame or (geometry.fit([(p.lon, p.lat) for p in ordered]) if ordered else None)
    if frame is None:
        return None
    wide = geometry.view(frame, width, 0.4, 0.58 if width > BESIDE else 0.78)
    shown = [place for place in ordered if wide.holds(place.lon, place.lat)]
    if not shown:
        return None
    phone, cut = _phone(frame, shown)
    marks = _marks(shown, wide, style.families)
    sides = [side for side in SIDES if any(mark.side == side for mark in marks)]
    legend = [Key(side, NAMES[side], "spot") for side in sides]
    if any(place.hollow for place in shown):
        legend.append(Key("st", "Hollow: center of a whole area", "area"))
    shared = " (+2): two more places so near that they share the mark." if any(len(m.places) > 1 for m in marks) else ""
    return make(
        id=id,
        finding=_finding(shown),
        deck=f"{phrases.capital(phrases.figure(_events(shown), 'event'))} by the place they name; the area of a mark "
        "is their number, of what is reported." + shared,
        source=_source(ordered, shown, total),
        legend=tuple(legend),
        table=_table(ordered, shown, style.families),
        wide=_draw(marks, wide, ground, FINE, LABELS),
        narrow=_draw(_marks(shown, phone, style.families), phone, ground, COARSE, LABELS_PHONE),
        cut=cut,
        figure=_figure(marks, wide, ground),
        style=style,
    )


def _events(places: Sequence[Place]) -> int:
    return len({event.id for place in places for event in place.events})


def side(events: Sequence[Event], families: Families) -> Family:
    """What more than half of the events are: `mc` cooperation, `mx` conflict; else `st`."""
    counts = tally(events, families)
    conflict = sum(counts[family] for family in CONFLICT)
    cooperation = counts["mc"] + counts["vc"]
    if 2 * conflict > len(events):
        return "mx"
    return "mc" if 2 * cooperation > len(events) else "st"


def _marks(places: Sequence[Place], on: geometry.View, families: Families) -> tuple[_Mark, ...]:
    """Marks on the paper, the largest first; `places` come in that order."""
    groups: list[tuple[float, float, list[Place]]] = []
    for place in places:
        if not on.holds(place.lon, place.lat):
            continue
        x, y = on.place(place.lon, place.lat)
        near = [g for g in groups if g[2][0].hollow == place.hollow and math.hypot(g[0] - x, g[1] - y) < NEAR]
        if near:
            near[0][2].append(place)
        else:
            groups.append((x, y, [place]))
    marks = []
    for x, y, group in groups:
        events = {event.id: event for place in group for event in place.events}
        marks.append(_Mark(x, y, tuple(group), side(list(events.values()), families), len(events)))
    return tuple(sorted(marks, key=lambda mark: (-mark.n, mark.name)))


def _phone(frame: Frame, places: Sequence[Place]) -> tuple[geometry.View, str]:
    """The view for a phone; of a wide map only the part about most events, and then a word on that."""
    every = geometry.view(frame, PHONE, 0.7, 1.1)
    if frame[2] - frame[0] <= geometry.WIDE:
        return every, ""
    lon, lat = _center([p.lon for p in places], places), _center([p.lat for p in places], places)
    by_distance = sorted(places, key=lambda p: (math.hypot(p.lon - lon, p.lat - lat), p.name))
    needed, kept = math.ceil(_events(places) * SHARE), 1
    while _events(by_distance[:kept]) < needed:
        kept += 1
    part = geometry.view(geometry.fit([(p.lon, p.lat) for p in by_distance[:kept]]), PHONE, 0.7, 1.1)
    there = _events([p for p in places if part.holds(p.lon, p.lat)])
    every_event = _events(places)
    return part, f"Phone view shows the part with {there:,} of {every_event:,} events." if there < every_event else ""


def _center(values: Sequence[float], places: Sequence[Place]) -> float:
    """The value in the middle, each counted as often as its place has events."""
    ordered = sorted(zip(values, (len(place.events) for place in places), strict=True))
    half, passed = sum(n for _, n in ordered) / 2, 0
    for value, n in ordered:
        passed += n
        if passed >= half:
            return value
    return 0.0


def _radii(marks: Sequence[_Mark], on: geometry.View) -> list[float]:
    """Area goes with the number; where the largest would be too large, all shrink alike."""
    largest = max((mark.n for mark in marks), default=1)
    limit = LARGEST_PHONE if on.width == PHONE else LARGEST
    one = min(SMALLEST, limit / math.sqrt(largest))
    return [max(2.5, one * math.sqrt(mark.n)) for mark in marks]


def _outline(mark: _Mark, r: float) -> Shape:
    """Circle, diamond or square of the same area."""
    css = f"p-{mark.side}{' area' if mark.hollow else ''}"
    if mark.side == "mc":
        return Circle(mark.x, mark.y, r, css, mark.title)
    half = r * math.sqrt(math.pi) / 2
    if mark.side == "st":
        return Rect(mark.x - half, mark.y - half, 2 * half, 2 * half, css, mark.title)
    h = half * math.sqrt(2)
    return Path(
        f"M{mark.x:.1f} {mark.y - h:.1f}l{h:.1f} {h:.1f}-{h:.1f} {h:.1f}-{h:.1f}-{h:.1f}z", css, title=mark.title
    )


def _draw(marks: Sequence[_Mark], on: geometry.View, ground: Ground, error: float, names: int) -> Drawing:
    shapes: list[Shape] = [Rect(0, 0, on.width, on.height, "sea")]
    land = [(outline, rings) for outline in ground.outlines if (rings := geometry.shape(outline, on, error))]
    for focus in (False, True):
        there = [ring for outline, own in land for ring in own if (outline.id in ground.focus) == focus]
        if there:
            shapes.append(Path(geometry.d(there), "land focus" if focus else "land"))
    radii = _radii(marks, on)
    shapes += [_outline(mark, r) for mark, r in zip(marks, radii, strict=True)]
    scale, room = _scale(on)
    taken = [*(labels.around(mark.x, mark.y, _reach(mark, r)) for mark, r in zip(marks, radii, strict=True)), room]
    texts = [phrases.fit(f"{mark.name} {mark.n:,}", on.width * 0.6, SIZE) for mark in marks[:names]]
    wanted = [
        labels.Wanted(mark.x, mark.y, _reach(mark, r), phrases.width(text, SIZE) * BOLD, SIZE)
        for mark, r, text in zip(marks, radii, texts, strict=False)
    ]
    named = set()
    for mark, label, text, spot in zip(
        marks, wanted, texts, labels.place(wanted, taken, on.width, on.height), strict=False
    ):
        if spot is None:
            continue
        named.add(mark.places[0].name)
        taken.append(spot.box)
        shapes += _leader(mark, label.r, spot)
        shapes.append(Text(spot.x, spot.y, text, "pl", spot.anchor))
    land = [item for item in land if item[0].name not in named]
    shapes += _countries(land, taken, on)
    return Drawing(on.width, on.height, (*shapes, *scale, Rect(0, 0, on.width, on.height, "frame")))


def _reach(mark: _Mark, r: float) -> float:
    """How far the mark goes to its sides: a diamond or square of the same area farther than a circle."""
    return r * {"mc": 1.0, "st": 0.89, "mx": 1.25}[mark.side]


def _leader(mark: _Mark, r: float, spot: labels.Spot) -> list[Shape]:
    """The line from a mark to its label, where that stands off."""
    x, y = spot.nearest(mark.x, mark.y)
    away = math.hypot(x - mark.x, y - mark.y)
    if away < r + labels.GAP + labels.FAR[1] / 2:
        return []
    share = r / away
    return [Line(mark.x + share * (x - mark.x), mark.y + share * (y - mark.y), x, y, "lead-line")]


def _countries(
    land: Sequence[tuple[Outline, tuple[geometry.Ring, ...]]], taken: Sequence[labels.Box], on: geometry.View
) -> list[Shape]:
    """Names of countries where they fit into the country and stand in nobody's way."""
    found: list[Shape] = []
    boxes = list(taken)
    by_size = sorted(land, key=lambda item: -max(abs(geometry.area(ring)) for ring in item[1]))
    for outline, rings in by_size:
        ring = max(rings, key=lambda r: abs(geometry.area(r)))
        x, y = geometry.middle(ring)
        text = outline.name.upper()
        half = phrases.width(text, 10.5) * 1.08 / 2
        box = (x - half, y - 9, x + half, y + 3)
        wide = max(px for px, _ in ring) - min(px for px, _ in ring)
        inside = box[0] > 3 and box[1] > 3 and box[2] < on.width - 3 and box[3] < on.height - 3
        if 2 * half < wide and inside and not any(labels.meets(box, other) for other in boxes):
            boxes.append(box)
            found.append(Text(x, y, text, "cn", "middle"))
    return found


def _scale(on: geometry.View) -> tuple[list[Shape], labels.Box]:
    """A bar of a round length in the lower right corner; on a map of the world no length holds everywhere."""
    pixel = on.scale / geometry.KILOMETERS
    length = max((n for n in SCALES if n * pixel <= on.width * 0.2), default=0)
    if not length or on.width / on.scale > geometry.WIDE / 2:
        return [], (on.width, on.height, on.width, on.height)
    right, y, w = on.width - 14.0, on.height - 12.0, length * pixel
    bar: list[Shape] = [Line(right - w, y, right, y, "scale"), Text(right, y - 6, f"{length:,} km", "tk", "end")]
    return bar, (right - w - 4, y - 18, on.width, on.height)


def _finding(places: Sequence[Place]) -> str:
    total = _events(places)
    first = places[0]
    most = len(first.events)
    leads = [place for place in places if len(place.events) == most]
    fine = _events([place for place in places if not place.hollow])
    if total == 1:
        return f"The one event on this map names {phrases.listed([p.called for p in places[:3]])}"
    if most == total:
        clause = f"{phrases.whole(total, 'event')} on this map name {first.called}"
    elif len(leads) > 1:
        times = "one event" if most == 1 else f"{phrases.number(most)} events"
        clause = (
            f"{phrases.figure(total, 'event')} at {phrases.counted(len(places), 'place')}, none with more than {times}"
        )
    else:
        clause = f"{most:,} of {total:,} events on this map name {first.called}"
    if first.hollow and most < total:
        verb = "names" if fine == 1 else "name"
        if fine == 0:
            clause += "; none names a town or a spot"
        else:
            clause += f"; {phrases.number(fine)} {verb} a town or a spot"
    return clause


def _source(ordered: Sequence[Place], shown: Sequence[Place], total: int) -> str:
    parts = ["Source: all reports. An event that names several places is drawn at each."]
    placed = _events(ordered)
    without = []
    if total > placed:
        without.append(f"{phrases.figure(total - placed, 'event')} without a place of known position")
    there = {place.key for place in shown}
    outside = [place for place in ordered if place.key not in there]
    if outside:
        named = [f"{place.name} {len(place.events):,}" for place in outside[:4]]
        more = len(outside) - len(named)
        rest = f", {phrases.number(more)} more" if more else ""
        without.append(f"{phrases.counted(len(outside), 'place')} outside the map ({', '.join(named)}{rest})")
    if without:
        parts.append(f"Not drawn: {phrases.listed(without)}.")
    parts.append("Borders: Natural Earth, which draws who holds a territory; see Method.")
    return " ".join(parts)


def _table(ordered: Sequence[Place], shown: Sequence[Place], families: Families) -> Table:
    there = {place.key for place in shown}
    rows = []
    for place in ordered:
        counts = tally(place.events, families)
        rows.append(
            (
                Link(place.name, f"place:{place.key}"),
                WORDS[place.precision],
                "yes" if place.key in there else "no",
                counts["mc"] + counts["vc"],
                counts["st"],
                counts["vx"] + counts["mx"],
                len(place.events),
            )
        )
    header = ("Place", "Position", "On the map", "Cooperation", "Statements", "Conflict", "Events")
    return Table("Events by place", header, tuple(rows))


def _figure(marks: Sequence[_Mark], on: geometry.View, ground: Ground) -> Mapping[str, Any]:
    """Outlines as filled polygons and marks as points, in the drawing's own pixels."""
    traces = []
    land = [(outline.id in ground.focus, geometry.shape(outline, on, COARSE)) for outline in ground.outlines]
    for focus in (False, True):
        xs: list[int | float | None] = []
        ys: list[int | float | None] = []
        for rings in (rings for mine, rings in land if mine == focus):
            for ring in rings:
                xs += [*(round(x) for x, _ in (*ring, ring[0])), None]
                ys += [*(round(y) for _, y in (*ring, ring[0])), None]
        if xs:
            traces.append(
                trace(
                    "scatter",
                    x=xs,
                    y=ys,
                    mode="lines",
                    fill="toself",
                    fillcolor="var(--focusland)" if focus else "var(--land)",
                    line={"color": "var(--landl)", "width": 0.8},
                    hoverinfo="skip",
                )
            )
    sized = list(zip(marks, _radii(marks, on), strict=True))
    for family in SIDES:
        for hollow in (False, True):
            own = [(mark, r) for mark, r in sized if mark.side == family and mark.hollow == hollow]
            if own:
                symbol = {"mc": "circle", "mx": "diamond", "st": "square"}[family]
                traces.append(
                    trace(
                        "scatter",
                        name=NAMES[family],
                        x=[round(mark.x, 1) for mark, _ in own],
                        y=[round(mark.y, 1) for mark, _ in own],
                        text=[inert(mark.title) for mark, _ in own],
                        mode="markers",
                        marker={
                            "symbol": f"{symbol}-open" if hollow else symbol,
                            "size": [round(2 * r, 1) for _, r in own],
                            "color": f"var(--{family})",
                            "opacity": 1 if hollow else 0.82,
                            "line": {"width": 2 if hollow else 0},
                        },
                        hovertemplate="%{text}<extra></extra>",
                    )
                )
    axis = {**AXIS, "fixedrange": False, "visible": False, "automargin": False}
    return figure_json(
        traces,
        on.height,
        "var(--sea)",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode="zoom",
        xaxis={**axis, "range": [0, on.width]},
        yaxis={**axis, "range": [on.height, 0], "scaleanchor": "x", "scaleratio": 1},
    )
