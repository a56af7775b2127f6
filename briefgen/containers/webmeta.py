"""What a page says about itself in its head: the names that publishers use for search engines and networks."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from briefgen.containers.content import flat
from briefgen.model import Meta

_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d{1,6}\)(\S{8,2000})\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(\S{8,2000})"
)
_DAY = re.compile(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_ISO = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title"),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher", "publisher"),
    "authors": ("author", "citation_author", "dc.creator", "parsely-author", "article:author"),
    "published": (
        "article:published_time", "datepublished", "citation_publication_date", "dc.date.issued", "dc.date", "date",
        "pubdate", "parsely-pub-date", "sailthru.date",
    ),
    "address": ("og:url", "twitter:url"),
}  # fmt: skip
_LONGEST = 300


def read(document: HtmlElement, source: str) -> Meta:
    """The facts that the page's head tells, each with the name under which it does; the first sound one counts."""
    facts: dict[str, Any] = {}
    where: dict[str, str] = {}
    for field, value, name in _told(document, source):
        sound = _sound(field, value)
        if sound and field not in facts:
            facts[field], where[field] = sound, name
    if "title" in facts and "publisher" in facts:
        facts["title"] = re.sub(rf"\s+[|–—:·-]\s+{re.escape(facts['publisher'])}$", "", facts["title"])
    return Meta(**facts, where=where)


def address(url: str) -> str | None:
    """The address where it is one of the web that a browser would take as it is."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    plain = len(url) <= 2000 and not re.search(r"[\s\"<>\\^`{|}\x00-\x1f\x7f]", url)
    return (
        url if plain and parts.scheme.lower() in ("http", "https") and "." in host and "@" not in parts.netloc else None
    )


def day(printed: str) -> dt.date | None:
    """The day of `2024-04-26T08:00:00+03:00`, `20240426` or `Fri, 26 Apr 2024 08:00:00 GMT`, where it is written."""
    found = _DAY.match(printed)
    parts = [int(part) for part in found.groups()] if found else list((parsedate(printed) or ())[:3])
    try:
        return dt.date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None


def _told(document: HtmlElement, source: str) -> Iterator[tuple[str, str, str]]:
    """Field, value and name, the surest first."""
    metas: dict[str, list[str]] = {}
    for element in document.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), []).append(element.get("content") or "")
    for link in document.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "address", link.get("href") or "", "its canonical link"
    for field, names in _NAMES.items():
        for name in names:
            for value in metas.get(name, []):
                yield field, value, f"its `{name}`"
    for script in document.xpath("//script[@type='application/ld+json']"):
        for item in _linked(script.text_content()):
            yield "title", _name(item.get("headline")), "its JSON-LD"
            yield "published", _name(item.get("datePublished")), "its JSON-LD"
            yield "publisher", _name(item.get("publisher")), "its JSON-LD"
            yield "authors", _name(item.get("author")), "its JSON-LD"
    saved = _SAVED.search(source[:10_000])
    if saved:
        yield "address", saved[1] or saved[2], "the note of the browser that saved it"
    for title in document.iter("title"):
        if any(True for _ in title.iterancestors("head")):
            yield "title", title.text_content(), "its title"
    yield "language", document.get("lang") or "", "its `lang`"


def _linked(text: str) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-LD script that are an article; nothing where it is broken."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    graph = data.get("@graph") if isinstance(data, dict) else None
    every = data if isinstance(data, list) else graph if isinstance(graph, list) else [data]
    yield from (item for item in every if isinstance(item, dict) and ("headline" in item or "datePublished" in item))


def _name(value: Any) -> str:
    """A name, or that of the one thing which has it."""
    if isinstance(value, list):
        return _name(value[0]) if len(value) == 1 else ""
    if isinstance(value, dict):
        return _name(value.get("name"))
    return value if isinstance(value, str) else ""


def _sound(field: str, value: str) -> Any:
    if field == "published":
        return day(value)
    if field == "address":
        return address(value)
    words = flat(value)
    if not words or len(words) > _LONGEST or (field == "authors" and "://" in words):
        return None
    if field == "language":
        return words if _ISO.fullmatch(words) else None
    return (words,) if field == "authors" else words
