"""Who does what to whom in one sentence: phrases, then one Clause a verb.

A shallow parse: noun phrases with their appositions and coordinations, verb groups with
voice and polarity, and for each verb its subject to the left, its object and
prepositional phrases to the right, and the clause that governs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from briefgen.extract.words import Word, singular

_NP = frozenset({"DT", "PRP$", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "FW", "PDT", "$"})
_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "FW"})
_TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow week month year day night morning evening afternoon "
    "weekend days weeks months years hours hour minutes last next this early late several recent previous past same "
    "that ago the a few at least earlier later".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow".split())
_SUBORDINATING = frozenset("after before since until as".split())
_LIKE_PREPOSITION = frozenset("targeting including involving concerning regarding following".split())
_TITLE_FOR = frozenset("minister secretary envoy adviser advisor coordinator representative commissioner spokesman spokesperson spokeswoman director".split())
_TITLE_TO = frozenset("ambassador envoy representative adviser advisor consul delegate".split())
_MESSAGES = frozenset("statement message letter speech resolution communique declaration decree tweet post note appeal".split())
_SENT = frozenset("official representative delegate delegation member minister leader expert fighter soldier diplomat negotiator mediator lawmaker envoy officer".split())
_TELLING = frozenset("after by since following while".split())
"""Prepositions after which a participle tells what was done."""
_LEADING = frozenset("lead head chair command".split())
_QUOTES = frozenset("“”\"«»„")

Kind = Literal["main", "relative", "participle", "infinitive", "complement"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words[first:last], with the words of its head."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Group:
    """Coordinated noun phrases with what hangs on them, up to item `end`."""

    members: tuple[Phrase, ...]
    attached: tuple[tuple[str, Phrase], ...] = ()
    """(`of` | `appos` | `led`, phrase)."""
    end: int = 0

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Members and attachments."""
        return (*self.members, *(p for _, p in self.attached))


@dataclass(frozen=True, slots=True)
class Item:
    """A chunk: noun phrase, verb group, or a single word that joins them."""

    kind: str
    """`NP`, `VG`, or the tag of the one word."""
    first: int
    last: int
    phrase: Phrase | None = None


@dataclass(slots=True)
class Clause:
    """One verb with its arguments; word indexes are into the sentence's words."""

    item: int
    verb: int
    lemma: str
    kind: Kind = "main"
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    perfect: bool = False
    pluperfect: bool = False
    finite: bool = True
    gerund: bool = False
    """True for a participle that is the object of a verb or preposition (`discussed expanding`): it tells no deed."""
    subject: Group | None = None
    object: Group | None = None
    preps: list[tuple[str, Group]] = field(default_factory=list)
    particle: str | None = None
    complement: int | None = None
    """Item where a clausal complement (`that`, a quotation, a bare clause) begins."""
    governor: int | None = None
    """Index in the list of clauses of the one that this is subordinate to."""


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence taken apart."""

    words: tuple[Word, ...]
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]

    def text(self, phrase: Phrase) -> str:
        """Words of the phrase joined by blanks (for matching, not for quoting)."""
        return " ".join(w.text for w in self.words[phrase.first : phrase.last])

    def group_at(self, item: int) -> Group:
        """The noun group that begins at `item`, not reaching into a clause that follows."""
        return _group(self.words, self.items, item, 1)

    def preps_after(self, item: int, limit: int = 8) -> list[tuple[str, Group]]:
        """Prepositional phrases that follow from `item` on, nearest first."""
        return _preps(self.words, self.items, item, limit)


def parse(words: Sequence[Word]) -> Parse:
    """Take a tagged sentence apart; never fails, in time linear in its length."""
    sentence = tuple(words)
    items = tuple(_items(sentence))
    return Parse(sentence, items, tuple(_clauses(sentence, items)))


def _items(words: Sequence[Word]) -> list[Item]:
    items: list[Item] = []
    i = 0
    while i < len(words):
        if words[i].tag in _QUOTES and i + 1 < len(words):
            end = _np_end(words, i + 1)
            if end > i + 1 and end < len(words) and words[end].tag in _QUOTES:
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
    i = start
    last_noun = -1
    while i < len(words) and i - start < 40:
        tag = words[i].tag
        after = words[i + 1].tag if i + 1 < len(words) else ""
        if tag in _NP:
            if tag in _NOUN:
                last_noun = i
            if last_noun >= 0 and (tag in {"DT", "PRP$"} or _starts_time(words, i)):
                break
            if tag == "POS" and last_noun != i - 1:
                break
        elif tag == "CC" and last_noun < 0 and i > start and words[i - 1].tag == "JJ" and after in {"JJ", "VBN"} and words[i].text.lower() in {"and", "or"}:
            pass
        elif tag == "(" and last_noun == i - 1 and i + 3 < len(words) and words[i + 2].tag == ")" and words[i + 3].tag in _NOUN | {"JJ"}:
            i += 3
            continue
        elif (tag in {"VBN", "VBG", "RB", "RBR", "RBS"} and _inside_np(words, i, start)) or (
            tag in {"“", '"', "‘", "«"} and i > start and last_noun < 0 and after in _NP
        ) or (tag in {"”", '"', "’", "»"} and last_noun == i - 1 and _opened(words, start, i) and after in _NOUN):
            pass
        else:
            break
        i += 1
    if last_noun < 0:
        if words[start].tag == "DT" and words[start].text.lower() in {"this", "these", "those", "both", "another"}:
            return start + 1
        return start
    end = last_noun + 1
    if end < len(words) and words[end].tag == "POS" and (end + 1 >= len(words) or words[end + 1].tag not in _NP | {"VBN", "VBG", "RB"}):
        return end + 1
    return end


def _starts_time(words: Sequence[Word], i: int) -> bool:
    """True where a phrase of time begins right after a noun: `relations last year`, `the chief Friday`."""
    low = words[i].text.lower()
    after = words[i + 1].text.lower() if i + 1 < len(words) else ""
    return low in _DAYS and words[i - 1].tag not in {"DT", "JJ"} or (low in {"last", "next", "this"} and after in _TIME)


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
        if tag == "TO" and i == start and i + 1 < len(words) and words[i + 1].tag in {"VB", "RB"}:
            pass
        elif tag == "TO" and last >= 0 and words[last].lemma in {"have", "use"} and i + 1 < len(words) and words[i + 1].tag == "VB":
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


def _group(words: Sequence[Word], items: Sequence[Item], start: int, verb_side: int) -> Group:
    """Noun group from item `start`; `verb_side` 1: it stands right of a verb, so a following clause ends it."""
    phrase = items[start].phrase
    assert phrase is not None  # noqa: S101 - callers pass a noun phrase
    members = [phrase]
    attached: list[tuple[str, Phrase]] = []
    i = start + 1
    while i < len(items):
        item = items[i]
        after = items[i + 1] if i + 1 < len(items) else None
        word = words[item.first].text.lower()
        if word == "of" and after is not None and after.phrase is not None:
            attached.append(("of", after.phrase))
            i += 2
            continue
        if item.kind == "TO" and after is not None and after.phrase is not None and words[members[-1].head].lemma in _TITLE_TO:
            attached.append(("of", after.phrase))
            i += 2
            continue
        if word == "for" and after is not None and after.phrase is not None and (
            words[members[-1].head].text.lower() in _TITLE_FOR
            or any(words[p.head].text.lower() in _TITLE_FOR for _, p in attached)
            or any(w.text.lower() in _TITLE_FOR for w in words[members[-1].first : members[-1].last])
        ):
            attached.append(("of", after.phrase))
            i += 2
            continue
        if word == "from" and after is not None and after.phrase is not None and singular(words[members[-1].head].text.lower()) in _SENT:
            sender = _group(words, items, i + 1, verb_side)
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
        step = _joined(words, items, i, verb_side)
        if step is None:
            break
        how, target = step
        found = items[target].phrase
        assert found is not None  # noqa: S101
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


def _joined(words: Sequence[Word], items: Sequence[Item], i: int, verb_side: int) -> tuple[str, int] | None:
    """How the item after position `i` joins the group: (`member` | `appos`, item), or None."""
    item = items[i]
    if item.kind == "CC" and words[item.first].text.lower() in {"and", "or"}:
        target = _next_np(items, i + 1)
        if target is None or (verb_side and _finite_after(words, items, target)):
            return None
        return "member", target
    if item.kind == "SC" and words[item.first].text.lower() == "as" and i + 2 < len(items) and words[items[i + 1].first].text.lower() == "well":
        target = _next_np(items, i + 2) if items[i + 2].kind != "SC" else _next_np(items, i + 3)
        return ("member", target) if target is not None else None
    if item.kind != ",":
        return None
    after = items[i + 1] if i + 1 < len(items) else None
    if after is None:
        return None
    if after.kind == "CC" and words[after.first].text.lower() in {"and", "or"}:
        target = _next_np(items, i + 2)
        if target is None or (verb_side and _finite_after(words, items, target)):
            return None
        return "member", target
    if after.phrase is None or is_time(words, after.phrase):
        return None
    if _list_ahead(words, items, i + 1):
        return "member", i + 1
    if verb_side and _finite_after(words, items, i + 1):
        return None
    return "appos", i + 1


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
        elif item.phrase is None and words[item.first].text.lower() not in {"of", "’s", "'s"} and item.kind not in {"(", ")"}:
            return False
        j += 1
    return False


def _finite_after(words: Sequence[Word], items: Sequence[Item], i: int) -> bool:
    """True when the noun phrase at `i` is the subject of a finite verb that follows."""
    commas = 0
    j = i + 1
    while j < len(items) and j - i < 16:
        item = items[j]
        if item.kind == "VG":
            return _finite(words, item) and commas != 1
        if words[item.first].text.lower() in _SUBORDINATING:
            return False
        if item.phrase is None and item.kind not in {"IN", "RB", "(", ")", "TO"}:
            after = items[j + 1] if j + 1 < len(items) else None
            if item.kind == "," and after is not None and (after.phrase is not None or (commas and after.kind in {"VG", "RB"})):
                commas += 1
                j += 1
                continue
            return False
        j += 1
    return False


def _finite(words: Sequence[Word], item: Item) -> bool:
    for word in words[item.first : item.last]:
        if word.tag == "TO":
            return False
        if word.tag == "MD" or word.tag in {"VBD", "VBZ", "VBP"}:
            return True
        if word.tag in {"VBN", "VBG"}:
            return False
    return words[item.first].tag != "VB" or item.first == 0


def _preps(words: Sequence[Word], items: Sequence[Item], i: int, limit: int) -> list[tuple[str, Group]]:
    out: list[tuple[str, Group]] = []
    while i < len(items) and len(out) < limit:
        item = items[i]
        word = words[item.first].text.lower()
        after = items[i + 1] if i + 1 < len(items) else None
        if item.kind in {"IN", "TO"} or word == "as" or (item.kind == "VG" and item.last - item.first == 1 and word in _LIKE_PREPOSITION):
            if after is not None and after.kind == "IN" and i + 2 < len(items) and items[i + 2].phrase is not None:
                i += 1
                word = f"{word} {words[after.first].text.lower()}"
                after = items[i + 1]
            if after is None or after.phrase is None:
                break
            if word in _SUBORDINATING and _finite_after(words, items, i + 1):
                break
            group = _group(words, items, i + 1, 0 if word == "between" else 1)
            out.append((word, group))
            i = group.end
        elif item.kind in {"RB", "(", ")", "[", "]"} or (item.phrase is not None and is_time(words, item.phrase)):
            i += 1
        elif item.kind == "," and after is not None and after.kind == "CC" and i + 2 < len(items) and items[i + 2].kind == "IN":
            i += 2
        elif item.kind in {",", "CC"} and after is not None and (after.kind in {"IN", "TO"} or words[after.first].text.lower() in _LIKE_PREPOSITION):
            i += 1
        else:
            break
    return out


def _clauses(words: Sequence[Word], items: Sequence[Item]) -> list[Clause]:
    clauses: list[Clause] = []
    of_item: dict[int, int] = {}
    for index, item in enumerate(items):
        if item.kind != "VG":
            continue
        clause = _verb(words, index, item)
        _find_subject(words, items, clauses, of_item, clause)
        _find_right(words, items, clause)
        of_item[index] = len(clauses)
        clauses.append(clause)
    return clauses


def _verb(words: Sequence[Word], index: int, item: Item) -> Clause:
    group = [w for w in words[item.first : item.last] if w.tag != "RB"] or list(words[item.first : item.last])
    main = item.last - 1
    while main > item.first and words[main].tag == "RB":
        main -= 1
    verb = words[main]
    lemmas = [w.lemma for w in group[:-1]]
    past = any(w.text.lower() == "had" for w in group[:-1])
    clause = Clause(index, main, verb.lemma)
    clause.passive = verb.tag == "VBN" and (("be" in lemmas or "get" in lemmas) or (not lemmas))
    clause.negated = any(w.text.lower() in {"not", "never", "n't", "n’t"} for w in words[item.first : item.last])
    clause.modal = next((w.text.lower() for w in group if w.tag == "MD"), None)
    clause.perfect = "have" in lemmas
    clause.pluperfect = past
    clause.finite = _finite(words, item)
    if group[0].tag == "TO":
        clause.kind = "infinitive"
    elif not clause.finite:
        clause.kind = "participle"
    return clause


def _find_subject(
    words: Sequence[Word], items: Sequence[Item], clauses: Sequence[Clause], of_item: dict[int, int], clause: Clause
) -> None:
    k = clause.item
    previous = len(clauses) - 1 if clauses else None
    j = k - 1
    while j >= 0 and items[j].kind in {"RB", "“", '"', "‘"}:
        j -= 1
    before = items[j] if j >= 0 else None
    if clause.kind == "infinitive":
        clause.governor = previous
        if previous is not None:
            held = clauses[previous]
            clause.subject = held.object if held.lemma in {"call", "urge", "ask", "order", "allow", "force", "invite", "press"} and held.object else held.subject
        return
    if before is None:
        return
    if before.kind in {"WP", "WDT"}:
        clause.kind = "relative"
        clause.governor = previous
        clause.subject = _antecedent(words, items, j)
        return
    if before.kind == "CC" or (before.kind == "," and previous is not None and clause.finite and clauses[previous].kind != "relative" and _series(items, clauses[previous].item, j)):
        partner = _partner(clauses, clause)
        if partner is not None:
            held = clauses[partner]
            clause.gerund = held.gerund and clause.kind == "participle"
            clause.subject, clause.kind, clause.governor = held.subject, held.kind, held.governor
            if held.modal and not any(w.tag == "MD" for w in words[items[k].first : items[k].last]) and words[clause.verb].tag == "VB":
                clause.modal = held.modal
            if held.kind == "infinitive":
                clause.kind = "infinitive"
            return
    if clause.kind == "participle":
        clause.governor = previous
        if words[clause.verb].tag == "VBG":
            clause.gerund = before.kind == "VG" or (before.kind in {"IN", "TO"} and words[before.first].text.lower() not in _TELLING)
        held = clauses[previous] if previous is not None else None
        if before.phrase is not None and held is not None and held.object is not None and words[held.object.members[0].head].text.lower() in _MESSAGES:
            clause.subject = held.subject
        elif before.phrase is not None:
            clause.subject = _antecedent(words, items, j + 1)
        elif previous is not None:
            main = next((c for c in range(previous, -1, -1) if clauses[c].finite), None)
            clause.subject = clauses[main].subject if main is not None else None
            clause.governor = main
        return
    start, governor = _region(words, items, clauses, of_item, k)
    clause.governor = governor
    if governor is not None and clauses[governor].complement is not None and clauses[governor].complement <= k:  # type: ignore[operator]
        clause.kind = "complement"
    clause.subject = _first_group(words, items, clauses, start, k, governor)
    if clause.kind == "complement" and governor is not None and _is_pronoun(words, clause.subject):
        clause.subject = clauses[governor].subject or clause.subject


def _is_pronoun(words: Sequence[Word], group: Group | None) -> bool:
    """True for `it`, `he` or `they` alone: in what somebody says, it is most often the speaker."""
    if group is None or len(group.members) != 1 or group.attached:
        return False
    return words[group.members[0].head].text.lower() in {"it", "he", "she", "they"}


def _partner(clauses: Sequence[Clause], clause: Clause) -> int | None:
    """The earlier clause whose subject a verb after `and` shares: the nearest of the same form."""
    for index in range(len(clauses) - 1, -1, -1):
        other = clauses[index]
        if other.finite == clause.finite or (other.kind == "infinitive" and not clause.finite):
            return index
    return None


def _series(items: Sequence[Item], start: int, end: int) -> bool:
    """True when the comma at `end` only parts two verbs of one subject (`fired at X, killed two and ...`)."""
    between = [i.kind for i in items[start + 1 : end]]
    return not any(k in {",", "THAT", "SC", "WP", "WDT", "WRB", "“", "—", "–"} for k in between)


def _antecedent(words: Sequence[Word], items: Sequence[Item], j: int) -> Group | None:
    """The noun group that ends just before item `j`."""
    i = j - 1
    while i >= 0 and items[i].kind in {",", "IN", "“", "”", '"', ")", "(", "—"} and items[i].phrase is None:
        if items[i].kind in {")"}:
            while i >= 0 and items[i].kind != "(":
                i -= 1
        i -= 1
    if i < 0 or items[i].phrase is None:
        return None
    first = i
    while first >= 2 and words[items[first - 1].first].text.lower() == "of" and items[first - 2].phrase is not None:
        first -= 2
    return Group((items[first].phrase or items[i].phrase,), tuple(("of", items[m].phrase) for m in range(first + 2, i + 1, 2) if items[m].phrase), j)  # type: ignore[arg-type]


def _region(
    words: Sequence[Word], items: Sequence[Item], clauses: Sequence[Clause], of_item: dict[int, int], k: int
) -> tuple[int, int | None]:
    """Where the clause of the verb at item `k` begins, and the clause that governs it."""
    j = k - 1
    governor: int | None = None
    while j >= 0:
        item = items[j]
        if item.kind == "VG":
            owner = of_item[j]
            clause = clauses[owner]
            if clause.kind == "relative" and _closed(items, j, k):
                while j >= 0 and items[j].kind not in {"WP", "WDT"}:
                    j -= 1
                j -= 1
                continue
            if not clause.finite and clause.kind == "participle":
                j -= 1
                continue
            governor = owner
            return j + 1, governor
        if item.kind == "IN" and words[item.first].text.lower() in _SUBORDINATING and j + 1 < k and _finite_after(words, items, j + 1):
            previous = [c for c in range(len(clauses)) if clauses[c].item < j]
            return j + 1, previous[-1] if previous else None
        if item.kind in {"THAT", ";", ":"} or (item.kind in {"SC", "WRB"} and words[item.first].text.lower() != "as"):
            previous = [c for c in range(len(clauses)) if clauses[c].item < j]
            return j + 1, previous[-1] if previous else None
        j -= 1
    return 0, governor


def _closed(items: Sequence[Item], j: int, k: int) -> bool:
    """True when a relative clause at `j` may have ended before the verb at `k`: no noun phrase right before it, or a comma between."""
    return any(items[m].kind in {",", "—", "–"} for m in range(j, k)) or k - j <= 8


def _first_group(
    words: Sequence[Word], items: Sequence[Item], clauses: Sequence[Clause], start: int, k: int, governor: int | None
) -> Group | None:
    """The noun group in items[start:k] that is the subject of the verb at `k`."""
    if governor is not None and clauses[governor].complement is None:
        joins = [j for j in range(start, k) if items[j].kind in {"CC", ",", "”"} and j + 1 < k]
        if joins:
            start = joins[-1] + 1 if items[joins[-1]].kind == "CC" else joins[0] + 1
    i = start
    fallback: Group | None = None
    while i < k:
        item = items[i]
        word = words[item.first].text.lower()
        if item.kind in {"IN", "TO"} or word in _LIKE_PREPOSITION:
            if i + 1 < k and items[i + 1].phrase is not None:
                found = items[i + 1].phrase
                if found is not None and is_time(words, found):
                    i += 2
                    continue
                group = _group(words, items, i + 1, 0 if word in _SUBORDINATING else 1)
                if word in _SUBORDINATING:
                    fallback = group
                i = min(group.end, k) if group.end > i + 1 else i + 2
                if word not in _SUBORDINATING and i == k and fallback is None:
                    fallback = Group(group.members[-1:], group.attached, group.end) if len(group.members) > 1 else None
                comma = next((c for c in range(i, k) if items[c].kind == ","), None)
                if i < k and items[i].kind == "," and comma == i:
                    i += 1
                continue
            i += 1
        elif item.kind == "VG":
            comma = next((c for c in range(i, k) if items[c].kind == ","), None)
            i = comma + 1 if comma is not None else i + 1
        elif item.phrase is not None:
            if is_time(words, item.phrase):
                i += 1
                continue
            return _group(words, items, i, 0)
        else:
            i += 1
    return fallback


def _find_right(words: Sequence[Word], items: Sequence[Item], clause: Clause) -> None:
    i = clause.item + 1
    while i < len(items) and items[i].kind in {"RB", "RP"}:
        if items[i].kind == "RP":
            clause.particle = words[items[i].first].text.lower()
        i += 1
    if i < len(items) and items[i].phrase is not None and not is_time(words, items[i].phrase):  # type: ignore[arg-type]
        if _finite_after(words, items, i):
            clause.complement = i
            return
        clause.object = _group(words, items, i, 1)
        i = clause.object.end
    clause.preps = _preps(words, items, i, 8)
    if clause.preps:
        i = max(i, clause.preps[-1][1].end)
    while i < len(items) and items[i].kind in {"RB", ",", ":", ")", "]"} | _QUOTES:
        if items[i].kind in _QUOTES and i + 1 < len(items):
            if any(item.kind == "VG" for item in items[i + 1 : i + 30]):
                clause.complement = i
            return
        i += 1
    if i < len(items) and items[i].kind in {"THAT", "WRB"}:
        clause.complement = i
    elif i < len(items) and items[i].phrase is not None and i == clause.item + 1 and _finite_after(words, items, i):
        clause.complement = i
