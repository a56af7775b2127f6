"""Events over time, a lane for each theater."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Chart, Table, figure_json, inert, make, trace
from briefgen.charts.drawing import PHONE, Drawing, Line, Rect, Shape, Style, Text
from briefgen.charts.marks import FAMILIES, NAMES, Family, present
from briefgen.model import Event, Report

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: Mapping[Unit, int] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days over which an event may stretch and still have a place in one slot, the finest unit first."""
SLOTS, SLOTS_PHONE = 62, 24
LANES = 24
LEAD = 366
"""Days before the first report that are drawn; what a report tells of older times is background."""
NOWHERE = "No theater named"
Days = tuple[dt.date, dt.date]
"""The first and the last of some days."""


@dataclass(frozen=True)
class Slot:
    """A day, or a run of days that begins with `start`."""

    start: dt.date
    unit: Unit

    @property
    def after(self) -> dt.date:
        """The first day of the next slot."""
        start = self.start
        if self.unit in ("day", "week"):
            return start + dt.timedelta(UNITS[self.unit])
        month = start.year * 12 + start.month - 1 + {"month": 1, "quarter": 3, "year": 12}[self.unit]
        return dt.date(month // 12, month % 12 + 1, 1)

    @property
    def name(self) -> str:
        """As a sentence has it."""
        start = self.start
        if self.unit == "day":
            return phrases.day(start)
        if self.unit == "week":
            return f"week of {phrases.day(start)}"
        index = start.year * 12 + start.month - 1
        return {"month": phrases.short_month(index), "quarter": f"Q{index % 12 // 3 + 1} {start.year}"}.get(
            self.unit, str(start.year)
        )

    @property
    def label(self) -> str:
        """As an axis has it."""
        start = self.start
        return f"{start.day} {phrases.MONTHS[start.month - 1]}" if self.unit in ("day", "week") else self.name


Cells = Mapping[tuple[int, Family], int]
"""(number of the slot, family) -> events."""


@dataclass(frozen=True)
class Lane:
    """A theater and its events, by slot and family."""

    name: str
    cells: Cells

    @property
    def total(self) -> int:
        """All its events that are drawn."""
        return sum(self.cells.values())


def slot(day: dt.date, unit: Unit) -> Slot:
    """The slot that the day lies in; weeks begin on Monday."""
    if unit == "week":
        return Slot(day - dt.timedelta(day.weekday()), unit)
    month = {"day": day.month, "month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}[unit]
    return Slot(dt.date(day.year, month, day.day if unit == "day" else 1), unit)


def slots(days: Days, most: int) -> tuple[Slot, ...]:
    """At most so many slots over all the days, without a hole, of the finest unit for that; years may be more."""
    for unit in UNITS:
        if (days[1] - days[0]).days > UNITS[unit] * most:
            continue
        found = [slot(days[0], unit)]
        while found[-1].after <= days[1]:
            found.append(Slot(found[-1].after, unit))
        if len(found) <= most:
            return tuple(found)
    first, last = days[0].year, days[1].year
    return tuple(Slot(dt.date(year, 1, 1), "year") for year in range(first, last + 1))


def read(reports: Sequence[Report]) -> tuple[Days, ...]:
    """The runs of days that reports cover, in order, without overlap."""
    spans = [(r.period.start, r.period.end) for r in reports if r.period]
    spans += [(r.published, r.published) for r in reports if r.published]
    runs: list[Days] = []
    for start, end in sorted(spans):
        if runs and (start - runs[-1][1]).days <= 1:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return tuple(runs)


def span(events: Sequence[Event], covered: Sequence[Days]) -> Days | None:
    """The days to draw: from the first event that is no background to the last day of all; None without a date."""
    dated = [event.date.start for event in events if event.date.start]
    if not dated:
        return None
    bound = covered[0][0] - dt.timedelta(LEAD) if covered else min(dated)
    inside = [day for day in dated if day >= bound] or dated
    return min(inside), max(*inside, *(end for _, end in covered)) if covered else max(inside)


def place(events: Sequence[Event], seen: Sequence[Slot], theaters: Mapping[str, str], style: Style) -> list[Lane]:
    """Lanes by number of events, then by name; an event stands in the lane of each of its theaters."""
    number = {one.start: n for n, one in enumerate(seen)}
    unit = seen[0].unit
    cells: dict[str, Counter[tuple[int, Family]]] = {}
    for event in events:
        start = event.date.start
        if start is None or length(event) > UNITS[unit]:
            continue
        at = number.get(slot(start, unit).start)
        if at is None:
            continue
        for theater in event.theaters or ("",):
            cells.setdefault(theater, Counter())[at, style.families[event.type]] += 1
    lanes = [Lane(theaters.get(id_, id_) if id_ else NOWHERE, own) for id_, own in cells.items()]
    return sorted(lanes, key=lambda lane: (-lane.total, lane.name))


def length(event: Event) -> int:
    """Days over which the event is dated; 0 without a date."""
    start = event.date.start
    return ((event.date.end or start) - start).days + 1 if start else 0


def timeline(
    events: Sequence[Event], reports: Sequence[Report], theaters: Mapping[str, str], style: Style, width: int = 1180
) -> Chart | None:
    """A lane a theater, stacked bars by family over days, weeks, months, quarters or years; None without a date."""
    covered = read(reports)
    days = span(events, covered)
    if days is None:
        return None
    seen, few = slots(days, SLOTS), slots(days, SLOTS_PHONE)
    lanes = place(events, seen, theaters, style)
    if not lanes:
        return None
    unit, few_unit = seen[0].unit, few[0].unit
    drawn = [e for e in events if e.date.start and e.date.start >= seen[0].start and length(e) <= UNITS[unit]]
    counts = Counter(style.families[event.type] for event in drawn)
    return make(
        id="timeline",
        finding=_finding(lanes, seen, len(drawn)),
        deck=f"Events reported by {unit} of occurrence, {_between(seen)}, a lane for each theater, by family. "
        "All lanes have one scale." + (" Gray line: no report read covers that time." if _gaps(seen, covered) else ""),
        source=_source(events, reports, drawn, len(lanes), seen),
        families=present({family: counts[family] for family in FAMILIES}),
        table=Table(
            f"Events by {unit}",
            (unit.capitalize(), *(NAMES[family] for family in FAMILIES), "All"),
            tuple(
                (one.name, *(own := _tally(drawn, one, style)).values(), sum(own.values())) for one in reversed(seen)
            ),
        ),
        wide=_draw(lanes[:LANES], seen, covered, width),
        narrow=_draw(place(events, few, theaters, style)[:LANES], few, covered, PHONE),
        cut="" if unit == few_unit else f"Phone view shows {few_unit}s; the table has {unit}s.",
        figure=_figure(lanes[:LANES], seen),
        style=style,
    )


def _tally(drawn: Sequence[Event], one: Slot, style: Style) -> dict[Family, int]:
    own = Counter(style.families[e.type] for e in drawn if e.date.start and one.start <= e.date.start < one.after)
    return {family: own[family] for family in FAMILIES}


def _between(seen: Sequence[Slot]) -> str:
    return seen[0].name if len(seen) == 1 else f"{seen[0].name} to {seen[-1].name}"


def _finding(lanes: Sequence[Lane], seen: Sequence[Slot], total: int) -> str:
    lead = lanes[0]
    top = [lane for lane in lanes if lane.total == lead.total]
    if len(lanes) == 1:
        return f"{phrases.whole(total, 'event')} {'is' if total == 1 else 'are'} in one lane, {lead.name}"
    if len(top) > 1:
        return f"{phrases.capital(phrases.counted(len(lanes), 'lane'))}, none ahead of the others, {_between(seen)}"
    by_slot: Counter[int] = Counter()
    for (at, _), n in lead.cells.items():
        by_slot[at] += n
    most = max(by_slot.values())
    peaks = [at for at, n in by_slot.items() if n == most]
    peak = f", most in {seen[peaks[0]].name} ({most:,})" if len(peaks) == 1 and len(by_slot) > 1 else ""
    return f"{lead.name} has the most events, {lead.total:,} of {total:,}{peak}"


def _source(
    events: Sequence[Event], reports: Sequence[Report], drawn: Sequence[Event], lanes: int, seen: Sequence[Slot]
) -> str:
    unit = seen[0].unit
    undated = sum(event.date.start is None for event in events)
    long = sum(length(event) > UNITS[unit] for event in events)
    left = [
        f"{n:,} {what}"
        for n, what in (
            (undated, "without a date"),
            (long, f"dated only to more than a {unit}"),
            (len(events) - len(drawn) - undated - long, f"before {seen[0].name}"),
        )
        if n
    ]
    parts = [f"Source: {phrases.figure(len(reports), 'report')}, {phrases.figure(len(events), 'event')}."]
    parts += [f"Not drawn: {phrases.listed(left)}."] if left else []
    parts.append("An event that touches several theaters stands in the lane of each.")
    if lanes > LANES:
        parts.append(f"The {LANES} theaters with most events of {lanes}.")
    return " ".join(parts)


def _gaps(seen: Sequence[Slot], covered: Sequence[Days]) -> list[tuple[int, int]]:
    """Runs of slots, first and last, that no report covers; none where no report has a day."""
    if not covered:
        return []
    runs: list[tuple[int, int]] = []
    for n, one in enumerate(seen):
        if any(start < one.after and end >= one.start for start, end in covered):
            continue
        runs = [*runs[:-1], (runs[-1][0], n)] if runs and runs[-1][1] == n - 1 else [*runs, (n, n)]
    return runs


def _draw(lanes: Sequence[Lane], seen: Sequence[Slot], covered: Sequence[Days], width: int) -> Drawing:
    phone = width == PHONE
    left, high, top = (4.0, 46.0, 24.0) if phone else (250.0, 24.0, 24.0)
    room = high - (22 if phone else 5)
    pitch = min((width - 8 - left) / len(seen), 60.0)
    bar = max(pitch * 0.76, 1.0)
    sums = [Counter[int]() for _ in lanes]
    for lane, own in zip(lanes, sums, strict=True):
        for (at, _), n in lane.cells.items():
            own[at] += n
    scale = room / max(max(own.values()) for own in sums)
    end = left + pitch * len(seen)
    shapes: list[Shape] = _axis(seen, left, pitch, top, width)
    for n, lane in enumerate(lanes):
        base = top + high * (n + 1)
        shapes.append(Line(left, base, end, base, "lane"))
        if phone:
            shapes.append(Text(left, base - high + 14, phrases.fit(lane.name, 250, 12.5), "rl halo", full=lane.name))
        else:
            shapes.append(Text(left - 50, base - 4, phrases.fit(lane.name, left - 54, 12.5), "rl", "end", lane.name))
        x = end if phone else left - 8
        shapes.append(Text(x, base - (high - 14 if phone else 4), f"{lane.total:,}", "tk n", "end"))
        for at in sorted(sums[n]):
            y = base
            for family in FAMILIES:
                if many := lane.cells.get((at, family)):
                    title = f"{lane.name}, {seen[at].name}: {many:,} {NAMES[family].lower()}"
                    drop = max(many * scale, 1.2)
                    y -= drop
                    shapes.append(Rect(left + at * pitch + (pitch - bar) / 2, y, bar, drop, f"b-{family}", title))
    foot = top + high * len(lanes) + 14
    for first, last in _gaps(seen, covered):
        shapes.append(Line(left + first * pitch, foot, left + (last + 1) * pitch, foot, "nocov"))
    return Drawing(width, int(foot + 8), tuple(shapes))


def _axis(seen: Sequence[Slot], left: float, pitch: float, top: float, width: int) -> list[Shape]:
    """Labels of slots, as many as have room, each over the left end of its slot; years where they begin."""
    shapes: list[Shape] = []
    free, year = 0.0, 0
    for n, one in enumerate(seen):
        x = left + n * pitch
        text = one.label if one.unit not in ("day", "week") or one.start.year == year else phrases.day(one.start)
        if x < free or x + phrases.width(text, 11.5) + 3 > width:
            continue
        shapes += [Line(x, top - 6, x, top, "tkl"), Text(x + 3, top - 8, text, "tk")]
        free, year = x + phrases.width(text, 11.5) + 14, one.start.year
    return shapes


def _figure(lanes: Sequence[Lane], seen: Sequence[Slot]) -> Mapping[str, Any]:
    """The same numbers as a heat map; its cells say how many of each family."""
    totals = [[sum(lane.cells.get((at, f), 0) for f in FAMILIES) for at in range(len(seen))] for lane in lanes]
    names = [inert(lane.name) for lane in lanes]
    heat = trace(
        "heatmap",
        x=[one.name for one in seen],
        y=names,
        z=[[n or None for n in row] for row in totals],
        colorscale=[[0, "var(--vct)"], [1, "var(--mc)"]],
        showscale=False,
        hoverongaps=False,
        xgap=1,
        ygap=3,
        hovertemplate="%{y}, %{x}: %{z}<extra></extra>",
    )
    return figure_json(
        [heat],
        60 + 30 * len(lanes),
        "var(--panel)",
        xaxis={**AXIS, "type": "category", "side": "top", "showgrid": False, "showline": False, "nticks": 12},
        yaxis={**AXIS, "type": "category", "categoryorder": "array", "categoryarray": names, "showgrid": False,
               "showline": False, "range": [len(names) - 0.5, -0.5]},
    )  # fmt: skip
