"""The part of speech of each word of a sentence.

The commonest tag of a word comes from Brill's lexicon; context then decides between verb
and noun, past tense and participle. Tags are the Penn Treebank's, with `NNP` for every
word of a known name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefgen.grammar import brill, english
from briefgen.grammar.inflection import inflect, irregular, singular
from briefgen.grammar.words import (
    BREAKS,
    OPENS_CLAUSE,
    OPENS_OBJECT,
    PRENOUN,
    Form,
    Word,
    finite_ahead,
    is_about,
    is_auxiliary,
    opens_aside,
    stands_alone,
    subject_before,
    told_behind,
    verb_behind,
    verbless,
)

_WORD = re.compile(
    r"\[(?:\d[\d,–-]{0,6}|[ivxlcdm]{1,8})\](?=[\s\[,.;:)]|$)"  # a citation mark
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|%)?(?!\w)"
    r"|(?:[A-Z]\.){2,}"
    r"|(?:Maj|Gen|Lt|Col|Brig|Capt|Sgt|Cpl|Cmdr|Adm|Dr|Mr|Mrs|Ms|St|Sen|Rep|Gov|Prof|Jr|Sr)\."
    r"|[^\W_]+(?:(?:['’‘ʿʾ`´-](?!s\b)|–(?=[a-z]{2,}ed\b))[^\W_]+)*"
    r"|['’]s\b|['’](?=\s)"
    r"|\.\.\.|…|--+|\S"
)
_ARTICLE = re.compile(r"(?:al|an|ar|as|ash|at|az|ad|el|ul|ur|ud|us)[-‐‑'’][A-Z]")
"""An article in small letters that opens a name (`al-Rashidi`)."""
_BARE_CLAUSE = english.words("bare_clause_verbs")
"""Verbs after which a clause may follow without `that`."""
_OPENING = frozenset('“"«:•')
_PEOPLE = english.words("people_nouns")
_BE = frozenset(["be", "am", "is", "are", "was", "were", "been", "being", "'s"])
_HAVE = frozenset(["have", "has", "had", "having"])
_DO = frozenset(["do", "does", "did"])
_AUXILIARY: Mapping[str, str] = {
    "being": "VBG", "having": "VBG", "been": "VBN", "be": "VB", "is": "VBZ", "has": "VBZ", "does": "VBZ", "'s": "VBZ",
    "am": "VBP", "are": "VBP", "have": "VBP", "do": "VBP",
}  # fmt: skip
_FIXED: Mapping[str, str] = english.closed_class()
_SMALL = english.words("small_words")
_BOTH = english.words("nouns_and_adjectives")
_DESCRIBING = english.words("describing_participles")
_ATTRIBUTIVE = english.words("attributive_participles")
_NAMING = english.words("naming_participles")
_COMPOUNDS = english.words("noun_compounds")
_SAID = frozenset(["said", "added", "reported", "claimed", "stated"])


class Tagger:
    """Splits a sentence into tagged words, knowing the verbs of the lexicon."""

    def __init__(self, verbs: Iterable[str], nouns: Iterable[str] = ()) -> None:
        """`verbs`: base forms that matter; `nouns`: event nouns that look like participles (`meeting`)."""
        self._nouns = frozenset(nouns)
        self._forms: dict[str, Form] = {}
        for lemma in [*verbs, *sorted(irregular())]:
            for form, tags in inflect(lemma.split(" ")[0]).items():
                have = self._forms.get(form)
                if have is None:
                    self._forms[form] = Form(lemma.split(" ")[0], tags)
                elif have.lemma == lemma.split(" ")[0]:
                    self._forms[form] = Form(have.lemma, have.tags | tags)

    def words(self, text: str, names: Sequence[tuple[int, int]] = ()) -> tuple[Word, ...]:
        """Tagged words of `text` (one sentence); `names` are spans of known names in it."""
        raw = [
            (m.start(), m.end(), m.group())
            for m in _WORD.finditer(text)
            if not (m.group()[0] == "[" and len(m.group()) > 1)
        ]
        named = _inside(raw, names)
        words = [
            self._guess(start, end, word, first=index == 0 or raw[index - 1][2] in _OPENING, named=named[index])
            for index, (start, end, word) in enumerate(raw)
        ]
        return tuple(self._context(words, named))

    def _guess(self, start: int, end: int, text: str, *, first: bool, named: bool) -> Word:
        low = text.lower()
        tag = _FIXED.get(text) or (_FIXED.get(low) if first or text.islower() or low in _SMALL else None)
        if text == "’" or text == "'":
            tag = "POS"
        if tag and not named:
            return Word(start, end, text, tag, low)
        if named:
            if tag in {"POS", "PRP"}:
                return Word(start, end, text, tag, low)
            if tag:
                return Word(start, end, text, "NNP", low)
            return Word(start, end, text, "NNP" if text[0].isupper() or not text.isalpha() else "NN", low)
        if not text[0].isalnum():
            return Word(start, end, text, text[0], text)
        if text[0].isdigit():
            return Word(start, end, text, "CD", low)
        form = self._forms.get(low)
        lexicon = brill.lexicon()
        if _ARTICLE.match(text):
            return Word(start, end, text, "NNP", low)
        if ("-" in text and brill.by_ending(low) == "JJ") or "–" in text[1:]:
            return Word(start, end, text, "JJ", low)
        if text[0].isupper() and not first:
            tag = lexicon.get(text, "NNP")
            tag = tag if tag in {"NNP", "NNPS", "JJ"} else "NNP"
            return Word(start, end, text, tag, low)
        tag = lexicon.get(low) or (lexicon.get(text) if first else None)
        if tag is None and first and text[0].isupper() and form is None:
            tag = "NNP"
        if tag is None:
            tag = brill.by_ending(low)
        if form is not None and not tag.startswith("VB") and not (form.tags & {"VB", "VBZ"}):
            tag = "VBD" if "VBD" in form.tags else "VBG" if "VBG" in form.tags else "VBN"
        return Word(start, end, text, tag, self._lemma(low, tag))

    def _lemma(self, low: str, tag: str) -> str:
        if tag.startswith("VB"):
            form = self._forms.get(low)
            return form.lemma if form else brill.verb_lemma(low)
        if tag == "NNS":
            return singular(low)
        return low

    def _context(self, words: list[Word], named: Sequence[bool]) -> list[Word]:
        out: list[Word] = []
        for index, word in enumerate(words):
            before = out[-1] if out else None
            back = next((w for w in reversed(out) if w.tag != "RB"), None)
            after = words[index + 1] if index + 1 < len(words) else None
            tag = word.tag
            low = word.text.lower()
            form = None if named[index] or tag == "NNP" or low in _FIXED else self._forms.get(low)
            if low == "that":
                tag = _that(before, after, words[index + 2] if index + 2 < len(words) else None)
            elif (
                before is not None
                and before.tag == "TO"
                and tag == "NN"
                and form is None
                and low not in brill.lexicon()
                and low not in _PEOPLE
                and after is not None
                and after.tag in {"DT", "NNP", "PRP", "PRP$", "JJ", "NNS"}
            ):
                tag = "VB"
            elif low == "her" and (after is None or after.tag in _AFTER_OBJECT):
                tag = "PRP"
            elif low in {"most", "much"} and after is not None and after.text.lower() == "of":
                tag = "NN"
            elif is_about(words, index):
                tag = "PDT"
            elif (after is not None and f"{low} {after.text.lower()}" in _COMPOUNDS) or (
                low in _BOTH and (tag == "JJ" or low == "general") and stands_alone(low, before, after)
            ):
                tag = "NN"
            elif low == "since" and back is not None and back.lemma == "have":
                tag = "RB"
            elif (
                low in {"earlier", "later", "further", "previous"}
                and before is not None
                and before.tag in {"DT", "PRP$"}
            ):
                tag = "JJ"
            elif low in {"after", "before", "since", "until"}:
                tag = "IN"
            elif low in _BE | _HAVE | _DO and low != "'s":
                tag = _AUXILIARY.get(low, "VBD")
                if low in {"have", "do"} and back is not None and back.tag in {"TO", "MD"}:
                    tag = "VB"
            elif form or tag.startswith("VB"):
                tag = self._verb_or_noun(word, form, before, back, after, words, index)
                if tag == "VBD" and "VBN" in (form.tags if form else _maybe(word)) and self._finite_behind(out):
                    tag = "VBN"
            lemma = self._lemma(low, tag) if tag != word.tag or tag.startswith("VB") else word.lemma
            if low in _BE:
                lemma = "be"
            elif low in _HAVE:
                lemma = "have"
            elif low in _DO:
                lemma = "do"
            out.append(replace(word, tag=tag, lemma=lemma))
        return out

    @staticmethod
    def _finite_behind(out: Sequence[Word]) -> bool:
        """True when the clause has its finite verb already, so that a past form after a noun is a participle."""
        if not out or out[-1].tag not in {"NN", "NNS"}:
            return False
        for at in range(len(out) - 1, -1, -1):
            word = out[at]
            if word.tag in BREAKS or (word.tag == "IN" and word.text.lower() in {"after", "before", "since", "until"}):
                return False
            if word.tag in {"VBD", "VBZ", "VBP"}:
                opened = at > 1 and out[at - 1].tag in {"WP", "WDT"}
                return word.lemma not in _BARE_CLAUSE and not (opened and verbless(out[: at - 1]))
        return False

    def _verb_or_noun(
        self, word: Word, form: Form | None, before: Word | None, back: Word | None, after: Word | None,
        words: Sequence[Word], index: int,
    ) -> str:  # fmt: skip
        tags = form.tags if form else _maybe(word)
        low = word.text.lower()
        if before is not None and before.text.lower() == "to" and "VB" in tags and low != "meeting":
            return "VB"
        if back is not None and back.tag == "MD":
            return "VB" if "VB" in tags else word.tag
        if back is not None and back.lemma == "do" and "VB" in tags:
            return "VB"
        if "VBG" in tags and low.endswith("ing"):
            counted = is_about(words, index + 1) if index + 1 < len(words) else False
            return self._gerund(word, before, back, after, counted)
        if tags & {"VBD", "VBN"} and not (
            tags & {"VB", "VBP"} and word.tag in {"NN", "NNS"} and not is_auxiliary(back)
        ):
            return self._past(tags, before, back, after, words, index)
        if before is not None and before.tag in PRENOUN | {"IN"} and low not in {"said"}:
            return word.tag if word.tag in {"NN", "NNS", "JJ"} else ("NNS" if "VBZ" in tags else "NN")
        if "VBZ" in tags and before is not None and before.tag in {"VBN", "VBG", "VB"}:
            return "NNS"
        if "VBZ" in tags:
            starts_object = after is not None and (
                after.tag in {"DT", "PRP", "PRP$", "RB", "TO", "IN", "SC"} or after.text in {"“", '"'}
            )
            subject = before is not None and before.tag in {"NNP", "NN", "WP", "WDT", "PRP"}
            if word.tag == "VBZ" or (subject and starts_object and after is not None and after.tag not in {"IN", "TO"}):
                return "VBZ"
            if subject and after is not None and after.tag == "NNP" and not _finite_ahead(words, index + 1):
                return "VBZ"
            adverb = before is not None and before.tag == "RB" and back is not None and back.tag in {"NNP", "WP", "WDT"}
            if adverb and after is not None and after.tag in {"NN", "NNS", "NNP", "JJ", "CD", "DT"}:
                return "VBZ"
            if subject and after is not None and after.tag == "," and opens_aside(words, index):
                return "VBZ"
            return "NNS"
        if tags & {"VB", "VBP"}:
            if before is not None and before.tag == "NNP" and after is not None and after.tag in {"NN", "NNS"}:
                held = words[index - 2].tag if index > 1 else ""
                if held in PRENOUN | {"IN", "TO"} or word.tag in {"NN", "NNS"}:
                    return "NN"
            if (
                before is not None
                and before.tag == "NN"
                and word.tag in {"VB", "VBP"}
                and not (after is not None and after.tag in {"DT", "PRP$", "PRP", "TO"})
            ):
                return "NN"
            if word.tag in {"VB", "VBP"}:
                plural_before = before is not None and before.tag in {"NN", "NNS", "NNP", "PRP", "WP", "WDT", "RB"}
                return "VBP" if plural_before else word.tag
            if (
                before is not None
                and before.tag in {"NNS", "PRP", "WP"}
                and after is not None
                and after.tag in {"DT", "PRP$", "WDT"}
            ):
                return "VBP"
            return word.tag if word.tag in {"NN", "NNS", "JJ", "IN", "RB"} else "NN"
        return word.tag

    def _gerund(self, word: Word, before: Word | None, back: Word | None, after: Word | None, counted: bool) -> str:
        """Noun or participle: `a meeting of`, `the killing of`; but `killing two`, `is meeting`."""
        if is_auxiliary(back):
            return "VBG"
        takes_object = counted or (
            after is not None and after.tag in {"DT", "PRP$", "CD", "PRP", "NNP", "JJ", "NNS", "NN"}
        )
        if before is not None and before.tag == "DT" and after is not None and after.tag in {"VBN", "VBD", "JJ"}:
            return "JJ"
        if (
            before is not None
            and before.tag in {"DT", "PRP$", "JJ", "POS"}
            and not (after and after.tag in {"DT", "PRP$"})
        ):
            return "NN"
        if before is not None and before.tag in {"NN", "JJ"} and after is not None and after.tag in {"NN", "NNS"}:
            plain = word.tag == "VBG" and after.tag == "NNS" and word.text.lower() not in self._nouns
            return "VBG" if plain and before.tag == "NN" else "NN"
        noun = word.tag == "NN" or word.text.lower() in self._nouns
        if (
            noun
            and not takes_object
            and before is not None
            and before.tag in {"NNP", "NN", "NNS", "IN", ")", "CC", "CD", ","}
        ):
            return "NN"
        if noun and not takes_object and before is not None and before.tag in {"VBD", "VB", "VBN"}:
            return "NN"
        if before is not None and before.tag == "IN" and after is not None and after.text.lower() in {"of", "between"}:
            return "NN"
        return "NN" if word.tag == "NN" and not takes_object else "VBG"

    def _past(
        self, tags: frozenset[str], before: Word | None, back: Word | None, after: Word | None,
        words: Sequence[Word], index: int,
    ) -> str:  # fmt: skip
        if tags == {"VBD"}:
            return "VBD"
        if is_auxiliary(back):
            return "VBN"
        if tags == {"VBN"}:
            return "VBN"
        noun_next = after is not None and after.tag in {"NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBG", "CD"}
        if before is not None and before.tag in {"DT", "PRP$", "JJ", "POS"}:
            return "JJ" if noun_next else "VBD"
        if before is not None and before.tag in {"VBG", "VBD", "VB"} and noun_next and after and after.tag != "CD":
            return "JJ"
        if before is not None and before.tag == "CD":
            return "JJ" if noun_next or after is None or after.tag in {",", ".", "CC", "IN"} else "VBD"
        if back is not None and back.tag == "IN" and after is not None and after.tag in {"NN", "NNS", "NNP", "JJ"}:
            return "JJ"
        if before is not None and before.tag == "CC" and noun_next:
            if words[index].text.lower() in _DESCRIBING:
                return "JJ"
            if told_behind(words, index):
                return "VBD"
        if after is not None and after.tag in {"NN", "NNS"} and verb_behind(words, index):
            said = before is not None and before.tag == "NNS" and words[index - 2].text.lower() in _SAID
            return "VBD" if said or words[index].text.lower() in _SAID else "JJ"
        if before is None or before.tag in {"IN", "TO"}:
            return "VBN"
        form = words[index].text.lower()
        if before.tag in {"NN", "NNS", "NNP", ","} and (
            form in _NAMING or (form in _ATTRIBUTIVE and (after is None or after.tag not in OPENS_OBJECT))
        ):
            return "VBN"
        if words[index].text.lower() == "armed" and after is not None and after.tag in {"NN", "NNS", "NNP", "JJ", "CD"}:
            return "JJ"
        if (
            before.tag == "CC"
            and after is not None
            and after.tag in {"NN", "NNS"}
            and index > 1
            and not words[index - 2].tag.startswith("VB")
        ):
            return "JJ"
        if after is not None and after.text.lower() == "of" and before.tag in {"NN", "NNS"}:
            return "VBN"
        ahead = {w.text.lower() for w in words[index + 1 : index + 3]}
        if "by" in ahead and before.tag in {"NN", "NNS", "NNP", ","}:
            return "VBN"
        if before.tag in {",", "(", "–", "—"} and (after is None or after.tag in {"IN", "TO", "RB"}):
            seen = any(
                w.tag in {"VBD", "VBZ", "VBP"} or (w.text.lower() in self._forms and w.tag == "VBN")
                for w in words[:index]
            )
            return "VBD" if seen or subject_before(words, index) else "VBN"
        known = self._forms.get(form)
        tells = known is not None and known.lemma in _BARE_CLAUSE and after is not None and after.tag in OPENS_CLAUSE
        if before.tag in {"NN", "NNS", "NNP"} and not tells and finite_ahead(words, index, self._forms):
            return "VBN"
        return "VBD"


_AFTER_OBJECT = frozenset({"IN", "TO", "CC", ",", ".", ";", "SC", "WRB"})
"""Tags after which `her` before them is an object: `accused her of treason`."""


def _maybe(word: Word) -> frozenset[str]:
    """Tags that a verb form outside the lexicon of events may have."""
    if word.tag in {"VBD", "VBN"} and word.text.lower().endswith("ed"):
        return frozenset({"VBD", "VBN"})
    return frozenset({word.tag})


def _finite_ahead(words: Sequence[Word], index: int) -> bool:
    """Whether a finite verb follows in the same stretch of the sentence: `the attacks Israel reported were few`."""
    for word in words[index:]:
        if word.tag in {",", ":", ";", "CC", "SC", "WRB"}:
            return False
        if word.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return True
    return False


def _that(before: Word | None, after: Word | None, next_but_one: Word | None) -> str:
    if (
        after is not None
        and after.tag in {"NN", "NNS"}
        and (next_but_one is None or next_but_one.tag in {".", ",", ";"})
    ):
        return "DT"
    if (
        before is not None
        and before.tag in {"NN", "NNS", "NNP"}
        and after is not None
        and after.tag.startswith(("VB", "MD"))
    ):
        return "WDT"
    if before is not None and before.tag in {"IN", "TO"}:
        return "DT"
    if before is None and after is not None and after.tag in {"NN", "JJ"}:
        return "DT"
    return "THAT"


def _inside(raw: Sequence[tuple[int, int, str]], names: Sequence[tuple[int, int]]) -> list[bool]:
    out = [False] * len(raw)
    spans = sorted(names)
    at = 0
    for index, (start, end, _) in enumerate(raw):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        out[index] = at < len(spans) and spans[at][0] <= start and end <= spans[at][1]
    return out
