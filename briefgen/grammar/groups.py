"""Noun groups: coordinated phrases with their appositions and what hangs on them, and prepositional phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.grammar.chunks import QUOTES, Item, Phrase, is_finite, is_time
from briefgen.grammar.english import words
from briefgen.grammar.inflection import singular
from briefgen.grammar.words import NOMINATIVE, Word

SUBORDINATING = frozenset(["after", "before", "since", "until", "as"])
LIKE_PREPOSITION = frozenset(["targeting", "including", "involving", "concerning", "regarding", "following"])
_TITLE_FOR = words("titles_with_for")
_ABOUT = frozenset(["in", "on", "at"])
_TITLE_TO = frozenset(["ambassador", "envoy", "representative", "adviser", "advisor", "consul", "delegate"])
_SENT = words("senders")
_NAMED_SO = frozenset(["known", "called", "named", "dubbed", "nicknamed"])
_LEADING = frozenset(["lead", "head", "chair", "command"])


@dataclass(frozen=True, slots=True)
class Group:
    """Coordinated noun phrases with what hangs on them, up to item `end`."""

    members: tuple[Phrase, ...]
    attached: tuple[tuple[str, Phrase], ...] = ()
    """(`of` | `appos` | `called` | `led`, phrase)."""
    end: int = 0

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Members and attachments."""
        return (*self.members, *(p for _, p in self.attached))


def group_at(words: Sequence[Word], items: Sequence[Item], start: int, verb_side: int) -> Group:
    """Noun group from item `start`; `verb_side` 1: it stands right of a verb, so a following clause ends it."""
    phrase = items[start].phrase
    assert phrase is not None  # noqa: S101 - callers pass a noun phrase
    members = [phrase]
    attached: list[tuple[str, Phrase]] = []
    i = start + 1
    listed = False
    while i < len(items):
        item = items[i]
        after = items[i + 1] if i + 1 < len(items) else None
        word = words[item.first].text.lower()
        quoted = (
            items[i + 2].phrase
            if word == "of" and after is not None and after.kind in QUOTES and i + 2 < len(items)
            else None
        )
        if quoted is not None:
            inner = group_at(words, items, i + 2, verb_side)
            attached.extend(("of", p) for p in inner.phrases)
            i = inner.end + 1 if inner.end < len(items) and items[inner.end].kind in QUOTES else inner.end
            continue
        if word == "of" and after is not None and after.phrase is not None:
            attached.append(("of", after.phrase))
            i += 2
            continue
        if (
            item.kind == "TO"
            and after is not None
            and after.phrase is not None
            and words[members[-1].head].lemma in _TITLE_TO
        ):
            attached.append(("of", after.phrase))
            i += 2
            continue
        if (
            word == "for"
            and after is not None
            and after.phrase is not None
            and (
                words[members[-1].head].text.lower() in _TITLE_FOR
                or any(words[p.head].text.lower() in _TITLE_FOR for _, p in attached)
                or any(w.text.lower() in _TITLE_FOR for w in words[members[-1].first : members[-1].last])
            )
        ):
            attached.append(("of", after.phrase))
            i += 2
            continue
        if word in _ABOUT and after is not None and after.phrase is not None and _ends_in_name(words, after.phrase):
            if words[members[-1].head].text.lower() in _TITLE_FOR:
                last = after.phrase.last
                attached.append(("appos", Phrase(last - 2, last, last - 1)))
                i += 2
                continue
            break
        hedged = item.kind == "RB" and after is not None and words[after.first].text.lower() == "from"
        if hedged and i + 2 < len(items) and singular(words[members[-1].head].text.lower()) in _SENT:
            i += 1
            continue
        if (
            word == "from"
            and after is not None
            and after.phrase is not None
            and singular(words[members[-1].head].text.lower()) in _SENT
        ):
            sender = group_at(words, items, i + 1, verb_side)
            attached.extend(("of", p) for p in sender.members)
            i = sender.end
            continue
        if item.kind in {"(", "["}:
            close = next((j for j in range(i, min(i + 14, len(items))) if items[j].kind in {")", "]"}), None)
            if close is None:
                break
            i = close + 1
            continue
        if item.kind in {"—", "–", "--", "---"} and after is not None and after.phrase is not None:
            close = next((j for j in range(i + 1, min(i + 16, len(items))) if items[j].kind == item.kind), None)
            if close is None:
                break
            attached.append(("appos", after.phrase))
            i = close + 1
            continue
        if item.kind == "VG" and words[item.last - 1].lemma in _LEADING and words[item.last - 1].tag == "VBN":
            by = items[i + 1] if i + 1 < len(items) else None
            who = items[i + 2] if i + 2 < len(items) else None
            if by is not None and words[by.first].text.lower() == "by" and who is not None and who.phrase is not None:
                attached.append(("led", who.phrase))
                i += 3
                continue
            break
        called = _called(words, items, i)
        if called is not None:
            attached.append(("called", _np(items[called])))
            i = called + 1
            if i + 3 < len(items) and [items[i].kind, items[i + 1].kind, items[i + 3].kind] == [",", "CC", ","]:
                i += 4
            continue
        step = _joined(words, items, i, verb_side)
        if step is None:
            break
        how, target = step
        found = items[target].phrase
        assert found is not None  # noqa: S101
        if start <= 1 and how == "member" and verb_side and item.kind == "," and target == i + 1 and listed:
            break
        listed = listed or item.kind == "CC"
        if how == "member":
            members.append(found)
        else:
            attached.append(("appos", found))
        i = target + 1
        if how == "appos" and i < len(items) and items[i].kind == ",":
            follows = items[i + 1] if i + 1 < len(items) else None
            if follows is not None and follows.kind in {"VG", "RB", "IN", ",", "WP", "WDT"}:
                i += 1
                if follows.kind == "VG":
                    break
    return Group(tuple(members), tuple(attached), i)


def _ends_in_name(words: Sequence[Word], phrase: Phrase) -> bool:
    """True for a topic with the name of who deals with it (`nuclear talks Enrique Mora`)."""
    inside = words[phrase.first : phrase.last]
    return len(inside) > 2 and inside[-3].text.islower() and all(w.tag == "NNP" for w in inside[-2:])


def _np(item: Item) -> Phrase:
    assert item.phrase is not None  # noqa: S101 - callers have looked
    return item.phrase


def _called(words: Sequence[Word], items: Sequence[Item], i: int) -> int | None:
    """The item that names what goes before `known as`, `called`, `dubbed` at `i` (also `, known as`); else None."""
    i += items[i].kind == "," and i + 1 < len(items)
    item = items[i]
    if item.kind != "VG" or item.last - item.first > 1 or words[item.first].text.lower() not in _NAMED_SO:
        return None
    i += 2 if i + 1 < len(items) and words[items[i + 1].first].text.lower() == "as" else 1
    found = items[i].phrase if i < len(items) else None
    return i if found is not None and words[found.head].text[0].isupper() else None


def _joined(words: Sequence[Word], items: Sequence[Item], i: int, verb_side: int) -> tuple[str, int] | None:
    """How the item after position `i` joins the group: (`member` | `appos`, item), or None."""
    item = items[i]
    if item.kind == "CC" and words[item.first].text.lower() in {"and", "or"}:
        target = _next_np(items, i + 1)
        if target is None or (verb_side and finite_after(words, items, target)):
            return None
        return "member", target
    if (
        item.kind == "SC"
        and words[item.first].text.lower() == "as"
        and i + 2 < len(items)
        and words[items[i + 1].first].text.lower() == "well"
    ):
        target = _next_np(items, i + 2) if items[i + 2].kind != "SC" else _next_np(items, i + 3)
        return ("member", target) if target is not None else None
    if item.kind != ",":
        return None
    after = items[i + 1] if i + 1 < len(items) else None
    if after is None:
        return None
    if after.kind == "CC" and words[after.first].text.lower() in {"and", "or"}:
        target = _next_np(items, i + 2)
        if target is None or (verb_side and finite_after(words, items, target)):
            return None
        return "member", target
    if after.phrase is None or is_time(words, after.phrase):
        return None
    if _list_ahead(words, items, i + 1):
        return "member", i + 1
    if verb_side and finite_after(words, items, i + 1):
        return None
    return "member" if _counts(words, items[i - 1]) and _counts(words, after) else "appos", i + 1


def _counts(words: Sequence[Word], item: Item) -> bool:
    """True for a phrase that begins with a number: of two beside each other none explains the other."""
    return item.phrase is not None and words[item.phrase.first].tag == "CD" and item.phrase.last - item.phrase.first > 1


def _next_np(items: Sequence[Item], i: int) -> int | None:
    while i < len(items) and items[i].kind in {"RB", "“", '"'}:
        i += 1
    return i if i < len(items) and items[i].phrase is not None else None


def _list_ahead(words: Sequence[Word], items: Sequence[Item], i: int) -> bool:
    """True when from noun phrase `i` on a list runs to an `and`."""
    commas = 0
    j = i
    while j < len(items) and j - i < 40:
        item = items[j]
        if item.kind == "CC":
            after = items[j + 1] if j + 1 < len(items) else None
            return after is not None and after.phrase is not None and words[item.first].text.lower() in {"and", "or"}
        if item.kind == ",":
            commas += 1
            if commas > 12:
                return False
        elif (
            item.phrase is None
            and words[item.first].text.lower() not in {"of", "’s", "'s"}
            and item.kind not in {"(", ")"}
        ):
            return False
        j += 1
    return False


def opens_contact(words: Sequence[Word], items: Sequence[Item], j: int) -> bool:
    """True for a pronoun right after a noun or `so`, which opens a clause of its own: `prisoners it had held`."""
    if j == 0 or words[items[j].first].text.lower() not in NOMINATIVE:
        return False
    return items[j - 1].phrase is not None or words[items[j - 1].first].text.lower() == "so"


def finite_after(words: Sequence[Word], items: Sequence[Item], i: int) -> bool:
    """True when the noun phrase at `i` is the subject of a finite verb that follows."""
    commas = 0
    j = i + 1
    while j < len(items) and j - i < 16:
        item = items[j]
        if item.kind == "VG":
            return is_finite(words, item) and commas != 1
        if words[item.first].text.lower() in SUBORDINATING or opens_contact(words, items, j):
            return False
        if item.phrase is None and item.kind not in {"IN", "RB", "(", ")", "TO"}:
            after = items[j + 1] if j + 1 < len(items) else None
            if (
                item.kind == ","
                and after is not None
                and (after.phrase is not None or (commas and after.kind in {"VG", "RB"}))
            ):
                commas += 1
                j += 1
                continue
            return False
        j += 1
    return False


def preps_from(words: Sequence[Word], items: Sequence[Item], i: int, limit: int) -> list[tuple[str, Group]]:
    """Prepositional phrases from item `i` on, at most `limit`, each as (preposition, group)."""
    out: list[tuple[str, Group]] = []
    while i < len(items) and len(out) < limit:
        item = items[i]
        word = words[item.first].text.lower()
        after = items[i + 1] if i + 1 < len(items) else None
        if (
            item.kind in {"IN", "TO"}
            or word == "as"
            or (item.kind == "VG" and item.last - item.first == 1 and word in LIKE_PREPOSITION)
        ):
            if after is not None and after.kind == "IN" and i + 2 < len(items) and items[i + 2].phrase is not None:
                i += 1
                word = f"{word} {words[after.first].text.lower()}"
                after = items[i + 1]
            if after is None or after.phrase is None:
                break
            if word in SUBORDINATING and finite_after(words, items, i + 1):
                break
            group = group_at(words, items, i + 1, 0 if word == "between" else 1)
            out.append((word, group))
            i = group.end
        elif item.kind in {"RB", "(", ")", "[", "]"} | QUOTES or (
            item.phrase is not None and is_time(words, item.phrase)
        ):
            i += 1
        elif (
            item.kind == ","
            and after is not None
            and after.kind == "CC"
            and i + 2 < len(items)
            and items[i + 2].kind == "IN"
        ):
            i += 2
        elif (
            item.kind in {",", "CC"}
            and after is not None
            and (after.kind in {"IN", "TO"} or words[after.first].text.lower() in LIKE_PREPOSITION)
        ):
            i += 1
        else:
            break
    return out
