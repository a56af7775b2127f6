"""Lists that several page kinds share: events over several pages, small bars, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefgen.model import Day, Report
from briefgen.pages import words
from briefgen.pages.book import Book, Entry
from briefgen.pages.events import PAGE, Month, Note, months, notes, pages_of, runs_of
from briefgen.pages.page import EXPLORER, Page, Ref, Target, TocItem, asking

BESIDE = 950
"""Pixels for a chart beside a page's contents, so that its text is not made smaller."""
FILTERED = 10
"""From so many events on a list leads to the explorer."""
CONTESTED = frozenset({"claimed", "unconfirmed", "denied"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name, and a remark in small print."""

    name: str
    value: str
    remark: str = ""
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a strip, in hundredths of its width."""

    css: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Shares of the families, as a bar; `label` says the numbers."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Events of one page with their footnotes, and the way to the other pages."""

    months: tuple[Month, ...]
    notes: tuple[Note, ...]
    pager: tuple[Ref, ...]
    here: int
    total: int
    found: bool
    """Whether the search leads to the events here: only on the timeline, so that it finds each once."""
    explorer: Ref | None = None
    """The way to the same events in the explorer."""


@dataclass(frozen=True, slots=True)
class Continued:
    """A further page of a long list."""

    kick: str
    title: str
    standfirst: str
    listing: Listing


def listing(
    entries: Sequence[Entry], book: Book, stem: str, *, found: bool = False, ask: tuple[tuple[str, str], ...] = ()
) -> Listing:
    """The first page of the entries; `stem` is the path of the page without `.md`, `ask` the facets that give them."""
    first = _portion(pages_of(entries), 0, entries, book, stem, found)
    if ask and len(entries) < FILTERED:
        return first
    which = "this event" if len(entries) == 1 else f"these {len(entries):,} events"
    return replace(
        first, explorer=Ref(f"Filter, sort and search {which} in the explorer", asking(*ask) if ask else EXPLORER)
    )


def continued(entries: Sequence[Entry], book: Book, first: Page, kick: str, *, found: bool = False) -> list[Page]:
    """The pages after the first, for lists longer than a page."""
    stem = first.path.removesuffix(".md")
    portions = pages_of(entries)
    pages = []
    for at in range(1, len(portions)):
        start, end = at * PAGE + 1, at * PAGE + len(portions[at])
        view = Continued(
            kick=kick,
            title=first.title,
            standfirst=f"Events {start:,} to {end:,} of {len(entries):,}, latest first.",
            listing=_portion(portions, at, entries, book, stem, found),
        )
        path = f"{stem}-{at + 1}"
        crumbs = (*first.crumbs, Ref(first.title, f"page:{stem}"))
        pages.append(
            Page(f"{path}.md", "continued", f"{first.title}, page {at + 1}", first.section, view,
                 (Target(f"page:{path}"),), crumbs)
        )  # fmt: skip
    return pages


def _portion(
    portions: list[Sequence[Entry]], at: int, entries: Sequence[Entry], book: Book, stem: str, found: bool
) -> Listing:
    groups = months(portions[at], book, entries)
    pager = [Ref("1", f"page:{stem}")] + [Ref(str(n), f"page:{stem}-{n}") for n in range(2, len(portions) + 1)]
    return Listing(
        months=groups,
        notes=notes(book, runs_of(groups)),
        pager=tuple(pager) if len(portions) > 1 else (),
        here=at + 1,
        total=len(entries),
        found=found,
    )


def strip(families: Mapping[str, int]) -> Strip:
    """Shares of the families as a strip, widths linear in the counts."""
    total = sum(families.values())
    known = [(family, families[family]) for family in words.FAMILIES if families.get(family)]
    bars, at = [], 0
    for family, n in known:
        width = max(n * 100 / total - 0.5, 0.4)
        bars.append(Bar(f"b-{family}", f"{at * 100 / total:.2f}", f"{width:.2f}"))
        at += n
    return Strip(", ".join(f"{words.FAMILIES[family]} {n}" for family, n in known), tuple(bars))


def contested(entries: Sequence[Entry]) -> list[Entry]:
    """Those that are denied, doubted, or on one side's word."""
    return [e for e in entries if e.event.certainty in CONTESTED]


def latest(entries: Sequence[Entry]) -> str:
    """Date of the latest event, or a dash."""
    return words.date(entries[0].event.date) if entries else "–"


def day_of(report: Report) -> Day | None:
    """The day the report is from: when it was published, else the last that it covers."""
    return report.published or (report.period.end if report.period else None)


def latest_report(book: Book) -> Day | None:
    """Day of the newest report: the edition."""
    return max((day for r in book.records if (day := day_of(r.report))), default=None)


def cutoff(reports: Sequence[Report]) -> Fact:
    """Day and hour of one report: of those of the newest day the first that prints an hour, else the first."""
    newest = max((day for report in reports if (day := day_of(report))), default=None)
    latest = [report for report in reports if newest and day_of(report) == newest]
    report = next((r for r in latest if r.cutoff), latest[0] if latest else None)
    if report is None or newest is None:
        return Fact("Information cut-off", "not printed")
    return Fact("Information cut-off", words.day(newest), report.cutoff or "day of the latest report")


def most_named(entries: Sequence[Entry], book: Book, without: str = "", most: int = 3) -> list[tuple[Ref, int]]:
    """The actors that most of the entries name, with how many do."""
    counted: Counter[str] = Counter()
    for entry in entries:
        counted.update({a.id for a in entry.event.actors} - {without})
    ranked = sorted(counted.items(), key=lambda item: (-item[1], book.actors[item[0]].casefold(), item[0]))
    return [(book.actor(id_, book.actors[id_]), n) for id_, n in ranked[:most]]


def reports_in(entries: Sequence[Entry]) -> int:
    """In how many reports the entries are."""
    return len({e.report.id for e in entries})


def toc(*items: tuple[str, str, object]) -> tuple[TocItem, ...]:
    """Contents of a page: (anchor, title, what is there); what is empty is left out."""
    return tuple(TocItem(anchor, title) for anchor, title, there in items if there)


def families_sentence(entries: Sequence[Entry], book: Book) -> str:
    """How many are of the two commonest families, in words the numbers bear out."""
    counts = book.families(entries)
    named = {
        "mx": ("material conflict such as attacks, arrests and protests"),
        "vc": ("verbal cooperation such as meetings and agreements"),
        "vx": ("verbal conflict such as demands, accusations and threats"),
        "mc": ("material cooperation such as aid, trade and withdrawals"),
        "st": ("statements"),
    }
    order = list(words.FAMILIES)
    top = sorted((f for f in counts if counts[f]), key=lambda f: (-counts[f], order.index(f)))[:2]
    if not top:
        return ""
    if len(top) == 1:
        return f"{'It is' if len(entries) == 1 else 'All are'} {named[top[0]]}"
    first, second = top
    verb = "is" if counts[first] == 1 else "are"
    if counts[second] == 1:
        named["st"] = "a statement"
    return words.sentence(
        f"{words.number(counts[first])} {verb} {named[first]}, {words.number(counts[second])} {named[second]}"
    )


def contested_sentence(entries: Sequence[Entry]) -> str:
    """How many rest on one side's word, are doubted or denied; empty where none does."""
    counts = Counter(e.event.certainty for e in entries)
    clauses = []
    if n := counts["claimed"]:
        clauses.append(f"{words.number(n)} {'rests' if n == 1 else 'rest'} on one side’s word")
    if n := counts["unconfirmed"]:
        clauses.append(f"{words.number(n)} {'is' if n == 1 else 'are'} not confirmed")
    if n := counts["denied"]:
        clauses.append(f"{words.number(n)} {'is' if n == 1 else 'are'} denied")
    return words.sentence(f"{words.listed(clauses)}.") if clauses else ""
