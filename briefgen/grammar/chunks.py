"""Chunks of a sentence: noun phrases, verb groups, and the words that join them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.grammar.english import words
from briefgen.grammar.inflection import singular
from briefgen.grammar.words import Word

_NP = frozenset({"DT", "PRP$", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "FW", "PDT", "$"})
_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "FW"})
_TIME = words("times")
_DAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"]
)
_PARTS = frozenset(["morning", "afternoon", "evening", "night"])
_MONTHS = frozenset(month.lower() for month in calendar.month_name if month)
_EVENTS = words("event_nouns") | {"prayer", "sermon", "election", "vote", "war", "revolution", "deal", "agreement"}
_BACK = frozenset(["ago", "earlier", "before", "later"])
_DISTANCES = frozenset(["miles", "kilometers", "kilometres", "km", "meters", "metres", "yards", "mile", "kilometer"])
QUOTES = frozenset('“”"«»„')


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words[first:last], with the words of its head."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Item:
    """A chunk: noun phrase, verb group, or a single word that joins them."""

    kind: str
    """`NP`, `VG`, or the tag of the one word."""
    first: int
    last: int
    phrase: Phrase | None = None


def items_of(words: Sequence[Word]) -> list[Item]:
    """The chunks of a sentence, in its order."""
    items: list[Item] = []
    i = 0
    while i < len(words):
        if words[i].tag in QUOTES and i + 1 < len(words):
            end = _np_end(words, i + 1)
            if end > i + 1 and end < len(words) and words[end].tag in QUOTES:
                head = next((j for j in range(end - 1, i, -1) if words[j].tag in _NOUN | {"PRP"}), end - 1)
                items.append(Item("NP", i, end + 1, Phrase(i + 1, end, head)))
                i = end + 1
                continue
        end = _np_end(words, i)
        if end > i:
            head = next((j for j in range(end - 1, i - 1, -1) if words[j].tag in _NOUN | {"PRP"}), end - 1)
            items.append(Item("NP", i, end, Phrase(i, end, head)))
            i = end
            continue
        end = _vg_end(words, i)
        if end > i:
            items.append(Item("VG", i, end))
            i = end
            continue
        items.append(Item(words[i].tag, i, i + 1))
        i += 1
    return items


def _np_end(words: Sequence[Word], start: int) -> int:
    """End of the noun phrase at `start`, or `start` when there is none."""
    if words[start].tag == "PRP":
        return start + 1
    time = _time_end(words, start)
    if time - start == 4 or (
        start < time < len(words) and words[time].tag in _NP - {"POS"} and not _of_the_time(words[time])
    ):
        return time
    i = start
    last_noun = -1
    while i < len(words) and i - start < 40:
        tag = words[i].tag
        after = words[i + 1].tag if i + 1 < len(words) else ""
        if tag in _NP:
            if last_noun >= 0 and (tag in {"DT", "PRP$"} or _starts_time(words, i) or _starts_distance(words, i)):
                break
            if tag in _NOUN:
                last_noun = i
            if tag == "POS" and last_noun != i - 1:
                break
        elif (
            tag == "CC"
            and last_noun < 0
            and i > start
            and words[i - 1].tag == "JJ"
            and after in {"JJ", "VBN"}
            and words[i].text.lower() in {"and", "or"}
        ):
            pass
        elif (
            tag == "("
            and (last_noun == i - 1 or (last_noun == i - 2 and words[i - 1].tag == "POS"))
            and last_noun >= 0
            and (close := _aside_end(words, i))
            and words[close].tag in _NOUN | {"JJ"}
        ):
            i = close
            continue
        elif (
            (tag in {"VBN", "VBG", "RB", "RBR", "RBS"} and _inside_np(words, i, start))
            or (tag in {"“", '"', "‘", "«"} and i > start and last_noun < 0 and after in _NP)
            or (tag in {"”", '"', "’", "»"} and last_noun == i - 1 and _opened(words, start, i) and after in _NOUN)
        ):
            pass
        else:
            break
        i += 1
    if last_noun < 0:
        if words[start].tag == "DT" and words[start].text.lower() in {"this", "these", "those", "both", "another"}:
            return start + 1
        return start
    end = last_noun + 1
    if (
        end < len(words)
        and words[end].tag == "POS"
        and (end + 1 >= len(words) or words[end + 1].tag not in _NP | {"VBN", "VBG", "RB"})
    ):
        return end + 1
    return end


def _starts_distance(words: Sequence[Word], i: int) -> bool:
    """True for `50 miles south`, which says of what goes before where it is (`a tanker 50 miles south of Aden`)."""
    after = words[i + 1 : i + 3]
    return words[i].tag == "CD" and len(after) == 2 and after[0].text.lower() in _DISTANCES and after[1].tag != "IN"


def _aside_end(words: Sequence[Word], i: int) -> int:
    """The word after an abbreviation in brackets (`(MoD)`, `(MoD’s)`) that opens at `i`, else 0."""
    close = next((j for j in (i + 2, i + 3) if j + 1 < len(words) and words[j].tag == ")"), 0)
    return close + 1 if close and (close == i + 2 or words[i + 2].tag == "POS") else 0


def _time_end(words: Sequence[Word], start: int) -> int:
    """End of the time that opens a noun phrase (`Monday night`, `26 April 2024`, `last week`), or `start`."""
    low = [w.text.lower() for w in words[start : start + 4]] + [""] * 4
    within = start > 0 and words[start - 1].tag == "IN"
    day = low[0].isdigit() and len(low[0]) <= 2
    if day and low[1] in {"-", "–"} and low[2].isdigit() and low[3] in _MONTHS:
        return start + 4
    if low[0] in _DAYS:
        size = 2 if low[1] in _PARTS else 1
        return start + size + (2 if low[size] in _MONTHS and low[size + 1].isdigit() else 0)
    if low[0] in {"last", "next", "this"} and low[1] in _TIME - _PARTS and words[start + 1].tag != "DT":
        return start + 2
    if (low[0] in _MONTHS and (low[1].isdigit() or within)) or (day and low[1] in _MONTHS):
        size = 2 if day or low[1].isdigit() else 1
        return start + size + _is_year(low[size])
    return start + (within and _is_year(low[0]))


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in {"19", "20"}


def _of_the_time(word: Word) -> bool:
    """True for a noun that a time before it describes (`the Monday meeting`, `Friday prayers`)."""
    return word.text.lower() in _TIME or singular(word.text.lower()) in _EVENTS


def _starts_time(words: Sequence[Word], i: int) -> bool:
    """True where a time begins right after a noun: `relations last year`, `the chief Friday`, `a deal two days ago`."""
    low, after, then = ([w.text.lower() for w in words[i : i + 3]] + ["", ""])[:3]
    return (
        (low in _DAYS and words[i - 1].tag not in {"DT", "JJ"})
        or (low in {"last", "next", "this"} and after in _TIME)
        or (words[i].tag in {"CD", "JJ"} and after in _TIME and then in _BACK)
        or _telegram(words, i)
    )


def _telegram(words: Sequence[Word], i: int) -> bool:
    """True for a day that stands without a preposition between subject and verb: `gunmen 7 May seized a ferry`."""
    end = _time_end(words, i)
    return (
        end > i + 1
        and any(w.tag == "CD" for w in words[i : i + 2])
        and (end == len(words) or words[end].tag not in _NP)
        and words[i - 1].tag not in {"DT", "JJ", "CD"}
    )


def _opened(words: Sequence[Word], start: int, i: int) -> bool:
    return any(w.tag in {"“", '"', "‘", "«"} for w in words[start:i])


def _inside_np(words: Sequence[Word], i: int, start: int) -> bool:
    """True for a participle or adverb that stands between a determiner and its noun."""
    if i + 1 >= len(words):
        return False
    after = words[i + 1].tag
    if words[i].tag.startswith("RB"):
        return i > start and words[i - 1].tag in {"DT", "PRP$", "JJ"} and after in {"JJ", "VBN", "VBG", "CD"}
    return i > start and words[i - 1].tag in {"DT", "PRP$", "JJ", "CD", "POS", "RB"} and after in _NP - {"DT", "PRP$"}


def _vg_end(words: Sequence[Word], start: int) -> int:
    """End of the verb group at `start`, or `start`."""
    i = start
    last = -1
    while i < len(words):
        tag = words[i].tag
        if (tag == "TO" and i == start and i + 1 < len(words) and words[i + 1].tag in {"VB", "RB"}) or (
            tag == "TO"
            and last >= 0
            and words[last].lemma in {"have", "use"}
            and i + 1 < len(words)
            and words[i + 1].tag == "VB"
        ):
            pass
        elif tag == "MD" or tag.startswith("VB"):
            if last >= 0 and not _continues(words, last, i):
                break
            last = i
        elif tag == "RB" and (last >= 0 or (i == start and _verb_follows(words, i))):
            pass
        else:
            break
        i += 1
    return last + 1 if last >= 0 else start


def _continues(words: Sequence[Word], last: int, i: int) -> bool:
    """True when the verb at `i` belongs to the group whose last verb is at `last`."""
    have = words[last]
    if have.tag == "MD" or have.lemma in {"be", "have", "do", "get"}:
        return words[i].tag in {"VB", "VBN", "VBG", "VBD", "MD"} or words[i].lemma == "be"
    return False


def _verb_follows(words: Sequence[Word], i: int) -> bool:
    j = i
    while j < len(words) and words[j].tag == "RB":
        j += 1
    return j < len(words) and (words[j].tag == "MD" or words[j].tag.startswith("VB"))


def is_time(words: Sequence[Word], phrase: Phrase) -> bool:
    """True for a phrase that only says when: `last week`, `Thursday`, `April 26`."""
    inner = words[phrase.first : phrase.last]
    return all(w.text.lower() in _TIME or w.tag in {"CD", "DT", "PDT"} for w in inner) and any(
        w.text.lower() in _TIME - {"the", "a", "at", "least", "few"} for w in inner
    )


def is_finite(words: Sequence[Word], item: Item) -> bool:
    """True for a verb group that a subject can stand before."""
    for word in words[item.first : item.last]:
        if word.tag == "TO":
            return False
        if word.tag == "MD" or word.tag in {"VBD", "VBZ", "VBP"}:
            return True
        if word.tag in {"VBN", "VBG"}:
            return False
    return words[item.first].tag != "VB" or item.first == 0
