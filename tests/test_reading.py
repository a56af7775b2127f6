"""What a reader finds on home, theater, report and source pages, beyond what the pages' own tests say."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

import invented
from briefgen import exports, knowledge, packaged, records
from briefgen.knowledge import Knowledge
from briefgen.model import Assessment, Citation, Event, Evidence, Mark, Objective, Record, Takeaway
from briefgen.pages import pages
from briefgen.pages.render import environment, render
from briefgen.pages.verify import verify


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def drawn(known: Knowledge, *made: Record) -> dict[str, str]:
    texts = {invented.SEED: invented.TEXT}
    files = exports.files(made, known, records.dump)
    out = render(pages(made, known, texts), environment([packaged.templates()]), frozenset(files), exports.file_name)
    assert verify(out, [f"data/{name}" for name in files]) == []
    return out


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def with_report(record: Record, **changes: object) -> Record:
    return record.model_copy(update={"report": record.report.model_copy(update=changes)})


def judged(record: Record, *terms: tuple[str, tuple[int, int] | None]) -> Record:
    base = record.assessments[0]
    made = tuple(
        base.model_copy(update={"id": f"{record.report.id}-a{n}", "report": record.report.id, "term": term,
                                "likelihood": band})
        for n, (term, band) in enumerate(terms)
    )  # fmt: skip
    return record.model_copy(update={"assessments": made})


def copy_of(record: Record, name: str, day: dt.date | None) -> Record:
    """The same report and events once more under another name and day."""
    events = tuple(e.model_copy(update={"id": f"{name}-{e.id}", "report": name}) for e in record.events)
    held: tuple[Assessment, ...] = tuple(
        a.model_copy(update={"id": f"{name}-{a.id}", "report": name}) for a in record.assessments
    )
    moved = record.model_copy(update={"events": events, "assessments": held})
    return with_report(moved, id=name, published=day, title=name)


def test_the_home_page_begins_with_what_the_reports_judge(known: Knowledge) -> None:
    new = judged(invented.record(), ("likely", (55, 80)), ("may", None), ("almost certain", (95, 99)))
    old = copy_of(judged(invented.record(), ("remote", (1, 5))), "old", dt.date(2023, 12, 7))
    home = drawn(known, new, old)["index.md"]
    bottom = home[home.index('id="judgments"') : home.index('class="lead"')]
    assert re.findall(r"“([a-z ]+)”</span>", bottom) == ["almost certain", "likely", "remote"]
    assert "7 Dec 2023" in bottom and "Iraq" in bottom
    assert "Three of four assessments in all reports use a word with a probability band; these are all" in bottom
    assert home.index("Information cut-off") < home.index('id="judgments"') < home.index('class="lead"')


def test_the_home_page_says_what_is_missing_and_gives_the_data(known: Knowledge) -> None:
    record = invented.record()
    old = copy_of(record, "old", dt.date(2023, 12, 7))
    syria = tuple(e.model_copy(update={"theaters": ("syria",)}) for e in old.events)
    old = old.model_copy(update={"events": syria, "assessments": ()})
    undated = with_report(copy_of(record, "undated", None), citations=(), marks=())
    home = plain(drawn(known, record, old, undated)["index.md"])
    assert "No report on Syria since 7 Dec 2023" in home
    assert "No report on Iraq" not in home
    assert "No event or assessment at all lies in 22 theaters; the index names them." in home
    assert "One report prints no date." in home
    assert "Three of nine events are undated." in home
    assert "Two of six citations name no source in the copy that was read." in home
    raw = drawn(known, record)["index.md"]
    assert all(f'href="data/events.{ending}"' in raw for ending in ("csv", "json", "geojson"))


def test_a_theater_tells_its_state_its_aims_and_its_neighbors(known: Knowledge) -> None:
    aim = Objective(section="Iraq", text="Drive them out.", span=(0, 4))
    page = drawn(known, with_report(invented.record(), objectives=(aim,)))["theaters/iraq.md"]
    text = plain(page)
    assert "Last told of in a report of 4 Apr 2024; the latest event is of 3 Apr 2024." in text
    assert "No comparison: three events told as news in one report of the 30 days to 4 Apr 2024; no earlier" in text
    assert page.index("Drive them out.") < page.index('id="assessments"') < page.index("<figure")
    beside = page[page.index('id="neighbors"') :]
    names = re.findall(r"<li><(?:a|span)[^>]*>([^<]*)</(?:a|span)> <span class=\"n\">(\d+)", beside)
    assert [name for name, _ in names] == ["Israel and Jordan", "Syria", "Iran", "Gulf States", "Turkey"]
    assert {n for _, n in names} == {"0"}


def test_a_takeaway_names_the_events_that_it_sums_up(known: Knowledge) -> None:
    record = invented.record()
    page = drawn(known, record)["reports/reds-and-blues.md"]
    assert re.search(r'Sums up <a href="#e-e-one">1</a>', page)
    one, *rest = record.events
    untold = one.model_copy(update={"evidence": one.evidence[:1]})
    page = drawn(known, record.model_copy(update={"events": (untold, *rest)}))["reports/reds-and-blues.md"]
    assert "Sums up no single event" in page


def test_a_note_opens_the_record_of_its_event(known: Knowledge) -> None:
    page = drawn(known, invented.record())["reports/reds-and-blues.md"]
    opened = re.search(r"<details class=\"rec\">.*?</details>", page)
    assert opened
    rows = dict(re.findall(r"<dt>(.*?)</dt> <dd><bdi>(.*?)</bdi>", html.unescape(opened[0])))
    assert rows["Actor"] == "Bluetown, target; as written: “Bluetown”; not yet in the knowledge"
    assert rows["Told in"] == "two sentences"
    assert rows["Id"] == "e-one"


def test_how_a_report_was_read_counts_where_dates_come_from(known: Knowledge) -> None:
    notes = ("Read with the layout invented: it says so.", "2 passages left out of the reading: captions.", "Else.")
    why = {"published_basis": "inferred", "published_why": "from “Friday”", "notes": notes}
    page = drawn(known, with_report(invented.record(), **why))["reports/reds-and-blues.md"]
    reading = page[page.index('id="reading"') :]
    rows = {name: plain(told) for name, told in re.findall(r"<dt>(.*?)</dt> <dd>(.*?)</dd>", reading)}
    assert rows["Layout"] == "Read with the layout invented: it says so."
    assert rows["Its date"] == "Its date is not printed. It was inferred: from “Friday”."
    assert rows["Dates of events"] == "Of three events two have their date in the sentence and one has no date."
    assert rows["Left out"].startswith("2 passages left out of the reading: captions.")
    assert rows["Noted"] == "Else."


def sourced(name: str, *outlets: str) -> Record:
    """A report with one event that rests on one citation of each outlet."""
    base = invented.record()
    one = base.events[0]
    ids = tuple(f"{outlet} 1" for outlet in outlets)
    evidence = Evidence(quote=one.evidence[0].quote, span=one.evidence[0].span, citations=ids)
    event: Event = one.model_copy(update={"id": f"{name}-e", "report": name, "evidence": (evidence,)})
    cited = tuple(Citation(id=id_, marker=id_, outlet_name=o) for id_, o in zip(ids, outlets, strict=True))
    marks: tuple[Mark, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    made = base.model_copy(update={"events": (event,), "assessments": ()})
    return with_report(made, id=name, title=name, citations=cited, marks=marks, takeaways=takeaways)


def test_a_source_is_alone_until_another_tells_the_same(known: Knowledge) -> None:
    def source(*made: Record) -> str:
        return plain(drawn(known, *made)["sources/named-daily.md"])

    alone = source(sourced("one", "Daily"))
    assert "On it alone1" in alone and "With another source0" in alone and "Cited together with" not in alone
    same = source(sourced("one", "Daily", "Weekly"))
    assert "On it alone0" in same and "With another source1" in same
    assert "Cited together with" in same and "Weekly 1" in same
    other = source(sourced("one", "Daily"), sourced("two", "Monthly"))
    assert "With another source1" in other and "Monthly 1" in other, "told again in another report"
    home = drawn(known, sourced("one", "Daily"))["index.md"]
    assert '>Daily</a></bdi></th><td class="ac">name as printed</td><td class="n">1</td><td class="n">1</td>' in home
