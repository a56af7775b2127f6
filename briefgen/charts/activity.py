"""Events by month and family, with the reports that were read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.charts import phrases
from briefgen.charts.chart import AXIS, Chart, Table, bar_marker, figure_json, make, trace
from briefgen.charts.drawing import PHONE, Drawing, Line, Path, Rect, Shape, Style, Text, ticks
from briefgen.charts.marks import FAMILIES, NAMES, Tally, present, tally
from briefgen.model import Event, Report

MONTHLY = 36
"""Up to so many months are drawn by month, more by quarter, and more than four times so many by year."""
LEAD = 11
"""Months before the first report that are drawn; what a report tells of older times is background."""
SLOTS_PHONE = 16
"""Bars on a phone."""
UNITS = {1: "month", 3: "quarter", 12: "year"}
LONGEST = {1: 31, 3: 92, 12: 366}
"""Days over which an event may stretch and still have a place in its first slot."""


@dataclass(frozen=True)
class Slot:
    """One bar: a month, quarter or year."""

    index: int
    label: str
    name: str
    """The label in full, for a sentence."""
    counts: Tally
    printed: int
    """Reports of that time whose date is printed or known."""
    inferred: int
    """Reports placed there by inference."""
    read: bool
    """Whether a report covers any day of it."""

    @property
    def total(self) -> int:
        """All events."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Activity:
    """The slots without a hole between them, and what has no place in them."""

    unit: int
    slots: tuple[Slot, ...]
    undated: int
    long: int
    earlier: int
    reports: int
    homeless: int
    """Reports without any date."""


@dataclass(frozen=True)
class _Read:
    """When a report is from, and from when it tells."""

    at: int
    first: int
    last: int
    inferred: bool


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _days(event: Event) -> int:
    start = event.date.start
    return ((event.date.end or start) - start).days + 1 if start else 0


def _read(report: Report) -> _Read | None:
    dated = [citation.date for citation in report.citations if citation.date]
    at = report.published or (report.period.end if report.period else max(dated, default=None))
    if at is None:
        return None
    first, last = (report.period.start, report.period.end) if report.period else (at, at)
    inferred = report.published_basis == "inferred" or (report.published is None and report.period is None)
    return _Read(_month(at), _month(first), max(_month(last), _month(at)), inferred)


def _unit(months: int) -> int:
    return 1 if months <= MONTHLY else 3 if months <= 4 * MONTHLY else 12


def _slot(index: int, unit: int, counts: Tally, printed: int, inferred: int, read: bool) -> Slot:
    if unit == 1:
        label, name = phrases.short_month(index), phrases.month(index)
    else:
        label = name = f"Q{index % 4 + 1} {index // 4}" if unit == 3 else str(index)
    return Slot(index, label, name, counts, printed, inferred, read)


def collect(events: Sequence[Event], reports: Sequence[Report], style: Style) -> Activity | None:
    """Events and reports in their slots; None where no event has a place on the axis."""
    reads = [read for read in map(_read, reports) if read]
    dated = [(event, event.date.start) for event in events if event.date.start is not None]
    if not dated:
        return None
    months = [_month(start) for event, start in dated if _days(event) <= LONGEST[1]] or [_month(dated[0][1])]
    last = max([*months, *(read.last for read in reads)])
    covered = min((read.first for read in reads), default=min(months))
    lead = min(LEAD, max(0, MONTHLY - (last - covered + 1)))
    bound = covered - lead
    first = min([covered, *(month for month in months if month >= bound)])
    unit = _unit(last - first + 1)
    first -= first % unit
    placed: dict[int, list[Event]] = {}
    long = earlier = 0
    for event, start in dated:
        if _days(event) > LONGEST[unit]:
            long += 1
        elif _month(start) < first:
            earlier += 1
        else:
            placed.setdefault(_month(start) // unit, []).append(event)
    if not placed:
        return None
    printed = Counter(read.at // unit for read in reads if not read.inferred)
    inferred = Counter(read.at // unit for read in reads if read.inferred)
    told = {index for read in reads for index in range(read.first // unit, read.last // unit + 1)}
    slots = tuple(
        _slot(
            index,
            unit,
            tally(placed.get(index, ()), style.families),
            printed[index],
            inferred[index],
            index in told,
        )
        for index in range(first // unit, last // unit + 1)
    )
    return Activity(unit, slots, len(events) - len(dated), long, earlier, len(reports), len(reports) - len(reads))


def activity(events: Sequence[Event], reports: Sequence[Report], style: Style, width: int = 1180) -> Chart | None:
    """Stacked bars by month, or by quarter or year where they span more than 36 months.

    `events` are drawn as given; `reports` are those that were read for them. None
    where no event has a date.
    """
    data = collect(events, reports, style)
    if data is None:
        return None
    slots = data.slots
    phone = slots[-SLOTS_PHONE:]
    total = sum((tally(events, style.families)[family] for family in FAMILIES), 0)
    return make(
        id="activity",
        finding=_finding(data),
        deck=_deck(data),
        source=_source(data, total),
        families=present(_sum(slots)),
        table=Table(
            f"Events by {UNITS[data.unit]}",
            (UNITS[data.unit].capitalize(), *(NAMES[family] for family in FAMILIES), "All", "Reports"),
            tuple(
                (
                    slot.label,
                    *(slot.counts[family] for family in FAMILIES),
                    slot.total,
                    (slot.printed + slot.inferred) or (0 if slot.read or not data.reports else "none read"),
                )
                for slot in slots
            ),
        ),
        wide=_draw(slots, data, width, 270, 50),
        narrow=_draw(phone, data, PHONE, 236, 28),
        cut=f"Phone view starts in {phone[0].name}; the table has all." if len(phone) < len(slots) else "",
        figure=_figure(slots),
        style=style,
    )


def _sum(slots: Sequence[Slot]) -> Tally:
    return {family: sum(slot.counts[family] for slot in slots) for family in FAMILIES}


def _finding(data: Activity) -> str:
    full = sorted((slot for slot in data.slots if slot.total), key=lambda slot: (-slot.total, slot.index))
    total = sum(slot.total for slot in full)
    unread = sum(not slot.read for slot in data.slots)
    span, unit = len(data.slots), UNITS[data.unit]
    if len(full) == 1:
        lead = f"{phrases.whole(total, 'event')} {'falls' if total == 1 else 'fall'}"
        lead = f"{lead} in {full[0].name}"
    else:
        top, held = 0, 0
        while held < 0.8 * total:
            held += full[top].total
            top += 1
        most = [slot.name for slot in full if slot.total == full[0].total]
        if 4 * top <= span and top < len(full):
            who = f"{full[0].name} holds" if top == 1 else f"{phrases.capital(phrases.counted(top, unit))} hold"
            lead = f"{who} {held:,} of {total:,} events"
        elif len(most) == 1:
            lead = f"{most[0]} has the most events, {full[0].total:,} of {total:,}"
        elif len(most) <= 3:
            lead = f"{phrases.listed(most)} have the most events, {full[0].total:,} each of {total:,}"
        else:
            most_in_one = phrases.number(full[0].total)
            lead = f"{total:,} events in {phrases.counted(len(full), unit)}, at most {most_in_one} in one"
    if data.reports and 2 * unread > span:
        return f"{lead}; no report read covers {unread:,} of the {span:,} {unit}s"
    return lead


def _deck(data: Activity) -> str:
    first, last = data.slots[0].name, data.slots[-1].name
    span = f"in {first}" if first == last else f"{first} to {last}"
    deck = f"Events reported by {UNITS[data.unit]} of occurrence, {span}, by family."
    if not data.reports:
        return deck
    rest = " Gray line: no report read covers that time." if any(not slot.read for slot in data.slots) else ""
    return f"{deck} Triangles: number of reports published.{rest}"


def _source(data: Activity, total: int) -> str:
    left = [
        f"{n:,} {what}"
        for n, what in (
            (data.undated, "without a date"),
            (data.long, f"dated only to more than a {UNITS[data.unit]}"),
            (data.earlier, f"before {data.slots[0].name}"),
        )
        if n
    ]
    parts = [f"Source: {phrases.figure(data.reports, 'report')}, {phrases.figure(total, 'event')}."]
    if left:
        parts.append(f"Not drawn: {phrases.listed(left)}.")
    if any(slot.inferred for slot in data.slots):
        parts.append("Hollow triangle: the report’s date is inferred or that of its newest citation.")
    if data.homeless:
        parts.append(f"{phrases.capital(phrases.counted(data.homeless, 'report'))} without any date not marked.")
    if data.reports and any(not slot.read for slot in data.slots):
        parts.append("Where no report was read, an empty place means that nothing was read, not that nothing happened.")
    return " ".join(parts)


def _draw(slots: Sequence[Slot], data: Activity, width: int, height: int, left: int) -> Drawing:
    base, top, right = height - 46, 34, width - 8
    steps = ticks(max(slot.total for slot in slots))
    pitch = (right - left) / len(slots)
    bar = min(0.72 * pitch, 46)
    unit = (base - top) / steps[-1]
    shapes: list[Shape] = [Text(0, 11, f"Events reported a {UNITS[data.unit]}", "tk")]
    for step in steps:
        y = base - step * unit
        shapes.append(Line(left, y, right, y, "gr" if step else "ax"))
        shapes.append(Text(left - 6, y + 3.5, f"{step:,}", "tk n", "end"))
    shapes.extend(_axis(slots, data.unit, left, pitch, base))
    labels: list[Shape] = []
    highest = max(slot.total for slot in slots)
    for place, slot in enumerate(slots):
        x, y = left + place * pitch + (pitch - bar) / 2, base
        for family in FAMILIES:
            n = slot.counts[family]
            if n:
                y -= n * unit
                title = f"{slot.label}: {n:,} {NAMES[family].lower()}"
                shapes.append(Rect(x, y, bar, max(n * unit - 0.8, 0.6), f"b-{family}", title))
        roomy = phrases.width(f"{slot.total:,}", 11.5) <= pitch
        if slot.total and (slot.total == highest or (roomy and slot.total >= 0.3 * highest)):
            labels.append(Text(x + bar / 2, y - 5, f"{slot.total:,}", "lb n halo", "middle"))
    reading = _reading(slots, left, pitch, base, width) if data.reports else []
    return Drawing(width, height, (*shapes, *labels, *reading))


def _axis(slots: Sequence[Slot], unit: int, left: float, pitch: float, base: float) -> list[Shape]:
    """Every slot's label where there is room; else the years, and the first slot where it begins none."""
    y = base + 16
    if pitch >= max(phrases.width(slot.label, 11.5) for slot in slots) + 8:
        return [Text(left + (place + 0.5) * pitch, y, slot.label, "tk", "middle") for place, slot in enumerate(slots)]
    years = [(place, slot.index * unit // 12) for place, slot in enumerate(slots) if slot.index * unit % 12 == 0]
    shapes: list[Shape] = []
    free = left - 1.0
    if not years or years[0][0] * pitch > phrases.width(slots[0].label, 11.5) + 8:
        years = [(0, -1), *years]
    for place, year in years:
        x = left + place * pitch
        label = slots[0].label if year < 0 else str(year)
        if x < free:
            continue
        shapes.append(Line(x, base, x, base + 6, "tkl"))
        shapes.append(Text(x + 3, y, label, "tk"))
        free = x + phrases.width(label, 11.5) + 10
    return shapes


def _reading(slots: Sequence[Slot], left: float, pitch: float, base: float, width: int) -> list[Shape]:
    """The row under the axis: triangles for reports, a grey line where none was read."""
    shapes: list[Shape] = []
    if left >= phrases.width("Reports", 11.5):
        shapes.append(Text(0, base + 34, "Reports", "tk"))
    start: int | None = None
    for place in range(len(slots) + 1):
        unread = place < len(slots) and not slots[place].read
        if unread and start is None:
            start = place
        elif not unread and start is not None:
            x1, x2 = left + start * pitch + 3, left + place * pitch - 3
            shapes.append(Line(x1, base + 30, max(x2, x1 + 1), base + 30, "nocov"))
            start = None
    for place, slot in enumerate(slots):
        if slot.printed or slot.inferred:
            x = left + (place + 0.5) * pitch
            cls = "rp" if slot.printed else "rp rp0"
            n = slot.printed + slot.inferred
            title = f"{slot.label}: {phrases.figure(n, 'report')}"
            shapes.append(Path(f"M{x:.1f} {base + 25}l5 7h-10z", cls, title=title))
            shapes.append(Text(x, base + 44, f"{n:,}", "tk n", "middle"))
    return shapes


def _figure(slots: Sequence[Slot]) -> Mapping[str, Any]:
    labels = [slot.label for slot in slots]
    steps = ticks(max(slot.total for slot in slots))
    bars = [
        trace(
            "bar",
            name=NAMES[family],
            x=labels,
            y=[slot.counts[family] or (0 if slot.read else None) for slot in slots],
            marker=bar_marker(family),
            hovertemplate="%{x}: %{y} " + NAMES[family].lower() + "<extra></extra>",
        )
        for family in present(_sum(slots))
    ]
    marked = [slot for slot in slots if slot.printed or slot.inferred]
    reports = trace(
        "scatter",
        name="Reports",
        mode="markers",
        x=[slot.label for slot in marked],
        y=[-0.04 * steps[-1]] * len(marked),
        customdata=[slot.printed + slot.inferred for slot in marked],
        marker={
            "symbol": ["triangle-up" if slot.printed else "triangle-up-open" for slot in marked],
            "size": 10,
            "color": "var(--ink)",
        },
        hovertemplate="Reports of %{x}: %{customdata}<extra></extra>",
    )
    return figure_json(
        [*bars, reports] if marked else bars,
        270,
        barmode="stack",
        bargap=0.28,
        xaxis={
            **AXIS,
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels,
            "nticks": 7,
            "showgrid": False,
            "showline": False,
        },
        yaxis={
            **AXIS,
            "showline": False,
            "zeroline": True,
            "zerolinecolor": "var(--ink)",
            "range": [-0.08 * steps[-1], 1.02 * steps[-1]],
            "tickvals": steps,
            "tickformat": ",d",
        },
    )
