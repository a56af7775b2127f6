"""What a feed holds, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.model import Day


@dataclass(frozen=True, slots=True)
class Site:
    """What the project's mkdocs.yml says about the site."""

    name: str
    url: str = ""
    """Where it is published, with a `/` at its end; empty where that is not said."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in a feed."""

    id: str
    """The same in every build, and of a feed in every format."""
    title: str
    link: str
    """Of the event on its page: whole, or from the feed where the site has no address."""
    day: Day
    """Of the report."""
    author: str
    """Who published the report."""
    categories: tuple[tuple[str, str], ...]
    """Term and label: type, then theaters."""
    summary: str
    """The sentence, the date, the certainty and the report."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of what one page is about."""

    id: str
    title: str
    subtitle: str
    site: Site
    address: str
    """Of the feed, without the ending of its format: whole, or from itself where the site has no address."""
    link: str
    """Of the page."""
    updated: Day
    entries: tuple[Entry, ...]
