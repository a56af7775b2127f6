"""The rooms of docs/architecture.md, held against what the modules import."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "briefgen"
MODULES = sorted(PACKAGE.rglob("*.py"))
SHAPELESS = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "shared"})
_EVERYTHING = "everything above"


def rooms(text: str) -> dict[str, frozenset[str]]:
    """Room -> the rooms it may import, as the table says; the order is that of the table."""
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        names = re.findall(r"`(\w+)(?:\.py|/)`", cells[0])
        if len(cells) != 3 or not names:
            continue
        allowed = frozenset(found) if cells[2] == _EVERYTHING else frozenset(re.findall(r"\w+", cells[2]))
        found |= dict.fromkeys(names, allowed - {"nothing"})
    return found


ROOMS = rooms((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Rooms that the module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written from the package's root"
            names = [node.module or ""]
            if node.module == "briefgen":
                names = [f"briefgen.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("briefgen.")}
    return found - {"__version__"}


def test_every_room_is_in_the_table_and_every_row_is_a_room() -> None:
    there = {room(path) for path in MODULES} - {"__init__"}
    assert there == set(ROOMS)


def test_the_table_names_no_room_that_is_not_there() -> None:
    assert frozenset[str]().union(*ROOMS.values()) <= set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_the_table_allows(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        assert not imported(path)
        return
    forbidden = imported(path) - ROOMS[own] - {own} - ({"cli"} if own == "__main__" else set())
    assert not forbidden, f"{own} may import {sorted(ROOMS[own])}, not {sorted(forbidden)}"


def test_nothing_flows_back() -> None:
    order = list(ROOMS)
    for own, allowed in ROOMS.items():
        above = set(order[: order.index(own)])
        assert allowed <= above, f"{own} imports from below: {sorted(allowed - above)}"


def test_files_are_small_and_named_for_what_they_do() -> None:
    long = {str(path): n for path in MODULES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 500}
    assert not long
    assert not [path for path in MODULES if SHAPELESS & {part.removesuffix(".py") for part in path.parts[-2:]}]


def test_only_the_command_prints_and_exits() -> None:
    for path in MODULES:
        if room(path) in ("cli", "__main__"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("print", "exit", "sys.exit", "click.echo"), f"{path}:{node.lineno} {called}"


def test_no_clock_and_no_chance() -> None:
    """Two builds of one input are byte-equal only where nothing asks for the time or draws lots.

    Numbers drawn from one fixed seed are always the same; only they may be drawn.
    """
    banned = re.compile(r"\btime\.time\b|\b(?:now|today|utcnow)\(|\b(?:uuid[14]|random|secrets)\b")
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call | ast.Import | ast.ImportFrom):
                text = f"{ast.unparse(node.func)}(" if isinstance(node, ast.Call) else ast.unparse(node)
                fixed = isinstance(node, ast.Call) and re.fullmatch(r"random\.Random\(\d+\)", ast.unparse(node))
                if fixed or text == "import random":
                    continue
                assert not banned.search(text), f"{path}:{node.lineno} {text}"


def test_a_table_that_forbids_is_read_so() -> None:
    rows = ["| `a.py` | x | nothing |", "| `b/` | y | a |", "| `c.py`, `d.py` | z | everything above |"]
    table = "\n".join(["| room | lives there | may import |", "|---|---|---|", *rows])
    assert rooms(table) == {"a": set(), "b": {"a"}, "c": {"a", "b"}, "d": {"a", "b"}}
