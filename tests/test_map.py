"""Maps: outlines, marks and labels stand where they should, and their sentences are what the data hold."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import charts, knowledge
from briefgen.charts import geometry, labels
from briefgen.charts.chart import Link
from briefgen.charts.map import side
from briefgen.knowledge import outlines
from briefgen.model import Event, EventPlace, EventTypeId, Frame, Outline, PlacePrecision, Record
from briefgen.pages import maps
from briefgen.pages.book import bind
from invented import event as invented_event
from invented import record as invented_record
from test_charts import FAMILY, HOSTILE, STYLE, event, sound

SQUARE = Outline(
    "square", "Squaria", (((0, 0, 90), (10, 0, 90), (10, 10, 90), (0, 10, 90)),), ((0.0, 0.0, 10.0, 10.0),)
)
FRAME = (-1.0, -1.0, 11.0, 11.0)
KNOWN = knowledge.load()


def told(count: int, start: int = 0, kinds: Sequence[EventTypeId] = ("ASSAULT",)) -> tuple[Event, ...]:
    """Events with ids of their own."""
    return tuple(event(kinds[n % len(kinds)]).model_copy(update={"id": f"e{n}"}) for n in range(start, start + count))


def place(
    name: str, events: tuple[Event, ...], lat: float = 5, lon: float = 5, precision: PlacePrecision = "town"
) -> charts.Place:
    return charts.Place(name.casefold().replace(" ", "-"), name, precision, lat, lon, events)


def draw(places: Sequence[charts.Place], total: int | None = None, frame: Frame | None = FRAME) -> charts.Chart:
    ground = charts.Ground((SQUARE,), frame, frozenset({"square"}))
    count = len({e.id for p in places for e in p.events})
    chart = charts.on_map(places, count if total is None else total, ground, STYLE)
    assert chart is not None
    return chart


FINDINGS: list[tuple[list[charts.Place], str]] = [
    ([place("Oneton", told(1))], "The one event on this map names Oneton"),
    ([place("Oneton", told(2))], "Both events on this map name Oneton"),
    (
        [place("Long Strip", told(3), precision="province")],
        "All three events on this map name the Long Strip as a whole",
    ),
    (
        [place("Oneton", told(3)), place("Twoton", told(1, 3), lat=8)],
        "3 of 4 events on this map name Oneton",
    ),
    (
        [place("Squaria", told(3), precision="country"), place("Twoton", told(1, 3), lat=8)],
        "3 of 4 events on this map name Squaria as a whole; one names a town or a spot",
    ),
    (
        [place("Squaria", told(2), precision="country"), place("North", told(1, 3), lat=8, precision="district")],
        "2 of 3 events on this map name Squaria as a whole; none names a town or a spot",
    ),
    (
        [place("Oneton", told(1)), place("Twoton", told(1, 1), lat=8)],
        "2 events at two places, none with more than one event",
    ),
    (
        [place("Oneton", told(2)), place("Twoton", told(2, 1), lat=8), place("Threeton", told(1, 2), lat=2)],
        "3 events at three places, none with more than two events",
    ),
]


@pytest.mark.parametrize(("places", "finding"), FINDINGS)
def test_the_title_says_what_the_data_hold(places: list[charts.Place], finding: str) -> None:
    chart = draw(places)
    assert chart.finding == finding
    sound(chart)


def test_what_is_not_drawn_is_told() -> None:
    far = [place(f"Far {n}", told(6 - n, 10 * n), lat=60, lon=5) for n in range(6)]
    chart = draw([place("Oneton", told(2, 90)), *far], total=40)
    assert "Not drawn: 17 events without a place of known position and six places outside the map" in chart.source
    assert "(Far 0 6, Far 1 5, Far 2 4, Far 3 3, two more)" in chart.source
    assert [row[2] for row in chart.table.rows].count("no") == 6 and "Far" not in chart.wide


def test_without_a_place_on_it_there_is_no_map() -> None:
    ground = charts.Ground((SQUARE,), FRAME)
    assert charts.on_map([], 3, ground, STYLE) is None
    assert charts.on_map([place("Far", told(1), lat=60)], 1, ground, STYLE) is None


MIXED: list[tuple[list[EventTypeId], str]] = [
    (["ASSAULT", "ACCUSE", "AID"], "mx"), (["AID", "CONSULT"], "mc"), (["STATEMENT"], "st"),
    (["ASSAULT", "AID"], "st"), (["ASSAULT", "STATEMENT", "STATEMENT"], "st"),
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "expected"), MIXED)
def test_a_mark_takes_the_side_of_more_than_half_of_its_events(kinds: list[EventTypeId], expected: str) -> None:
    assert side([event(kind) for kind in kinds], FAMILY) == expected


def _marks(svg: str) -> list[tuple[str, str]]:
    """(element, class) of each mark."""
    found = []
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314 - our own drawing
        css = element.get("class", "")
        if css.startswith("p-"):
            found.append((element.tag.rpartition("}")[2], css))
    return found


def test_shape_tells_the_side_and_hollow_the_center_of_an_area() -> None:
    chart = draw(
        [
            place("Fight", told(3), lat=1),
            place("Talk", told(2, 10, ["CONSULT"]), lat=4, precision="point"),
            place("Say", told(1, 20, ["STATEMENT"]), lat=7, precision="district"),
            place("Squaria", told(1, 30), lat=9, precision="country"),
        ]
    )
    assert sorted(_marks(chart.wide)) == [
        ("circle", "p-mc"), ("path", "p-mx"), ("path", "p-mx area"), ("rect", "p-st area"),
    ]  # fmt: skip
    assert [key.label for key in chart.legend] == [
        "More than half cooperation", "More than half conflict", "Statements, or no such half",
        "Hollow: center of a whole area",
    ]  # fmt: skip
    assert [(t["marker"]["symbol"]) for t in chart.figure["data"] if t["mode"] == "markers"] == [
        "circle", "diamond", "diamond-open", "square-open",
    ]  # fmt: skip


def test_the_area_of_a_mark_is_the_number_of_its_events() -> None:
    chart = draw([place("One", told(1, kinds=["AID"]), lat=1), place("Nine", told(9, 1, ["AID"]), lat=8)])
    radii = sorted(float(r) for r in re.findall(r'<circle class="p-mc"[^>]* r="([\d.]+)"', chart.wide))
    assert radii[1] / radii[0] == pytest.approx(3, rel=0.02)


def test_places_too_near_share_a_mark_and_say_so() -> None:
    chart = draw(
        [place("Near A", told(2)), place("Near B", told(1, 1), lat=5.01), place("Area", told(1, 5), 5, 5, "district")]
    )
    assert "Near A (+1) 2" in chart.wide and "share the mark" in chart.deck
    assert "Near A, Near B: 2 events" in chart.wide, "an event at both counts once"
    assert len(_marks(chart.wide)) == 2, "a spot and the center of an area are never one"
    assert "share" not in draw([place("Near A", told(2))]).deck


def test_the_table_leads_to_the_places() -> None:
    (row,) = draw([place("Oneton", told(2, kinds=["AID", "ASSAULT"]))]).table.rows
    assert isinstance(row[0], Link) and row[0].target == "place:oneton"
    assert row[1:] == ("town", "yes", 1, 0, 1, 2)


def test_hostile_names_are_text() -> None:
    chart = draw([place(HOSTILE, told(1))])
    sound(chart)
    ElementTree.fromstring(chart.wide)  # noqa: S314 - our own drawing
    assert "<script" not in chart.wide and "<script" not in chart.figure_json


def test_nothing_of_the_figure_needs_a_network() -> None:
    chart = draw([place("Oneton", told(1))])
    assert {t["type"] for t in chart.figure["data"]} == {"scatter"}
    land = chart.figure["data"][0]
    assert land["fill"] == "toself" and len(land["x"]) == len(land["y"]) >= 5 and land["x"][-1] is None


def test_a_wide_map_is_cut_to_most_of_its_events_on_a_phone() -> None:
    near = [place(f"N{n}", told(5, 10 * n), lat=n, lon=n) for n in range(4)]
    chart = draw([*near, place("Far", told(2, 90), lat=40, lon=150)], frame=None)
    assert chart.cut == "Phone view shows the part with 20 of 22 events."
    assert "N0 5" in chart.narrow and "Far" not in chart.narrow and "Far 2" in chart.wide
    assert draw(near, frame=None).cut == ""


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.floats(-60, 75), st.floats(-180, 180), st.integers(1, 40),
            st.sampled_from(["point", "town", "district", "province", "country"]),
        ),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_any_places_make_a_sound_map(places: list[tuple[float, float, int, PlacePrecision]]) -> None:
    there = [place(f"P{n}", told(many, 100 * n), lat, lon, kind) for n, (lat, lon, many, kind) in enumerate(places)]
    chart = draw(there, frame=None)
    sound(chart)
    assert chart == draw(there[::-1], frame=None)
    assert sum(t.startswith("P") for t in re.findall(r'class="pl"[^>]*>(\w+)', chart.wide)) <= 24


@settings(max_examples=80)
@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), st.floats(2, 20), st.floats(10, 120)), max_size=20))
def test_labels_cover_neither_each_other_nor_marks(wanted: list[tuple[float, float, float, float]]) -> None:
    labels_wanted = [labels.Wanted(x, y, r, w, 12.5) for x, y, r, w in wanted]
    marks = [labels.around(x, y, r) for x, y, r, _ in wanted]
    spots = [spot for spot in labels.place(labels_wanted, marks, 400, 300) if spot]
    boxes = [spot.box for spot in spots]
    assert not any(labels.meets(a, b) for a, b in combinations(boxes, 2))
    assert not any(labels.meets(box, mark) for box in boxes for mark in marks)
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= 400 and b[3] <= 300 for b in boxes)


def test_outlines_are_cut_at_the_edges_of_the_paper() -> None:
    on = geometry.view((4, 4, 20, 8), 640, 0.1, 1)
    (ring,) = geometry.shape(SQUARE, on, 0.5)
    assert {round(x) for x, _ in ring} <= {0, 240} and min(y for _, y in ring) == 0
    assert abs(geometry.area(ring)) == pytest.approx(240 * on.height, rel=0.02)
    assert geometry.shape(SQUARE, geometry.view((40, 4, 60, 8), 640, 0.1, 1), 0.5) == ()


def test_what_lies_beyond_the_date_line_comes_back_on_the_other_side() -> None:
    east = Outline("e", "East", (((170, 0, 90), (190, 0, 90), (190, 10, 90), (170, 10, 90)),), ((170, 0, 190, 10),))
    on = geometry.view((-180, -50, 180, 70), 1180, 0.1, 1)
    left, right = sorted(geometry.shape(east, on, 0.5), key=lambda ring: ring[0][0])
    assert max(x for x, _ in left) < 100 and min(x for x, _ in right) > 1080


def test_points_that_no_pixel_shows_are_left_out() -> None:
    points = tuple((0.1 * n, 0.001 * (n % 2), 90.0 if n in (0, 99) else 0.001) for n in range(100))
    wavy = Outline("w", "Wavy", ((*points, (5.0, 9.0, 90.0)),), ((0.0, 0.0, 9.9, 9.0),))
    (ring,) = geometry.shape(wavy, geometry.view(FRAME, 340, 0.1, 1), 0.5)
    assert len(ring) == 3


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 0.0), (90.0, 45.0), (-150.0, -60.0)])
def test_equal_earth_keeps_areas(lon: float, lat: float) -> None:
    d = 0.01
    (x0, y0), (x1, y1) = geometry.equal_earth(lon, lat), geometry.equal_earth(lon + d, lat)
    x2, y2 = geometry.equal_earth(lon, lat + d)
    drawn = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
    assert drawn / math.radians(d) ** 2 / math.cos(math.radians(lat)) == pytest.approx(1, abs=0.01)


def _inside(lon: float, lat: float, outline: Outline) -> bool:
    odd = False
    for ring in outline.rings:
        for (ax, ay, _), (bx, by, _) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay > lat) != (by > lat) and lon < ax + (lat - ay) * (bx - ax) / (by - ay):
                odd = not odd
    return odd


def test_towns_of_the_gazetteer_lie_in_the_outlines_of_their_territory() -> None:
    there = outlines.load()
    for id_, outline in (
        ("khan-younis", "gaza-strip"),
        ("nablus", "west-bank"),
        ("aleppo", "syria"),
        ("kyiv", "ukraine"),
    ):
        known = KNOWN.places[id_]
        assert _inside(known.lon or 0, known.lat or 0, there[outline]), id_


def test_the_center_of_a_country_lies_in_no_other_country() -> None:
    there = outlines.load()
    enclaves = {"monaco": "france", "san-marino": "italy", "western-sahara": "morocco"}
    wrong = {}
    for known in KNOWN.places.values():
        if known.precision == "country" and known.lat is not None and known.lon is not None and known.id in there:
            others = [o.id for o in there.values() if o.id != known.id and _inside(known.lon, known.lat, o)]
            if others and enclaves.get(known.id) not in others:
                wrong[known.id] = others
    assert wrong == {}


def test_every_frame_shows_land_and_its_focus() -> None:
    there = outlines.load()
    for theater in KNOWN.theaters.values():
        assert theater.frame or theater.id == "global"
        if theater.frame:
            on = geometry.view(theater.frame, 640, 0.4, 0.78)
            shown = {id_ for id_, outline in there.items() if geometry.shape(outline, on, 0.5)}
            assert shown and set(theater.focus) <= shown, theater.id


def test_gaza_is_a_shape_on_its_map() -> None:
    frame = KNOWN.theaters["gaza-strip"].frame
    assert frame is not None
    for width in (950, 340):
        on = geometry.view(frame, width, 0.4, 1.1)
        (ring,) = geometry.shape(outlines.load()["gaza-strip"], on, 0.8)
        assert len(ring) > 10
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        assert math.hypot(max(xs) - min(xs), max(ys) - min(ys)) > 0.45 * on.height
        assert min(xs) > 0 and max(xs) < width and min(ys) > 0 and max(ys) < on.height


def test_outlines_are_written_as_they_are_read() -> None:
    there = outlines.load()["gaza-strip"]
    lines = outlines.FILE.read_text(encoding="utf-8").splitlines()
    assert f"{outlines.line(there.id, there.name, there.rings)}," in lines


def _located(*places: Mapping[str, object]) -> Record:
    told = invented_event(
        "e-1", "reds-and-blues", "A b.", "A b.", places=tuple(EventPlace.model_validate(p) for p in places)
    )
    return invented_record().model_copy(update={"events": (told,)})


KHAN = {
    "id": "khan-younis",
    "name": "Khan Younis",
    "as_written": "Khan Younis",
    "lat": 31.35,
    "lon": 34.3,
    "precision": "town",
}
GAZA = {
    "id": "gaza-strip",
    "name": "Gaza Strip",
    "as_written": "Gaza",
    "lat": 31.42,
    "lon": 34.37,
    "precision": "province",
}
TEHRAN = {"id": "tehran", "name": "Tehran", "as_written": "Tehran", "lat": 35.7, "lon": 51.4, "precision": "town"}


@pytest.mark.parametrize(
    ("named", "at"),
    [
        ((KHAN, GAZA), ["khan-younis"]),
        ((GAZA,), ["gaza-strip"]),
        ((GAZA, TEHRAN), ["gaza-strip", "tehran"]),
        (({"name": "somewhere", "as_written": "somewhere"},), []),
    ],
)
def test_an_event_is_at_the_smallest_places_it_names(named: tuple[Mapping[str, object], ...], at: list[str]) -> None:
    book = bind([_located(*named)], KNOWN, {}, STYLE, {})
    assert [p.key for p in maps.places(book.entries, KNOWN)] == at


def test_theaters_without_frame_or_events_have_no_map() -> None:
    book = bind([_located(KHAN)], KNOWN, {}, STYLE, {})
    assert maps.of_theater("gaza-strip", book.entries, book) is not None
    assert maps.of_theater("sahel", book.entries, book) is None
    assert maps.of_theater("global", book.entries, book) is None
    assert maps.of_theater("not-known", book.entries, book) is None


@pytest.mark.timeout(120)
def test_a_map_is_light() -> None:
    cities = [p for p in KNOWN.places.values() if p.lat is not None and p.precision == "town"][:600]
    there = [place(p.name, told(80, 80 * n), p.lat or 0, p.lon or 0) for n, p in enumerate(cities)]
    ground = charts.Ground(tuple(outlines.load().values()))
    chart = charts.on_map(there, 48_000, ground, STYLE, 1180)
    assert chart is not None
    assert len(chart.wide) < 150_000
    for theater in KNOWN.theaters.values():
        if theater.frame:
            own = charts.Ground(ground.outlines, theater.frame, frozenset(theater.focus))
            west, south, east, north = theater.frame
            one = charts.on_map([place("X", told(1), (south + north) / 2, (west + east) / 2)], 1, own, STYLE, 950)
            assert one is not None
            assert len(one.wide) < 40_000, theater.id
