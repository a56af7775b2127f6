"""Atom feeds (RFC 4287) of the events on the pages: of all, per theater, per actor of weight.

Nothing here knows what time it is: an entry is as new as the report that tells it.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from briefgen.exports import file_name
from briefgen.knowledge import Knowledge
from briefgen.model import SHOWN, Day, Event, Record, Report
from briefgen.pages import Page, words
from briefgen.pages.book import report_name
from briefgen.pages.render import places

LATEST = 100
"""Entries in one feed: whole reports are not cut, but no report is begun beyond these."""
WEIGHT = 5
"""Events that an actor must have in order to have a feed."""
FIRST_DAY = dt.date(1970, 1, 1)
"""Of a report that nothing dates."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""
_SPACE = uuid.UUID("6f9b2c58-5d0e-5a55-9f0a-3a6f2b1c7d44")


@dataclass(frozen=True, slots=True)
class Site:
    """What the project's mkdocs.yml says about the site."""

    name: str
    url: str = ""
    """Where it is published, with a `/` at its end; empty where that is not said."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An event with the report that tells it."""

    event: Event
    report: Report
    day: Day


def files(
    records: Sequence[Record], knowledge: Knowledge, texts: Mapping[str, str], pages: Sequence[Page], site: Site
) -> dict[str, str]:
    """Path under `data/` -> Atom: `events.atom`, `theaters/<id>.atom` and `actors/<id>.atom`."""
    told = [
        _Told(event, record.report, day) for record in records if (day := day_of(record)) for event in record.events
    ]
    told = [t for t in told if t.event.shown and t.event.status in SHOWN]
    told.sort(key=lambda t: (-t.day.toordinal(), t.report.id, t.event.evidence[0].span, t.event.id))
    writer = _Writer(knowledge, texts, places(pages), site)
    out = {"events.atom": writer.feed("events.atom", site.name, "page:index", told)}
    theaters: dict[str, list[_Told]] = {}
    actors: dict[str, list[_Told]] = {}
    names: dict[str, str] = {}
    for item in told:
        for theater in dict.fromkeys(item.event.theaters):
            theaters.setdefault(theater, []).append(item)
        for actor in item.event.actors:
            names.setdefault(actor.id, actor.name)
        for id_ in dict.fromkeys(actor.id for actor in item.event.actors):
            actors.setdefault(id_, []).append(item)
    for id_, own in sorted(theaters.items()):
        known = knowledge.theaters.get(id_)
        path = f"theaters/{file_name(id_)}.atom"
        out[path] = writer.feed(path, f"{site.name}: {known.name if known else id_}", f"theater:{id_}", own)
    for id_, own in sorted(actors.items()):
        if len(own) >= WEIGHT:
            path = f"actors/{file_name(id_)}.atom"
            out[path] = writer.feed(path, f"{site.name}: {names[id_]}", f"actor:{id_}", own)
    return out


def day_of(record: Record) -> Day:
    """The day a report is from: printed, else the last that it covers, cites or tells of."""
    report = record.report
    if report.published or report.period:
        return report.published or report.period.end  # type: ignore[union-attr]
    cited = [citation.date for citation in report.citations if citation.date]
    told = [event.date.end or event.date.start for event in record.events if event.date.start]
    return max(cited or [day for day in told if day], default=FIRST_DAY)


@dataclass(frozen=True, slots=True)
class _Writer:
    knowledge: Knowledge
    texts: Mapping[str, str]
    places: Mapping[str, tuple[str, str]]
    site: Site

    def feed(self, path: str, title: str, about: str, told: Sequence[_Told]) -> str:
        """The feed at `path` under `data/` on what the page of `about` is about."""
        newest = told[0].day if told else FIRST_DAY
        kept = list(_latest(told))
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
            f"<title>{_text(title)}</title>",
            f"<id>{self._id(f'feed:{path}')}</id>",
            f"<updated>{_moment(newest)}</updated>",
            f"<author><name>{_text(self.site.name)}</name></author>",
            f'<link rel="self" type="application/atom+xml" href={_quoted(self._self(path))}/>',
            f'<link rel="alternate" type="text/html" href={_quoted(self._link(path, about))}/>',
            "<subtitle>Read by a program from published reports; an entry is as new as its report.</subtitle>",
            *(line for item in kept for line in self._entry(path, item)),
            "</feed>",
        ]
        return "\n".join(lines) + "\n"

    def _entry(self, path: str, item: _Told) -> Iterable[str]:
        event, report = item.event, item.report
        publisher = self.knowledge.sources.get(report.publisher or "")
        name = report_name(report, self.knowledge, self.texts.get(report.seed))
        yield "<entry>"
        yield f"<title>{_text(words.finding(event))}</title>"
        yield f"<id>{self._id(f'event:{event.id}')}</id>"
        yield f"<updated>{_moment(item.day)}</updated>"
        yield f"<published>{_moment(item.day)}</published>"
        yield f'<link rel="alternate" type="text/html" href={_quoted(self._link(path, f"event:{event.id}"))}/>'
        yield f"<author><name>{_text(publisher.name if publisher else name)}</name></author>"
        yield f'<category term="{event.type}" label="{event.type.capitalize()}"/>'
        for theater in event.theaters:
            known = self.knowledge.theaters.get(theater)
            yield f"<category term={_quoted(theater)} label={_quoted(known.name if known else theater)}/>"
        told = f"“{event.evidence[0].quote}” {words.date(event.date)}, {event.certainty}. {name}"
        yield f"<summary>{_text(told)}</summary>"
        yield "</entry>"

    def _id(self, what: str) -> str:
        """The same in every build; another on a site with another address or, without one, another name."""
        return f"urn:uuid:{uuid.uuid5(_SPACE, f'{self.site.url or self.site.name} {what}')}"

    def _self(self, path: str) -> str:
        return f"{self.site.url}data/{path}" if self.site.url else posixpath.basename(path)

    def _link(self, path: str, id_: str) -> str:
        page, anchor = self.places[id_]
        address = f"{page.removesuffix('.md')}.html"
        if self.site.url:
            address = self.site.url + address
        else:
            address = posixpath.relpath(address, posixpath.dirname(f"data/{path}"))
        return f"{address}#{anchor}" if anchor else address


def _latest(told: Sequence[_Told]) -> Iterable[_Told]:
    """The first `LATEST`, and the rest of the report that is begun there."""
    for at, item in enumerate(told):
        if at >= LATEST and item.report.id != told[LATEST - 1].report.id:
            return
        yield item


def _moment(day: Day) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))
