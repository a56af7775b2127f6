"""The small parts that readers share: marks, addresses, dates, titles, source lines."""

from __future__ import annotations

import datetime as dt

import pytest

from briefgen.readers import addresses, brackets, ctp_isw, dates, excerpts, latest
from briefgen.readers.lines import lines

MARKS = {
    "glued to a word[xii]Next": ["xii"],
    "one.[1][2] two.[3], [4]": ["1", "2", "3", "4"],
    "a range.[1-3] and a list.[5, 7]": ["1", "2", "3", "5", "7"],
    "“the [Netzah Yehuda Battalion]” and [the country]": [],
    "he said “[i]n time” and [c]ontinued, [mix] and [di]": [],
    "in [2023] some [24] boats of [7] left": [],
    "one.[1] In [2023] it left.": ["1"],
    "it left,[i] it came, [ii] it sank. [iii] and [l]": ["i", "ii", "iii"],
    "x.[xlix] y.[l] z.[li]": ["xlix", "l", "li"],
    "not a range.[9-3] nor.[0] nor.[007]": [],
    "[" * 50 + "1]": ["1"],
}


@pytest.mark.parametrize("text", MARKS)
def test_marks(text: str) -> None:
    found = brackets.find(text, [(0, len(text))])
    assert [marker for item in found for marker in item.markers] == MARKS[text]
    for item in found:
        assert text[slice(*item.span)].startswith("[")


def test_roman_numerals_there_and_back() -> None:
    assert all(brackets.value(brackets.roman(number)) == number for number in range(1, 4000))
    assert [brackets.value(word) for word in ("iiii", "vx", "civil", "dim", "")] == [None] * 5


def test_missing_numbers() -> None:
    assert brackets.missing(["i", "ii", "iv"]) == ("iii",)
    assert brackets.missing(["1", "2", "99"]) == ()


ADDRESSES: dict[str, list[tuple[str, bool, bool]]] = {
    "https://www dot idf dot il/159994": [("https://www.idf.il/159994", True, False)],
    "see (https://a.example/b_(c)), or": [("https://a.example/b_(c)", False, False)],
    "https://a.example/x...": [("https://a.example/x", False, True)],
    "https://a.example/x?s=20;\u00a0http://pea...": [
        ("https://a.example/x?s=20", False, False),
        ("http://pea", False, True),
    ],
    "https://a.example;https://b.example/": [("https://a.example", False, False), ("https://b.example/", False, False)],
    "hxxp[:]//a[.]example/": [("http://a.example/", True, False)],
    "https:... javascript:alert(1) data:text/html,x ftp://a.example www.a.example https://": [],
    "https://good.example@evil.example/ http://[::1 https://localhost/": [],
    "https://wwwirna dot ir/news": [("https://wwwirna.ir/news", True, False)],
    "https://a.example/x. A dot b": [("https://a.example/x", False, False)],
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses(text: str) -> None:
    found = addresses.find(text)
    assert [(each.url, each.defanged, each.truncated) for _, each in found] == ADDRESSES[text]
    for span, each in found:
        assert text[slice(*span)] == each.as_printed


def test_dates() -> None:
    assert [
        found.day for found in dates.full("June 31, 2023, May 22, 2021, 3 June 2024, 2024-02-29 and 2023-02-29")
    ] == [
        dt.date(2021, 5, 22),
        dt.date(2024, 6, 3),
        dt.date(2024, 2, 29),
    ]
    january = dt.date(2023, 1, 3)
    assert dates.near("December 28", january) == dt.date(2022, 12, 28)
    assert dates.near("May 16-17", dt.date(2021, 5, 27)) == dt.date(2021, 5, 16)
    assert dates.near("May 22", None) is None
    assert dates.near("Tehran", january) is None


PERIODS = {
    "May 13, 2021 – May 27, 2021 Editor": ("2021-05-13", "2021-05-27"),
    "(May 8 – May 22, 2016)": ("2016-05-08", "2016-05-22"),
    "(May 25 – 31, 2016)": ("2016-05-25", "2016-05-31"),
    "December 28 – January 11, 2023": ("2022-12-28", "2023-01-11"),
    "May 27, 2021": None,
    "May 31 – 12, 2021": None,
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text: str) -> None:
    found = dates.period(text)
    expected = PERIODS[text]
    assert (found and (str(found.start), str(found.end))) == expected


LATEST = {
    "said on Thursday, August 4, that. In 2022 it did. He came on Friday.": "2022-08-05",
    "killed on January 3, 2020. He said Friday": None,
    "said on Thursday, August 4. In 2023 it was": None,
    "on Friday, January 3, 2020, he was killed": None,
    "said on Thursday, August 4, 2022 and talks go on after Friday": None,
    "said on Thursday, August 4, in 2022 that talks go on until Friday": "2022-08-04",
    "said on Thursday, August 4 that elections are due on August 9, 2022": "2022-08-04",
}


@pytest.mark.parametrize("text", LATEST)
def test_the_latest_day(text: str) -> None:
    found = latest.find(text)
    assert (str(found.day) if found else None) == LATEST[text]


SOURCE_LINES = {
    "“A title,” Outlet (a daily), 9 November 2023.": ("Outlet", "Outlet, 9 November 2023", "A title"),
    "Ada Quill, “A title,” (pan-African news site), 26 October 2023.": (
        None, "pan-African news site, 26 October 2023", "A title",
    ),
    "Ada Quill. “Why?” Outlet (a daily), 1 June 2023": ("Outlet", "Outlet, 1 June 2023", "Why?"),
    "Source: Ada Quill, “Road,” Paper, 1 June 2019. https://a.example/b": ("Paper", "Paper, 1 June 2019", "Road"),
    "“A,” he said on 9 November 2023.": None,
    "He said “we go,” and left on 9 November 2023.": None,
    "“A title,” Outlet. It came out on, 9 November 2023.": None,
    "9 November 2023": None,
}  # fmt: skip


@pytest.mark.parametrize("line", SOURCE_LINES)
def test_source_lines(line: str) -> None:
    found = excerpts.parse(line)
    assert (found and (found.outlet, found.marker, found.title)) == SOURCE_LINES[line]


def test_a_source_line_ends_before_what_is_run_on() -> None:
    line = "“A title,” Outlet (a daily), 8 November 2023. In the province"
    assert line[: (excerpts.parse(line) or pytest.fail()).end].endswith("2023.")
    for tail in (".مخططات-تهجير", ". https://a.example/b"):
        whole = f"“A title,” Outlet (a daily), 8 November 2023{tail}"
        assert (excerpts.parse(whole) or pytest.fail()).end == len(whole)


TRANSLATED = {
    "Un titre (A title of some words)": ("Un titre", "A title of some words"),
    "Un titre,’” (“A title": ("Un titre,’", "A title"),
    "Заголовок (дополнено) (A title of words (Updated))": ("Заголовок (дополнено)", "A title of words (Updated)"),
    "A title (twice)": ("A title (twice)", None),
    ")": (")", None),
}


@pytest.mark.parametrize("title", TRANSLATED)
def test_translated_titles(title: str) -> None:
    assert excerpts.original(title) == TRANSLATED[title]


LANGUAGES = {
    ("مخططات تهجير الفلسطينيين", False): "ar",
    ("د کډوالو په اېستلو سره", False): "ps",
    ("اخبار ایران و گزارش", False): "fa",
    ("Встреча с президентом", False): "ru",
    ("Зустріч із міністром", False): "uk",
    ("Un informe reveló cómo el régimen", True): "es",
    ("Ce message important au CMA et leurs alliés", True): "fr",
    ("Macky Sall propose la mise en place d’un fonds de solidarité en faveur du peuple", True): "fr",
    ("El plan en marcha de la oposición en Caracas", True): "es",
    ("A plain title", False): None,
    ("Abc", True): None,
}


@pytest.mark.parametrize("case", LANGUAGES)
def test_languages(case: tuple[str, bool]) -> None:
    assert excerpts.language(*case) == LANGUAGES[case]


TITLES = {
    "Iran Update, April 26, 2024": "2024-04-26",
    "Iran(Israel-Hamas)Update,December 7,2023": "2023-12-07",
    "Iran Update Morning Special Report: March 1, 2026": "2026-03-01",
    "Russian Offensive Campaign Assessment, April 26, 2024": "2024-04-26",
    "Africa File, March 14, 2024: A subject of its own": "2024-03-14",
    "The above text is featured in the Assessment published on April 26, 2024.": None,
    "(   ) IRAN UPDATE, DECEMBER 7, 2023 :   https://a.example": None,
    "• Iran Update, April 26, 2024": None,
    "Thursday, December 7, 2023": None,
}


@pytest.mark.parametrize("text", TITLES)
def test_titles_of_updates(text: str) -> None:
    found = ctp_isw.title_day(lines(text)[0])
    assert (found and str(found)) == TITLES[text]
