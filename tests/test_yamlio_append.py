"""Adding to a file that people write: nothing of theirs is changed, not a blank and not a comment."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import yamlio
from briefgen.errors import BriefError

ENTRY = {"event": "e-1", "action": "set", "fields": {"type": "AID", "date": "2024-04"}, "why": 'It\'s: not # so — "no"'}
TEXTS = {
    "empty": "",
    "only comments": "# nothing yet\n\n# really\n",
    "no list": "publisher: itic   # two blanks\ntext: excerpts\n",
    "no end of line": "publisher: itic\ntext: full",
    "folded note": "note: >-\n  Copyright of\n  somebody.\n\n  More.\n",
    "a list": "corrections:\n  - event: e-0   # first\n    action: confirm\n# after it\npublisher: itic\n",
    "not indented": "corrections:\n- event: e-0\n  action: drop\n  why: x\n# the end\n",
    "indented by four": "corrections:\n    -   event: e-0\n        action: confirm\n",
    "flow entry": "corrections:\n  - {event: e-0, action: set,\n     fields: {type: AID}} # one\ntext: full\n",
    "block text last": "corrections:\n  - event: e-0\n    why: |\n      Two\n\n      lines\n\n# c\ntext: full\n",
    "plain text over lines": "corrections:\n  - event: e-0\n    why: goes on\n      and on\n\ntext: full\n",
    "quoted": "corrections:\n  - event: 'e-0'\n    action: \"confirm\"\n",
    "empty flow list": "corrections: []  # none yet\ntext: full\n",
    "null": "text: full\ncorrections:\n# none yet\npublisher: itic\n",
    "tilde": "corrections: ~   # none\ntext: full\n",
    "flow list": "corrections: [{event: e-0, action: confirm}]  # short\ntext: full\n",
    "flow list over lines": "corrections: [\n  {event: e-0, action: confirm}\n]\n",
    "windows": "# c\r\ncorrections:\r\n  - event: e-0\r\n    action: confirm\r\n\r\ntext: full\r\n",
    "comment in between": "corrections:\n  # a\n  - event: e-0\n    # b\n    action: confirm\n  # c\ntext: full\n",
    "last of all with comment": "corrections:\n  - event: e-0\n    action: confirm   # sure\n\n\n# bye",
    "document start": "---\npublisher: itic\ncorrections:\n  - event: e-0\n    action: confirm\n",
    "other script": "note: “Чёрные” 黒\ncorrections:\n  - event: e-0\n    why: “нет” \U0001f600\ntext: full\n",
    "reports after it": "corrections:\n  - event: e-0\n    action: confirm\nreports:\n  r:\n    title: x\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_one_entry_more_and_every_line_still_there(name: str) -> None:
    text = TEXTS[name]
    made = yamlio.appended(text, "corrections", ENTRY, "x.yml")
    before = yamlio.parse(text, "x.yml") or {}
    after = yamlio.parse(made, "x.yml")
    assert after == {**before, "corrections": [*(before.get("corrections") or []), ENTRY]}
    if name not in ("empty flow list", "tilde", "flow list", "flow list over lines"):
        kept = iter(made.splitlines())
        assert all(line in kept for line in text.splitlines()), made
    assert all(comment in made for comment in re.findall("#[^\r\n]*", text))
    assert ("\r\n" in text) == ("\r\n" in made)
    assert "\n" not in made.replace("\r\n", "") or "\r\n" not in made
    twice = yamlio.appended(made, "corrections", {"event": "e-2", "action": "confirm"}, "x.yml")
    assert yamlio.parse(twice, "x.yml")["corrections"][-2:] == [ENTRY, {"event": "e-2", "action": "confirm"}]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a\n- b\n", "a mapping with a list"),
        ("corrections: none\n", "a mapping with a list"),
        ("corrections: {a: 1}\n", "a mapping with a list"),
        ("{publisher: itic}\n", "nothing can be added to"),
        ("publisher: itic\n...\n", "nothing can be added to"),
        ("a: 1\na: 2\n", "given twice"),
        ("a: [\n", "not readable"),
    ],
)
def test_what_cannot_be_added_to_is_told(text: str, says: str) -> None:
    with pytest.raises(BriefError, match=says) as error:
        yamlio.appended(text, "corrections", ENTRY, "x.yml")
    assert "\n" not in str(error.value)


WORDS = st.text(alphabet=string.ascii_letters + " #:-'\"{}[]|>é\n\t“”\\", max_size=40)
KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
)
ENTRIES = st.dictionaries(st.sampled_from(["event", "action", "why", "fields"]), VALUES, min_size=1)


@settings(max_examples=150)
@given(
    st.lists(ENTRIES, max_size=3), ENTRIES, st.sampled_from(["", "# a\n", "text: full  # b\n"]),
    st.sampled_from(["", "\n# c\n", "publisher: x\n"]),
)  # fmt: skip
def test_whatever_is_written(have: list[dict[str, object]], entry: dict[str, object], head: str, tail: str) -> None:
    text = head + yamlio.dump({"corrections": have}) + tail
    made = yamlio.appended(text, "corrections", entry, "x.yml")
    assert yamlio.parse(made, "x.yml")["corrections"] == [*have, entry]
    kept = iter(made.split("\n"))
    assert all(line in kept for line in text.split("\n") if line.strip() and line != "corrections: []")


def test_scalars_of_a_file_with_tags_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    tags = "x: !!python/name:os.system\ny: !ENV Z\n"
    path.write_text(f"site_name: x\nrepo_url: https://a.example/b\nplugins:\n  - a\n{tags}")
    found = yamlio.scalars(path)
    assert (found["repo_url"], found["site_name"]) == ("https://a.example/b", "x")


ACTORS = {
    "block": "# a\n- id: one\n  name: One  # b\n- id: two\n  name: Two\n\n# c\n",
    "with aliases": "- id: one\n  aliases:\n    - O\n  name: One\n- id: two\n  name: Two\n",
    "flow aliases": "- id: one\n  aliases: [O, Oh]  # b\n- id: two\n",
    "over lines": "- id: one\n  aliases: [O,\n    Oh]\n- id: two\n",
    "no aliases yet": "- id: one\n  aliases: []\n- id: two\n",
    "flow entry": "- {id: one, name: One}  # b\n- {id: two}\n",
    "flow entry with aliases": "- {id: one, aliases: [O], name: One}\n- {id: two}\n",
    "last and without an end": "- id: zero\n- id: one\n  name: One",
    "windows": "- id: one\r\n  name: One\r\n- id: two\r\n",
    "indented": "  - id: one\n    name: One\n  - id: two\n",
}


@pytest.mark.parametrize("name", ACTORS)
def test_one_more_within_an_entry_of_a_list(name: str) -> None:
    text, alias = ACTORS[name], "O: ’one’, #1"
    before = yamlio.parse(text, "x.yml")
    number = next(n for n, entry in enumerate(before) if entry["id"] == "one")
    made = yamlio.appended(text, "aliases", alias, "x.yml", within=number)
    before[number]["aliases"] = [*before[number].get("aliases", ()), alias]
    assert yamlio.parse(made, "x.yml") == before
    assert all(comment in made for comment in re.findall("#[^\r\n]*", text))
    assert ("\r\n" in text) == ("\r\n" in made)


@pytest.mark.parametrize("text", ["", "# only this\n", "- id: one\n", "- {id: one}", "  - id: one\n", "[]\n", "a: 1\n"])
def test_one_more_entry_of_a_list(text: str) -> None:
    """Appended where that is sure to be the same list; else nothing is made."""
    entry = {"id": "two", "aliases": ["T: 2", "no"]}
    before = yamlio.parse(text, "x.yml")
    if text.startswith((" ", "[", "a")):
        with pytest.raises(BriefError, match=r"x\.yml"):
            yamlio.lengthened(text, entry, "x.yml")
        return
    made = yamlio.lengthened(text, entry, "x.yml")
    assert made.startswith(text)
    assert yamlio.parse(made, "x.yml") == [*(before or ()), entry]
