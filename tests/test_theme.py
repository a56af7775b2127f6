"""The stylesheet: its colors can be read, and it has no rule for what is nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefgen import packaged

CSS = (packaged.templates() / "theme" / "assets" / "briefgen.css").read_text(encoding="utf-8")
SCHEMES = {"light": r":root\{(.*?)\}", "dark": r"\[data-md-color-scheme=slate\]\{(.*?)\}"}
WORDS = ("ink", "ink2", "ink3", "link", "mc", "vc", "st", "vx", "mx", "held", "judgel")
"""Tokens that words are set in."""
SHAPES = ("rl", "focus")
"""Tokens that only draw lines."""
BY_OTHERS = re.compile(r"md-|no-js$|footnote")
"""Classes that Material, Markdown or their scripts write."""


def tokens(scheme: str) -> dict[str, str]:
    block = re.search(SCHEMES[scheme], CSS, re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z0-9]+):(#[0-9a-f]{3,6})\b", block[1]))


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["bg", "panel"])
def test_words_stand_out_from_the_ground(scheme: str, ground: str) -> None:
    known = tokens(scheme)
    assert {
        name: contrast(known[name], known[ground]) for name in WORDS if contrast(known[name], known[ground]) < 4.5
    } == {}
    assert all(contrast(known[name], known[ground]) >= 3 for name in SHAPES)
    assert contrast(known["ink"], known["judge"]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["sea", "land", "focusland"])
def test_marks_and_names_stand_out_from_a_map(scheme: str, ground: str) -> None:
    known = tokens(scheme)
    assert all(contrast(known[name], known[ground]) >= 4.5 for name in ("ink", "ink2"))
    assert all(contrast(known[name], known[ground]) >= 3 for name in ("mc", "mx", "st"))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("bar", "words"),
    [("qb", ("ink", "ink2", "held", "st")), ("qbc", ("mc", "vc", "ink2")), ("qbx", ("mx", "vx", "ink2"))],
)
def test_words_stand_out_from_the_bars_of_facets(scheme: str, bar: str, words: tuple[str, ...]) -> None:
    known = tokens(scheme)
    assert all(contrast(known[name], known[bar]) >= 4.5 for name in words)


def test_every_class_is_on_some_page() -> None:
    package = Path(packaged.__file__).parent
    files = [*packaged.templates().rglob("*.*"), *package.glob("charts/*.py"), *package.glob("pages/*.py")]
    written = " ".join(path.read_text(encoding="utf-8") for path in files if path.suffix != ".css")
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"/\*.*?\*/|\burl\([^)]*\)", "", CSS)))
    steps = {f"o{step}" for step in range(1, 6)}
    families = {f"{stem}-{family}" for stem in "behkmp" for family in ("mc", "vc", "st", "vx", "mx")}
    unused = {
        c
        for c in styled - families - steps
        if not BY_OTHERS.match(c) and not re.search(rf"(?<![\w-]){c}(?![\w-])", written)
    }
    assert unused == set()
