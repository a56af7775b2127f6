"""A brief put together in the order of reading, so that its footnotes are numbered as they are read."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence

from briefgen.briefs import back
from briefgen.briefs.brief import Ask, Brief, Fact, Figure, Group, Key, Point
from briefgen.briefs.drawing import Look, alone, glyph
from briefgen.briefs.kinds import Chosen, choose
from briefgen.briefs.telling import Teller
from briefgen.charts import Chart
from briefgen.pages.book import Book, Entry, Judgment
from briefgen.pages.listing import cutoff, day_of
from briefgen.pages.method import Accuracy
from briefgen.pages.words import CERTAINTY

SHORT = 64
"""Letters of the title in the running header."""
POINTS, TAKEAWAYS = 5, 12
KEY = 5
UNBANDED = 3
"""Where no assessment has a band, so many stand for the key judgments."""
INK, HELD = "#15202b", "#653a95"
_EPOCH = dt.date(2000, 1, 1)
"""Of a brief without any date."""


def brief(ask: Ask, book: Book, look: Look, accuracy: Accuracy | None = None) -> Brief:
    """The brief that is asked for; BriefError where there is nothing to print."""
    chosen = choose(ask, book)
    codes = back.codes(chosen.reports)
    order = [entry for group in chosen.groups for entry in group.entries]
    teller = Teller(book, codes, {e.event.id: n for n, e in enumerate(order, 1)})
    bottom = _bottom(chosen, book, teller)
    first = _key(chosen.judged)
    where = chosen.ask.kind != "theater"
    key = tuple(teller.judged(j, where=where) for j in first)
    groups = teller.groups(chosen.groups)
    rest = tuple(teller.judged(j, where=where) for j in chosen.judged if j not in first)
    sources = back.sources(order, book)
    until = cutoff(chosen.reports)
    days = [day for report in chosen.reports if (day := day_of(report))]
    newest = max(days, default=_EPOCH)
    return Brief(
        path=ask.path,
        lang=chosen.lang,
        kick=chosen.kick,
        title=chosen.title,
        short=textwrap.shorten(chosen.title, SHORT, placeholder=" …"),
        standfirst=chosen.standfirst,
        period=chosen.period,
        cutoff=until.value,
        cutoff_remark=until.remark,
        day=(newest.year, newest.month, newest.day),
        facts=tuple(Fact(f.name, f.value, f.remark) for f in chosen.facts),
        warning=chosen.warning,
        bottom_deck=_bottom_deck(chosen),
        bottom=bottom,
        key_deck=_key_deck(first, chosen.judged),
        key=key,
        situation_deck=chosen.situation,
        groups=groups,
        figures=(
            *(_figure(c, look, wide=False) for c in chosen.half),
            *(_figure(c, look, wide=True) for c in chosen.wide),
        ),
        rows=teller.rows(order),
        assessments=rest,
        notes=teller.notes.all,
        further=teller.notes.further,
        sources=sources,
        unnamed=back.unnamed(order, sources, book),
        reports=back.used(chosen.reports, codes, book),
        method=back.method(accuracy),
        limits=back.limits(order, chosen.judged, chosen.reports, book, chosen.limits),
        measured=back.measured(accuracy),
        marks=_marks(bottom, groups, look),
    )


def _bottom(chosen: Chosen, book: Book, teller: Teller) -> tuple[Point, ...]:
    """What the newest report comes to, as far as this brief is about it."""
    for report in chosen.reports:
        mine = sorted((e for e in chosen.entries if e.report.id == report.id), key=lambda e: e.number)
        if not mine:
            continue
        if chosen.ask.kind == "report" and report.takeaways:
            return tuple(teller.takeaway(t, report, mine) for t in report.takeaways[:TAKEAWAYS])
        return tuple(teller.point(e) for e in sorted(mine, key=_weight)[:POINTS])
    return ()


def _weight(entry: Entry) -> tuple[bool, bool, int, float, int]:
    """News before background, what the report's takeaways tell before the rest, then the latest, then the surest."""
    event, told = entry.event, entry.report.takeaways
    chosen = any(entry.tells(t.span) for t in told)
    when = event.date.start
    return (not event.core, not chosen, -when.toordinal() if when else 0, -event.confidence, entry.number)


def _bottom_deck(chosen: Chosen) -> str:
    if chosen.ask.kind == "report":
        told = chosen.reports[0].takeaways
        return "The report’s own key takeaways, word for word." if told else "Its main events."
    return "The main events of the newest report that tells of it."


def _key(judged: Sequence[Judgment]) -> tuple[Judgment, ...]:
    """Those with a band, in the newest reports, furthest from even chances first; else the first that there are."""
    banded = [j for j in judged if j.assessment.likelihood]
    if not banded:
        return tuple(judged[:UNBANDED])
    newest = sorted(banded, key=lambda j: (-(day.toordinal() if (day := day_of(j.report)) else 0),
                                           -j.distance, j.report.id, j.number))  # fmt: skip
    return tuple(newest[:KEY])


def _key_deck(first: Sequence[Judgment], every: Sequence[Judgment]) -> str:
    if not first:
        return ""
    more = f" {len(every) - len(first)} more stand under Assessments." if len(every) > len(first) else ""
    if first[0].assessment.likelihood:
        return f"The sources’ own estimative words, quoted, with the band of ICD 203.{more}"
    return f"The sources’ own words, quoted; none of them has a band in ICD 203.{more}"


def _figure(chart: Chart, look: Look, *, wide: bool) -> Figure:
    return Figure(
        svg=alone(chart.wide, look),
        finding=chart.finding,
        deck=chart.deck,
        source=chart.source,
        alt=chart.alt,
        legend=tuple(Key(key.family, key.label, key.css) for key in chart.legend),
        wide=wide,
    )


def _marks(bottom: Iterable[Point], groups: Iterable[Group], look: Look) -> dict[str, str]:
    """The glyphs that the brief shows beside their words."""
    events = [event for group in groups for event in group.events]
    found = {f"g-{e.type}": glyph(f"g-{e.type}", f"g {e.family}", INK, look) for e in events}
    for key in CERTAINTY:
        color = INK if key in ("stated", "reported") else HELD
        found[f"c-{key}"] = glyph(f"c-{key}", "", color, look)
    return dict(sorted(found.items()))
