"""Who does what to whom in one sentence: one Clause a verb.

A shallow parse: for each verb its subject to the left, its object and prepositional
phrases to the right, voice and polarity, and the clause that governs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from briefgen.grammar.chunks import QUOTES, Item, Phrase, is_finite, is_time, items_of
from briefgen.grammar.english import words
from briefgen.grammar.groups import (
    LIKE_PREPOSITION,
    SUBORDINATING,
    Group,
    finite_after,
    group_at,
    opens_contact,
    preps_from,
)
from briefgen.grammar.words import Word

Kind = Literal["main", "relative", "participle", "infinitive", "complement"]
_MESSAGES = words("messages")
_BARE_CLAUSE = words("bare_clause_verbs")
_BEGINNING = frozenset(["begin", "continue", "keep", "resume", "start"])
_GIVING = words("giving_verbs")
_SHOWING = words("depictions")
_TOLD_TO = frozenset(["assure", "inform", "remind", "tell", "warn"])
"""Verbs that have both a hearer and what he hears: `told reporters he would resign`."""
_PARTICLES = frozenset(["apart", "away", "back", "down", "forward", "out", "up"])
_TELLING = frozenset(["after", "by", "since", "following", "while"])
"""Prepositions after which a participle tells what was done."""
_SAID = words("sayings_before_their_subject")
_NONE = frozenset(["none", "nobody", "nothing", "neither"])
_AT_LEAST = frozenset(["fewer", "less", "more", "sooner", "doubt"])
"""Words that make of `no` something other than none: `no fewer than ten gunmen`."""
_CLOSING = frozenset([",", "”", '"', "»"])
"""What stands between something said and who said it: `..., the ministry said`."""


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

    def group_from(self, item: int) -> Group:
        """The noun group that begins at `item`, not reaching into a clause that follows."""
        return group_at(self.words, self.items, item, 1)

    def preps_after(self, item: int, limit: int = 8) -> list[tuple[str, Group]]:
        """Prepositional phrases that follow from `item` on, nearest first."""
        return preps_from(self.words, self.items, item, limit)


def parse(words: Sequence[Word]) -> Parse:
    """Take a tagged sentence apart; never fails."""
    sentence = tuple(words)
    items = tuple(items_of(sentence))
    return Parse(sentence, items, tuple(_clauses(sentence, items)))


def _clauses(words: Sequence[Word], items: Sequence[Item]) -> list[Clause]:
    clauses: list[Clause] = []
    of_item: dict[int, int] = {}
    for index, item in enumerate(items):
        if item.kind != "VG":
            continue
        clause = _verb(words, index, item)
        _find_subject(words, items, clauses, of_item, clause)
        _find_right(words, items, clause)
        clause.negated = clause.negated or _is_none(words, clause.subject) or _is_none(words, clause.object)
        of_item[index] = len(clauses)
        clauses.append(clause)
    for clause, after in pairwise(clauses):
        between = [i.kind for i in items[clause.item + 1 : after.item]]
        if between in (["CC"], ["CC", "RB"]) and clause.object is None and after.subject == clause.subject:
            clause.object = after.object
    return clauses


def _is_none(words: Sequence[Word], group: Group | None) -> bool:
    """True for `no country`, `nobody`, `none of the parties` and `neither side`; not for `no fewer than ten gunmen`."""
    if group is None:
        return False
    first = group.members[0].first
    said = [word.text.lower() for word in words[max(0, first - 1) : first + 2]]
    at = min(first, 1)
    if said[at] == "no":
        return said[at + 1 : at + 2] != [] and said[at + 1] not in _AT_LEAST
    return said[at] in _NONE or (at == 1 and said[0] == "neither")


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
    clause.negated = any(w.text.lower() in {"not", "never", "no", "n't", "n’t"} for w in words[item.first : item.last])
    clause.modal = next((w.text.lower() for w in group if w.tag == "MD"), None)
    clause.perfect = "have" in lemmas
    clause.pluperfect = past
    clause.finite = is_finite(words, item)
    if group[0].tag == "TO":
        clause.kind = "infinitive"
    elif not clause.finite and verb.tag in {"VBG", "VBN"}:
        clause.kind = "participle"
    elif verb.tag == "VB":
        clause.finite = True
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
            clause.subject = (
                held.object
                if held.lemma in {"call", "urge", "ask", "order", "allow", "force", "invite", "press"} and held.object
                else held.subject
            )
        return
    if before is None:
        return
    if before.kind in {"WP", "WDT"}:
        clause.kind = "relative"
        clause.governor = previous
        clause.subject = _antecedent(words, items, j)
        return
    if before.kind == "CC" or (
        before.kind == ","
        and previous is not None
        and clause.finite
        and clauses[previous].kind != "relative"
        and _series(items, clauses[previous].item, j)
    ):
        partner = _partner(words, clauses, clause)
        if partner is not None:
            held = clauses[partner]
            clause.gerund = held.gerund and clause.kind == "participle"
            clause.subject, clause.kind, clause.governor = held.subject, held.kind, held.governor
            if (
                held.modal
                and not any(w.tag == "MD" for w in words[items[k].first : items[k].last])
                and words[clause.verb].tag == "VB"
            ):
                clause.modal = held.modal
            if held.kind == "infinitive":
                clause.kind = "infinitive"
            clause.passive = clause.passive or (held.passive and _suffered(words, items, k))
            return
    if clause.kind == "participle":
        clause.governor = previous
        if words[clause.verb].tag == "VBG":
            begun = before.kind == "VG" and words[before.last - 1].lemma in _BEGINNING
            clause.gerund = (before.kind == "VG" and not begun) or (
                before.kind in {"IN", "TO"} and words[before.first].text.lower() not in _TELLING
            )
        leading = clauses[previous] if previous is not None else None
        if (
            before.phrase is not None
            and leading is not None
            and leading.object is not None
            and words[leading.object.members[0].head].text.lower() in _MESSAGES
        ):
            clause.subject = leading.subject
        elif before.phrase is not None:
            clause.subject = _antecedent(words, items, j + 1)
        elif previous is not None:
            telling = [c for c in range(previous, -1, -1) if clauses[c].finite]
            main = next((c for c in telling if clauses[c].subject is not None), next(iter(telling), None))
            clause.subject = _doer(words, clauses[main], before) if main is not None else None
            clause.governor = main
        return
    if before.phrase is not None and previous is not None and opens_contact(words, items, j):
        ahead = clauses[previous]
        if ahead.lemma not in _BARE_CLAUSE and ahead.complement is None:
            clause.kind, clause.governor, clause.subject = "relative", previous, Group((before.phrase,), (), k)
            return
    if before.phrase is not None and previous is not None and j > 1 and items[j - 1].kind in {"WP", "WDT"}:
        antecedent = _antecedent(words, items, j - 1)
        if antecedent is not None and words[items[j - 1].first].text.lower() in {"which", "whom", "that"}:
            clause.kind, clause.governor, clause.subject = "relative", previous, Group((before.phrase,), (), k)
            clause.object = antecedent
            return
    said = _closing_speaker(words, items, clauses, clause)
    if said is not None:
        clause.subject = said
        return
    start, governor = _region(words, items, clauses, of_item, k)
    clause.governor = governor
    told = clauses[governor].complement if governor is not None else None
    if told is not None and told <= k:
        clause.kind = "complement"
        start = max(start, told)
    clause.subject = _first_group(words, items, clauses, start, k, governor)
    if clause.kind == "complement" and governor is not None and _is_pronoun(words, clause.subject):
        clause.subject = clauses[governor].subject or clause.subject


def _doer(words: Sequence[Word], clause: Clause, before: Item) -> Group | None:
    """Who does what is told behind a clause: of a passive with `by` him, where the subject cannot.

    `The camp was hit by rebels, killing two`, `This was told by the premier while meeting reporters`; but
    `Soldiers were shot by rebels while patrolling`.
    """
    agent = next((g for prep, g in clause.preps if prep == "by"), None) if clause.passive else None
    dumb = clause.subject is None or words[clause.subject.members[0].head].text.lower() in {"this", "that", "it"}
    return agent if agent is not None and (before.kind == "," or dumb) else clause.subject


def _suffered(words: Sequence[Word], items: Sequence[Item], k: int) -> bool:
    """True for a second verb of a passive that says by whom (`was held and sentenced by a court`)."""
    lone = items[k].last - items[k].first == 1 and words[items[k].first].tag in {"VBN", "VBD"}
    return lone and any(prep == "by" for prep, _ in preps_from(words, items, k + 1, 4))


def _closing_speaker(
    words: Sequence[Word], items: Sequence[Item], clauses: Sequence[Clause], clause: Clause
) -> Group | None:
    """Who said what goes before, in a clause of his own: `Two were hurt in a raid that hit Omdurman, the army said`."""
    k = clause.item
    after = items[k + 1].kind if k + 1 < len(items) else "."
    if clause.lemma not in _SAID or after in {"THAT", "VG", "PRP"} or not any(c.finite for c in clauses):
        return None
    start = next((j + 1 for j in range(k - 1, -1, -1) if items[j].kind in _CLOSING | {"VG"}), 0)
    if start == 0 or items[start - 1].kind == "VG" or start == k or items[start].phrase is None:
        return None
    opens = k + 1 < len(items) and items[k + 1].phrase is not None and not is_time(words, _phrase(items[k + 1]))
    group = group_at(words, items, start, 0)
    return group if group.end == k and not opens else None


def _phrase(item: Item) -> Phrase:
    assert item.phrase is not None  # noqa: S101 - callers have looked
    return item.phrase


def _is_pronoun(words: Sequence[Word], group: Group | None) -> bool:
    """True for `it`, `he` or `they` alone: in what somebody says, it is most often the speaker."""
    if group is None or len(group.members) != 1 or group.attached:
        return False
    return words[group.members[0].head].text.lower() in {"it", "he", "she", "they"}


def _partner(words: Sequence[Word], clauses: Sequence[Clause], clause: Clause) -> int | None:
    """The earlier clause whose subject a verb after `and` shares: the nearest of its form, if possible of its tense."""
    tense = words[clause.verb].tag
    alike = [
        n for n, other in enumerate(clauses)
        if (other.finite == clause.finite and tense != "VB") or (words[other.verb].tag == tense == "VB")
    ]  # fmt: skip
    same = [n for n in alike if words[clauses[n].verb].tag == tense]
    found = same or alike
    return found[-1] if found else None


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
    lead = items[first].phrase
    hung = [items[m].phrase for m in range(first + 2, i + 1, 2)]
    if lead is not None and hung and words[lead.head].lemma in _SHOWING and hung[-1] is not None:
        return Group((hung[-1],), (), j)
    return Group((lead,), tuple(("of", p) for p in hung if p is not None), j) if lead is not None else None


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
        if (
            item.kind == "IN"
            and words[item.first].text.lower() in SUBORDINATING
            and j + 1 < k
            and finite_after(words, items, j + 1)
        ):
            previous = [c for c in range(len(clauses)) if clauses[c].item < j]
            return j + 1, previous[-1] if previous else None
        if item.kind in {"THAT", ";", ":"} or (item.kind in {"SC", "WRB"} and words[item.first].text.lower() != "as"):
            previous = [c for c in range(len(clauses)) if clauses[c].item < j]
            return j + 1, previous[-1] if previous else None
        j -= 1
    return 0, governor


def _closed(items: Sequence[Item], j: int, k: int) -> bool:
    """True when a relative clause at `j` may have ended before the verb at `k`: it is short, or a comma is between."""
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
        if item.kind in {"IN", "TO"} or word in LIKE_PREPOSITION:
            if i + 1 < k and items[i + 1].phrase is not None:
                found = items[i + 1].phrase
                if found is not None and is_time(words, found):
                    i += 2
                    continue
                group = group_at(words, items, i + 1, 0 if word in SUBORDINATING else 1)
                if word in SUBORDINATING:
                    fallback = group
                behind = _behind_where(words, items, i, k, group)
                if behind is not None:
                    return behind
                i = min(group.end, k) if group.end > i + 1 else i + 2
                if word not in SUBORDINATING and i == k and fallback is None:
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
            return group_at(words, items, i, 0)
        else:
            i += 1
    return fallback


def _behind_where(words: Sequence[Word], items: Sequence[Item], i: int, k: int, group: Group) -> Group | None:
    """The list that is the subject behind the place that opens a sentence: `In Mexico, the X and the Y clashed`."""
    if i != 0 or len(group.members) < 2 or k < 5 or items[2].kind != "," or items[3].phrase is None:
        return None
    if any(item.kind == "," for item in items[4:k]):
        return None
    behind = group_at(words, items, 3, 0)
    return behind if behind.end == k else None


def _is_particle(words: Sequence[Word], items: Sequence[Item], i: int, verb: int) -> bool:
    """True for `out` and the like right after a verb, which belong to it and not to the noun after them."""
    return i == verb + 1 and items[i].kind in {"IN", "RP"} and words[items[i].first].text.lower() in _PARTICLES


def _given(words: Sequence[Word], items: Sequence[Item], clause: Clause, i: int) -> Group | None:
    """What is given, where it follows right after whom it is given to: `gave the junta an ultimatum`."""
    phrase = items[i].phrase if i < len(items) else None
    if clause.lemma not in _GIVING or clause.passive or phrase is None or is_time(words, phrase):
        return None
    return group_at(words, items, i, 1)


def _ends_relative(words: Sequence[Word], items: Sequence[Item], clause: Clause, i: int) -> bool:
    """True where the verb after the object at `i` is the main clause's: `men who crossed the border attacked`."""
    after = items[i + 1] if i + 1 < len(items) else None
    return (
        clause.kind in {"relative", "participle"}
        and clause.lemma not in _BARE_CLAUSE
        and after is not None
        and after.kind == "VG"
        and not any(item.kind == "VG" and is_finite(words, item) for item in items[: clause.item])
    )


def _find_right(words: Sequence[Word], items: Sequence[Item], clause: Clause) -> None:
    i = clause.item + 1
    while i < len(items) and (items[i].kind in {"RB", "RP"} or _is_particle(words, items, i, clause.item)):
        if items[i].kind != "RB":
            clause.particle = words[items[i].first].text.lower()
        i += 1
    first = items[i].phrase if i < len(items) else None
    if first is not None and not is_time(words, first):
        if finite_after(words, items, i) and not _ends_relative(words, items, clause, i):
            clause.complement = i
            return
        clause.object = group_at(words, items, i, 1)
        i = clause.object.end
        given = _given(words, items, clause, i)
        if given is not None:
            clause.preps = [("to", clause.object), *preps_from(words, items, given.end, 8)]
            clause.object = given
            return
        if clause.lemma in _TOLD_TO and i < len(items) and opens_contact(words, items, i):
            clause.complement = i
            return
    clause.preps = preps_from(words, items, i, 8)
    if clause.preps:
        i = max(i, clause.preps[-1][1].end)
    while i < len(items) and items[i].kind in {"RB", ",", ":", ")", "]"} | QUOTES:
        if items[i].kind in QUOTES and i + 1 < len(items):
            if items[i].kind == "”":
                return
            if any(item.kind == "VG" for item in items[i + 1 : i + 30]):
                clause.complement = i
            return
        i += 1
    if (i < len(items) and items[i].kind in {"THAT", "WRB"}) or (
        i < len(items) and items[i].phrase is not None and i == clause.item + 1 and finite_after(words, items, i)
    ):
        clause.complement = i
