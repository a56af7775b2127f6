"""Extracted events against annotated ones: who found what, and how right it is.

`annotations` reads what people and the program say, `scoring` pairs the two, and `table`
adds up the pairs by report and over all, with intervals and what changed.
"""

from briefgen.evaluation.annotations import annotated
from briefgen.evaluation.table import Row, agreement, changes, intervals, overall, rows, written

__all__ = ["Row", "agreement", "annotated", "changes", "intervals", "overall", "rows", "written"]
