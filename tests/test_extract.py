"""The street from a seed's text to a record: what holds for any text, however hostile."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import build, extract, records
from briefgen.errors import SeedError
from briefgen.extract.events import Reader
from briefgen.knowledge import Knowledge
from briefgen.model import Record, Seed, Sidecar

DAY = dt.date(2024, 4, 26)
NEWS = (
    "Kenyan Foreign Minister Wanjiru Otieno visited Kigali on April 24. She condemned the attack on Goma.\n\n"
    "Rwandan troops attacked Goma on April 23, killing four soldiers.[1] The M23 claimed that it had seized a base.\n\n"
    "The UN Security Council will likely meet next week. Uganda accused Rwanda of arming the rebels.\n"
)
PIECES = st.sampled_from(
    ["Kenyan Foreign Minister Wanjiru Otieno ", "Rwandan troops ", "He ", "The group ", "Iran ", "the UN ", "and ",
     ", ", "attacked ", "met ", "condemned ", "will visit ", "was arrested by ", "said that ", "killing ",
     "did not sign ", "Goma ", "four soldiers ", "talks ", "with ", "in Kigali ", "on April 24", "on May 9", "in 2019 ",
     "last week ", "(Fars, May 3)", "[1]", "[iv]", "[", "]", "“", "”", "(", ")", ". ", ".\n", "\n\n", "• ", "# ", "- ",
     "Key Takeaways\n", "[1] A paper, https://a.example/x\n", "<script>alert(1)</script>", "{{ 7*7 }}",
     "[x](javascript:alert(1))", "| a |", "`", "***", "&amp;", "\u202e", "\u2066",
     "\u200b", "\x00", "\x1b[31m", "\\ud83d", "\r\n", "\r", "\t",
     "é", "علي", "米国", "May ", "- ", "April 26, 2024\n", "https://a dot example/b"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200
)


@pytest.fixture(scope="module")
def reader(everything_known: Knowledge) -> Reader:
    return extract.reader(everything_known)


def seed(text: str, name: str = "any.txt", published: dt.date | None = DAY) -> Seed:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Seed(name=name, sha256=digest, text=text, sidecar=Sidecar(published=published, publisher="ctp-isw"))


def read(reader: Reader, text: str, published: dt.date | None = DAY) -> list[Record]:
    """The records of a seed with that text; none where it holds no text to read."""
    try:
        return build.of_seed(seed(text, published=published), reader.knowledge, reader)
    except SeedError as error:
        assert str(error)
        return []


def hold(made: list[Record], text: str) -> None:
    """Fail unless the records keep what every record promises."""
    ids = [e.id for r in made for e in r.events] + [a.id for r in made for a in r.assessments]
    assert len(set(ids)) == len(ids)
    assert len({r.report.id for r in made}) == len(made)
    for record in made:
        report = record.report
        known = {c.id for c in report.citations}
        assert len(known) == len(report.citations)
        assert {m.citation for m in report.marks} <= known
        start, end = report.span
        assert 0 <= start <= end <= len(text)
        for event in record.events:
            assert event.report == report.id
            assert event.evidence
            for item in event.evidence:
                assert start <= item.span[0] < item.span[1] <= end
                assert text[item.span[0] : item.span[1]] == item.quote
                assert set(item.citations) <= known
            assert all(a.id and a.name and a.as_written for a in event.actors)
            assert len({a.id for a in event.actors}) == len(event.actors)
            assert all(a.as_written in text for a in event.actors)
            assert event.theaters
            assert 0 <= event.confidence <= 1
            first, last = event.date.start, event.date.end
            assert (first is None) == (last is None) == (event.date.precision == "unknown")
            if first is not None and last is not None:
                assert first <= last
                assert report.published is None or first <= report.published
        for judgment in record.assessments:
            assert text[judgment.span[0] : judgment.span[1]] == judgment.quote
            assert judgment.term in judgment.quote


def test_news_is_read(reader: Reader) -> None:
    (record,) = read(reader, NEWS)
    hold([record], NEWS)
    told = {(e.type, tuple(a.id for a in e.actors if a.role == "source")) for e in record.events}
    assert ("ASSAULT", ("rwanda-defence-force", "rwanda")) in told
    assert ("CONSULT", ("wanjiru-otieno", "kenya")) in told
    assert ("ACCUSE", ("uganda",)) in told
    assert [a.term for a in record.assessments] == ["likely"]


def test_any_text(reader: Reader) -> None:
    @settings(max_examples=120)
    @given(TEXTS, st.none() | st.just(DAY))
    def holds(text: str, published: dt.date | None) -> None:
        made = read(reader, text, published)
        hold(made, text)
        assert read(reader, text, published) == made

    holds()


def test_two_readers_read_the_same(reader: Reader, everything_known: Knowledge) -> None:
    other = extract.reader(everything_known)

    @settings(max_examples=40)
    @given(TEXTS)
    def holds(text: str) -> None:
        assert read(other, text) == read(reader, text)

    holds()


def test_an_added_paragraph_changes_no_earlier_id(reader: Reader) -> None:
    """What stands after a report's text takes nothing from the events told before."""

    @settings(max_examples=60)
    @given(st.lists(PIECES, min_size=1, max_size=15).map("".join))
    def holds(told: str) -> None:
        told = "".join(c for c in told if c not in "[]#\r").strip()
        before = f"{NEWS}\n{told}.\n"
        after = f"{before}\nPeruvian police arrested two smugglers in Lima on April 25.\n"
        earlier = {e.id for r in read(reader, before) for e in r.events}
        assert earlier <= {e.id for r in read(reader, after) for e in r.events}

    holds()


def test_an_added_paragraph_tells_one_event_more(reader: Reader) -> None:
    (before,) = read(reader, NEWS)
    (after,) = read(reader, f"{NEWS}\nPeruvian police arrested two smugglers in Lima on April 25.\n")
    assert [e.id for e in after.events[:-1]] == [e.id for e in before.events]
    assert after.events[-1].type == "COERCE"


HOSTILE: dict[str, str] = {
    "a sentence without end": "Rwandan troops attacked Goma and " * 20_000,
    "one deed over and over": "Rwandan troops attacked Goma on April 24. " * 5_000,
    "words without end": "word " * 100_000,
    "commas": "Kenya, " * 30_000 + "attacked Goma.",
    "one word": "a" * 300_000,
    "one capital word": "Gen. " + "A" * 100_000,
    "brackets": "Kenya attacked " + "[" * 10_000 + "Goma" + "]" * 10_000 + ".",
    "parentheses": "Kenya attacked " + "(" * 10_000 + "Goma" + ")" * 10_000 + ".",
    "quotation marks": "Kenya said “" * 10_000,
    "marks": "Kenya attacked Goma.[1]" * 1_000,
    "stops": "." * 100_000,
    "lines": "Kenya attacked Goma\n" * 5_000,
    "blank lines": "Kenya\n\n" * 5_000,
    "surnames": "Gen. Bello met Gen. Otieno. " * 1_000,
    "markup": "<script>alert(1)</script>{{ x }}{% y %}[a](javascript:b) Kenya attacked <b>Goma</b>.\n" * 500,
    "directions": "Kenya \u202eattacked\u202c \u2066Goma\u2069 on April 24.",
    "zeros": "Kenya\x00 attacked\x00 Goma\x00.",
    "escapes": "Kenya attacked \\ud83d Goma \\x00 &#x202e;.",
    "numbers": "Kenya arrested " + "9" * 50_000 + " men on April " + "9" * 50_000 + ".",
}


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str, reader: Reader) -> None:
    hold(read(reader, HOSTILE[name]), HOSTILE[name])


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_five_megabytes_in_one_paragraph(reader: Reader) -> None:
    text = f"{'Rain fell on the hills and nobody said a word of it, ' * 100}and it was cold. " * 1_000
    assert len(text) > 5_000_000
    hold(read(reader, text), text)


@pytest.mark.parametrize("name", ["markup", "directions", "zeros", "escapes"])
def test_hostile_words_stay_words(name: str, reader: Reader) -> None:
    """What is hostile is kept to the letter and takes no event from the text."""
    text = HOSTILE[name].splitlines()[0] if name == "markup" else HOSTILE[name]
    made = read(reader, text)
    hold(made, text)
    assert [e.type for r in made for e in r.events] == ["ASSAULT"]


def test_a_record_survives_its_file(reader: Reader, tmp_path: Path) -> None:
    (made,) = read(reader, NEWS)
    records.write(tmp_path, [made])
    (kept,) = records.read(tmp_path)
    assert (kept.events, kept.assessments) == (made.events, made.assessments)


def test_a_source_dates_its_sentence_where_the_report_has_only_a_period(reader: Reader) -> None:
    text = (
        "Spotlight on Peru\n\nMarch 3, 2022 – March 17, 2022\n\nOverview\n\n"
        "Kenya’s ambassador visited Lima and signed a trade agreement with Peru (Reuters, March 9). "
        "The two countries condemned Rwanda (AFP, March 11). Chile condemned Rwanda as well (Reuters, March 14).\n"
    )
    (record,) = read(reader, text, published=None)
    days = {(e.type, str(e.date.start)) for e in record.events}
    assert {("CONSULT", "2022-03-09"), ("AGREE", "2022-03-09"), ("ACCUSE", "2022-03-14")} <= days
