"""Events as annotators and the program have them, in one form that can be compared.

A folder of annotations holds `annotator-1/<part>.json`, `annotator-2/<part>.json` and so on,
the same part under the same name. One file is one person's reading of (a part of) one seed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.errors import BriefError
from briefgen.model import Event, Record

_STRAIGHT = str.maketrans("“”‘’–—", "\"\"''--")
_MARK = re.compile(r"\[[0-9ivxlcdm]{1,8}\]")
_NO_WORD = re.compile(r"[^\w]+")
_SMALL = re.compile(r"\b(the|al|el|of|and|mr|dr)\b")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage: its words in lower case without marks, as a string and as a set."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an annotator or the program has it."""

    type: str
    date: tuple[str, str] | None
    actors: tuple[str, ...]
    theaters: frozenset[str]
    places: tuple[str, ...]
    citations: tuple[str, ...]
    passages: tuple[Passage, ...]
    quote: str
    core: bool = True


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's reading of (a part of) one seed."""

    part: str
    """Name of the file without its ending."""
    seed: str
    span: tuple[int, int]
    reports: int
    events: tuple[Told, ...]
    names: Mapping[str, str]
    """Any spelling of an actor -> the annotator's own, both normalized."""


def annotated(path: Path) -> dict[str, tuple[Annotation, ...]]:
    """Part -> its reading by each annotator, in the order of the annotators' names.

    BriefError where there is none, or a file is no annotation.
    """
    found: dict[str, list[Annotation]] = {}
    for file in sorted(path.glob("annotator-*/*.json")):
        found.setdefault(file.stem, []).append(annotation(file))
    if not found:
        raise BriefError(str(path), "", "no annotations here", "annotator-1/<part>.json was expected")
    return {part: tuple(found[part]) for part in sorted(found)}


def annotation(path: Path) -> Annotation:
    """One annotator's file; BriefError where it is no annotation."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        start, end = data.get("span", (0, 10**12))
        return Annotation(
            part=path.stem,
            seed=data["seed"],
            span=(start, end),
            reports=len(data["reports"]),
            events=tuple(_event(event) for report in data["reports"] for event in report["events"]),
            names={
                name_of(word): name_of(own) for own, more in data.get("aliases", {}).items() for word in (own, *more)
            },
        )
    except KeyError as error:
        raise BriefError(str(path), f"key {error.args[0]}", "missing in this annotation") from None
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise BriefError(str(path), "", f"no annotation of events: {error}") from None


def _event(event: Mapping[str, Any]) -> Told:
    date = event.get("date")
    return Told(
        type=event["type"],
        date=(date[0], date[1]) if date else None,
        actors=tuple(actor["name"] for actor in event.get("actors", ())),
        theaters=frozenset(theater for theater in event.get("theaters", ()) if theater),
        places=tuple(event.get("places", ())),
        citations=tuple(str(marker) for marker in event.get("citations", ())),
        passages=tuple(passage(quote) for quote in event["evidence"]),
        quote=event["evidence"][0],
        core=event.get("core", True),
    )


def extracted(records: Iterable[Record], seed: str, span: tuple[int, int]) -> tuple[Told, ...]:
    """The events that the site would show, of the annotated part of a seed."""
    return tuple(
        _extracted(event)
        for record in records
        if record.report.seed == seed
        for event in record.events
        if event.shown and event.status not in ("planned", "hypothetical")
        if span[0] <= event.evidence[0].span[0] < span[1]
    )


def _extracted(event: Event) -> Told:
    start = event.date.start
    return Told(
        type=event.type,
        date=(start.isoformat(), (event.date.end or start).isoformat()) if start else None,
        actors=tuple(actor.name for actor in event.actors),
        theaters=frozenset(event.theaters),
        places=tuple(place.name for place in event.places),
        citations=event.citations,
        passages=tuple(passage(evidence.quote) for evidence in event.evidence),
        quote=event.evidence[0].quote,
    )


def passage(quote: str) -> Passage:
    """`quote` ready to be compared."""
    text = _MARK.sub(" ", unicodedata.normalize("NFKC", quote).lower()).translate(_STRAIGHT)
    text = _NO_WORD.sub(" ", text).strip()
    return Passage(text, frozenset(text.split()))


def name_of(text: str) -> str:
    """A name without accents, marks, capitals and small words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return " ".join(_SMALL.sub(" ", _NO_WORD.sub(" ", plain)).split())
