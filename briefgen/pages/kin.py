"""Whom an actor belongs to and who belongs to it, as a tree; offices with their terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from briefgen.knowledge.schema import Actor as Known
from briefgen.knowledge.schema import Office
from briefgen.model import Day
from briefgen.pages import words
from briefgen.pages.book import Book
from briefgen.pages.page import Ref

ABOVE = 4
"""Levels over the actor that are shown."""
BELOW = 2
KIDS = 14
"""Parts of one body that are shown."""
_TOLD_BY_SIDE = ("force", "body")
"""Kinds that are parts of the state they act for."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One actor of the tree and what hangs on it."""

    actor: Ref
    here: bool
    parts: tuple[Branch, ...]
    more: int
    """Parts that are not shown."""


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody's time in an office."""

    holder: Ref | None
    when: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office that the actor holds or held, with who held it before and after as far as known."""

    title: str
    of: Ref | None
    when: str
    before: Term | None
    after: Term | None


@dataclass(frozen=True, slots=True)
class Post:
    """An office in this body, with those of its holders that the reports name, the latest first."""

    title: str
    terms: tuple[Term, ...]


def tree(id_: str, book: Book) -> Branch | None:
    """The actor between those it is part of and its parts; None where there are neither."""
    known = book.knowledge.actors.get(id_)
    if known is None or known.kind == "person":
        return None
    branch = _below(id_, id_, book, BELOW)
    chain: list[str] = []
    while len(chain) < ABOVE and (above := _above(chain[-1] if chain else id_, book)) and above not in (id_, *chain):
        chain.append(above)
    for above in chain:
        branch = Branch(named(above, book), False, (branch,), 0)
    return branch if chain or branch.parts else None


def _above(id_: str, book: Book) -> str | None:
    """What it is part of first; for a force or an institution, the state it acts for."""
    known = book.knowledge.actors.get(id_)
    if known is None:
        return None
    if known.part_of:
        return known.part_of[0]
    return known.side if known.kind in _TOLD_BY_SIDE else None


def _below(id_: str, root: str, book: Book, levels: int) -> Branch:
    ids = [a for a in book.actors if a != root and a != id_ and _above(a, book) == id_] if levels else []
    kids = tuple(_below(kid, root, book, levels - 1) for kid in sorted(ids, key=lambda a: book.actors[a].casefold()))
    return Branch(named(id_, book), id_ == root, kids[:KIDS], max(len(kids) - KIDS, 0))


def named(id_: str, book: Book) -> Ref:
    """The actor by the name that knowledge or reports give it."""
    known = book.knowledge.actors.get(id_)
    return book.actor(id_, known.name if known else book.actors.get(id_, id_))


def roles(known: Known, book: Book) -> tuple[Role, ...]:
    """The offices of a person, the latest first."""
    found = []
    for office in sorted(known.offices, key=_order, reverse=True):
        before, after = _beside(known, office, book) if office.of and (office.start or office.end) else (None, None)
        found.append(Role(office.title, named(office.of, book) if office.of else None, _when(office), before, after))
    return tuple(found)


def _beside(known: Known, office: Office, book: Book) -> tuple[Term | None, Term | None]:
    """Who held the same office last before and first after."""
    others = [
        (actor, other)
        for actor in book.knowledge.actors.values()
        for other in actor.offices
        if actor.id != known.id and other.of == office.of and other.title.casefold() == office.title.casefold()
    ]
    start, end = office.start, office.end
    earlier = [(o.end, a, o) for a, o in others if o.end and start and o.end <= start]
    later = [(o.start, a, o) for a, o in others if o.start and end and o.start >= end]
    before = max(earlier, key=lambda item: (item[0], item[1].id), default=None)
    after = min(later, key=lambda item: (item[0], item[1].id), default=None)
    return _term(before, book), _term(after, book)


def _term(found: tuple[Day, Known, Office] | None, book: Book) -> Term | None:
    return Term(named(found[1].id, book), _when(found[2])) if found else None


def posts(id_: str, book: Book) -> tuple[Post, ...]:
    """Offices in this body that somebody named in the reports holds or held, in the order of the knowledge."""
    held = [
        (office.title, actor.id, office)
        for actor in book.knowledge.actors.values()
        if actor.id in book.actors and actor.id != id_
        for office in actor.offices
        if office.of == id_
    ]
    order = list(dict.fromkeys(title for title, _, _ in held))
    held.sort(key=lambda item: order.index(item[0]))
    return tuple(Post(title, _terms(list(group), book)) for title, group in groupby(held, key=lambda item: item[0]))


def _terms(held: Sequence[tuple[str, str, Office]], book: Book) -> tuple[Term, ...]:
    latest = sorted(held, key=lambda item: _order(item[2]), reverse=True)
    return tuple(Term(named(actor, book), _when(office)) for _, actor, office in latest)


def _order(office: Office) -> tuple[bool, Day, Day]:
    """By beginning; one without dates comes before all."""
    first = office.start or office.end
    return (first is not None, first or Day.min, office.end or Day.max)


def _when(office: Office) -> str:
    start, end = office.start, office.end
    if start and end:
        return words.days(start, end)
    return f"since {words.day(start)}" if start else f"until {words.day(end)}" if end else ""
