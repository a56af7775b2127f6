"""Citation marks in square brackets: `[xii]`, `[12]`, `[1][2]`, `[1, 2]`, `[1-3]`, `[^a]`.

Editors use the same brackets for words of their own (`[the country]`, `[i]n`, `[2023]`),
so a bracket is a mark only where its number fits the other marks of the report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from briefgen.model import Span

_BRACKET = re.compile(r"\[([0-9]{1,4}(?:\s?[-–,;]\s?[0-9]{1,4}){0,19}|[ivxlcdm]{1,10}(?:,\s?[ivxlcdm]{1,10}){0,19})\]")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_LONGEST_RANGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A bracket and the marks it holds, in order."""

    span: Span
    markers: tuple[str, ...]


def value(marker: str) -> int | None:
    """Number that a marker stands for; None where it is neither arabic nor lower-case roman."""
    if marker.isascii() and marker.isdigit():
        return int(marker)
    if not marker or not _ROMAN.fullmatch(marker):
        return None
    total = 0
    for char, after in zip(marker, [*marker[1:], ""], strict=True):
        worth = _LETTERS[char]
        total += -worth if after and worth < _LETTERS[after] else worth
    return total


def roman(number: int) -> str:
    """Lower-case roman numeral of a number from 1 to 3999."""
    out = ""
    for worth, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        out += letters * (number // worth)
        number %= worth
    return out


def find(text: str, spans: Iterable[Span], listed: Collection[str] = ()) -> tuple[Found, ...]:
    """The marks inside `spans`; `listed` are the markers that a reference list has."""
    raw = [
        Found(found.span(), markers)
        for start, end in spans
        for found in _BRACKET.finditer(text, start, end)
        if (markers := _markers(found.group(1)))
    ]
    known = set(listed) | {marker for found in raw for marker in found.markers}
    most = 2 * len({marker for found in raw for marker in found.markers}) + 20
    return tuple(found for found in raw if _is_mark(text, found, known, set(listed), most))


def _markers(inside: str) -> tuple[str, ...]:
    """Markers in a bracket, ranges written out; empty where one of them is no number."""
    out: list[str] = []
    for part in re.split(r"\s?[,;]\s?", inside):
        ends = re.split(r"\s?[-–]\s?", part)
        numbers = [value(end) for end in ends]
        if any(not number for number in numbers) or any(end.startswith("0") for end in ends):
            return ()
        if len(ends) == 1:
            out.append(part)
        elif len(ends) == 2 and 0 < int(ends[1]) - int(ends[0]) <= _LONGEST_RANGE:
            out += [str(number) for number in range(int(ends[0]), int(ends[1]) + 1)]
        else:
            return ()
    return tuple(out)


def _is_mark(text: str, found: Found, known: set[str], listed: set[str], most: int) -> bool:
    start, end = found.span
    if any(
        marker not in listed and (value(marker) or 0) > most and not _follows(marker, known) for marker in found.markers
    ):
        return False
    if len(found.markers) > 1 or found.markers[0] in listed:
        return True
    marker = found.markers[0]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if marker.isdigit():
        glued = not before.isspace()
        return glued or _follows(marker, known)
    if len(marker) > 1:
        return not (after.isalpha() and after.islower() and before.isspace())
    if after.isalpha() and after.islower():
        return False
    if marker == "i":
        return True
    return _follows(marker, known)


def _follows(marker: str, known: set[str]) -> bool:
    """Whether the number before it or after it is a marker of the same kind."""
    number = value(marker) or 0
    write = str if marker.isdigit() else roman
    return write(number + 1) in known or (number > 1 and write(number - 1) in known)


def missing(markers: Sequence[str]) -> tuple[str, ...]:
    """Markers that a running numbering leaves out between its first and its last."""
    if not markers:
        return ()
    arabic = all(marker.isdigit() for marker in markers)
    numbers = {number for marker in markers if (number := value(marker))}
    if len(numbers) != len(set(markers)) or len(numbers) * 2 < max(numbers):
        return ()
    return tuple(str(number) if arabic else roman(number) for number in range(1, max(numbers)) if number not in numbers)
