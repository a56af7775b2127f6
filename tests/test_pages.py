"""View models and their Markdown: what stands on a page, in which words, and that it is inert."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import markdown  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader
from markdown_it import MarkdownIt

import invented
from briefgen import exports, knowledge, packaged, records
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import Address, Certainty, EventActor, EventDate, EventTypeId, Mark, Record
from briefgen.pages import Page, Target, pages, words
from briefgen.pages.judged import Assessments
from briefgen.pages.page import direction, file_stem, slug
from briefgen.pages.passages import Call, Cite, Stretch, Words, cut, label
from briefgen.pages.render import environment, inert, link_from, places, render
from briefgen.pages.verify import verify

GOLDEN = Path(__file__).parent / "golden" / "pages"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def texts(*made: Record) -> dict[str, str]:
    return {r.report.seed: invented.TEXT if r.report.seed == invented.SEED else _text(r) for r in made}


def _text(record: Record) -> str:
    return "\n".join(e.evidence[0].quote for e in record.events)


def drawn(made: list[Record], known: Knowledge, seeds: dict[str, str] | None = None) -> dict[str, str]:
    found = pages(made, known, texts(*made) if seeds is None else seeds)
    files = exports.files(made, known, records.dump)
    out = render(found, environment([packaged.templates()]), frozenset(files), exports.file_name)
    assert verify(out, [f"data/{name}" for name in files]) == []
    return out


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2024-04-26", "2024-04-26", "day", "26 Apr 2024"),
        ("2024-04-22", "2024-04-26", "period", "22–26 Apr 2024"),
        ("2024-04-30", "2024-05-02", "week", "30 Apr–2 May 2024"),
        ("2023-12-30", "2024-01-02", "period", "30 Dec 2023–2 Jan 2024"),
        ("2024-04-01", "2024-04-30", "month", "Apr 2024"),
        ("2024-04-01", "2024-06-30", "quarter", "Q2 2024"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
        (None, None, "unknown", "undated"),
    ],
)
def test_a_date_is_never_finer_than_its_precision(
    start: str | None, end: str | None, precision: str, expected: str
) -> None:
    when = EventDate.model_validate({"start": start, "end": end, "precision": precision, "basis": start and "explicit"})
    assert words.date(when) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "no events"), (1, "one event"), (9, "nine events"), (10, "10 events"), (1204, "1,204 events")],
)
def test_counts_in_words(n: int, expected: str) -> None:
    assert words.count(n, "event") == expected


def test_a_finding_names_who_did_what_to_whom_and_who_vouches() -> None:
    one, two, *_ = invented.record().events
    assert words.finding(one) == "Attack by Reds on Bluetown"
    assert words.finding(two) == "Claimed: talks between Чёрные and Blues"


def test_a_finding_names_a_state_behind_who_acts_for_it() -> None:
    (one, *_) = invented.record().events

    def named(*parties: tuple[str, str | None, str]) -> str:
        actors = tuple(
            EventActor(id=name.lower(), name=name, role=role, as_written=name, side=side)  # type: ignore[arg-type]
            for name, side, role in parties
        )
        return words.finding(one.model_copy(update={"actors": actors, "certainty": "stated"}))

    assert named(("Ana", "peru", "source"), ("Peru", None, "source"), ("Chile", None, "target")) == (
        "Attack by Ana (Peru) on Chile"
    )
    assert named(("Peruvian Army", "peru", "source"), ("Peru", None, "source")) == "Attack by Peruvian Army"
    assert named(("Peru", None, "source"), ("Ana", "peru", "target")) == "Attack by Peru on Ana"


def test_slugs_of_other_scripts_stay_apart() -> None:
    assert slug("Abu Ali") == "abu-ali"
    assert slug("Чёрные") != slug("Белые")
    assert file_stem("reds") == "reds"
    assert file_stem("Reds") != file_stem("reds")
    assert direction("“חזבאללה”") == "rtl"
    assert direction("“Reds”") == "ltr"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


_NASTY = st.text(
    alphabet=st.sampled_from("*_`[](){}<>!#+-=.:|~^&\\\"'\n\t 1ax/@\x02\x03\x00\u2028%$"), max_size=60
) | st.text(max_size=60)


@settings(max_examples=300)
@given(_NASTY)
def test_text_is_inert_in_markdown_and_html(text: str) -> None:
    body = f'<div markdown="block">\n\n{inert(text)} end\n\n</div>\n'
    made = _Text()
    made.feed(markdown.markdown(body, extensions=["md_in_html", "footnotes", "tables", "fenced_code", "toc"]))
    made.close()
    assert made.tags == ["div", "p"]
    flat = re.sub("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", text)
    assert "".join(made.text.split()) == "".join(html.unescape(html.escape(f"{flat} end")).split())
    tokens = MarkdownIt("commonmark", {"html": True}).parse(f"{inert(text)} end")
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8), st.data())
def test_cutting_keeps_every_word(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    text = "Reds struck.[i] Blues fled.[ii] Then rain fell on both (Daily)."
    report = invented.record().report.model_copy(
        update={"marks": (Mark(span=(12, 15), citation="i"), Mark(span=(27, 31), citation="ii"),
                          Mark(span=(32, 41), citation="i"))}
    )  # fmt: skip
    stretches = [
        Stretch((min(a, b), max(a, b) + 1), "hl mx", (Call(str(n), f"e-{n}", f"s-{n}", "mx", "ASSAULT", ""),))
        for n, (a, b) in enumerate(spans)
    ]
    offset = data.draw(st.integers(0, 3))
    runs = cut(text[offset:], offset, report, stretches)
    said = "".join(run.text if isinstance(run, Words) else "" for run in runs)
    assert said == text[offset:].replace("[i]", "").replace("[ii]", "")
    assert [run.marker for run in runs if isinstance(run, Cite)] == ["i", "ii", "i"]
    called = {run.anchor for run in runs if isinstance(run, Call)}
    assert called == {f"e-{n}" for n, s in enumerate(stretches) if s.span[1] > offset and s.span[0] < len(text)}


def test_marks_that_are_not_their_words_leave_the_words() -> None:
    runs = cut("Reds struck, it says here.", 0, invented.record().report.model_copy(
        update={"marks": (Mark(span=(13, 20), citation="i"),)}), ())  # fmt: skip
    assert runs == (Words("Reds struck, it says"), Cite("i", label("reds-and-blues", "i")), Words(" here."))


def test_no_reports_make_a_site_that_says_what_to_do(known: Knowledge) -> None:
    out = drawn([], known)
    assert "seeds/" in out["index.md"]
    assert {"theaters/index.md", "actors/index.md", "reports/index.md", "events/index.md", "method.md"} <= set(out)


def test_the_same_records_in_any_order_give_the_same_pages(known: Knowledge) -> None:
    made = [invented.record(), invented.many(5)]
    assert drawn(made, known) == drawn(made[::-1], known)


def test_what_is_held_back_stands_only_on_the_review_lane(known: Knowledge) -> None:
    out = drawn([invented.record()], known)
    assert [path for path, text in out.items() if "Planned, has not happened" in text] == ["review.md"]
    assert [path for path, text in out.items() if "e-held" in text] == ["review.md"]


def test_an_actor_that_nobody_knows_says_so(known: Knowledge) -> None:
    out = drawn([invented.record()], known)
    assert "Not yet in the knowledge" in out["actors/reds.md"]
    assert f"actors/{file_stem('чёрные')}.md" in out


def test_a_person_is_no_spelling_of_those_he_acts_for(known: Knowledge) -> None:
    base = invented.record()
    side = invented.actor("reds", "Reds").model_copy(update={"as_written": "General Rot"})
    person = invented.actor("rot", "Rot").model_copy(update={"as_written": "General Rot"})
    plain = invented.actor("reds", "Reds").model_copy(update={"as_written": "the Reds’ army"})
    events = (
        base.events[0].model_copy(update={"actors": (person, side)}),
        base.events[1].model_copy(update={"actors": (plain,)}),
    )
    page = drawn([base.model_copy(update={"events": events})], known)["actors/reds.md"]
    said = page[page.index('class="aka"') : page.index("Not yet in the knowledge")]
    assert "the Reds’ army" in said
    assert "General Rot" not in said


def test_excerpts_show_nothing_but_the_cited_passages(known: Knowledge) -> None:
    record = invented.record(text="excerpts")
    out = drawn([record], known)
    page = out["reports/reds-and-blues.md"]
    assert "Excerpts only" in page
    assert "On April 3, the Reds struck" in page
    assert all("Read more on our site" not in text for text in out.values())
    assert "Read more on our site" in drawn([invented.record()], known)["reports/reds-and-blues.md"]


def test_a_report_whose_seed_is_not_at_hand_is_shown_in_excerpts(known: Knowledge) -> None:
    page = drawn([invented.record()], known, {})["reports/reds-and-blues.md"]
    assert "On April 3, the Reds struck" in page
    assert "Read more on our site" not in page


def test_long_lists_go_on_to_further_pages(known: Knowledge) -> None:
    out = drawn([invented.many(300)], known)
    assert {"events/index-2.md", "events/index-3.md", "theaters/iraq-3.md", "actors/reds-2.md"} <= set(out)
    listed = [n for path in ("events/index.md", "events/index-2.md", "events/index-3.md")
              for n in re.findall(r'id="e-(m-\d+)"', out[path])]  # fmt: skip
    assert len(listed) == len(set(listed)) == 300


def test_a_defanged_address_is_text_and_a_plain_one_a_link(known: Knowledge) -> None:
    page = drawn([invented.record()], known)["reports/reds-and-blues.md"]
    assert 'href="https://daily.example/x"' in html.unescape(page)
    assert "golos.example" not in page
    assert "cut short" in page
    assert '<bdi lang="ru" dir="ltr">Ответ</bdi>' in page


def test_each_citation_leads_to_its_source_and_the_source_back(known: Knowledge) -> None:
    out = drawn([invented.record()], known)
    assert "../sources/named-daily-blue.html" in out["reports/reds-and-blues.md"]
    source = out["sources/named-daily-blue.md"]
    assert "../reports/reds-and-blues.html#e-e-two" in source
    assert "No other source is cited for it." in source


def test_reports_without_a_title_are_told_apart_by_their_first_words(known: Knowledge) -> None:
    record = invented.record()
    blocks = tuple(b for b in record.report.blocks if b.kind == "paragraph")
    untitled = record.model_copy(update={"report": record.report.model_copy(update={"title": None, "blocks": blocks})})
    assert "[No title printed: “On April 3, the Reds struck a …”]" in html.unescape(
        drawn([untitled], known)["index.md"]
    )
    assert "[No title printed: Critical Threats" in html.unescape(drawn([untitled], known, {})["index.md"])


def test_day_and_hour_of_the_cut_off_are_of_one_report(known: Knowledge) -> None:
    """An older report's hour says nothing of the newest; of two of one day, the one that prints an hour is taken."""
    newest = invented.record()
    assert newest.report.published
    earlier = newest.report.published - dt.timedelta(days=3)

    def cut_off(hour: str | None, other: dt.date, others: str | None) -> str:
        one = newest.model_copy(update={"report": newest.report.model_copy(update={"cutoff": hour})})
        two = invented.many(2)
        two = two.model_copy(update={"report": two.report.model_copy(update={"cutoff": others, "published": other})})
        found = re.search(r"Information cut-off</dt><dd>(.*?)</dd>", drawn([one, two], known)["index.md"])
        assert found
        return found[1]

    assert cut_off(None, earlier, "2:00 pm EST") == "4 Apr 2024 <small>day of the latest report</small>"
    assert cut_off("noon", earlier, "2:00 pm EST") == "4 Apr 2024 <small>noon</small>"
    assert cut_off(None, newest.report.published, "2:00 pm EST") == "4 Apr 2024 <small>2:00 pm EST</small>"


def test_a_reference_is_printed_as_it_is_and_its_addresses_once(known: Knowledge) -> None:
    record = invented.record()
    reference = "See https://one.example/a ; then “Ответ”, https://two dot example/b... and nothing else"
    urls = (
        Address(as_printed="https://two dot example/b...", url="https://two.example/b", defanged=True, truncated=True),
        Address(as_printed="https://one.example/a", url="https://one.example/a"),
        Address(as_printed="https://three.example/c", url="https://three.example/c"),
    )
    changed = {"reference": reference, "urls": urls, "title": "Ответ", "language": "ru"}
    cited = tuple(c.model_copy(update=changed) if c.id == "ii" else c for c in record.report.citations)
    record = record.model_copy(update={"report": record.report.model_copy(update={"citations": cited})})
    page = drawn([record], known)["reports/reds-and-blues.md"]
    note = _Text()
    note.feed(page[page.index("-ii]: ") + 6 :].partition(" · ")[0])
    assert note.text == (
        "ii See https://one.example/a ; then “Ответ”, https://two dot example/b... defanged cut short and nothing else "
        "https://three.example/c"
    )


def test_a_source_counts_the_citations_that_events_rest_on(known: Knowledge) -> None:
    record = invented.record()
    outlet = {"outlet": None, "outlet_name": "Daily Blue"}
    cited = tuple(c.model_copy(update=outlet) if c.id == "i" else c for c in record.report.citations)
    idle = record.report.citations[0].model_copy(update={**outlet, "id": "idle", "marker": "idle"})
    record = record.model_copy(update={"report": record.report.model_copy(update={"citations": (*cited, idle)})})
    page = drawn([record], known)["sources/named-daily-blue.md"]
    assert "Two events rest on two citations of it in one report." in page
    assert "<dt>Citations</dt><dd>3</dd>" in page


def test_an_actor_tells_all_its_parts_in_attacks(known: Knowledge) -> None:
    text = "One hit two. Two hit one. One and two fought. One met two."
    quotes = text.split(". ")
    roles = (("source", "target"), ("target", "source"), ("participant", "participant"), ("source", "target"))
    events = [
        invented.event(f"x{n}", "reds-and-blues", text, quote, type="CONSULT" if n == 3 else "ASSAULT",
                       actors=(invented.actor("one", "One", one), invented.actor("two", "Two", two)))
        for n, (quote, (one, two)) in enumerate(zip(quotes, roles, strict=True))
    ]  # fmt: skip
    record = invented.record()
    record = record.model_copy(update={"events": tuple(events), "assessments": ()})
    page = drawn([record], known, {invented.SEED: text})["actors/one.md"]
    assert "Acts in two, takes part in one and is acted on in one." in page
    assert "In the three armed attacks among them: attacker in one, a party in one and target in one." in page


def test_an_unknown_link_is_an_error() -> None:
    page = Page("a/b.md", "x", "t", "s", None, (Target("thing:1", "here"),))
    link = link_from(page, places([page]))
    assert link("thing:1") == "b.html#here"
    with pytest.raises(BriefError, match="thing:2"):
        link("thing:2")
    with pytest.raises(BriefError, match="thing:1"):
        places([page, Page("c.md", "x", "t", "s", None, (Target("thing:1"),))])


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ view.missing }}", "missing"),
        ("{{ view.nothing }}", "NoneType"),
        ("{{ url('javascript:x') }}", "no web address"),
    ],
)
def test_a_template_that_prints_what_is_not_there_is_an_error(template: str, message: str) -> None:
    env = environment([])
    env.loader = DictLoader({"pages/x.md.j2": template})
    with pytest.raises(BriefError, match=message):
        render([Page("a.md", "x", "t", "s", SimpleNamespace(nothing=None))], env, frozenset(), str)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<a href="gone.html">x</a>', "leads to no page"),
        ('<a href="a.html#gone">x</a>', "no place"),
        ("[x](javascript:alert(1))", ""),
        ('<a href="JavaScript:alert(1)">x</a>', "not allowed"),
        ("text[^n]", "no footnote"),
        ("[^n]: note", "called nowhere"),
        ("text[^n]\n\n[^n]: note", ""),
        ('<p id="x">a</p>\n<p id="x">b</p>', "stands twice"),
        ("<script>alert(1)</script>", "acts"),
        ('<p onclick="x">a</p>', "acts"),
        ('<script type="application/json">{}</script>', ""),
        ("[x](https://example.org) <https://example.org>", ""),
    ],
)  # fmt: skip
def test_pages_are_checked_as_tokens(body: str, problem: str) -> None:
    found = verify({"a.md": f"---\ntitle: x\n---\n\n{body}\n"}, [])
    if not problem:
        assert found == []
    else:
        assert problem in str(found[0])


@pytest.mark.parametrize("path", ["index.md", "reports/reds-and-blues.md", "sources/named-daily-blue.md", "review.md"])
def test_golden_pages(path: str, known: Knowledge) -> None:
    """Whole pages as they were when somebody last looked; UPDATE_GOLDEN=1 writes them anew."""
    made = drawn([invented.record()], known)[path]
    kept = GOLDEN / path.replace("/", "--")
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(made, encoding="utf-8")
    assert made == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("an \u202egpj.exe file", "an \ufffdgpj.exe file"),
        ("\u202bاسم", "\u2068\u202bاسم\u202c\u2069"),
        ("name\u2069 out", "\u2068name out\u2069"),
        ("\u2067a\u202ab\u202c\u2069 c", "\u2068\u2067a\u202ab\u202c\u2069 c\u2069"),
        ("\u202aa\u2069b", "\u2068\u202aab\u202c\u2069"),
        ("مرحبا\u200f!", "مرحبا\u200f!"),
    ],
)
def test_marks_of_direction_turn_nothing_outside_their_text(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_the_glossary_has_all_that_a_badge_can_say(known: Knowledge) -> None:
    page = next(p for p in pages([invented.record()], known, {}) if p.path == "events/glossary.md")
    there = {target.id for target in page.targets}
    assert {f"term:{word}" for word in (*get_args(EventTypeId), *get_args(Certainty))} <= there
    body = drawn([invented.record()], known)["events/glossary.md"]
    for kind in known.types.values():
        assert inert(kind.definition) in body
        assert all(inert(mode.replace("-", " ")) in body for mode in kind.modes)
    for estimate in known.language.estimates:
        assert inert(estimate.term) in body
    badges = drawn([invented.record()], known)["reports/reds-and-blues.md"]
    assert (
        'href="../events/glossary.html#t-ASSAULT"' in badges and 'href="../events/glossary.html#is-claimed"' in badges
    )


def test_assessments_stand_in_two_orders(known: Knowledge) -> None:
    record = invented.record()
    two = record.assessments[0].model_copy(update={"id": "a-two", "theaters": ("iran", "iraq"), "likelihood": (80, 95)})
    none = record.assessments[0].model_copy(update={"id": "a-three", "theaters": (), "term": "may", "likelihood": None})
    record = record.model_copy(update={"assessments": (*record.assessments, two, none)})
    made = {page.path: page.view for page in pages([record], known, {})}
    likely, theater = made["assessments.md"], made["events/assessments-by-theater.md"]
    assert isinstance(likely, Assessments) and isinstance(theater, Assessments)
    assert [[j.id for j in g.judgments] for g in likely.groups] == [["a-two", "a-one"], ["a-three"]]
    assert {g.title: [j.id for j in g.judgments] for g in theater.groups} == {
        "Iraq": ["a-two", "a-one"], "Iran": ["a-two"], "No theater": ["a-three"],
    }  # fmt: skip
    assert [o.target for o in likely.orders] == [None, "page:assessments/theaters"]
    assert [o.target for o in theater.orders] == ["page:assessments", None]
