"""Updates of the Critical Threats Project and the Institute for the Study of War.

A dated title, then in any order a lead, key takeaways, and sections by theater, each with
the parties' objectives; `[xii]` or `[12]` calls a reference list that copies often lack.
Copies on other sites bring words of their own, before, between and after the updates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from briefgen.model import TOLD, Block, BlockKind, Objective, Report, Seed, Span, Takeaway
from briefgen.readers import addresses, assembly, brackets, dates, references
from briefgen.readers.lines import Line, headlike, lines
from briefgen.readers.outlets import Outlets

NAME = "ctp-isw"
_SERIES = re.compile(r"(?P<series>[^.:!?]{3,120}?)[\s,:(–-]*$", re.IGNORECASE)
_KIND = re.compile(r"(?:update|assessment|\bfile|special edition|special report|tracker|backgrounder)\b", re.IGNORECASE)
_HOUSE = re.compile(r"\bCTP\b|\bISW\b|Critical Threats|Institute for the Study of War|understandingwar|criticalthreats")
_TAKEAWAYS = re.compile(r"(?P<head>(?:key\s+)?takeaways?\s*:?)(?:\s+(?P<rest>\S.*))?", re.IGNORECASE)
_OBJECTIVES = re.compile(r"(?:[\w’'-]+ ){0,6}objectives\s*:?", re.IGNORECASE)
_CUTOFF = re.compile(r"(?:information|data)\s+cut-?\s?off\s*:?\s*(?P<when>.{1,60})", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:authors?|by|contributors?|editors?|data (?:by|contributors?)|assistance by|graphics by)"
    r"\s*:\s*(?P<names>.{2,300})",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:[A-Z][\w.’'-]*|de|van|von|al|el|bin)(?: (?:[A-Z][\w.’'-]*|de|van|von|al|el|bin)){1,4}")
_ABOUT = re.compile(
    r"^click\shere|^note\s*:|^the above text is|^subscribe|^to receive the|^follow (?:ctp|isw)\b"
    r"|interactive map|static maps|these reports|this series"
    r"|\bpublish(?:es)? the \w+ update|\bupdate (?:provides insights|aims to inform|focuses on|will focus)"
    r"|provides these updates",
    re.IGNORECASE,
)
_MAP = re.compile(
    r"independently verify|\bexhaustive (?:depiction|list)|^this map|^figures?\s\d|^source\s*:|^maps? (?:by|of)\b"
    r"|^graphics? |^image",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:check also|tags?|related (?:articles?|posts?|content|stories)|share(?: this.*)?|file attachments?"
    r"|leave a (?:reply|comment)|read more.*|you may also like|about the authors?|comments"
    r"|print this (?:post|page)|previous (?:article|post)|next (?:article|post))\s*:?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"[A-Z][\w’'& -]{1,50}[.:] [A-Z“]")
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = 12
"""A byline that comes later than this line is none of the masthead's."""
_GLUED = re.compile(r"([^\W\d_]{3,}|(?<![\w./=-])\d{1,4})(?=([A-Z][a-z]+)\b)")


def fits(seed: Seed) -> str:
    """Why it is one; empty where it is not."""
    found = lines(seed.text)
    titled = next((line for line in found if title_day(line)), None)
    if titled and _HOUSE.search(seed.text) and (_takeaway_line(found) or _marked(seed.text, found, 3)):
        return f"it has the dated title “{titled.text}” and names CTP or ISW"
    return ""


def title_day(line: Line) -> dt.date | None:
    """Date of a title line such as `Iran Update, April 26, 2024`; None where it is no title."""
    if line.words > 25 or len(line.text) > 200 or line.sign or "://" in line.text:
        return None
    for found in dates.full(line.text):
        after = line.text[found.span[1] :].lstrip(" )")
        series = _SERIES.match(line.text[: found.span[0]])
        if series and _KIND.search(series["series"]) and (not after or after.startswith(":")):
            return found.day
    return None


def read(seed: Seed, outlets: Outlets) -> tuple[Report, ...]:
    """The updates in a seed; what stands before, and between one's tail and the next, is the page's own."""
    found = lines(seed.text)
    if not found:
        return ()
    starts = [at for at, line in enumerate(found) if title_day(line)] or [0]
    ends = [*starts[1:], len(found)]
    chunks = [found[start:end] for start, end in zip(starts, ends, strict=True)]
    kept = [at for at, chunk in enumerate(chunks) if _takeaway_line(chunk) or _marked(seed.text, chunk, 2)]
    words = frozenset(_WORD.findall(seed.text))
    out = []
    before = 0
    for at in kept or [0]:
        out.append(_update(seed, chunks[at], found[before : starts[at]], words, outlets))
        before = ends[at]
    return tuple(out)


def _takeaway_line(found: Sequence[Line]) -> bool:
    return any(line.words < 4 and _TAKEAWAYS.fullmatch(line.text) for line in found)


def _marked(text: str, found: Sequence[Line], least: int) -> bool:
    return len(brackets.find(text, (line.span for line in found))) >= least


def _update(seed: Seed, own: Sequence[Line], before: Sequence[Line], words: frozenset[str], outlets: Outlets) -> Report:
    text = seed.text
    parts = tuple(_parts(text, own, words))
    day = title_day(own[0])
    listed = {marker: block.span for marker, block in parts if marker}
    blocks = [block for _, block in parts]
    told = [block.span for block in blocks if block.kind in TOLD or block.kind == "heading"]
    citations, marks, notes = assembly.bracketed(text, told, listed, outlets)
    ids = {citation.marker: citation.id for citation in citations}
    whole = [block.model_copy(update={"citation": ids[marker]}) if marker else block for marker, block in parts]
    if before:
        number = f"{len(before)} passage{'' if len(before) == 1 else 's'}"
        notes = (*notes, f"{number} before the title are the page's own words and not part of the report.")
    bylines = [text[slice(*block.span)] for block in blocks if block.kind == "byline"]
    return assembly.report(
        seed,
        assembly.Draft(
            layout=NAME,
            blocks=tuple(whole),
            publisher=NAME,
            title=own[0].text if day else None,
            name="" if day else own[0].text,
            authors=tuple(name for line in bylines for name in _authors(line)),
            published=day,
            basis="printed" if day else "none",
            cutoff=next((found["when"] for line in bylines if (found := _CUTOFF.match(line))), None),
            takeaways=tuple(
                Takeaway(text=text[slice(*block.span)], span=block.span)
                for block in blocks
                if block.kind == "takeaway" and block.section is not None
            ),
            objectives=tuple(
                Objective(section=block.section or "", text=text[slice(*block.span)], span=block.span)
                for block in blocks
                if block.kind == "objective"
            ),
            citations=citations,
            marks=marks,
            notes=notes,
            address=_address(text, before, day),
        ),
    )


def _parts(text: str, own: Sequence[Line], words: frozenset[str]) -> Iterator[tuple[str, Block]]:
    """Blocks of one update in order, each with the marker of the reference it is, if it is one."""
    opened = max((at for at, line in enumerate(own[:_OPENING]) if _BYLINE.fullmatch(line.text)), default=0)
    section: str | None = None
    mode, item, tail, front = "", 0, False, True
    called: set[str] = set()
    at = 0
    while at < len(own):
        line = own[at]
        label = references.label(line)
        heading = references.HEADING.fullmatch(line.text)
        listing = label and label[0] in called and references.begins(own, at)
        if listing or (heading and at + 1 < len(own) and references.label(own[at + 1])):
            if heading:
                yield "", Block(span=line.span, kind="heading")
            entries, at = references.entries(text, own, at + bool(heading), _ends_list)
            for entry in entries:
                if entry.span[0] < entry.span[1]:
                    yield entry.marker, Block(span=entry.span, kind="reference", section="References")
            mode, tail = "", tail or bool(entries)
            if entries or heading:
                continue
            line = own[at]
        at += 1
        if at == 1:
            yield "", Block(span=line.span, kind="heading")
            continue
        if tail or _TAIL.fullmatch(line.text):
            tail = True
            yield "", Block(span=line.span, kind="boilerplate", reason="the tail of the page")
            continue
        takeaways = _TAKEAWAYS.fullmatch(line.text)
        if takeaways and (line.words < 4 or takeaways["head"].endswith(":")):
            section, mode, item = takeaways["head"].rstrip(" :"), "takeaway", 0
            yield "", Block(span=(line.start, line.start + len(takeaways["head"])), kind="heading")
            if takeaways["rest"]:
                yield "", Block(span=(line.start + takeaways.start("rest"), line.end), kind="takeaway", section=section)
            continue
        if line.words < 9 and _OBJECTIVES.fullmatch(line.text):
            mode, item = "objective", 0
            yield "", Block(span=line.span, kind="heading", section=section)
            continue
        if mode and _listed(line, own[at - 2], item, mode):
            item += 1
            kind: BlockKind = "takeaway" if mode == "takeaway" else "objective"
            yield "", Block(span=line.span, kind=kind, section=section)
            continue
        section, mode = (None if mode == "takeaway" else section), ""
        kind, reason = _kind(line, front and at < _OPENING, at - 1 < opened)
        front = front and not _cites(line)
        if kind == "heading":
            section = line.text
            yield "", Block(span=line.span, kind=kind)
            continue
        called.update(marker for found in brackets.find(text, [line.span]) for marker in found.markers)
        cuts = _glue(text, line.span, words) if kind == "paragraph" else [line.span]
        for span in cuts:
            yield "", Block(span=span, kind=kind, reason=reason, section=None if kind == "takeaway" else section)


def _listed(line: Line, before: Line, item: int, mode: str) -> bool:
    """Whether a line is an item of the list that `mode` names.

    Items have a sign; in copies that lost the signs they follow the first without an empty
    line, or takeaways begin with a subject (`Iraq and Syria. ...`).
    """
    if mode == "objective" and _cites(line):
        return False
    if line.sign or item == 0 or not (line.gap or before.sign):
        return True
    return mode == "takeaway" and not before.sign and bool(_SUBJECT.match(line.text)) and not _cites(line)


def _kind(line: Line, front: bool, opening: bool) -> tuple[BlockKind, str]:
    """Kind of a line that stands in no list. `opening`: a byline is still to come."""
    stamp = dates.full(line.text)
    stamped = front and line.words < 9 and bool(stamp) and stamp[0].span[0] == 0
    if _CUTOFF.fullmatch(line.text) or stamped or (front and _authors(line.text)):
        return "byline", ""
    if _ABOUT.search(line.text) and not _cites(line):
        return "boilerplate", "about the series"
    if line.words < 40 and _MAP.search(line.text) and not _cites(line):
        return "caption", "note on a map or figure"
    if headlike(line, 20 if opening else 12):
        return "heading", ""
    if opening:
        return "takeaway", ""
    return ("bullet" if line.sign else "paragraph"), ""


def _cites(line: Line) -> bool:
    """Whether a mark is called in it."""
    return bool(re.search(r"\S\[[0-9ivxlc]{1,9}\]", line.text))


def _authors(line: str) -> tuple[str, ...]:
    """Names in a byline: after `Author:`, or three or more names and nothing else."""
    labelled = _BYLINE.fullmatch(line)
    listed = labelled["names"] if labelled else line
    if len(listed) > 400:
        return ()
    names = [name.strip() for name in re.split(r",\s*and\s+|,|\band\b|\bwith\b|&", listed) if name.strip()]
    if not (labelled or len(names) > 2) or not all(_PERSON.fullmatch(name) for name in names):
        return ()
    return tuple(names)


def _ends_list(line: Line) -> bool:
    return bool(_TAIL.fullmatch(line.text)) or bool(title_day(line))


def _glue(text: str, span: Span, words: frozenset[str]) -> list[Span]:
    """Cut where a topic sentence lost the stop and blank after it (`IsraelPrime Minister ...`).

    Only where both halves are among the seed's `words`, so that `YouTube` stays whole.
    """
    start, out = span[0], []
    for found in _GLUED.finditer(text, *span):
        left, right = found.group(1), found.group(2)
        if (left.isdigit() or left[-1].islower()) and (left.isdigit() or left in words) and right in words:
            out.append((start, found.end()))
            start = found.end()
    return [*out, (start, span[1])]


def _address(text: str, before: Sequence[Line], day: dt.date | None) -> str | None:
    """The publisher's address that the page gives for the report: its path ends in the report's date."""
    if day is None:
        return None
    ending = f"{dates.NAMES[day.month - 1]}-{day.day}-{day.year}"
    for line in before:
        for _, address in addresses.find(text, *line.span):
            site = addresses.host(address.url).removeprefix("www.")
            if site in ("understandingwar.org", "criticalthreats.org") and address.url.rstrip("/").endswith(ending):
                return address.url
    return None
