"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json

from briefgen.exports.told import moment
from briefgen.feeds.feed import Entry, Feed


def written(feed: Feed, ending: str) -> str:
    """`feed` as JSON, an item a line; `ending` of its own address.

    Without an address of the site nothing is linked: JSON Feed, unlike Atom, does not say
    what a link would be relative to.
    """
    head: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "language": "en",
        "authors": [{"name": feed.site.name}],
    }
    if feed.site.url:
        head |= {"home_page_url": feed.link, "feed_url": f"{feed.address}.{ending}"}
    items = ",\n".join(_json(_item(entry, bool(feed.site.url))) for entry in feed.entries)
    return f'{_json(head)[:-1]}, "items": [\n{items}\n]}}\n'


def _item(entry: Entry, linked: bool) -> dict[str, object]:
    return {
        "id": entry.id,
        **({"url": entry.link} if linked else {}),
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": moment(entry.day),
        "authors": [{"name": entry.author}],
        "tags": [label for _, label in entry.categories],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
