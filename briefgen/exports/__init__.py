"""The published data: what the site knows, for other programs.

Pure: records and knowledge in, texts by path out, in an order that depends on nothing
else. Of a report what identifies and dates it is published beside its events and
assessments, and the record as it is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel

from briefgen import __version__
from briefgen.exports import ftm, references, stix
from briefgen.exports.shapes import Document, Origin, PublishedActor, PublishedReport, PublishedSource, SeedFile
from briefgen.exports.tables import geojson, table
from briefgen.exports.told import told
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Source
from briefgen.model import Assessment, Citation, Event, EventActor, Record, Report

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "document": Document,
    "report": PublishedReport,
    "citation": Citation,
    "event": Event,
    "assessment": Assessment,
    "actor": PublishedActor,
    "source": PublishedSource,
    "record": Record,
}


def files(records: Sequence[Record], knowledge: Knowledge, dump: Callable[[Record], str]) -> dict[str, str]:
    """Path under `data/` -> text, for all records; `dump` writes one record as YAML."""
    events = [event for record in records for event in record.events]
    assessments = [item for record in records for item in record.assessments]
    everything: list[Event | Assessment] = [*events, *assessments]
    lines = {item.id: _line(item) for item in everything}
    out: dict[str, str] = {}

    def put(stem: str, some: Sequence[Event], judged: Sequence[Assessment], every: bool = False) -> None:
        used = {event.report for event in some} | {item.report for item in judged}
        own = [record.report for record in records if every or record.report.id in used]
        out[f"{stem}.json"] = _document(own, some, judged, knowledge, lines)
        out[f"{stem}.csv"] = table(some, {report.id: report for report in own})
        out[f"{stem}.geojson"] = geojson(some)

    put("events", events, assessments, every=True)
    for theater in sorted({theater for event in events for theater in event.theaters}):
        some = [event for event in events if theater in event.theaters]
        put(f"theaters/{file_name(theater)}", some, [a for a in assessments if theater in a.theaters])
    by_actor: dict[str, list[Event]] = {}
    for event in events:
        for actor in dict.fromkeys(actor.id for actor in event.actors):
            by_actor.setdefault(actor, []).append(event)
    judged_of: dict[str, list[Assessment]] = {}
    for item in assessments:
        for actor in dict.fromkeys(item.actors):
            judged_of.setdefault(actor, []).append(item)
    for actor in sorted(by_actor):
        put(f"actors/{file_name(actor)}", by_actor[actor], judged_of.get(actor, []))
    listed = references.references(records, knowledge.sources)
    out["references.json"] = references.csl(listed)
    out["references.bib"] = references.bibtex(listed)
    shown = told(records)
    met = actors([one.event for one in shown], knowledge)
    out["events.stix.json"] = stix.bundle(shown, met, knowledge.sources)
    out["events.ftm.json"] = ftm.entities(shown, met, knowledge.sources)
    for name, model in SCHEMAS.items():
        out[f"schema/{name}.json"] = json.dumps(model.model_json_schema(mode="serialization"), indent=2) + "\n"
    for record in records:
        out[f"records/{file_name(record.report.id)}.yml"] = dump(record)
    return out


def file_name(id: str) -> str:
    """The file name, without its ending, under which an id's data are published.

    An id that is no plain name gets a hash, so that two ids never share a file.
    """
    plain = re.sub(r"[^\w-]", "-", id)
    if plain == id and len(id.encode()) <= 200:
        return id
    return f"{plain[:48]}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def _line(item: BaseModel) -> str:
    return json.dumps(item.model_dump(mode="json"), ensure_ascii=False)


def _document(
    reports: Sequence[Report],
    events: Sequence[Event],
    assessments: Sequence[Assessment],
    knowledge: Knowledge,
    lines: Mapping[str, str],
) -> str:
    """A Document with one entry a line, so that a new report shows as new lines."""
    seeds = sorted({(report.seed, report.sha256) for report in reports})
    origin = Origin(briefgen=__version__, seeds=tuple(SeedFile(name=name, sha256=sha) for name, sha in seeds))
    parts = {
        "reports": [_line(_report(report)) for report in reports],
        "events": [lines[event.id] for event in events],
        "assessments": [lines[item.id] for item in assessments],
        "actors": [_line(actor) for actor in actors(events, knowledge)],
        "sources": [_line(source) for source in sources(reports, events, knowledge)],
    }
    listed = [f'"{name}": [\n' + ",\n".join(own) + "\n]" for name, own in parts.items()]
    return "{" + ",\n".join([f'"generated_from": {_line(origin)}', *listed]) + "}\n"


def _report(report: Report) -> PublishedReport:
    return PublishedReport(**{name: getattr(report, name) for name in PublishedReport.model_fields})


def actors(events: Sequence[Event], knowledge: Knowledge) -> tuple[PublishedActor, ...]:
    """All actors of `events` by id, as the knowledge and the reports have them."""
    met: dict[str, list[EventActor]] = {}
    counts: Counter[str] = Counter()
    for event in events:
        for entry in event.actors:
            met.setdefault(entry.id, []).append(entry)
        if event.shown:
            counts.update({entry.id for entry in event.actors})
    found = []
    for id, entries in sorted(met.items()):
        known = knowledge.actors.get(id)
        sides = sorted({entry.side for entry in entries if entry.side})
        found.append(
            PublishedActor(
                id=id,
                name=known.name if known else entries[0].name,
                kind=known.kind if known else None,
                known=known is not None,
                aliases=known.aliases if known else (),
                spellings=tuple(sorted({entry.as_written for entry in entries})),
                titles=tuple(sorted({entry.title for entry in entries if entry.title})),
                side=known.side if known else (sides[0] if len(sides) == 1 else None),
                part_of=known.part_of if known else (),
                theaters=known.theaters if known else (),
                about=known.about if known else "",
                events=counts[id],
            )
        )
    return tuple(found)


def sources(reports: Sequence[Report], events: Sequence[Event], knowledge: Knowledge) -> tuple[PublishedSource, ...]:
    """All publishers and cited outlets that the knowledge describes, by id."""
    printed = Counter(report.publisher for report in reports if report.publisher)
    cited = Counter(c.outlet for report in reports for c in report.citations if c.outlet)
    outlets = {(report.id, c.id): c.outlet for report in reports for c in report.citations if c.outlet}
    resting: Counter[str] = Counter()
    for event in events:
        marks = {(event.report, id) for evidence in event.evidence for id in evidence.citations}
        if event.shown:
            resting.update({outlets[mark] for mark in marks if mark in outlets})
    used = sorted({*printed, *cited} & set(knowledge.sources))
    return tuple(_source(knowledge.sources[id], printed[id], cited[id], resting[id]) for id in used)


def _source(source: Source, reports: int, citations: int, events: int) -> PublishedSource:
    own = PublishedSource.model_fields.keys() & Source.model_fields.keys()
    kept = {name: getattr(source, name) for name in own}
    return PublishedSource(**kept, reports=reports, citations=citations, events=events)
