"""All that the pages draw from, found once: who is named where, and what can be linked to.

Only events that are shown and have occurred, go on or are denied stand on the pages; the
others are on the review lane.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from briefgen.charts import Style
from briefgen.knowledge import Knowledge
from briefgen.model import SHOWN, Assessment, Citation, Corrected, Event, Record, Report, Span
from briefgen.pages import words
from briefgen.pages.page import Ref, slug
from briefgen.pages.passages import label

OPENING = 7
"""So many words stand for the title of a report that has none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with the report that tells it and its number there; 0 for one on the review lane."""

    event: Event
    report: Report
    number: int

    @property
    def order(self) -> tuple[int, int, bool, int, int, str, int]:
        """Latest first, of a year those of no single month last; of a day by report and place in it; undated last."""
        date = self.event.date
        if date.start is None:
            return (1, 0, False, 0, 0, self.report.id, self.number)
        last = date.end or date.start
        days = (-date.start.toordinal(), -last.toordinal())
        return (0, -date.start.year, not self.of_one_month, *days, self.report.id, self.number)

    @property
    def of_one_month(self) -> bool:
        """Whether all the days it is dated to lie in one month; False for one that is not dated."""
        start, end = self.event.date.start, self.event.date.end
        return start is not None and (end is None or (start.year, start.month) == (end.year, end.month))

    def tells(self, span: Span) -> bool:
        """Whether its evidence shares a letter with the passage."""
        return any(x.span[0] < span[1] and span[0] < x.span[1] for x in self.event.evidence)


@dataclass(frozen=True, slots=True)
class Judgment:
    """An assessment with its report and its number there."""

    assessment: Assessment
    report: Report
    number: int

    @property
    def distance(self) -> int:
        """How far its band lies from even chances; 0 where it has none."""
        low, high = self.assessment.likelihood or (50, 50)
        return abs(low + high - 100)


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody a report cites, or who publishes it."""

    key: str
    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its report and the source it names."""

    report: Report
    citation: Citation
    source: Source | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A brief on paper that can be downloaded: the folder of data and the id that it is published under."""

    folder: str
    id: str
    name: str
    pages: str


@dataclass(frozen=True, slots=True)
class Book:
    """Records and knowledge, indexed for the pages; nothing here changes."""

    records: tuple[Record, ...]
    """Latest report first."""
    knowledge: Knowledge
    texts: Mapping[str, str]
    style: Style
    entries: tuple[Entry, ...]
    """Shown events, latest first."""
    held: tuple[Entry, ...]
    """Events for the review lane."""
    judgments: tuple[Judgment, ...]
    by_actor: Mapping[str, tuple[Entry, ...]]
    by_theater: Mapping[str, tuple[Entry, ...]]
    by_source: Mapping[str, tuple[Entry, ...]]
    by_report: Mapping[str, tuple[Entry, ...]]
    actors: Mapping[str, str]
    """Id -> name of every actor that has a page."""
    sources: Mapping[str, Source]
    """Every source that has a page."""
    cited: Mapping[tuple[str, str], Cited]
    """(report, citation) -> what it is."""
    footnotes: Mapping[str, Cited]
    """Footnote label -> the same."""
    twins: Mapping[str, tuple[Entry, ...]]
    """Event -> events of other reports that may be the same act."""
    corrections: Mapping[str, tuple[Corrected, ...]]
    """Event -> what people said over it, in their order."""
    editors: Mapping[str, str]
    """Seed -> address at which its sidecar is edited."""
    printed: Mapping[str, int]
    """What has a brief on paper to download, such as `theater:iraq` -> its number of pages."""

    def spoken_by(self, actor: str) -> tuple[Entry, ...]:
        """Events that stand on the actor's word, latest first."""
        return tuple(e for e in self.entries if actor in e.event.attributed_to)

    def judged_on(self, actor: str) -> tuple[Judgment, ...]:
        """Assessments that are about the actor."""
        return tuple(j for j in self.judgments if actor in j.assessment.actors)

    def judged_by(self, report: Report) -> tuple[Judgment, ...]:
        """Assessments of the report, in its order."""
        return tuple(j for j in self.judgments if j.report.id == report.id)

    def reports_of(self, entries: Iterable[Entry], judged: Iterable[Judgment] = ()) -> tuple[Report, ...]:
        """The reports that tell or judge these, latest first."""
        ids = {e.report.id for e in entries} | {j.report.id for j in judged}
        return tuple(r.report for r in self.records if r.report.id in ids)

    def cited_by(self, entries: Iterable[Entry]) -> list[tuple[Source, int]]:
        """The sources that the events rest on, with how many do; those that carry most first."""
        counted = Counter(s for e in entries for s in sources_of(self, e))
        return sorted(counted.items(), key=lambda item: (-item[1], item[0].name.casefold(), item[0].key))

    def paper(self, kind: str, id_: str, name: str = "") -> Paper | None:
        """The brief on paper of a theater, actor or report; None where there is none to download."""
        many = self.printed.get(f"{kind}:{id_}")
        return None if many is None else Paper(f"{kind}s", id_, name, f"{many:,} page{'' if many == 1 else 's'}")

    def holding(self, actor: str) -> tuple[tuple[str, str, str], ...]:
        """(kind, id, name) of each theater and report that tells all that is told of the actor.

        Where nothing is told of it, what is told of those that belong to it stands for that.
        """
        entries, judged = self.by_actor.get(actor, ()) or self.spoken_by(actor), self.judged_on(actor)
        if not entries and not judged:
            below = [id_ for id_ in self.actors if actor in above(id_, self.knowledge)]
            entries = tuple(e for id_ in below for e in self.by_actor.get(id_, ()))
        theaters = [set(e.event.theaters) for e in entries] + [set(j.assessment.theaters) for j in judged]
        told = self.reports_of(entries, judged)
        return (
            *(
                ("theater", id_, self.theater_name(id_))
                for id_ in sorted(set.intersection(*theaters) if theaters else ())
            ),
            *(("report", r.id, self.report(r).name) for r in told if len(told) == 1),
        )

    def paper_holding(self, actor: str) -> Paper | None:
        """The shortest brief of a theater or report that prints all that `holding` asks for; None where none does."""
        held = [
            (self.printed[key], *found)
            for found in self.holding(actor)
            if (key := f"{found[0]}:{found[1]}") in self.printed
        ]
        return self.paper(*min(held)[1:]) if held else None

    def actor(self, id_: str, name: str, title: str = "") -> Ref:
        """The actor's name, as a link where it has a page."""
        about = self.knowledge.actors[id_].about if id_ in self.knowledge.actors else title
        return Ref(name, f"actor:{id_}" if id_ in self.actors else None, about)

    def theater(self, id_: str) -> Ref:
        """The theater's name, as a link where it has a page."""
        return Ref(self.theater_name(id_), f"theater:{id_}" if id_ in self.by_theater else None)

    def theater_name(self, id_: str) -> str:
        """What the theater is called."""
        known = self.knowledge.theaters.get(id_)
        return known.name if known else id_

    def source(self, source: Source) -> Ref:
        """The source's name as a link."""
        return Ref(source.name, f"source:{source.key}")

    def publisher(self, report: Report) -> Ref | None:
        """Who published the report."""
        return self.source(self.sources[report.publisher]) if report.publisher else None

    def report(self, report: Report) -> Ref:
        """The report's title as a link."""
        return Ref(report_name(report, self.knowledge, self.texts.get(report.seed)), f"report:{report.id}")

    def family(self, event: Event) -> str:
        """Family of the event's type."""
        return family(self.knowledge, event)

    def families(self, entries: Iterable[Entry]) -> Counter[str]:
        """How many of the entries are of each family."""
        return Counter(self.family(entry.event) for entry in entries)

    def speaker(self, name: str) -> Ref:
        """Somebody that a claim is attributed to: an actor, a source, or just a name."""
        if name in self.actors:
            return self.actor(name, self.actors[name])
        if name in self.sources:
            return self.source(self.sources[name])
        known = self.knowledge.actors.get(name) or self.knowledge.sources.get(name)
        return Ref(known.name if known else name)


def family(knowledge: Knowledge, event: Event) -> str:
    """Family of the event's type."""
    known = knowledge.types.get(event.type)
    return known.family if known else "st"


def report_name(report: Report, knowledge: Knowledge, text: str | None) -> str:
    """The report's title, or what it can be known by where its text prints none: its first words."""
    if report.title:
        return report.title
    spans = [b.span for b in report.blocks if b.kind == "paragraph"] or [report.span]
    first = text[slice(*min(spans))].split() if text else []
    if first:
        return f"[No title printed: “{' '.join(first[:OPENING])}{' …' if len(first) > OPENING else ''}”]"
    publisher = knowledge.sources.get(report.publisher or "")
    when = words.day(report.published) if report.published else "no date"
    return f"[No title printed: {publisher.name if publisher else report.layout}, {when}]"


def source_of(citation: Citation, knowledge: Knowledge) -> Source | None:
    """Whom the citation names: a known outlet, else the name printed, else the site linked."""
    known = knowledge.sources.get(citation.outlet or "")
    if known:
        return Source(known.id, known.name, True)
    name = citation.outlet_name or citation.outlet
    if name:
        return Source(f"named-{slug(name)}", name, False)
    for address in citation.urls:
        host = urlsplit(address.url).hostname
        if host:
            host = host.removeprefix("www.")
            return Source(f"site-{slug(host)}", host, False)
    return None


def bind(
    records: Sequence[Record],
    knowledge: Knowledge,
    texts: Mapping[str, str],
    style: Style,
    editors: Mapping[str, str],
    printed: Mapping[str, int] = MappingProxyType({}),
) -> Book:
    """The records as a Book; their order does not matter."""
    ordered = sorted(records, key=lambda r: (_latest(r.report), r.report.id))
    entries: list[Entry] = []
    held: list[Entry] = []
    judgments: list[Judgment] = []
    cited: dict[tuple[str, str], Cited] = {}
    sources: dict[str, Source] = {}
    for record in ordered:
        report = record.report
        if report.publisher:
            known = knowledge.sources.get(report.publisher)
            sources[report.publisher] = Source(report.publisher, known.name if known else report.publisher, bool(known))
        for citation in report.citations:
            source = source_of(citation, knowledge)
            cited[report.id, citation.id] = Cited(report, citation, source)
            if source:
                sources.setdefault(source.key, source)
        events = sorted(record.events, key=lambda e: (e.evidence[0].span, e.id))
        for event in (e for e in events if not _is_shown(e)):
            held.append(Entry(event, report, 0))
        for n, event in enumerate((e for e in events if _is_shown(e)), 1):
            entries.append(Entry(event, report, n))
        for n, assessment in enumerate(sorted(record.assessments, key=lambda a: (a.span, a.id)), 1):
            judgments.append(Judgment(assessment, report, n))
    entries.sort(key=lambda e: e.order)
    held.sort(key=lambda e: (e.report.id, e.event.evidence[0].span, e.event.id))
    return Book(
        records=tuple(ordered),
        knowledge=knowledge,
        texts=texts,
        style=style,
        entries=tuple(entries),
        held=tuple(held),
        judgments=tuple(judgments),
        by_actor=_index(entries, lambda e: [a.id for a in e.event.actors]),
        by_theater=_theaters(entries, judgments),
        by_source=_index(entries, lambda e: [s.key for s in _sources(e, cited)]),
        by_report=_index(sorted(entries, key=lambda e: (e.report.id, e.number)), lambda e: [e.report.id]),
        actors=_actors(entries, judgments, knowledge),
        sources=sources,
        cited=cited,
        footnotes={label(*key): value for key, value in cited.items()},
        twins=_twins(entries),
        corrections=_corrections(ordered),
        editors=editors,
        printed=printed,
    )


def _corrections(records: Iterable[Record]) -> Mapping[str, tuple[Corrected, ...]]:
    found: dict[str, list[Corrected]] = defaultdict(list)
    for record in records:
        for done in record.corrections:
            found[done.event].append(done)
    return {key: tuple(value) for key, value in found.items()}


def _latest(report: Report) -> int:
    day = report.published or (report.period.end if report.period else None)
    return -day.toordinal() if day else 1


def _is_shown(event: Event) -> bool:
    return event.shown and event.status in SHOWN


def _index(entries: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            found[key].append(entry)
    return {key: tuple(value) for key, value in sorted(found.items())}


def _theaters(entries: Iterable[Entry], judgments: Iterable[Judgment]) -> Mapping[str, tuple[Entry, ...]]:
    found = dict(_index(entries, lambda e: e.event.theaters))
    for judgment in judgments:
        for id_ in judgment.assessment.theaters:
            found.setdefault(id_, ())
    return dict(sorted(found.items()))


def _sources(entry: Entry, cited: Mapping[tuple[str, str], Cited]) -> list[Source]:
    ids = [c for evidence in entry.event.evidence for c in evidence.citations]
    known = [cited[entry.report.id, c] for c in ids if (entry.report.id, c) in cited]
    return [c.source for c in known if c.source]


def sources_of(book: Book, entry: Entry) -> tuple[Source, ...]:
    """The sources that the event's evidence cites, in the order of the text."""
    return tuple(dict.fromkeys(_sources(entry, book.cited)))


def others_of(book: Book, source: Source, entry: Entry) -> frozenset[Source]:
    """Other sources cited for the event, or for what may be the same act in another report."""
    told = (entry, *book.twins.get(entry.event.id, ()))
    return frozenset(found for e in told for found in sources_of(book, e)) - {source}


def _actors(entries: Iterable[Entry], judgments: Iterable[Judgment], knowledge: Knowledge) -> Mapping[str, str]:
    """Actors of shown events, those that speak there or are judged, and those they act for."""
    found: dict[str, str] = {}
    for entry in entries:
        for actor in entry.event.actors:
            found.setdefault(actor.id, actor.name)
    named = [n for e in entries for n in e.event.attributed_to] + [n for j in judgments for n in j.assessment.actors]
    found |= {n: knowledge.actors[n].name for n in named if n in knowledge.actors}
    for id_ in list(found):
        found |= {n: knowledge.actors[n].name for n in above(id_, knowledge)}
    return dict(sorted(found.items()))


def above(actor: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Known actors that it acts for, is part of, or holds or held an office of."""
    known = knowledge.actors.get(actor)
    named = (known.side, *known.part_of, *(o.of for o in known.offices)) if known else ()
    return tuple(n for n in named if n and n in knowledge.actors)


def _twins(entries: Sequence[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Events of two reports of the same type, on overlapping days, with two shared actors."""
    places: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        when = entry.event.date
        if when.start is None:
            continue
        length = min(((when.end or when.start) - when.start).days, 7)
        for actor in {a.id for a in entry.event.actors}:
            for shift in range(length + 1):
                places[entry.event.type, actor, when.start.toordinal() + shift].append(at)
    shared: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (_, actor, _), members in sorted(places.items()):
        for at in members[:40]:
            for other in members[:40]:
                if at != other and entries[at].report.id != entries[other].report.id:
                    shared[at, other].add(actor)
    found: dict[str, list[Entry]] = defaultdict(list)
    for (at, other), actors in sorted(shared.items()):
        if len(actors) > 1:
            found[entries[at].event.id].append(entries[other])
    return {key: tuple(value[:5]) for key, value in found.items()}
