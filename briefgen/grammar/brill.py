"""Brill's lexicon: the commonest tag of some 94,000 English words, as the textblob package carries it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PREFIXES = frozenset("anti pro non post pre multi inter cross long short high low".split())
_ENDINGS = (("ly", "RB"), ("ed", "VBD"), ("ing", "VBG"), ("ous", "JJ"), ("al", "JJ"), ("ive", "JJ"), ("s", "NNS"))
_DESCRIBING = ("ed", "ing", "led", "run", "based", "made", "like")
_VERB_ENDINGS = (
    ("ied", ("y",)), ("ies", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)),
)  # fmt: skip


@cache
def lexicon() -> Mapping[str, str]:
    """Word -> its commonest tag."""
    text = (files("textblob") / "en" / "en-lexicon.txt").read_text(encoding="utf-8")
    return dict(line.split(" ", 1) for line in text.splitlines() if line.count(" ") == 1 and not line.startswith(";;;"))


def common(low: str) -> str | None:
    """The commonest tag of a word written in lower case; None for a word that the lexicon lacks."""
    return lexicon().get(low)


def by_ending(low: str) -> str:
    """The likeliest tag of a word that the lexicon lacks."""
    if "-" in low:
        first, last = low.split("-", 1)[0], low.rsplit("-", 1)[1]
        return "JJ" if first in _PREFIXES or last.endswith(_DESCRIBING) else "NN"
    return next((tag for ending, tag in _ENDINGS if low.endswith(ending) and len(low) > len(ending) + 2), "NN")


def verb_lemma(low: str) -> str:
    """Base form of a verb that is no verb of the event lexicon."""
    known = lexicon()
    for ending, adds in _VERB_ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            stem = low[: -len(ending)]
            for add in adds:
                if known.get(stem + add, "").startswith("VB") or known.get(stem + add) == "NN":
                    return stem + add
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known:
                return stem[:-1]
            return stem + adds[-1] if adds[-1] == "e" and ending in {"ing", "ed"} else stem + adds[0]
    return low
