"""Find every known name in a text, with offsets into that text.

The text is folded one character to one character (quotes, dashes, diacritics, case),
searched once for all names, and the hits are checked for word edges and capitals on the
text as written. Which of several meanings is right is decided later, by role, date and
theater; here all of them are given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import ahocorasick

from briefgen.knowledge.schema import Actor, Place, Source

Kind = Literal["actor", "place", "source"]
How = Literal["name", "alias", "adjective", "seat"]

_Form = tuple[str, "Candidate"]
"""A name in plain letters with the capitals that the data gives it, and what it means."""
_QUOTES = frozenset("'’‘‛`´′ʹʼʽʾʿʻˈ՚＇")
_DASHES = frozenset("-‐‑‒–−­﹣－")
_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ə": "a"}
_ARTICLES = frozenset({"al", "el"})
_ASCII = str.maketrans({"`": "'", **dict.fromkeys("-\t\n\r\v\f\x1c\x1d\x1e\x1f", " ")})
_SHORT = 3
"""Letters of initials that could be a word."""
_NEAR = 40
_WORD = re.compile(r"[^\W_]+")
_LOOSE = re.compile(r"\s{2,}|[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One meaning that a name can have."""

    kind: Kind
    id: str
    how: How


@dataclass(frozen=True, slots=True)
class Name:
    """A known name in a text: `text[start:end]` as written, and what it can mean."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names of a body of knowledge, ready to be searched for in one pass."""

    automaton: Any
    forms: Mapping[str, Sequence[_Form]]
    """Plain spelling -> the names so spelled; their words are told apart only where one is found."""
    aliases: Mapping[str, tuple[str, ...]]
    """Actor -> its aliases as the data has them."""

    def find(self, text: str) -> tuple[Name, ...]:
        """Known names in `text`, longest first where they overlap, in the order of the text."""
        squeezed, places = _squeeze(text)
        folded = fold(squeezed)
        hits: list[tuple[int, int, tuple[Candidate, ...]]] = []
        for last, key in self.automaton.iter(folded) if self.forms else ():
            start, end = last + 1 - len(key), last + 1
            if not _whole_words(folded, start, end):
                continue
            meanings = _meanings(self.forms[key], _spell(squeezed[start:end]))
            if meanings and not (len(key) <= _SHORT and _shouted(squeezed, start, end)):
                hits.append((start, end, meanings))
        taken = bytearray(len(folded))
        kept: list[Name] = []
        for start, end, meanings in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            first, after = places[start], places[end - 1] + 1
            while after < len(text) and unicodedata.combining(text[after]):
                after += 1
            kept.append(Name(first, after, text[first:after], meanings))
        return tuple(sorted(kept, key=lambda name: name.start))

    def meanings(self, name: str) -> tuple[Candidate, ...]:
        """What `name`, given alone, can mean; empty where it is not known."""
        return _meanings(self.forms.get(key_of(name), ()), _plain_name(name))

    def called(self, id_: str) -> tuple[str, ...]:
        """The aliases of an actor; none where it is not known."""
        return self.aliases.get(id_, ())


def fold(text: str) -> str:
    """`text` in the plain spelling that names are compared in, of the same length."""
    return _spell(text).lower()


def build(actors: Iterable[Actor], places: Iterable[Place], sources: Iterable[Source]) -> NameIndex:
    """The index of all names, aliases, adjectives and seats of what is given."""
    entries: list[tuple[Kind, Actor | Place | Source]] = [
        *(("actor", actor) for actor in actors),
        *(("place", place) for place in places),
        *(("source", source) for source in sources),
    ]
    forms: dict[str, list[_Form]] = {}
    shorter: list[tuple[str, Candidate]] = []
    for name, candidate in _names(entries):
        plain = _add(forms, name, candidate)
        rest = _without_article(plain)
        if rest:
            shorter.append((rest, candidate))
    given = frozenset(forms)
    for name, candidate in shorter:
        if key_of(name) not in given:
            _add(forms, name, candidate)
    automaton = ahocorasick.Automaton()
    for key in forms:
        automaton.add_word(key, key)
    automaton.make_automaton()
    called = {entry.id: entry.aliases for kind, entry in entries if kind == "actor"}
    return NameIndex(automaton, MappingProxyType(forms), MappingProxyType(called))


def _names(entries: Iterable[tuple[Kind, Actor | Place | Source]]) -> Iterator[tuple[str, Candidate]]:
    for kind, entry in entries:
        ways: list[tuple[How, tuple[str, ...]]] = [("name", (entry.name,)), ("alias", entry.aliases)]
        if isinstance(entry, Actor):
            ways += [("adjective", entry.adjectives), ("seat", entry.seats)]
        for how, called in ways:
            candidate = Candidate(kind, entry.id, how)
            for name in called:
                yield name, candidate


def key_of(name: str) -> str:
    """The plain spelling under which `name` is looked up."""
    return " ".join(_plain_name(name).lower().split())


def _meanings(forms: Iterable[_Form], written: str) -> tuple[Candidate, ...]:
    """What the forms whose capitals `written` has mean, each entry once, by the first form that means it."""
    words = _WORD.findall(written)
    found: dict[tuple[Kind, str], Candidate] = {}
    for form, candidate in forms:
        if all(map(_case_fits, _WORD.findall(form), words)):
            found.setdefault((candidate.kind, candidate.id), candidate)
    return tuple(found.values())


def _add(forms: dict[str, list[_Form]], name: str, candidate: Candidate) -> str:
    """Enter a name; gives it back in plain letters."""
    plain = _plain_name(name)
    key = " ".join(plain.lower().split())
    if key:
        forms.setdefault(key, []).append((plain, candidate))
    return plain


def _plain_name(name: str) -> str:
    """`name` in plain letters, without `the` before it, which is never part of a hit."""
    plain = _spell(name).strip()
    return plain[4:] if plain.startswith(("the ", "The ")) else plain


def _without_article(name: str) -> str:
    """`Khalil Hayya` for `Khalil al Hayya`; empty where there is nothing to drop or too little is left."""
    if "l " not in name.lower():
        return ""
    words = name.split()
    rest = [word for word in words if word.lower() not in _ARTICLES]
    return " ".join(rest) if 2 <= len(rest) < len(words) else ""


def _case_fits(form: str, written: str) -> bool:
    if form.lower() in _ARTICLES or not form[0].isupper():
        return True
    if len(form) > 1 and form.isupper():
        return written == form
    return written[0].isupper()


def _whole_words(folded: str, start: int, end: int) -> bool:
    """Whether no letter of a longer word stands beside the hit; a possessive may follow."""
    before = folded[max(0, start - 2) : start]
    if folded[start].isalnum() and before and (before[-1].isalnum() or (before[-1] == "'" and before[0].isalnum())):
        return False
    after = folded[end : end + 3]
    if not folded[end - 1].isalnum() or not after:
        return True
    if after[0] == "'" and after[1:2].isalnum():
        return after[1] == "s" and not after[2:3].isalnum()
    return not after[0].isalnum()


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words round about are all in capitals, so that `IS` or `US` may be a plain word."""
    before = _WORD.findall(text[max(0, start - _NEAR) : start])[-2:]
    after = _WORD.findall(text[end : end + _NEAR])[:2]
    around = [word for word in (*before, *after) if word.isalpha()]
    return text[start:end].isupper() and len(around) > 1 and all(word.isupper() for word in around)


def _squeeze(text: str) -> tuple[str, range | list[int]]:
    """`text` without invisible marks and with runs of blanks made one, and where each character stood.

    Blank lines stay, so that no name runs from one paragraph into the next.
    """
    if not _LOOSE.search(text):
        return text, range(len(text))
    keep: list[int] = []
    at = 0
    for run in _LOOSE.finditer(text):
        keep.extend(range(at, run.start()))
        if run.group().isspace():
            keep.append(run.start())
            if run.group().count("\n") > 1:
                keep.append(run.end() - 1)
        at = run.end()
    keep.extend(range(at, len(text)))
    return "".join(text[i] for i in keep), keep


def _spell(text: str) -> str:
    """`text` in plain letters, with its capitals, of the same length."""
    return text.translate(_ASCII if text.isascii() else {ord(char): _plain(char) for char in set(text)})


def _plain(char: str) -> str:
    """One character for one: quotes and ayn to `'`, dashes and blanks to a space, letters without diacritics."""
    if char in _QUOTES:
        return "'"
    if char in _DASHES or char.isspace():
        return " "
    base = unicodedata.normalize("NFKD", char)[0]
    plain = _LETTERS.get(base.lower()[0], base)
    return plain.upper() if base.isupper() and len(plain.upper()) == 1 else plain
