"""PDF files: pypdf gives pieces of lines with place and size; `typeset` makes passages of them."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from briefgen.containers.content import Content, UnreadableError, flat
from briefgen.containers.typeset import Page, Segment, passages
from briefgen.containers.webmeta import day
from briefgen.model import Meta

# What pypdf mends by itself would be written to the terminal, without the name of the file.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_MOST_PAGES = 1_500
_LEAST = 40
"""Letters a page: with fewer on average, the pages are pictures."""
_SUPERSCRIPT = re.compile(r"\[?(\d{1,3}(?:\s?[,;]\s?\d{1,3})*)\]?")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LOCKED = UnreadableError("locked with a password", "save a copy without one")


def read(data: bytes) -> Content:
    """The text of the pages; UnreadableError where it is locked, broken, or holds only pictures of pages."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _LOCKED
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableError(
                f"{len(reader.pages)} pages are more than the {_MOST_PAGES} that are read as one seed"
            )
        pages = [_page(page) for page in reader.pages]
        hints = _hints(reader)
    except UnreadableError:
        raise
    except DependencyError:
        raise _LOCKED from None
    except Exception as error:  # pypdf raises whatever its parts do on a broken file
        raise UnreadableError(f"not readable as PDF: {flat(str(error))[:100]}", "print it to a new PDF") from None
    if sum(len(segment.words) for page in pages for segment in page.segments) < _LEAST * len(pages):
        raise UnreadableError(
            "its pages are pictures without text", "recognize their text first, for example with ocrmypdf"
        )
    return passages(pages).content(Meta(hints=hints))


def _page(page: PageObject) -> Page:
    """The segments of one page, in the order in which the file draws them."""
    found: list[Segment] = []
    line = _Line()

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        nonlocal line
        words = text.translate(_LIGATURES)
        if not words.strip():
            line.blank = line.blank or bool(words)
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = (tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        tall = abs(size) * max(abs(scale[0]), abs(scale[1])) or 1.0
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        if not line.takes(x, y, tall):
            found.extend(line.segment())
            line = _Line()
        line.put(x, y, tall, bold, words)

    page.extract_text(visitor_text=visit)
    found.extend(line.segment())
    box = page.mediabox
    return Page(tuple(found), float(box.bottom), float(box.top))


class _Line:
    """Pieces of one line, put together from left to right."""

    def __init__(self) -> None:
        self._parts: list[tuple[float, float, float, bool, str]] = []
        self.blank = False

    def takes(self, x: float, y: float, size: float) -> bool:
        """Whether a piece goes on in this line: at its height, and no more than a few letters further right."""
        if not self._parts:
            return True
        tall = max(part[2] for part in self._parts)
        base = next(part[1] for part in self._parts if part[2] == tall)
        last_x, _, last_size, _, last_words = self._parts[-1]
        end = last_x + len(last_words.rstrip()) * last_size * 0.5
        return abs(y - base) < 0.6 * max(size, tall) and last_x - 1 <= x < end + 3.5 * max(size, tall)

    def put(self, x: float, y: float, size: float, bold: bool, words: str) -> None:
        """One piece more."""
        if self._parts:
            last_x, _, last_size, _, last_words = self._parts[-1]
            apart = self.blank or x > last_x + len(last_words) * last_size * 0.62
            words = f" {words}" if apart and not last_words.endswith(" ") else words
        self.blank = False
        self._parts.append((x, y, size, bold, words))

    def segment(self) -> list[Segment]:
        """The line as it is; empty where it has no words."""
        if not self._parts:
            return []
        letters: dict[float, int] = {}
        for _, _, size, _, words in self._parts:
            letters[size] = letters.get(size, 0) + len(words)
        size = max(letters, key=lambda each: (letters[each], each))
        base = next(part[1] for part in self._parts if part[2] == size)
        out: list[str] = []
        label = ""
        for at, (_, y, tall, _, words) in enumerate(self._parts):
            raised = _SUPERSCRIPT.fullmatch(words.strip()) if tall < 0.85 * size and y > base + 0.1 * size else None
            if raised and at == 0 and len(self._parts) > 1:
                label = raised[1]
            elif raised and out:
                out[-1] = out[-1].rstrip()
                out += [f"[{number}]" for number in re.findall(r"\d+", raised[1])]
            else:
                out.append(words)
        x = self._parts[0][0]
        bold = all(part[3] for part in self._parts if part[4].strip())
        words = " ".join("".join(out).split())
        return [Segment(x, base, size, bold, words, label)] if words else []


def _hints(reader: PdfReader) -> tuple[str, ...]:
    """What the file's properties say; often those of a template, so that they only help a person."""
    info = reader.metadata
    if info is None:
        return ()
    found = []
    for name, value in (("title", info.title), ("author", info.author)):
        if isinstance(value, str) and flat(value):
            found.append(f"{name} “{flat(value)[:200]}”")
    made = info.get("/CreationDate")
    when = day(str(made).removeprefix("D:")) if made else None
    found += [f"the day {when}"] if when else []
    return (f"Its properties name {', '.join(found)}.",) if found else ()
