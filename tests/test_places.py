"""Checks that only the places, theaters and sources need: nothing else would notice a slip in them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from briefgen import knowledge
from briefgen.knowledge import Knowledge
from briefgen.knowledge.names import key_of
from briefgen.knowledge.schema import Place

# South, west, north, east; generous, with islands and claimed land.
BOXES: dict[str, tuple[float, float, float, float]] = {
    "afghanistan": (29.3, 60.4, 38.6, 75.0), "albania": (39.6, 19.2, 42.7, 21.1),
    "algeria": (18.9, -8.8, 37.2, 12.1), "argentina": (-55.2, -73.7, -21.7, -53.5),
    "armenia": (38.8, 43.4, 41.4, 46.7), "australia": (-44.0, 112.0, -9.0, 154.0),
    "azerbaijan": (38.3, 44.7, 42.0, 50.7), "bahrain": (25.5, 50.3, 26.4, 50.9),
    "bangladesh": (20.5, 88.0, 26.7, 92.8), "belarus": (51.2, 23.1, 56.3, 32.9),
    "benin": (6.1, 0.7, 12.5, 3.9), "bolivia": (-23.0, -69.7, -9.6, -57.4),
    "bosnia-and-herzegovina": (42.5, 15.7, 45.4, 19.7), "brazil": (-34.0, -74.1, 5.4, -34.7),
    "bulgaria": (41.2, 22.3, 44.3, 28.7), "burkina-faso": (9.3, -5.6, 15.2, 2.5),
    "cameroon": (1.6, 8.4, 13.1, 16.3), "canada": (41.6, -141.1, 83.2, -52.5),
    "central-african-republic": (2.2, 14.4, 11.1, 27.5), "chad": (7.4, 13.4, 23.5, 24.1),
    "chile": (-56.0, -76.0, -17.4, -66.3), "china": (18.0, 73.4, 53.6, 135.1),
    "colombia": (-4.3, -79.1, 12.6, -66.8), "cote-divoire": (4.3, -8.7, 10.8, -2.4),
    "cyprus": (34.5, 32.2, 35.8, 34.7), "djibouti": (10.9, 41.7, 12.8, 43.5),
    "dr-congo": (-13.5, 12.1, 5.5, 31.4), "ecuador": (-5.1, -92.1, 1.5, -75.1),
    "egypt": (21.9, 24.6, 31.8, 36.0), "eritrea": (12.3, 36.4, 18.1, 43.2),
    "estonia": (57.5, 21.7, 59.8, 28.3), "ethiopia": (3.3, 32.9, 15.0, 48.1),
    "finland": (59.7, 20.5, 70.2, 31.6), "france": (41.3, -5.2, 51.2, 9.6),
    "georgia": (41.0, 40.0, 43.6, 46.8),
    "germany": (47.2, 5.8, 55.1, 15.1), "ghana": (4.7, -3.3, 11.2, 1.3),
    "greece": (34.7, 19.3, 41.8, 29.7), "haiti": (18.0, -74.5, 20.1, -71.6),
    "india": (6.7, 68.1, 35.6, 97.5), "indonesia": (-11.1, 95.0, 6.1, 141.1),
    "iran": (25.0, 44.0, 39.8, 63.4), "iraq": (29.0, 38.7, 37.5, 48.7),
    "israel": (29.4, 34.2, 33.4, 35.9), "italy": (35.4, 6.6, 47.2, 18.6),
    "japan": (24.0, 122.9, 45.6, 146.0), "jordan": (29.1, 34.9, 33.4, 39.4),
    "kazakhstan": (40.5, 46.4, 55.5, 87.4), "kenya": (-4.8, 33.9, 5.6, 41.95),
    "kosovo": (41.8, 20.0, 43.3, 21.8), "kuwait": (28.5, 46.5, 30.2, 49.0),
    "kyrgyzstan": (39.1, 69.2, 43.3, 80.3), "lebanon": (33.0, 35.0, 34.75, 36.7),
    "libya": (19.4, 9.2, 33.3, 25.3), "lithuania": (53.8, 20.9, 56.5, 26.9),
    "mali": (10.1, -12.3, 25.1, 4.3), "mauritania": (14.7, -17.1, 27.4, -4.7),
    "mexico": (14.5, -118.5, 32.8, -86.6), "moldova": (45.4, 26.6, 48.5, 30.2),
    "morocco": (27.6, -13.3, 36.0, -0.9), "netherlands": (50.7, 3.3, 53.6, 7.3),
    "new-zealand": (-47.4, 166.3, -34.3, 178.7), "mozambique": (-26.9, 30.2, -10.4, 40.9),
    "myanmar": (9.5, 92.1, 28.6, 101.2), "niger": (11.6, 0.1, 23.6, 16.1),
    "nigeria": (4.2, 2.6, 13.95, 14.7), "north-korea": (37.6, 124.1, 43.1, 130.8),
    "norway": (57.9, 4.4, 81.0, 31.3), "oman": (16.6, 51.9, 26.5, 59.9),
    "pakistan": (23.6, 60.8, 37.1, 77.9), "palestine": (31.2, 34.2, 32.6, 35.6),
    "panama": (7.1, -83.1, 9.7, -77.1), "peru": (-18.4, -81.4, 0.0, -68.6),
    "philippines": (4.5, 116.9, 21.2, 126.7), "poland": (49.0, 14.1, 54.9, 24.2),
    "qatar": (24.4, 50.7, 26.2, 51.7), "romania": (43.6, 20.2, 48.3, 29.8),
    "russia": (41.1, 19.6, 82.0, 180.0), "saudi-arabia": (16.3, 34.5, 32.2, 55.7),
    "senegal": (12.3, -17.6, 16.7, -11.3), "serbia": (42.2, 18.8, 46.2, 23.1),
    "somalia": (-1.7, 40.9, 12.0, 51.5), "south-africa": (-35.0, 16.4, -22.1, 33.0),
    "south-korea": (33.1, 124.5, 38.7, 131.0), "south-sudan": (3.4, 24.1, 12.3, 36.0),
    "spain": (27.6, -18.2, 43.8, 4.4), "sri-lanka": (5.9, 79.6, 9.9, 81.9),
    "sudan": (8.6, 21.8, 23.2, 38.7), "sweden": (55.3, 11.0, 69.1, 24.2),
    "switzerland": (45.8, 5.9, 47.9, 10.6), "syria": (32.3, 35.6, 37.4, 42.4),
    "taiwan": (20.6, 116.6, 26.3, 122.1), "tajikistan": (36.6, 67.3, 41.1, 75.2),
    "tanzania": (-11.8, 29.3, -0.9, 40.5), "thailand": (5.6, 97.3, 20.5, 105.7),
    "togo": (6.0, -0.2, 11.2, 1.9), "tunisia": (30.2, 7.5, 37.6, 11.7),
    "turkey": (35.8, 25.6, 42.2, 44.9), "turkmenistan": (35.1, 52.4, 42.9, 66.7),
    "uganda": (-1.5, 29.5, 4.3, 35.1), "ukraine": (44.3, 22.1, 52.4, 40.3),
    "united-arab-emirates": (22.6, 51.5, 26.1, 56.5), "united-kingdom": (49.8, -8.7, 60.9, 1.8),
    "united-states": (17.8, -180.0, 71.5, -65.2), "uzbekistan": (37.1, 55.9, 45.6, 73.2),
    "venezuela": (0.6, -73.4, 12.3, -59.7), "vietnam": (8.3, 102.1, 23.4, 109.6),
    "western-sahara": (20.7, -17.2, 27.7, -8.6), "yemen": (12.0, 42.4, 19.0, 54.6),
    "zimbabwe": (-22.5, 25.2, -15.6, 33.1),
}  # fmt: skip
# How far from the middle of a larger place, in km, anything inside it can be.
REACH = {"point": 20, "town": 60, "district": 120, "province": 600}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def _names(place: Place) -> set[str]:
    return {key_of(name) for name in (place.name, *place.aliases)}


def _holds(places: dict[str, Place] | Knowledge, place: Place) -> Iterator[Place]:
    """The larger places that `place` lies in, the next one first."""
    by_id = places.places if isinstance(places, Knowledge) else places
    seen: set[str] = set()
    while place.within and place.within not in seen:
        seen.add(place.within)
        place = by_id[place.within]
        yield place


def _apart(one: Place, other: Place) -> float:
    """Kilometers between two places that have coordinates."""
    assert one.lat is not None and one.lon is not None and other.lat is not None and other.lon is not None
    lat = math.radians((one.lat + other.lat) / 2)
    return 111.2 * math.hypot(one.lat - other.lat, (one.lon - other.lon) * math.cos(lat))


def test_the_gazetteer_covers_the_world(known: Knowledge) -> None:
    assert len(known.places) >= 2500
    states = {place.country for place in known.places.values() if place.precision == "country"}
    missing = [a.id for a in known.actors.values() if a.kind == "state" and a.seats and a.id not in states]
    unrecognized = {
        "abkhazia", "donetsk-peoples-republic", "greenland", "holy-see", "hong-kong", "luhansk-peoples-republic",
        "nagorno-karabakh-republic", "northern-cyprus", "puntland", "somaliland", "south-ossetia", "transnistria",
    }  # fmt: skip
    assert set(missing) <= unrecognized


def test_places_lie_in_their_country(known: Knowledge) -> None:
    wrong = []
    for place in known.places.values():
        if place.country in BOXES and place.lat is not None and place.lon is not None:
            south, west, north, east = BOXES[place.country]
            if not (south <= place.lat <= north and west <= place.lon <= east):
                wrong.append((place.id, place.country, place.lat, place.lon))
    assert wrong == []


def test_countries_with_many_places_have_a_box(known: Knowledge) -> None:
    count = Counter(place.country for place in known.places.values() if place.country)
    assert [country for country, number in count.items() if number > 3 and country not in BOXES] == []


def test_places_lie_near_the_larger_place(known: Knowledge) -> None:
    far = []
    for place in known.places.values():
        outer = known.places.get(place.within or "")
        if outer is None or outer.precision not in REACH or place.lat is None or outer.lat is None:
            continue
        distance = _apart(place, outer)
        if distance > REACH[outer.precision]:
            far.append((place.id, outer.id, round(distance)))
    assert far == []


def test_within_leads_outward_and_stays_in_the_country(known: Knowledge) -> None:
    for place in known.places.values():
        outer = list(_holds(known, place))
        assert place.id not in {larger.id for larger in outer}, f"{place.id} lies in itself"
        for larger in outer:
            if place.country and larger.country:
                assert larger.country == place.country, f"{place.id} lies in {larger.id} of another country"


def test_coordinates_fit_the_precision(known: Knowledge) -> None:
    for place in known.places.values():
        if place.precision == "none":
            assert place.lat is None, f"{place.id}: an area without bounds has no middle to draw"
        else:
            assert place.lat is not None, f"{place.id}: coordinates are missing"
        assert place.theaters, f"{place.id}: a place belongs to a theater"


def test_shared_names_can_be_told_apart(known: Knowledge) -> None:
    owners: dict[str, list[Place]] = {}
    for place in known.places.values():
        for name in _names(place):
            owners.setdefault(name, []).append(place)
    alike = []
    for name, places in owners.items():
        for one, other in combinations(places, 2):
            if (one.country, one.within, one.theaters[:1]) == (other.country, other.within, other.theaters[:1]):
                alike.append((name, one.id, other.id))
    assert alike == []


def test_refused_names_are_not_found_as_places(known: Knowledge) -> None:
    refused = {key_of(r.alias): p.id for p in known.places.values() for r in p.refused}
    held = {name: place.id for place in known.places.values() for name in _names(place)}
    assert {name: (refused[name], held[name]) for name in refused if held.get(name) == refused[name]} == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Clashes in Khan Yunis", "khan-younis"),
        ("fighting in Shuja'iyya", "shujaiya"),
        ("a ship off Mocha", "al-mokha"),
        ("a base at Ain al-Asad", "ain-al-asad-air-base"),
        ("protests in Ahwaz", "ahvaz"),
        ("a strike on Kostiantynivka", "kostyantynivka"),
        ("troops left Ménaka", "menaka"),
        ("the siege of Al-Fashir", "el-fasher"),
        ("a bombing in D.I. Khan", "dera-ismail-khan"),
        ("shelling of Bint Jubayl", "bint-jbeil"),
        ("the Netzarim Corridor", "netzarim-corridor"),
        ("inspectors at Fordo", "fordow"),
        ("a drone over the Strait of Hormuz", "strait-of-hormuz"),
        ("fields near Cúcuta", "cucuta"),
    ],
)
def test_spellings_lead_to_the_place(known: Knowledge, text: str, place: str) -> None:
    assert place in {c.id for name in known.names.find(text) for c in name.candidates if c.kind == "place"}


@pytest.mark.parametrize(
    "text",
    [
        "Hit by a rocket, the car burned.",
        "Male prisoners were moved.",
        "Dire warnings were issued.",
        "Salt was sold in the market.",
        "Tank crews trained for a week.",
        "Sake and rice were served.",
        "Van drivers went on strike.",
        "Swat teams entered the house.",
        "Mary and Darwin met Mora.",
    ],
)
def test_ordinary_words_are_no_places(known: Knowledge, text: str) -> None:
    assert [n.text for n in known.names.find(text) if any(c.kind == "place" for c in n.candidates)] == []


def test_rafah_and_tripoli_keep_both_meanings(known: Knowledge) -> None:
    for name, ids in (("Rafah", {"rafah", "rafah-egypt"}), ("Tripoli", {"tripoli-lebanon", "tripoli-libya"})):
        assert {c.id for c in known.names.meanings(name) if c.kind == "place"} == ids


def test_theaters_are_grouped_and_headings_mean_one_theater(known: Knowledge) -> None:
    groups = [theater.group for theater in known.theaters.values()]
    assert [g for i, g in enumerate(groups) if g in groups[:i] and groups[i - 1] != g] == []
    headings = Counter(heading.lower() for theater in known.theaters.values() for heading in theater.sections)
    assert [heading for heading, number in headings.items() if number > 1] == []


def test_sources_can_be_told_by_name_and_by_domain(known: Knowledge) -> None:
    domains = Counter(domain for source in known.sources.values() for domain in source.domains)
    assert [domain for domain, number in domains.items() if number > 1] == []
    bad = [d for d in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", d) or d.startswith("www.")]
    assert bad == []
    owners: dict[str, set[str]] = {}
    for source in known.sources.values():
        for name in (source.name, *source.aliases):
            owners.setdefault(key_of(name), set()).add(source.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_affiliations_say_who_says_so(known: Knowledge) -> None:
    for source in known.sources.values():
        assert bool(source.affiliation) == bool(source.affiliation_source), source.id


DISPUTED: dict[str, str | None] = {
    "golan-heights": "syria", "majdal-shams": "syria", "gaza-strip": "palestine", "west-bank": "palestine",
    "east-jerusalem": "palestine", "crimea": "ukraine", "sevastopol": "ukraine", "donetsk": "ukraine",
    "luhansk": "ukraine", "kherson": "ukraine", "mariupol": "ukraine", "abkhazia": "georgia",
    "south-ossetia": "georgia", "karabakh": "azerbaijan", "transnistria": "moldova", "northern-cyprus": "cyprus",
    "somaliland": "somalia", "puntland": "somalia", "kosovo": "kosovo", "taiwan": "taiwan",
    "western-sahara": "western-sahara", "hong-kong": "hong-kong", "srinagar": "india", "muzaffarabad": "pakistan",
    "abu-musa": "iran", "kuril-islands": "russia", "jerusalem": None, "shebaa-farms": None, "mount-dov": None,
    "mount-hermon": None, "kashmir": None, "abyei": None, "essequibo": None, "falkland-islands": None,
    "spratly-islands": None, "paracel-islands": None, "scarborough-shoal": None, "senkaku-islands": None,
}  # fmt: skip


@pytest.mark.parametrize(("place", "country"), DISPUTED.items())
def test_disputed_places_follow_the_policy(everything_known: Knowledge, place: str, country: str | None) -> None:
    """The policy stands in docs/data-sources.md."""
    assert everything_known.places[place].country == country
