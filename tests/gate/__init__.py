"""The gate: extraction measured against two people's independent annotations."""

from __future__ import annotations

from pathlib import Path

from briefgen.evaluation import Row, overall, rows
from briefgen.evaluation.annotations import Annotation, annotated, annotation
from briefgen.model import Record

HERE = Path(__file__).parent
UNSEEN = HERE / "unseen"


def sample() -> dict[str, tuple[Annotation, ...]]:
    """The annotated parts of the sample."""
    return annotated(HERE)


def unseen(records: tuple[Record, ...]) -> Row:
    """The figures on the reports of unseen/, which no rule was written against; one annotator read them."""
    found = {path.stem: (annotation(path),) for path in sorted((UNSEEN / "annotations").glob("*.json"))}
    return overall(rows(found, records))
