"""What a person names on the command line: theaters, actors and reports by id or by name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from briefgen.briefs.brief import Ask, Kind
from briefgen.briefs.kinds import every as all_of
from briefgen.errors import BriefError
from briefgen.model import Day
from briefgen.pages.book import Book


def asked(
    book: Book,
    theaters: Sequence[str] = (),
    actors: Sequence[str] = (),
    reports: Sequence[str] = (),
    start: Day | None = None,
    end: Day | None = None,
    *,
    every: bool = False,
) -> tuple[Ask, ...]:
    """The briefs that these choices mean; BriefError where they contradict each other or mean none."""
    if every:
        if theaters or actors or reports or start or end:
            raise BriefError("", "", "--all prints everything", "leave the other choices out")
        return all_of(book)
    if start is None and end is not None:
        raise BriefError("", "", "--to without --from", "give the first day as well")
    ids: dict[Kind, tuple[str, ...]] = {
        "theater": tuple(dict.fromkeys(find("theater", name, book) for name in theaters)),
        "actor": tuple(dict.fromkeys(find("actor", name, book) for name in actors)),
        "report": tuple(dict.fromkeys(find("report", name, book) for name in reports)),
    }
    if start is not None:
        last = end or start
        if reports:
            raise BriefError("", "", "a period brief is not of one report", "leave --report or --from out")
        if last < start:
            raise BriefError("", "", f"the period ends ({last}) before it begins ({start})")
        return (Ask("period", "", start, last, ids["theater"], ids["actor"]),)
    if not any(ids.values()):
        raise BriefError("", "", "nothing to print", "name a --theater, --actor, --report or --from, or say --all")
    return tuple(Ask(kind, id_) for kind, named in ids.items() for id_ in named)


def find(kind: Kind, wanted: str, book: Book) -> str:
    """The id of the theater, actor or report; BriefError with the nearest names where there is none."""
    names = _names(kind, book)
    if wanted in names:
        return wanted
    by_name: dict[str, str] = {}
    for id_, called in names.items():
        for name in called:
            by_name.setdefault(name.casefold(), id_)
    found = by_name.get(wanted.casefold())
    if found:
        return found
    near = difflib.get_close_matches(wanted.casefold(), [*names, *by_name], 3)
    ids = list(dict.fromkeys(by_name.get(name, name) for name in near))
    hint = f"did you mean {' or '.join(ids)}?" if ids else f"the {kind}s of the site are listed on its page of {kind}s"
    raise BriefError("", "", f"there is no {kind} {wanted!r}", hint)


def _names(kind: Kind, book: Book) -> Mapping[str, tuple[str, ...]]:
    """Id -> every name, those first that the reports tell of."""
    if kind == "theater":
        return {t.id: (t.name, *t.sections) for t in book.knowledge.theaters.values()} | {
            id_: (book.theater_name(id_),) for id_ in book.by_theater if id_ not in book.knowledge.theaters
        }
    if kind == "report":
        return {r.report.id: (book.report(r.report).name, r.report.seed) for r in book.records}
    told = {id_: (name,) for id_, name in book.actors.items()}
    return told | {a.id: (a.name, *a.aliases) for a in book.knowledge.actors.values()}
