"""Swim lanes: day by day, who acts above the line and who is acted on below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Chart, Table, figure_json, inert, make, point_marker, trace
from briefgen.charts.drawing import PHONE, Drawing, Line, Mark, Rect, Shape, Style, Text
from briefgen.charts.marks import FAMILIES, HELD, Family, present, tally
from briefgen.charts.roles import Part, named, parts, sentence
from briefgen.model import Event

LANES, LANES_PHONE, LISTED = 10, 6, 200
DAYS = 3
"""Only events dated to so many days or less have a place on a day."""
BRIDGE = 2
"""Days without an event that do not end a window."""
CELL = 6
"""Marks on one side of a cell; of more the first three are drawn, the rest is a number."""


SIDES: tuple[tuple[Part, int, str], ...] = (("acts", -1, "acts"), ("acted_on", 1, "is acted on"))
"""Part, direction on the page, words."""


@dataclass(frozen=True)
class Dot:
    """One event as one actor's lane shows it."""

    family: Family
    held: bool
    what: str


@dataclass(frozen=True)
class Lane:
    """One actor, with the events of all days that are drawn somewhere."""

    name: str
    cells: Mapping[tuple[dt.date, Part], tuple[Dot, ...]]

    def count(self, part: Part, days: frozenset[dt.date]) -> int:
        """Its events of one part on `days`."""
        return sum(len(dots) for (day, own), dots in self.cells.items() if own == part and day in days)


Window = tuple[dt.date, ...]
"""Consecutive days."""


@dataclass(frozen=True)
class _Frame:
    width: int
    left: float
    lanes: int
    head: int
    lane: int
    label: float
    """Pixels above the line at which the name stands; 0: in the column at the left."""


def _short(event: Event) -> dt.date | None:
    start = event.date.start
    if start is None or ((event.date.end or start) - start).days >= DAYS:
        return None
    return start


def collect(events: Sequence[Event], names: Mapping[str, str], style: Style) -> tuple[Lane, ...]:
    """Lanes of the events with a day, by number of events, then by name."""
    cells: dict[str, dict[tuple[dt.date, Part], list[Dot]]] = {}
    for event in events:
        day = _short(event)
        if day is None:
            continue
        dot = Dot(style.families[event.type], event.certainty in HELD, event.type.capitalize())
        for actor, part in parts(event).items():
            cells.setdefault(actor, {}).setdefault((day, part), []).append(dot)
    known = named(events, names)
    lanes = [
        Lane(known[actor], {key: tuple(sorted(dots, key=_order)) for key, dots in own.items()})
        for actor, own in cells.items()
    ]
    return tuple(sorted(lanes, key=lambda lane: (-sum(map(len, lane.cells.values())), lane.name)))


def _order(dot: Dot) -> tuple[int, str, bool]:
    return (FAMILIES.index(dot.family), dot.what, dot.held)


def windows(days: Sequence[dt.date], room: int) -> tuple[Window, ...]:
    """The latest `room` days as runs without a larger hole, the earliest first; a run of one counts for two."""
    runs: list[list[dt.date]] = []
    for day in sorted(set(days)):
        if runs and (day - runs[-1][-1]).days <= BRIDGE + 1:
            last = runs[-1][-1]
            runs[-1].extend(last + dt.timedelta(n) for n in range(1, (day - last).days + 1))
        else:
            runs.append([day])
    kept: list[Window] = []
    left = room
    for run in reversed(runs):
        if left < 2:
            break
        kept.append(tuple(run[-left:]))
        left -= max(2, len(run))
    return tuple(reversed(kept))


def lanes(events: Sequence[Event], names: Mapping[str, str], style: Style, width: int = 950) -> Chart | None:
    """The ten most named actors on the latest days; None where no event has both a day and an actor."""
    rows = collect(events, names, style)
    if not rows:
        return None
    days = [day for lane in rows for day, _ in lane.cells]
    seen = windows(days, max(4, int((width - 176) // 36)))
    shown = frozenset(day for window in seen for day in window)
    ranked = _ranked(rows, shown)
    phone = windows(days, 8)
    phone_days = frozenset(day for window in phone for day in window)
    phone_rows = _ranked(rows, phone_days)
    drawn = [event for event in events if _short(event) in shown and event.actors]
    wide = _Frame(width, 172, LANES, 50, 50, 0)
    narrow = _Frame(PHONE, 4, LANES_PHONE, 50, 68, 24)
    return make(
        id="lanes",
        finding=_finding(ranked, shown),
        deck=(
            "One mark is one event on one day. Above the line the actor acts or takes part, below it is acted on."
            " Faded marks are claimed, unconfirmed or denied."
        ),
        source=_source(events, len(drawn), len(ranked)),
        families=present(tally(drawn, style.families)),
        table=Table(
            "Actors by role, on the days drawn",
            ("Actor", "Acts or takes part", "Is acted on"),
            tuple((lane.name, lane.count("acts", shown), lane.count("acted_on", shown)) for lane in ranked[:LISTED]),
        ),
        wide=_draw(ranked[:LANES], seen, wide),
        narrow=_draw(phone_rows[:LANES_PHONE], phone, narrow),
        cut=_cut(phone, seen, len(ranked)),
        figure=_figure(ranked[:LANES], seen),
        style=style,
    )


def _ranked(rows: Sequence[Lane], days: frozenset[dt.date]) -> tuple[Lane, ...]:
    counts = [(lane, lane.count("acts", days) + lane.count("acted_on", days)) for lane in rows]
    return tuple(lane for lane, n in sorted(counts, key=lambda item: (-item[1], item[0].name)) if n)


def _finding(rows: Sequence[Lane], days: frozenset[dt.date]) -> str:
    return "; ".join(sentence(row.name, row.count("acts", days), row.count("acted_on", days)) for row in rows[:2])


def _source(events: Sequence[Event], drawn: int, actors: int) -> str:
    long = sum(_short(event) is None for event in events)
    parts = [f"Source: {drawn:,} of {phrases.figure(len(events), 'event')}."]
    left = []
    if long:
        left.append(f"{long:,} without a day or dated to more than three")
    older = len(events) - long - drawn
    if older:
        left.append(f"{older:,} of earlier days or without an actor")
    if left:
        parts.append(f"Not drawn: {phrases.listed(left)}.")
    if actors > LANES:
        parts.append(f"The {phrases.number(LANES)} most named of {actors:,} actors.")
    parts.append("The windows are the days that the reports tell of; the time between them is cut out, not calm.")
    return " ".join(parts)


def _cut(phone: Sequence[Window], wide: Sequence[Window], actors: int) -> str:
    parts = []
    if sum(map(len, phone)) < sum(map(len, wide)):
        parts.append(f"starts on {phrases.day(phone[0][0])}")
    if actors > LANES_PHONE:
        parts.append(f"has {phrases.number(LANES_PHONE)} actors")
    return f"Phone view {phrases.listed(parts)}." if parts else ""


def _months(window: Window) -> str:
    first, last = window[0], window[-1]
    if (first.year, first.month) == (last.year, last.month):
        return phrases.short_month(first.year * 12 + first.month - 1)
    start = phrases.MONTHS[first.month - 1] + (f" {first.year}" if first.year != last.year else "")
    return f"{start}–{phrases.short_month(last.year * 12 + last.month - 1)}"


def _draw(rows: Sequence[Lane], seen: Sequence[Window], frame: _Frame) -> Drawing:
    height = frame.head + frame.lane * len(rows) + 4
    units = sum(max(2, len(window)) for window in seen)
    gap = 16 if frame.width > 400 else 8
    pitch = min(90.0, (frame.width - 6 - frame.left - gap * (len(seen) - 1)) / units)
    ground: list[Shape] = []
    marks: list[Shape] = []
    x = frame.left
    for window in seen:
        w = pitch * max(2, len(window))
        column = w / len(window)
        ground.append(Rect(x, 30, w, height - 34, "pan"))
        label = phrases.fit(_months(window), w + gap - 2, 11.5)
        ground.append(Text(x, 20, label, "tk b", full=_months(window) if label != _months(window) else ""))
        for place, day in enumerate(window):
            middle = x + (place + 0.5) * column
            ground.append(Text(middle, 43, str(day.day), "tk n", "middle"))
            if place:
                ground.append(Line(x + place * column, 48, x + place * column, height - 4, "gr"))
            for number, row in enumerate(rows):
                marks.extend(_marks(row, day, middle, _line(frame, number)))
        for number in range(len(rows)):
            ground.append(Line(x, _line(frame, number), x + w, _line(frame, number), "lane"))
        x += w + gap
    labels: list[Shape] = []
    for number, row in enumerate(rows):
        y = _line(frame, number)
        if frame.label:
            room = frame.width - 8
            labels.append(Text(4, y - frame.label - 4, phrases.fit(row.name, room, 12.5), "rl halo", full=row.name))
        else:
            lines = phrases.wrap(row.name, frame.left - 8, 12.5, 2)
            top = y + 4 - 7 * (len(lines) - 1)
            labels.extend(Text(0, top + 14 * place, line, "rl", full=row.name) for place, line in enumerate(lines))
    return Drawing(frame.width, height, (*ground, *marks, *labels))


def _line(frame: _Frame, number: int) -> float:
    return frame.head + frame.lane * number + frame.lane - 25


def _marks(row: Lane, day: dt.date, middle: float, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    for part, way, words in SIDES:
        dots = row.cells.get((day, part), ())
        kept = dots if len(dots) <= CELL else dots[:3]
        for (across, line), dot in zip(_places(len(kept)), kept, strict=True):
            title = f"{phrases.day(day)}: {dot.what}, {row.name} {words}"
            shapes.append(Mark(middle + 10 * across, y + way * (7 + 10 * line), dot.family, dot.held, title))
        if len(kept) < len(dots):
            shapes.append(Text(middle, y + way * 17 + 4, f"+{len(dots) - len(kept)}", "tk n halo", "middle"))
    return shapes


def _places(count: int) -> tuple[tuple[float, int], ...]:
    """Steps aside and steps away from the line of each of `count` marks, at most three in a row."""
    across = 2 if count == 4 else max(1, min(3, count))
    places = []
    for place in range(count):
        line, column = divmod(place, across)
        inside = min(across, count - line * across)
        places.append((column - (inside - 1) / 2, line))
    return tuple(places)


def _figure(rows: Sequence[Lane], seen: Sequence[Window]) -> Mapping[str, Any]:
    """The same marks; hovering names them. One trace a family and certainty."""
    days = [day for window in seen for day in window]
    labels = [phrases.day(day) for day in days]
    spots: dict[tuple[Family, bool], list[tuple[float, float, str]]] = {}
    for number, row in enumerate(rows):
        for column, day in enumerate(days):
            for part, way, words in SIDES:
                kept = row.cells.get((day, part), ())[:CELL]
                for (across, line), dot in zip(_places(len(kept)), kept, strict=True):
                    x, y = column + 0.2 * across, number + way * (0.14 + 0.17 * line)
                    what = f"{phrases.day(day)}: {dot.what}, {inert(row.name)} {words}"
                    spots.setdefault((dot.family, dot.held), []).append((x, y, what))
    traces = [
        trace(
            "scatter",
            mode="markers",
            x=[x for x, _, _ in own],
            y=[y for _, y, _ in own],
            customdata=[what for _, _, what in own],
            marker={**point_marker(family), "opacity": 0.5 if held else 1},
            hovertemplate="%{customdata}<extra></extra>",
        )
        for (family, held), own in sorted(spots.items(), key=lambda item: (FAMILIES.index(item[0][0]), item[0][1]))
    ]
    return figure_json(
        traces,
        60 + 54 * len(rows),
        xaxis={**AXIS, "tickvals": list(range(len(labels))), "ticktext": labels, "side": "top",
               "range": [-0.5, len(labels) - 0.5], "showline": False},
        yaxis={**AXIS, "range": [len(rows) - 0.5, -0.5], "tickvals": list(range(len(rows))),
               "ticktext": [inert(phrases.fit(row.name, 180, 12)) for row in rows], "gridcolor": "var(--rule2)",
               "showline": False},
    )  # fmt: skip
