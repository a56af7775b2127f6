"""Outlines of countries for the maps: Natural Earth's, thinned by `tools/outlines.py`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType

from briefgen.model import Outline

FILE = Path(__file__).with_name("data") / "outlines.json"
GRID = 1000
"""Places stand in the file as thousandths of a degree, each as the difference from the one before."""
FINEST = 1 / 4096
"""Degrees; weights stand in the file as powers of two of it, so that each takes one figure or two."""

Point = tuple[float, float, float]


@cache
def load() -> Mapping[str, Outline]:
    """Outline by id, such as `gaza-strip`; points carry the error, in degrees, that the line has without them."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({key: _outline(key, name, rings) for key, (name, rings) in data.items()})


def _outline(key: str, name: str, coded: Iterable[list[int]]) -> Outline:
    rings, bounds = [], []
    for numbers in coded:
        lons = [n / GRID for n in accumulate(numbers[::3])]
        lats = [n / GRID for n in accumulate(numbers[1::3])]
        weights = [FINEST * 2.0**n for n in numbers[2::3]]
        rings.append(tuple(zip(lons, lats, weights, strict=True)))
        bounds.append((min(lons), min(lats), max(lons), max(lats)))
    return Outline(key, name, tuple(rings), tuple(bounds))


def line(key: str, name: str, rings: Iterable[Iterable[Point]]) -> str:
    """One outline as it stands in the file."""
    coded = []
    for ring in rings:
        x = y = 0
        numbers: list[int] = []
        for lon, lat, weight in ring:
            to_x, to_y = round(lon * GRID), round(lat * GRID)
            numbers += [to_x - x, to_y - y, max(0, math.floor(math.log2(weight / FINEST)))]
            x, y = to_x, to_y
        coded.append(numbers)
    return f"{json.dumps(key)}: {json.dumps([name, coded], ensure_ascii=False, separators=(',', ':'))}"
