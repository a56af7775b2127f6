"""The timeline's days, as a script: what it is drawn anew from when a reader zooms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from briefgen.charts.marks import FAMILIES
from briefgen.charts.timeline import NOWHERE, length, read, span
from briefgen.knowledge import Knowledge
from briefgen.model import SHOWN, Record
from briefgen.pages.book import family


def files(records: Sequence[Record], knowledge: Knowledge) -> dict[str, str]:
    """`timeline.js` under `data/`; a script, because a page from the disk may not fetch.

    Of each theater, in the order of its id, the events of a day, of a length in days and of a family, as four
    numbers in a row: days since the row before (of the first: since 1970), length, family, how many. `read` has the
    runs of days that reports cover, `from` the day from which on the page draws them. An event without a theater is
    under the id "".
    """
    cells: dict[str, Counter[tuple[int, int, int]]] = {}
    events = [e for r in records for e in r.events if e.shown and e.status in SHOWN]
    covered = read([r.report for r in records])
    drawn = span(events, covered)
    for event in events:
        if event.date.start is None:
            continue
        number = [str(name) for name in FAMILIES].index(family(knowledge, event))
        key = (event.date.start.toordinal() - _EPOCH, length(event), number)
        for theater in event.theaters or ("",):
            cells.setdefault(theater, Counter())[key] += 1
    names = {id_: knowledge.theaters[id_].name if id_ in knowledge.theaters else id_ or NOWHERE for id_ in cells}
    told = {
        "families": FAMILIES,
        "read": [[day.toordinal() - _EPOCH for day in days] for days in covered],
        "theaters": [[id_, names[id_], _flat(cells[id_])] for id_ in sorted(cells)],
        "from": drawn[0].toordinal() - _EPOCH if drawn else 0,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return {"timeline.js": f"briefgenTimeline({text})\n"}


_EPOCH = 719163
"""1 January 1970 among the days since year 1."""


def _flat(own: Counter[tuple[int, int, int]]) -> list[int]:
    out: list[int] = []
    last = 0
    for (day, days, number), n in sorted(own.items()):
        out += [day - last, days, number, n]
        last = day
    return out
