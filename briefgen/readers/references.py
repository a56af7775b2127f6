"""Reference lists and notes: lines that begin with a marker, and what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefgen.model import Citation, Span
from briefgen.readers import addresses, dates
from briefgen.readers.lines import Line, tight
from briefgen.readers.outlets import Outlets

HEADING = re.compile(
    r"#{0,6}\s*(?:references?|sources|end\s?notes?|foot\s?notes?|notes|bibliography|works cited|citations)\s*:?", re.I
)
_LABEL = re.compile(r"(?:\[\^?([0-9]{1,4}|[ivxlcdm]{1,10})\]:?|\^([0-9]{1,4})\b)[ \t\u00a0]*")
_TITLE = re.compile(r"“([^“”]{3,300})[,.]?”|\"([^\"]{3,300})[,.]?\"")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list; `span` begins after its label."""

    marker: str
    span: Span
    first: int
    """Index of its first line."""
    last: int


def label(line: Line) -> tuple[str, int] | None:
    """Marker that the line begins with, and where its words begin; else None."""
    found = _LABEL.match(line.text)
    return (found[1] or found[2], line.start + found.end()) if found else None


def begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a list without a heading begins at line `at`: the line and the next have labels, or it is the last.

    A line that a copy broke before a mark (`[12] The fleet then ...`) begins none.
    """
    return label(lines[at]) is not None and (at + 1 >= len(lines) or label(lines[at + 1]) is not None)


def entries(
    text: str,
    lines: Sequence[Line],
    first: int,
    ends: Callable[[Line], bool],
    numbered: bool = False,
    loose: bool = False,
) -> tuple[tuple[Entry, ...], int]:
    """Entries from line `first` on, and the index of the line after the last of them.

    A line without a label belongs to the entry before it where no empty line parts them,
    where it is an address, or where the entry is plainly not over; with `loose`, always.
    The list is over at any other line, at one for which `ends` says so, or whose label was
    had already. `numbered`: `3.` before a line is a label too.
    """
    out: list[Entry] = []
    seen: set[str] = set()
    at = first
    while at < len(lines):
        line = lines[at]
        found = label(line)
        if not found and numbered and line.sign[:-1].isdigit():
            found = (line.sign[:-1], line.start)
        if (found and found[0] in seen) or ends(line):
            break
        if found:
            seen.add(found[0])
            out.append(Entry(found[0], tight(text, found[1], line.end), at, at))
        elif out and (loose or _goes_on(lines[at - 1], line)):
            before = out[-1]
            out[-1] = Entry(before.marker, tight(text, before.span[0], line.end), before.first, at)
        else:
            break
        at += 1
    return tuple(out), at


def _goes_on(before: Line, line: Line) -> bool:
    return not line.gap or before.text[-1] in ";:,&" or bool(re.match(r"(?:https?|hxxps?)\S", line.text, re.IGNORECASE))


def citation(marker: str, id_: str, text: str, span: Span | None, outlets: Outlets) -> Citation:
    """The citation of a marker; `span` is its entry in `text`, None where no list has it.

    Outlet, date and title are taken where the entry leaves no choice: the outlet from its
    first address of a known site, date and title where it has exactly one.
    """
    if span is None or span[0] == span[1]:
        return Citation(id=id_, marker=marker)
    printed = text[slice(*span)]
    found = addresses.find(printed)
    bare = printed
    for place, _ in reversed(found):
        bare = bare[: place[0]] + bare[place[1] :]
    days = {date.day for date in dates.full(bare)}
    titles = [match[1] or match[2] for match in _TITLE.finditer(bare)]
    sites = (outlets.at(addresses.host(address.url)) for _, address in found if not _headless(address.url))
    return Citation(
        id=id_,
        marker=marker,
        reference=printed,
        urls=tuple(address for _, address in found),
        outlet=next((site for site in sites if site), None),
        date=days.pop() if len(days) == 1 else None,
        title=titles[0].rstrip(",.") if len(titles) == 1 else None,
    )


def _headless(url: str) -> bool:
    """Whether it was cut short within its host."""
    return "." not in addresses.host(url)
