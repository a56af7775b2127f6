"""From records to paper: what a project prints, where, and in which dress."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from briefgen import briefs, packaged, prints, publish, readers, records, seeds, yamlio
from briefgen.briefs import Ask
from briefgen.charts import Style
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import Model, Record
from briefgen.pages import Accuracy
from briefgen.pages.book import Book, bind
from briefgen.prints import Setting

SETTINGS = "briefs.yml"
FACES = "fonts"
"""Folder of a project with faces for scripts that the program's own lack."""


class Dress(Model):
    """`briefs.yml` of a project: what its briefs say about themselves."""

    handling: str = ""
    """Line at the head and foot of each page, such as `Unclassified, open sources`."""
    issuer: str = ""
    """Who prints them; the name in the head of the first page."""
    paper: Literal["a4", "letter"] = "a4"


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
    own = project / "templates"
    families = {kind.type: kind.family for kind in known.types.values()}
    return bind(found, known, texts, Style(families, (own,) if own.is_dir() else ()), {})


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
) -> prints.Outcome:
    """Print the briefs that are asked for under `out`; what failed is told in the outcome, and the others go on.

    Raises BriefError where a brief has nothing to print.
    """
    theme = publish.theme_sources(project)
    look = briefs.look(theme["assets/briefgen.css"].decode(), theme["partials/sprite.html"].decode())
    data = {ask.path: dataclasses.asdict(briefs.brief(ask, bound, look, accuracy)) for ask in asks}
    return prints.printed(data, out, setting, workers=os.cpu_count() or 1, tick=tick)


def _templates(project: Path) -> dict[str, bytes]:
    """The print templates, the project's own over the program's, one by one."""
    found: dict[str, bytes] = {}
    for folder in (packaged.templates(), project / "templates"):
        for path in sorted((folder / "print").glob("*.typ")):
            found[path.name] = path.read_bytes()
    return found
