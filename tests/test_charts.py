"""Charts: what their sentences say is what the data hold, and names can't break out of them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args
from xml.etree import ElementTree

import jinja2
import markdown  # type: ignore[import-untyped]
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import charts, packaged
from briefgen.charts import phrases
from briefgen.charts.chart import trace
from briefgen.charts.drawing import pixels, ticks
from briefgen.charts.lanes import windows
from briefgen.charts.marks import FAMILIES, Family
from briefgen.charts.network import collect as network
from briefgen.model import (
    UNDATED,
    Assessment,
    Certainty,
    Citation,
    Event,
    EventActor,
    EventDate,
    EventTypeId,
    Evidence,
    Period,
    Report,
    Role,
)

FAMILY: Mapping[EventTypeId, Family] = {
    "COOPERATE": "mc", "AID": "mc", "RETREAT": "mc", "AGREE": "vc", "CONSULT": "vc", "SUPPORT": "vc",
    "CONCEDE": "vc", "STATEMENT": "st", "REQUEST": "vx", "ACCUSE": "vx", "REJECT": "vx", "THREATEN": "vx",
    "PROTEST": "mx", "SANCTION": "mx", "MOBILIZE": "mx", "COERCE": "mx", "ASSAULT": "mx",
}  # fmt: skip
STYLE = charts.Style(FAMILY)
HOSTILE = "</title></svg><script>alert(1)</script> \"'&amp; {{ 7*7 }} --> %{x} <b>"
ACTING: tuple[Role, ...] = ("source", "target")
ROLES: Mapping[str, Role] = {"+": "source", "-": "target", "=": "participant"}
Draw = Callable[[Sequence[Event]], charts.Chart | None]


def event(
    what: EventTypeId = "ASSAULT",
    start: str | None = "2024-04-26",
    end: str | None = None,
    who: str = "",
    theaters: Sequence[str] = (),
    certainty: Certainty = "stated",
    side: Mapping[str, str] | None = None,
) -> Event:
    """An event; `who` is a list like `+iran -israel =oman` (acts, is acted on, takes part)."""
    first = dt.date.fromisoformat(start) if start else None
    last = dt.date.fromisoformat(end) if end else first
    actors = tuple(
        EventActor(id=word, name=word.title(), role=ROLES[sign], as_written=word, side=(side or {}).get(word))
        for sign, word in ((entry[0], entry[1:]) for entry in who.split())
    )
    return Event(
        id="e",
        report="r",
        date=EventDate(start=first, end=last, precision="day", basis="explicit") if first else UNDATED,
        type=what,
        certainty=certainty,
        actors=actors,
        theaters=tuple(theaters),
        evidence=(Evidence(quote="q", span=(0, 1)),),
    )


def report(published: str | None = None, period: tuple[str, str] | None = None, cited: str | None = None) -> Report:
    day = dt.date.fromisoformat
    return Report(
        id="r",
        seed="s.txt",
        sha256="0",
        span=(0, 1),
        title=None,
        publisher=None,
        published=day(published) if published else None,
        published_basis="printed" if published else "none",
        period=Period(start=day(period[0]), end=day(period[1])) if period else None,
        citations=(Citation(id="c", marker="1", date=day(cited)),) if cited else (),
        layout="test",
    )


def assessment(term: str, likelihood: tuple[int, int] | None) -> Assessment:
    return Assessment(id="a", report="r", quote="q", span=(0, 1), term=term, likelihood=likelihood, who="analysts")


def every(events: Sequence[Event]) -> list[charts.Chart]:
    """All charts that `events` make."""
    actor = events[0].actors[0].id if events and events[0].actors else "nobody"
    made = [
        charts.activity(events, [report("2024-04-26")], STYLE),
        charts.activity(events, [], STYLE),
        charts.heat(events, {}, STYLE),
        charts.types(events, STYLE),
        charts.certainty(events, STYLE),
        charts.both_ways(events, {}, STYLE),
        charts.lanes(events, {}, STYLE),
        charts.counterparts(actor, events, {}, STYLE),
    ]
    return [chart for chart in made if chart]


def plotly(figure: Mapping[str, Any]) -> Any:
    """The figure as Plotly's own classes have it; ValueError for an attribute or a value that they do not know."""
    made = json.loads(go.Figure(figure).to_json())
    made["layout"].pop("template", None)
    return made


def sound(chart: charts.Chart) -> None:
    """What holds of any chart: whole, well-formed, named, each number inside its drawing."""
    for drawn in (chart.wide, chart.narrow):
        root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
        width = float(root.attrib["width"])
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == chart.alt == root[0].text
        assert "\n" not in drawn and not re.search(r'"(nan|inf|None)"|[ML](nan|inf)', drawn)
        for rect in root.iter("rect"):
            assert float(rect.attrib["width"]) >= 0 and float(rect.attrib["height"]) >= 0
            assert -1 <= float(rect.attrib["x"]) <= width + 1
            assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width + 1
    assert chart.finding and chart.finding[-1] not in ".;," and "  " not in chart.finding
    assert chart.source.endswith(".") and chart.deck.endswith(".")
    assert json.loads(chart.figure_json) == chart.figure
    assert plotly(chart.figure) == chart.figure, "Plotly knows each attribute and takes its value as it is"


FINDINGS: list[tuple[Draw, list[Event], str | None]] = [
    (lambda e: charts.types(e, STYLE), [], None),
    (lambda e: charts.types(e, STYLE), [event()], "The one event is Assault"),
    (lambda e: charts.types(e, STYLE), [event()] * 3, "All three events are Assault"),
    (lambda e: charts.types(e, STYLE), [event(), event(), event("AID")], "Assault leads with 2 of 3 events"),
    (lambda e: charts.types(e, STYLE), [event("AID"), event()], "Aid and Assault lead with one of 2 events each"),
    (
        lambda e: charts.types(e, STYLE),
        [event("AID"), event(), event("AGREE"), event("PROTEST")],
        "No type leads: four types have one event each",
    ),
    (lambda e: charts.certainty(e, STYLE), [event()] * 2, "Both events are stated as fact"),
    (
        lambda e: charts.certainty(e, STYLE),
        [event(), event(certainty="claimed"), event(certainty="denied"), event(certainty="reported")],
        "3 of 4 events rest on somebody’s word: one on one side’s and one denied",
    ),
    (
        lambda e: charts.both_ways(e, {"iran": "Iran"}, STYLE),
        [event(who="+iran -israel"), event(who="+iran -israel"), event(who="+iran -iraq")],
        "Iran acts or takes part in three events; Israel is acted on most often, in two",
    ),
    (
        lambda e: charts.both_ways(e, {}, STYLE),
        [event(who="+iran -israel"), event(who="+iran -iraq"), event(who="+iran")],
        "Iran acts or takes part in three events",
    ),
    (lambda e: charts.both_ways(e, {}, STYLE), [event()], None),
    (
        lambda e: charts.heat(e, {"gaza": "Gaza Strip"}, STYLE),
        [event(theaters=["gaza", "israel"]), event(theaters=["gaza"]), event("AID", theaters=["gaza"])],
        "Assault leads in Gaza Strip with 2 of 3 events",
    ),
    (
        lambda e: charts.heat(e, {"gaza": "Gaza Strip", "mali": "Mali"}, STYLE),
        [event(theaters=["gaza"])] * 6 + [event("CONSULT", theaters=["mali"])] * 5,
        "Assault is reported most in Gaza Strip (6); in Mali, Consult leads",
    ),
    (
        lambda e: charts.heat(e, {}, STYLE),
        [event(theaters=["gaza"])] * 6 + [event("CONSULT", theaters=["mali"])] * 2,
        "Assault is reported most in gaza (6)",
    ),
    (lambda e: charts.heat(e, {}, STYLE), [event()], None),
    (lambda e: charts.activity(e, [], STYLE), [event(start=None)], None),
    (lambda e: charts.activity(e, [], STYLE), [event()], "The one event falls in April 2024"),
    (
        lambda e: charts.activity(e, [report("2024-04-30")], STYLE),
        [event(), event(start="2024-03-01")],
        "March 2024 and April 2024 have the most events, 1 each of 2",
    ),
    (
        lambda e: charts.activity(e, [report("2023-05-01"), report("2024-04-30")], STYLE),
        [event()] * 8 + [event(start="2023-05-01")],
        "April 2024 holds 8 of 9 events; no report read covers 10 of the 12 months",
    ),
    (
        lambda e: charts.counterparts("iran", e, {}, STYLE),
        [event("CONSULT", who="=iran =oman"), event(who="+iran -israel"), event(who="+israel -iran")],
        "One event of cooperation with Oman, two of conflict with Israel",
    ),
    (
        lambda e: charts.counterparts("iran", e, {}, STYLE),
        [event(who="+iran -israel"), event(who="+iran -iraq")],
        "One event of conflict each with Iraq and Israel",
    ),
    (lambda e: charts.counterparts("iran", e, {}, STYLE), [event("STATEMENT", who="+iran -israel")], None),
    (
        lambda e: charts.lanes(e, {}, STYLE),
        [event(who="+iran -israel"), event(who="+iran -israel", start="2024-01-01", end="2024-03-01")],
        "Iran acts or takes part in one event; Israel is acted on in one event",
    ),
    (lambda e: charts.lanes(e, {}, STYLE), [event(start=None, who="+iran")], None),
]


@pytest.mark.parametrize(("draw", "events", "finding"), FINDINGS)
def test_the_title_says_what_the_data_hold(draw: Draw, events: list[Event], finding: str | None) -> None:
    chart = draw(events)
    if finding is None:
        assert chart is None
    else:
        assert chart is not None and chart.finding == finding
        sound(chart)


RULER: list[tuple[list[Assessment], str | None]] = [
    ([], None),
    ([assessment("likely", (55, 80))], "The one assessment uses a word that has a probability"),
    ([assessment("may", None)], "The one assessment uses a word that has no probability"),
    ([assessment("may", None)] * 2, "None of 2 assessments uses a word that has a probability"),
    (
        [assessment("likely", (55, 80))] * 2 + [assessment("could", None)],
        "Two of 3 assessments use a word that has a probability",
    ),
]


@pytest.mark.parametrize(("judged", "finding"), RULER)
def test_the_ruler_gives_a_band_only_to_words_that_have_one(judged: list[Assessment], finding: str | None) -> None:
    chart = charts.ruler(judged, STYLE)
    assert (chart.finding if chart else None) == finding
    if chart:
        sound(chart)
        assert sum(int(row[2]) for row in chart.table.rows) == len(judged)


@pytest.mark.parametrize(
    ("likelihood", "band"),
    [((1, 5), "remote"), ((20, 45), "unlikely"), ((45, 55), "roughly even"), ((95, 99), "almost certain")],
)
def test_a_band_is_found_by_its_limits(likelihood: tuple[int, int], band: str) -> None:
    chart = charts.ruler([assessment("x", likelihood)], STYLE)
    assert chart is not None and chart.table.rows == (("x", band, 1),)


def test_activity_says_what_it_leaves_out_and_where_nothing_was_read() -> None:
    events = [
        event(),
        event(start=None),
        event(start="2023-06-01", end="2023-12-31"),
        event(start="1979-11-04"),
        event(start="2024-02-10"),
    ]
    chart = charts.activity(events, [report("2024-04-26"), report()], STYLE)
    assert chart is not None
    assert "2 reports, 5 events" in chart.source
    assert "1 without a date, 1 dated only to more than a month and 1 before February 2024" in chart.source
    assert "One report without any date not marked" in chart.source
    assert [(row[0], row[-2], row[-1]) for row in chart.table.rows] == [
        ("Feb 2024", 1, "none read"),
        ("Mar 2024", 0, "none read"),
        ("Apr 2024", 1, 1),
    ]
    assert 'class="nocov"' in chart.wide
    bars = [trace for trace in chart.figure["data"] if trace["type"] == "bar"]
    assert bars[0]["y"] == [1, None, 1], "a month that was not read is a gap, not a zero"


@pytest.mark.parametrize(
    ("reports", "events", "unit", "rows"),
    [
        (["2021-05-27", "2024-04-26"], [], "Month", 36),
        (["2021-04-27", "2024-04-26"], [], "Quarter", 13),
        (["2001-04-27", "2024-04-26"], [], "Year", 24),
        (["2021-04-27", "2024-04-26"], ["2021-03-01"], "Quarter", 13),
    ],
)
def test_long_spans_are_drawn_by_quarter_or_year(reports: list[str], events: list[str], unit: str, rows: int) -> None:
    given = [event(), *(event(start=day) for day in events)]
    chart = charts.activity(given, [report(day) for day in reports], STYLE)
    assert chart is not None
    assert chart.table.header[0] == unit and len(chart.table.rows) == rows
    sound(chart)


def test_an_undated_report_stands_hollow_at_its_newest_citation() -> None:
    chart = charts.activity([event()], [report(cited="2024-04-11")], STYLE)
    assert chart is not None
    assert "rp rp0" in chart.wide and "Hollow triangle" in chart.source


RELATIONS: list[tuple[EventTypeId, str, dict[str, str], dict[str, str]]] = [
    ("ASSAULT", "+iran -israel", {}, {"right Israel": "out"}),
    ("ASSAULT", "+israel -iran", {}, {"right Israel": "in"}),
    ("ASSAULT", "+iran +iraq -israel", {}, {"right Israel": "out"}),
    ("ASSAULT", "+israel -iran -iraq", {}, {"right Israel": "in"}),
    ("ASSAULT", "=iran =israel", {}, {"right Israel": "with"}),
    ("ASSAULT", "=iran =iraq -israel", {}, {"right Israel": "out"}),
    ("CONSULT", "+iran +oman", {}, {"left Oman": "with"}),
    ("CONSULT", "=raisi =iran =oman", {"raisi": "iran"}, {"left Oman": "with"}),
    ("AID", "+iran -syria", {}, {"left Syria": "out"}),
    ("AID", "+iran -syria =syria", {}, {"left Syria": "out"}),
    ("STATEMENT", "+iran -syria", {}, {}),
    ("AID", "+oman -syria", {}, {}),
    ("AID", "+iran", {}, {}),
]


@pytest.mark.parametrize(("what", "who", "side", "expected"), RELATIONS)
def test_who_meets_whom(what: EventTypeId, who: str, side: dict[str, str], expected: dict[str, str]) -> None:
    data = network("iran", [event(what, who=who, side=side)], {}, STYLE)
    found = {
        f"{word} {row.name}": edge.way
        for word, rows in (("left", data.left), ("right", data.right))
        for row in rows
        for edge in row.edges
    } if data else {}  # fmt: skip
    assert found == expected


def test_windows_hold_the_days_between_and_drop_the_oldest() -> None:
    days = [dt.date(2024, 4, n) for n in (1, 2, 5, 20)]
    assert [[day.day for day in window] for window in windows(days, 20)] == [[1, 2, 3, 4, 5], [20]]
    assert [[day.day for day in window] for window in windows(days, 6)] == [[2, 3, 4, 5], [20]]
    assert [[day.day for day in window] for window in windows(days[:3], 3)] == [[3, 4, 5]]
    assert windows([], 5) == ()


def page(chart: charts.Chart) -> str:
    environment = jinja2.Environment(  # noqa: S701 - the template sets autoescape itself; that is what is tested
        loader=jinja2.FileSystemLoader(packaged.templates()), undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("charts/figure.html.j2").render(chart=chart)


def test_hostile_names_are_text_wherever_they_stand() -> None:
    actors = tuple(
        EventActor(id=f"a{n}", name=f"{HOSTILE}{n}", role=role, as_written="x") for n, role in enumerate(ACTING)
    )
    events = [event(theaters=["t"]).model_copy(update={"actors": actors})]
    named = [charts.heat(events, {"t": HOSTILE}, STYLE), charts.ruler([assessment(HOSTILE, None)], STYLE)]
    for chart in (*every(events), *(one for one in named if one)):
        sound(chart)
        html = page(chart)
        assert "<script>alert" not in html
        assert html.count("<script") == html.count("</script>") == 1
        assert "<b>" not in html
        body = re.search(r'class="figure">(.*?)</script>', html, re.S)
        assert body and json.loads(body[1]) == chart.figure
        assert not re.search(r"[<>&]", body[1])
        labels = json.dumps([trace.get("customdata") for trace in chart.figure["data"]])
        assert "<b>" not in labels and "<script" not in labels


def test_a_figure_passes_through_markdown_untouched() -> None:
    for chart in every([event(who="+iran -israel", theaters=["t"]), event("AID", who="+a_b_c -*d*")]):
        html = page(chart)
        assert "\n\n" not in html
        assert html.strip() in markdown.markdown(f"Before\n\n{html}\n\nAfter", extensions=["md_in_html", "footnotes"])


WHO = ("+a", "-a", "=b", "-c", "+d", "-中国人民解放军", "+حزب_الله_في_لبنان")
KINDS = st.sampled_from(get_args(EventTypeId))
EVENTS = st.lists(
    st.builds(
        event,
        KINDS,
        st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)).map(str)),
        st.none(),
        st.lists(st.sampled_from(WHO), max_size=4).map(" ".join),
        st.lists(st.sampled_from(["x", "y", "z"]), max_size=2),
        st.sampled_from(get_args(Certainty)),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=15)
@given(EVENTS)
def test_any_events_make_sound_and_repeatable_charts(events: list[Event]) -> None:
    made = every(events)
    assert made == every(events)
    for chart in made:
        sound(chart)
    kinds = charts.types(events, STYLE)
    assert kinds and sum(int(row[1]) for row in kinds.table.rows) == len(events)
    for chart in made:
        if chart.id == "activity":
            drawn = sum(int(row[-2]) for row in chart.table.rows)
            left = sum(map(int, re.findall(r"(\d+) (?:without a date|dated only|before)", chart.source)))
            assert drawn + left == len(events)


@pytest.mark.timeout(120)
def test_fifty_thousand_events_stay_small() -> None:
    who = [f"+actor{n} -other{n % 7}" for n in range(500)]
    first = dt.date(2010, 1, 1)
    events = [
        event(get_args(EventTypeId)[n % 17], str(first + dt.timedelta(n % 5000)), None, who[n % 500], [f"t{n % 40}"])
        for n in range(50_000)
    ]
    made = every(events)
    for chart in made:
        sound(chart)
        assert len(chart.wide) < 200_000 and len(chart.figure_json) < 150_000 and len(chart.table.rows) <= 500
    heat = next(chart for chart in made if chart.id == "heat")
    assert "Only in the table: 16 theaters" in heat.source


def test_the_highest_number_stands_clear_of_the_name_of_the_axis() -> None:
    told = [event(start="2024-01-02")] * 8 + [event(start="2024-04-01")]
    chart = charts.activity(told, [report("2024-04-30")], STYLE)
    assert chart
    for drawing in (chart.wide, chart.narrow):
        numbers = re.findall(r'<text class="lb n halo" x="[0-9.]+" y="([0-9.]+)"[^>]*>8<', drawing)
        assert float(numbers[0]) - 11 > 11, "eleven pixels high, below a line of text at the top"


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (11, (0, 5, 10, 15)),
        (50, (0, 10, 20, 30, 40, 50)),
        (101, (0, 50, 100, 150)),
    ],
)
def test_ticks_are_round_and_reach_the_highest(highest: int, expected: tuple[int, ...]) -> None:
    assert ticks(highest) == expected


@given(st.integers(1, 10**7))
def test_ticks_cover_any_number(highest: int) -> None:
    steps = ticks(highest)
    assert steps[0] == 0 and steps[-2] < highest <= steps[-1] and len(steps) <= 6


@given(st.text(max_size=60), st.integers(10, 300))
def test_cut_labels_fit(text: str, room: int) -> None:
    assert phrases.width(phrases.fit(text, room, 12), 12) <= max(room, phrases.width("…", 12))
    assert len(phrases.wrap(text, room, 12, 3)) <= 3


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.01, "0"), (3.0, "3"), (10.04, "10"), (9.96, "10"), (1.25, "1.2")]
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert pixels(value) == text


def test_data_of_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        trace("bar", x=["a", "b"], y=[1])
    with pytest.raises(ValueError, match="do not fit"):
        trace("heatmap", x=["a"], y=["b"], z=[[1, 2]])
    with pytest.raises(ValueError, match="under"):
        charts.Table("t", ("a", "b"), (("x",),))


def test_a_project_can_draw_with_its_own_template(tmp_path: Any) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "drawing.svg.j2").write_text("<svg>{{ alt }}</svg>", encoding="utf-8")
    chart = charts.types([event()], charts.Style(FAMILY, (tmp_path,)))
    assert chart is not None and chart.wide == "<svg>The one event is Assault.</svg>"


def test_every_family_has_a_name_and_a_place() -> None:
    assert set(FAMILY.values()) == set(FAMILIES)


def test_counterparts_of_one_side_leave_no_half_empty() -> None:
    both = [event("ASSAULT", who="+iran -israel"), event("AID", who="+iran -hamas")]
    one = [event("ASSAULT", who="+iran -israel"), event("ASSAULT", who="+iran -hamas")]
    for events, share in ((both, 0.5), (one, 0.1)):
        chart = charts.counterparts("iran", events, {}, STYLE, 950)
        assert chart
        for drawn, width in ((chart.wide, 950), (chart.narrow, 340)):
            at = re.search(r'<circle class="ego" cx="([\d.]+)"', drawn)
            assert at and float(at[1]) <= max(share * width, 42)
