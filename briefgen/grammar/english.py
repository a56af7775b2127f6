"""Sets of English words that the parser goes by; the words are data, in `english.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from briefgen import yamlio

_FILE = Path(__file__).with_name("english.yml")


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yamlio.read(_FILE)
    return found


def words(name: str) -> frozenset[str]:
    """The set of that name; KeyError where `english.yml` has none."""
    return frozenset(_data()[name])


def irregular_verbs() -> dict[str, tuple[str, str]]:
    """Base form -> (past tense, past participle)."""
    return {verb: (past, participle) for verb, (past, participle) in _data()["irregular_verbs"].items()}


def closed_class() -> dict[str, str]:
    """Word -> its tag, for words that have one wherever they stand."""
    return {word: tag for tag, listed in _data()["closed_class"].items() for word in listed}
