"""Numbers, months and lists of names as a sentence has them, and how wide a label is."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence

ARTICLE = frozenset(
    "bank canal corridor desert emirates farms gulf heights islands kingdom netherlands peninsula philippines "
    "republic sea states strait strip union".split()
)
"""Last words of names that a sentence gives an article."""
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FULL = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(n: int) -> str:
    """`n` in words up to twelve, in figures above."""
    return SMALL[n] if 0 < n < len(SMALL) else f"{n:,}"


def counted(n: int, one: str, many: str = "") -> str:
    """`3` of `event` as `three events`."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def whole(n: int, what: str) -> str:
    """All `n` of them at the head of a sentence: `The one event`, `Both events`, `All three events`."""
    if n == 1:
        return f"The one {what}"
    return f"Both {what}s" if n == 2 else f"All {number(n)} {what}s"


def figure(n: int, one: str, many: str = "") -> str:
    """`3` of `event` as `3 events`, for a source line."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def capital(sentence: str) -> str:
    """`sentence` with its first letter large, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def listed(words: Sequence[str]) -> str:
    """`A, B and C`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def the(name: str) -> str:
    """`the Gaza Strip`, but `Gaza City`."""
    takes = name.split(" ")[-1].casefold() in ARTICLE or " of " in name
    return f"the {name}" if takes and not name.casefold().startswith("the ") else name


def day(date: dt.date) -> str:
    """`26 Apr 2024`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def month(index: int) -> str:
    """`April 2024` for the months counted from year 0."""
    return f"{FULL[index % 12]} {index // 12}"


def short_month(index: int) -> str:
    """`Apr 2024`, for an axis."""
    return f"{MONTHS[index % 12]} {index // 12}"


def width(text: str, size: float) -> float:
    """How many pixels `text` takes in the theme's sans at `size`, on the safe side."""
    total = 0.0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
            continue
        if unicodedata.east_asian_width(char) in ("W", "F"):
            total += 1.0
        elif char in "MWmw@%—":
            total += 0.88
        elif char in "iljtfrI.,:;'|!()[] ":
            total += 0.36
        else:
            total += 0.66 if char.isupper() else 0.59
    return total * size


def fit(text: str, room: float, size: float) -> str:
    """`text`, cut with an ellipsis where it is wider than `room` pixels; the table has it whole."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrap(text: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """`text` in up to `lines` lines of `room` pixels, each cut with an ellipsis where a word is too wide."""
    words = text.split()
    wrapped: list[str] = []
    while words:
        line = words.pop(0)
        last = len(wrapped) == lines - 1
        while words and (last or width(f"{line} {words[0]}", size) <= room):
            line = f"{line} {words.pop(0)}"
        wrapped.append(fit(line, room, size))
    return tuple(wrapped)
