"""The events on the pages as a bundle of STIX 2.1.

STIX has no event. `incident` comes nearest, and is the specification's own stub to be extended:
what STIX has no word for stands in one declared extension. What is denied or doubted is attributed
to nobody, and nobody is called a threat actor, because no report's word makes him one.
Specification: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefgen.exports.material import address, cited, labels, located, outlet, publisher, reports, uri, uuid_of
from briefgen.exports.shapes import PublishedActor
from briefgen.exports.told import Told
from briefgen.knowledge.schema import ActorKind, Source
from briefgen.model import Citation, Day, Event, EventPlace, Report
from briefgen.pages import words

Object = dict[str, object]
_FIRST_MADE = "2026-12-01T00:00:00.000Z"
"""Of the extension and of who declares it: the day on which it was written down."""
_CLASSES: Mapping[ActorKind | None, str] = {
    "person": "individual", "people": "class", "group": "group", "state": "organization", "force": "organization",
    "party": "organization", "body": "organization", "company": "organization", "media": "organization",
    None: "unknown",
}  # fmt: skip
"""Kind of an actor -> identity-class-ov."""
_RELATIONS = {"source": "attributed-to", "target": "targets", "participant": "related-to"}
"""Role of an actor -> how the event is related to him."""
_SCHEMA = (
    "What a program read from published reports, in a property-extension. On incident: event_id; event_type, one of "
    "the roots of PLOVER or STATEMENT; mode; status (occurred, ongoing or denied); certainty (stated: the report "
    "says so as fact; claimed: a party to it; reported: third parties; denied; unconfirmed); attributed_to, who says "
    "so; date (start, end inclusive, precision, basis, as_written); theaters; place_names; fatalities, injuries, "
    "weapons, count; core, true where it is told as news; extraction_confidence, 0 to 1, how sure the reading is, "
    "not whether it happened; review (machine, confirmed, corrected). On note: the sentence's span [start, end) in "
    "characters of the text of seed, whose bytes have seed_sha256. On report: report_id, seed, seed_sha256, "
    "published_basis. On identity: actor_id, kind, aliases. On location: precision of the coordinates (point, town, "
    "district, or the center of a province or country). On relationship: role of the actor (source, target, "
    "participant) and as_written, his name in the report."
)


def bundle(every: Sequence[Told], actors: Iterable[PublishedActor], sources: Mapping[str, Source]) -> str:
    """`every` event as a bundle, an object a line; `actors` are all that are in them."""
    maker = _Maker({actor.id: actor for actor in actors}, sources)
    found: dict[str, Object] = {}
    for made in (maker.declared(), *map(maker.report, reports(every))):
        for one in made:
            found.setdefault(str(one["id"]), one)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in found.values())
    return f'{{"type": "bundle", "id": "bundle--{uuid_of("bundle", lines)}", "objects": [\n{lines}\n]}}\n'


@dataclass(frozen=True, slots=True)
class _Maker:
    actors: Mapping[str, PublishedActor]
    sources: Mapping[str, Source]

    def declared(self) -> list[Object]:
        """Who made the objects, and what the extension means."""
        common = {"spec_version": "2.1", "created": _FIRST_MADE, "modified": _FIRST_MADE}
        return [
            {"type": "identity", "id": _PROGRAM, **common, "name": "briefgen", "identity_class": "system",
             "description": "A program that reads events out of published reports by rules."},
            {"type": "extension-definition", "id": _EXTENSION, **common, "created_by_ref": _PROGRAM,
             "name": "Events read from published reports",
             "description": "What STIX has no word for in an event that a report tells of.",
             "schema": _SCHEMA, "version": "1.0.0", "extension_types": ["property-extension"]},
        ]  # fmt: skip

    def report(self, own: Sequence[Told]) -> list[Object]:
        """A report after all that it tells."""
        report, day = own[0].report, own[0].day
        made = {str(one["id"]): one for item in own for one in self.event(item.event, report, day)}
        told = _object(
            "report",
            (report.id,),
            day,
            {"seed": report.seed, "report_id": report.id, "seed_sha256": report.sha256,
             "published_basis": report.published_basis},
            name=report.title or report.id,
            published=_moment(day),
            lang=report.language,
            external_references=[self._printed(report)],
            object_refs=list(made),
        )  # fmt: skip
        return [*made.values(), told]

    def event(self, event: Event, report: Report, day: Day) -> Iterator[Object]:
        """An event with its sentences, its actors and its places."""
        ids = [id_ for evidence in event.evidence for id_ in evidence.citations]
        incident = _object(
            "incident",
            (event.id,),
            day,
            {
                "event_id": event.id, "event_type": event.type, "mode": event.mode, "status": event.status,
                "certainty": event.certainty, "attributed_to": event.attributed_to,
                "date": _given(event.date.model_dump(mode="json")) if event.date.start else None,
                "theaters": event.theaters, "place_names": [place.name for place in event.places],
                "fatalities": event.fatalities, "injuries": event.injuries, "weapons": event.weapons,
                "count": event.count, "core": event.core, "extraction_confidence": event.confidence,
                "review": event.review,
            },
            name=words.finding(event),
            description=f"“{event.evidence[0].quote}” {words.date(event.date)}, {event.certainty}.",
            labels=labels(event),
            external_references=[self._printed(report), *self._rests(cited(ids, report))],
        )  # fmt: skip
        yield incident
        for evidence in event.evidence:
            yield _object(
                "note",
                (event.id, *evidence.span),
                day,
                {"seed": report.seed, "seed_sha256": report.sha256, "span": evidence.span},
                abstract="The sentence of the report, word for word",
                content=evidence.quote,
                lang=report.language,
                object_refs=[incident["id"]],
                external_references=[self._printed(report), *self._rests(cited(evidence.citations, report))],
            )
        doubted = event.status == "denied" or event.certainty in ("denied", "unconfirmed")
        for actor in event.actors:
            known = self.actors[actor.id]
            identity = _object(
                "identity",
                (actor.id,),
                day,
                {"actor_id": known.id, "kind": known.kind, "aliases": known.aliases},
                name=known.name,
                description=known.about,
                identity_class=_CLASSES[known.kind],
            )
            yield identity
            kind = "related-to" if doubted else _RELATIONS[actor.role]
            yield _relation(event, kind, incident, identity, day, {"role": actor.role, "as_written": actor.as_written})
        for place in located(event):
            location = _location(place, day)
            yield location
            yield _relation(event, "located-at", incident, location, day, {"as_written": place.as_written})

    def _printed(self, report: Report) -> Object:
        """The report as an external reference."""
        return _given({
            "source_name": publisher(report, self.sources) or "report",
            "description": report.title,
            "url": uri(report.address or ""),
            "external_id": report.id,
        })  # fmt: skip

    def _rests(self, citations: Iterable[Citation]) -> Iterator[Object]:
        """What an event rests on, as external references."""
        for one in citations:
            yield _given({
                "source_name": outlet(one, self.sources) or f"citation {one.marker}",
                "description": one.reference or one.title,
                "url": address(one),
                "external_id": one.marker,
            })  # fmt: skip


def _location(place: EventPlace, day: Day) -> Object:
    return _object(
        "location",
        (place.id or place.name, place.lat, place.lon),
        day,
        {"precision": place.precision},
        name=place.name,
        latitude=place.lat,
        longitude=place.lon,
    )


def _relation(event: Event, kind: str, source: Object, target: Object, day: Day, extra: Object) -> Object:
    return _object(
        "relationship",
        (event.id, kind, target["id"], *extra.values()),
        day,
        extra,
        relationship_type=kind,
        source_ref=source["id"],
        target_ref=target["id"],
        labels=[label for label in labels(event) if label.startswith(("status", "certainty"))],
    )


def _object(kind: str, key: tuple[object, ...], day: Day, extra: Object, **fields: object) -> Object:
    """An object of ours, as new as its report, with `extra` in the extension."""
    return _given({
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid_of(kind, *key)}",
        "created_by_ref": _PROGRAM,
        "created": _moment(day),
        "modified": _moment(day),
        **fields,
        "extensions": {_EXTENSION: {"extension_type": "property-extension", **_given(extra)}},
    })  # fmt: skip


def _given(fields: Mapping[str, object]) -> Object:
    """`fields` that say something: STIX knows neither null nor an empty list."""
    return {name: value for name, value in fields.items() if value not in (None, "", (), [])}


def _moment(day: Day) -> str:
    return f"{day.isoformat()}T00:00:00.000Z"


_PROGRAM = f"identity--{uuid_of('identity', 'the program')}"
_EXTENSION = f"extension-definition--{uuid_of('extension-definition', 'event')}"
