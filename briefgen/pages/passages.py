"""Report text as runs: plain words, words that carry an event, and citation marks.

Text is cut, never changed: the words of the runs, put together, are the words of the
span save for the brackets of the marks, which the page draws as boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefgen.model import Citation, Evidence, Report, Span
from briefgen.pages.page import direction

_UNSAFE_IN_LABEL = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True, slots=True)
class Words:
    """Text of the report; `css` says what it carries."""

    text: str
    css: str = ""
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation mark as printed; `label` is its footnote, None where there is no mark."""

    marker: str
    label: str | None
    kind: Literal["cite"] = "cite"


@dataclass(frozen=True, slots=True)
class Call:
    """A number that leads from a passage to the note beside it."""

    number: str
    anchor: str
    """Id of the note."""
    here: str
    """Id of this place; empty but for the first telling."""
    css: str
    """Family of the event, `asmt` for an assessment."""
    type: str
    label: str
    kind: Literal["call"] = "call"


Run = Words | Cite | Call


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage with its citation marks."""

    runs: tuple[Run, ...]
    after: tuple[Cite, ...] = ()
    """Marks that stand after the closing quotation mark."""
    dir: str = "ltr"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text that carries something; its calls stand where it ends."""

    span: Span
    css: str
    calls: tuple[Call, ...] = ()


def label(report: str, citation: str) -> str:
    """Footnote label of a citation: the report's id and its own, so that it fits every page."""
    return _UNSAFE_IN_LABEL.sub(lambda m: f"_{ord(m.group()):x}_", f"{report}-{citation}")


def quote(evidence: Evidence, report: Report, known: dict[str, Citation]) -> Quote:
    """The evidence word for word: marks inside it in their place, those at its end and its other citations after it."""
    start, _ = evidence.span
    runs = list(cut(evidence.quote, start, report, ()))
    trailing: list[Cite] = []
    while runs and not (isinstance(runs[-1], Words) and runs[-1].text.strip()):
        last = runs.pop()
        if isinstance(last, Cite):
            trailing.insert(0, last)
    inside = {run.label for run in (*runs, *trailing) if isinstance(run, Cite)}
    ids = [c for c in dict.fromkeys(evidence.citations) if c in known and label(report.id, c) not in inside]
    after = [*trailing, *(Cite(known[c].marker, label(report.id, c)) for c in ids)]
    if not inside and not after:
        after = [Cite("no mark", None)]
    return Quote(tuple(runs), tuple(after), direction(evidence.quote))


def cut(text: str, start: int, report: Report, stretches: Iterable[Stretch]) -> tuple[Run, ...]:
    """`text`, which begins at `start` of the seed, as runs.

    Marks of the report become Cites: in place of the words where these are the marker and
    its brackets, else after them. Each stretch gives its css to the words inside it and its
    calls after its end (and after the marks that follow it directly).
    """
    end = start + len(text)
    boxed, after = _marks(text, start, report)
    parts = [_part(s, start) for s in stretches if s.span[0] < end and s.span[1] > start]
    edges = {edge for s in parts for edge in s.span if start < edge < end}
    edges |= {start, end, *after, *boxed, *(close for close, _ in boxed.values())}
    runs: list[Run] = []
    waiting: list[Call] = []
    gap = ""
    closed = start
    for left, right in pairwise(sorted(edges)):
        if left in boxed:
            closed, cites = boxed[left]
            runs += [Words(gap), *cites] if gap else cites
            gap = ""
        elif left >= closed:
            words, css = text[left - start : right - start], _css(parts, left)
            if waiting and not words.strip():
                gap += words
            else:
                runs += [*_once(waiting), *([Words(gap)] if gap else []), Words(words, css)]
                waiting, gap = [], ""
        runs += after.get(right, [])
        waiting.extend(call for s in parts if s.span[1] == right for call in s.calls)
    waiting.extend(call for s in parts if s.span[1] > end for call in s.calls)
    return (*runs, *_once(waiting), *([Words(gap)] if gap else []))


def _marks(text: str, start: int, report: Report) -> tuple[dict[int, tuple[int, list[Cite]]], dict[int, list[Cite]]]:
    """Marks that replace their words (start -> end, cites), and those that follow words (place -> cites)."""
    end = start + len(text)
    markers = {c.id: c.marker for c in report.citations}
    spans: dict[Span, list[str]] = {}
    for mark in sorted(report.marks, key=lambda m: m.span):
        if start <= mark.span[0] and mark.span[1] <= end and mark.citation in markers:
            spans.setdefault(mark.span, []).append(mark.citation)
    boxed: dict[int, tuple[int, list[Cite]]] = {}
    after: dict[int, list[Cite]] = {}
    closed = start
    for (left, right), ids in spans.items():
        cites = [Cite(markers[id_], label(report.id, id_)) for id_ in dict.fromkeys(ids)]
        printed = _letters(text[left - start : right - start])
        if left >= closed and printed == _letters("".join(cite.marker for cite in cites)):
            boxed[left] = (right, cites)
            closed = right
        else:
            after.setdefault(max(right, closed), []).extend(cites)
    return boxed, after


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _css(parts: Sequence[Stretch], at: int) -> str:
    return " ".join(dict.fromkeys(s.css for s in parts if s.css and s.span[0] <= at < s.span[1]))


def _part(stretch: Stretch, start: int) -> Stretch:
    """The stretch in a text that begins at `start`; one that began before has its place there."""
    if stretch.span[0] >= start:
        return stretch
    return replace(stretch, calls=tuple(replace(call, here="") for call in stretch.calls))


def _once(calls: Iterable[Call]) -> list[Call]:
    """One call a note; the one that the note leads back to, if it is among them."""
    found: dict[str, Call] = {}
    for call in calls:
        if call.anchor not in found or call.here:
            found[call.anchor] = call
    return list(found.values())
