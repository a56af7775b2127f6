"""The figures of the method page: `python -m gate.accuracy` (from tests/) writes them.

They are what `briefgen evaluate` measures, in words a reader knows and with two decimals.
"""

from __future__ import annotations

from pathlib import Path

from briefgen import build, knowledge, yamlio
from briefgen.evaluation import overall, rows
from briefgen.evaluation.table import agreement
from briefgen.model import Record
from gate import UNSEEN, sample, unseen

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
    "The reports are those of the sample, which the rules were written against. The column of unseen text is measured "
    "on six short reports in the manner of the same publishers, written and annotated by one person before the program "
    "read them: expect that on a report of your own. The figures from the type down are of events that were found."
)


def document(records: tuple[Record, ...], fresh: tuple[Record, ...]) -> str:
    """`accuracy.yml` for what `records` of the sample and those of unseen text, `fresh`, hold now."""
    parts = sample()
    reached = overall(rows(parts, records))
    elsewhere = unseen(fresh)
    possible = overall(agreement(parts))
    data = {
        "reports": sum(readings[0].reports for readings in parts.values()),
        "events": round(reached.gold),
        "note": _NOTE,
        "measures": [
            {
                "name": words,
                "value": round(reached.figures[name], 2),
                "unseen": round(elsewhere.figures[name], 2) if elsewhere.figures[name] else None,
                "ceiling": round(possible.figures[name], 2),
            }
            for name, words in _NAMES.items()
        ],
    }
    return _HEADER + yamlio.dump(data)


def main() -> None:
    """Measure the records that the seeds of this checkout yield now."""
    root = Path(__file__).parents[2]
    known = knowledge.load(root)
    records = (build.read(folder, known).records for folder in (root, UNSEEN))
    FILE.write_text(document(*records), encoding="utf-8")


if __name__ == "__main__":
    main()
