"""Knowledge: who and where, and which words tell what. Loaded once, never changed.

The package's own data come first; a project's `knowledge/` folder, laid out the same
way, adds entries or replaces them by id.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from briefgen import yamlio
from briefgen.errors import KnowledgeError
from briefgen.knowledge import institutions, names
from briefgen.knowledge.names import Candidate, Name, NameIndex
from briefgen.knowledge.schema import Actor, EventType, Institution, Language, NounClass, Place, Source, Theater
from briefgen.model import Model

__all__ = ["Candidate", "Knowledge", "Name", "NameIndex", "load"]

M = TypeVar("M", bound=Model)
DATA = Path(__file__).with_name("data")
_LISTS: tuple[tuple[str, type[Model]], ...] = (
    ("actors", Actor),
    ("institutions", Institution),
    ("places", Place),
    ("theaters", Theater),
    ("sources", Source),
    ("nouns", NounClass),
    ("events", EventType),
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the program knows beforehand; entries by id, in the order of the files."""

    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    theaters: Mapping[str, Theater]
    sources: Mapping[str, Source]
    types: Mapping[str, EventType]
    language: Language
    names: NameIndex
    origin: Mapping[tuple[str, str], str]
    """(folder or file stem, id) -> the file an entry was read from."""


def load(project: Path | None = None) -> Knowledge:
    """The package's knowledge with that of `project`/knowledge over it.

    Raises BriefError (file, entry, key, what was expected) where a file cannot be read or
    an entry has not the shape that `schema.py` asks for, KnowledgeError where an id is
    given twice in one place. What entries say about each other is for `checks.check`.
    """
    folders = [DATA] if project is None else [DATA, project / "knowledge"]
    for folder in folders[1:]:
        _no_strays(folder)
    found: dict[str, dict[str, Any]] = {}
    origin: dict[tuple[str, str], str] = {}
    for stem, kind in _LISTS:
        entries: dict[str, Any] = {}
        for folder in folders:
            for key, (entry, file) in _entries(folder, stem, kind).items():
                entries[key] = _join(entries.get(key), entry)
                origin[stem, key] = file
        found[stem] = entries
    found["actors"] = institutions.expand(found["actors"], found["institutions"].values())
    return Knowledge(
        actors=MappingProxyType(found["actors"]),
        places=MappingProxyType(found["places"]),
        theaters=MappingProxyType(found["theaters"]),
        sources=MappingProxyType(found["sources"]),
        types=MappingProxyType({k: _spelled_out(t, found["nouns"], origin) for k, t in found["events"].items()}),
        language=_language(folders),
        names=names.build(found["actors"].values(), found["places"].values(), found["sources"].values()),
        origin=MappingProxyType(origin),
    )


def _no_strays(folder: Path) -> None:
    """Raise KnowledgeError for a file or folder of YAML that nothing would read, such as `actor.yml`."""
    stems = ["language", *(stem for stem, _ in _LISTS)]
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in there:
        if path.stem not in stems and (path.suffix == ".yml" or (path.is_dir() and any(path.rglob("*.yml")))):
            near = difflib.get_close_matches(path.stem, stems, 1)
            hint = f"did you mean {near[0]}{path.suffix}?" if near else f"knowledge is in {', '.join(stems)}"
            raise KnowledgeError(str(path), "", "nothing of that name is read", hint)


def _entries(folder: Path, stem: str, kind: type[M]) -> dict[str, tuple[M, str]]:
    """Entries of `stem`.yml and of the files in the folder `stem`/, by id, with their file."""
    single, many = folder / f"{stem}.yml", folder / stem
    files = [single] if single.is_file() else []
    files += sorted(many.glob("*.yml")) if many.is_dir() else []
    found: dict[str, tuple[M, str]] = {}
    for path in files:
        file = str(path)
        data = yamlio.read(path)
        alone = kind is EventType and isinstance(data, Mapping)
        data = [data] if alone else data
        if not isinstance(data, list | None):
            raise KnowledgeError(file, "", f"a list of entries was expected, not {type(data).__name__}")
        for number, item in enumerate(data or (), 1):
            where = str(item.get("id", item.get("type", ""))) if isinstance(item, Mapping) else ""
            entry = yamlio.model(kind, item, file, where or f"entry {number}", () if alone else (number - 1,))
            key = _id(entry)
            if key in found:
                raise KnowledgeError(file, key, "this id is given twice", f"the first one is in {found[key][1]}")
            found[key] = (entry, file)
    return found


def _id(entry: Model) -> str:
    return str(entry.type) if isinstance(entry, EventType) else str(getattr(entry, "id"))  # noqa: B009


def _spelled_out(kind: EventType, classes: Mapping[str, NounClass], origin: Mapping[tuple[str, str], str]) -> EventType:
    """An event type with the nouns of a class in place of `#class`."""

    def nouns(words: tuple[str, ...], lemma: str) -> tuple[str, ...]:
        out: list[str] = []
        for word in words:
            if not word.startswith("#"):
                out.append(word)
            elif word[1:] in classes:
                out += classes[word[1:]].nouns
            else:
                near = difflib.get_close_matches(word[1:], classes, 1)
                raise KnowledgeError(
                    origin["events", kind.type], f"{kind.type}, verb {lemma}", f"{word} is no class of nouns.yml",
                    f"did you mean #{near[0]}?" if near else f"there are {', '.join(sorted(classes))}",
                )  # fmt: skip
        return tuple(dict.fromkeys(out))

    verbs = tuple(
        v.model_copy(update={"needs": nouns(v.needs, v.lemma), "refuse": nouns(v.refuse, v.lemma)}) for v in kind.verbs
    )
    return kind.model_copy(update={"verbs": verbs})


def _language(folders: Iterable[Path]) -> Language:
    """`language.yml` of all folders joined, a later entry in place of an earlier one of the same word."""
    language = Language.model_validate(dict.fromkeys(Language.model_fields, ()))
    for folder in folders:
        path = folder / "language.yml"
        if path.is_file():
            data = yamlio.read(path)
            if isinstance(data, Mapping):
                data = {**dict.fromkeys(Language.model_fields, ()), **data}
            language = _join_language(language, yamlio.model(Language, data, str(path)))
    return language


def _join_language(old: Language, new: Language) -> Language:
    joined: dict[str, Any] = {
        field: tuple(dict.fromkeys((*getattr(old, field), *getattr(new, field)))) for field in Language.model_fields
    }
    joined["sayings"] = _replace(old.sayings, new.sayings, lambda saying: saying.lemma)
    joined["estimates"] = _replace(old.estimates, new.estimates, lambda estimate: estimate.term)
    return Language(**joined)


def _join(old: Model | None, new: Model) -> Model:
    """`new` in place of `old`; but an event type adds its triggers and cases to the package's, by lemma."""
    if not isinstance(old, EventType) or not isinstance(new, EventType):
        return new
    return new.model_copy(
        update={
            "modes": tuple(dict.fromkeys((*old.modes, *new.modes))),
            "verbs": _replace(old.verbs, new.verbs, lambda verb: verb.lemma),
            "nouns": _replace(old.nouns, new.nouns, lambda noun: noun.lemma),
            "cases": _replace(old.cases, new.cases, lambda case: case.text),
        }
    )


def _replace(old: tuple[M, ...], new: tuple[M, ...], word: Callable[[M], str]) -> tuple[M, ...]:
    named = {word(entry) for entry in new}
    return (*(entry for entry in old if word(entry) not in named), *new)
