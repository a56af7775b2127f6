"""What may stand in a place of a verb's frame: a party, a place, a person, armed people, a crowd."""

from __future__ import annotations

from briefgen.extract import mentions
from briefgen.extract.mentions import Mention, Scene
from briefgen.extract.triggers import heads, is_container
from briefgen.grammar.chunks import is_time
from briefgen.grammar.english import words
from briefgen.grammar.groups import Group

_ARMED = words("armed_nouns")
_CROWD = words("crowd_nouns")
_STATE_KINDS = frozenset({"state", "body"})
_ARMED_KINDS = frozenset({"force", "group"})


def stands(scene: Scene, sign: str, group: Group | None) -> bool:
    """True when what `sign` means (`@actor`, `@place`, `@person`, `@state`, `@armed`, `@crowd`) is named in `group`."""
    if group is None:
        return False
    match sign:
        case "@actor":
            return has_actor(scene, group)
        case "@place":
            inner = tuple(p for how, p in group.attached if how == "of") if is_container(scene.parse, group) else ()
            ends = ((p, scene.parse.words[p.head].end) for p in (*group.members, *inner))
            return any(m.span[1] >= end for p, end in ends for m in mentions.places_in(scene, p))
        case "@person":
            return any(_is_person(scene, m) for m in mentions.of_group(scene, group))
        case "@state":
            whose = (m for m in mentions.of_group(scene, group) if not m.modifier)
            called = (m for m in whose if any(c.how != "adjective" for c in m.candidates))
            return any(_kinds(scene, m) & _STATE_KINDS for m in called)
        case "@armed":
            named = (m for m in mentions.of_group(scene, group) if not m.modifier)
            return bool(heads(scene.parse, group) & _ARMED) or any(_kinds(scene, m) & _ARMED_KINDS for m in named)
        case "@crowd":
            return bool(heads(scene.parse, group) & _CROWD)
    return False


def has_actor(scene: Scene, group: Group | None) -> bool:
    """True when a party, and not only a thing or a time, is named in `group`."""
    if group is None or all(is_time(scene.parse.words, p) for p in group.members):
        return False
    return any(m.kind != "thing" for m in mentions.of_group(scene, group))


def _is_person(scene: Scene, mention: Mention) -> bool:
    return not mention.modifier and (mention.kind == "person" or "person" in _kinds(scene, mention))


def _kinds(scene: Scene, mention: Mention) -> set[str]:
    return {scene.knowledge.actors[c.id].kind for c in mention.candidates if c.kind == "actor"}
