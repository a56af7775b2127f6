"""The explorer's data: every event of the pages as short rows, in scripts that also load from the disk.

A page from the disk may not fetch; a script it may load. So each file calls one function with
JSON. Names stand once, in `index.js`; rows hold their numbers there. Rows come latest first in
chunks. `start.js` has what the page shows before anybody has asked for something, however many
events there are: the rest is loaded when a reader reaches for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefgen.knowledge import Knowledge
from briefgen.model import SHOWN, Event, Record, Report
from briefgen.pages import Page, words
from briefgen.pages.book import report_name, source_of
from briefgen.pages.maps import key
from briefgen.pages.render import places

FOLDER = "explorer"
CHUNK = 500
"""Events in one file."""
FIRST = 50
"""Events that the page shows first."""
FEW, SHORT = 8, 30
"""Names that a facet shows first; facets of so many names at most are shown in full."""
ROLES = {"source": 0, "participant": 1, "target": 2}

Row = list[Any]
"""What `FIELDS` names, ready to be written as JSON."""
FACETS: dict[str, str] = {
    "certainties": "certainty", "types": "type", "modes": "mode", "theaters": "theaters", "actors": "actors",
    "places": "places", "sources": "sources", "reports": "report", "years": "year",
}  # fmt: skip
"""Names of a facet -> field of a row that holds their numbers."""
NUMBERED = {**FACETS, "speakers": "said"}
"""The same of all names."""
FIELDS = (
    "id", "start", "end", "date", "type", "mode", "certainty", "theaters", "actors", "places", "report", "sources",
    "said", "quote", "more", "ongoing", "year",
)  # fmt: skip
"""What a row holds, in its order."""


def files(
    records: Sequence[Record], knowledge: Knowledge, texts: Mapping[str, str], pages: Sequence[Page]
) -> dict[str, str]:
    """Path under `data/` -> script: `explorer/start.js`, `explorer/index.js`, and `explorer/1.js` and so on."""
    told = [
        (event, record.report) for record in records for event in record.events if event.shown and event.status in SHOWN
    ]
    told.sort(key=_latest_first)
    maker = _Rows(knowledge, texts, places(pages))
    rows = [maker.row(event, report) for event, report in told]
    chunks = [rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)]
    told_of = {"total": len(rows), "chunks": len(chunks)}
    names = maker.names()
    out = {
        f"{FOLDER}/start.js": _script("briefgenStart", {**told_of, **_start(rows, names)}),
        f"{FOLDER}/index.js": _script("briefgenIndex", {**told_of, **names}),
    }
    out |= {f"{FOLDER}/{n}.js": _script("briefgenRows", {"n": n, "rows": c}) for n, c in enumerate(chunks, 1)}
    return out


def _latest_first(item: tuple[Event, Report]) -> tuple[int, int, int, str, tuple[int, int], str]:
    event, report = item
    date = event.date
    days = (0, -date.start.toordinal(), -(date.end or date.start).toordinal()) if date.start else (1, 0, 0)
    return (*days, report.id, event.evidence[0].span, event.id)


def _script(function: str, value: Mapping[str, object]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"{function}({text})\n"


def _start(rows: Sequence[Row], names: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, object]:
    """The first rows, how many events the first names of each facet have, and the names that these need."""
    first = rows[:FIRST]
    counts: dict[str, list[tuple[int, int]]] = {}
    needed = {kind: {n for row in first for n in _numbers(row, field)} for kind, field in NUMBERED.items()}
    for kind, field in FACETS.items():
        counted = Counter(n for row in rows for n in _numbers(row, field))
        ranked = sorted(counted.items(), key=lambda item: (-item[1], names[kind][item[0]][1]))
        counts[kind] = ranked if kind == "years" or len(ranked) <= SHORT else ranked[:FEW]
        needed[kind] |= {number for number, _ in counts[kind]}
    return {
        "sizes": {kind: len(entries) for kind, entries in names.items()},
        "counts": counts,
        "names": {kind: [(number, names[kind][number]) for number in sorted(own)] for kind, own in needed.items()},
        "rows": first,
    }


def _numbers(row: Row, field: str) -> set[int]:
    """The numbers in a field, which holds one, or -1 for none, or several, or several with a role each."""
    value = row[FIELDS.index(field)]
    if isinstance(value, int):
        return {value} - {-1}
    return {one if isinstance(one, int) else one[0] for one in value}


class _Names:
    """Entries of one kind, each once, numbered as they come."""

    def __init__(self) -> None:
        self.entries: list[list[str]] = []
        self._numbers: dict[str, int] = {}

    def number(self, id_: str, *entry: str) -> int:
        """The entry's number; `entry` is kept the first time."""
        if id_ not in self._numbers:
            self._numbers[id_] = len(self.entries)
            self.entries.append([id_, *entry])
        return self._numbers[id_]


class _Rows:
    """Rows, and the names they rest on."""

    def __init__(self, knowledge: Knowledge, texts: Mapping[str, str], places: Mapping[str, tuple[str, str]]) -> None:
        self._knowledge, self._texts, self._places = knowledge, texts, places
        self._kinds = {kind: _Names() for kind in NUMBERED}

    def names(self) -> dict[str, list[list[str]]]:
        """Kind -> its entries: id, name, address or ''; of types the family, of reports the day after that."""
        return {kind: names.entries for kind, names in self._kinds.items()}

    def row(self, event: Event, report: Report) -> Row:
        """The event, field by field as FIELDS names them."""
        date, known = event.date, self._knowledge
        cited = {citation.id: citation for citation in report.citations}
        marks = [c for evidence in event.evidence for c in evidence.citations if c in cited]
        sources = [source for mark in marks if (source := source_of(cited[mark], known))]
        return [
            event.id,
            date.start.isoformat() if date.start else "",
            date.end.isoformat() if date.end and date.end != date.start else "",
            words.date(date),
            self._type(event),
            self._kinds["modes"].number(event.mode, event.mode.replace("-", " "), "") if event.mode else -1,
            self._kinds["certainties"].number(event.certainty, event.certainty, ""),
            _once(self._theater(id_) for id_ in event.theaters),
            [[self._actor(actor.id, actor.name), ROLES[actor.role]] for actor in event.actors],
            _once(self._place(key(place), place.name) for place in event.places),
            self._report(report),
            _once(self._kinds["sources"].number(s.key, s.name, self._page(f"source:{s.key}")) for s in sources),
            _once(self._speaker(id_) for id_ in event.attributed_to),
            event.evidence[0].quote,
            len(event.evidence) - 1,
            1 if event.status == "ongoing" else 0,
            self._kinds["years"].number(year := str(date.start.year) if date.start else "undated", year, ""),
        ]

    def _type(self, event: Event) -> int:
        known = self._knowledge.types.get(event.type)
        return self._kinds["types"].number(event.type, event.type.capitalize(), "", known.family if known else "st")

    def _theater(self, id_: str) -> int:
        known = self._knowledge.theaters.get(id_)
        return self._kinds["theaters"].number(id_, known.name if known else id_, self._page(f"theater:{id_}"))

    def _actor(self, id_: str, name: str) -> int:
        return self._kinds["actors"].number(id_, name, self._page(f"actor:{id_}"))

    def _place(self, id_: str, name: str) -> int:
        return self._kinds["places"].number(id_, name, self._page(f"place:{id_}"))

    def _report(self, report: Report) -> int:
        name = report_name(report, self._knowledge, self._texts.get(report.seed))
        day = report.published.isoformat() if report.published else ""
        return self._kinds["reports"].number(report.id, name, self._page(f"report:{report.id}"), day)

    def _speaker(self, id_: str) -> int:
        known = self._knowledge.actors.get(id_) or self._knowledge.sources.get(id_)
        page = self._page(f"actor:{id_}") or self._page(f"source:{id_}")
        return self._kinds["speakers"].number(id_, known.name if known else id_, page)

    def _page(self, id_: str) -> str:
        """Address from the top of the site; empty where nothing can be linked to."""
        if id_ not in self._places:
            return ""
        path, anchor = self._places[id_]
        return f"{path.removesuffix('.md')}.html" + (f"#{anchor}" if anchor else "")


def _once(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))
