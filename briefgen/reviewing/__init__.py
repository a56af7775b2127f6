"""`briefgen review`, without terminal and disk: what is asked next, and what an answer means.

A `State` and an answer give the next `State` and, where something is decided, a `Decision`
that somebody else carries out. Nothing is kept between two sessions: what is decided stands
in a sidecar or in the knowledge, and is not asked again because it stands there.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from briefgen import correcting, suggesting
from briefgen.diff.telling import flat
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import ActorKind
from briefgen.model import Event, Record, Report
from briefgen.suggesting import Unknown

Stage = Literal["decide", "fields", "why", "drop", "kind", "alias"]
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)


@dataclass(frozen=True, slots=True)
class Held:
    """An event that the pages do not show, and the report that tells it."""

    event: Event
    report: Report


Item = Held | Unknown
"""An event of the review lane, or a name that no actor has."""


@dataclass(frozen=True, slots=True)
class Correct:
    """A correction for a sidecar, without its quote."""

    wanted: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Add:
    """A name that becomes an actor of this kind."""

    name: Unknown
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is one more of a known actor, given by its id."""

    name: Unknown
    actor: str


Decision = Correct | Add | Alias


@dataclass(frozen=True, slots=True)
class State:
    """Where the walk is: which item, and which of its questions."""

    items: tuple[Item, ...]
    at: int = 0
    stage: Stage = "decide"
    fields: tuple[tuple[str, object], ...] = ()
    """What was answered to `fields`, while the reason is asked."""

    @property
    def item(self) -> Item | None:
        """The item at hand; None at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    def to(self, stage: Stage, fields: Mapping[str, object] | None = None) -> State:
        """Another question about the same item."""
        return replace(self, stage=stage, fields=tuple((fields or {}).items()))

    def forward(self, at: int | None = None) -> State:
        """The next item, or the one of this number."""
        return State(self.items, self.at + 1 if at is None else at)


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to."""

    state: State
    decision: Decision | None = None
    says: str = ""
    """For the person, where the answer could not be taken."""


def items(records: Sequence[Record], settled: Collection[str], knowledge: Knowledge) -> tuple[Item, ...]:
    """What a person is asked about: events held back, the surest first, then names by frequency.

    Events that somebody confirmed or corrected, and those whose id is in `settled`, are left out.
    """
    waiting = [
        Held(event, record.report)
        for record in records
        for event in record.events
        if not event.shown and event.review == "machine" and event.id not in settled
    ]
    waiting.sort(key=lambda held: (-held.event.confidence, held.event.report, held.event.id))
    names, _ = suggesting.suggest(records, knowledge)
    return (*waiting, *names)


def prompt(state: State) -> str:
    """The question at hand, on one line."""
    match state.stage:
        case "fields":
            return "Fields, such as type=AID date=2024-04 (empty: back): "
        case "why":
            return "Why, in a sentence (may be empty): "
        case "drop":
            return "Why it is no event (empty: back): "
        case "kind":
            return f"Kind, one of {', '.join(KINDS)} (empty: back): "
        case "alias":
            return "Id of the actor it is (empty: back): "
        case "decide":
            return f"{_choices(state)}: "


def step(state: State, answer: str) -> Step:
    """What `answer` to the question at hand leads to; `state.item` must not be None."""
    told = flat(answer)
    match state.stage, state.item:
        case "decide", Held() as held:
            return _on_event(state, held, told)
        case "decide", Unknown():
            return _on_name(state, told)
        case _ if not told and state.stage != "why":
            return Step(state.to("decide"))
        case "fields", _:
            return _fields(state, told)
        case "why", Held(event, _):
            wanted = {"event": event.id, "action": "set", "fields": dict(state.fields), "why": told}
            return Step(state.forward(), Correct(wanted))
        case "drop", Held(event, _):
            return Step(state.forward(), Correct({"event": event.id, "action": "drop", "why": told}))
        case "kind", Unknown() as name:
            kind = next((kind for kind in KINDS if kind == told.lower()), None)
            return Step(state.forward(), Add(name, kind)) if kind else Step(state, says=f"{told} is no kind of actor.")
        case "alias", Unknown() as name:
            return Step(state.forward(), Alias(name, told))
        case _:
            raise ValueError(f"nothing is asked at {state.stage}")


def _on_event(state: State, held: Held, answer: str) -> Step:
    match answer.lower():
        case "a" | "accept":
            return Step(state.forward(), Correct({"event": held.event.id, "action": "confirm"}))
        case "c" | "correct":
            return Step(state.to("fields"))
        case "d" | "drop":
            return Step(state.to("drop"))
        case "n" | "names":
            first = (n for n, item in enumerate(state.items) if isinstance(item, Unknown))
            return Step(state.forward(next(first, len(state.items))))
    return _on_any(state, answer)


def _on_name(state: State, answer: str) -> Step:
    match answer.lower():
        case "a" | "add":
            return Step(state.to("kind"))
        case "l" | "alias":
            return Step(state.to("alias"))
    return _on_any(state, answer)


def _on_any(state: State, answer: str) -> Step:
    match answer.lower():
        case "s" | "skip":
            return Step(state.forward())
        case "q" | "quit":
            return Step(state.forward(len(state.items)))
    return Step(state, says=f"Please answer with a letter: {_choices(state)}.")


def _choices(state: State) -> str:
    if isinstance(state.item, Unknown):
        return "a add it as an actor, l another name of a known actor, s skip, q quit"
    return "a accept, c correct, d drop, s skip, n on to the names, q quit"


def _fields(state: State, answer: str) -> Step:
    try:
        return Step(state.to("why", correcting.assigned(_words(answer))))
    except BriefError as error:
        return Step(state, says=str(error))


def _words(answer: str) -> Sequence[str]:
    """The answer cut as a shell cuts it, so that a value may stand in quotation marks."""
    try:
        return shlex.split(answer)
    except ValueError as error:
        raise BriefError("fields", "", f"cannot be read: {str(error).lower()}", "close the quotation mark") from None
