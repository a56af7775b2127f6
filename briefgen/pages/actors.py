"""The index of actors, and a page for each that the reports name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from briefgen import charts
from briefgen.charts import Chart
from briefgen.knowledge.schema import Actor as Known
from briefgen.pages import dealings, kin, tables, words
from briefgen.pages.book import Book, Entry, Paper
from briefgen.pages.dealings import Dealing
from briefgen.pages.events import JudgmentView, Note, judgment, notes, quoted, runs_of
from briefgen.pages.kin import Branch, Post
from briefgen.pages.listing import (
    BESIDE,
    Fact,
    Listing,
    contested,
    continued,
    latest,
    listing,
    most_named,
    reports_in,
    toc,
)
from briefgen.pages.page import Page, Ref, Target, boost, file_stem
from briefgen.pages.theaters import Counted

KINDS = {
    "state": "State", "force": "Force", "group": "Armed group", "party": "Party or movement",
    "body": "Institution", "company": "Company", "media": "Media", "people": "People", "person": "Person",
}  # fmt: skip
GROUPS = {
    "state": "States", "force": "Forces", "group": "Armed groups", "party": "Parties and movements",
    "body": "Institutions", "company": "Companies", "media": "Media", "people": "Peoples and groups of persons",
    "person": "Persons", "": "Not yet in the knowledge",
}  # fmt: skip
CHARTED = 4
"""An actor with fewer events is told without a chart."""


@dataclass(frozen=True, slots=True)
class Actor:
    """View of an actor's page."""

    title: str
    kick: str
    known: bool
    about: str
    spellings: tuple[str, ...]
    aliases: tuple[str, ...]
    """Further spellings that it is known by; all of them, so that the search finds each."""
    printed_titles: tuple[str, ...]
    side: Ref | None
    part_of: tuple[Ref, ...]
    """For a person; others stand in the tree."""
    tree: Branch | None
    tree_title: str
    roles: tuple[kin.Role, ...]
    posts: tuple[Post, ...]
    standfirst: str
    facts: tuple[Fact, ...]
    paper: Paper | None
    paper_holding: Paper | None
    """For an actor without a brief of its own: the shortest that tells of it."""
    charts: tuple[Chart, ...]
    others: tuple[Dealing, ...]
    others_left: int
    parts: tuple[dealings.Role, ...]
    related: tuple[Counted, ...]
    theaters: tuple[Counted, ...]
    sources: tuple[Counted, ...]
    judgments: tuple[JudgmentView, ...]
    listing: Listing
    notes: tuple[Note, ...]
    data: str


@dataclass(frozen=True, slots=True)
class Group:
    """Actors under one heading."""

    title: str
    anchor: str
    rows: tuple[tables.ActorRow, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """View of the index of actors."""

    title: str
    standfirst: str
    groups: tuple[Group, ...]


def pages(book: Book) -> list[Page]:
    """The index first, then the actors by id."""
    out = [_index(book)]
    for id_, name in book.actors.items():
        first = _actor(id_, name, book)
        out += [first, *continued(book.by_actor.get(id_, ()), book, first, "Actor")]
    return out


def _index(book: Book) -> Page:
    order = list(GROUPS)
    rows = sorted(tables.actors(book), key=lambda row: order.index(row.kind))
    groups = tuple(
        Group(GROUPS[kind], kind or "unknown", tuple(group)) for kind, group in groupby(rows, key=lambda row: row.kind)
    )
    unknown = sum(not row.known for row in rows)
    view = Index(
        title="Actors",
        standfirst=f"{words.sentence(words.count(len(rows), 'actor'))} named in "
        f"{words.count(len(book.records), 'report')}; {words.number(unknown)} of them "
        f"{'is' if unknown == 1 else 'are'} not yet in the knowledge and stand as the reports print them."
        if rows
        else "",
        groups=groups,
    )
    contents = toc(*((group.anchor, group.title, True) for group in groups))
    return Page("actors/index.md", "actors", "Actors", "Actors", view, (Target("page:actors/index"),), toc=contents)


def _actor(id_: str, name: str, book: Book) -> Page:
    entries = book.by_actor.get(id_, ())
    known = book.knowledge.actors.get(id_)
    events = [entry.event for entry in entries]
    mentions = [a for e in events for a in e.actors if a.id == id_]
    judged = book.judged_on(id_)
    shown = tuple(judgment(j, book) for j in judged[:8])
    spellings = _spellings(id_, name, known, entries)
    stem = f"actors/{file_stem(id_)}"
    events_list = listing(entries, book, stem, ask=(("actor", id_),))
    reports = book.reports_of(entries)
    drawn = (
        charts.counterparts(id_, events, book.actors, book.style),
        charts.activity(events, reports, book.style, BESIDE),
    )
    said_side = next((m.side for m in mentions if m.side), None)
    side = known.side if known and known.side else said_side
    dealt, left = dealings.dealings(id_, entries, book) if len(events) >= CHARTED else ((), 0)
    tree = kin.tree(id_, book)
    paper = book.paper("actor", id_)
    view = Actor(
        title=name,
        kick=f"Actor · {KINDS[known.kind].lower()}" if known else "Actor",
        known=known is not None,
        about=known.about if known else "",
        spellings=spellings,
        aliases=tuple(a for a in known.aliases if a not in (name, *spellings)) if known else (),
        printed_titles=tuple(dict.fromkeys(m.title for m in mentions if m.title)),
        side=kin.named(side, book) if side and side != id_ else None,
        part_of=_part_of(known, tree, book),
        tree=tree,
        tree_title=_tree_title(tree),
        roles=kin.roles(known, book) if known else (),
        posts=kin.posts(id_, book),
        standfirst=standfirst(id_, book),
        facts=facts(id_, entries, person=known is not None and known.kind == "person") if entries else (),
        paper=paper,
        paper_holding=None if paper else book.paper_holding(id_),
        charts=tuple(c for c in drawn if c and len(events) >= CHARTED),
        others=dealt,
        others_left=left,
        parts=dealings.parts(id_, entries, book) if len(events) >= CHARTED else (),
        related=tuple(Counted(ref, n) for ref, n in most_named(entries, book, without=id_, most=10)),
        theaters=_counted(Counter(t for e in events for t in e.theaters), book),
        sources=_sources(entries, book),
        judgments=shown,
        listing=events_list,
        notes=notes(book, [*runs_of(events_list.months), *quoted(j.quote for j in shown)]),
        data=id_ if entries else "",
    )
    contents = toc(
        ("kin", view.tree_title, view.tree),
        ("roles", "Offices", view.roles or view.posts),
        *((c.id, {"activity": "Activity"}.get(c.id, "Counterparts"), True) for c in view.charts),
        ("dealings", "Who does what to whom", view.others),
        ("parts", "Latest by role", view.parts),
        ("with", "Named together", view.related),
        ("assessments", "What is said of it", shown),
        ("events", "Events", entries),
    )
    crumbs = (Ref("Briefing", "page:index"), Ref("Actors", "page:actors/index"))
    targets = (Target(f"actor:{id_}"), Target(f"page:{stem}"))
    return Page(
        f"{stem}.md", "actor", name, "Actors", view, targets, crumbs, contents, view.standfirst, boost(len(entries))
    )


def _spellings(id_: str, name: str, known: Known | None, entries: Sequence[Entry]) -> tuple[str, ...]:
    """How the reports write the name; words that mean somebody else as well are not its own.

    A side that is known only from one of its people is recorded with that person's words, and one
    that a place or a pronoun stood for with those: where the knowledge has names for it, one of them
    must be in the words.
    """
    found: set[str] = set()
    names = [n.casefold() for n in (name, *known.aliases, *known.adjectives, *known.seats)] if known else [""]
    for entry in entries:
        others = {a.as_written for a in entry.event.actors if a.id != id_}
        found |= {a.as_written for a in entry.event.actors if a.id == id_} - others
    found = {text for text in found if any(n in text.casefold() for n in names)}
    return tuple(sorted(found - {name}, key=lambda text: (text.casefold(), text)))


def _part_of(known: Known | None, tree: Branch | None, book: Book) -> tuple[Ref, ...]:
    """What it is part of besides the first, which the tree shows; all of it where there is no tree."""
    if known is None:
        return ()
    return tuple(kin.named(id_, book) for id_ in (known.part_of[1:] if tree else known.part_of))


def _tree_title(tree: Branch | None) -> str:
    if tree is None:
        return ""
    if tree.here:
        return "Its parts"
    at = tree
    while not at.here:
        (at,) = at.parts
    return "What it belongs to, and its parts" if at.parts else "What it belongs to"


def _roles(id_: str, entries: Sequence[Entry]) -> Counter[str]:
    """In how many events it acts, takes part, is acted on; each event once, acting first."""
    found: Counter[str] = Counter()
    for entry in entries:
        mine = {a.role for a in entry.event.actors if a.id == id_}
        found["source" if "source" in mine else "participant" if "participant" in mine else "target"] += 1
    return found


_IN_ATTACKS = {"source": "attacker", "participant": "a party", "target": "target"}


def standfirst(id_: str, book: Book) -> str:
    """In how many events the actor is, and how; where it is in none, why it is told of."""
    entries = book.by_actor.get(id_, ())
    if not entries:
        return _unsung(id_, book)
    roles = _roles(id_, entries)
    many = words.count(len(entries), "event")
    parts = [f"{words.sentence(many)} in {words.count(reports_in(entries), 'report')}."]
    clauses = [
        f"{verb} in {words.number(roles[role])}"
        for role, verb in (("source", "acts"), ("participant", "takes part"), ("target", "is acted on"))
        if roles[role]
    ]
    parts.append(f"{words.sentence(words.listed(clauses))}.")
    attacks = [e for e in entries if e.event.type == "ASSAULT"]
    if 1 < len(attacks) < len(entries):
        roles = _roles(id_, attacks)
        split = [f"{role} in {words.number(roles[key])}" for key, role in _IN_ATTACKS.items() if roles[key]]
        parts.append(f"In the {words.number(len(attacks))} armed attacks among them: {words.listed(split)}.")
    return " ".join(parts)


def _unsung(id_: str, book: Book) -> str:
    spoken, judged = book.spoken_by(id_), book.judged_on(id_)
    why = [
        *(
            [f"{words.count(len(spoken), 'event')} {'stands' if len(spoken) == 1 else 'stand'} on its word"]
            if spoken
            else []
        ),
        *([f"it is judged in {words.count(len(judged), 'assessment')}"] if judged else []),
    ]
    return f"Takes part in no event of the reports read; {words.listed(why or ['others that they name belong to it'])}."


def facts(id_: str, entries: tuple[Entry, ...], *, person: bool = False) -> tuple[Fact, ...]:
    """The actor in figures; attacks of a person are told only where there are any."""
    attacks = _roles(id_, [e for e in entries if e.event.type == "ASSAULT"])
    armed = not person or attacks.total()
    return (
        Fact("Events", f"{len(entries):,}"),
        Fact("Reports", f"{reports_in(entries):,}"),
        Fact("Meetings", f"{sum(e.event.type == 'CONSULT' for e in entries):,}"),
        *((Fact("Attacks as attacker", f"{attacks['source']:,}"),) if armed else ()),
        *((Fact("Attacks as target", f"{attacks['target']:,}"),) if armed else ()),
        Fact("Contested", f"{len(contested(entries)):,}"),
        Fact("Latest event", latest(entries)),
    )


def _counted(counter: Counter[str], book: Book) -> tuple[Counted, ...]:
    return tuple(Counted(book.theater(t), n) for t, n in sorted(counter.items(), key=lambda i: (-i[1], i[0]))[:8])


def _sources(entries: Sequence[Entry], book: Book) -> tuple[Counted, ...]:
    return tuple(Counted(book.source(s), n) for s, n in book.cited_by(entries)[:8])
