"""Reports and what they cite as lists of references: CSL-JSON, which Zotero and pandoc read, and BibTeX."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefgen.knowledge.schema import Source
from briefgen.model import Citation, Record, Report

_NEWS = frozenset({"newspaper", "agency", "broadcaster"})
"""Kinds of outlet whose pieces are articles; what others publish is a page."""
_LONGEST = 300
_PLAIN = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """One report, or one thing that reports cite."""

    id: str
    kind: str
    """Type of CSL: report, article-newspaper, webpage."""
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    """Who published it: of an article, the outlet."""
    issued: dt.date | None = None
    url: str = ""
    language: str = ""
    note: str = ""


def references(records: Sequence[Record], sources: Mapping[str, Source]) -> tuple[Reference, ...]:
    """Every report, and everything that one of them cites with an address or in words, each once.

    A reference with several whole addresses is as many entries. A mark to which the copy
    prints no reference names nothing and is left out.
    """
    reports = [_report(record.report, sources) for record in records]
    cited: dict[str, Reference] = {}
    for record in records:
        for citation in record.report.citations:
            for made in _cited(citation, record.report, sources):
                cited.setdefault(made.url or made.title, made)
    return (*reports, *cited.values())


def csl(found: Sequence[Reference]) -> str:
    """CSL-JSON, an entry a line."""
    lines = [json.dumps(_csl(one), ensure_ascii=False) for one in found]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def bibtex(found: Sequence[Reference]) -> str:
    """BibTeX in UTF-8; no word of a report is a command in it."""
    return "\n".join(line for one in found for line in _bibtex(one))


def _report(report: Report, sources: Mapping[str, Source]) -> Reference:
    return Reference(
        id=report.id,
        kind="report",
        title=_flat(report.title or report.id),
        authors=tuple(_flat(name) for name in report.authors),
        publisher=_name(report.publisher, sources),
        issued=report.published,
        url=report.address or "",
        language=report.language,
    )


def _cited(citation: Citation, report: Report, sources: Mapping[str, Source]) -> Iterator[Reference]:
    """The entries of one citation: title and outlet are those of its first address."""
    urls = [address.url for address in citation.urls if not address.truncated]
    outlet = _name(citation.outlet, sources) or _flat(citation.outlet_name or "")
    printed = _flat(citation.reference or "")
    bare = not _beside_addresses(citation)
    title = _flat(citation.title or "") or ("" if bare and urls else printed) or "".join(urls[:1])
    if not title and outlet and citation.date:
        title = f"{outlet}, {citation.date}"
    if not title:
        return
    source = sources.get(citation.outlet or "")
    first = Reference(
        id=f"{report.id}-{citation.id}",
        kind="article-newspaper" if source is not None and source.kind in _NEWS else "webpage",
        title=title,
        publisher=outlet,
        issued=citation.date,
        url="".join(urls[:1]),
        language=citation.language or "",
        note=f"Cited in {report.id} as: {printed or _flat(citation.marker)}",
    )
    yield first
    for number, url in enumerate(urls[1:], start=2):
        yield Reference(id=f"{first.id}.{number}", kind="webpage", title=url, url=url, note=first.note)


def _beside_addresses(citation: Citation) -> bool:
    """Whether the reference says anything but addresses."""
    left = _whole(citation.reference or "")
    for address in citation.urls:
        left = left.replace(_whole(address.as_printed), " ")
    return any(char.isalnum() for char in left)


def _name(id_: str | None, sources: Mapping[str, Source]) -> str:
    return sources[id_].name if id_ is not None and id_ in sources else _flat(id_ or "")


def _whole(words: str) -> str:
    """`words` on one line, without what prints nothing."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", " ", words).split())


def _flat(words: str) -> str:
    flat = _whole(words)
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rsplit(' ', 1)[0]} …"


def _csl(one: Reference) -> dict[str, object]:
    entry: dict[str, object] = {"id": one.id, "type": one.kind, "title": one.title}
    if one.authors:
        entry["author"] = [{"literal": name} for name in one.authors]
    if one.publisher:
        entry["container-title" if one.kind != "report" else "publisher"] = one.publisher
    if one.issued:
        entry["issued"] = {"date-parts": [[one.issued.year, one.issued.month, one.issued.day]]}
    for name, value in (("URL", one.url), ("language", one.language), ("note", one.note)):
        if value:
            entry[name] = value
    return entry


def _bibtex(one: Reference) -> Iterator[str]:
    report = one.kind == "report"
    fields = {
        "title": f"{{{one.title.translate(_PLAIN)}}}",
        "author": " and ".join(f"{{{name.translate(_PLAIN)}}}" for name in one.authors),
        "institution" if report else "howpublished": one.publisher.translate(_PLAIN),
        "year": str(one.issued.year) if one.issued else "",
        "month": str(one.issued.month) if one.issued else "",
        "date": one.issued.isoformat() if one.issued else "",
        "url": _address(one.url),
        "note": one.note.translate(_PLAIN),
    }
    yield f"@{'techreport' if report else 'misc'}{{{re.sub(r'[^A-Za-z0-9:.-]', '-', one.id)},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    yield "}\n"


def _address(url: str) -> str:
    """The address without what would end the field that it stands in."""
    return "".join(f"%{ord(char):02X}" if char in '{}\\"' else char for char in url)
