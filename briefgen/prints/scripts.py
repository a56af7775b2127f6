"""Characters that no face can draw, told by their script and replaced by words that say so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from briefgen.prints.data import mapped

_NAMED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NAMES = {"cjk": "Chinese characters", "hiragana": "Japanese", "katakana": "Japanese", "hangul": "Korean"}
BOX = "□"
"""Stands for a sign that is no letter."""


def missing(diagnostic: str) -> frozenset[str]:
    """The characters that the typesetter's complaint names."""
    texts = (_ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text) for text in _NAMED.findall(diagnostic))
    return frozenset(char for text in texts for char in text)


def script(char: str) -> str:
    """The script of a letter in words; empty for what is no letter."""
    if unicodedata.category(char)[0] not in "LM":
        return ""
    name = unicodedata.name(char, "").split(" ")[0].lower()
    return _NAMES.get(name, name.capitalize())


def replaced(data: Mapping[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """`data` with each run of the characters in `gone` as `[Ethiopic]`, and signs as boxes."""
    runs = re.compile(f"[{re.escape(''.join(sorted(gone)))}](?:[{re.escape(''.join(sorted(gone)))} ]*"
                      f"[{re.escape(''.join(sorted(gone)))}])?")  # fmt: skip
    return mapped(data, lambda text: runs.sub(_stand_in, text))


def _stand_in(match: re.Match[str]) -> str:
    names = list(dict.fromkeys(name for char in match.group() if (name := script(char))))
    return f"[{', '.join(names)}]" if names else BOX


def told(gone: Iterable[str]) -> list[str]:
    """One sentence a script, and one for signs."""
    counted = Counter(script(char) for char in gone)
    return [
        f"no font has {n} {'characters' if n > 1 else 'character'} of {name}; the text shows [{name}] instead"
        if name
        else f"no font has {n} {'signs' if n > 1 else 'sign'} such as emoji; the text shows {BOX} instead"
        for name, n in sorted(counted.items())
    ]
