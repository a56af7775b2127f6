"""The passages of a page in their order: one walk over its elements, without recursion, so that depth is no matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from briefgen.containers.content import flat
from briefgen.containers.notes import Notes, label
from briefgen.containers.webmeta import address
from briefgen.model import BlockKind

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
    header hgroup hr li main ol p pre section summary table tbody tfoot thead tr ul""".split()
)
_CELLS = frozenset({"td", "th"})
_LABEL = re.compile(
    r"\s*\[?\(?\^?(?P<marker>\d{1,4}|[ivxlcdm]{1,10}|[a-z]|[*†‡§]{1,3})(?:[\])]|[.:)](?=\s)|(?=\s))[.:]?\s*"
)
_PRINTED = re.compile(r"\[(?P<marker>\d{1,4}|[ivxlcdm]{1,10})\]:?\s*(?=\S)")
LINKS = "Links"
"""Heading of the addresses that the text links to."""
_HEADING = 20
"""The most words of a line in bold type that is a heading."""
_FIRST = 8
"""How far down the title may stand."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage, as it will be written."""

    words: str
    kind: BlockKind
    marker: str = ""
    sign: str = ""
    title: bool = False


class Passages:
    """What the page says, passage by passage."""

    def __init__(self, root: HtmlElement, notes: Notes, base: str) -> None:
        self._notes, self._base = notes, base
        self._out: list[Passage] = []
        self._words: list[str] = []
        self._note: tuple[str, HtmlElement] | None = None
        """Marker of the note that is being read, and the element with which it is over."""
        self._links: dict[str, str] = {}
        """Address -> marker."""
        self._called = set(notes.calls.values()) | set(re.findall(r"\S\s?\[(\d{1,3})\]", root.text_content()))
        self._free = max((int(marker) for marker in self._called if marker.isdigit()), default=0)
        self._mark = 0
        """Where the words of the link begin that is being read."""
        self._tables: dict[HtmlElement, bool] = {}
        self._walk(root)

    def ordered(self, title: str | None) -> Iterator[Passage]:
        """The title first, and the addresses that were linked to at the end."""
        first = list(enumerate(self._out[:_FIRST]))
        at = next((at for at, item in first if item.title), None)
        if at is None and title:
            at = next((at for at, item in first if _same(item.words, title)), None)
        if at is not None:
            yield replace(self._out[at], kind="heading", sign="")
        elif title:
            yield Passage(title, "heading")
        yield from (item for number, item in enumerate(self._out) if number != at)
        if self._links and not (self._out and self._out[-1].marker):
            yield Passage(LINKS, "heading")
        for url, marker in self._links.items():
            yield Passage(url, "endnote", marker, label(marker))

    def _walk(self, root: HtmlElement) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                self._start(element)
                self._words.append(element.text or "")
            else:
                self._end(element)
                if element is not root:
                    self._words.append(element.tail or "")
        self._flush(root)

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if element in self._notes.calls or element in self._notes.backs:
            self._mark = len(self._words)
        if element in self._notes.starts:
            self._flush(_around(element))
            self._note = (self._notes.starts[element], self._notes.end(element))
        elif tag in _BLOCKS or (tag in _CELLS and not self._data(element)):
            self._break(_around(element))
        elif tag in _CELLS:
            self._words.append(" | " if element.getprevious() is not None else "")
        elif tag == "br":
            self._words.append("\n")

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if element in self._notes.calls:
            self._words[self._mark :] = [label(self._notes.calls[element])]
        elif element in self._notes.backs:
            del self._words[self._mark :]
        elif tag == "a":
            self._link(element)
        if self._note and element is self._note[1]:
            self._flush(element)
        elif tag in _BLOCKS or (tag in _CELLS and not self._data(element)):
            self._break(element)

    def _break(self, element: HtmlElement) -> None:
        """The edge of a block; within a note it is only a blank."""
        if self._note:
            self._words.append(" ")
        else:
            self._flush(element)

    def _link(self, element: HtmlElement) -> None:
        url = address(urljoin(self._base, element.get("href") or "")) if self._base or element.get("href") else None
        words = element.text_content()
        if url is None or not words.strip() or "://" in words or any(True for _ in element.iterancestors(*_HEADINGS)):
            return
        if self._note:
            self._words.append(f" ({url})")
            return
        if url not in self._links:
            self._free += 1
            self._links[url] = str(self._free)
        self._words.append(label(self._links[url]))

    def _flush(self, element: HtmlElement) -> None:
        """What was gathered becomes a passage; `element` is the block whose edge was met."""
        words, self._words = "".join(self._words), []
        note, self._note = self._note, None
        lines = [line for part in re.split(r"\n[ \t\r]*\n", words) if (line := flat(part))]
        if not lines:
            return
        if note:
            line = " ".join(lines)
            head = _LABEL.match(line)
            line = line[head.end() :] if head and head["marker"] == note[0] else line
            self._out.append(Passage(line, "endnote", note[0], label(note[0])))
            return
        self._out += [self._passage(line, element) for line in lines]

    def _passage(self, line: str, element: HtmlElement) -> Passage:
        around = [element.tag, *(parent.tag for parent in element.iterancestors())]
        heading = next((tag for tag in around if tag in _HEADINGS), None)
        if heading:
            return Passage(line, "heading", title=heading == "h1")
        head = _PRINTED.match(line)
        if head and head["marker"] in self._called:
            return Passage(line[head.end() :], "endnote", head["marker"], label(head["marker"]))
        if "figcaption" in around or "caption" in around:
            return Passage(line, "caption")
        if "li" in around:
            return Passage(line, "bullet", sign="•")
        if _bold(element, line):
            return Passage(line, "heading")
        return Passage(line, "paragraph")

    def _data(self, cell: HtmlElement) -> bool:
        """Whether the cell is of a table of data; one that only lays out a page has blocks in its cells."""
        table = next(cell.iterancestors("table"), None)
        if table is None:
            return False
        if table not in self._tables:
            blocks = any(True for _ in table.iter("p", "div", "ul", "ol", "blockquote", *_HEADINGS))
            inner = any(part is not table for part in table.iter("table"))
            widest = max((sum(part.tag in _CELLS for part in row) for row in table.iter("tr")), default=0)
            self._tables[table] = widest > 1 and not blocks and not inner and table.get("role") != "presentation"
        return self._tables[table]


def _same(words: str, title: str) -> bool:
    """Whether the words are the title, whatever their case and signs."""
    return re.findall(r"\w+", words.casefold()) == re.findall(r"\w+", title.casefold())


def _around(element: HtmlElement) -> HtmlElement:
    """What the words before the element are in."""
    parent = element.getparent()
    return element if parent is None else parent


def _bold(element: HtmlElement, line: str) -> bool:
    """Whether a line that stands alone is in bold type from end to end, which many use for a heading."""
    if len(line.split()) > _HEADING or line[-1] in ".,;:!?" or element.tag not in ("p", "div", "td", "center"):
        return False
    bold = [part for part in element.iter("b", "strong") if not any(True for _ in part.iterancestors("b", "strong"))]
    return bool(bold) and flat("".join(part.text_content() for part in bold)) == line
