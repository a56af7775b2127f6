"""What a person is told of an event or a name before deciding, as plain lines.

Words of a report come without anything unseen, so that none of them acts on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.build import LINE
from briefgen.diff.telling import flat
from briefgen.model import SHOWN, Citation, Event, Report
from briefgen.pages import words
from briefgen.pages.corrected import value
from briefgen.reviewing import Held, Item
from briefgen.suggesting import Unknown


def told(items: tuple[Item, ...], at: int) -> list[str]:
    """The item of this number, a fact a line."""
    item = items[at]
    alike = [n for n, one in enumerate(items) if type(one) is type(item)]
    place = f"{alike.index(at) + 1} of {len(alike)}"
    lines = _event(item, place) if isinstance(item, Held) else _name(item, place)
    return [flat(line) for line in lines]


def _event(held: Held, place: str) -> Iterator[str]:
    event, report = held.event, held.report
    plain = event.model_dump(mode="json")
    yield f"Event {place}: {event.id}"
    yield f"Report: {report.title or report.id}, {words.issued(report)}, seeds/{report.seed}"
    for number, evidence in enumerate(event.evidence):
        yield f"{'Also' if number else 'Sentence'}: “{flat(evidence.quote)}”"
    yield f"Citations: {_citations(event, report)}"
    mode = f", {event.mode}" if event.mode else ""
    yield f"Read as: {words.finding(event)} ({event.type}{mode}; {event.status}; {event.certainty})"
    written = f", written “{event.date.as_written}”" if event.date.as_written else ""
    yield f"Date: {value('date', plain['date'])}{written}"
    yield f"Actors: {'; '.join(f'{a.role} {a.name}, written “{a.as_written}”' for a in event.actors) or 'none'}"
    for name in ("attributed_to", "places", "theaters", "fatalities", "injuries", "weapons", "count"):
        if plain[name] not in (None, []):
            yield f"{name.replace('_', ' ').capitalize()}: {value(name, plain[name])}"
    yield f"Held back: {why(event)}"


def why(event: Event) -> str:
    """Why the pages do not show the event, as far as its record tells."""
    if event.status not in SHOWN:
        return f"{event.status}, so it has not happened; to accept it keeps it off the pages and ends the asking."
    if event.confidence >= LINE:
        return "a correction hides it."
    roles = {actor.role for actor in event.actors}
    lacks = [
        ("nobody is named", not roles),
        (f"only a {min(roles, default='')} is named", len(roles) == 1 and roles != {"participant"}),
        ("no actor of it is known", bool(roles) and not any(actor.known for actor in event.actors)),
        ("it rests on a noun and not on a verb", event.rule.startswith("noun ")),
        ("no date is told", event.date.start is None),
        ("it is told as background", not event.core),
    ]
    reasons = [words_ for words_, true in lacks if true]
    because = words.listed(reasons) or "the word, or the form of its clause, tells little for a deed"
    return f"confidence {event.confidence:.2f}, below {LINE:.2f} (rule: {event.rule or 'none'}): {because}."


def _citations(event: Event, report: Report) -> str:
    known = {citation.id: citation for citation in report.citations}
    ids = dict.fromkeys(id_ for evidence in event.evidence for id_ in evidence.citations)
    return "; ".join(_citation(known[id_]) for id_ in ids if id_ in known) or "no mark"


def _citation(citation: Citation) -> str:
    addresses = " ".join(address.as_printed for address in citation.urls)
    return f"[{citation.marker}] {citation.reference or citation.outlet_name or addresses or 'no reference printed'}"


def _name(one: Unknown, place: str) -> Iterator[str]:
    yield f"Name {place}: {one.name}, in {words.count(one.events, 'event')} of {words.count(one.reports, 'report')}"
    if one.spellings:
        yield f"Spellings put together by likeness, taken over with it: {'; '.join(one.spellings)}"
    if one.titles:
        yield f"Written with: {'; '.join(one.titles)}"
    if one.sides:
        yield f"Acts for: {', '.join(one.sides)}"
    yield f"First in: {one.example.id}, “{flat(one.example.evidence[0].quote)}”"
    yield f"Perhaps: {', '.join(one.perhaps) or 'no known actor has a name like it'}"
