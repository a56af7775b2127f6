"""Judgments and forecasts: sentences with an estimative word, and whose judgment it is.

One judgment a sentence. Plain `will` and `would` are left out: most of them tell plans or
reported speech, and a plan taken for a forecast is worse than a forecast missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefgen.extract.citing import citations
from briefgen.grammar import sentences
from briefgen.knowledge.schema import Estimate, Language
from briefgen.model import TOLD, Block, Likelihood, Report, Span

ANALYSTS = "analysts"
_TOO_WIDE = frozenset({"will", "will not", "would", "reportedly", "allegedly", "expected", "potential", "expect"})
_FOLLOWED = {
    r"(?=\s(?:to|that|likely|increasingly)\b)": "appear appears seem seems",
    r"(?=\sthat\b)": "assess assesses assessed doubt doubts estimate estimates forecast forecasts judge judges suspect "
    "suspects",
    r"(?=\s(?:that|to)\b)": "possible",
    r"(?=\s\w+ing\b)": "risks",
    r"(?!\sin\b)": "believe believes",
    r"(?!\snot\b|n[’']t\b)": "could",
    r"(?!\sto\b)": "suggest suggests",
}
"""What must (or must not) come after a word for it to be estimative: `seems to`, but not `could not`."""
_PRECEDED = {
    r"(?<!as )(?<!if )(?<!where )": "possible",
    r"(?:(?<=is )|(?<=are )|(?<=was )|(?<=were )|(?<=remains )|(?<=remain ))": "unknown uncertain",
    r"(?<!not )": "indicate suggest imply believe expect",
}
"""The same for what comes before it."""
_JUDGING = "anticipates assess assessed assesses believe believes estimates expects forecasts judges predicts suspects"
"""Estimative verbs, whose subject is the one who judges."""
_WARNINGS = ("warn", "caution", "conclude", "find", "predict", "argue")
_EXTRA = (Estimate(term="the potential to"), Estimate(term="no reason to believe"))
_MAX_SPEAKER = 120
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_OPENING = re.compile(
    r"(?:(?:However|Moreover|Furthermore|Additionally|Meanwhile|Separately|In addition|At the same time|Still|Yet|Also"
    r"|For example|Similarly|Instead|Indeed|Consequently|Thus|Therefore),?\s)+"
)
_ADVERB = r"(?:(?:also|previously|later|separately|repeatedly|recently|further|then|has|have|had)\s){0,2}"
_ASIDE = re.compile(r"(?:(?<=[,”\"…])|(?<=[,”\"…]\s))(?!\s)([^,”\"“.…]{2,120})(?=,|[.…”\"]*\Z)")
_FEARS = re.compile(r"\b(?:concerns?|fears?|worries|hopes?|rumou?rs)\sthat\b", re.IGNORECASE)
_SELF = re.compile(r"(?:we|the author of this report|this report|our analysts)\Z", re.IGNORECASE)
_ALL = re.compile(r"(?:it|this|that|there|which|who|they say|some|many)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgment:
    """An estimative statement as the text puts it, before names are resolved."""

    sentence: Span
    """In the seed's text."""
    term: str
    """As written."""
    term_span: Span
    """In the seed's text."""
    likelihood: Likelihood | None
    who: str
    """`analysts`, or the words that name the speaker; for an excerpt, its outlet."""
    citations: tuple[str, ...]
    section: str | None
    block: int


def read(report: Report, text: str, language: Language) -> tuple[Judgment, ...]:
    """Every estimative statement of `report`, in reading order; `text` is its seed's text.

    A sentence that a takeaway repeats word for word is told once, from the section.
    """
    terms = _Terms(language)
    found: dict[str, Judgment] = {}
    for number, block in enumerate(report.blocks):
        if block.kind not in TOLD:
            continue
        marks = [m for m in report.marks if block.span[0] <= m.span[0] < block.span[1]]
        for span in sentences.split(text, block.span, frozenset(language.abbreviations)):
            sentence = text[span[0] : span[1]]
            hit = terms.best(sentence)
            if hit is None:
                continue
            start, end, likelihood = hit
            who = _who(report, block, sentence, (start, end), terms.saying)
            if who is None:
                continue
            judgment = Judgment(
                sentence=span, term=sentence[start:end], term_span=(span[0] + start, span[0] + end),
                likelihood=likelihood, who=who,
                citations=citations(marks, span, block), section=block.section, block=number,
            )  # fmt: skip
            key = re.sub(r"\W+", " ", re.sub(r"\[\w+\]", " ", sentence)).strip().lower()
            if key not in found or report.blocks[found[key].block].kind == "takeaway":
                found[key] = judgment
    return tuple(sorted(found.values(), key=lambda j: j.sentence))


class _Terms:
    """The estimative words and verbs of saying of a language, ready to be looked for."""

    def __init__(self, language: Language) -> None:
        known = {
            e.term.lower(): e.likelihood for e in (*language.estimates, *_EXTRA) if e.term.lower() not in _TOO_WIDE
        }
        before, after = _by_word(_PRECEDED), _by_word(_FOLLOWED)
        parts = [
            rf"{before.get(term, '')}{re.escape(term)}\b{after.get(term, '')}"
            for term in sorted(known, key=lambda t: (-len(t), t))
        ]
        self._known = known
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})", re.IGNORECASE)
        forms = [_forms(lemma) for lemma in (*(s.lemma for s in language.sayings), *_WARNINGS)]
        tells, told = _either(third for third, _ in forms), _either(past for _, past in forms)
        self.saying = re.compile(
            rf"\b{_ADVERB}(?:(?:{_either(_JUDGING.split())}|{told})\b|(?:{tells})(?=,|:|\sthat\b|\s[“\"]|\Z))"
        )

    def best(self, sentence: str) -> tuple[int, int, Likelihood | None] | None:
        """The estimative word of the sentence: the first with a likelihood, else the first."""
        hits = [m for m in self._pattern.finditer(sentence) if not _is_month(sentence, m)]
        if not hits:
            return None
        match = next((m for m in hits if self._known[m.group().lower()] is not None), hits[0])
        return match.start(), match.end(), self._known[match.group().lower()]


def _by_word(table: dict[str, str]) -> dict[str, str]:
    """Word -> pattern, from pattern -> words."""
    return {word: pattern for pattern, words in table.items() for word in words.split()}


def _either(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _is_month(sentence: str, match: re.Match[str]) -> bool:
    """Whether a hit is `May` the month: capitalized, within the sentence or before a number."""
    return match.group() == "May" and (
        match.start() > 0 or sentence[match.end() : match.end() + 2].strip()[:1].isdigit()
    )


def _forms(lemma: str) -> tuple[str, str]:
    """Third person and past of a verb of saying; the irregular ones are listed."""
    verb, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    irregular = {
        "say": ("says", "said"), "tell": ("tells", "told"), "write": ("writes", "wrote"), "hold": ("holds", "held"),
        "make": ("makes", "made"), "put": ("puts", "put"), "think": ("thinks", "thought"), "find": ("finds", "found"),
    }  # fmt: skip
    if verb in irregular:
        third, past = irregular[verb]
        return third + tail, past + tail
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return (f"{verb[:-1]}ies{tail}", f"{verb[:-1]}ied{tail}")
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    return (third + tail, (f"{verb}d" if verb.endswith("e") else f"{verb}ed") + tail)


def _who(report: Report, block: Block, sentence: str, term: Span, saying: re.Pattern[str]) -> str | None:
    """Whose judgment the sentence is: the speaker it names, the excerpt's outlet, or the analysts.

    None for words in quotation marks, or for the fears of somebody, where nobody is named.
    """
    speaker = _speaker(sentence, term, saying)
    if speaker is not None and not _is_publisher(report, speaker):
        return speaker
    if block.kind == "excerpt" and speaker is None:
        cited = next((c for c in report.citations if c.id == block.citation), None)
        return (cited.outlet_name or cited.marker) if cited else ANALYSTS
    before = sentence[: term[0]]
    if before.count("“") > before.count("”") or before.count('"') % 2 == 1 or _FEARS.search(before):
        return None
    return ANALYSTS


def _speaker(sentence: str, term: Span, saying: re.Pattern[str]) -> str | None:
    """The words that name who says what holds the term at `term`; None where nobody is named."""
    accord = re.search(r"\b[Aa]ccording\sto\s([^,.;]{3,120})", sentence)
    if accord:
        return _clean(accord[1])
    for said in saying.finditer(sentence, 0, term[1]):
        if said.end() > term[0] and (said.start() > term[0] or said.group().split()[-1] not in _JUDGING.split()):
            continue
        subject = sentence[max(0, said.start() - _MAX_SPEAKER - 80) : said.start()]
        words = _clean(re.split(r"[;:—–]|,\s(?:and|but|while|with|noting|adding)\s|[”\"]\s?", subject)[-1])
        if words:
            return words
    for aside in _ASIDE.finditer(sentence):
        said_there = saying.search(aside[1])
        if said_there and (aside.start() >= term[1] - 1 or aside.end() <= term[0] + 1):
            return _clean(aside[1][: said_there.start()] or aside[1][said_there.end() :])
    return None


def _clean(words: str) -> str | None:
    """A speaker without opening adverbs; None for what names nobody."""
    bare = _OPENING.sub("", words.strip().strip(",").strip(), count=1).strip()
    bare = re.sub(r",\s(?:for\s(?:example|instance)|however)\Z|\A.*,\s(?=(?:he|she|they|we)\Z)", "", bare)
    bare = re.sub(rf"\s(?:on|last|this)?\s?(?:{_WEEKDAYS})\Z|\AAs\s", "", bare)
    if not bare or len(bare) > _MAX_SPEAKER or _ALL.fullmatch(bare) or not bare[0].isalpha():
        return None
    return bare


def _is_publisher(report: Report, speaker: str) -> bool:
    """Whether the speaker is who wrote the report."""
    if _SELF.fullmatch(speaker):
        return True
    plain = re.sub(r"[^a-z]", "", speaker.lower())
    mine = re.sub(r"[^a-z]", "", (report.publisher or "").lower())
    return bool(mine) and len(plain) > 2 and (plain in mine or mine in plain)
