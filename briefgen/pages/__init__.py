"""View models of the site: which events, order, links and citations each page shows.

Pure: records and knowledge in, pages out; the same input gives the same pages. The words
of a report pass through here unescaped; `publish` makes them inert where they are printed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from briefgen.charts import Style
from briefgen.knowledge import Knowledge
from briefgen.model import Record
from briefgen.pages import actors, glossary, home, judged, lists, maps, method, reports, sources, theaters
from briefgen.pages.book import bind
from briefgen.pages.method import Accuracy, Measure
from briefgen.pages.page import Page, Ref, Target, TocItem

__all__ = ["Accuracy", "Measure", "Page", "Ref", "Target", "TocItem", "pages"]


def pages(
    records: Sequence[Record],
    knowledge: Knowledge,
    texts: Mapping[str, str],
    *,
    accuracy: Accuracy | None = None,
    templates: Path | None = None,
    editors: Mapping[str, str] = MappingProxyType({}),
) -> list[Page]:
    """Every page of the site, the home page first.

    `texts` maps a seed's name to its text, for the pages of reports that may be shown in
    full; a report whose seed is not there is shown in excerpts. `templates` is the
    project's own folder of templates, whose chart drawings go before the package's;
    `editors` maps a seed's name to the address at which its sidecar is edited.
    """
    families = {known.type: known.family for known in knowledge.types.values()}
    style = Style(families, (templates,) if templates else ())
    book = bind(records, knowledge, texts, style, editors)
    return [
        home.page(book),
        *theaters.pages(book),
        *actors.pages(book),
        *reports.pages(book),
        *sources.pages(book),
        *lists.timeline(book),
        maps.page(book),
        judged.by_likelihood(book),
        judged.by_theater(book),
        lists.review(book),
        method.page(book, accuracy),
        glossary.page(book),
    ]
