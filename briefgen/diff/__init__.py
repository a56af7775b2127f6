"""What separates two states of the records: reports and events that are new, gone or changed, and how.

Pure. Events are paired by id. What is left of a report is paired by the sentence it rests
on, because a better rule may read another type from the same words, which gives another
id; such a pair is one changed event, and says which id it had.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from briefgen.model import Assessment, Event, Record, Report

State = Literal["new", "gone", "changed"]
T = TypeVar("T")
_OF_THE_READING = ("id", "blocks", "marks", "takeaways", "objectives", "span")
"""Fields of a report that its id or its text tells anyway."""
_OF_THE_EVENT = ("id", "report", "machine")


@dataclass(frozen=True, slots=True)
class Change:
    """One field with its two values, in the plain form of the record."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """One event that both states have."""

    old: Event
    new: Event
    fields: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """One report of either state, and what became of it."""

    report: Report
    state: State
    was: str | None = None
    """The id it had, where that is another."""
    before: Report | None = None
    """The report as the old state has it, where both have one: what is gone has its citations there."""
    fields: tuple[Change, ...] = ()
    new: tuple[Event, ...] = ()
    gone: tuple[Event, ...] = ()
    changed: tuple[Changed, ...] = ()
    new_assessments: tuple[Assessment, ...] = ()
    gone_assessments: tuple[Assessment, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much separates the two states."""

    reports: Mapping[State, int] = field(default_factory=dict)
    events: Mapping[State, int] = field(default_factory=dict)
    assessments: Mapping[State, int] = field(default_factory=dict)


def compare(old: Iterable[Record], new: Iterable[Record]) -> tuple[ReportDiff, ...]:
    """Every report that is not the same in both, by id; the order of the records does not matter."""
    before = {record.report.id: record for record in old}
    after = {record.report.id: record for record in new}
    found = [_report(before[id_], after[id_]) for id_ in before.keys() & after.keys()]
    left = sorted((before[id_] for id_ in before.keys() - after.keys()), key=lambda r: r.report.id)
    right = sorted((after[id_] for id_ in after.keys() - before.keys()), key=lambda r: r.report.id)
    pairs, gone, fresh = _paired(left, right, lambda r: (r.report.sha256, r.report.span[0]), _likeness)
    found += [_report(one, two) for one, two in pairs]
    found += [_whole(record, "gone") for record in gone]
    found += [_whole(record, "new") for record in fresh]
    told = (one for one in found if one is not None)
    return tuple(sorted(told, key=lambda one: one.report.id))


def counts(found: Sequence[ReportDiff]) -> Counts:
    """Sums over all reports."""
    return Counts(
        reports={state: sum(one.state == state for one in found) for state in ("new", "gone", "changed")},
        events={
            "new": sum(len(one.new) for one in found),
            "gone": sum(len(one.gone) for one in found),
            "changed": sum(len(one.changed) for one in found),
        },
        assessments={
            "new": sum(len(one.new_assessments) for one in found),
            "gone": sum(len(one.gone_assessments) for one in found),
        },
    )


def _whole(record: Record, state: State) -> ReportDiff:
    if state == "new":
        return ReportDiff(record.report, state, new=record.events, new_assessments=record.assessments)
    return ReportDiff(record.report, state, gone=record.events, gone_assessments=record.assessments)


def _report(old: Record, new: Record) -> ReportDiff | None:
    """What separates two states of one report; None where nothing does."""
    before, after = {e.id: e for e in old.events}, {e.id: e for e in new.events}
    both = [(e, after[e.id]) for e in old.events if e.id in after]
    left = [e for e in old.events if e.id not in after]
    right = [e for e in new.events if e.id not in before]
    pairs, gone, fresh = _paired(left, right, lambda e: e.evidence[0].quote, _likeness)
    changed = [Changed(a, b, fields) for a, b in both if (fields := _changes(a, b, _OF_THE_EVENT))]
    changed += [Changed(a, b, _changes(a, b, _OF_THE_EVENT)) for a, b in pairs]
    had, have = {a.id for a in old.assessments}, {a.id for a in new.assessments}
    one = ReportDiff(
        report=new.report,
        state="changed",
        was=old.report.id if old.report.id != new.report.id else None,
        before=old.report,
        fields=_changes(old.report, new.report, _OF_THE_READING),
        new=tuple(fresh),
        gone=tuple(gone),
        changed=tuple(sorted(changed, key=lambda c: (c.new.evidence[0].span, c.new.id))),
        new_assessments=tuple(a for a in new.assessments if a.id not in had),
        gone_assessments=tuple(a for a in old.assessments if a.id not in have),
    )
    parts = (one.was, one.fields, one.new, one.gone, one.changed, one.new_assessments, one.gone_assessments)
    return one if any(parts) else None


def _changes(old: BaseModel, new: BaseModel, but: Sequence[str]) -> tuple[Change, ...]:
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    names = [name for name in type(new).model_fields if name not in but]
    return tuple(Change(n, before[n], after[n]) for n in names if before[n] != after[n])


def _likeness(old: BaseModel, new: BaseModel) -> int:
    """How many fields say the same."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    return sum(before[name] == after[name] for name in before)


def _paired(
    left: Sequence[T], right: Sequence[T], key: Callable[[T], Hashable], likeness: Callable[[T, T], int]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Pairs with one key, the likest first, and what stays single on either side."""
    candidates = [
        (-likeness(one, two), i, j) for i, one in enumerate(left) for j, two in enumerate(right) if key(one) == key(two)
    ]
    of_left: dict[int, int] = {}
    of_right: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in of_left and j not in of_right:
            of_left[i] = j
            of_right.add(j)
    return (
        [(left[i], right[j]) for i, j in sorted(of_left.items())],
        [one for i, one in enumerate(left) if i not in of_left],
        [two for j, two in enumerate(right) if j not in of_right],
    )


def as_json(found: Sequence[ReportDiff]) -> str:
    """Everything as JSON, for programs."""
    total = counts(found)
    document = {
        "counts": {"reports": total.reports, "events": total.events, "assessments": total.assessments},
        "reports": [_plain(one) for one in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(one: ReportDiff) -> dict[str, Any]:
    report = one.report
    return {
        "id": report.id,
        "state": one.state,
        "was": one.was,
        "seed": report.seed,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "fields": [_field(change) for change in one.fields],
        "events": {
            "new": [event.model_dump(mode="json") for event in one.new],
            "gone": [event.model_dump(mode="json") for event in one.gone],
            "changed": [
                {
                    "id": pair.new.id,
                    "was": pair.old.id if pair.old.id != pair.new.id else None,
                    "fields": [_field(change) for change in pair.fields],
                }
                for pair in one.changed
            ],
        },
        "assessments": {
            "new": [item.model_dump(mode="json") for item in one.new_assessments],
            "gone": [item.model_dump(mode="json") for item in one.gone_assessments],
        },
    }


def _field(change: Change) -> dict[str, Any]:
    return {"field": change.field, "old": change.old, "new": change.new}
