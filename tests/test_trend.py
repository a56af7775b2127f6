"""What the pages say of more and fewer, of gaps, months, parts, offices and counterparts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

import invented
from briefgen import knowledge
from briefgen.charts import Style
from briefgen.knowledge import Knowledge, checks
from briefgen.knowledge.schema import Actor, Theater
from briefgen.model import UNDATED, Citation, Event, EventActor, EventDate, Record
from briefgen.pages import book as books
from briefgen.pages import cards, dealings, kin, sparks, trend
from briefgen.pages.book import Book

LATEST = dt.date(2024, 4, 26)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def bound(known: Knowledge, *made: Record) -> Book:
    families = {t.type: t.family for t in known.types.values()}
    return books.bind(made, known, {}, Style(families), {})


def report(name: str, day: dt.date | None, events: int, publisher: str | None = "ctp-isw", **more: object) -> Record:
    """A report of that day with so many attacks in Iraq, each told as news."""
    base = invented.record().report.model_copy(
        update={"id": name, "published": day, "publisher": publisher, "citations": (), "marks": (), "blocks": ()}
    )
    lines = [f"{name} struck post {n}." for n in range(events)]
    text = "\n".join(lines)
    fields: dict[str, Any] = {"date": _date(day), **more}
    made = tuple(invented.event(f"{name}-{n}", name, text, line, **fields) for n, line in enumerate(lines))
    return Record(report=base, events=made)


def _date(day: dt.date | None) -> EventDate:
    return EventDate(start=day, end=day, precision="day", basis="report-day") if day else UNDATED


def before(days: int) -> dt.date:
    return LATEST - dt.timedelta(days=days)


def told(known: Knowledge, *made: Record) -> trend.Trend:
    book = bound(known, *made)
    return trend.trend(book.by_theater["iraq"], book)


def test_more_is_said_only_of_a_difference_that_chance_does_not_make(known: Knowledge) -> None:
    more = told(known, report("new", LATEST, 12), report("old", before(9), 2))
    assert (more.sign, more.word) == ("up", "More")
    assert more.reason == (
        "12 events told as news in one report of the 7 days to 26 Apr 2024, two in one report of the 7 days before; "
        "the largest part of the difference is Assault, 12 after 2."
    )
    assert told(known, report("new", LATEST, 2), report("old", before(9), 12)).sign == "down"
    assert told(known, report("new", LATEST, 9), report("old", before(9), 5)).sign == "level"
    assert told(known, report("new", LATEST, 5), report("old", before(9), 0)).sign == "level", "too few for either"


def test_more_reports_do_not_make_more_events(known: Knowledge) -> None:
    made = [report(f"new{n}", before(n), 5) for n in range(4)]
    level = told(known, *made, report("old", before(10), 5))
    assert (level.sign, level.word) == ("level", "No clear change")
    assert level.reason.startswith("20 events told as news in four reports of the 7 days")
    assert told(known, *made, *(report(f"old{n}", before(8 + n), 5) for n in range(4))).sign == "level"


def test_what_is_not_news_is_not_counted(known: Knowledge) -> None:
    background = report("new", LATEST, 12, core=False)
    assert told(known, background, report("old", before(9), 2)).sign == "level"


def test_a_longer_time_is_compared_where_the_short_one_has_no_reports(known: Knowledge) -> None:
    found = told(known, report("new", LATEST, 12), report("old", before(40), 2))
    assert found.sign == "up" and "the 30 days to 26 Apr 2024" in found.reason


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ((report("new", LATEST, 3), report("old", before(141), 9)),
         "three events told as news in one report of the 30 days to 26 Apr 2024; the report before is of 7 Dec 2023."),
        ((report("new", LATEST, 3),),
         "three events told as news in one report of the 30 days to 26 Apr 2024; no earlier report tells of it."),
        ((report("new", LATEST, 30), report("other", before(40), 2, "itic")),
         "30 events told as news in one report of the 30 days to 26 Apr 2024; those of the 30 days before are by "
         "others."),
        ((report("new", LATEST, 3, None), report("old", before(9), 9, None)), None),
        ((report("away", LATEST, 3, theaters=("sahel",)), report("old", before(141), 9)),
         "no report of the 30 days to 26 Apr 2024 tells of it."),
        ((report("away", LATEST, 3, theaters=("sahel",)), report("undated", None, 9)),
         "no report that tells of it prints its date."),
    ],
)  # fmt: skip
def test_where_nothing_can_be_compared_it_says_so(
    known: Knowledge, made: tuple[Record, ...], reason: str | None
) -> None:
    found = told(known, *made)
    assert (found.sign, found.word) == ("none", "No comparison")
    assert reason is None or found.reason == reason


def test_a_gap_is_a_theater_without_a_report_for_a_month(known: Knowledge) -> None:
    cited = report("cited", None, 1, theaters=("sahel",))
    dated = Citation(id="i", marker="i", date=before(60))
    cited = cited.model_copy(update={"report": cited.report.model_copy(update={"citations": (dated,)})})
    book = bound(
        known, report("new", LATEST, 1), report("old", before(141), 1, theaters=("syria",)), cited,
        report("month", before(30), 1, theaters=("iran",)),
    )  # fmt: skip
    assert [(g.theater.name, g.words) for g in trend.gaps(book)] == [
        ("Syria", "7 Dec 2023"), ("Sahel", "about 26 Feb 2024"),
    ]  # fmt: skip


def test_a_card_shows_the_latest_news_and_not_the_latest_background(known: Knowledge) -> None:
    news, old = report("new", before(1), 1), report("back", LATEST, 1, core=False)
    (card,) = cards.cards(bound(known, news, old))
    assert card.events == "2 events" and card.last_when == "25 Apr 2024"
    assert card.last and card.last.target == "event:new-0"


def test_bars_share_one_scale_and_tell_what_was_not_read(known: Knowledge) -> None:
    book = bound(known, report("new", LATEST, 4), report("old", before(60), 2))
    found = sparks.sparks({"all": book.entries, "few": book.by_report["old"]}, book)
    assert found and (found.title, found.scale) == ("May 2023 to Apr 2024", 4)
    assert found.by_row["all"].label == "2 in Feb 2024 and 4 in Apr 2024"
    assert [c.height for c in found.by_row["few"].columns if c.height != "0.0"] == ["9.0"]
    assert [n for n, c in enumerate(found.by_row["all"].columns) if c.read] == [9, 11]
    assert sparks.sparks({}, bound(known, report("undated", None, 1))) is None


def party(id_: str, role: str, side: str | None = None) -> EventActor:
    return invented.actor(id_, id_.capitalize(), role).model_copy(update={"side": side})


def meeting(*parties: EventActor, type_: str = "CONSULT", name: str = "x") -> Event:
    return invented.event(name, "reds-and-blues", "They met.", "They met.", type=type_, actors=parties)


def test_counterparts_are_told_apart_by_who_does_what(known: Knowledge) -> None:
    base = invented.record()
    events = (
        meeting(party("a", "source"), party("b", "target"), type_="ASSAULT", name="1"),
        meeting(party("b", "source"), party("a", "target"), party("c", "target"), type_="SANCTION", name="2"),
        meeting(party("a", "participant"), party("b", "participant"), party("aide", "participant", "a"), name="3"),
    )
    book = bound(known, base.model_copy(update={"events": events}))
    (row,), left = dealings.dealings("a", book.by_actor["a"], book)
    assert (row.other.name, row.events, left) == ("B", 3, 0)
    assert [[d.word for d in way] for way in (row.does, row.suffers, row.shares)] == [
        ["Assault"], ["Sanction"], ["Consult"],
    ]  # fmt: skip
    shown = dealings.parts("a", book.by_actor["a"], book)
    assert [(role.title, role.total) for role in shown] == [
        ("It acts", 1), ("It takes part", 1), ("It is acted on", 1),
    ]  # fmt: skip
    assert [ref.name for ref in shown[1].lines[0].others] == ["B"]


def with_actors(known: Knowledge, *actors: Actor) -> Knowledge:
    return dataclasses.replace(known, actors={a.id: a for a in actors})


def entry(id_: str, kind: str = "force", **more: object) -> Actor:
    return Actor.model_validate({"id": id_, "name": id_.capitalize(), "kind": kind, **more})


def test_the_tree_goes_up_by_part_and_side_and_down_to_what_reports_name(known: Knowledge) -> None:
    actors = (
        entry("a", "state"), entry("army", side="a"), entry("corps", part_of=["army"], side="a"),
        entry("unit", part_of=["corps"]), entry("unnamed", part_of=["corps"]), entry("man", "person", side="a"),
        entry("friend", "group", side="a"),
    )  # fmt: skip
    told = meeting(*(party(id_, "participant") for id_ in ("a", "corps", "unit", "man", "friend")))
    book = bound(with_actors(known, *actors), invented.record().model_copy(update={"events": (told,)}))

    def lines(branch: kin.Branch | None, depth: int = 0) -> list[str]:
        if branch is None:
            return []
        own = "-" * depth + branch.actor.name + ("*" if branch.here else "")
        return [own, *(line for part in branch.parts for line in lines(part, depth + 1))]

    assert lines(kin.tree("corps", book)) == ["A", "-Army", "--Corps*", "---Unit"]
    assert lines(kin.tree("a", book)) == ["A*", "-Army", "--Corps"]
    assert kin.tree("man", book) is None
    assert kin.tree("friend", book) is None


def test_an_office_names_who_held_it_before_and_after(known: Knowledge) -> None:
    def minister(id_: str, start: str | None, end: str | None) -> Actor:
        office = {"title": "Minister", "of": "a", "start": start, "end": end}
        return entry(id_, "person", offices=[office, {"title": "Envoy", "of": "a"}])

    actors = (
        entry("a", "state"), minister("one", "2010-01-01", "2014-05-01"), minister("two", "2014-05-01", "2018-02-03"),
        minister("three", "2018-02-03", None), minister("zero", None, "2009-12-31"),
    )  # fmt: skip
    told = meeting(*(party(id_, "participant") for id_ in ("a", "one", "two")))
    book = bound(with_actors(known, *actors), invented.record().model_copy(update={"events": (told,)}))
    first, envoy = kin.roles(actors[2], book)
    assert first.when == "1 May 2014–3 Feb 2018"
    assert first.before and first.before.holder and first.before.holder.name == "One"
    assert first.after and first.after.holder and first.after.when == "since 3 Feb 2018"
    assert first.after.holder.target is None, "a successor that no report names has no page"
    assert (envoy.before, envoy.after, envoy.when) == (None, None, "")
    minister_, envoy_ = kin.posts("a", book)
    assert [t.holder.name for t in minister_.terms if t.holder] == ["Two", "One"]
    assert minister_.title == "Minister" and len(envoy_.terms) == 2


def test_a_neighbor_is_known_and_another(known: Knowledge) -> None:
    def wrong(*neighbors: str) -> list[str]:
        theater = Theater(id="x", name="X", group="G", covers="X.", neighbors=neighbors)
        changed = dataclasses.replace(known, theaters={**known.theaters, "x": theater})
        return [e.what for e in checks.check(changed) if e.where.startswith("x,")]

    assert wrong("iraq") == []
    assert wrong("irak") == ["no entry has the id 'irak'"]
    assert wrong("x") == ["a theater is no neighbor of its own"]
