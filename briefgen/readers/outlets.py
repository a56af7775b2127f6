"""Which outlet is meant, by name or by the host of an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from briefgen.knowledge.schema import Source

_ENDINGS = re.compile(
    r"(?: (?:news agency|news|agency|newspaper|daily|website|online|tv channel|tv|channel|telegram channel"
    r"|twitter account|x account)|'s (?:website|telegram channel|x account|twitter account))$"
)


class Known(Protocol):
    """What readers ask of the knowledge."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Outlets and publishers by id."""
        ...


@dataclass(frozen=True, slots=True)
class Outlets:
    """Outlets by name and by domain."""

    names: Mapping[str, str]
    domains: Mapping[str, str]

    def named(self, name: str) -> str | None:
        """Id of the outlet that is called so, also with `news agency` or the like after it."""
        key = _key(name)
        while key:
            if key in self.names:
                return self.names[key]
            shorter = _ENDINGS.sub("", key)
            if shorter == key:
                return None
            key = shorter
        return None

    def at(self, host: str) -> str | None:
        """Id of the outlet whose site the host belongs to."""
        labels = host.split(".")
        for at in range(len(labels) - 1):
            found = self.domains.get(".".join(labels[at:]))
            if found:
                return found
        return None

    def before(self, text: str) -> tuple[str, str] | None:
        """Name and id of the outlet that the text ends with (`... the Reuters news agency`); else None."""
        words = text.split()
        for size in range(min(6, len(words)), 0, -1):
            name = " ".join(words[-size:])
            found = self.named(name)
            if found:
                return name.removeprefix("the ").removeprefix("The "), found
        return None


def outlets(knowledge: Known) -> Outlets:
    """Index of the sources; of two with the same name the first in the file is meant."""
    names: dict[str, str] = {}
    domains: dict[str, str] = {}
    for source in knowledge.sources.values():
        for name in (source.name, *source.aliases):
            names.setdefault(_key(name), source.id)
        for domain in source.domains:
            domains.setdefault(domain.lower(), source.id)
    return Outlets(names, domains)


def _key(name: str) -> str:
    key = " ".join(name.replace("’", "'").replace("‘", "'").casefold().split()).strip(' ,.;:"“”')
    return key.removeprefix("the ")
