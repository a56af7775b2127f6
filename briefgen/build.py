"""The street: seeds in, records and pages out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefgen import corrections, extract, knowledge, merge, readers, resolve, seeds
from briefgen.errors import BriefError
from briefgen.extract import Reader
from briefgen.knowledge import Knowledge
from briefgen.model import Assessment, Event, Record, Report, Seed

LINE = 0.5
"""Below this confidence an event goes to the review lane."""
SHOWN = frozenset({"occurred", "ongoing", "denied"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the seeds of a project say, and what could not be read."""

    records: tuple[Record, ...]
    texts: dict[str, str]
    """Seed's name -> its text."""
    problems: tuple[BriefError, ...]
    seeds: tuple[Seed, ...]


def read(project: Path, known: Knowledge, progress: Callable[[str, int, int], None] | None = None) -> Reading:
    """Records of all seeds under `project`/seeds.

    A seed that cannot be read, or whose corrections fit nothing, is left out and told in
    `problems`; the others go on. `progress(name, done, all)` is called before each seed.
    """
    found, troubles = seeds.load(project / "seeds")
    problems: list[BriefError] = list(troubles)
    prepared = extract.reader(known)
    records: list[Record] = []
    texts: dict[str, str] = {}
    for number, seed in enumerate(found):
        if progress is not None:
            progress(seed.name, number, len(found))
        try:
            records += of_seed(seed, known, prepared)
            texts[seed.name] = seed.text
        except BriefError as error:
            problems.append(error)
    return Reading(_unique(records, problems), texts, tuple(problems), tuple(found))


def of_seed(seed: Seed, known: Knowledge, prepared: Reader) -> list[Record]:
    """The records of one seed; BriefError where its corrections fit nothing."""
    made = [_record(report, seed, known, prepared) for report in readers.read(seed, known)]
    return corrections.apply(made, seed)


def _record(report: Report, seed: Seed, known: Knowledge, prepared: Reader) -> Record:
    taken = extract.read(prepared, report, seed.text)
    events = resolve.resolve(taken.events, report, known, seed.text)
    merged = merge.merge(events, report, seed.text)
    return Record(
        report=report,
        events=tuple(shown(e) for e in merged),
        assessments=resolve.assessments(taken.judgments, report, known, seed.text),
    )


def shown(event: Event) -> Event:
    """`event` with `shown` set by its status and confidence."""
    show = event.status in SHOWN and event.confidence >= LINE
    return event if event.shown == show else event.model_copy(update={"shown": show})


def _unique(records: Sequence[Record], problems: list[BriefError]) -> tuple[Record, ...]:
    """Records by date and id; of two reports with one id the first is kept and the other told."""
    kept: dict[str, Record] = {}
    for record in records:
        have = kept.get(record.report.id)
        if have is not None:
            problems.append(
                BriefError(
                    f"seeds/{record.report.seed}", record.report.id, f"this report is in seeds/{have.report.seed} as well",
                    "remove one of the two, or tell them apart by title or date in the sidecar",
                )
            )  # fmt: skip
            continue
        kept[record.report.id] = record
    return tuple(sorted(kept.values(), key=lambda r: (r.report.seed, r.report.span)))


def load_knowledge(project: Path) -> Knowledge:
    """The package's knowledge with the project's own over it."""
    return knowledge.load(project)


__all__ = ["Assessment", "Reading", "load_knowledge", "of_seed", "read", "shown"]
