"""Labels beside marks, none over another or over a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.charts.drawing import Anchor

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
GAP = 4.0
FAR = (0.0, 10.0, 22.0)
"""Pixels that a label may stand off; those that do are joined to their mark by a line."""


@dataclass(frozen=True)
class Wanted:
    """A label that a mark at `x`, `y` with radius `r` should get, `width` by `size` pixels."""

    x: float
    y: float
    r: float
    width: float
    size: float


@dataclass(frozen=True)
class Spot:
    """Where a label goes: the anchor of its text, and what it covers."""

    x: float
    y: float
    anchor: Anchor
    box: Box

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of its box that lies nearest to a place."""
        return min(max(x, self.box[0]), self.box[2]), min(max(y, self.box[1]), self.box[3])


def meets(one: Box, other: Box) -> bool:
    """Whether the boxes share any of the paper."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def around(x: float, y: float, r: float) -> Box:
    """The square about a mark."""
    return x - r, y - r, x + r, y + r


def place(wanted: Sequence[Wanted], marks: Sequence[Box], width: float, height: float) -> list[Spot | None]:
    """A place for each label on paper of `width` by `height`; the earlier chooses first, None finds none."""
    taken = list(marks)
    found: list[Spot | None] = []
    for label in wanted:
        spot = next((s for s in _tries(label) if _free(s.box, taken, width, height)), None)
        if spot:
            taken.append(spot.box)
        found.append(spot)
    return found


def _free(box: Box, taken: Sequence[Box], width: float, height: float) -> bool:
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
    return inside and not any(meets(box, other) for other in taken)


def _tries(label: Wanted) -> list[Spot]:
    """Right, left, above, below and aslant of the mark, then the same farther off."""
    drop = label.size * 0.35
    tries = []
    for far in FAR:
        off = label.r + GAP + far
        slant = off * 0.72
        tries += [
            _spot(label, off, drop, "start"),
            _spot(label, -off, drop, "end"),
            _spot(label, 0, -off, "middle"),
            _spot(label, 0, off + label.size * 0.75, "middle"),
            _spot(label, slant, drop - slant, "start"),
            _spot(label, slant, drop + slant, "start"),
            _spot(label, -slant, drop - slant, "end"),
            _spot(label, -slant, drop + slant, "end"),
        ]
    return tries


def _spot(label: Wanted, dx: float, dy: float, anchor: Anchor) -> Spot:
    x, y = label.x + dx, label.y + dy
    left = {"start": x, "middle": x - label.width / 2, "end": x - label.width}[anchor]
    return Spot(x, y, anchor, (left, y - label.size * 0.8, left + label.width, y + label.size * 0.25))
