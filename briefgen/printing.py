"""From records to paper: what a project prints, where, and in which dress."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from briefgen import briefs, exports, packaged, pages, prints, publish, readers, records, seeds, yamlio
from briefgen.briefs import Ask
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import Model, Record
from briefgen.pages import Accuracy
from briefgen.pages.book import Book
from briefgen.prints import Outcome, Setting

SETTINGS = "briefs.yml"
FOLDER = f"{publish.WORK}/pdf"
"""Where the briefs of a project go."""
FACES = "fonts"
"""Folder of a project with faces for scripts that the program's own lack."""


class Dress(Model):
    """`briefs.yml` of a project: what its briefs say about themselves."""

    handling: str = ""
    """Line at the head and foot of each page, such as `Unclassified, open sources`."""
    issuer: str = ""
    """Who prints them; the name in the head of the first page."""
    paper: Literal["a4", "letter"] = "a4"


@dataclass(frozen=True, slots=True)
class Printed:
    """All briefs of a project, on their way to the site."""

    folder: Path
    asks: tuple[Ask, ...]
    outcome: Outcome

    @property
    def pages(self) -> dict[str, int]:
        """What has a brief, such as `theater:iraq` -> its number of pages; what failed is not there."""
        return {f"{a.kind}:{a.id}": self.outcome.pages[a.path] for a in self.asks if a.path in self.outcome.pages}

    def files(self) -> dict[str, bytes]:
        """Path under `data/` -> PDF, of the same; whatever else lies in the folder stays there."""
        there = [ask for ask in self.asks if ask.path in self.outcome.pages]
        return {f"{a.kind}s/{exports.file_name(a.id)}.pdf": (self.folder / a.path).read_bytes() for a in there}


def dress(project: Path) -> Dress:
    """The project's own settings for its briefs, all of which may be left out."""
    path = project / SETTINGS
    if not path.is_file():
        return Dress()
    return yamlio.model(Dress, yamlio.read(path) or {}, str(path))


def recorded(project: Path, known: Knowledge) -> tuple[tuple[Record, ...], dict[str, str], list[BriefError]]:
    """What `records/` holds, the texts of its seeds, and what a person should know.

    Blocks and marks, which the files leave out, are read again from the seeds. Where a seed
    is gone or is not the one that was read, its record is printed as it is, and told.
    """
    folder = project / "records"
    if not folder.is_dir():
        raise BriefError(str(folder), "", "there are no records to print", "run `briefgen build` first")
    found, _ = seeds.load(project / "seeds")
    by_name = {seed.name: seed for seed in found}
    texts, told = {seed.name: seed.text for seed in found}, []
    whole: dict[str, Any] = {}
    for seed in found:
        try:
            whole |= {report.id: report for report in readers.read(seed, known)}
        except BriefError as error:
            told.append(error)
    out = []
    for record in records.read(folder):
        report, seed_now = record.report, by_name.get(record.report.seed)
        fresh = whole.get(report.id)
        if fresh is not None and seed_now is not None and seed_now.sha256 == report.sha256:
            cut = {"blocks": fresh.blocks, "marks": fresh.marks}
            record = record.model_copy(update={"report": report.model_copy(update=cut)})
        else:
            texts.pop(report.seed, None)
            told.append(BriefError(f"records/{report.id}.yml", "", "its seed is not the one that was read",
                                   "run `briefgen build` to read it again"))  # fmt: skip
        out.append(record)
    return tuple(out), texts, told


def book(project: Path, found: Sequence[Record], texts: dict[str, str], known: Knowledge) -> Book:
    """The records as the pages and briefs of the project see them."""
    return pages.bound(found, known, texts, templates=publish.own_templates(project))


def setting(project: Path, paper: str | None = None, handling: str | None = None) -> Setting:
    """How the project's briefs are set; its own templates and faces go before the program's."""
    own, work = dress(project), project / publish.WORK
    templates = work / "print"
    publish.mirror(templates, _templates(project))
    faces = [prints.fonts.folder(work)]
    if (project / FACES).is_dir():
        faces.append(project / FACES)
    return Setting(
        templates=str(templates.resolve()),
        fonts=tuple(str(folder.resolve()) for folder in faces),
        paper=paper or own.paper,
        handling=own.handling if handling is None else handling,
        issuer=own.issuer,
    )


def onto_paper(
    project: Path,
    bound: Book,
    asks: Iterable[Ask],
    setting: Setting,
    out: Path,
    *,
    accuracy: Accuracy | None,
    tick: Callable[[str, int, int], None] | None = None,
) -> Outcome:
    """Print the briefs that are asked for under `out`; what failed is told in the outcome, and the others go on."""
    theme = publish.theme_sources(project)
    look = briefs.look(theme["assets/briefgen.css"].decode(), theme["partials/sprite.html"].decode())
    data, failed = {}, []
    for ask in asks:
        try:
            data[ask.path] = dataclasses.asdict(briefs.brief(ask, bound, look, accuracy))
        except BriefError as error:
            failed.append(error)
        except Exception as error:  # a fault of ours in one brief must not lose the others
            failed.append(_fault(ask, error))
    outcome = prints.printed(data, out, setting, workers=os.cpu_count() or 1, tick=tick)
    return dataclasses.replace(outcome, failed=(*failed, *outcome.failed))


def everything(
    project: Path, bound: Book, *, accuracy: Accuracy | None, tick: Callable[[str, int, int], None] | None = None
) -> Printed:
    """A brief for each theater, actor of weight and report, as the project's own settings have it."""
    asks, folder = briefs.every(bound), project / FOLDER
    outcome = onto_paper(project, bound, asks, setting(project), folder, accuracy=accuracy, tick=tick)
    return Printed(folder, asks, outcome)


def _fault(ask: Ask, error: Exception) -> BriefError:
    what = f"briefgen failed on this brief: {type(error).__name__}: {error}".splitlines()[0]
    return BriefError(ask.path, "", what, "a fault of briefgen: please report it")


def _templates(project: Path) -> dict[str, bytes]:
    """The print templates, the project's own over the program's, one by one."""
    found: dict[str, bytes] = {}
    for folder in (packaged.templates(), project / "templates"):
        for path in sorted((folder / "print").glob("*.typ")):
            found[path.name] = path.read_bytes()
    return found
