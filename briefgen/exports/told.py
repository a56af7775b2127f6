"""The events that go out of the site: those on the pages, newest report first, each with the report that tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.model import SHOWN, Day, Event, Record, Report

FIRST_DAY = dt.date(1970, 1, 1)
"""Of a report that nothing dates."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the report that tells it."""

    event: Event
    report: Report
    day: Day
    """Of the report."""


def told(records: Sequence[Record]) -> list[Told]:
    """The events of `records` that pages show, newest report first, within a report as it tells them."""
    shown = [
        Told(event, record.report, day)
        for record in records
        for day in (day_of(record),)
        for event in record.events
        if event.shown and event.status in SHOWN
    ]
    return sorted(shown, key=lambda t: (-t.day.toordinal(), t.report.id, t.event.evidence[0].span, t.event.id))


def day_of(record: Record) -> Day:
    """The day a report is from: printed, else the last that it covers, cites or tells of."""
    report = record.report
    if report.published or report.period:
        return report.published or report.period.end  # type: ignore[union-attr]
    cited = [citation.date for citation in report.citations if citation.date]
    happened = [event.date.end or event.date.start for event in record.events if event.date.start]
    return max(cited or [day for day in happened if day], default=FIRST_DAY)


def moment(day: Day) -> str:
    """The beginning of `day` as RFC 3339 has it: nothing here knows a time of day."""
    return f"{day.isoformat()}T00:00:00Z"
