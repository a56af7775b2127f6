"""References as CSL-JSON and BibTeX: whole, each once, and with no word of a report that acts."""

from __future__ import annotations

import datetime as dt
import json
import re

from hypothesis import given
from hypothesis import strategies as st

import invented
from briefgen.build import Reading
from briefgen.exports import references
from briefgen.exports.references import Reference
from briefgen.knowledge import Knowledge
from briefgen.knowledge.schema import Source
from briefgen.model import Address, Citation, Record

SOURCES = {"gazette": Source(id="gazette", name="The Gazette", kind="newspaper")}


def record(*citations: Citation) -> Record:
    made = invented.record()
    return made.model_copy(update={"report": made.report.model_copy(update={"citations": citations})})


def address(url: str, cut: bool = False) -> Address:
    return Address(as_printed=url, url=url, truncated=cut)


def test_a_report_and_what_it_cites() -> None:
    cited = Citation(
        id="c-1", marker="1", reference="The Gazette, “Boats”, 2 July", outlet="gazette", date=dt.date(2024, 7, 2),
        title="Boats", urls=(address("https://gazette.example/cu", True), address("https://gazette.example/boats")),
    )  # fmt: skip
    bare = Citation(id="c-2", marker="2")
    outlet = Citation(id="c-3", marker="Radio, July 3", outlet_name="Radio Umber", date=dt.date(2024, 7, 3))
    twin = Citation(id="c-4", marker="4", reference="again", urls=(address("https://gazette.example/boats"),))
    told = json.loads(references.csl(references.references([record(cited, bare, outlet, twin)], SOURCES)))
    report, first, second = told
    assert (report["type"], report["title"]) == ("report", invented.record().report.title)
    assert first == {
        "id": f"{report['id']}-c-1",
        "type": "article-newspaper",
        "title": "Boats",
        "container-title": "The Gazette",
        "issued": {"date-parts": [[2024, 7, 2]]},
        "URL": "https://gazette.example/boats",
        "note": f"Cited in {report['id']} as: The Gazette, “Boats”, 2 July",
    }
    assert (second["title"], second["type"]) == ("Radio Umber, 2024-07-03", "webpage")


def test_a_reference_of_addresses_alone_is_an_entry_for_each() -> None:
    one = Address(as_printed="https://a\xa0dot example/1", url="https://a.example/1", defanged=True)
    cut = Address(as_printed="https://c.example/3...", url="https://c.example/3", truncated=True)
    two = Citation(
        id="c-1", marker="1", reference=f"{one.as_printed} ;\n\nhttps://b.example/2", outlet="gazette",
        urls=(one, address("https://b.example/2")),
    )  # fmt: skip
    half = Citation(id="c-2", marker="2", reference=cut.as_printed, urls=(cut,))
    worded = Citation(
        id="c-3", marker="3", reference="Minutes, https://d.example/4", urls=(address("https://d.example/4"),)
    )
    told = references.references([record(two, half, worded)], SOURCES)[1:]
    assert [(each.id[-3:], each.title, each.publisher, each.url) for each in told] == [
        ("c-1", "https://a.example/1", "The Gazette", "https://a.example/1"),
        ("1.2", "https://b.example/2", "", "https://b.example/2"),
        ("c-2", "https://c.example/3...", "", ""),
        ("c-3", "Minutes, https://d.example/4", "", "https://d.example/4"),
    ]
    assert all(
        each.note == "Cited in reds-and-blues as: https://a dot example/1 ; https://b.example/2" for each in told[:2]
    )


def test_bibtex() -> None:
    one = Reference(
        "r-1",
        "report",
        "50 % of {A} & B_c",
        ("Ann & Co", "Bo"),
        "The Desk",
        dt.date(2024, 7, 2),
        "https://x.example/{a}_b%20",
    )
    assert references.bibtex([one]) == (
        "@techreport{r-1,\n"
        "  title = {{50 \\% of \\{A\\} \\& B\\_c}},\n"
        "  author = {{Ann \\& Co} and {Bo}},\n"
        "  institution = {The Desk},\n"
        "  year = {2024},\n"
        "  month = {7},\n"
        "  date = {2024-07-02},\n"
        "  url = {https://x.example/%7Ba%7D_b%20},\n"
        "}\n"
    )


@given(st.text(alphabet='{}\\"%$&#_~^@,=a \n\u202e', max_size=40), st.text(alphabet='{}\\"%ab', max_size=20))
def test_no_word_ends_its_field(words: str, url: str) -> None:
    cited = Citation(
        id="c-1", marker="1", reference=words, title=words or None, urls=(address(f"https://x.example/{url}"),)
    )
    told = references.bibtex(references.references([record(cited)], SOURCES))
    depth = 0
    for sign in re.sub(r"\\[\\{}$&%#_]", "", told):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"^@", told, re.MULTILINE)) == 2


def test_the_sample_has_each_once(reading: Reading, everything_known: Knowledge) -> None:
    found = references.references(reading.records, everything_known.sources)
    keys = re.findall(r"^@\w+\{(.*),$", references.bibtex(found), re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(found) == len(json.loads(references.csl(found)))
    assert len({one.url for one in found if one.url}) == len([one for one in found if one.url])
    assert {one.id for one in found if one.kind == "report"} == {record.report.id for record in reading.records}
