"""The search: what it says of a hit, and how a large site keeps it quick.

mkdocs-material indexes the pages, and the theme's `search.js` asks it. What no index has, the
kind, the day, the theaters and the years of a hit, is in `data/search.js`. Where the index is
too heavy to be loaded whole, `cut` lets the site search with Pagefind, which loads pieces.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.knowledge import Knowledge
from briefgen.model import SHOWN, Event, Record, Report
from briefgen.pages import Page, words
from briefgen.pages.book import source_of
from briefgen.pages.listing import day_of
from briefgen.pages.maps import key
from briefgen.pages.render import places
from briefgen.search import pieces

LIMIT = 1_000_000
"""Bytes, compressed, up to which an index is loaded whole."""
KINDS = {"event": "Event", "actor": "Actor", "place": "Place", "theater": "Theater", "report": "Report",
         "source": "Source"}  # fmt: skip
"""Kind of a target -> what the search calls it."""
OTHER = "Page"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the search says of a hit beside its words."""

    kind: str
    when: str = ""
    """Its day in words, or that of its latest event; empty where it has no event."""
    years: tuple[str, ...] = ()
    """Years of its events, the latest first."""
    theaters: tuple[str, ...] = ()
    """Names, those of the latest event first."""


def facts(records: Sequence[Record], knowledge: Knowledge, pages: Sequence[Page]) -> dict[str, Fact]:
    """Place in the site -> what the search says of a hit there.

    An event's place is its anchor, such as `e-1f2e`, because it stands on several pages; of
    everything else it is the address from the top of the site.
    """
    told = [(e, r.report) for r in records for e in r.events if e.shown and e.status in SHOWN]
    told.sort(key=_latest_first)
    events: dict[str, list[Event]] = {}
    for event, report in told:
        for id_ in dict.fromkeys(_concerned(event, report, knowledge)):
            events.setdefault(id_, []).append(event)
    days = {f"report:{r.report.id}": day_of(r.report) for r in records}
    found: dict[str, Fact] = {}
    for id_, (path, anchor) in places(pages).items():
        kind = id_.partition(":")[0]
        if kind not in KINDS:
            continue
        own = events.get(id_, [])
        dated = [e.date for e in own if e.date.start]
        day = days.get(id_)
        if kind == "report":
            when = words.day(day) if day else "undated"
        else:
            when = words.date(dated[0]) if dated else "undated" if own else ""
            when = f"latest event {when}" if when and kind != "event" else when
        years = sorted({str(date.start.year) for date in dated if date.start} | ({str(day.year)} if day else set()))
        named = dict.fromkeys(t for e in own for t in e.theaters)
        theaters = tuple(knowledge.theaters[t].name if t in knowledge.theaters else t for t in named)
        place = anchor if kind == "event" else f"{path.removesuffix('.md')}.html{'#' if anchor else ''}{anchor}"
        found[place] = Fact(KINDS[kind], when, tuple(reversed(years)), theaters)
    return found


def _latest_first(item: tuple[Event, Report]) -> tuple[int, str, tuple[int, int]]:
    event, report = item
    return (-event.date.start.toordinal() if event.date.start else 0, report.id, event.evidence[0].span)


def _concerned(event: Event, report: Report, knowledge: Knowledge) -> Iterator[str]:
    """Everything that can be linked to and is told of by the event."""
    yield from (f"event:{event.id}", f"report:{report.id}")
    yield from (f"actor:{actor.id}" for actor in event.actors)
    yield from (f"theater:{theater}" for theater in event.theaters)
    yield from (f"place:{key(place)}" for place in event.places)
    cited = {citation.id: citation for citation in report.citations}
    for mark in (c for evidence in event.evidence for c in evidence.citations if c in cited):
        source = source_of(cited[mark], knowledge)
        if source:
            yield f"source:{source.key}"


def files(known: Mapping[str, Fact]) -> dict[str, str]:
    """`search.js` under `data/`: a script, because a page from the disk may not fetch."""
    kinds = sorted({fact.kind for fact in known.values()})
    theaters = sorted({name for fact in known.values() for name in fact.theaters})
    number = {name: n for n, name in enumerate(theaters)}
    hits = {
        place: [kinds.index(fact.kind), fact.when, fact.years, [number[name] for name in fact.theaters]]
        for place, fact in known.items()
    }
    text = json.dumps({"kinds": kinds, "theaters": theaters, "hits": hits}, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return {"search.js": f"briefgenFacts({text})\n"}


def cut(site: Path, known: Mapping[str, Fact]) -> str:
    """Let the site search in pieces where its index weighs more than LIMIT; returns what is to be said of it.

    The index gives way to a stub that names Pagefind's folder. For a page from the disk, which
    can load no pieces, all entries stay in `search/documents.js`. BriefError where Pagefind fails.
    """
    folder = site / "search"
    index = folder / "search_index.json"
    data = index.read_bytes() if index.is_file() else b""
    weight = len(gzip.compress(data))
    if weight <= LIMIT:
        return ""
    heavy = f"the search index weighs {weight / 1e6:.1f} MB compressed"
    if not pieces.there():
        return f"{heavy}, and who searches loads all of it; with `pip install 'pagefind[bin]'` it is loaded in pieces"
    told = json.loads(data)
    made = pieces.index(entries(told["docs"], known))
    for name, content in made.items():
        path = folder / pieces.FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    stub = json.dumps({"config": {**told["config"], "pieces": f"search/{pieces.FOLDER}/"}, "docs": []})
    index.write_text(stub, encoding="utf-8")
    script = folder / "search_index.js"
    if script.is_file():
        script.write_text(f"var __index = {stub}", encoding="utf-8")
        (folder / "documents.js").write_bytes(b"briefgenDocuments(" + data + b")\n")
    return f"{heavy}, more than a reader should load: the site searches with Pagefind, in pieces"


def entries(docs: Sequence[Mapping[str, Any]], known: Mapping[str, Fact]) -> Iterator[pieces.Entry]:
    """The index's entries as Pagefind takes them, with the facts of the thing that each belongs to."""
    titles = {doc["location"]: _plain(doc["title"]) for doc in docs}
    for doc in docs:
        location = str(doc["location"])
        page, _, anchor = location.partition("#")
        fact = known.get(anchor) or known.get(location) or known.get(page) or Fact(OTHER)
        own = anchor in known or location in known
        yield pieces.Entry(
            location,
            titles[location],
            _said_first(_plain(doc["text"])) if fact.kind == KINDS["event"] else _plain(doc["text"]),
            {"kind": fact.kind, "when": fact.when, "of": "" if own else page, "called": titles.get(page, "")},
            {"kind": (fact.kind,), "year": fact.years, "theater": fact.theaters},
        )


def _said_first(text: str) -> str:
    """The quotation before what stands around it, so that an excerpt begins with it."""
    before, opened, rest = text.partition("“")
    said, closed, after = rest.rpartition("”")
    return f"“{said}” {before}{after}" if opened and closed else text


def _plain(text: str) -> str:
    """The words of a piece of HTML."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
