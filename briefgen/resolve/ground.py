"""The country that a passage is about: the heading it stands under, or where its story was filed."""

from __future__ import annotations

from briefgen.grammar import sentences
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Actor
from briefgen.model import Report


def of_heading(heading: str | None, knowledge: Knowledge) -> Actor | None:
    """The state that a heading names and nothing else (`Niger`); None for a region or a topic."""
    return _named(heading.strip(), knowledge) if heading else None


def filed_in(report: Report, text: str, knowledge: Knowledge) -> Actor | None:
    """The state where a report was filed, by its dateline (`KABUL, Afghanistan (AP) — `)."""
    for block in report.blocks:
        if block.kind == "paragraph":
            line = sentences.dateline(text[block.span[0] : block.span[1]])
            return _holding(line, knowledge) if line else None
    return None


def _named(heading: str, knowledge: Knowledge) -> Actor | None:
    known = [c for c in knowledge.names.meanings(heading) if c.kind == "actor" and c.how in {"name", "alias"}]
    return next((a for c in known if (a := knowledge.actors[c.id]).kind == "state"), None)


def _holding(line: str, knowledge: Knowledge) -> Actor | None:
    """The state of the places that a dateline names, where they agree."""
    where = [c for n in knowledge.names.find(line.partition("(")[0].title()) for c in n.candidates if c.kind == "place"]
    found = {country for c in where if (country := knowledge.places[c.id].country) is not None}
    return knowledge.actors.get(next(iter(found))) if len(found) == 1 else None
