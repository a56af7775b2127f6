"""Invented reports for the tests of pages and site: small, and with something of everything."""

from __future__ import annotations

import datetime as dt

from briefgen import knowledge
from briefgen.model import (
    UNDATED,
    Address,
    Assessment,
    Block,
    Citation,
    Event,
    EventActor,
    EventDate,
    EventPlace,
    Evidence,
    Mark,
    Record,
    Report,
    Takeaway,
)

SEED = "invented.txt"
PLACES = ("khan-younis", "jabalia", "gaza-strip", "rafah", "tehran", "israel", "beit-lahia", "deir-al-balah")
DAILY = "Daily Blue, April 2"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:alert(1)) *bold* `code` | [^1] &amp; <b onclick=x>"


def day(number: int, month: int = 4) -> EventDate:
    """A day of 2024."""
    date = dt.date(2024, month, number)
    return EventDate(start=date, end=date, precision="day", basis="explicit")


def actor(id_: str, name: str, role: str = "source") -> EventActor:
    """An actor of an event."""
    return EventActor.model_validate({"id": id_, "name": name, "role": role, "as_written": name, "known": False})


def event(id_: str, report: str, text: str, quote: str, cites: tuple[str, ...] = (), **more: object) -> Event:
    """An event whose evidence is `quote`, where it stands in `text`, resting on `cites`."""
    start = text.index(quote)
    fields: dict[str, object] = {
        "id": id_, "report": report, "date": day(3), "type": "ASSAULT", "theaters": ("iraq",),
        "evidence": (Evidence(quote=quote, span=(start, start + len(quote)), citations=cites),),
    }  # fmt: skip
    return Event.model_validate({**fields, **more})


TEXT = (
    "Key Takeaways\n"
    "Reds struck a bridge in Bluetown.\n"
    "News\n"
    "On April 3, the Reds struck a bridge in Bluetown.[i] The Blues said that they will likely answer.[ii]\n"
    "Чёрные met the Blues (Daily Blue, April 2).\n"
    f"{HOSTILE}\n"
    "Read more on our site\n"
)


def blocks(text: str, kinds: dict[str, str]) -> tuple[Block, ...]:
    """Each line of `text` as a block, of the kind that `kinds` has for it."""
    found, at = [], 0
    for line in text.splitlines():
        start = text.index(line, at)
        at = start + len(line)
        found.append(Block.model_validate({"span": (start, at), "kind": kinds.get(line, "paragraph")}))
    return tuple(found)


def mark(text: str, printed: str, citation: str) -> Mark:
    """The mark `printed` in `text`."""
    start = text.index(printed)
    return Mark(span=(start, start + len(printed)), citation=citation)


def record(**report: object) -> Record:
    """One report with four events (one held back), an assessment, and three citations."""
    name = "reds-and-blues"
    lines = TEXT.splitlines()
    kinds = {lines[0]: "heading", lines[1]: "takeaway", lines[2]: "heading", lines[6]: "boilerplate"}
    struck, met = "On April 3, the Reds struck a bridge in Bluetown.", "Чёрные met the Blues (Daily Blue, April 2)."
    answer = "The Blues said that they will likely answer."
    first = TEXT.index(struck)
    told = TEXT.index(lines[1])
    fields: dict[str, object] = {
        "id": name, "seed": SEED, "sha256": "0" * 64, "span": (0, len(TEXT)), "title": "Reds & Blues",
        "publisher": "ctp-isw", "published": dt.date(2024, 4, 4), "published_basis": "printed", "layout": "invented",
        "takeaways": (Takeaway(text=lines[1], span=(told, told + len(lines[1]))),),
        "blocks": blocks(TEXT, kinds),
        "marks": (mark(TEXT, "[i]", "i"), mark(TEXT, "[ii]", "ii"), mark(TEXT, f"({DAILY})", DAILY)),
        "citations": (
            Citation(id="i", marker="i"),
            Citation(
                id="ii", marker="ii", reference="Голос, “Ответ”, https://golos dot example/a...",
                title="Ответ", language="ru", outlet_name="Голос",
                urls=(Address(as_printed="https://golos dot example/a...", url="https://golos.example/a",
                              defanged=True, truncated=True),),
            ),
            Citation(id=DAILY, marker=DAILY, outlet_name="Daily Blue",
                     urls=(Address(as_printed="https://daily.example/x", url="https://daily.example/x"),)),
        ),
    }  # fmt: skip
    events = (
        event("e-one", name, TEXT, struck, actors=(actor("reds", "Reds"), actor("bluetown", "Bluetown", "target")),
              fatalities=2, citations=("i",),
              evidence=(Evidence(quote=struck, span=(first, first + len(struck)), citations=("i",)),
                        Evidence(quote=lines[1], span=(told, told + len(lines[1]))))),
        event("e-two", name, TEXT, met, (DAILY,), type="CONSULT", date=day(2), certainty="claimed",
              attributed_to=("Blues",),
              actors=(actor("чёрные", "Чёрные", "participant"), actor("blues", "Blues", "participant"))),
        event("e-three", name, TEXT, HOSTILE, type="STATEMENT",
              date=UNDATED,
              actors=(actor("hostile", HOSTILE),)),
        event("e-held", name, TEXT, answer, status="planned", shown=False, actors=(actor("blues", "Blues"),)),
    )  # fmt: skip
    start = TEXT.index(answer)
    judged = Assessment(
        id="a-one", report=name, quote=answer, span=(start, start + len(answer)), term="likely", likelihood=(55, 80),
        who="analysts", theaters=("iraq",), citations=("ii",),
    )  # fmt: skip
    return Record(report=Report.model_validate({**fields, **report}), events=events, assessments=(judged,))


def many(count: int) -> Record:
    """A report with `count` events of as many days, in one theater."""
    lines = [f"Reds struck post number {n}." for n in range(count)]
    text = "\n".join(lines)
    base = record().report.model_copy(
        update={"id": "many", "seed": "many.txt", "span": (0, len(text)), "title": "Many", "takeaways": (), "marks": (),
                "citations": (), "blocks": blocks(text, {})}
    )  # fmt: skip
    events = tuple(
        event(f"m-{n}", "many", text, line, date=day(1 + n % 28, 1 + n // 28 % 12), actors=(actor("reds", "Reds"),))
        for n, line in enumerate(lines)
    )
    return Record(report=base, events=events)


def located() -> Record:
    """Events at places in and about Gaza, some against an actor of the knowledge, on days told as relative ones."""
    known = knowledge.load().places
    record = many(40)
    events = []
    for n, event in enumerate(record.events):
        place = known[PLACES[n % 11 % len(PLACES)]]
        where = EventPlace(
            id=place.id, name=place.name, as_written=place.name, lat=place.lat, lon=place.lon, precision=place.precision
        )
        more: dict[str, object] = {"places": (where,), "theaters": ("gaza-strip",)}
        if n % 10 == 0:
            more["date"] = event.date.model_copy(update={"as_written": "the same day", "basis": "relative"})
            more["actors"] = (*event.actors, actor("hamas", "Hamas", "target"))
        events.append(event.model_copy(update=more))
    return record.model_copy(update={"events": tuple(events)})


def formerly() -> tuple[Record, ...]:
    """`record()` as an earlier state had it, with an event new, changed and gone since; and a report that is gone."""
    now = record()
    one, two, _, held = now.events
    met = two.evidence[0]
    lost = event(
        "e-lost", one.report, TEXT, "Read more on our site", ("i",), type="PROTEST", actors=(actor("hostile", HOSTILE),)
    )
    was = two.model_copy(update={"id": "e-was", "type": "AGREE", "date": day(9), "attributed_to": (HOSTILE,)})
    wide = one.model_copy(update={"fatalities": 7, "theaters": ("iraq", "iran"), "evidence": (*one.evidence, met)})
    judged = now.assessments[0].model_copy(update={"id": "a-lost"})
    report = now.report.model_copy(update={"title": "Reds", "citations": now.report.citations[1:]})
    before = now.model_copy(update={"report": report, "events": (wide, was, lost, held), "assessments": (judged,)})
    return before, _gone()


def _gone() -> Record:
    """A report that only the earlier state has."""
    gone = many(2)
    events = tuple(e.model_copy(update={"id": f"g-{e.id}", "report": "gone"}) for e in gone.events)
    report = gone.report.model_copy(update={"id": "gone", "title": HOSTILE, "seed": "gone.txt", "sha256": "9" * 64})
    return gone.model_copy(update={"report": report, "events": events})
