"""Feeds of the events on the pages: of all, per theater, per actor of weight; each in every format.

Nothing here knows what time it is: an entry is as new as the report that tells it.
"""

from __future__ import annotations

import posixpath
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefgen.exports import file_name
from briefgen.exports.told import FIRST_DAY, Told, told
from briefgen.feeds import atom, jsonfeed
from briefgen.feeds.feed import Entry, Feed, Site
from briefgen.knowledge import Knowledge
from briefgen.model import Record
from briefgen.pages import Page, words
from briefgen.pages.book import report_name
from briefgen.pages.render import places

__all__ = ["Site", "files"]

FORMATS: Mapping[str, Callable[[Feed, str], str]] = {"atom": atom.written, "feed.json": jsonfeed.written}
"""Ending of the file -> what writes it."""
LATEST = 100
"""Entries in one feed: whole reports are not cut, but no report is begun beyond these."""
WEIGHT = 5
"""Events that an actor must have in order to have a feed."""
_SPACE = uuid.UUID("6f9b2c58-5d0e-5a55-9f0a-3a6f2b1c7d44")


def files(
    records: Sequence[Record], knowledge: Knowledge, texts: Mapping[str, str], pages: Sequence[Page], site: Site
) -> dict[str, str]:
    """Path under `data/` -> feed: `events`, `theaters/<id>` and `actors/<id>`, with the ending of each format."""
    maker = _Maker(knowledge, texts, places(pages), site)
    return {
        f"{stem}.{ending}": write(feed, ending)
        for stem, feed in _feeds(told(records), maker)
        for ending, write in FORMATS.items()
    }


def _feeds(every: Sequence[Told], maker: _Maker) -> Iterator[tuple[str, Feed]]:
    """Path without its ending, and the feed."""
    name = maker.site.name
    yield "events", maker.feed("events", name, "page:index", every)
    theaters: dict[str, list[Told]] = {}
    actors: dict[str, list[Told]] = {}
    names: dict[str, str] = {}
    for item in every:
        for theater in dict.fromkeys(item.event.theaters):
            theaters.setdefault(theater, []).append(item)
        for actor in item.event.actors:
            names.setdefault(actor.id, actor.name)
        for id_ in dict.fromkeys(actor.id for actor in item.event.actors):
            actors.setdefault(id_, []).append(item)
    for id_, own in sorted(theaters.items()):
        stem = f"theaters/{file_name(id_)}"
        yield stem, maker.feed(stem, f"{name}: {maker.theater(id_)}", f"theater:{id_}", own)
    for id_, own in sorted(actors.items()):
        if len(own) >= WEIGHT:
            stem = f"actors/{file_name(id_)}"
            yield stem, maker.feed(stem, f"{name}: {names[id_]}", f"actor:{id_}", own)


@dataclass(frozen=True, slots=True)
class _Maker:
    knowledge: Knowledge
    texts: Mapping[str, str]
    places: Mapping[str, tuple[str, str]]
    site: Site

    def feed(self, stem: str, title: str, about: str, own: Sequence[Told]) -> Feed:
        """The feed at `stem` under `data/` on what the page of `about` is about."""
        return Feed(
            id=self._id(f"feed:{stem}.atom"),
            title=title,
            subtitle="Read by a program from published reports; an entry is as new as its report.",
            site=self.site,
            address=f"{self.site.url}data/{stem}" if self.site.url else posixpath.basename(stem),
            link=self._link(stem, about),
            updated=own[0].day if own else FIRST_DAY,
            entries=tuple(self._entry(stem, item) for item in _latest(own)),
        )

    def theater(self, id_: str) -> str:
        """The name of a theater, or its id."""
        known = self.knowledge.theaters.get(id_)
        return known.name if known else id_

    def _entry(self, stem: str, item: Told) -> Entry:
        event, report = item.event, item.report
        publisher = self.knowledge.sources.get(report.publisher or "")
        name = report_name(report, self.knowledge, self.texts.get(report.seed))
        return Entry(
            id=self._id(f"event:{event.id}"),
            title=words.finding(event),
            link=self._link(stem, f"event:{event.id}"),
            day=item.day,
            author=publisher.name if publisher else name,
            categories=(
                (event.type, event.type.capitalize()),
                *((theater, self.theater(theater)) for theater in event.theaters),
            ),
            summary=f"“{event.evidence[0].quote}” {words.date(event.date)}, {event.certainty}. {name}",
        )

    def _id(self, what: str) -> str:
        """The same in every build; another on a site with another address or, without one, another name."""
        return f"urn:uuid:{uuid.uuid5(_SPACE, f'{self.site.url or self.site.name} {what}')}"

    def _link(self, stem: str, id_: str) -> str:
        page, anchor = self.places[id_]
        address = f"{page.removesuffix('.md')}.html"
        if self.site.url:
            address = self.site.url + address
        else:
            address = posixpath.relpath(address, posixpath.dirname(f"data/{stem}"))
        return f"{address}#{anchor}" if anchor else address


def _latest(own: Sequence[Told]) -> Iterable[Told]:
    """The first `LATEST`, and the rest of the report that is begun there."""
    for at, item in enumerate(own):
        if at >= LATEST and item.report.id != own[LATEST - 1].report.id:
            return
        yield item
