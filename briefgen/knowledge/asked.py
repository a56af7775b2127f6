"""Knowledge as the reading of seeds sees it, which notes what it asks of names.

Aliases change most often, and most seeds hold none of those that change. So reading is given
actors and places without them: what it knows of aliases are the answers of the name index.
As long as everything else is the same and the answers are, so is what a seed yields.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from briefgen.knowledge import Knowledge
from briefgen.knowledge.names import Candidate, Name, NameIndex

Question = tuple[str, str]
"""A method of the index, and what it was asked."""


class Asked(NameIndex):
    """A name index that notes every question."""

    __slots__ = ("questions",)
    questions: dict[Question, None]

    def __init__(self, index: NameIndex) -> None:
        super().__init__(index.automaton, index.forms, index.aliases)
        object.__setattr__(self, "questions", {})

    def find(self, text: str) -> tuple[Name, ...]:
        """As NameIndex has it."""
        self.questions["find", text] = None
        return NameIndex.find(self, text)

    def meanings(self, name: str) -> tuple[Candidate, ...]:
        """As NameIndex has it."""
        self.questions["meanings", name] = None
        return NameIndex.meanings(self, name)

    def called(self, id_: str) -> tuple[str, ...]:
        """As NameIndex has it."""
        self.questions["called", id_] = None
        return NameIndex.called(self, id_)


def for_reading(known: Knowledge) -> tuple[Knowledge, Asked]:
    """`known` without aliases but in its index, and that index."""
    names = Asked(known.names)
    bare = {"aliases": (), "refused": ()}
    actors = {id_: actor.model_copy(update=bare) for id_, actor in known.actors.items()}
    places = {id_: place.model_copy(update=bare) for id_, place in known.places.items()}
    read = replace(known, actors=MappingProxyType(actors), places=MappingProxyType(places), names=names,
                   origin=MappingProxyType({}))  # fmt: skip
    return read, names


def answers(names: NameIndex, questions: Sequence[Question]) -> str:
    """A hash of what `names` answers to `questions`, in their order."""
    whole = hashlib.sha256()
    for how, what in questions:
        whole.update(repr(getattr(names, how)(what)).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def beside_names(read: Knowledge) -> str:
    """A hash of all that reading sees but the index."""
    whole = hashlib.sha256()
    for entries in (read.actors, read.places, read.theaters, read.sources, read.types):
        for id_, entry in entries.items():
            whole.update(f"{id_}\0{entry.model_dump_json()}\0".encode())
        whole.update(b"\1")
    whole.update(read.language.model_dump_json().encode())
    return whole.hexdigest()
