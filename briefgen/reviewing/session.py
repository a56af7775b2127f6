"""The walk itself: asks, tells, and has each decision written before the next question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefgen import build, correcting, extract, records, seeds
from briefgen.diff import telling as differences
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import Record, Seed
from briefgen.reviewing import Correct, Decision, State, items, learning, prompt, step, telling

Ask = Callable[[str], str | None]
"""Puts a question and gives the answer; None where there is nobody to answer any more."""
Say = Callable[[str], object]


class Desk:
    """A project under review: its records as built last, and what carries a decision out."""

    def __init__(self, project: Path, known: Knowledge) -> None:
        """Reads the records and the sidecars of `project`; BriefError where there is no record, or one is broken."""
        self._project, self._known = project, known
        self._records = records.read(project / "records")
        if not self._records:
            raise BriefError(str(project / "records"), "", "no record is there", "run `briefgen build` first")
        self._read: dict[str, list[Record]] = {}

    def begin(self) -> State:
        """The walk at its beginning: all that nobody has decided on."""
        settled: set[str] = set()
        for name in sorted({record.report.seed for record in self._records}):
            for one in seeds.sidecar(self._project / "seeds" / name).corrections:
                settled |= {one.event, *one.others}
        return State(items(self._records, settled, self._known))

    def carry_out(self, decision: Decision) -> list[str]:
        """Write the decision; returns what was done, a fact a line.

        BriefError, with nothing written, where it does not apply.
        """
        if isinstance(decision, Correct):
            made = correcting.correct(self._project, self._known, decision.wanted, self._records, self._as_read)
            return [*differences.text(made.changes).splitlines(), f"Written into {made.sidecar}."]
        path, self._known = learning.learn(self._project, self._known, decision)
        self._read.clear()
        return [f"Written into {path}."]

    def _as_read(self, seed: Seed) -> list[Record]:
        """What the machine reads in the seed; read once for all decisions on it."""
        if seed.sha256 not in self._read:
            self._read[seed.sha256] = build.as_read(seed, self._known, extract.reader(self._known))
        return self._read[seed.sha256]


def walk(state: State, ask: Ask, say: Say, carry_out: Callable[[Decision], list[str]]) -> int:
    """Ask about one item after the other until the end, `quit`, or nobody answers; returns how many were decided.

    A decision that cannot be carried out is told, and the same item asked again.
    """
    decided, shown = 0, -1
    while state.item is not None:
        if shown != state.at:
            shown = state.at
            for line in ("", *telling.told(state.items, state.at)):
                say(line)
        answer = ask(prompt(state))
        if answer is None:
            break
        after = step(state, answer)
        if after.says:
            say(after.says)
        if after.decision is not None:
            try:
                for line in carry_out(after.decision):
                    say(line)
            except BriefError as error:
                say(f"error: {error}")
                state = state.to("decide")
                continue
            decided += 1
        state = after.state
    return decided
