"""The figures of the method page: `python -m gate.accuracy` (from tests/) writes them.

They are what `score.py` measures, in words a reader knows and with two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefgen import build, knowledge, yamlio
from briefgen.model import Record
from gate import score

FILE = knowledge.DATA / "accuracy.yml"
_HEADER = "# Generated: `make accuracy` measures the extraction against the annotations under tests/gate/.\n"
_NAMES = {
    "strict_f1": "Event found, with the right type, date and actors (F1)",
    "f1": "Event found at all (F1)",
    "precision": "Shown events that are events (precision)",
    "recall_core": "Events told as news that were found (recall)",
    "type": "Type right",
    "date_exact": "Date exactly right",
    "date_overlap": "Date right or partly right",
    "actor_f1": "Actors right (F1)",
    "theater": "Theater right",
    "place_recall": "Places found",
    "citation_recall": "Citations found",
}
_NOTE = (
    "The reports are those of the sample, which the rules were written against; on other reports expect less. "
    "The figures from the type down are of events that were found."
)


def document(records: Sequence[Record]) -> str:
    """`accuracy.yml` for what `records` hold now."""
    reached = score.table(records)["overall"]
    possible = score.ceiling()
    annotations = [score.annotation(path) for path in sorted((score.HERE / score.ANNOTATORS[0]).glob("*.json"))]
    data = {
        "reports": sum(one.reports for one in annotations),
        "events": round(reached.gold),
        "note": _NOTE,
        "measures": [
            {"name": words, "value": round(reached.figures[name], 2), "ceiling": round(possible.figures[name], 2)}
            for name, words in _NAMES.items()
        ],
    }
    return _HEADER + yamlio.dump(data)


def main() -> None:
    """Measure the records that the seeds of this checkout yield now."""
    root = Path(__file__).parents[2]
    known = knowledge.load(root)
    FILE.write_text(document(build.read(root, known).records), encoding="utf-8")


if __name__ == "__main__":
    main()
