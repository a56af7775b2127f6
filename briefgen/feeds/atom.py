"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from briefgen.exports.told import moment
from briefgen.feeds.feed import Entry, Feed

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


def written(feed: Feed, ending: str) -> str:
    """`feed` as XML; `ending` of its own address."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{_text(feed.title)}</title>",
        f"<id>{feed.id}</id>",
        f"<updated>{moment(feed.updated)}</updated>",
        f"<author><name>{_text(feed.site.name)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_quoted(f"{feed.address}.{ending}")}/>',
        f'<link rel="alternate" type="text/html" href={_quoted(feed.link)}/>',
        f"<subtitle>{_text(feed.subtitle)}</subtitle>",
        *(line for entry in feed.entries for line in _entry(entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterable[str]:
    yield "<entry>"
    yield f"<title>{_text(entry.title)}</title>"
    yield f"<id>{entry.id}</id>"
    yield f"<updated>{moment(entry.day)}</updated>"
    yield f"<published>{moment(entry.day)}</published>"
    yield f'<link rel="alternate" type="text/html" href={_quoted(entry.link)}/>'
    yield f"<author><name>{_text(entry.author)}</name></author>"
    for term, label in entry.categories:
        yield f"<category term={_quoted(term)} label={_quoted(label)}/>"
    yield f"<summary>{_text(entry.summary)}</summary>"
    yield "</entry>"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))
