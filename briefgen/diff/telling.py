"""The differences as text for a terminal and as Markdown for a pull request's comment.

In Markdown whatever a report says stands in a code span, because nothing is a link, an
image, a mention or a tag there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from briefgen.diff import Change, Changed, ReportDiff, counts
from briefgen.model import Assessment, Event
from briefgen.pages import words
from briefgen.pages.corrected import cut, value

LONGEST = 60_000
"""Characters of a Markdown comment; GitHub takes no more than 65,536."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
"""Controls, marks that turn the direction of text around, and line ends."""
Put = Callable[[str], str]


def text(found: Sequence[ReportDiff]) -> str:
    """For people at a terminal."""
    return "\n".join([_summary(found), *_lines(found, flat, ("", "  ", "    "), "+-~")]) + "\n"


def markdown(found: Sequence[ReportDiff]) -> str:
    """For a pull request: report text stays inert; what is too long for a comment is counted."""
    head = [f"### Records: {_summary(found)}"]
    size = len(head[0])
    for number, one in enumerate(found):
        lines = list(_lines([one], _code, ("\n#### ", "- ", "  - "), ("**new**", "**gone**", "**changed**")))
        size += sum(len(line) + 1 for line in lines)
        if size > LONGEST:
            rest = words.count(len(found) - number, "report")
            return "\n".join([*head, "", f"And {rest} more: too long for a comment, see `briefgen diff`."]) + "\n"
        head += lines
    return "\n".join(head) + "\n"


def _summary(found: Sequence[ReportDiff]) -> str:
    total = counts(found)
    parts = []
    for noun, numbers in (("report", total.reports), ("event", total.events), ("assessment", total.assessments)):
        told = [f"{n:,} {state}" for state, n in numbers.items() if n]
        if told:
            parts.append(f"{noun}s: {', '.join(told)}")
    return "; ".join(parts) if parts else "no difference"


def _lines(found: Sequence[ReportDiff], put: Put, indent: Sequence[str], marks: Sequence[str]) -> Iterator[str]:
    new, gone, changed = marks
    head, item, inner = indent
    for one in found:
        state = {"new": new, "gone": gone, "changed": changed}[one.state]
        report = one.report
        when = f", {words.day(report.published)}" if report.published else ""
        yield f"{head}{state} {put(report.title or report.id)}{when} ({put(report.id)})"
        if head.strip():
            yield ""
        if one.was:
            yield f"{item}was {put(one.was)}: its events have new ids"
        for change in one.fields:
            yield f"{item}{_change(change, put)}"
        for event in one.new:
            yield f"{item}{new} {_event(event, put)}"
            yield f"{inner}{put(_quote(event))}"
        for event in one.gone:
            yield f"{item}{gone} {_event(event, put)}"
            yield f"{inner}{put(_quote(event))}"
        for pair in one.changed:
            yield f"{item}{changed} {_event(pair.new, put)}{_moved(pair, put)}"
            yield f"{inner}{put(_quote(pair.new))}"
            for change in pair.fields:
                yield f"{inner}{_change(change, put)}"
        for mark, judged in ((new, one.new_assessments), (gone, one.gone_assessments)):
            for assessment in judged:
                yield f"{item}{mark} {_assessment(assessment, put)}"


def _event(event: Event, put: Put) -> str:
    lane = "" if event.shown else ", not shown"
    return f"{put(event.id)} {words.date(event.date)}: {put(words.finding(event))}{lane}"


def _moved(pair: Changed, put: Put) -> str:
    return f" (was {put(pair.old.id)})" if pair.old.id != pair.new.id else ""


def _assessment(item: Assessment, put: Put) -> str:
    return f"{put(item.id)} assessment: {put(cut(item.quote))}"


def _quote(event: Event) -> str:
    return cut(event.evidence[0].quote)


def _change(change: Change, put: Put) -> str:
    return f"{put(change.field)}: {put(value(change.field, change.old))} → {put(value(change.field, change.new))}"


def flat(told: str) -> str:
    """`told` on one line, without anything unseen."""
    return " ".join(_UNSEEN.sub(" ", told).split())


def _code(told: str) -> str:
    """`told` as a code span, whose fence is longer than any run of backticks in it."""
    line = flat(told) or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"
