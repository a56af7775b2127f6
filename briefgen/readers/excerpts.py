"""Source lines: who wrote the foreign piece that is quoted below, its title, outlet and date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from briefgen.readers import dates

_DATE = re.compile(
    rf"(?P<date>{dates.DAY}\s+{dates.MONTH},?\s+(?:19|20)\d\d|{dates.MONTH}\s+{dates.DAY},?\s+(?:19|20)\d\d)", re.I
)
_TRANSLATED = re.compile(r",?[”\"»]\s*\(\s*[“\"«]")
_OPENING = '“"«'
_CLOSING = '”"»'
_COUNTRY = re.compile(r"(?<=[a-zé]), [A-Z][a-z]+(?=\s(?:and|or)\s|,|$)")
"""The country after a city, which a label does without."""
_AUTHOR = 90
"""Most characters before the title."""
_LABEL = re.compile(r"(?:source|sources)\s*:\s*", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"\s*(?:https?|hxxps?)://\S+\s*")
_LONGEST = 1500
_LETTERS = {
    "ps": "ټډړږښګڼېۍځڅ",
    "fa": "پچژگ",
    "uk": "іїєґІЇЄҐ",
    "be": "ўЎ",
}
_SCRIPTS = (
    (0x590, 0x5FF, "he"),
    (0x600, 0x6FF, "ar"),
    (0x400, 0x4FF, "ru"),
    (0x3040, 0x30FF, "ja"),
    (0xAC00, 0xD7AF, "ko"),
    (0x4E00, 0x9FFF, "zh"),
    (0x370, 0x3FF, "el"),
    (0x10A0, 0x10FF, "ka"),
    (0x530, 0x58F, "hy"),
    (0x900, 0x97F, "hi"),
)
"""The language that most of what is written in a script is in."""
_STOPWORDS = {
    "es": "el la los las del de y en con que su una un cómo al por para",
    "fr": "le la les du des de d en à et aux au dans pour sur une un ce leurs est qui son",
    "pt": "o os as do da dos das em com que uma um ao por para não",
    "de": "der die das und von mit für dem den ein eine ist im zu",
    "it": "il lo gli di del della e in con che una un per",
    "tr": "ve bir bu ile için de da",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a source line says; texts as printed."""

    end: int
    """Where it ends in the line: a stop after the date, or a piece of address after that."""
    title: str
    author: str | None
    outlet: str | None
    described: str | None
    """What the line says in brackets about the outlet."""
    date: str
    day: dt.date

    @property
    def marker(self) -> str:
        """How the source is called: outlet and date, or what else names it, and date."""
        name = self.outlet
        if self.described and (not name or not _latin(name)):
            name = re.split(r"\s(?:that|which|with|providing)\s", self.described, maxsplit=1)[0]
            name = _COUNTRY.sub("", name)
        return f"{name or self.author or self.title}, {self.date}"


def parse(line: str) -> Source | None:
    """What a source line says; None where the line is none.

    `Author, “original title (translation),” Outlet (what it is), 12 October 2023.` Author,
    translation and outlet may be missing, and text may be run on behind the date.
    """
    opening = next((at for at, char in enumerate(line[: _AUTHOR + 1]) if char in _OPENING), None)
    if opening is None:
        return None
    before = _LABEL.sub("", line[:opening].strip())
    author = before.strip(" ,.:")
    if author and (len(author.split()) > 8 or not author[0].isupper() or before[-1] not in ",."):
        return None
    for found in _DATE.finditer(line, opening, opening + _LONGEST):
        between = line[opening : found.start()]
        closing = max(between.rfind(char) for char in _CLOSING)
        rest = between[closing + 1 :] if closing > 0 else ""
        if closing < 4 or len(rest) > 260 or not _credit(rest, found.end(), line):
            continue
        day = dates.full(found["date"])
        if not day:
            continue
        name, described = _outlet(rest)
        end = _end(line, found.end())
        title = between[1:closing].strip().rstrip(",").strip()
        return Source(end, title, author or None, name, described, found["date"], day[0].day)
    return None


def _credit(rest: str, end: int, line: str) -> bool:
    """Whether the words between title and date can be an outlet: they end in a comma, and hold no sentence."""
    bare = re.sub(r"\([^()]*\)", "", rest)
    return (
        rest.rstrip().endswith(",") and not re.search(r"[.;:!?]\s", bare) and line[end : end + 1] in ("", ".", ",", " ")
    )


def _outlet(rest: str) -> tuple[str | None, str | None]:
    brackets = re.findall(r"\(([^()]*)\)", rest)
    name = re.sub(r"\([^()]*\)", "", rest).strip(' ,)(”"')
    name = re.sub(r"\s*,\s*(?:,\s*)*", ", ", name).strip(" ,")
    return name or None, (brackets[-1].strip() if brackets else None)


def _end(line: str, end: int) -> int:
    """After the stop; with it goes an address, and what is glued to it in another script (a slug)."""
    if line[end : end + 1] in (".", ","):
        end += 1
    tail = line[end:]
    if _ONLY_ADDRESS.fullmatch(tail):
        return len(line)
    if tail and not tail[0].isspace() and len(tail.split()) <= 2 and not _latin(tail):
        return len(line)
    return end


def _latin(text: str) -> bool:
    """Whether most of its letters are Latin."""
    letters = [char for char in text if char.isalpha()]
    return sum(ord(char) < 0x250 for char in letters) * 2 >= len(letters)


def original(title: str) -> tuple[str, str | None]:
    """A title and the translation that is printed in brackets after it, within the quotation marks or behind them."""
    quoted = _TRANSLATED.split(title, maxsplit=1)
    if len(quoted) == 2:
        return quoted[0].strip(), quoted[1].strip()
    if not title.endswith(")"):
        return title, None
    depth = 0
    for at in range(len(title) - 1, 0, -1):
        depth += (title[at] == ")") - (title[at] == "(")
        if depth == 0:
            inner = title[at + 1 : -1].strip()
            first = title[:at].strip().rstrip('”»" ,')
            return (first, inner) if first and len(inner.split()) > 2 else (title, None)
    return title, None


def foreign(line: str) -> bool:
    """Whether a line is a title in a script other than Latin, printed above its source line."""
    return any(char.isalpha() for char in line) and not _latin(line) and len(line.split()) <= 40


def language(title: str, translated: bool) -> str | None:
    """BCP 47 code of a title, by its letters, or for a translated one by its small words; None: English, or unsure."""
    for code, letters in _LETTERS.items():
        if any(char in letters for char in title):
            return code
    for low, high, code in _SCRIPTS:
        if sum(low <= ord(char) <= high for char in title) * 2 > sum(char.isalpha() for char in title):
            return code
    if not translated:
        return None
    words = re.findall(r"[^\W\d_]+", title.lower())
    counts = sorted(
        ((sum(word in known.split() for word in words), code) for code, known in _STOPWORDS.items()), reverse=True
    )
    return counts[0][1] if counts[0][0] > counts[1][0] else None
