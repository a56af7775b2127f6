"""Events as CSV and as GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from briefgen.model import Event, Report

COLUMNS = (
    "id", "report", "report_title", "published", "start", "end", "precision", "basis", "as_written", "type", "mode",
    "status", "certainty", "attributed_to", "sources", "targets", "participants", "theaters", "places", "fatalities",
    "injuries", "weapons", "count", "quote", "citations", "core", "confidence", "shown", "review",
)  # fmt: skip
_BEGINS = tuple("=+-@\t\r\n＝＋－＠")


def table(events: Iterable[Event], reports: Mapping[str, Report]) -> str:
    """`events` as CSV, one row an event; lists in a cell are joined by `; `."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for event in events:
        report, date = reports[event.report], event.date
        roles = {
            role: "; ".join(actor.name for actor in event.actors if actor.role == role)
            for role in ("source", "target", "participant")
        }
        row = (
            event.id, event.report, report.title, report.published, date.start, date.end, date.precision, date.basis,
            date.as_written, event.type, event.mode, event.status, event.certainty, "; ".join(event.attributed_to),
            roles["source"], roles["target"], roles["participant"], "; ".join(event.theaters),
            "; ".join(place.name for place in event.places), event.fatalities, event.injuries,
            "; ".join(event.weapons), event.count, event.evidence[0].quote, "; ".join(event.citations), event.core,
            event.confidence, event.shown, event.review,
        )  # fmt: skip
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def cell(value: object) -> str:
    """`value` as the text of a cell that no spreadsheet takes for a formula, after OWASP's list of what begins one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if text.startswith(_BEGINS) else text


def geojson(events: Iterable[Event]) -> str:
    """A feature for each place with coordinates of each event, as a FeatureCollection."""
    features = [
        {
            "type": "Feature",
            "id": f"{event.id}-{number}",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                "event": event.id,
                "report": event.report,
                "place": place.name,
                "as_written": place.as_written,
                "precision": place.precision,
                "start": event.date.start.isoformat() if event.date.start else None,
                "end": event.date.end.isoformat() if event.date.end else None,
                "type": event.type,
                "mode": event.mode,
                "status": event.status,
                "certainty": event.certainty,
                "actors": [actor.name for actor in event.actors],
                "theaters": event.theaters,
                "quote": event.evidence[0].quote,
                "shown": event.shown,
            },
        }
        for event in events
        for number, place in enumerate(event.places)
        if place.lat is not None and place.lon is not None
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
