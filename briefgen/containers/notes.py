"""Which links of a page call a note, and where the notes are."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_MARKER = re.compile(r"\s*[\[(]?\s*(\d{1,4}|[ivxlcdm]{1,10}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*")
_BACK = re.compile(r"\s*(?:[↩↑⤴^⬆]\ufe0e?|back|return|jump up|jump back(?: up)?|jump up to:?)\W*", re.IGNORECASE)
_INLINE = frozenset({"a", "span", "sup", "sub", "b", "i", "em", "strong", "font", "small", "cite", "u"})


class Notes:
    """Calls and notes of one page; a call leads forward, the link of a note leads back."""

    def __init__(self, document: HtmlElement) -> None:
        self.calls: dict[HtmlElement, str] = {}
        """Link in the text -> marker of the note it calls."""
        self.starts: dict[HtmlElement, str] = {}
        """Element with which a note begins -> its marker."""
        self.backs: set[HtmlElement] = set()
        """Links from a note back into the text."""
        self._ends: dict[HtmlElement, HtmlElement] = {}
        targets: dict[str, HtmlElement] = {}
        place: dict[HtmlElement, int] = {}
        for at, element in enumerate(document.iter()):
            place[element] = at
            if isinstance(element.tag, str):
                for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
                    if key:
                        targets.setdefault(key, element)
        self._sets: set[HtmlElement] = set()
        for link in document.iter("a"):
            href = link.get("href") or ""
            target = targets.get(href.partition("#")[2]) if "#" in href else None
            if target is None:
                continue
            words = link.text_content()
            marker = _MARKER.fullmatch(words)
            if place[target] < place[link]:
                if marker or _BACK.fullmatch(words):
                    self.backs.add(link)
            elif marker:
                self._note(link, target, marker[1])

    def holds(self, element: HtmlElement) -> bool:
        """Whether a note, or a call of one, is in the element or is it."""
        return element in self._sets

    def end(self, start: HtmlElement) -> HtmlElement:
        """The element with which a note that begins with `start` is over."""
        return self._ends[start]

    def _note(self, link: HtmlElement, target: HtmlElement, marker: str) -> None:
        end = target
        while end.tag in _INLINE and (parent := end.getparent()) is not None:
            end = parent
        if end.tag in ("body", "html", "article", "main"):
            return
        self.calls[link] = self.starts.setdefault(target, marker)
        self._ends.setdefault(target, end)
        for element in (target, *target.iterancestors()):
            if element in self._sets:
                break
            self._sets.add(element)


def label(marker: str) -> str:
    """How a call of the note is printed; numbers as all layouts know them."""
    return f"[{marker}]" if re.fullmatch(r"\d{1,4}|[ivxlcdm]{1,10}", marker) else f"[^{marker}]"
