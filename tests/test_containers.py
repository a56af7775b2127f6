"""Pages, PDF, documents and letters: their text as a person would read it, and nothing that harms."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import made
from briefgen import cli, containers, knowledge, readers, records, seeds, yamlio
from briefgen.containers import UnreadableError, webmeta
from briefgen.knowledge import Knowledge
from briefgen.model import Report, Sidecar
from made import column, docx, letter, pdf

FIRST: list[made.Line] = [
    *column(60, 780, ["Umber Weekly 12"], 8),
    (60, 740, 18, "Boats on the Lake"),
    (60, 715, 10, "4 July 2024"),
    *column(60, 690, ["Russia and Iran signed an agreement in", "Moscow on 2 July 2024."]),
    (172, 682, 6, "1"),
    (178, 678, 10, "The council"),
    *column(60, 666, ["was misin-", "formed about it by the Iran-", "backed militias and left."]),
    *column(60, 618, ["The mayor asked them to leave on", "3 July 2024 and went home."]),
    *column(
        320, 690, ["*The council", "It met in the evening to hear what the", "fishermen said about the boats, which"]
    ),
    *column(60, 120, ["1 Umber Radio, 2 July 2024,"], 7),
    *column(60, 110, ["https://radio.example/1"], 7),
    (300, 40, 9, "Page 1 of 2"),
]
SECOND: list[made.Line] = [
    *column(60, 780, ["Umber Weekly 12"], 8),
    *column(60, 740, ["had come in May. The end of it was that", "nobody left."]),
    (300, 40, 9, "Page 2 of 2"),
]
PDF_TEXT = """Boats on the Lake

4 July 2024

Russia and Iran signed an agreement in Moscow on 2 July 2024.[1] The council was misinformed about it by the \
Iran-backed militias and left.

The mayor asked them to leave on 3 July 2024 and went home.

The council

It met in the evening to hear what the fishermen said about the boats, which had come in May. The end of it was \
that nobody left.

[1] Umber Radio, 2 July 2024, https://radio.example/1
"""
FILES = {
    "boats.html": made.PAGE.encode(),
    "boats.pdf": pdf([FIRST, SECOND]),
    "boats.docx": docx(),
    "boats.eml": letter(),
}
TEXTS = {
    "boats.html": made.PAGE_TEXT,
    "boats.pdf": PDF_TEXT,
    "boats.docx": made.DOCX_TEXT,
    "boats.eml": made.LETTER_TEXT,
}


def text(source: str) -> str:
    return containers.read("x.html", source.encode()).text


def report(name: str, data: bytes, known: Knowledge) -> Report:
    (found,) = readers.read(seeds.of(name, data, name, Sidecar()), known)
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_what_a_person_would_read(name: str) -> None:
    content = containers.read(name, FILES[name])
    assert content.text == TEXTS[name]
    assert content == containers.read(name, FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_a_report_of_it_has_title_day_and_citations(name: str, everything_known: Knowledge) -> None:
    found = report(name, FILES[name], everything_known)
    printed = name in ("boats.pdf", "boats.docx")
    assert (found.title, str(found.published)) == ("Boats on the Lake", "2024-07-04")
    assert found.published_basis == ("printed" if printed else "file")
    called = {mark.citation for mark in found.marks}
    assert called == {citation.id for citation in found.citations}
    assert all(citation.reference for citation in found.citations)
    addresses = {address.url for citation in found.citations for address in citation.urls}
    assert addresses & {"https://news.example/deal?a=1&b=2", "https://news.example/deal", "https://radio.example/1"}


def test_a_page_tells_takeaways_sections_and_captions_apart(everything_known: Knowledge) -> None:
    found = report("boats.html", FILES["boats.html"], everything_known)
    assert [item.text for item in found.takeaways] == ["Iran sent boats to the lake.[1]", "The mayor protested."]
    kinds = {made.PAGE_TEXT[slice(*block.span)]: (block.kind, block.section) for block in found.blocks}
    assert kinds["A boat"] == ("caption", "The lake")
    assert kinds["By Jane Doe"][0] == "byline"
    assert (found.authors, found.address) == (("Jane Doe",), "https://umber.example/boats")


def test_a_title_that_is_no_heading_is_found_by_the_pages_head() -> None:
    head = "<head><title>Boats on the Lake | The Desk</title><meta property='og:site_name' content='The Desk'></head>"
    content = containers.read("x.html", f"<html>{head}<p>Analysis</p><p>BOATS ON THE LAKE</p><p>It sank.</p>".encode())
    assert content.text == "BOATS ON THE LAKE\n\nAnalysis\n\nIt sank.\n"
    assert [piece.kind for piece in content.outline] == ["heading", "paragraph", "paragraph"]
    content = containers.read("x.html", f"<html>{head}<p>It sank.</p>".encode())
    assert content.text == "Boats on the Lake\n\nIt sank.\n"


@pytest.mark.parametrize("name", ["update", "watch", "spotlight", "articles"])
def test_a_page_of_a_known_layout_is_read_like_its_text(name: str, everything_known: Knowledge) -> None:
    words = (Path(__file__).parent / "fixtures" / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    told = [line.strip() for line in words.splitlines() if line.strip()]
    shown = "".join(
        f"<ul><li>{escape(line[1:])}</li></ul>" if line[0] == "•" else f"<p>{escape(line)}</p>" for line in told
    )
    page = f"<html><body><nav><a href='/'>Home</a></nav><div>{shown}</div></body></html>".encode()
    plain = readers.read(seeds.of("x.txt", words.encode(), "x.txt", Sidecar()), everything_known)
    saved = readers.read(seeds.of("x.html", page, "x.html", Sidecar()), everything_known)

    def facts(found: tuple[Report, ...]) -> list[tuple[object, ...]]:
        return [(r.id, r.layout, r.title, r.published, len(r.citations), len(r.marks), len(r.takeaways)) for r in found]

    assert facts(saved) == facts(plain)


def test_the_site_of_a_known_publisher_names_it(everything_known: Knowledge) -> None:
    page = made.PAGE.replace("umber.example/boats", "www.crisisgroup.org/boats")
    assert report("x.html", page.encode(), everything_known).publisher == "crisis-group"
    named = made.PAGE.replace("The Umber Desk", "Chatham House")
    assert report("x.html", named.encode(), everything_known).publisher == "chatham-house"
    assert report("x.html", made.PAGE.encode(), everything_known).publisher is None


def test_what_text_and_sidecar_say_goes_before_the_files_own_word(everything_known: Knowledge) -> None:
    page = made.PAGE.replace("<p>By Jane Doe</p>", "<p>By Jane Doe</p><p>5 July 2024</p>").encode()
    found = report("x.html", page, everything_known)
    assert (str(found.published), found.published_basis) == ("2024-07-05", "printed")
    sidecar = yamlio.model(Sidecar, {"published": "2024-07-06", "publisher": "itic"}, "x")
    (found,) = readers.read(seeds.of("x.html", page, "x", sidecar), everything_known)
    assert (str(found.published), found.published_basis, found.publisher) == ("2024-07-06", "sidecar", "itic")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<p>One<br>line</p><p>Two</p>", "One line\n\nTwo\n"),
        ("Loose <p>words</p> after", "Loose\n\nwords\n\nafter\n"),
        ("<ul><li>Text<h3>Head</h3>more</li></ul>", "• Text\n\nHead\n\n• more\n"),
        ("<p>a</p><script>b</script><noscript>c</noscript><!-- d --><template>e</template>", "a\n"),
        ("<p>a <span style='display: none'>b</span><span hidden>c</span>d</p>", "a d\n"),
        ("<p>a<a href='javascript:x()'>b</a><a href='mailto:x@y.z'>c</a></p>", "abc\n"),
        ("<h2><a href='https://x.example/'>A</a></h2><p>b</p>", "A\n\nb\n"),
        ("<p><b>A heading</b></p><p><b>Not</b> one</p><p><b>Nor this.</b></p>", "A heading\n\nNot one\n\nNor this.\n"),
        ("<p>a\u202eb\u200bc\x07</p>", "abc\n"),
        ("<pre>a\nb</pre>", "a b\n"),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>\n"),
    ],
)
def test_small_pages(source: str, told: str) -> None:
    assert text(f"<html><body>{source}</body></html>") == told


def test_notes_of_other_forms() -> None:
    word = (
        '<p>It fell.<a href="#_edn1" name="_ednref1">[i]</a></p><p><a href="#_ednref1" name="_edn1">[i]</a> A note.</p>'
    )
    assert text(f"<html>{word}</html>") == "It fell.[i]\n\n[i] A note.\n"
    wiki = (
        '<p>It fell.<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup> <a href="https://x.example/">So</a></p>'
        '<ol><li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <span>A <i>note</i></span>.</li></ol>'
    )
    assert text(f"<html>{wiki}</html>").startswith("It fell.[1] So[2]\n\n[1] A note.\n[2] https://x.example/\n")
    nested = '<p>It fell.<a href="#n"><sup>*</sup></a></p><p id="n">* A note.</p>'
    assert text(f"<html>{nested}</html>") == "It fell.[^*]\n\n[^*] A note.\n"
    printed = "<p>It fell.[1] It rose.[2]</p><p>[1] One.</p><p>[2] Two.</p>"
    assert [p.marker for p in containers.read("x.html", f"<html>{printed}</html>".encode()).outline] == ["", "1", "2"]


def test_a_list_of_sources_is_no_menu() -> None:
    links = "".join(f'<li><a href="https://s{n}.example/">Source {n}</a></li>' for n in range(4))
    rest = "<p>" + "The council met in the evening. " * 20 + "</p>"
    assert "Source 3" in text(f"<html><body>{rest}<h2>Sources</h2><ul>{links}</ul></body></html>")
    assert "Source 3" not in text(f"<html><body>{rest}<h2>More</h2><ul>{links}</ul></body></html>")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("<p>Kyélem</p>".encode("cp1252"), "Kyélem\n"),
        ('<meta charset="windows-1251"><p>Минск</p>'.encode("cp1251"), "Минск\n"),
        ('<meta charset="windows-1251"><p>Минск</p>'.encode(), "Минск\n"),
        ('<meta charset="nonsense"><p>Kyélem</p>'.encode("cp1252"), "Kyélem\n"),
        ("<html><p>Minsk é</p></html>".encode("utf-16"), "Minsk é\n"),
        ("<p>Kyélem</p>".encode("utf-8-sig"), "Kyélem\n"),
    ],
)
def test_encodings_of_a_page(data: bytes, told: str) -> None:
    assert containers.read("x.html", data).text == told


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-07-04T23:30:00-03:00", "2024-07-04"),
        ("20240704", "2024-07-04"),
        ("Thu, 04 Jul 2024 23:30:00 -0300", "2024-07-04"),
        ("2024-13-04", "None"),
        ("July", "None"),
        ("", "None"),
    ],
)
def test_days_of_the_head(written: str, day: str) -> None:
    assert str(webmeta.day(written)) == day


def test_a_page_that_a_browser_saved_knows_its_address() -> None:
    source = "<!DOCTYPE html>\n<!-- saved from url=(0025)https://umber.example/boats -->\n<html><p>x</p></html>"
    meta = containers.read("x.html", source.encode()).meta
    assert (meta.address, meta.where["address"]) == (
        "https://umber.example/boats",
        "the note of the browser that saved it",
    )
    ld = '<script type="application/ld+json">{"headline":"H","datePublished":"2024-07-04"}</script>'
    assert str(containers.read("x.html", f"<html>{ld}<p>x</p>".encode()).meta.published) == "2024-07-04"


HOSTILE = {
    "deep": "<div>" * 50_000 + "x",
    "bold": "<b>" * 100_000 + "x",
    "lists": "<ul><li><a href='https://a.example/b'>x</a>" * 20_000,
    "links": "<a href='https://a.example/'>x</a>" * 30_000,
    "articles": "<article><p>y</article>" * 30_000,
    "calls": "<p><a href='#n'>1</a><b id=n>x" * 5_000,
    "json": '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>x",
    "cells": "<table>" + "<tr><td>x<td>y" * 20_000,
    "comment": "<!--" + "x" * 1_000_000 + "<p>x",
    "entities": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>',
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_page_costs_no_more_than_its_length(case: str) -> None:
    start = time.process_time()
    try:
        assert len(text(f"<html><body>{HOSTILE[case]}")) < 1_000_000
    except UnreadableError as error:
        assert "\n" not in f"{error.what} {error.hint}"
    assert time.process_time() - start < 20


@given(st.text(alphabet="<>/apdivhrefulocn=\"'# 1[]&;\n", max_size=120))
def test_any_page_is_read_or_refused(source: str) -> None:
    try:
        content = containers.read("x.html", f"<html>{source}".encode())
    except UnreadableError:
        return
    end = 0
    for piece in content.outline:
        assert end <= piece.span[0] < piece.span[1] <= len(content.text)
        assert content.text[slice(*piece.span)].strip() == content.text[slice(*piece.span)]
        end = piece.span[1]


# PDF


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    left = [
        "The navy sent six boats to the lake on",
        "2 July, and the mayor protested at once",
        "before the council of Harle, which met",
        "in the evening and heard him.",
        "Nobody had seen the boats come in there.",
    ]
    right = [
        "In the north the nurses went on strike",
        "for the second time, because their pay",
        "had not come, and the hospital closed",
        "for a day and for a night.",
        "The minister said that he was sorry.",
    ]
    rows = [line for pair in zip(column(60, 680, left), column(320, 680, right), strict=True) for line in pair]
    told = containers.read("x.pdf", pdf([[(60, 740, 18, "A Week in Two Columns and One Headline"), *rows]])).text
    assert told.index("Nobody had seen") < told.index("In the north the nurses")
    assert told.startswith("A Week in Two Columns and One Headline\n\nThe navy sent six boats to the lake on 2 July,")


def test_notes_that_begin_anew_on_each_page_are_kept_apart(everything_known: Knowledge) -> None:
    def page(words: str, note: str) -> list[made.Line]:
        return [
            *column(60, 700, [words, f"and the council met to hear what the {words.split()[1]} had done.[1]"]),
            *column(60, 100, [f"1 {note}, 2 July 2024"], 7),
        ]

    data = pdf(
        [page("The navy came to the lake on 2 July", "Umber Radio"), page("The nurses went on strike", "Harle News")]
    )
    found = report("x.pdf", data, everything_known)
    assert {c.reference for c in found.citations} == {"Umber Radio, 2 July 2024", "Harle News, 2 July 2024"}
    assert len({mark.citation for mark in found.marks}) == 2


def test_endnotes_under_their_heading(everything_known: Knowledge) -> None:
    lines = [
        (60.0, 740.0, 18.0, "Boats on the Lake"),
        *column(60, 700, ["The navy of Russia came to the lake on 2 July 2024.[1] The mayor left.[2]"]),
        (60.0, 660.0, 10.0, "*Endnotes"),
        *column(60, 640, ["1. Umber Radio, 2 July 2024", "2. Harle News, 3 July 2024, https://harle.example/a"]),
    ]
    found = report("x.pdf", pdf([lines]), everything_known)
    assert [c.reference for c in found.citations] == [
        "Umber Radio, 2 July 2024",
        "Harle News, 3 July 2024, https://harle.example/a",
    ]


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "scanned": ("x.pdf", pdf([[], []]), "its pages are pictures without text (recognize their text first"),
    "locked": ("x.pdf", pdf([FIRST], locked=True), "locked with a password (save a copy without one)"),
    "broken": ("x.pdf", b"%PDF-1.4\nnothing", "not readable as PDF"),
    "no pdf": ("x.pdf", made.PAGE.encode(), "HTML under the name of another kind (rename it to x.html)"),
    "no page": ("x.html", pdf([FIRST]), "PDF under the name of another kind (rename it to x.pdf)"),
    "empty page": ("x.html", b"<html><script>x</script></html>", "no text was found in it"),
    "no bytes": ("x.html", b" \n", "the file is empty"),
    "old word": ("x.docx", b"\xd0\xcf\x11\xe0 old", "old Word or Excel is not read yet (save it as one of .txt, .md"),
    "zip": ("x.docx", b"PK\x03\x04 no zip", "ZIP is not read yet"),
    "no word": ("x.docx", b"PK\x03\x04 word/ but broken", "not readable as a Word document"),
    "bomb": (
        "x.docx",
        docx(more={"word/media/a.bin": b"0" * 120_000_000}),
        "it unpacks to 120 MB, which no report does",
    ),
    "xml bomb": ("x.docx", docx(more={"word/x.xml": b" " * 50_000_000}), "word/x.xml unpacks to 50 MB"),
    "entities": (
        "x.docx",
        docx(more={"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "it declares entities, which no Word document does",
    ),
    "wide entities": (
        "x.docx",
        docx(more={"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}),
        "it declares entities, which no Word document does",
    ),
    "no words": ("x.docx", docx("<w:p/>"), "no text was found in it"),
    "no letter": ("x.eml", b"Just some words.\n", "not a saved letter"),
    "empty letter": ("x.eml", letter(None, " "), "the letter has no text"),
    "unknown": ("x.odt", b"PK", "files of kind .odt are not read yet (save it as one of .txt, .md, .html"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_read_is_said_in_a_line(tmp_path: Path, case: str) -> None:
    name, data, says = REFUSED[case]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("A report\n\nThe fleet sailed on 3 March 2025.\n")
    found, errors = seeds.load(tmp_path)
    assert [seed.name for seed in found] == ["good.txt"]
    assert len(errors) == 1
    assert says in str(errors[0])
    assert "\n" not in str(errors[0])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("x.pdf", "x.docx", "x.eml", "x.html"):
        for start in (b"", FILES[f"boats{name[1:]}"][:400]):
            try:
                containers.read(name, start + data)
            except UnreadableError as error:
                assert "\n" not in f"{error.what} {error.hint}"


# Letters


def test_a_plain_letter() -> None:
    plain = "The navy came to\nthe lake on 2 July.\n\n* It left.\n* It came back.\n\n> Old words\n\nUnsubscribe: x\n"
    content = containers.read("x.eml", letter(None, plain))
    assert content.text == "Umber Weekly\n\nThe navy came to the lake on 2 July.\n\n• It left.\n• It came back.\n"
    assert (content.meta.publisher, str(content.meta.published)) == ("The Umber Desk", "2024-07-04")
    assert content.meta.hints == ("It was sent from desk@umber.example.",)


def test_a_letter_that_lies_about_its_letters() -> None:
    data = letter().replace(b'charset="utf-8"', b'charset="no-such-thing"')
    assert "Russia and Iran signed" in containers.read("x.eml", data).text


# Through the whole street


@pytest.fixture
def quick(everything_known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "load", lambda project=None: everything_known)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.usefixtures("quick")
def test_quotes_stand_in_the_kept_text_and_the_original_is_not_touched(project: Path) -> None:
    for path in (project / "seeds").iterdir():
        path.unlink()
    for name, data in FILES.items():
        (project / "seeds" / name).write_bytes(data)
    (project / "seeds" / "plain.txt").write_text(
        "A Note\n\n1 March 2025\n\nRussia and Iran signed an agreement in Moscow.\n"
    )
    code, told = run("build", "--no-site", "-C", project)
    assert code == 0, told
    kept = project / ".build" / "text"
    assert sorted(path.name for path in kept.iterdir()) == sorted(f"{name}.txt" for name in FILES)
    made_of = {record.report.seed: record for record in records.read(project / "records")}
    assert set(made_of) == {*FILES, "plain.txt"}
    for name, data in FILES.items():
        assert (project / "seeds" / name).read_bytes() == data
        words = (kept / f"{name}.txt").read_bytes().decode("utf-8")
        record = made_of[name]
        assert record.report.sha256 == hashlib.sha256(data).hexdigest()
        assert record.events
        for event in record.events:
            for evidence in event.evidence:
                assert words[slice(*evidence.span)] == evidence.quote
        assert any(event.type == "AGREE" and event.evidence[0].citations for event in record.events)
    assert run("check", "--strict", "-C", project)[0] == 0
    assert yamlio.parse(run("extract", project / "seeds" / "boats.pdf", "-C", project)[1].removeprefix("---\n"), "x")
    event = next(event for event in made_of["boats.pdf"].events if event.type == "AGREE")
    assert run("correct", event.id, "type=CONSULT", "-C", project)[0] == 0
    (project / "seeds" / "boats.docx").unlink()
    assert run("build", "--no-site", "-C", project)[0] == 0
    assert not (kept / "boats.docx.txt").exists()
    made_of = {record.report.seed: record for record in records.read(project / "records")}
    assert event.id in {e.id for e in made_of["boats.pdf"].events if e.review == "corrected"}


@pytest.mark.usefixtures("quick")
def test_a_page_that_is_added_brings_its_facts_along(project: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.htm").write_text(made.PAGE.replace("umber.example", "crisisgroup.org"))
    code, told = run("add", tmp_path / "saved.htm", "-C", project)
    assert code == 0, told
    name = "2024-07-04-crisis-group-boats-on-the-lake.htm"
    assert yamlio.read(project / "seeds" / f"{name}.yml") == {
        "publisher": "crisis-group",
        "published": dt.date(2024, 7, 4),
        "address": "https://crisisgroup.org/boats",
        "text": "excerpts",
    }
    assert "# From its canonical link.\naddress:" in (project / "seeds" / f"{name}.yml").read_text()
    (tmp_path / "other.html").write_text(made.PAGE)
    run("add", tmp_path / "other.html", "--alike", "-C", project)
    other = project / "seeds" / "2024-07-04-boats-on-the-lake.html.yml"
    assert "its `og:site_name` says “The Umber Desk”, which is not among the sources" in other.read_text()
    code, told = run("add", tmp_path / "saved.htm", "-C", project)
    assert (code, f"the same bytes as seeds/{name}" in told) == (1, True)
