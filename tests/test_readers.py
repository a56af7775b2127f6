"""What every reader promises, on real, invented and arbitrary text, and what each layout reads."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import readers, seeds
from briefgen.errors import SeedError
from briefgen.knowledge.schema import Source
from briefgen.model import TOLD, Report, ReportFacts, Seed, Sidecar
from briefgen.readers import segments
from briefgen.readers.lines import blank
from briefgen.readers.outlets import Outlets, outlets

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures" / "seeds"
SIGN = re.compile(r"(?:[•●▪◦‣∙○■□➢►✓*+\-–—·>|]|#{1,6}|\d{1,9}[.)]|\(?[a-z]\)|\[\^?[^\]\s]{1,40}\]:?|\^\d{1,4})*")


@dataclass(frozen=True)
class Knowledge:
    sources: Mapping[str, Source] = field(default_factory=dict)


KNOWN = Knowledge(
    {
        "reuters": Source(id="reuters", name="Reuters", kind="agency", domains=("reuters.com",)),
        "isna": Source(id="isna", name="ISNA", aliases=("Iranian Students’ News Agency",), kind="agency"),
        "kremlin": Source(id="kremlin", name="Kremlin", kind="official", domains=("kremlin.ru",)),
        "lake": Source(id="lake", name="Voz del Lago", kind="newspaper", domains=("lake.example",)),
    }
)


def seed_of(text: str, name: str = "x.txt", sidecar: Sidecar | None = None) -> Seed:
    return Seed(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, sidecar=sidecar or Sidecar())


@cache
def fixture(name: str) -> tuple[Report, ...]:
    return readers.read(seeds.read(FIXTURES / name), KNOWN)


@cache
def sample(number: str) -> tuple[Report, ...]:
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    return readers.read(seeds.read(path), KNOWN)


def text_of(name: str) -> str:
    return seeds.read(FIXTURES / name).text


def faults(report: Report, text: str) -> Iterator[str]:
    """Everything in which a report breaks the promise of its reader."""
    end = report.span[0]
    for block in report.blocks:
        start, stop = block.span
        words = text[start:stop]
        if not end <= start < stop <= report.span[1]:
            yield f"{block.span} overlaps or leaves the report"
        if words and (blank(words[0]) or blank(words[-1])):
            yield f"{block.span} is not tight"
        between = "".join(char for char in text[end:start] if not blank(char))
        if not SIGN.fullmatch(between):
            yield f"{between!r} before {block.span} is in no block"
        end = stop
    if report.blocks and end != report.span[1]:
        yield "the last block does not end the report"
    ids = [citation.id for citation in report.citations]
    if len(ids) != len(set(ids)):
        yield "two citations with one id"
    told = [block.span for block in report.blocks if block.kind in TOLD or block.kind == "heading"]
    for mark in report.marks:
        if mark.citation not in ids:
            yield f"mark {mark.span} calls no citation"
        if not any(start <= mark.span[0] < mark.span[1] <= stop for start, stop in told):
            yield f"mark {mark.span} is in no told block"
        if mark.covers and not mark.covers[0] < mark.covers[1]:
            yield f"mark {mark.span} covers nothing"
    for block in report.blocks:
        if block.citation and block.citation not in ids:
            yield f"block {block.span} rests on no citation"
    items = [(item.text, item.span) for item in report.takeaways]
    items += [(item.text, item.span) for item in report.objectives]
    for words, span in items:
        if text[slice(*span)] != words:
            yield f"{words!r} is not what its span holds"
    for citation in report.citations:
        if citation.reference and citation.reference not in text:
            yield f"{citation.reference!r} is not printed"
        for address in citation.urls:
            if not address.url.startswith(("http://", "https://")) or address.as_printed not in text:
                yield f"{address.as_printed!r} is no address that is printed"


# The five seeds.


@pytest.mark.parametrize(("number", "count"), [("000", 1), ("001", 1), ("002", 2), ("003", 5), ("004", 10)])
def test_the_seeds_hold_as_many_reports(number: str, count: int) -> None:
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    found = sample(number)
    assert len(found) == count
    assert len({report.id for report in found}) == count
    assert [fault for report in found for fault in faults(report, seeds.read(path).text)] == []


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_bracket_mark_of_told_text_is_lost(number: str) -> None:
    """Independent of the reader: whatever looks like a number in brackets, but for list labels."""
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    text = seeds.read(path).text
    for report in sample(number):
        marks = {mark.span for mark in report.marks}
        for block in report.blocks:
            if block.kind in TOLD:
                for found in re.finditer(r"\[(?:\d+|[ivxl]+)\]", text[slice(*block.span)]):
                    at = (block.span[0] + found.start(), block.span[0] + found.end())
                    assert at in marks, text[at[0] - 40 : at[1]]


def test_roman_marks_without_a_list() -> None:
    (report,) = sample("000")
    assert report.published == dt.date(2024, 4, 26)
    assert len(report.citations) == 67
    assert all(citation.reference is None for citation in report.citations)
    assert any("xliii is missing" in note for note in report.notes)
    assert len(report.takeaways) == 7
    assert len(report.objectives) == 6
    assert report.blocks[-3].kind == "boilerplate"


def test_a_blog_page_round_two_reports() -> None:
    first, second = sample("002")
    assert (len(first.takeaways), len(first.objectives), first.cutoff) == (12, 7, "2:00 pm EST")
    assert (len(first.authors), second.authors) == (7, ("Liam Karr",))
    cited = {citation.marker: citation for citation in first.citations}
    assert len(cited) == 69
    assert [address.url for address in cited["8"].urls] == [
        "https://mfa.ir/portal/NewsView/735452",
        "https://www.iribnews.ir/fa/news/4078701",
    ]
    assert cited["63"].urls[0].url == "https://wwwirna.ir/news/85314953"
    assert cited["7"].reference is None
    assert sum(address.truncated for citation in second.citations for address in citation.urls) > 30
    text = seeds.read(next((ROOT / "seeds").glob("002_*.txt"))).text
    for report in (first, second):
        assert "HAMAS HAS TO GO" not in text[slice(*report.span)]


def test_a_spotlight_with_its_sources_in_brackets() -> None:
    (report,) = sample("001")
    assert report.period is not None
    assert (report.period.start, report.period.end) == (dt.date(2021, 5, 13), dt.date(2021, 5, 27))
    assert len(report.takeaways) == 6
    assert len(report.citations) == 16
    reuters = next(citation for citation in report.citations if citation.marker == "May 21")
    assert (reuters.outlet, reuters.date) == ("reuters", dt.date(2021, 5, 21))
    assert sum(block.kind == "caption" for block in report.blocks) == 3


def test_articles_run_together() -> None:
    found = sample("003")
    assert [report.title is None for report in found] == [False, True, True, True, True]
    assert {report.published for report in found} == {dt.date(2022, 8, 5)}
    assert {report.published_basis for report in found} == {"inferred"}
    text = seeds.read(next((ROOT / "seeds").glob("003_*.txt"))).text
    opened = [text[report.span[0] :][:30] for report in found[1:]]
    assert opened == [
        "Israeli Prime Minister Yair La",
        "Iran will continue its struggl",
        "Rights defender Narges Mohamma",
        "European Union’s coordinator i",
    ]


def test_articles_of_an_issue_with_excerpts() -> None:
    found = sample("004")
    markers = {citation.marker for citation in found[3].citations}
    assert markers == {"i", "The Wire, 14 October 2023"}
    pashto = next(citation for citation in found[5].citations if citation.marker.startswith("Deutsche Welle"))
    assert (pashto.language, pashto.date) == ("ps", dt.date(2023, 11, 6))
    assert all(report.published is None for report in found)
    excerpt = next(block for block in found[3].blocks if block.kind == "excerpt")
    assert (excerpt.day, excerpt.citation) == (dt.date(2023, 10, 14), "c-the-wire-14-october-2023")


# Invented reports, one a layout.


def kinds(report: Report, text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[slice(*block.span)][:24]) for block in report.blocks]


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
def test_fixtures_keep_the_promise(name: str) -> None:
    for report in fixture(name):
        assert list(faults(report, text_of(name))) == []


LAYOUTS = {
    "update.txt": ["ctp-isw"],
    "spotlight.txt": ["itic"],
    "articles.txt": ["iran-international"] * 2,
    "watch.txt": ["oe-watch"] * 2,
    "plain.txt": ["generic"],
    "notes.md": ["generic"],
    "ugly.txt": ["generic"],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_layout_is_known(name: str) -> None:
    assert [report.layout for report in fixture(name)] == LAYOUTS[name]


def test_update() -> None:
    (report,) = fixture("update.txt")
    assert report.id == "ctp-isw-freedonia-update-2025-03-03"
    assert report.authors == ("Ada Quill", "Boris Penn", "Clara Inkwell")
    assert report.address == "https://www.understandingwar.org/backgrounder/freedonia-update-march-3-2025"
    assert [item.text for item in report.objectives] == ["Erode the will of the Freedonian public", "Expel the fleet"]
    cited = {citation.marker: citation for citation in report.citations}
    assert list(cited) == ["1", "2", "3", "5", "6", "7", "8", "9"]
    assert [address.url for address in cited["5"].urls] == [
        "https://mod.freedonia.example/read?id=7",
        "https://mod.freedonia.example/second",
    ]
    assert cited["2"].urls[0].truncated
    assert cited["3"].urls == () == cited["8"].urls
    assert any(note.startswith("2 of 8 citation marks have no reference") for note in report.notes)
    told = [text for kind, text in kinds(report, text_of("update.txt")) if kind == "paragraph"]
    assert "Brandt said that it “[o]" in told


def test_spotlight_across_a_new_year() -> None:
    (report,) = fixture("spotlight.txt")
    days = {citation.marker: citation.date for citation in report.citations}
    assert days["Harbor News Agency, December 22"] == dt.date(2022, 12, 22)
    assert days["Gazette, January 2"] == dt.date(2023, 1, 2)
    assert len(days) == 6
    text = text_of("spotlight.txt")
    covers = {mark.citation: text[slice(*mark.covers)] for mark in report.marks if mark.covers}
    assert covers["c-gazette-january-2"].startswith("The minister called")
    assert covers["c-gazette-january-2"].endswith("(Gazette, January 2)")
    assert covers["c-gazette-january-2-3"].startswith("He then praised")
    assert covers["c-january-1"].endswith("denied it.")


def test_articles_are_told_apart_and_dated_by_news_style_alone() -> None:
    first, second = fixture("articles.txt")
    assert (first.title, second.title) == ("Fleet Leaves Port Amber As Talks Stall, Minister Says", None)
    assert first.published == second.published == dt.date(2023, 8, 4)
    assert "“Thursday, August 3”, “Friday”" in first.published_why


def test_watch() -> None:
    first, second = fixture("watch.txt")
    text = text_of("watch.txt")
    assert [kind for kind, _ in kinds(first, text)][:5] == [
        "heading", "caption", "pull-quote", "paragraph", "source-line",
    ]  # fmt: skip
    spanish, russian = first.citations[1:]
    assert (spanish.marker, spanish.outlet, spanish.language) == ("Voz del Lago, 12 May 2024", "lake", "es")
    assert (russian.title, russian.language, russian.marker) == ("лодки на озере", "ru", "The Lake, 3 June 2024")
    assert kinds(second, text)[-2:] == [
        ("excerpt", "The president opened the"),
        ("endnote", "The road was planned in "),
    ]


def test_plain_text() -> None:
    (report,) = fixture("plain.txt")
    assert (report.title, report.published) == ("Lake Umber: A Quiet Month", dt.date(2024, 7, 4))
    assert [item.text for item in report.takeaways] == ["The boats left the lake.", "The road is open."]
    cited = {citation.marker: citation for citation in report.citations}
    assert set(cited) == {"1", "2", "3", "Harbor News Agency, July 2", "https://lake.example/why"}
    assert cited["1"].urls[0].url == "https://lake.example/report_(1)"
    assert cited["https://lake.example/why"].outlet == "lake"


def test_a_plain_article_without_a_date_line() -> None:
    text = "Boats leave the lake\n\nThe admiral said on Thursday, August 4, that the boats left. In 2022 ten came.\n"
    (report,) = readers.read(seed_of(text), KNOWN)
    assert (report.published, report.published_basis) == (dt.date(2022, 8, 4), "inferred")
    (report,) = readers.read(seed_of(text.replace("Thursday, ", "")), KNOWN)
    assert (report.published, report.published_basis) == (None, "none")
    assert "No publication date is printed." in report.notes


BROKEN = "Iran Update, May 3, 2024\n\nCTP saw it.[1] It went on.[2]\n[1] The fleet left.\n\nIt came back.[3]\n"
LISTED = "\n[1] A.\n\n[2] https://a.example/b ;\n\nhttps://a.example/c\n\nA word from our sponsor.\n"


@pytest.mark.parametrize("title", ["", "Some Title"])
def test_a_line_broken_before_a_mark_is_no_list(title: str) -> None:
    text = BROKEN.replace("Iran Update, May 3, 2024", title) if title else BROKEN
    (report,) = readers.read(seed_of(text), KNOWN)
    told = [text[slice(*block.span)] for block in report.blocks if block.kind in TOLD]
    assert told[-2:] == ["[1] The fleet left.", "It came back.[3]"]
    (report,) = readers.read(seed_of(text + LISTED), KNOWN)
    cited = {citation.marker: citation.reference for citation in report.citations}
    assert cited == {"1": "A.", "2": "https://a.example/b ;\n\nhttps://a.example/c", "3": None}


def test_markdown() -> None:
    (report,) = fixture("notes.md")
    assert (report.title, report.published) == ("Freedonia Weekly", dt.date(2024, 7, 4))
    cited = {citation.marker: citation for citation in report.citations}
    assert set(cited) == {"1", "road", "https://lake.example/admiral"}
    assert cited["1"].reference == "Harbor report, https://lake.example/report\n    of 1 July."
    assert ("bullet", "The road is open.[^road]") in kinds(report, text_of("notes.md"))


# What a sidecar says.


def test_the_sidecar_goes_first() -> None:
    text = text_of("plain.txt")
    facts = Sidecar(publisher="itic", published=dt.date(2024, 7, 5), text="excerpts", licence="CC BY 4.0", title="T")
    (report,) = readers.read(seed_of(text, sidecar=facts), KNOWN)
    assert report.id == "itic-lake-umber-a-quiet-month-2024-07-05"
    assert (report.title, report.published_basis, report.text, report.licence) == (
        "T",
        "sidecar",
        "excerpts",
        "CC BY 4.0",
    )


def test_facts_of_one_report_of_several() -> None:
    text = text_of("watch.txt")
    key = "oe-watch-sylvania-opens-a-road-to-the-coast"
    facts = Sidecar(reports={key: ReportFacts(published=dt.date(2024, 7, 1))})
    first, second = readers.read(seed_of(text, sidecar=facts), KNOWN)
    assert (first.published, second.published, second.id) == (None, dt.date(2024, 7, 1), key)
    with pytest.raises(SeedError, match=f"did you mean {key}"):
        readers.read(seed_of(text, sidecar=Sidecar(reports={key[:-1]: ReportFacts()})), KNOWN)


def test_same_title_and_day_but_other_publisher() -> None:
    one = "Weekly Review\nPublished 4 July 2024\n\nThe boats left."
    two = "Weekly Review\nPublished 4 July 2024\n\nThe boats came back."
    ids = {readers.read(seed_of(text), KNOWN)[0].id for text in (one, two)}
    assert len(ids) == 2


def test_one_article_stays_one() -> None:
    for report in (*sample("004"), *sample("000")):
        (path,) = (ROOT / "seeds").glob(report.seed)
        text = seeds.read(path).text
        told = [text[slice(*block.span)] for block in report.blocks if block.kind == "paragraph"]
        assert len(segments.starts(told)) <= 1 + len(told) // 10


# Arbitrary text.

PIECES = st.sampled_from(
    [
        "Iran Update, April 26, 2024", "Key Takeaways:", "Axis of Resistance objectives:", "References", "Tags",
        "•", "1. ", "[1]", "[i] ", "[^1]", "[^1]: ", "[2] https://a dot b/c...", "Spotlight on Iran",
        "May 13, 2021 – May 27, 2021", "(ISNA, May 22)", "(", ")", "Image Information:",
        "“A title,” Outlet (a daily), 9 November 2023.", "told Iran International", "Thursday, August 4", "2022",
        "word " * 50, "Some Heading", "# ", "- ", "> ", "```", "| a |", "<b>", "{{ x }}", "\r\n", "\n", "\n\n", "\r",
        " ", "\t", "\ufeff", "\u200b", "\x0b", "\x85", "\u2028", "ا", "؟", "١", "A sentence.", "CTP", "OE Watch",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))


def encodable(text: str) -> bool:
    return not re.search("[\ud800-\udfff]", text)


@pytest.mark.parametrize("layout", [reader.name for reader in readers.READERS])
@settings(max_examples=80)
@given(text=TEXTS.filter(encodable), name=st.sampled_from(["x.txt", "x.md"]))
def test_any_text_through_any_reader(layout: str, text: str, name: str) -> None:
    reader = next(reader for reader in readers.READERS if reader.name == layout)
    known: Outlets = outlets(KNOWN)
    seed = seed_of(text, name)
    if not text.strip("".join(char for char in set(text) if blank(char))):
        return
    reader.fits(seed)
    for report in reader.read(seed, known):
        assert list(faults(report, text)) == []


@settings(max_examples=80)
@given(text=TEXTS.filter(encodable), name=st.sampled_from(["x.txt", "x.md"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        found = readers.read(seed_of(text, name), KNOWN)
    except SeedError:
        return
    assert found == readers.read(seed_of(text, name), KNOWN)
    assert len({report.id for report in found}) == len(found)


SLOW: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "marks": lambda size: "a[1]" * (size // 4),
    "labels": lambda size: "x [1]\n" + "[1] a\n" * (size // 6),
    "parentheses": lambda size: "(a, " * (size // 4),
    "blanks": lambda size: "May " + " " * size + "x",
    "lines": lambda size: "a\n" * (size // 2),
    "headings": lambda size: "Iran Update, April 26, 2024\nKey Takeaways:\na.[1] b.[2] ISW\n" * (size // 60),
    "titles": lambda size: "“A,” B (c), 9 November 2023. d[1] OE Watch [i] " * (size // 50),
    "issue": lambda size: "“A title,” B (c), 9 November 2023.\n\n[i] OE Watch\n\nHead\n\n" * (size // 60),
    "glue": lambda size: "".join(f"Ab{'c' * (at % 9)} abcdDef{at}" for at in range(size // 12)),
    "stars": lambda size: "*" * size,
    "quotes": lambda size: ">" * size + "a",
    "addresses": lambda size: "https://a dot b;" * (size // 16),
}


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
@pytest.mark.parametrize("case", SLOW)
@pytest.mark.timeout(120)
def test_hostile_text_comes_to_an_end(case: str, name: str) -> None:
    assert readers.read(seed_of(SLOW[case](60_000), name), KNOWN)


def test_a_short_sentence_with_a_date_is_news_and_no_byline() -> None:
    text = "Border Watch\n\nRussian forces attacked Kharkiv on May 1, 2024.\n\nYesterday Iran condemned the raid.\n"
    (report,) = readers.read(Seed(name="a.txt", sha256="0" * 64, text=text), KNOWN)
    assert report.published is None
    assert [block.kind for block in report.blocks] == ["heading", "paragraph", "paragraph"]
