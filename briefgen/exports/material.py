"""What the bundle of STIX and the entities of FollowTheMoney are both made of."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from briefgen.exports.told import Told
from briefgen.knowledge.schema import Source
from briefgen.model import Citation, Event, EventPlace, Report

SPACE = uuid.UUID("b7a86f0e-3c55-5d0c-8f5e-1f6a0c9d2e47")
"""Our own: STIX 2.1 (2.9) forbids its namespace of observables to all other objects."""


def uuid_of(kind: str, *key: object) -> uuid.UUID:
    """A UUID version 5, the same in every build and on every site, of what `key` tells from all else of its kind."""
    return uuid.uuid5(SPACE, repr((kind, *map(str, key))))


def labels(event: Event) -> list[str]:
    """How the event was coded, each as `field:value`."""
    told = {"type": event.type, "mode": event.mode, "status": event.status, "certainty": event.certainty}
    return [f"{field}:{value}" for field, value in told.items() if value]


def cited(ids: Sequence[str], report: Report) -> list[Citation]:
    """The citations of `report` with those ids."""
    known = {citation.id: citation for citation in report.citations}
    return [known[id_] for id_ in dict.fromkeys(ids) if id_ in known]


def address(citation: Citation) -> str:
    """The first address that is printed whole, as a URI; empty where none is."""
    return uri(next((one.url for one in citation.urls if not one.truncated), ""))


def uri(url: str) -> str:
    """`url` with what RFC 3986 does not allow in one as its bytes in UTF-8."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~")


def outlet(citation: Citation, sources: Mapping[str, Source]) -> str:
    """The name of who published what is cited; empty where nothing names it."""
    known = sources.get(citation.outlet or "")
    return known.name if known else citation.outlet_name or citation.outlet or ""


def publisher(report: Report, sources: Mapping[str, Source]) -> str:
    """The name of the report's publisher; empty where none is known."""
    known = sources.get(report.publisher or "")
    return known.name if known else report.publisher or ""


def located(event: Event) -> Iterator[EventPlace]:
    """The places of `event` that have coordinates."""
    return (place for place in event.places if place.lat is not None and place.lon is not None)


def reports(every: Sequence[Told]) -> list[list[Told]]:
    """The events of each report, the oldest report first: what several tell of is as old as the first of them."""
    found: dict[str, list[Told]] = {}
    for one in every:
        found.setdefault(one.report.id, []).append(one)
    return [*reversed(found.values())]
