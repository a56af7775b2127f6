"""What a brief holds, before it is set: which events, in which order, with which notes."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from briefgen import briefs
from briefgen.briefs import Ask
from briefgen.briefs.brief import Brief, Call, Words
from briefgen.briefs.drawing import alone
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from invented import DAILY, HOSTILE, TEXT, actor, day, event, many, record
from papers import APRIL, ASKS, bound, brief, look, placed, saying


@pytest.fixture(scope="module")
def known(everything_known: Knowledge) -> Knowledge:
    return everything_known


def calls(made: Brief) -> list[int]:
    """The notes called, in the order of reading."""
    passages = [p.quote for p in made.bottom] + [j.quote for j in made.key]
    passages += [q for g in made.groups for e in g.events for q in (e.quote, *e.more)]
    passages += [j.quote for j in made.assessments]
    return [run.note for p in passages for run in (*p.runs, *p.after) if isinstance(run, Call)]


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.kind)
def test_every_note_is_called_once_in_the_order_of_reading(known: Knowledge, ask: Ask) -> None:
    made = brief(known, ask)
    assert made.notes
    assert calls(made) == list(range(len(made.notes)))


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.kind)
def test_quotations_are_the_report_s_words(known: Knowledge, ask: Ask) -> None:
    made = brief(known, ask)
    for event_ in (e for group in made.groups for e in group.events):
        for passage in (event_.quote, *event_.more):
            for run in passage.runs:
                assert isinstance(run, Call) or run.text in TEXT


def test_a_theater_is_told_latest_first_and_each_event_is_in_the_table(known: Knowledge) -> None:
    made = brief(known, Ask("theater", "iraq"))
    assert [g.title for g in made.groups] == ["April 2024", "Undated"]
    told = [e for group in made.groups for e in group.events]
    assert [e.date for e in told] == ["3 Apr 2024", "2 Apr 2024", "undated"]
    assert [(r.number, r.id) for r in made.rows] == [(n, e.id) for n, e in enumerate(told, 1)]
    assert "e-held" not in {e.id for e in told}, "what is on the review lane is not printed"
    assert made.title in "Iraq" and made.period == "Report of 4 Apr 2024"


def test_older_events_stand_by_year_so_that_headings_do_not_outnumber_them(known: Knowledge) -> None:
    text = "A. B. C."
    old = [event(f"o-{n}", "said", text, q, date=day(3, n).model_copy(
        update={"start": dt.date(year, n, 3), "end": dt.date(year, n, 3)}))
        for n, (q, year) in enumerate((("A.", 2019), ("B.", 2019), ("C.", 2024)), 1)]  # fmt: skip
    made = brief(known, Ask("theater", "iraq"), saying(text).model_copy(update={"events": tuple(old)}))
    assert [g.title for g in made.groups] == ["March 2024", "2019"]


def test_only_the_report_s_own_brief_prints_its_takeaways(known: Knowledge) -> None:
    own = brief(known, Ask("report", "reds-and-blues"))
    assert [p.finding for p in own.bottom] == [""]
    assert own.bottom[0].quote.runs == (Words("Reds struck a bridge in Bluetown."),)
    theater = brief(known, Ask("theater", "iraq"))
    assert theater.bottom[0].finding == "Attack by Reds on Bluetown"


def test_a_report_without_takeaways_shows_its_main_events(known: Knowledge) -> None:
    made = brief(known, Ask("report", "reds-and-blues"), record(takeaways=()))
    assert all(point.finding for point in made.bottom)
    assert made.bottom_deck == "Its main events."


def test_a_key_judgment_keeps_its_word_and_band(known: Knowledge) -> None:
    made = brief(known, Ask("theater", "iraq"))
    (only,) = made.key
    assert (only.term, only.figures, only.banded) == ("likely", "55–80 %", True)
    assert Words("likely", term=True) in only.quote.runs
    assert made.assessments == ()


def test_a_period_holds_what_lies_in_it_and_says_what_it_leaves_out(known: Knowledge) -> None:
    year = day(3).model_copy(update={"start": dt.date(2024, 1, 1), "end": dt.date(2024, 12, 31), "precision": "year"})
    base = record()
    wide = base.model_copy(update={"events": tuple(
        e.model_copy(update={"date": year}) if e.id == "e-two" else e for e in base.events)})  # fmt: skip
    assert {r.id for r in brief(known, APRIL).rows} == {"e-one", "e-two"}
    made = brief(known, APRIL, wide)
    assert {r.id for r in made.rows} == {"e-one"}
    assert any("dated more coarsely overlaps the period and is left out" in line for line in made.limits)


def test_a_period_can_be_narrowed_to_theaters_and_actors(known: Knowledge) -> None:
    one = Ask("period", "", APRIL.start, APRIL.end, ("iraq",), ("reds",))
    made = brief(known, one)
    assert [r.id for r in made.rows] == ["e-one"]
    assert made.title == "Iraq and Reds, 1–5 Apr 2024"
    assert one.path == "period/2024-04-01-to-2024-04-05-iraq-reds.pdf"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (Ask("period", "", dt.date(1999, 1, 1), dt.date(1999, 1, 2)), "no event or assessment lies in 1–2 Jan 1999"),
        (Ask("actor", "egypt"), "tell nothing of Egypt"),
        (Ask("theater", "yemen-red-sea"), "tell nothing of"),
        (Ask("theater", "atlantis"), "there is no theater 'atlantis'"),
        (Ask("report", "none"), "there is no report 'none'"),
    ],
)
def test_a_brief_of_nothing_is_refused_with_the_reason(known: Knowledge, ask: Ask, told: str) -> None:
    with pytest.raises(BriefError, match=re.escape(told)):
        brief(known, ask)


def test_an_actor_without_events_but_judged_has_a_brief_of_judgments(known: Knowledge) -> None:
    base = record()
    judged = base.assessments[0].model_copy(update={"actors": ("egypt",)})
    made = brief(known, Ask("actor", "egypt"), base.model_copy(update={"assessments": (judged,)}))
    assert (made.rows, made.groups, made.bottom) == ((), (), ())
    assert len(made.key) == 1
    assert "Takes part in no event" in made.standfirst


def test_a_citation_is_given_in_full_again_where_the_first_is_far(known: Knowledge) -> None:
    lines = [f"Reds struck post {n}." for n in range(9)]
    text = " ".join(lines)
    base = saying(text, cites=1)
    events = tuple(event(f"f-{n}", "said", text, line, ("n0",), date=day(20 - n)) for n, line in enumerate(lines))
    made = brief(known, Ask("theater", "iraq"), base.model_copy(update={"events": events}))
    first = [note.full for note in made.notes]
    assert first[1:7] == [0] * 6, "short forms near the first"
    full = [n for n, note in enumerate(made.notes) if note.full == n]
    assert len(full) > 1, "and in full again further on"
    assert all(n - note.full <= 7 for n, note in enumerate(made.notes))


def test_more_citations_than_a_foot_can_hold_go_to_the_back_and_none_is_lost(known: Knowledge) -> None:
    made = brief(known, Ask("report", "said"), saying("Reds struck a bridge.", cites=200))
    (beyond,) = made.further
    here = {note.marker for note in made.notes} | {note.marker for note in beyond.notes}
    assert here == {str(n) for n in range(200)}
    assert beyond.number == 1


def test_every_brief_that_is_printed_for_all_can_be_made(known: Knowledge) -> None:
    book = bound(known, (record(), many(30)))
    asks = briefs.every(book)
    assert {ask.kind for ask in asks} == {"theater", "actor", "report"}
    assert Ask("actor", "reds") in asks and Ask("actor", "blues") not in asks, (
        "only actors of weight, or of which no other brief tells all"
    )
    paths = [briefs.brief(ask, book, look()).path for ask in asks]
    assert len(set(paths)) == len(paths)


def test_an_actor_of_which_no_other_brief_tells_all_has_one_whatever_its_weight(known: Knowledge) -> None:
    reds, blues = actor("reds", "Reds"), actor("blues", "Blues")
    one = saying("Reds struck a bridge.", actors=(reds,))
    told = saying("Reds struck a dam.", actors=(reds, blues), theaters=("syria",))
    moved = tuple(e.model_copy(update={"id": "e-dam", "report": "dam"}) for e in told.events)
    dam = told.model_copy(update={"report": told.report.model_copy(update={"id": "dam"}), "events": moved})
    asks = briefs.every(bound(known, (one, dam)))
    assert Ask("actor", "reds") in asks and Ask("actor", "blues") not in asks


def test_the_order_of_the_records_changes_nothing(known: Knowledge) -> None:
    one, other = record(), many(3)
    assert brief(known, Ask("theater", "iraq"), one, other) == brief(known, Ask("theater", "iraq"), other, one)


def test_names_are_found_as_people_write_them(known: Knowledge) -> None:
    book = bound(known, (record(),))
    assert briefs.find("theater", "Gaza Strip", book) == "gaza-strip"
    assert briefs.find("actor", "HAMAS", book) == "hamas"
    assert briefs.find("report", "reds & blues", book) == "reds-and-blues"
    with pytest.raises(BriefError, match="did you mean gaza-strip"):
        briefs.find("theater", "gaza-stripe", book)


def test_a_drawing_stands_alone(known: Knowledge) -> None:
    made = brief(known, Ask("theater", "iraq"))
    assert made.figures
    for svg in [figure.svg for figure in made.figures] + list(made.marks.values()):
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "var(" not in svg
        ids = set(re.findall(r' id="([\w-]+)"', svg))
        assert set(re.findall(r'(?:href="#|url\(#)([\w-]+)', svg)) <= ids
    assert any("#a63a0b" in figure.svg for figure in made.figures), "colors of the theme are written in"


def test_a_drawing_takes_the_light_colors_and_no_rule_of_another_medium() -> None:
    css = ":root{--a:#123456}.b{fill:var(--a)}@media print{:root{--a:#fff}.b{fill:red}}[data-x]{--a:#000}"
    drawn = alone('<svg viewBox="0 0 1 1"><rect class="b"/></svg>', briefs.look(css, ""))
    assert ".b{fill:#123456}" in drawn
    assert "red" not in drawn


def test_a_shape_that_a_chart_borrows_has_the_colors_of_its_family() -> None:
    css = ":root{--mx:#a63a0b}.g{--c:#000}.g.mx{--c:var(--mx)}.gb{fill:none;stroke:var(--c);}"
    sprite = '<symbol id="g-HIT" viewBox="0 0 20 20"><path class="gb" d="M1 1"/></symbol>'
    borrowed = '<svg x="3" y="4" class="g mx" width="18"><use href="#g-HIT"/></svg>'
    drawn = alone(f'<svg viewBox="0 0 9 9">{borrowed}</svg>', briefs.look(css, sprite))
    assert '<svg x="3" y="4" width="18" viewBox="0 0 20 20"><path style="fill:none;stroke:#a63a0b" d="M1 1"/>' in drawn
    assert "<use" not in drawn


def test_theater_and_period_have_a_map_whose_alt_text_says_the_finding(known: Knowledge) -> None:
    for ask in (Ask("theater", "iraq"), APRIL):
        (drawn,) = [f for f in brief(known, ask, placed()).figures if f.finding.startswith("The one event on this map")]
        assert drawn.wide and drawn.alt.startswith(drawn.finding)
        assert drawn.legend[0].fill == "spot"


def test_a_few_events_have_no_chart_over_time(known: Knowledge) -> None:
    few, more = (brief(known, Ask("theater", "iraq"), many(n)) for n in (7, 8))
    assert not any(figure.wide for figure in few.figures)
    assert any("by month" in figure.deck or "month of" in figure.deck for figure in more.figures if figure.wide)


def test_hostile_words_come_through_as_they_are(known: Knowledge) -> None:
    made = brief(known, Ask("report", "reds-and-blues"))
    told = [e for group in made.groups for e in group.events if e.id == "e-three"]
    assert HOSTILE in "".join(run.text for run in told[0].quote.runs if isinstance(run, Words))


def test_the_notes_name_outlet_title_and_address_as_printed(known: Knowledge) -> None:
    made = brief(known, Ask("report", "reds-and-blues"))
    by_marker = {note.marker: note for note in made.notes if note.full == made.notes.index(note)}
    foreign = by_marker["ii"]
    assert [(p.text, p.lang) for p in foreign.pieces if p.kind == "title"] == [("Ответ", "ru")]
    assert "https://golos dot example/a..." in foreign.text
    assert "(defanged) (cut short)" in foreign.text
    assert [p.href for p in foreign.pieces if p.kind == "address"] == [""]
    daily = by_marker[DAILY]
    assert [p.href for p in daily.pieces if p.kind == "address"] == ["https://daily.example/x"]
    assert "No reference printed" in by_marker["i"].text


def test_an_actor_s_events_stand_once_though_they_touch_several_theaters(known: Knowledge) -> None:
    quote = "Reds struck a bridge."
    made = brief(known, Ask("actor", "reds"), saying(quote, theaters=("iraq", "iran"), actors=(actor("reds", "Reds"),)))
    assert [len(g.events) for g in made.groups] == [1]
    assert any(remark.startswith("also ") for remark in made.groups[0].events[0].remarks)
