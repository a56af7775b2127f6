"""Briefs on paper: every note in its place, tags for those who can't see it, the same bytes each time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from briefgen import packaged, printing, prints
from briefgen.briefs import Ask
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.prints import fonts, gate, reading, scripts
from briefgen.prints.press import LAYOUTS, Press, Printed, Setting
from invented import HOSTILE, actor, many, record
from papers import ASKS, data, saying


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fonts.folder(tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="module")
def press(faces: Path) -> Press:
    return Press(setting(faces))


def setting(faces: Path, **more: str) -> Setting:
    return Setting(str(packaged.templates() / "print"), (str(faces),), **more)


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def bare(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/S" in node:
            yield node
        kids = node.get("/K")
        waiting += list(kids) if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.kind)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_each_kind_prints_on_both_papers(everything_known: Knowledge, faces: Path, ask: Ask, paper: str) -> None:
    made = Press(setting(faces, paper=paper, handling="For the desk only", issuer="Desk")).set(
        ask.path, data(everything_known, ask)
    )
    first = PdfReader(io.BytesIO(made.pdf)).pages[0]
    assert round(first.mediabox.height) == {"a4": 842, "letter": 792}[paper]
    words = text(made.pdf)
    assert words.count("For the desk only") == 2 * made.pages
    for part in ("Information cut-off", "Bottom line up front", "Contents", "Situation", "All events",
                 "What this rests on", "What it cannot say", f"page 1 of {made.pages}", "0" * 64):  # fmt: skip
        assert part in words, part


def test_two_printings_have_the_same_bytes(everything_known: Knowledge, faces: Path) -> None:
    asked = data(everything_known, ASKS[0])
    assert Press(setting(faces)).set("x", asked).pdf == Press(setting(faces)).set("x", asked).pdf


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.kind)
def test_it_can_be_read_by_those_who_cannot_see_it(everything_known: Knowledge, press: Press, ask: Ask) -> None:
    asked = data(everything_known, ask)
    with pikepdf.open(io.BytesIO(press.set(ask.path, asked).pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked) and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as told:
            assert told["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert asked["title"] in str(told["dc:title"])
        found = list(tags(pdf))
        kinds = [str(tag.S) for tag in found]
        figures = [tag for tag in found if tag.S == "/Figure"]
        assert sorted(str(tag.Alt) for tag in figures) == sorted(f["alt"] for f in asked["figures"])
        assert kinds.count("/Note") == len(asked["notes"])
        assert kinds.count("/TH") > 5 and "/TOC" in kinds and "/H1" in kinds
        assert all("/Tabs" in page for page in pdf.pages)
        assert len(pdf.open_outline().root) >= 4
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
        assert links and all(str(link.get("/Contents", "")) for link in links)


def test_the_two_ways_of_reading_agree(everything_known: Knowledge, press: Press) -> None:
    pdf = press.set("x", data(everything_known, ASKS[0])).pdf
    assert [bare(page) for page in reading.quick(pdf)] == [bare(page) for page in reading.careful(pdf)]


def lost_in(pdf: bytes, asked: dict[str, Any], calls: list[tuple[int, int]]) -> list[str]:
    return gate.lost(reading.careful(pdf), asked["notes"], calls, asked["further"])


def test_the_gate_says_which_note_is_missing(everything_known: Knowledge, press: Press) -> None:
    asked = data(everything_known, ASKS[2])
    pdf, n = press.set("x", asked).pdf, len(asked["notes"])
    last = next(i + 1 for i, t in enumerate(reading.careful(pdf)) if "Situation\n" in t)
    calls = [(i, 1 if i < 2 else last) for i in range(n)]
    assert not lost_in(pdf, {**asked, "notes": asked["notes"][:2]}, calls[:2])
    other = {
        **asked["notes"][0],
        "pieces": [{"text": "Words that nobody set"}],
    }
    assert "note 1 (Words that nobody set) is not on page 1" in lost_in(pdf, {**asked, "notes": [other]}, [(0, 1)])[0]
    assert "is not called" in lost_in(pdf, asked, calls[1:])[0]


def test_a_note_two_pages_on_is_no_note(everything_known: Knowledge) -> None:
    note = {"outlet": "", "pieces": [{"text": "Gazette 7."}]}
    assert not gate.lost(["call", "1 Gazette 7."], [note], [(0, 1)])
    assert gate.lost(["call", "", "1 Gazette 7."], [note], [(0, 1)])
    assert gate.lost(["call", "2 Gazette 7."], [note], [(0, 1)]), "nor one under another number"


def test_a_note_may_run_on_to_the_next_page() -> None:
    note = {"outlet": "", "pieces": [{"text": "Gazette of the province, number seven."}]}
    assert not gate.lost(["1 Gazette of the prov-", "head ince, number seven. foot"], [note], [(0, 1)])
    assert gate.lost(["1 Gazette of the prov-", "head number seven."], [note], [(0, 1)])


def test_a_title_that_runs_the_other_way_is_looked_for_by_its_letters() -> None:
    note = {"outlet": "", "pieces": [{"text": "“وزارة الخارجية” (Ministry), 4 May."}]}
    assert not gate.lost(["1 (Ministry), 4 May. الخارجية وزارة"], [note], [(0, 1)])
    assert gate.lost(["1 (Ministry), 4 May. الخارجية"], [note], [(0, 1)])


def test_a_template_that_loses_a_note_fails(everything_known: Knowledge, faces: Path, tmp_path: Path) -> None:
    for path in (packaged.templates() / "print").glob("*.typ"):
        changed = path.read_text(encoding="utf-8").replace(
            "    if note.full == n { pieces(note); within(note) }", "    if note.full == n { [gone] }"
        )
        (tmp_path / path.name).write_text(changed, encoding="utf-8")
    broken = Press(Setting(str(tmp_path), (str(faces),)))
    with pytest.raises(BriefError, match=r"theater/iraq.pdf: note 1 \(.*\) is not on page"):
        broken.set("theater/iraq.pdf", data(everything_known, ASKS[0]))


def test_a_broken_template_is_named_with_its_line(everything_known: Knowledge, faces: Path, tmp_path: Path) -> None:
    (tmp_path / "brief.typ").write_text("#let d = 1\n#d.nothing", encoding="utf-8")
    with pytest.raises(BriefError, match=r"templates/print/brief.typ, line 2: typst"):
        Press(Setting(str(tmp_path), (str(faces),))).set("x.pdf", data(everything_known, ASKS[0]))


# ---- bad input

LONG = "Reds struck the bridge again and again. "
MARKUP = "#panic() $x$ @ref `code` *bold* _it_ = head // no /* no */ \\ <label> https://x.example ~ -- ' \" [a] {b}"


def one(known: Knowledge, press: Press, quote: str, **more: Any) -> Printed:
    return press.set("x.pdf", data(known, Ask("report", "said"), saying(quote, **more)))


@pytest.mark.parametrize("words", [HOSTILE, MARKUP])
def test_markup_in_names_and_words_stays_words(everything_known: Knowledge, press: Press, words: str) -> None:
    made = one(everything_known, press, words, actors=(actor("marked", words),))
    assert text(made.pdf).count("panic()" if words == MARKUP else "alert(1)") > 2
    assert bare(words) in bare(text(made.pdf))


def test_a_quotation_of_twenty_thousand_letters_is_printed_whole(everything_known: Knowledge, press: Press) -> None:
    quote = "".join(f"Post {n} fell. " for n in range(1400))
    assert len(quote) > 20_000
    made = one(everything_known, press, quote)
    printed = bare(text(made.pdf))
    gone = [n for n in range(1400) if f"Post{n}fell" not in printed]
    assert len(gone) < made.pages, "only what the head and foot of a page come between"


def test_two_hundred_citations_of_one_event_are_all_there(everything_known: Knowledge, press: Press) -> None:
    words = text(one(everything_known, press, "Reds struck a bridge.", cites=200).pdf)
    assert all(f"Gazette number {n}, page" in words for n in range(200))
    assert "Further citations" in words


def test_an_address_of_two_thousand_letters_stays_on_the_paper(everything_known: Knowledge, press: Press) -> None:
    base = saying("Reds struck a bridge.", cites=1)
    address = "https://x.example/" + "%D8%A7" * 330
    cited = base.report.citations[0].model_copy(update={"reference": address})
    changed = base.model_copy(update={"report": base.report.model_copy(update={"citations": (cited,)})})
    made = press.set("x.pdf", data(everything_known, Ask("report", "said"), changed))
    found: list[float] = []
    for page in PdfReader(io.BytesIO(made.pdf)).pages:
        width = float(page.mediabox.width)
        page.extract_text(visitor_text=lambda t, cm, tm, f, s: found.append(cm[4] + tm[4]) if t.strip() else None)
        assert max(found) < width
    assert bare(address) in bare(text(made.pdf))


def test_a_script_without_a_face_is_named_and_the_rest_printed(everything_known: Knowledge, press: Press) -> None:
    made = one(everything_known, press, "The ministry (外交部) and የኢትዮጵያ said so 🚀.")
    assert made.told == (
        "no font has 1 sign such as emoji; the text shows □ instead",
        "no font has 3 characters of Chinese characters; the text shows [Chinese characters] instead",
        "no font has 6 characters of Ethiopic; the text shows [Ethiopic] instead",
    )
    assert "The ministry ([Chinese characters]) and [Ethiopic] said so □." in " ".join(text(made.pdf).split())


@pytest.mark.parametrize(
    "words",
    ["وزارة الخارجية الإيرانية", "رئیس‌جمهور می‌خواهیم پژوهش", "ټول ډېر ښه ګڼ ږغ څوک", "שלום עולם", "Українська ґанок",
     "Русский текст", "Français œuvre naïf", "हिन्दी", "ქართული", "Ελληνικά", "پاکستان ٹیلی ڈاک ہے"],
)  # fmt: skip
def test_the_scripts_of_the_reports_have_faces(everything_known: Knowledge, press: Press, words: str) -> None:
    made = one(everything_known, press, f"The paper wrote {words} yesterday.")
    assert made.told == ()


def test_control_characters_and_half_characters_leave_a_mark(everything_known: Knowledge, press: Press) -> None:
    made = one(everything_known, press, "Reds\x00 struck\x1b a\ud800 bridge.")
    assert "bridge" in text(made.pdf)


def test_a_long_list_prints_with_its_head_on_every_page(everything_known: Knowledge, press: Press) -> None:
    made = press.set("x.pdf", data(everything_known, Ask("theater", "iraq"), many(200)))
    pages = [page for page in reading.careful(made.pdf) if "What was coded, and where" in page]
    assert len(pages) > 3


# ---- many at once


def test_what_did_not_change_is_not_printed_again(everything_known: Knowledge, faces: Path, tmp_path: Path) -> None:
    papers = {ask.path: data(everything_known, ask) for ask in ASKS}
    dress = setting(faces)
    first = prints.printed(papers, tmp_path, dress, workers=2)
    assert sorted(first.fresh) == sorted(papers) and not first.failed
    bytes_ = {path: (tmp_path / path).read_bytes() for path in papers}
    assert prints.printed(papers, tmp_path, dress).same == tuple(papers)
    papers[ASKS[0].path] = {**papers[ASKS[0].path], "title": "Another title"}
    (tmp_path / ASKS[1].path).unlink()
    again = prints.printed(papers, tmp_path, dress)
    assert set(again.fresh) == {ASKS[0].path, ASKS[1].path}
    assert (tmp_path / ASKS[1].path).read_bytes() == bytes_[ASKS[1].path]
    assert not prints.printed(papers, tmp_path, setting(faces, handling="Other")).same


def test_one_that_fails_loses_no_other(everything_known: Knowledge, faces: Path, tmp_path: Path) -> None:
    good = data(everything_known, ASKS[0])
    bad = {**good, "day": [2024, 13, 45]}
    outcome = prints.printed({"bad.pdf": bad, "good.pdf": good}, tmp_path, setting(faces))
    assert outcome.fresh == ("good.pdf",)
    assert [error.file for error in outcome.failed] == ["bad.pdf"]
    assert not (tmp_path / "bad.pdf").exists()
    assert "bad.pdf" not in json.loads((tmp_path / prints.KEPT).read_text())


def test_what_is_told_of_a_brief_is_told_again_when_it_is_skipped(
    everything_known: Knowledge, faces: Path, tmp_path: Path
) -> None:
    papers = {"x.pdf": data(everything_known, Ask("report", "said"), saying("So said 外交部."))}
    told = prints.printed(papers, tmp_path, setting(faces)).told
    again = prints.printed(papers, tmp_path, setting(faces))
    assert again.same == ("x.pdf",)
    assert [str(line) for line in again.told] == [str(line) for line in told] != []


def test_a_project_s_own_templates_and_faces_are_used(project: Path, faces: Path) -> None:
    (project / "templates" / "print").mkdir(parents=True)
    (project / "templates" / "print" / "look.typ").write_text("// own", encoding="utf-8")
    (project / "fonts").mkdir()
    (project / "briefs.yml").write_text("handling: Open\npaper: letter\n", encoding="utf-8")
    made = printing.setting(project)
    assert (Path(made.templates) / "look.typ").read_text(encoding="utf-8") == "// own"
    assert (Path(made.templates) / "brief.typ").is_file()
    assert str((project / "fonts").resolve()) in made.fonts
    assert (made.handling, made.paper) == ("Open", "letter")
    assert printing.setting(project, "a4", "Closed").inputs["handling"] == "Closed"


def test_settings_that_nobody_knows_are_refused(project: Path) -> None:
    (project / "briefs.yml").write_text("handlin: Open\n", encoding="utf-8")
    with pytest.raises(BriefError, match=r"briefs\.yml"):
        printing.setting(project)


def test_missing_characters_are_read_from_the_complaint() -> None:
    told = 'the text `"中"` could not be displayed\nthe text `"\\u{378}"` could not be displayed'
    assert scripts.missing(told) == {"中", "\u0378"}
    assert record().report.id


@pytest.mark.parametrize("refused", range(len(LAYOUTS) + 1))
def test_a_brief_whose_note_is_parted_is_set_in_another_way(
    faces: Path, everything_known: Knowledge, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    press, asked = Press(setting(faces)), data(everything_known, ASKS[0])
    look, seen = press._look, []

    def strict(path: str, pdf: bytes, ready: dict[str, Any]) -> int:
        seen.append(pdf)
        if len(seen) <= refused:
            raise BriefError(path, "", "note 1 is not on its page")
        return look(path, pdf, ready)

    monkeypatch.setattr(press, "_look", strict)
    if refused == len(LAYOUTS):
        with pytest.raises(BriefError, match="note 1 is not on its page"):
            press.set("x", asked)
    else:
        made = press.set("x", asked)
        assert made.pdf == seen[-1]
        assert bare(asked["title"]) in bare(text(made.pdf))
    assert len(seen) == min(refused + 1, len(LAYOUTS))
