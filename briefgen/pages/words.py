"""How dates, numbers and findings are put into words: one form each, everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefgen.model import Day, Event, EventDate, Report, Role

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FAMILIES = {
    "mc": "Material cooperation",
    "vc": "Verbal cooperation",
    "st": "Statement",
    "vx": "Verbal conflict",
    "mx": "Material conflict",
}
"""Families in the order in which they are stacked and listed."""
BASIS = {
    "explicit": "",
    "relative": "from a relative date",
    "report-day": "report’s own day",
    "period": "report’s period",
    None: "no date in the text",
}
CERTAINTY = {
    "stated": "told as fact by the report",
    "reported": "a third party says so",
    "claimed": "one side says so",
    "unconfirmed": "the report itself doubts it",
    "denied": "someone named denies it",
}
SAID = {"stated": "citing", "reported": "by", "claimed": "by", "unconfirmed": "said by", "denied": "said by"}
_PREFIX = {
    "stated": "", "reported": "Reported: ", "claimed": "Claimed: ", "unconfirmed": "Not confirmed: ",
    "denied": "Denied: ",
}  # fmt: skip
_NOUNS = {
    "AGREE": ("agreement", "with"), "CONSULT": ("talks", "with"), "SUPPORT": ("support", "for"),
    "CONCEDE": ("concession", "to"), "COOPERATE": ("cooperation", "with"), "AID": ("aid", "to"),
    "RETREAT": ("withdrawal or release", "toward"), "REQUEST": ("demand", "on"), "ACCUSE": ("accusation", "against"),
    "REJECT": ("refusal", "toward"), "THREATEN": ("threat", "against"), "PROTEST": ("protest", "against"),
    "SANCTION": ("sanction or break", "against"), "MOBILIZE": ("mobilization", "against"),
    "COERCE": ("coercion", "against"), "ASSAULT": ("attack", "on"), "STATEMENT": ("statement", "on"),
}  # fmt: skip
"""Type -> a noun that is true of all its modes, and the preposition before whom it is done to."""


def day(date: Day, *, long: bool = False) -> str:
    """`26 Apr 2024`, or `26 April 2024`."""
    month = MONTHS[date.month - 1]
    return f"{date.day} {month if long else month[:3]} {date.year}"


def month(date: Day) -> str:
    """`April 2024`."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def months(year: int) -> str:
    """Of what is dated to no single month and begins in the year: `2024, no single month`."""
    return f"{year}, no single month"


def days(start: Day, end: Day) -> str:
    """A span of days, saying month and year once where they are the same."""
    if end <= start:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1][:3]}–{day(end)}"
    return f"{day(start)}–{day(end)}"


def date(when: EventDate) -> str:
    """An event's date, never finer than its precision."""
    if when.start is None:
        return "undated"
    end = when.end or when.start
    short = f"{MONTHS[when.start.month - 1][:3]} {when.start.year}"
    if when.precision == "year":
        return str(when.start.year) if end.year == when.start.year else f"{when.start.year}–{end.year}"
    if when.precision == "quarter":
        return f"Q{(when.start.month + 2) // 3} {when.start.year}"
    if when.precision == "month":
        last = f"{MONTHS[end.month - 1][:3]} {end.year}"
        return short if last == short else f"{short}–{last}"
    return days(when.start, end)


def issued(report: Report) -> str:
    """Day of the report, or the period it covers."""
    if report.published:
        return day(report.published)
    if report.period:
        return days(report.period.start, report.period.end)
    return "no date"


def number(n: int) -> str:
    """`four`, `12`, `1,204`: words below ten."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else f"{n:,}"


def count(n: int, one: str, many: str = "") -> str:
    """`one event`, `12 events`."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str]) -> str:
    """`a, b and c`."""
    known = list(items)
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} and {known[-1]}"


def few(items: Sequence[str], most: int = 4) -> str:
    """`a, b and c`; beyond `most` the rest is counted."""
    if len(items) <= most:
        return listed(items)
    return f"{', '.join(items[: most - 1])} and {number(len(items) - most + 1)} others"


def _parties(event: Event, role: Role) -> list[str]:
    """Names of the parties in a role, each once; a state in whose name another acts stands behind that one."""
    there = [a for a in event.actors if a.role == role]
    states = {a.id: a.name for a in there}
    spoken_for = {a.side for a in there if a.side in states and a.side != a.id}
    out: list[str] = []
    told: set[str] = set()
    for actor in there:
        if actor.id in spoken_for:
            continue
        state = states.get(actor.side or "", "")
        plain = not state or state in told or state[:4].lower() in actor.name.lower()
        told.add(state)
        out.append(actor.name if plain else f"{actor.name} ({state})")
    return out


def finding(event: Event) -> str:
    """What was coded, in a phrase without a verb, so that it fits any name: `Attack by A on B`."""
    noun, toward = _NOUNS[event.type]
    acts, partners, targets = (_parties(event, role) for role in ("source", "participant", "target"))
    parts = [noun]
    if not acts and partners:
        if len(partners) > 1 and event.type in ("CONSULT", "AGREE", "COOPERATE"):
            parts.append(f"{'between' if len(partners) == 2 else 'among'} {few(partners)}")
        else:
            parts.append(f"by {few(partners)}")
    elif acts:
        parts.append(f"by {few(acts)}")
        if partners:
            parts.append(f"with {few(partners)}")
    if targets:
        parts.append(f"{toward} {few(targets)}")
    prefix = _PREFIX[event.certainty]
    text = " ".join(parts)
    return prefix + text if prefix else sentence(text)
