"""Passages cut into sentences, by offsets, in one pass over the text.

A sentence keeps its closing quotes and the citation marks after its stop, and loses the
list mark before it. Where text was run together a cut is made only when what follows can
be nothing but a new sentence.
"""

from __future__ import annotations

import re

from briefgen.model import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "Adm Amb Atty Ayat Brig Capt Cdr Cmdr Col Cpl Cpt Dr Ft Gen Gov Hon Lt Maj Messrs Mr Mrs Ms Mt Pfc Pres "
    "Prof Pte Pvt Rep Rev Sen Sgt St Supt approx cf ca ed eds esp incl viz vs"
)
"""After these a full stop never ends a sentence: a name or a figure follows."""
_BEFORE_NUMBER = _words(
    "Art Ch Fig Figs No Nos Para Pt Res Sec Vol p pp para art fig vol Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
"""After these a full stop ends no sentence when a number follows."""
_BOTH_WAYS = _words("Bros Co Corp Inc Jr Ltd Sr al etc")
"""These may stand inside a sentence or end it; the next word decides."""
_STARTERS = _words(
    "A According Additionally After Although Also An And Another As At Because Before Both But By CTP Despite "
    "During Earlier Each Following For From Given He Her His However If In Instead It Its Last Later Many "
    "Meanwhile More Moreover Most No Not On One Other Our Several She Similarly Since So Some Such Than That "
    "The Their Then There These They This Those Though Through Thus To Two Under Unspecified Until We What "
    "When Where Whether Which While With Yet You"
)
"""Words that, capitalized, open a sentence far more often than they stand within one."""
_OFFICES = _words("Prime President Minister Defense Defence Foreign Secretary Supreme Deputy Senior")
_DOMAINS = _words("com org net gov edu info io co")
_CLOCK_FOLLOWERS = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
    "August September October November December Eastern Central Pacific Tehran Moscow Kyiv Israel Beijing"
)

_STOP = re.compile(r"[.!?…。؟۔।]+")
_CLOSERS = re.compile(r"[\"”’'»)\]›]*")
_MARKS = re.compile(r"(?:[ \t\u00a0]{0,2}\[(?:\d{1,3}|[ivxlcdm]{1,9})\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})*")
_PLAIN_MARK = re.compile(r"\d{1,3}(?=\s+[A-Z“\"]|\s*\Z)")
_SOURCE = re.compile(
    r"[ \t\u00a0]{0,2}\([^()\n]{2,80},\s(?:\d{1,2}\s)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^()\n]{0,30}\)"
)
_SPACE = re.compile(r"\s*")
_OPENERS = re.compile(r"[\"“‘'«(\[‹¿¡]*")
_WORD_BEFORE = re.compile(r"[^\W\d_](?:[^\W\d_]|\.(?=[^\W\d_]))*\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"(?:al|el|as|ash|an|ad)[ -][A-Z]")
_LIST_MARK = re.compile(r"(?:[•▪◦‣●■*–-]|\d{1,3}[.)]|[a-z][.)])(?=\s)\s*")
_NOTE_MARK = re.compile(r"(?:\[(?:\d{1,3}|[ivxlcdm]{1,9})\]\s*)+(?=\S)")
_BREAK = re.compile(r"\n[ \t\u00a0]*\r?(?=\n)|\n[ \t\u00a0]*(?=[•▪◦‣●■]|\d{1,2}[.)]\s)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_GLUED = re.compile(rf"(?:\b(?:{_MONTHS})\s\d{{1,2}}|(?<=[^\W\d_A-Z]{{3}}))(?=(?P<next>[A-Z][a-z]*)\s)")
_DATELINE = re.compile(
    r"\s*(?:(?:[A-Z][A-Z'’.-]+)(?:\s[A-Z][A-Z'’.-]+)*(?:,\s[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+)*)?(?:,?\s\d{1,2}(?:,\s\d{4})?)?"
    r"(?:\s\([^()\n]{2,40}\))?|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\s\([A-Z][^()\n]{1,30}\))\s(?:[–—_]|--?)\s"
    r"(?=[\"“‘]?[A-Z])"
)
"""`KABUL, Afghanistan (AP) — `: where and by whom a story was filed, no part of its first sentence."""
_REACH = 24
"""How many characters before a stop can matter: longer than any abbreviation."""


def dateline(text: str) -> str:
    """What a story opens with to say where it was filed; empty where it does not."""
    found = _DATELINE.match(text)
    return found[0] if found else ""


def split(text: str, span: Span, abbreviations: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Sentences of `text` within `span`, in order, without white space at either end.

    `abbreviations` are words after which a full stop ends no sentence, beside the common
    ones known here. Together the sentences hold every
    character of the span but white space and the marks of lists and notes. Takes linear time.
    """
    start, end = span
    part = text[start:end]
    known = {word.rstrip(".") for word in abbreviations} - _BOTH_WAYS - _BEFORE_NUMBER
    titles = _TITLES | {word for word in known if len(word) > 1 and "." not in word}
    cuts = {match.end() for match in _BREAK.finditer(part)} | set(_glued(part))
    dateline = _DATELINE.match(part)
    if dateline:
        cuts.add(dateline.end())
    skip_to = 0
    for stop in _STOP.finditer(part):
        if stop.start() < skip_to or _is_list_number(part, stop.start()):
            continue
        cut = _cut_after(part, stop, titles)
        if cut is not None:
            cuts.add(cut)
            skip_to = cut
    found = []
    last = 0
    for cut in [*sorted(cuts), len(part)]:
        tight = _tight(part, last, cut)
        if tight:
            found.append((start + tight[0], start + tight[1]))
        last = cut
    return tuple(found)


def _cut_after(part: str, stop: re.Match[str], titles: frozenset[str]) -> int | None:
    """Where the sentence that may end with `stop` ends, marks included; None where it goes on."""
    closers = _ending(_CLOSERS, part, stop.end())
    if closers > stop.end() and _opens_quote(part, stop, closers):
        closers -= 1
    after = _ending(_MARKS, part, closers)
    marked = after > closers
    before = _WORD_BEFORE.search(part[max(0, stop.start() - _REACH) : stop.start()])
    word = before.group() if before else ""
    plain = _PLAIN_MARK.match(part, after)
    if plain and not marked and len(word) > 1 and word not in _BEFORE_NUMBER and closers == after:
        return plain.end()
    source = _SOURCE.match(part, after)
    if source:
        after, marked = source.end(), True
    rest = _ending(_SPACE, part, after)
    if rest == len(part):
        return after
    opened = _ending(_OPENERS, part, rest)
    following = _WORD_AFTER.match(part, opened)
    head = part[opened : opened + 1]
    next_word = following.group() if following else ""
    if stop.group() == "." and not marked and closers == stop.end() and _abbreviated(word, next_word, titles):
        return None
    if head.islower() and not _ARTICLE.match(part, opened):
        return None
    if not head or not (head.isalnum() or head in "#@$€£•"):
        return None
    if rest > after or marked:
        return after
    return after if _certain_when_glued(part, stop, word, opened, next_word, closers) else None


def _abbreviated(word: str, following: str, titles: frozenset[str]) -> bool:
    """Whether the full stop after `word` only marks an abbreviation, given the next word."""
    if word in titles:
        return True
    if word in _BEFORE_NUMBER and following[:1].isdigit():
        return True
    if word in ("e.g", "i.e"):
        return True
    if word in ("a.m", "p.m"):
        return following in _CLOCK_FOLLOWERS or (following.isupper() and 1 < len(following) <= 4)
    if word in _BOTH_WAYS or "." in word or (len(word) == 1 and word.isupper()):
        return following not in _STARTERS
    return False


def _opens_quote(part: str, stop: re.Match[str], closers: int) -> bool:
    """Whether a straight quote right after the stop opens what follows: `(he).\"Next`."""
    if part[closers - 1] != '"' or not part[closers : closers + 1].isalpha():
        return False
    return part.count('"', max(0, stop.start() - 400), closers - 1) % 2 == 0


def _certain_when_glued(part: str, stop: re.Match[str], word: str, opened: int, following: str, closers: int) -> bool:
    """Whether a capital right after the stop, without a space, begins a new sentence."""
    if not following[:1].isupper():
        return False
    if closers > stop.end() or "…" in stop.group() or opened > closers:
        return True
    after = part[opened + len(following) : opened + len(following) + 1]
    if (
        following.lower() in _DOMAINS
        or "." in word
        or "/" in part[max(0, stop.start() - _REACH) : stop.start()].rpartition(" ")[2]
    ):
        return False
    return after in (" ", ",", "\u00a0") and (
        following in _STARTERS or (word[:1].islower() and len(word) > 2 and following[1:].islower())
    )


def _glued(part: str) -> list[int]:
    """Ends of sentences whose stop was lost: `December 7The two`, `IsraelPrime Minister`."""
    return [
        match.end()
        for match in _GLUED.finditer(part)
        if match.group() or match["next"] in _OFFICES or match["next"] in ("The", "This", "These", "However")
    ]


def _is_list_number(part: str, stop: int) -> bool:
    """Whether the stop belongs to a list mark (`1.`) at the start of a line."""
    before = part[max(0, stop - 6) : stop]
    line = before.rpartition("\n")[2]
    number = line.strip()
    at_start = "\n" in before or stop - len(before) <= 0
    return at_start and number.isdigit() and len(number) <= 3


def _tight(part: str, start: int, end: int) -> Span | None:
    """[start, end) without white space, and without the list or note mark in front; None when nothing is left."""
    opens = start == 0
    while start < end and part[start].isspace():
        start += 1
    mark = _LIST_MARK.match(part, start, end)
    if mark and (opens or "\n" in part[max(0, start - 80) : start] or not mark.group()[0].isalnum()):
        start = mark.end()
    note = _NOTE_MARK.match(part, start, end)
    if note:
        start = note.end()
    while end > start and part[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _ending(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where `pattern`, which also matches nothing, ends when it is matched at `at`."""
    match = pattern.match(text, at)
    return match.end() if match else at
