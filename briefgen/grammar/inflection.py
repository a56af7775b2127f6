"""Forms of English verbs and nouns by the regular rules, and the irregular ones from `english.yml`."""

from __future__ import annotations

from briefgen.grammar import english

_IRREGULAR = english.irregular_verbs()
_DOUBLING = english.words("doubling_verbs")
_DOUBLING_ING = frozenset("hit cut put set shut run win begin get overrun quit forbid".split())
_ODD_PLURALS = {"memoranda": "memorandum", "crises": "crisis", "children": "child", "servicemen": "serviceman"}
_UNCHANGED = frozenset("gas chaos series headquarters barracks news".split())


def irregular() -> frozenset[str]:
    """Base forms of the irregular verbs."""
    return frozenset(_IRREGULAR)


def inflect(lemma: str) -> dict[str, frozenset[str]]:
    """Every form of the verb `lemma` -> the tags it may have (VB, VBP, VBZ, VBD, VBN, VBG)."""
    past, participle = _IRREGULAR.get(lemma, (_ed(lemma), _ed(lemma)))
    forms: dict[str, set[str]] = {}
    for form, tag in (
        (lemma, "VB"), (lemma, "VBP"), (_s(lemma), "VBZ"), (past, "VBD"), (participle, "VBN"), (_ing(lemma), "VBG"),
    ):  # fmt: skip
        forms.setdefault(form, set()).add(tag)
    if lemma.endswith("l") and lemma[-2:-1] in "aeiou" and lemma[-3:-2] not in "aeiou":
        for form, tag in ((lemma + "led", "VBD"), (lemma + "led", "VBN"), (lemma + "ling", "VBG")):
            forms.setdefault(form, set()).add(tag)
    return {form: frozenset(tags) for form, tags in forms.items()}


def plural(noun: str) -> str:
    """Plural of a noun's last word, by the regular rules and a few exceptions."""
    stem, _, last = noun.rpartition(" ")
    odd = {"man": "men", "woman": "women", "crisis": "crises", "gunman": "gunmen"}
    out = odd.get(last) or _s(last)
    return f"{stem} {out}" if stem else out


def singular(low: str) -> str:
    """Singular of a regular plural."""
    if low in _ODD_PLURALS:
        return _ODD_PLURALS[low]
    if low.endswith("men") and low not in {"regimen", "specimen", "abdomen", "omen", "acumen", "yemen", "stamen"}:
        return low[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in _UNCHANGED:
        return low[:-1]
    return low


def _s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in {"go", "do", "veto", "undergo", "echo", "embargo"}:
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ied"
    if word in _DOUBLING:
        return word + word[-1] + "ed"
    return word + "ed"


def _ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return word[:-1] + "ing"
    doubled = word in _DOUBLING or word in _DOUBLING_ING
    return word + word[-1] + "ing" if doubled else word + "ing"
