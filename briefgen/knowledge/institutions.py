"""Make the army, ministries and parliament of every state from what the data says of states.

`Malian forces`, `Mali's army` and `Malian Foreign Ministry` have the same shape in every
country: written once, they need no entry for each of two hundred states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefgen.knowledge.names import key_of
from briefgen.knowledge.schema import Actor, Institution


def expand(actors: Mapping[str, Actor], institutions: Iterable[Institution]) -> dict[str, Actor]:
    """`actors` and, after them, the institutions of each state among them.

    A name that an actor of the data carries stays his. Where that is the made name
    itself, the made aliases that nobody else carries become his as well.
    """
    known = {key_of(name): actor.id for actor in actors.values() for name in _all_names(actor)}
    made = dict(actors)
    states = [actor for actor in actors.values() if actor.kind == "state" and actor.adjectives]
    shapes = tuple(institutions)
    for state in states:
        for shape in shapes:
            name = shape.name.format(adjective=state.adjectives[0], state=state.name)
            key = key_of(name)
            owner = known.get(key)
            identity = owner or f"{state.id}-{shape.id}"
            aliases = {alias: key_of(alias) for alias in _aliases(state, shape)}
            free = {alias: plain for alias, plain in aliases.items() if known.get(plain, identity) == identity}
            if owner:
                mine = made[owner]
                refused = {key_of(refusal.alias) for refusal in mine.refused}
                more = tuple(alias for alias, plain in free.items() if plain not in refused)
                made[owner] = mine.model_copy(update={"aliases": tuple(dict.fromkeys((*mine.aliases, *more)))})
            elif identity not in made:
                made[identity] = Actor(
                    id=identity,
                    name=name,
                    kind=shape.kind,
                    aliases=tuple(alias for alias in free if alias != name),
                    side=None if shape.kind == "people" else state.id,
                    theaters=state.theaters,
                )
            known.update(dict.fromkeys((key, *free.values()), identity))
    return made


def _aliases(state: Actor, shape: Institution) -> Iterator[str]:
    initials = [alias for alias in state.aliases if len(alias) > 1 and alias.isupper()]
    plurals = {f"{adjective}s" for adjective in state.adjectives}
    adjectives = [word for word in (*state.adjectives, *initials) if word not in plurals]
    for alias in shape.aliases:
        if "{adjective}" in alias:
            yield from (alias.format(adjective=word, state=state.name) for word in adjectives)
        else:
            yield from (alias.format(state=word) for word in (state.name, *initials))


def _all_names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases, *actor.adjectives, *actor.seats)
