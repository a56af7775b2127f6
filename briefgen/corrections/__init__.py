"""What people say over the machine: the corrections of a sidecar, applied last, in their order.

Whatever fits nothing is an error: a correction that goes lost without a word would be
worse than none. What the machine had read stays beside what people said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from briefgen.corrections import actors, forms, passages
from briefgen.corrections.desk import ADDED, Desk
from briefgen.errors import BriefError
from briefgen.knowledge import Knowledge
from briefgen.model import UNDATED, Action, Correction, Event, Evidence, Record, Seed, Span

__all__ = ["apply", "doubled"]

_NEEDS: dict[Action, tuple[str, ...]] = {
    "set": ("event",),
    "drop": ("event",),
    "confirm": ("event",),
    "add": ("quote", "fields"),
    "merge": ("event", "others"),
    "split": ("event", "parts"),
    "merge-actors": ("actor", "others"),
    "split-actor": ("actor", "becomes", "events"),
}
_MAY: dict[Action, tuple[str, ...]] = {"set": ("fields", "quote"), "add": ("at", "report")}
_ALWAYS = ("action", "why", "who", "when")
_FACTS = ("mode", "places", "fatalities", "injuries", "weapons", "count")
"""What a merged event takes from the others where it lacks it."""


def apply(
    records: Sequence[Record],
    seed: Seed,
    knowledge: Knowledge,
    formerly: Callable[[str], Event | None] = lambda id_: None,
) -> list[Record]:
    """`records` of `seed` with the corrections of its sidecar.

    A corrected or confirmed event is sure, and shown unless the correction says otherwise.
    `formerly` knows events of earlier builds, to say what a lost id may have become.
    CorrectionError where a correction names no event, actor or field, or no possible value.
    """
    desk = Desk(records, seed, knowledge, formerly)
    for number, correction in enumerate(seed.sidecar.corrections, start=1):
        desk.turn_to(number, correction)
        _check_shape(correction, desk)
        _one(correction, desk)
    return desk.records()


def doubled(records: Sequence[Record], seed: Seed) -> list[BriefError]:
    """A warning for each event of `seed` that people added and that the machine now reads as well.

    `records` are those that `apply` returned.
    """
    found = []
    for record in records:
        added = [event for event in record.events if event.rule == ADDED]
        for event in added:
            twin = next((e for e in record.events if e.rule != ADDED and _same_words(e, event)), None)
            if twin is not None:
                place, what = f"the added event {event.id}", f"the program reads {twin.id} from the same words now"
                hint = "one of the two can go: remove the `add`, or drop the other"
                found.append(BriefError(f"seeds/{seed.name}.yml", place, what, hint))
    return found


def _same_words(one: Event, two: Event) -> bool:
    """Whether both read the same type from words that overlap."""
    spans = [(a.span, b.span) for a in one.evidence for b in two.evidence]
    return one.type == two.type and any(a[0] < b[1] and b[0] < a[1] for a, b in spans)


def _check_shape(correction: Correction, desk: Desk) -> None:
    """CorrectionError where something is missing or does not belong to the action."""
    action = correction.action
    given = {name for name in type(correction).model_fields if getattr(correction, name) not in ("", (), {}, None)}
    for name in _NEEDS[action]:
        if name not in given:
            raise desk.error(f"`{action}` needs `{name}:`")
    about_event = ("quote",) if "event" in _NEEDS[action] else ()
    for name in sorted(given - {*_NEEDS[action], *_MAY.get(action, ()), *about_event, *_ALWAYS}):
        raise desk.error(f"`{name}:` does not belong to `{action}`")


def _one(correction: Correction, desk: Desk) -> None:
    match correction.action:
        case "set":
            _set(correction, desk)
        case "drop":
            event = desk.event(correction.event)
            if not correction.why:
                raise desk.error("`drop` needs `why:`")
            desk.drop(event, correction)
        case "confirm":
            event = desk.event(correction.event)
            review = "corrected" if event.review == "corrected" else "confirmed"
            desk.put(forms.sure(event, {"review": review}), correction)
        case "add":
            _add(correction, desk)
        case "merge":
            _merge(correction, desk)
        case "split":
            _split(correction, desk)
        case "merge-actors":
            actors.merge(correction, desk)
        case "split-actor":
            actors.split(correction, desk)


def _set(correction: Correction, desk: Desk) -> None:
    event = desk.event(correction.event)
    if not correction.fields:
        raise desk.error("`set` without any field", "give `fields:`, or use `confirm`")
    desk.put(forms.changed(event, correction.fields, desk), correction)


def _add(correction: Correction, desk: Desk) -> None:
    record = desk.record(correction.report)
    span = passages.find(correction.quote, record.report.span, desk, correction.at)
    start, end = span[0] - record.report.span[0], span[1] - record.report.span[0]
    if "type" not in correction.fields:
        raise desk.error("an event needs a type", "give `fields: {type: ...}`")
    id_ = desk.id_of(f"{record.report.id}|{start}|{end}|{correction.fields['type']}|added")
    if desk.has(id_):
        raise desk.error("the same event is there already", "quote other words, or remove one of the two")
    first = passages.evidence(span, record.report, desk.seed.text)
    bare = Event(id=id_, report=record.report.id, date=UNDATED, type="STATEMENT", evidence=(first,), rule=ADDED)
    desk.insert(forms.added(bare, correction.fields, desk))
    desk.note(correction, record.report.id, id_)


def _merge(correction: Correction, desk: Desk) -> None:
    """The first event takes the evidence of the others, and the facts that it lacks."""
    event = desk.event(correction.event)
    others = [desk.event(id_) for id_ in dict.fromkeys(correction.others)]
    for other in others:
        if other.id == event.id:
            raise desk.error("an event cannot be merged with itself")
        if other.report != event.report:
            raise desk.error(f"{other.id} is an event of another report, {other.report}")
    evidence: dict[Span, Evidence] = {}
    for item in (item for one in (event, *others) for item in one.evidence):
        evidence.setdefault(item.span, item)
    whole: dict[str, object] = {
        "evidence": tuple(evidence.values()),
        "citations": tuple(dict.fromkeys(marker for one in (event, *others) for marker in one.citations)),
    }
    for name in _FACTS:
        values = [value for one in (event, *others) if (value := getattr(one, name)) not in (None, ())]
        if values:
            whole[name] = values[0]
    update = {name: value for name, value in whole.items() if value != getattr(event, name)}
    for other in others:
        desk.take(other, f"merged into {event.id}")
    desk.put(forms.updated(event, update, desk), correction, others)


def _split(correction: Correction, desk: Desk) -> None:
    """Each part is the event with other fields or fewer words; the first keeps the id."""
    event = desk.event(correction.event)
    if len(correction.parts) < 2:
        raise desk.error("`split` needs two parts at least", "give `parts:` with the fields of each")
    made = []
    for number, part in enumerate(correction.parts, start=1):
        fields: dict[str, object] = dict(part.fields)
        if part.quote:
            fields["evidence"] = [{"quote": part.quote}]
        own = forms.changed(event, fields, desk)
        if number > 1:
            machine = {**(own.machine or {}), "id": event.id}
            own = own.model_copy(update={"id": desk.id_of(f"{event.id}|part|{number}"), "machine": machine})
        made.append(own)
    desk.put(made[0], correction, [event])
    for before, own in pairwise(made):
        if desk.has(own.id):
            raise desk.error("the event was split before", "give all parts in one correction")
        desk.insert(own, after=before.id, read=desk.read(event))
