"""How much a theater is told of, against the time before; and of what no report tells.

Counts are of what reports tell as news, never of what happened. They are compared only
where the same publishers have reports in both times, and called more or fewer only where
the difference is larger than chance and the number of reports explain.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from briefgen.model import Day, Report
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.listing import day_of, latest_report, reports_in
from briefgen.pages.page import Ref

LENGTHS = (7, 30)
"""Days of the two times that are compared; the shorter first."""
SURE = 2
"""So many standard deviations must lie between two counts before they are called more or fewer."""
FEW = 8
"""With fewer events than this in both times together no difference is called one."""
STALE = 30
"""Days without a report after which a theater counts as a gap."""
Sign = Literal["up", "down", "level", "none"]
_WORDS: dict[Sign, str] = {"up": "More", "down": "Fewer", "level": "No clear change", "none": "No comparison"}


@dataclass(frozen=True, slots=True)
class Trend:
    """More, fewer, or neither; `reason` is the sentence that says of what, or why nothing is compared."""

    sign: Sign
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A theater that no report tells of any more."""

    theater: Ref
    since: Day
    words: str


@dataclass(frozen=True, slots=True)
class _Time:
    """Reports of some days, and what they tell of the theater as news."""

    days: str
    reports: tuple[Report, ...]
    entries: tuple[Entry, ...]


def known_day(report: Report) -> tuple[Day, bool] | None:
    """The report's day, and whether it is printed; else that of its newest citation, which is not."""
    day = day_of(report)
    if day:
        return day, report.published_basis != "inferred"
    newest = max((c.date for c in report.citations if c.date), default=None)
    return (newest, False) if newest else None


def trend(entries: Sequence[Entry], book: Book) -> Trend:
    """What the theater that has the entries is told of, up to the newest report, against as many days before."""
    edition = latest_report(book)
    told = {e.report.id: e.report for e in entries}
    days = sorted(day for report in told.values() if (day := day_of(report)))
    if edition is None or not days:
        return _none("no report that tells of it prints its date." if told else "no report tells of an event here.")
    for length in LENGTHS:
        now, before = _times(length, edition, told, entries, book)
        if now.reports and before.reports:
            return compare(now, before)
    longest = LENGTHS[-1]
    start = edition - dt.timedelta(days=longest)
    if days[-1] <= start:
        return _none(f"no report of the {longest} days to {words.day(edition)} tells of it.")
    new = [e for e in entries if e.event.core and (day := day_of(e.report)) and start < day <= edition]
    earlier = [day for day in days if day <= start]
    last = f"the report before is of {words.day(earlier[-1])}" if earlier else "no earlier report tells of it"
    if earlier and earlier[-1] > start - dt.timedelta(days=longest):
        last = f"those of the {longest} days before are by others"
    return _none(
        f"{words.count(len(new), 'event')} told as news in {words.count(reports_in(new), 'report')} of the {longest} "
        f"days to {words.day(edition)}; {last}."
    )


def _none(reason: str) -> Trend:
    return Trend("none", _WORDS["none"], reason)


def _times(
    length: int, edition: Day, told: Collection[str], entries: Sequence[Entry], book: Book
) -> tuple[_Time, _Time]:
    """The last `length` days and those before, of the publishers that have reports in both."""
    span = dt.timedelta(days=length)
    now, before = _between(edition - span, edition, book), _between(edition - 2 * span, edition - span, book)
    both = {r.publisher for r in now if r.id in told and r.publisher} & {r.publisher for r in before}

    def time(days: str, reports: Sequence[Report]) -> _Time:
        mine = tuple(r for r in reports if r.publisher in both)
        ids = {r.id for r in mine}
        return _Time(days, mine, tuple(e for e in entries if e.event.core and e.report.id in ids))

    return time(f"the {length} days to {words.day(edition)}", now), time(f"the {length} days before", before)


def _between(after: Day, last: Day, book: Book) -> list[Report]:
    return [r.report for r in book.records if (day := day_of(r.report)) and after < day <= last]


def compare(now: _Time, before: _Time) -> Trend:
    """The two times in a sentence, and the sign that their numbers bear out."""
    a, b = len(now.entries), len(before.entries)
    share = len(now.reports) / (len(now.reports) + len(before.reports))
    beyond = SURE * ((a + b) * share * (1 - share)) ** 0.5
    sign: Sign = "level"
    if a + b >= FEW and a > b and a - (a + b) * share > beyond:
        sign = "up"
    elif a + b >= FEW and a < b and (a + b) * share - a > beyond:
        sign = "down"
    told = (
        f"{words.count(a, 'event')} told as news in {words.count(len(now.reports), 'report')} of {now.days}, "
        f"{words.number(b)} in {words.count(len(before.reports), 'report')} of {before.days}"
    )
    return Trend(sign, _WORDS[sign], f"{told}{_chiefly(now, before, sign)}.")


def _chiefly(now: _Time, before: _Time, sign: Sign) -> str:
    """The type of event that makes at least half of the difference, if one does."""
    if sign == "level":
        return ""
    way = 1 if sign == "up" else -1
    one, other = (Counter(e.event.type for e in time.entries) for time in (now, before))
    change = {type_: way * (one[type_] - other[type_]) for type_ in sorted(one | other)}
    most = max(change, key=lambda type_: change[type_])
    if 2 * change[most] < sum(change.values()):
        return ""
    return f"; the largest part of the difference is {most.capitalize()}, {one[most]:,} after {other[most]:,}"


def gaps(book: Book) -> tuple[Gap, ...]:
    """Theaters whose last report is older than a month at the newest one, the longest without first."""
    edition = latest_report(book)
    found = []
    for id_, entries in book.by_theater.items():
        judged = [j.report for j in book.judgments if id_ in j.assessment.theaters]
        days = [day for report in (*(e.report for e in entries), *judged) if (day := known_day(report))]
        if edition is None or not days:
            continue
        last, printed = max(days)
        if (edition - last).days > STALE:
            said = words.day(last) if printed else f"about {words.day(last)}"
            found.append(Gap(book.theater(id_), last, said))
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.theater.name)))
