"""The street: seeds in, records and pages out."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefgen import (
    corrections,
    diff,
    explorer,
    exports,
    extract,
    feeds,
    knowledge,
    memory,
    merge,
    pages,
    printing,
    readers,
    records,
    repository,
    resolve,
    search,
    seeds,
    timeline,
    worklist,
    yamlio,
)
from briefgen import publish as publishing
from briefgen.diff import page as changes
from briefgen.diff import revisions
from briefgen.errors import BriefError, SeedError
from briefgen.extract import Reader
from briefgen.knowledge import Knowledge, asked
from briefgen.memory import Ledger, Memory
from briefgen.model import SHOWN, Event, Record, Report, Seed

Progress = Callable[[str, int, int], None]
"""Called before each step with its name, its number from 0, and the number of steps."""
LINE = 0.5
"""Below this confidence an event goes to the review lane."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the seeds of a project say, and what could not be read."""

    records: tuple[Record, ...]
    texts: dict[str, str]
    """Seed's name -> its text."""
    problems: tuple[BriefError, ...]
    seeds: tuple[Seed, ...]
    unread: tuple[str, ...] = ()
    """Names of the seeds that could not be read; what was read from them before stays in records/."""
    warnings: tuple[BriefError, ...] = ()
    """What a person could mend in seeds that were read."""
    remembered: tuple[str, ...] = ()
    """Names of the seeds that had not changed since an earlier build and were not read again."""


@dataclass(frozen=True, slots=True)
class Since:
    """A state of the records to compare with, and what it is called."""

    name: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build made."""

    reading: Reading
    changed: tuple[str, ...]
    """Files of records/ that were written or removed."""
    pages: int
    site: Path | None
    """Where the site is; None where it was not asked for."""
    briefs: printing.Printed | None = None
    """What became of the briefs; None where they were not asked for."""
    done: tuple[str, ...] = ()
    """Lines on which pages were drawn and rendered anew, and why."""


def everything(
    project: Path,
    *,
    site: bool = True,
    briefs: bool = False,
    since: str | None = None,
    progress: Progress | None = None,
    say: Callable[[str], object] | None = None,
) -> Outcome:
    """The whole street: `project`/seeds to records/ and, with `site`, to site/; with `briefs`, to paper as well.

    With `since`, a folder of records or a git revision, the site has a page of what changed since then.

    One build at a time: where another one of this project runs, that is told to `say` and
    waited for. Seeds that cannot be read are told in the outcome's `reading.problems`.
    A brief that cannot be printed is told in the outcome's `briefs.outcome.failed`, and no page links to it.
    Raises BriefError where the project itself cannot be built; the site that was there stays.
    """
    with publishing.alone(project, say or _unsaid):
        before = Since(revisions.called(since, project), revisions.load(since, project)) if since is not None else None
        known = knowledge.load(project)
        memory.prune(publishing.remembered(project))
        reading = read(project, known, progress, publishing.remembered(project))
        printed = on_paper(project, known, reading, progress) if briefs else None
        # Together with the swap, so that a build that fails leaves the records that belong to the site that stays.
        writing = records.Writing(project / "records", reading.records, keep=reading.unread)
        kept = {f"{name}.txt": text.encode("utf-8") for name, text in reading.texts.items() if not seeds.is_text(name)}
        publishing.mirror(project / publishing.WORK / "text", kept)
        done: list[str] = []
        made, where = publish(
            project,
            known,
            reading,
            printed=printed,
            before=before,
            site=site,
            progress=progress,
            together=writing,
            tell=done.append,
        )
        listed = worklist.written(reading.records, known)
        (project / publishing.WORK / "worklist.yml").write_text(listed, encoding="utf-8", newline="\n")
    return Outcome(reading, writing.changed, made, where, printed, tuple(done))


def on_paper(project: Path, known: Knowledge, reading: Reading, progress: Progress | None = None) -> printing.Printed:
    """A brief on paper for each theater, actor of weight and report of `reading`, in `project`/.build."""
    book = printing.book(project, reading.records, reading.texts, known)
    return printing.everything(project, book, accuracy=accuracy(), tick=progress)


def publish(
    project: Path,
    known: Knowledge,
    reading: Reading,
    *,
    printed: printing.Printed | None = None,
    before: Since | None = None,
    site: bool = True,
    progress: Progress | None = None,
    together: AbstractContextManager[object] = publishing.NOTHING,
    tell: Callable[[str], object] = str,
) -> tuple[int, Path | None]:
    """Pages and data of `reading` into `project`/.build and, with `site`, the site built from them.

    Of briefs on paper the site has those in `printed`, and pages link to no other. What changed
    since `before` gets a page.
    `together` is entered before and left after the site takes its place; `tell` is given a
    line on what was done and why for each stage.
    Returns the number of pages and the folder of the site. Raises BriefError where a
    template, a page or mkdocs fails.
    """
    tick = progress or _silent
    steps = 3 if site else 2
    tick("pages", 0, steps)
    drawn = pages.pages(
        reading.records,
        known,
        reading.texts,
        accuracy=accuracy(),
        templates=publishing.own_templates(project),
        editors=repository.editors(project, reading.texts),
        printed=printed.pages if printed else {},
        changes=partial(changes.page, _differences(before, reading), before.name) if before else None,
    )
    tick("data", 1, steps)
    files: dict[str, str | bytes] = {**exports.files(reading.records, known, records.dump)}
    files |= feeds.files(reading.records, known, reading.texts, drawn, publishing.site(project))
    files |= explorer.files(reading.records, known, reading.texts, drawn)
    files |= timeline.files(reading.records, known)
    found = search.facts(reading.records, known, drawn)
    files |= search.files(found)
    files |= printed.files() if printed else {}
    tick("site", 2, steps)

    def finish(fresh: Path) -> None:
        if told := search.cut(fresh, found):
            tell(told)

    where = publishing.publish(project, drawn, files, serve=not site, finish=finish, together=together, tell=tell)
    return len(drawn), where if site else None


def _differences(before: Since, reading: Reading) -> tuple[diff.ReportDiff, ...]:
    """What changed, but for seeds that could not be read: their records stay as they are."""
    kept = (record for record in before.records if record.report.seed not in reading.unread)
    return diff.compare(kept, reading.records)


def accuracy() -> pages.Accuracy | None:
    """The figures that the extraction was measured with; None where none were."""
    path = knowledge.DATA / "accuracy.yml"
    return yamlio.model(pages.Accuracy, yamlio.read(path), str(path)) if path.is_file() else None


def read(project: Path, known: Knowledge, progress: Progress | None = None, remembered: Path | None = None) -> Reading:
    """Records of all seeds under `project`/seeds; those that the folder `remembered` has are not read again.

    A seed that cannot be read, or whose corrections fit nothing, is left out and told in
    `problems`; the others go on. Raises BriefError where there is no folder of seeds.
    """
    tick = progress or _silent
    opened = Ledger(memory.ledger(remembered, "texts"), memory.program() + memory.installed()) if remembered else None
    found, troubles = seeds.load(project / "seeds", earlier=opened)
    if opened:
        opened.write()
    problems: list[BriefError] = list(troubles)
    unread = [Path(error.file).name.removesuffix(".yml") for error in troubles]
    bare, names = asked.for_reading(known)
    prepared = extract.reader(bare)
    always = tuple(names.questions)
    former = Memory(remembered / "seeds", bare, names) if remembered else None
    formerly = _Formerly(project / "records")
    made: list[Record] = []
    texts: dict[str, str] = {}
    warned: list[BriefError] = []
    unchanged: list[str] = []
    for number, seed in enumerate(found):
        tick(seed.name, number, len(found))
        try:
            kept = former.recall(seed) if former else None
            names.questions.clear()
            own = of_seed(seed, bare, prepared, formerly) if kept is None else list(kept)
            if kept is not None:
                unchanged.append(seed.name)
            elif former:
                former.keep(seed, own, (*always, *names.questions))
            made += own
            warned += corrections.doubled(own, seed)
            texts[seed.name] = seed.text
        except BriefError as error:
            problems.append(error)
            unread.append(seed.name)
        except Exception as error:  # a fault of ours in one seed must not lose the others
            problems.append(_fault(seed, error))
            unread.append(seed.name)
    if former:
        former.forget()
    unique = _unique(made, problems)
    warned += [*_unknown_publishers(found, known), *_undated(unique, found)]
    return Reading(unique, texts, tuple(problems), tuple(found), tuple(unread), tuple(warned), tuple(unchanged))


class _Formerly:
    """Events of the last build by their ids; its records are read only when somebody asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._events: dict[str, Event] | None = None

    def __call__(self, id_: str) -> Event | None:
        if self._events is None:
            try:
                kept = records.read(self._folder)
            except BriefError:  # they only help to explain another error
                kept = ()
            gone = (event for record in kept for one in record.corrections for event in one.machine)
            self._events = {event.id: event for event in (*gone, *(e for record in kept for e in record.events))}
        return self._events.get(id_)


def _unknown_publishers(found: Iterable[Seed], known: Knowledge) -> Iterator[BriefError]:
    for seed in found:
        for facts in (seed.sidecar, *seed.sidecar.reports.values()):
            if facts.publisher is not None and facts.publisher not in known.sources:
                near = difflib.get_close_matches(facts.publisher, known.sources, 1)
                yield BriefError(
                    f"seeds/{seed.name}.yml",
                    "key publisher",
                    f"{facts.publisher!r} is not among the sources",
                    f"did you mean {near[0]!r}?" if near else "add it to knowledge/sources.yml to give it a name",
                )


def _undated(made: Iterable[Record], found: Iterable[Seed]) -> list[BriefError]:
    """One a seed: its reports without any date, but not where the sidecar says that there is none."""
    settled = {seed.name for seed in found if "published" in seed.sidecar.model_fields_set}
    undated: dict[str, list[str]] = {}
    for record in made:
        if record.report.seed in settled:
            continue
        if record.report.published is None and record.report.period is None:
            undated.setdefault(record.report.seed, []).append(record.report.id)
    return [
        BriefError(
            f"seeds/{seed}",
            ids[0] if len(ids) == 1 else f"{len(ids)} reports",
            "no date is printed, so relative dates are left open",
            f"add `published: YYYY-MM-DD` to {seed}.yml if you know it, or `published: null` if nobody does",
        )
        for seed, ids in undated.items()
    ]


def _fault(seed: Seed, error: Exception) -> SeedError:
    return SeedError(
        f"seeds/{seed.name}",
        "",
        f"briefgen failed on this seed: {type(error).__name__}: {error}".splitlines()[0],
        f"a fault of briefgen: please report it with the output of `briefgen extract seeds/{seed.name}`",
    )


def _silent(name: str, done: int, every: int) -> None:
    """No progress is shown."""


def _unsaid(text: str) -> None:
    """Nothing is said."""


def of_seed(
    seed: Seed, known: Knowledge, prepared: Reader, formerly: Callable[[str], Event | None] = lambda id_: None
) -> list[Record]:
    """The records of one seed; BriefError where its corrections fit nothing.

    `formerly` knows events of earlier builds, to say what a lost one may have become.
    """
    return corrections.apply(as_read(seed, known, prepared), seed, known, formerly)


def as_read(seed: Seed, known: Knowledge, prepared: Reader) -> list[Record]:
    """The records of one seed as the machine reads them, without its corrections."""
    return [_record(report, seed, known, prepared) for report in readers.read(seed, known)]


def _record(report: Report, seed: Seed, known: Knowledge, prepared: Reader) -> Record:
    taken = extract.read(prepared, report, seed.text)
    events = resolve.resolve(taken.events, report, known, seed.text)
    merged = merge.merge(events, report, seed.text)
    return Record(
        report=_republishable(report),
        events=tuple(shown(e) for e in merged),
        assessments=resolve.assessments(taken.judgments, report, known, seed.text),
    )


def _republishable(report: Report) -> Report:
    """`report` without takeaways and objectives where only cited passages may be shown: records are published."""
    return report if report.text == "full" else report.model_copy(update={"takeaways": (), "objectives": ()})


def shown(event: Event) -> Event:
    """`event` with `shown` set by its status and confidence."""
    show = event.status in SHOWN and event.confidence >= LINE
    return event if event.shown == show else event.model_copy(update={"shown": show})


def _unique(made: Sequence[Record], problems: list[BriefError]) -> tuple[Record, ...]:
    """Records by date and id; of two reports with one id the first is kept and the other told."""
    kept: dict[str, Record] = {}
    for record in made:
        have = kept.get(record.report.id)
        if have is not None:
            problems.append(
                BriefError(
                    f"seeds/{record.report.seed}",
                    record.report.id,
                    f"this report is in seeds/{have.report.seed} as well",
                    "remove one of the two, or tell them apart by title or date in the sidecar",
                )
            )
            continue
        kept[record.report.id] = record
    return tuple(sorted(kept.values(), key=lambda r: (r.report.seed, r.report.span)))
