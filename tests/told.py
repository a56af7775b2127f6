"""Reports written by hand for the tests of extraction: passages with their kind, day and section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from briefgen.model import Block, Period, Report

DAY = dt.date(2024, 4, 26)


def report(
    passages: Sequence[str | dict[str, Any]], published: dt.date | None = DAY, period: Sequence[dt.date] | None = None
) -> tuple[Report, str]:
    """A report and its text. A passage is a paragraph's text, or `{text, kind, day, section}`."""
    text, blocks = "", []
    for passage in passages:
        given = {"text": passage} if isinstance(passage, str) else dict(passage)
        words = given.pop("text")
        span = (len(text), len(text) + len(words))
        blocks.append(Block.model_validate({"span": span, "kind": "paragraph", **given}))
        text += f"{words}\n\n"
    made = Report(
        id="told", seed="told.txt", sha256="0" * 64, span=(0, len(text)), title=None, publisher=None,
        published=published, period=Period(start=period[0], end=period[1]) if period else None,
        blocks=tuple(blocks), layout="generic",
    )  # fmt: skip
    return made, text
