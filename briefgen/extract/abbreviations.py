"""Abbreviations that a report introduces itself: `Lebanese Hezbollah (LH)`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefgen.knowledge import Knowledge, Name

_BRACKET = re.compile(r"\s\(([A-Z][A-Za-z0-9&/-]{1,9})\)")
_CHUNK = 200
"""Characters before a bracket in which the name it shortens may begin."""


def introduced(text: str, knowledge: Knowledge) -> dict[str, Name]:
    """Abbreviation -> the known name that it is first given for in `text`."""
    found: dict[str, Name] = {}
    for match in _BRACKET.finditer(text):
        short = match[1]
        if short in found or sum(c.isupper() for c in short) < 2:
            continue
        before = text[max(0, match.start() - _CHUNK) : match.start()]
        named = [
            n
            for n in knowledge.names.find(before)
            if n.end == len(before) and any(c.kind == "actor" for c in n.candidates)
        ]
        if named and _initials(named[0].text, short) and not _means_another(named[0], short, knowledge):
            found[short] = named[0]
    return found


def applied(text: str, names: Sequence[Name], short: Mapping[str, Name]) -> tuple[Name, ...]:
    """`names` of `text` with every abbreviation of the report read as what it stands for there."""
    hits = [
        Name(m.start(), m.end(), m.group(), full.candidates)
        for word, full in short.items()
        for m in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    ]
    kept = [n for n in names if not any(n.start < h.end and h.start < n.end for h in hits)]
    return tuple(sorted((*kept, *(replace(h) for h in hits)), key=lambda n: n.start))


def _means_another(name: Name, short: str, knowledge: Knowledge) -> bool:
    """True for the known short form of a body that only ends `name`: `Qods Force of the Guards Corps (IRGC)`."""
    ids = {c.id for c in knowledge.names.meanings(short)}
    return bool(ids) and not ids & {c.id for c in name.candidates} and name.text[0] != short[0]


def _initials(name: str, short: str) -> bool:
    """True when the letters of `short` begin words of `name`, in their order."""
    letters = [c.lower() for c in short if c.isalpha()]
    for word in re.findall(r"[^\W\d_]+", name.lower()):
        if letters and word.startswith(letters[0]):
            letters.pop(0)
    return len(letters) <= 1
