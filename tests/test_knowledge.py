"""The knowledge: how it loads, what it finds in text, and that its entries agree."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import knowledge
from briefgen.errors import BriefError, KnowledgeError
from briefgen.knowledge import Knowledge, checks, names
from briefgen.knowledge.schema import Actor, Place


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def index(*actors: Actor, places: tuple[Place, ...] = ()) -> names.NameIndex:
    return names.build(actors, places, ())


def actor(name: str, *aliases: str, **more: object) -> Actor:
    fields: dict[str, object] = {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "kind": "group",
        "aliases": aliases,
    }
    return Actor.model_validate(fields | more)


# (name in the data, text, what is found)
SPELLINGS = [
    ("Esmail Qa'ani", "met Esmail Qa’ani.", ["Esmail Qa’ani"]),
    ("Esmail Qa'ani", "met Esmail Qaʿani.", ["Esmail Qaʿani"]),
    ("Assimi Goita", "Assimi Goïta spoke", ["Assimi Goïta"]),
    ("Assimi Goita", "Assimi Goi\u0308ta spoke", ["Assimi Goi\u0308ta"]),
    ("Ilham Aliyev", "İlham Əliyev", ["İlham Əliyev"]),
    ("al Qassem Brigades", "Al-Qassem Brigades and al‑Qassem Brigades", ["Al-Qassem Brigades", "al‑Qassem Brigades"]),
    ("al Qassem Brigades", "the Qassem Brigades", ["Qassem Brigades"]),
    ("Khalil al Hayya", "Khalil Hayya", ["Khalil Hayya"]),
    ("al Qaeda", "Qaeda", []),
    ("the Kremlin", "The Kremlin, the Kremlin's men", ["Kremlin", "Kremlin"]),
    ("Israeli forces", "ISRAELI FORCES, Israeli Forces", ["ISRAELI FORCES", "Israeli Forces"]),
    ("Israeli forces", "Israeli\nforces, israeli forces", ["Israeli\nforces"]),
    ("Israeli forces", "Israeli\r\nforces", ["Israeli\r\nforces"]),
    ("Israeli forces", "Israeli\n\nforces", []),
    ("US", "let us go, Us, USA, US-backed, non-US, US’s", ["US", "US", "US"]),
    ("U.S.", "the U.S., a U.S. ship", ["U.S.", "U.S."]),
    ("WHO", "Who is the WHO, who?", ["WHO"]),
    ("IS", "HAMAS IS NOT GONE, it says; IS fired, ISIS and IS MQ-9 men", ["IS", "IS"]),
    ("Mali", "MALI IS FAR", ["MALI"]),
    ("Mali", "Malian, Somali, Mali’s, Mali.", ["Mali", "Mali"]),
    ("Sana", "Sana'a", []),
    ("ani", "Qa'ani", []),
    ("protesters", "Protesters met other protesters", ["Protesters", "protesters"]),
    ("Iran", "iran IRAN anti-Iran", ["IRAN", "Iran"]),
    ("Hamas", "Hamas’ fire", ["Hamas"]),
]


@pytest.mark.parametrize(("name", "text", "found"), SPELLINGS)
def test_a_name_is_found_in_the_spellings_of_reports(name: str, text: str, found: list[str]) -> None:
    hits = index(actor(name)).find(text)
    assert [hit.text for hit in hits] == found
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_the_longest_name_wins_and_every_meaning_is_given() -> None:
    place = Place(id="tehran", name="Tehran", precision="town")
    state = actor("Iran", kind="state", adjectives=["Iranian"], seats=["Tehran"])
    force = actor("Iranian Navy")
    hits = index(state, force, places=(place,)).find(
        "The Iranian navy left, the Iranian Navy and Iranian men, said Tehran."
    )
    assert [(hit.text, [(c.kind, c.id, c.how) for c in hit.candidates]) for hit in hits] == [
        ("Iranian", [("actor", "iran", "adjective")]),
        ("Iranian Navy", [("actor", "iranian-navy", "name")]),
        ("Iranian", [("actor", "iran", "adjective")]),
        ("Tehran", [("actor", "iran", "seat"), ("place", "tehran", "name")]),
    ]


@given(st.text(max_size=80))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(names.fold(text)) == len(text)


@given(st.text(alphabet="Iran'’s -\n\r\u0301\u00ad.x", max_size=60))
def test_hits_lie_in_the_text_in_order_and_apart(text: str) -> None:
    hits = index(actor("Iran", "Iran's ran", "ran iran")).find(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


# (text, id of an actor that one of its names must mean)
WHO = [
    ("Israeli troops", "israel-defense-forces"),
    ("the Israeli army", "israel-defense-forces"),
    ("Turkish army", "turkish-armed-forces"),
    ("FAMa", "malian-armed-forces"),
    ("Chad's army", "chad-armed-forces"),
    ("the Kenyan Foreign Ministry", "kenya-ministry-of-foreign-affairs"),
    ("UAE forces", "united-arab-emirates-armed-forces"),
    ("Iran's Ministry of Defence", "iran-ministry-of-defense"),
    ("the Pentagon", "us-department-of-defense"),
    ("Islamic Jihad's military wing", "al-quds-brigades"),
    ("Hanniyeh", "ismail-haniyeh"),
    ("Ghaani", "esmail-qaani"),
    ("Apollinaire J. Kyélem de Tambèla", "apollinaire-j-kyelem-de-tambela"),
    ("M23", "march-23-movement"),
    ("ELN", "national-liberation-army-colombia"),
]


@pytest.mark.parametrize(("text", "identity"), WHO)
def test_known_actors_are_found(known: Knowledge, text: str, identity: str) -> None:
    assert [[c.id for c in hit.candidates if c.kind == "actor"] for hit in known.names.find(text)] == [[identity]]


@pytest.mark.parametrize("text", ["Jihad", "Front", "European", "Congress", "security council", "car", "May", "us"])
def test_treacherous_names_mean_nobody(known: Knowledge, text: str) -> None:
    assert not [c for hit in known.names.find(text) for c in hit.candidates if c.kind == "actor"]


def test_every_member_state_of_the_united_nations_is_there(known: Knowledge) -> None:
    states = [entry for entry in known.actors.values() if entry.kind == "state"]
    assert len(states) >= 193
    assert all(entry.theaters for entry in states)


def test_the_package_agrees_with_itself(known: Knowledge) -> None:
    assert [str(error) for error in checks.check(known)] == []


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project beside a package that knows next to nothing, so that loading takes no time."""
    data = tmp_path / "package"
    (data / "events").mkdir(parents=True)
    (data / "actors.yml").write_text(
        "- {id: iran, name: Iran, kind: state}\n"
        "- {id: hamas, name: Hamas, kind: group, theaters: [gaza-strip]}\n"
        "- {id: head, name: Head, kind: person, offices: [{title: Prime Minister, of: iran, start: 2021-05-05}]}\n"
    )
    (data / "theaters.yml").write_text("- {id: gaza-strip, name: Gaza Strip, group: Levant, covers: Gaza}\n")
    (data / "language.yml").write_text("weapons: [sling]\n")
    (data / "events/protest.yml").write_text(
        "type: PROTEST\nfamily: mx\ndefinition: Theirs.\nmodes: [demo]\n"
        "verbs: [{lemma: march, mode: demo}, {lemma: picket}]\n"
    )
    monkeypatch.setattr(knowledge, "DATA", data)
    return tmp_path


def write(project: Path, name: str, text: str) -> None:
    path = project / "knowledge" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_project_adds_and_replaces_by_id(bare: Path) -> None:
    write(bare, "actors/own.yml", "- {id: hamas, name: Hamas, kind: party}\n- {id: new, name: Quux, kind: group}\n")
    write(
        bare,
        "events/protest.yml",
        "type: PROTEST\nfamily: mx\ndefinition: Ours.\nverbs: [{lemma: picket, mode: ours}]\nmodes: [ours]\n",
    )
    write(bare, "language.yml", "weapons: [catapult]\n")
    mine = knowledge.load(bare)
    assert mine.actors["hamas"].kind == "party"
    assert [c.id for hit in mine.names.find("Quux") for c in hit.candidates] == ["new"]
    assert [(verb.lemma, verb.mode) for verb in mine.types["PROTEST"].verbs] == [("march", "demo"), ("picket", "ours")]
    assert mine.types["PROTEST"].modes == ("demo", "ours")
    assert mine.language.weapons == ("sling", "catapult")
    assert mine.origin["actors", "new"] == str(bare / "knowledge/actors/own.yml")
    assert checks.check(mine) == []


# (file, its text, words that the error must have)
BROKEN = [
    ("actors/a.yml", "- {id: x, name: X, kind: grup}", ["a.yml", "x", "kind", "'grup'"]),
    ("actors/a.yml", "- {id: x, name: X, kind: group, alias: [Y]}", ["x", "alias", "did you mean 'aliases'"]),
    ("actors/a.yml", "- {id: x, name: X, kind: group, aliases: [no]}", ["x", "aliases.0", "False"]),
    ("actors/a.yml", "- {id: x, id: y, name: X, kind: group}", ["line 1", "given twice"]),
    ("actors/a.yml", "- {name: X, kind: group}", ["entry 1", "key id"]),
    ("actors/a.yml", "id: x", ["a list of entries was expected"]),
    ("actors/a.yml", "- {id: x, name: X, kind: group}\n- {id: x, name: Z, kind: group}", ["x", "given twice", "a.yml"]),
    ("places.yml", "- {id: x, name: X, precision: town, lat: 91}", ["places.yml", "x", "lat"]),
    ("language.yml", "[]", ["language.yml", "mapping was expected"]),
]


@pytest.mark.parametrize(("file", "text", "words"), BROKEN)
def test_broken_files_say_where_and_what(bare: Path, file: str, text: str, words: list[str]) -> None:
    write(bare, file, text)
    with pytest.raises(BriefError) as error:
        knowledge.load(bare)
    assert all(word in str(error.value) for word in words), str(error.value)


# (entries of a project's actors, words of the only complaint)
CONTRADICTIONS = [
    ("- {id: x, name: Quux, kind: group, side: irann}", ["x", "side", "'irann'", "did you mean 'iran'"]),
    ("- {id: x, name: Quux, kind: group, part_of: [qwwqqwwq]}", ["part_of", "'qwwqqwwq'"]),
    ("- {id: x, name: Quux, kind: group, theaters: [gasa-strip]}", ["theaters", "did you mean 'gaza-strip'"]),
    ("- {id: x, name: Quux, kind: person, offices: [{title: Head, of: qwwqqwwq}]}", ["offices.of", "'qwwqqwwq'"]),
    ("- {id: x, name: Quux, kind: group, aliases: [Hamas]}", ["'Hamas'", "'hamas'"]),
    ("- {id: x, name: Quux, kind: group, aliases: [Zork, Zork]}", ["'Zork'", "twice"]),
    ("- {id: x, name: Quux, kind: group, aliases: ['']}", ["empty"]),
    ("- {id: x, name: Quux, kind: group, aliases: [Zork], refused: [{alias: Zork, reason: r}]}", ["'Zork'", "refused"]),
    (
        "- {id: x, name: Quux, kind: person, offices: [{title: Head, of: iran, start: 2020-01-02, end: 2020-01-01}]}",
        ["'Head'", "ends before it starts"],
    ),
    (
        "- {id: x, name: Quux, kind: person, offices: [{title: Prime Minister, of: iran, start: 2022-01-01}]}",
        ["'Prime Minister'", "also held by"],
    ),
]


@pytest.mark.parametrize(("entry", "words"), CONTRADICTIONS)
def test_contradictions_are_found(bare: Path, entry: str, words: list[str]) -> None:
    write(bare, "actors/a.yml", entry)
    found = checks.check(knowledge.load(bare))
    assert len(found) == 1
    assert isinstance(found[0], KnowledgeError)
    assert all(word in str(found[0]) for word in ("a.yml", "x, key", *words)), str(found[0])


def test_namesakes_are_allowed_at_different_times(bare: Path) -> None:
    write(
        bare,
        "actors/a.yml",
        "- {id: x, name: Quux, kind: group, active: [null, 2019-12-31]}\n"
        "- {id: y, name: Quux, kind: group, active: [2020-01-01, null]}\n",
    )
    assert checks.check(knowledge.load(bare)) == []


def test_a_trigger_needs_a_case_and_a_listed_mode(bare: Path) -> None:
    write(
        bare,
        "events/protest.yml",
        "type: PROTEST\nfamily: mx\ndefinition: Ours.\n"
        "verbs: [{lemma: zork, mode: demmo}, {lemma: quux up}, {lemma: picket}]\n"
        "nouns: [{lemma: sit-in}, {lemma: rally}]\n"
        "cases: [{text: 'They quuxed up, marched and held sit-ins.', expect: null}]\n",
    )

    def inflect(lemma: str) -> set[str]:
        return {lemma, f"{lemma}ed"}

    found = [str(error).split("PROTEST, ")[1] for error in checks.check(knowledge.load(bare), inflect)]
    assert found == [
        "key verbs: 'zork' has the mode 'demmo', which this type does not list (did you mean 'demo'?)",
        "key verbs: no case shows the trigger 'zork'",
        "key verbs: no case shows the trigger 'picket'",
        "key nouns: no case shows the trigger 'rally'",
    ]


def test_a_class_of_nouns_is_spelled_out(bare: Path) -> None:
    write(bare, "nouns.yml", "- {id: gadgets, about: Ours., nouns: [gizmo, widget]}\n")
    kind = "type: PROTEST\nfamily: mx\ndefinition: Ours.\nverbs: [{lemma: zork, needs: [widget, gear, '#%s']}]\n"
    write(bare, "events/protest.yml", kind % "gadgets")
    (verb,) = (v for v in knowledge.load(bare).types["PROTEST"].verbs if v.lemma == "zork")
    assert verb.needs == ("widget", "gear", "gizmo")
    write(bare, "events/protest.yml", kind % "gadget")
    with pytest.raises(KnowledgeError, match=r"protest\.yml: PROTEST, verb zork.*#gadget is no class.*#gadgets\?"):
        knowledge.load(bare)


def test_a_misnamed_file_is_not_passed_over(bare: Path) -> None:
    write(bare, "actor.yml", "- {id: x, name: X, kind: group}\n")
    with pytest.raises(KnowledgeError, match=r"actor\.yml: nothing of that name is read.*did you mean actors\.yml\?"):
        knowledge.load(bare)


def test_a_fault_names_its_line(bare: Path) -> None:
    write(bare, "actors/a.yml", "- {id: x, name: X, kind: group}\n- id: y\n  name: Y\n  knd: group\n")
    with pytest.raises(BriefError, match=r"a\.yml: line 4, y, key knd.*did you mean 'kind'"):
        knowledge.load(bare)
