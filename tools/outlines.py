"""Make `briefgen/knowledge/data/outlines.json` from Natural Earth's countries.

Run by hand, when a frame in `theaters.yml` is added or changed:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/outlines.py package/countries-10m.json

Every point of an outline is kept with its weight: how far, in degrees of latitude, the line
would be off without it (Douglas and Peucker). A map then takes the points that its scale can
show. Points lighter than the finest frame that holds them needs are left out here.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from briefgen import knowledge
from briefgen.knowledge import outlines
from briefgen.pages.page import slug

WORLD = 0.08
"""Degrees: the error that is allowed where no frame lies."""
PIXELS = 640
"""How wide a frame is drawn, at least."""
ERROR = 0.7
"""Pixels of a frame by which its lines may be off."""
ISLAND = 3.0
"""Pixels of a frame; what is smaller both ways is left out."""
ENDS = 90.0
"""Weight of a point where borders meet."""
NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Côte d'Ivoire": "Ivory Coast",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Falkland Is.": "Falkland Islands",
    "Macedonia": "North Macedonia",
    "N. Cyprus": "Northern Cyprus",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
}
"""Natural Earth's abbreviations in full."""
LEFT_OUT = frozenset({"Antarctica"})
PARTS = (("gaza-strip", "Gaza Strip", 34.37, 31.42), ("west-bank", "West Bank", 35.25, 31.95))
"""Natural Earth has them as one; each is the polygon about its point."""

Point = tuple[float, float]
Weighed = tuple[float, float, float]
Box = tuple[float, float, float, float]
P = TypeVar("P", Point, Weighed)


def main(path: Path) -> None:
    """Write the file from the TopoJSON at `path`."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    frames = [theater.frame for theater in knowledge.load().theaters.values() if theater.frame]
    arcs = [weighed(arc) for arc in decoded(topology)]
    found: dict[str, tuple[str, list[list[Weighed]]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = NAMES.get(country["properties"]["name"], country["properties"]["name"])
        if name in LEFT_OUT:
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            rings = [joined(ring, arcs) for ring in polygon]
            part = next(((p[0], p[1]) for p in PARTS if name == "Palestine" and inside(p[2:], rings[0])), None)
            key, label = part or (slug(name), name)
            kept = [thin for ring in rings if (thin := thinned(ring, frames))]
            if kept:
                found.setdefault(key, (label, []))[1].extend(kept)
    lines = [outlines.line(key, name, rings) for key, (name, rings) in sorted(found.items())]
    outlines.FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    total = sum(len(ring) for _, rings in found.values() for ring in rings)
    sys.stdout.write(f"{len(found)} outlines, {total} points, {outlines.FILE.stat().st_size // 1024} KB\n")


def decoded(topology: dict[str, dict[str, list[float]]]) -> list[list[Point]]:
    """The arcs in degrees; TopoJSON has them as differences on a grid."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:  # type: ignore[misc]
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        out.append(unbroken(points))
    return out


def unbroken(points: list[P]) -> list[P]:
    """The line without jumps at 180 degrees: it goes on beyond them."""
    out, shift = points[:1], 0.0
    for last, point in pairwise(points):
        shift += 360.0 * (round((last[0] - point[0]) / 360))
        out.append((point[0] + shift, *point[1:]))  # type: ignore[arg-type]
    return out


def weighed(arc: list[Point]) -> list[Weighed]:
    """`arc` with the weight of each point; no point outweighs the ones between which it stands."""
    weights = [ENDS] * len(arc)
    work = [(0, len(arc) - 1, ENDS)]
    while work:
        first, last, limit = work.pop()
        if last - first < 2:
            continue
        off = [(distance(arc[at], arc[first], arc[last]), -at) for at in range(first + 1, last)]
        far, at = max(off)
        weights[-at] = min(far, limit)
        work += [(first, -at, weights[-at]), (-at, last, weights[-at])]
    return [(x, y, weight) for (x, y), weight in zip(arc, weights, strict=True)]


def distance(point: Point, start: Point, end: Point) -> float:
    """From `point` to the line, in degrees of latitude."""
    narrow = math.cos(math.radians(point[1]))
    px, py = (point[0] - start[0]) * narrow, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * narrow, end[1] - start[1]
    length = ex * ex + ey * ey
    share = max(0.0, min(1.0, (px * ex + py * ey) / length)) if length else 0.0
    return math.hypot(px - share * ex, py - share * ey)


def joined(ring: list[int], arcs: list[list[Weighed]]) -> list[Weighed]:
    """One ring of arcs; a negative number is an arc walked backwards."""
    points: list[Weighed] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    whole = unbroken(points)[:-1]
    turns = 360 * round((min(x for x, _, _ in whole) + max(x for x, _, _ in whole)) / 720)
    return [(x - turns, y, weight) for x, y, weight in whole]


def inside(point: Point, ring: list[Weighed]) -> bool:
    """Whether the ring goes round the point."""
    odd = False
    for (ax, ay, _), (bx, by, _) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > point[1]) != (by > point[1]) and point[0] < ax + (point[1] - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def tolerance(x: float, y: float, frames: list[Box]) -> float:
    """The error allowed at a place: that of the finest frame about it."""
    fine = WORLD
    for west, south, east, north in frames:
        margin = (east - west) * 0.05
        if west - margin <= x <= east + margin and south - margin <= y <= north + margin:
            scale = (east - west) * math.cos(math.radians((south + north) / 2)) / PIXELS
            fine = min(fine, scale * ERROR)
    return fine


def thinned(ring: list[Weighed], frames: list[Box]) -> list[Weighed]:
    """The points of `ring` that some map can show; nothing of an island that none can."""
    xs, ys = [x for x, _, _ in ring], [y for _, y, _ in ring]
    allowed = tolerance((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, frames)
    if max(max(xs) - min(xs), max(ys) - min(ys)) < allowed / ERROR * ISLAND:
        return []
    kept = [point for point in ring if point[2] >= tolerance(point[0], point[1], frames)]
    return kept if len(kept) > 3 else []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
