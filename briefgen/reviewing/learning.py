"""What a person decides about a name, put into the project's knowledge.

Nothing is written that the knowledge could not be loaded with, or that `briefgen check` would
refuse: it is tried out on a copy first. What people wrote in these files stays letter by letter.
"""

from __future__ import annotations

import difflib
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from briefgen import knowledge, lock, suggesting, yamlio
from briefgen.errors import BriefError
from briefgen.grammar.inflection import inflect
from briefgen.knowledge import Knowledge, checks
from briefgen.reviewing import Add, Alias
from briefgen.suggesting import Unknown

FILE = Path("knowledge") / "actors" / "reviewed.yml"
"""Under the project: the actors that were added here."""


def learn(project: Path, known: Knowledge, decision: Add | Alias) -> tuple[Path, Knowledge]:
    """Write the decision into the knowledge of `project`; returns the file and the knowledge with it.

    BriefError, with nothing written, where it does not fit the knowledge that is there.
    """
    with lock.held(project / ".build" / "knowledge.lock", lambda: None):
        path, text = _changed(project, known, decision)
        known = _tried(project, known, path, text)
        path.parent.mkdir(parents=True, exist_ok=True)
        yamlio.replace(path, text)
    return path, known


def _changed(project: Path, known: Knowledge, decision: Add | Alias) -> tuple[Path, str]:
    """The file to write, and what will stand in it."""
    path = project / FILE
    if isinstance(decision, Add):
        if decision.name.id in known.actors:
            hint = f"if that is the one, answer with its id: {decision.name.id}"
            raise BriefError(decision.name.id, "", "an actor has this id already", hint)
        return path, yamlio.lengthened(_text(path), suggesting.entry(decision.name, decision.kind), str(path))
    actor = known.actors.get(decision.actor)
    if actor is None:
        near = difflib.get_close_matches(decision.actor, known.actors, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "add the name as an actor of its own"
        raise BriefError(decision.actor, "", "no actor has this id", hint)
    origin = known.origin.get(("actors", actor.id))
    if origin is None:
        hint = f"give it an entry of its own in {path} first"
        raise BriefError(actor.id, "", "this actor is made for each state by institutions.yml", hint)
    names = _names(decision.name, (actor.name, *actor.aliases))
    if not Path(origin).resolve().is_relative_to((project / "knowledge").resolve()):
        # An entry of the project stands in the place of the package's, so it has to say all of it.
        whole = {**actor.model_dump(mode="json", exclude_defaults=True), "aliases": [*actor.aliases, *names]}
        return path, yamlio.lengthened(_text(path), whole, str(path))
    path = Path(origin)
    text = _text(path)
    number = next(n for n, entry in enumerate(yamlio.parse(text, origin)) if entry["id"] == actor.id)
    for name in names:
        text = yamlio.appended(text, "aliases", name, origin, within=number)
    return path, text


def _names(one: Unknown, has: tuple[str, ...]) -> list[str]:
    return [name for name in (one.name, *one.spellings) if name not in has]


def _tried(project: Path, known: Knowledge, path: Path, text: str) -> Knowledge:
    """The knowledge with this file; BriefError where it cannot be loaded, or has a fault that it had not."""
    before = {(problem.where, problem.what) for problem in checks.check(known, inflect)}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "knowledge"
        if (project / "knowledge").is_dir():
            shutil.copytree(project / "knowledge", copy)
        trial = copy / path.relative_to(project / "knowledge")
        trial.parent.mkdir(parents=True, exist_ok=True)
        trial.write_text(text, encoding="utf-8", newline="")
        try:
            made = knowledge.load(Path(folder))
            problems = checks.check(made, inflect)
        except BriefError as error:
            raise BriefError(str(path), error.where, error.what, error.hint) from None
        for problem in problems:
            if (problem.where, problem.what) not in before:
                raise BriefError(str(path), problem.where, problem.what, problem.hint)
        own = {key: file.replace(str(copy), str(project / "knowledge"), 1) for key, file in made.origin.items()}
        return replace(made, origin=MappingProxyType(own))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
