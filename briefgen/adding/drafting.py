"""The sidecar of a new seed: what was found as values, what was not as comments for a person to complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefgen import yamlio
from briefgen.knowledge import Knowledge
from briefgen.model import Report, Seed, Sidecar
from briefgen.readers.outlets import outlets

_ASKED: Mapping[str, str] = {
    "title": "the text prints none",
    "publisher": "an id of the sources, such as ctp-isw",
    "published": "YYYY-MM-DD; or null, if nobody knows it",
    "address": "where it was published, https://...",
    "licence": "who allows it to be printed again",
}
"""Field -> what a person is to write; in this order."""
_UNSEEN = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd]+")
_MASTHEAD = 6
"""Blocks at the top in which an outlet may be the publisher."""


def draft(seed: Seed, reports: Sequence[Report], known: Knowledge) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The sidecar's text, the fields that are known, and those that a person is asked for."""
    found = dict(_found(seed, reports))
    lines = [f"# {_flat(reports[0].notes[0])}"]
    if len(reports) > 1:
        lines.append(f"# It holds {len(reports)} reports. What holds for one of them only goes under `reports:`:")
        lines.append("# reports:")
        lines += [f"#   {report.id}: {{}}  # {_flat(report.title or 'without a title')}" for report in reports]
    for hint in seed.meta.hints:
        lines.append(f"# {_flat(hint)}")
    values: dict[str, object] = {}
    missing: list[str] = []
    for field, ask in _ASKED.items():
        value, why, needed = found.get(field, (None, "", False))
        if value is None:
            missing.append(field)
            guess = _named(seed, reports[0], known) if field == "publisher" else ""
            lines.append(f"# {field}:  # not found: {ask}{_flat(guess)}")
        elif value == "":
            lines.append(f"# {field}: {why}")
        elif needed:
            values[field] = value
            lines += [f"# From {_flat(why)}.", yamlio.dump({field: value}).rstrip("\n")]
        else:
            lines.append(f"# {yamlio.dump({field: value}).splitlines()[0]}  # {_flat(why)}")
    values["text"] = "excerpts"
    lines += ["# `full` only if the publisher allows the whole text to be printed again.", "text: excerpts"]
    text = "\n".join(lines) + "\n"
    told = yamlio.model(Sidecar, yamlio.parse(text, seed.name), seed.name)
    wanted = yamlio.model(Sidecar, values, seed.name)
    if told != wanted:  # a comment that is none would say what nobody wrote
        text = yamlio.dump(values)
    return text, tuple(found), tuple(missing)


def _found(seed: Seed, reports: Sequence[Report]) -> Iterator[tuple[str, tuple[object, str, bool]]]:
    """Field -> its value, where it stands, and whether the sidecar has to say it because the text does not."""
    alone = len(reports) == 1
    one = reports[0]
    meta, where = seed.meta, seed.meta.where
    if alone and one.title:
        yield "title", (one.title, "printed in the text", False)
    elif not alone:
        yield "title", ("", "each report has its own", False)
    publishers = {report.publisher for report in reports}
    if one.publisher and len(publishers) == 1:
        why = where.get("publisher") if meta.publisher else None
        yield "publisher", (one.publisher, why or "the layout, which is theirs", True)
    days = {report.published for report in reports}
    if one.published and len(days) == 1:
        filed = one.published_basis == "file"
        why = where.get("published", "the file") if filed else "printed in the text"
        if one.published_basis == "inferred":
            why = f"inferred: {one.published_why}"
        yield "published", (one.published, why, filed)
    elif not alone and None not in days:
        yield "published", ("", "each report prints its own", False)
    addresses = {report.address for report in reports}
    if one.address and len(addresses) == 1:
        yield "address", (one.address, where.get("address", "the text"), True)


def _named(seed: Seed, report: Report, known: Knowledge) -> str:
    """A publisher that the file names and the sources do not have, or an outlet named at the top; as a suggestion."""
    if seed.meta.publisher:
        where = seed.meta.where.get("publisher", "the file")
        return (
            f"; {where} says “{seed.meta.publisher}”, which is not among the sources (add it to knowledge/sources.yml)"
        )
    index = outlets(known)
    for block in report.blocks[:_MASTHEAD]:
        found = index.named(seed.text[slice(*block.span)])
        if found:
            return f"; {found}, which is named at the top?"
    return ""


def _flat(words: str) -> str:
    return " ".join(_UNSEEN.sub(" ", words).split())
