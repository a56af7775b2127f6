"""Charts: data once as plain types, then drawn as SVG and as a Plotly figure.

Each function takes the events it is to draw, as given, and a `Style` (type -> family,
folders of templates that go before the package's own), and returns a `Chart`, or None
where the events hold nothing to draw. `templates/charts/figure.html.j2` writes a Chart
into a page.
"""

from briefgen.charts.activity import activity
from briefgen.charts.bars import certainty, types
from briefgen.charts.both_ways import both_ways
from briefgen.charts.chart import Chart, Key, Link, Table
from briefgen.charts.counterparts import counterparts
from briefgen.charts.drawing import Style
from briefgen.charts.heat import heat
from briefgen.charts.lanes import lanes
from briefgen.charts.map import Ground, Place, on_map
from briefgen.charts.ruler import ruler
from briefgen.charts.timeline import timeline

__all__ = [
    "Chart",
    "Ground",
    "Key",
    "Link",
    "Place",
    "Style",
    "Table",
    "activity",
    "both_ways",
    "certainty",
    "counterparts",
    "heat",
    "lanes",
    "on_map",
    "ruler",
    "timeline",
    "types",
]
