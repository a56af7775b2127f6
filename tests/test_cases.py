"""Every `cases:` entry of the event types, read as a report of one sentence.

Cases are promises of the knowledge. Sentences that must yield nothing hold without
exception; of those that must yield something each type keeps to a floor, printed with
what it reaches, so that a change that loses some is seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from briefgen import build, extract, yamlio
from briefgen.extract import Found, Reader
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Case
from briefgen.model import SHOWN, Block, EventTypeId, Report
from gate import HERE

FLOORS = HERE / "cases-floors.yml"


@dataclass(frozen=True)
class Tally:
    """How the cases of one type went."""

    right: int
    every: int
    wrong: tuple[str, ...]
    """Positive cases that were not read as expected."""
    broken: tuple[str, ...]
    """Negative cases that yielded an event all the same."""

    @property
    def share(self) -> float:
        return self.right / self.every if self.every else 1.0


def events(case: Case, reader: Reader) -> tuple[Found, ...]:
    """What a report of nothing but the case's sentence, written on its day, tells."""
    block = Block(span=(0, len(case.text)), kind="paragraph")
    report = Report(
        id="case", seed="case.txt", sha256="", span=block.span, title=None, publisher=None, published=case.day,
        blocks=(block,), layout="generic",
    )  # fmt: skip
    return extract.read(reader, report, case.text).events


def shown(found: Found) -> bool:
    return found.status in SHOWN and found.confidence >= build.LINE


def fits(case: Case, kind: EventTypeId, found: Found) -> bool:
    """Whether the event is what the case expects: type, and whatever else it names."""
    if found.type != kind:
        return False
    if case.mode and found.mode != case.mode:
        return False
    if case.status and found.status != case.status:
        return False
    if case.certainty and found.certainty != case.certainty:
        return False
    return all(
        any(party.role == role and _names(name, party.mention.text) for party in found.parties)
        for role, names in (case.expect or {}).items()
        for name in names
    )


def _names(expected: str, written: str) -> bool:
    """Whether one of the two is part of the other, articles and case aside."""
    one, other = (text.lower().removeprefix("the ").strip() for text in (expected, written))
    return one in other or other in one


@pytest.fixture(scope="module")
def tallies(everything_known: Knowledge) -> dict[str, Tally]:
    reader = extract.reader(everything_known)
    found: dict[str, Tally] = {}
    for kind in everything_known.types.values():
        wrong, broken, right = [], [], 0
        for case in kind.cases:
            read = events(case, reader)
            if case.expect is None:
                if any(event.type == kind.type and shown(event) for event in read):
                    broken.append(case.text)
            elif any(fits(case, kind.type, event) for event in read):
                right += 1
            else:
                wrong.append(case.text)
        found[kind.type] = Tally(right, right + len(wrong), tuple(wrong), tuple(broken))
    return found


def test_no_type_falls_under_its_floor(tallies: dict[str, Tally]) -> None:
    floors: dict[str, float] = yamlio.read(FLOORS)
    for kind, tally in tallies.items():
        print(f"{kind:10} {tally.right:4} of {tally.every:4}  {tally.share:.2f}  floor {floors.get(kind, 1.0):.2f}")
    low = [kind for kind, tally in tallies.items() if tally.share < floors.get(kind, 1.0)]
    assert not low, "\n".join(f"{kind}: {text}" for kind in low for text in tallies[kind].wrong)


def test_every_refusal_holds(tallies: dict[str, Tally]) -> None:
    broken = [f"{kind}: {text}" for kind, tally in tallies.items() for text in tally.broken]
    assert not broken, "\n".join(broken)
