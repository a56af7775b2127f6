"""From degrees to pixels: projection, and outlines clipped to what a map shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefgen.model import Frame, Outline

Point = tuple[float, float]
Ring = tuple[Point, ...]
WIDE = 100
"""Degrees of longitude from which on a map is drawn in a projection that keeps areas."""
SPECK = 5.0
"""Square pixels; islands that are smaller are left out."""
KILOMETERS = 111.2
"""In a degree of latitude."""
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(lon: float, lat: float) -> Point:
    """The Equal Earth projection (Šavrič, Patterson and Jenny, 2018), in radians of the equator; north is up."""
    half = math.sqrt(3) / 2
    t = math.asin(half * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    slope = _A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)
    return math.radians(lon) * math.cos(t) / (half * slope), t * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))


@dataclass(frozen=True)
class View:
    """A frame on paper of `width` by `height` pixels."""

    width: int
    height: int
    scale: float
    """Pixels for a degree of latitude."""
    place: Callable[[float, float], Point]
    """Longitude and latitude -> pixels from the upper left corner."""
    bounds: Frame
    """Nothing outside is on the paper."""

    def holds(self, lon: float, lat: float, margin: float = 0) -> bool:
        """Whether the place lies on the paper, at least `margin` pixels from its edge."""
        x, y = self.place(lon, lat)
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


def view(frame: Frame, width: int, low: float, high: float) -> View:
    """`frame` on paper of `width` pixels, as high as it needs between `low` and `high` widths.

    The scale is even: where the frame is too flat or too tall for that, more is shown at its sides.
    """
    west, south, east, north = frame
    middle = (west + east) / 2
    narrow = math.cos(math.radians((south + north) / 2))
    if east - west > WIDE:

        def project(lon: float, lat: float) -> Point:
            return equal_earth(lon - middle, lat)

    else:

        def project(lon: float, lat: float) -> Point:
            return math.radians(lon - middle) * narrow, math.radians(lat)

    step = (north - south) / 8
    edge = [project(lon, south + n * step) for lon in (west, east) for n in range(9)]
    wide = max(x for x, _ in edge) - min(x for x, _ in edge)
    bottom, top = project(middle, south)[1], project(middle, north)[1]
    height = round(max(low, min(high, (top - bottom) / wide)) * width)
    scale = min(width / wide, height / (top - bottom))
    center = (top + bottom) / 2

    def place(lon: float, lat: float) -> Point:
        x, y = project(lon, lat)
        return width / 2 + x * scale, height / 2 - (y - center) * scale

    pixels = scale * math.radians(1)
    across, along = width / pixels / narrow / 2, height / pixels / 2
    halfway = (south + north) / 2
    flat = (middle - across, halfway - along, middle + across, halfway + along)
    return View(width, height, pixels, place, flat if east - west <= WIDE else (-540.0, -90.0, 540.0, 90.0))


def shape(outline: Outline, on: View, error: float) -> tuple[Ring, ...]:
    """The rings of `outline` in pixels, cut at the edges, without points that move the line less than `error`."""
    weight = error / on.scale
    found = []
    for ring, (west, south, east, north) in zip(outline.rings, outline.bounds, strict=True):
        for turn in (0, -360) if east > 180 else (0,):
            if not _meets((west + turn, south, east + turn, north), on.bounds):
                continue
            points = [on.place(lon + turn, lat) for lon, lat, own in ring if own >= weight]
            cut = _clipped(points, on.width, on.height)
            if len(cut) > 2 and abs(area(cut)) > SPECK:
                found.append(tuple(cut))
    return tuple(found)


def _meets(one: Frame, other: Frame) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _clipped(points: Sequence[Point], width: float, height: float) -> list[Point]:
    """Sutherland and Hodgman's: cut at one edge after the other."""
    kept = list(points)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        before, kept = kept, []
        for at, point in enumerate(before):
            last = before[at - 1]
            inside, was = (point[axis] - limit) * sign >= 0, (last[axis] - limit) * sign >= 0
            if inside != was:
                share = (limit - last[axis]) / (point[axis] - last[axis])
                kept.append((last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])))
            if inside:
                kept.append(point)
    return kept


def area(ring: Sequence[Point]) -> float:
    """Of a ring in square pixels, signed by its direction."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def middle(ring: Sequence[Point]) -> Point:
    """Where the ring balances."""
    whole, x, y = area(ring) * 6, 0.0, 0.0
    for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    return x / whole, y / whole


def fit(places: Sequence[tuple[float, float]], least: float = 6) -> Frame:
    """A frame about all `places` (longitude, latitude), with a margin, at least `least` degrees high."""
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    tall = max(least, (max(lats) - min(lats)) * 1.2)
    wide = max(least, (max(lons) - min(lons)) * 1.16)
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    west, east = max(-180.0, lon - wide / 2), min(180.0, lon + wide / 2)
    return west, max(-80.0, lat - tall / 2), east, min(84.0, lat + tall / 2)


def d(rings: Sequence[Ring]) -> str:
    """The rings as the path of an SVG, in short steps of a tenth of a pixel."""
    parts = []
    for ring in rings:
        x, y = (round(n * 10) for n in ring[0])
        parts.append(f"M{_tenth(x)} {_tenth(y)}l")
        steps = []
        for point in ring[1:]:
            to_x, to_y = (round(n * 10) for n in point)
            if (to_x, to_y) != (x, y):
                steps += [_tenth(to_x - x), _tenth(to_y - y)]
            x, y = to_x, to_y
        parts.append(f"{' '.join(steps)}z")
    return "".join(parts).replace(" -", "-")


def _tenth(n: int) -> str:
    return f"{n / 10:g}".replace("0.", ".", 1) if abs(n) < 10 else f"{n / 10:g}"
