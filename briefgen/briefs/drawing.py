"""Charts and glyphs of the site as drawings that stand alone: colors and shapes put in.

The theme's stylesheet is the one place that says how a chart looks. What it says of the
classes in a drawing is written into the drawing, with the light colors; shapes that the
drawing borrows from the page's sprite come along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

FONT = "FiraGO"
"""The face of what is not quoted; see `prints/fonts.py`."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ELSEWHERE = re.compile(r"@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""Rules for other media: the dark page, phones, the site's own print."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"--([\w-]+):([^;]+)")
_USED = re.compile(r"var\(--([\w-]+)(?:,[^()]*)?\)")
_CLASS = re.compile(r"\.([\w-]+)")
_NAMES = re.compile(r'class="([^"]*)"')
_IDS = re.compile(r'(?:href="#|url\(#)([\w-]+)')
_BORROWED = re.compile(r'(<svg [^>]*?) class="([^"]*)"([^>]*)><use href="#([\w-]+)"/></svg>')
"""A shape of the sprite inside a chart, with the classes that give it its colors."""
_SHAPE = re.compile(r'<(symbol|pattern|marker) id="([\w-]+)".*?</\1>', re.DOTALL)
_PLAIN = re.compile(r"(?:svg )?(?:\.[\w-]+)+|svg text")
"""Selectors that a drawing knows; those of the page around it are left out."""


@dataclass(frozen=True, slots=True)
class Look:
    """How drawings look: the stylesheet's rules and values, and the sprite's shapes by name."""

    rules: tuple[tuple[frozenset[str], str, str], ...]
    """Classes that must be there, selector, declarations."""
    values: Mapping[str, str]
    shapes: Mapping[str, str]


def look(css: str, sprite: str) -> Look:
    """The look that the theme's stylesheet and sprite give; its light colors, on paper."""
    plain = _ELSEWHERE.sub("", _COMMENT.sub("", css))
    rules = [(selectors.strip(), body.strip()) for selectors, body in _RULE.findall(plain)]
    values = dict(_VARIABLE.findall(next((body for selectors, body in rules if selectors == ":root"), "")))
    found = [
        (frozenset(_CLASS.findall(selector)), selector, body)
        for selectors, body in rules
        for selector in map(str.strip, selectors.split(","))
        if _PLAIN.fullmatch(selector)
    ]
    return Look(tuple(found), {**values, "sans": FONT}, {m.group(2): m.group() for m in _SHAPE.finditer(sprite)})


def alone(svg: str, look: Look) -> str:
    """The drawing with all it needs from the page: style, borrowed shapes, name space."""
    svg = _BORROWED.sub(lambda m: _put_in(m, look), svg)
    shapes, known = "", None
    while known != shapes:
        known, style = shapes, _style(svg + shapes, look)
        names = dict.fromkeys(_IDS.findall(svg + style))
        shapes = "".join(look.shapes[name] for name in names if name in look.shapes)
    opened, closed, rest = svg.partition(">")
    head = opened.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}{closed}<style>{style}</style><defs>{shapes}</defs>{rest}"


def glyph(name: str, css: str, color: str, look: Look) -> str:
    """A shape of the sprite as a drawing of its own; `css` are classes whose values it takes."""
    box, body = _shape(name, css, look)
    return alone(f'<svg viewBox="{box}" width="20" height="20" color="{color}">{body}</svg>', look)


def _put_in(match: re.Match[str], look: Look) -> str:
    """The shape itself in the place where the drawing borrows it."""
    before, css, after, name = match.groups()
    if name not in look.shapes:
        return match.group()
    box, body = _shape(name, css, look)
    return f'{before}{after} viewBox="{box}">{body}</svg>'


def _shape(name: str, css: str, look: Look) -> tuple[str, str]:
    """View box and drawing of a shape of the sprite, in the colors that the classes around it set.

    Those are variables, which a drawing that stands alone does not know: what they come to is
    written on each part.
    """
    known, wanted = look.shapes[name], set(css.split())
    own = {k: v for classes, _, body in look.rules if classes and classes <= wanted for k, v in _VARIABLE.findall(body)}
    values = {**look.values, **own}

    def styled(match: re.Match[str]) -> str:
        classes = set(match.group(1).split())
        told = [_put(body, values).rstrip(";") for needed, _, body in look.rules if needed and needed <= classes]
        return f' style="{";".join(told)}"'

    box = known.partition('viewBox="')[2].partition('"')[0]
    inner = known.partition(">")[2].rpartition("</")[0]
    return box, re.sub(r' class="([^"]*)"', styled, inner)


def _style(body: str, look: Look) -> str:
    here = {name for names in _NAMES.findall(body) for name in names.split()}
    return "".join(
        f"{selector}{{{_put(told, look.values)}}}" for classes, selector, told in look.rules if classes <= here
    )


def _put(text: str, values: Mapping[str, str]) -> str:
    """`text` with its variables put in; one that nothing sets draws nothing."""
    while (found := _USED.sub(lambda m: values.get(m.group(1), "none"), text)) != text:
        text = found
    return text
