"""View models of the site: which events, order, links and citations each page shows.

Pure: records and knowledge in, pages out; the same input gives the same pages. The words
of a report pass through here unescaped; `publish` makes them inert where they are printed.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from briefgen.charts import Style
from briefgen.knowledge import Knowledge
from briefgen.model import Record
from briefgen.pages import (
    actors,
    explorer,
    glossary,
    home,
    judged,
    lists,
    maps,
    method,
    reports,
    sources,
    theaters,
    timeline,
)
from briefgen.pages.book import Book, bind
from briefgen.pages.method import Accuracy, Measure
from briefgen.pages.page import Page, Ref, Target, TocItem

__all__ = ["Accuracy", "Measure", "Page", "Ref", "Target", "TocItem", "bound", "pages"]


def bound(
    records: Sequence[Record],
    knowledge: Knowledge,
    texts: Mapping[str, str],
    *,
    templates: Path | None = None,
    editors: Mapping[str, str] = MappingProxyType({}),
    printed: Mapping[str, int] = MappingProxyType({}),
) -> Book:
    """The records as the pages and the briefs on paper draw from them; for the arguments see `pages`."""
    families = {known.type: known.family for known in knowledge.types.values()}
    return bind(records, knowledge, texts, Style(families, (templates,) if templates else ()), editors, printed)


def pages(
    records: Sequence[Record],
    knowledge: Knowledge,
    texts: Mapping[str, str],
    *,
    accuracy: Accuracy | None = None,
    templates: Path | None = None,
    editors: Mapping[str, str] = MappingProxyType({}),
    printed: Mapping[str, int] = MappingProxyType({}),
    changes: Callable[[Book], Page] | None = None,
) -> list[Page]:
    """Every page of the site, the home page first.

    `texts` maps a seed's name to its text, for the pages of reports that may be shown in
    full; a report whose seed is not there is shown in excerpts. `templates` is the
    project's own folder of templates, whose chart drawings go before the package's;
    `editors` maps a seed's name to the address at which its sidecar is edited. `printed` maps
    what has a brief on paper, such as `theater:iraq`, to its number of pages; what is not
    there has no link to one. `changes` makes the page of what changed, to which the home page leads.
    """
    book = bound(records, knowledge, texts, templates=templates, editors=editors, printed=printed)
    since = changes(book) if changes else None
    return [
        home.page(book, since),
        *theaters.pages(book),
        *actors.pages(book),
        *reports.pages(book),
        *sources.pages(book),
        *lists.all_events(book),
        timeline.page(book),
        maps.page(book),
        explorer.page(book),
        judged.by_likelihood(book),
        judged.by_theater(book),
        lists.review(book),
        method.page(book, accuracy),
        glossary.page(book),
        *((since,) if since else ()),
    ]
