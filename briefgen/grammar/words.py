"""Words of a sentence with their part of speech, and what their neighbors say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefgen.grammar import english

OPENS_OBJECT = frozenset(["DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "CD"])
OPENS_CLAUSE = frozenset({"DT", "PDT", "PRP$", "PRP", "NNP", "NNPS", "NNS", "CD", "EX"})
"""Tags of words that open a clause without `that`."""
"""Tags that can open the object of a verb."""
BREAKS = frozenset({"CC", "THAT", "WDT", "WP", "WRB", "SC", ",", ";", ":", "“", "”", '"', "—", "–"})
"""Tags at which a clause may end."""
PRENOUN = frozenset({"DT", "PRP$", "JJ", "JJR", "JJS", "POS", "CD"})
"""Tags that stand before a noun in its phrase."""
NOMINATIVE = frozenset(["he", "she", "they", "we", "it"])
"""Pronouns that, right after a noun, are the subject of a clause about it."""
_ABOUT = english.words("about_words")
_ABOUT_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "at least", "more than", "up to", "as many as", "at most", "fewer than", "about", "roughly", "nearly", "around",
        "some", "approximately", "almost",
    )
)  # fmt: skip
_COUNTED = frozenset("one two three four five six seven eight nine ten dozens several half".split())
_FINITE_AUXILIARIES = frozenset("was were is are has have had will would can could may".split())
_NAMES = frozenset(["NN", "NNS", "NNP", "NNPS", "CD"])
_SUBJECTS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT"])


@dataclass(frozen=True, slots=True)
class Word:
    """One token: `start` and `end` are offsets into the text it came from."""

    start: int
    end: int
    text: str
    tag: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Form:
    """What an inflected form of a verb may be."""

    lemma: str
    tags: frozenset[str]


def stands_alone(low: str, before: Word | None, after: Word | None) -> bool:
    """True where a word that may be noun or adjective is the noun: `the military said`, `secretary general`."""
    if low == "general":
        titled = before is not None and before.text.lower() in {"secretary", "attorney", "director", "inspector"}
        alone = (
            before is not None
            and before.tag in {"DT", "NNP", "JJ"}
            and (after is None or after.tag[:2] not in {"NN", "JJ"})
        )
        return titled or alone
    return after is None or after.tag not in {"NN", "NNS", "JJ", "CC", "VBG"}


def opens_aside(words: Sequence[Word], index: int) -> bool:
    """True for the verb of `As the report notes, ...`."""
    return words[0].text.lower() == "as" and not any(w.tag in {"VBD", "VBZ", "VBP", ","} for w in words[1:index])


def subject_before(words: Sequence[Word], index: int) -> bool:
    """True when a pair of commas before `index` closes an apposition: `X , head of Y , met`."""
    commas = [w for w in words[:index] if w.tag == ","]
    return len(commas) >= 2 or (len(commas) == 1 and words[0].tag in {"IN", "RB", "VBG"})


def verb_behind(words: Sequence[Word], index: int) -> bool:
    """True when the clause has a verb shortly before `index`, so that what stands before a noun describes it."""
    for word in reversed(words[max(0, index - 4) : index]):
        if word.tag in BREAKS:
            return False
        if word.tag.startswith("VB") and word.tag not in {"VBG"}:
            return True
    return False


def told_behind(words: Sequence[Word], index: int) -> bool:
    """True when a verb in the past, with its object, stands before the `and` at `index` - 1: `killed two and freed`."""
    for at in range(index - 2, 0, -1):
        word = words[at]
        if word.tag in BREAKS - {","}:
            return False
        if word.tag == "VBD" or (word.tag == "VBN" and words[at - 1].tag in _SUBJECTS):
            return at < index - 2
    return False


def verbless(words: Sequence[Word]) -> bool:
    """True when no verb has come yet that a subject stands before."""
    return not any(w.tag in {"VBD", "VBZ", "VBP", "MD"} for w in words)


def finite_ahead(words: Sequence[Word], index: int, forms: Mapping[str, Form]) -> bool:
    """True when the same clause still has a finite verb after `index`, so this one is a participle.

    A form that may be a participle as well counts only after a preposition: in `arrested 21
    wanted men` it describes, in `men arrested in June attacked` it is the verb.
    """
    hung = False
    for at, word in enumerate(words[index + 1 : index + 14], index + 1):
        low = word.text.lower()
        if word.tag in BREAKS or low in {"that", "after", "before", "since", "until"}:
            return False
        if word.text == "May":
            continue
        if low in NOMINATIVE and (words[at - 1].tag in _NAMES or words[at - 1].text.lower() == "so" or at == index + 1):
            return False
        if low in _FINITE_AUXILIARIES and words[at - 1].tag != "TO":
            return True
        hung = hung or word.tag == "IN"
        after = words[at + 1] if at + 1 < len(words) else None
        describes = words[at - 1].tag == "IN" and after is not None and after.tag in {"NN", "NNS"}
        if words[at - 1].tag in PRENOUN or describes:
            continue
        form = forms.get(low)
        if form is not None and form.tags == {"VBD"}:
            return True
        if hung and word.tag == "VBD" and (form is None or "VBD" in form.tags):
            return True
        if hung and word.tag == "VBN" and words[at - 1].tag in _NAMES and _object_opens(words, at, form):
            return True
    return False


def _object_opens(words: Sequence[Word], at: int, form: Form | None) -> bool:
    """True when a past form is followed by what can only be its object: `from Yemen targeted Eilat`."""
    after = words[at + 1] if at + 1 < len(words) else None
    return form is not None and "VBD" in form.tags and after is not None and after.tag in OPENS_OBJECT


def is_auxiliary(word: Word | None) -> bool:
    """True for a form of `be`, `have` or `get`."""
    return word is not None and word.lemma in {"be", "have", "get"} and word.tag not in {"NN", "POS"}


def is_about(words: Sequence[Word], index: int) -> bool:
    """True for the words of `at least`, `more than`, `up to`, `about` before a number."""
    low = [w.text.lower() for w in words[max(0, index - 2) : index + 4]]
    here = min(index, 2)
    if low[here] not in _ABOUT:
        return False
    for phrase in _ABOUT_PHRASES:
        for shift in range(len(phrase)):
            start = here - shift
            if start >= 0 and tuple(low[start : start + len(phrase)]) == phrase:
                after = words[index - shift + len(phrase) :][:1]
                return bool(after) and (after[0].tag in {"CD", "DT"} or after[0].text.lower() in _COUNTED)
    return False
