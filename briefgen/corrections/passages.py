"""Where the words stand that a person quotes, and what they rest on."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from briefgen.corrections.desk import Desk
from briefgen.extract.citing import citations
from briefgen.model import Evidence, Report, Span

_ALIKE = 60.0


def find(quote: str, within: Span, desk: Desk, at: int | None = None) -> Span:
    """Where `quote` stands in the text; line ends and runs of blanks may be others there.

    CorrectionError where it stands nowhere, or more than once and `at` does not say where.
    """
    words = quote.split()
    if not words:
        raise desk.error("the quote is empty")
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    found = [match.span() for match in pattern.finditer(desk.seed.text, *within)]
    if at is not None:
        found = [span for span in found if span[0] == at]
    if not found:
        where = f" at {at}" if at is not None else ""
        near = _like(" ".join(words), within, desk.seed.text)
        raise desk.error(
            f"the text has no such words{where}: {_cut(quote)!r}",
            f"quotes are verbatim; nearest: {near!r}" if near else "quotes are verbatim",
        )
    if len(found) > 1:
        places = ", ".join(str(span[0]) for span in found[:6])
        raise desk.error(f"these words stand {len(found)} times in the text: {_cut(quote)!r}", f"add `at:` {places}")
    return found[0]


def _cut(quote: str) -> str:
    return quote if len(quote) <= 80 else f"{quote[:80]}…"


def _like(quote: str, within: Span, text: str) -> str:
    """The passage of the text, in whole words, that comes nearest to the quote; empty where none does."""
    inside = text[slice(*within)]
    found = fuzz.partial_ratio_alignment(quote, inside, score_cutoff=_ALIKE)
    if found is None:
        return ""
    before, after = inside[: found.dest_start].split(" "), inside[found.dest_end :].split(" ")
    return _cut(f"{before[-1]}{inside[found.dest_start : found.dest_end]}{after[0]}")


def evidence(span: Span, report: Report, text: str) -> Evidence:
    """The passage with the citations that are called in it or right behind it, or that cover it."""
    block = next((b for b in report.blocks if b.span[0] <= span[0] < b.span[1]), None)
    reach = (span[0], span[1] + 1)
    called = citations(report.marks, reach, block) if block is not None else ()
    return Evidence(quote=text[slice(*span)], span=span, citations=called)


def listed(value: object, report: Report, desk: Desk) -> list[Any]:
    """The evidence of an event in the form of the record, from quotes with or without their spans."""
    out: list[Any] = []
    for item in value if isinstance(value, list) else [value]:
        entry = {"quote": item} if isinstance(item, str) else item
        if not isinstance(entry, dict) or not isinstance(entry.get("quote"), str):
            raise desk.error("evidence needs its quote", "give it as `{quote: ...}`")
        if "span" not in entry:
            made = evidence(find(entry["quote"], report.span, desk), report, desk.seed.text)
            entry = {**made.model_dump(mode="json"), **{key: one for key, one in entry.items() if key != "quote"}}
        out.append(entry)
    return out
