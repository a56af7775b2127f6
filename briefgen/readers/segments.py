"""Where one news article ends and the next begins, when a page runs them together.

A lead says much that is new in one sentence, and the paragraphs after it take it up: a
boundary is a one-sentence paragraph that shares few words with the paragraphs before it,
and whose new words return after it. Paragraphs that refer back (`He added`, `In another
message`) open nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEFORE = 8
_AFTER = 5
_SHORTEST = 3
"""Paragraphs that an article has at least."""
_LONGEST_LEAD = 45
_OLD = 0.36
"""Most of a lead's words that the paragraphs before it may have."""
_RETURNS = 0.3
"""Least of a lead's words that must be new and come back."""
_LEAST_RETURNS = 4
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_INNER_STOP = re.compile(r"[.!?][”\"’]?\s+[A-Z“\"]")
_BACK = re.compile(
    r"(?:[“\"‘']|(?:he|she|they|it|his|her|their|its|this|these|that|those|such|the (?:news|report|statement|institute)"
    r"|but|and|also|however|meanwhile|moreover|in (?:another|addition|his|her|their|its)|another|at the same time"
    r"|during the|some|many|most|others?)\b)",
    re.IGNORECASE,
)
_FORM_WORDS = (
    "a about after again all also an and any are as at be because been before being both but by can could "
    "did do does during each for from had has have he her him his if in into is it its many may might "
    "more most new no not now of off on one or other our out over own said same say says several she "
    "should since so some such than that the their them then there these they this those through to two "
    "under until up was we were what when where which while who will with would you your "
)
_COMMON = frozenset(_FORM_WORDS.split())


def starts(paragraphs: Sequence[str]) -> tuple[int, ...]:
    """Indices of the paragraphs that open an article; the first of all is always one."""
    stems = [_stems(text) for text in paragraphs]
    out = [0] if paragraphs else []
    for at in range(1, len(paragraphs)):
        if at - out[-1] >= _SHORTEST and len(paragraphs) - at >= _SHORTEST and _leads(paragraphs[at]):
            before = frozenset[str]().union(*stems[max(0, at - _BEFORE) : at])
            after = frozenset[str]().union(*stems[at + 1 : at + 1 + _AFTER])
            new = stems[at] - before
            returns = len(new & after)
            size = len(stems[at])
            if size - len(new) <= _OLD * size and returns >= max(_LEAST_RETURNS, _RETURNS * size):
                out.append(at)
    return tuple(out)


def _leads(text: str) -> bool:
    return (
        len(text.split()) <= _LONGEST_LEAD
        and text[-1:] in '.”"'
        and not _BACK.match(text)
        and not _INNER_STOP.search(text)
    )


def _stems(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to six letters so that forms of a word meet."""
    words = (re.sub(r"['’]s?$", "", word).lower() for word in _WORD.findall(text))
    return frozenset(word[:6] for word in words if len(word) > 2 and word not in _COMMON)
