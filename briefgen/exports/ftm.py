"""The events on the pages as entities of FollowTheMoney, one a line (https://followthemoney.tech).

Of its schemata `Event` is what an event is; who does what in it is said by links, because
`involved` has no roles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefgen.exports.material import address, cited, labels, located, outlet, publisher, reports, uri, uuid_of
from briefgen.exports.shapes import PublishedActor
from briefgen.exports.told import Told
from briefgen.knowledge.schema import ActorKind, Source
from briefgen.model import Citation, Event, EventActor, EventDate, EventPlace, Evidence, Report
from briefgen.pages import words

Entity = dict[str, object]
_SCHEMATA: Mapping[ActorKind | None, str] = {
    "person": "Person", "state": "PublicBody", "force": "PublicBody", "body": "Organization", "group": "Organization",
    "party": "Organization", "media": "Organization", "company": "Company", "people": "LegalEntity",
    None: "LegalEntity",
}  # fmt: skip
"""Kind of an actor -> schema; the widest that is true where the kind does not settle it."""


def entities(every: Sequence[Told], actors: Iterable[PublishedActor], sources: Mapping[str, Source]) -> str:
    """`every` event as entities, one a line; `actors` are all that are in them."""
    maker = _Maker({actor.id: actor for actor in actors}, sources)
    found: dict[str, Entity] = {}
    for own in reports(every):
        for one in maker.report(own):
            found.setdefault(str(one["id"]), one)
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in found.values())


@dataclass(frozen=True, slots=True)
class _Maker:
    actors: Mapping[str, PublishedActor]
    sources: Mapping[str, Source]

    def report(self, own: Sequence[Told]) -> Iterator[Entity]:
        """A report and all that it tells."""
        report, day = own[0].report, own[0].day
        told = _entity(
            "Article",
            (report.id,),
            title=[report.title or report.id],
            author=report.authors,
            publisher=[publisher(report, self.sources)],
            publishedAt=[day.isoformat()] if report.published else (),
            sourceUrl=[uri(report.address or "")],
            fileName=[report.seed],
        )
        yield told
        for item in own:
            yield from self.event(item.event, report, str(told["id"]))

    def event(self, event: Event, report: Report, article: str) -> Iterator[Entity]:
        """An event with its actors, places and sentences."""
        people = [self.actor(actor) for actor in event.actors]
        where = [_address(place) for place in located(event)]
        happened = _entity(
            "Event",
            (event.id,),
            name=[_flat(words.finding(event))],
            **_when(event.date),
            summary=[f"“{event.evidence[0].quote}” {words.date(event.date)}, {event.certainty}."],
            involved=[one["id"] for one in people],
            location=[place.name for place in event.places],
            addressEntity=[one["id"] for one in where],
            keywords=labels(event),
            recordId=[event.id],
            publisher=[publisher(report, self.sources)],
            sourceUrl=[uri(report.address or "")],
            proof=[article],
        )
        yield happened
        yield from people
        yield from where
        for actor, who in zip(event.actors, people, strict=True):
            yield _entity(
                "UnknownLink",
                (event.id, actor.id, actor.role, actor.as_written),
                subject=[who["id"]],
                object=[happened["id"]],
                role=[actor.role],
                status=[event.certainty],
                description=[actor.as_written],
                proof=[article],
                **_when(event.date),
            )
        for evidence in event.evidence:
            yield self.evidence(evidence, event, report, article, happened)

    def actor(self, actor: EventActor) -> Entity:
        """Who is in an event."""
        known = self.actors[actor.id]
        return _entity(
            _SCHEMATA[known.kind],
            (known.id,),
            name=[_flat(known.name)],
            alias=[_flat(alias) for alias in known.aliases],
            summary=[known.about],
            keywords=[f"kind:{known.kind}"] if known.kind else (),
        )

    def evidence(self, evidence: Evidence, event: Event, report: Report, article: str, happened: Entity) -> Entity:
        """A sentence of the report, and what that rests on."""
        rests = cited(evidence.citations, report)
        return _entity(
            "Documentation",
            (event.id, *evidence.span),
            document=[article],
            entity=[happened["id"]],
            role=["evidence"],
            summary=[evidence.quote],
            description=[self._reference(one) for one in rests],
            sourceUrl=[address(one) for one in rests],
        )

    def _reference(self, citation: Citation) -> str:
        """A citation in words."""
        return citation.reference or citation.title or outlet(citation, self.sources) or citation.marker


def _address(place: EventPlace) -> Entity:
    return _entity(
        "Address",
        (place.id or place.name, place.lat, place.lon),
        full=[place.name],
        latitude=[str(place.lat)],
        longitude=[str(place.lon)],
        remarks=[f"precision:{place.precision}"],
    )


def _when(date: EventDate) -> dict[str, Sequence[str]]:
    """A day as `date`, a longer time as its first and last day."""
    if date.start is None or date.end is None:
        return {}
    if date.start == date.end:
        return {"date": [date.start.isoformat()]}
    return {"startDate": [date.start.isoformat()], "endDate": [date.end.isoformat()]}


def _flat(name: str) -> str:
    """`name` with plain spaces, as FollowTheMoney has names."""
    return " ".join(name.split())


def _entity(schema: str, key: tuple[object, ...], **properties: Sequence[object]) -> Entity:
    """An entity with the values that say something, each once."""
    given = {name: [value for value in dict.fromkeys(values) if value] for name, values in properties.items()}
    return {
        "id": f"{schema.lower()}-{uuid_of(schema, *key)}",
        "schema": schema,
        "properties": {name: values for name, values in given.items() if values},
    }
