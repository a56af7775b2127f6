"""The only YAML reader and writer.

Reading refuses duplicate keys and names file and line. YAML 1.1's surprises (`no`,
`12:30`) stay: models downstream refuse a bool or an int where text belongs.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.constructor import ConstructorError

from briefgen.errors import BriefError

M = TypeVar("M", bound=BaseModel)
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\Z)")
"""A line as YAML counts them, its end included."""


class _Loader(yaml.CSafeLoader):
    """Safe, quick, and strict about keys given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, yaml.Mark] = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise ConstructorError(
                None, None, f"key {key!r} is given twice, first in line {seen[key].line + 1}", key_node.start_mark
            )
        seen[key] = key_node.start_mark
    return dict(loader.construct_pairs(node, deep=True))


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """A date, with the line where it is none; PyYAML's own error has no place."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise ConstructorError(None, None, f"{node.value!r} is no date: {error}", node.start_mark) from None


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


class _Dumper(yaml.CSafeDumper):
    """Block style, keys in the order given, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def parse(text: str, file: str) -> Any:
    """What the YAML in `text` says; BriefError with `file` and line where it is broken."""
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - _Loader is a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else ""
        raise BriefError(file, where, f"not readable as YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BriefError(file, "", f"not readable as YAML: {str(error).splitlines()[0]}") from None


def read(path: Path) -> Any:
    """What the YAML file says; BriefError where it cannot be read."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError:
        raise BriefError(str(path), "", "not UTF-8", "save the file as UTF-8") from None
    except OSError as error:
        raise BriefError(str(path), "", error.strerror or str(error)) from None


def dump(data: Any) -> str:
    """`data` (plain dicts, lists, scalars, dates) as YAML, keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False)


def model(kind: type[M], data: Any, file: str, where: str = "", at: tuple[int | str, ...] = ()) -> M:
    """`data`, which stands at `at` in `file`, as a `kind`.

    Raises BriefError that names the line and the key, what was expected, and the nearest field.
    """
    if not isinstance(data, Mapping):
        raise BriefError(file, where, f"a mapping was expected, not {type(data).__name__}")
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        every = error.errors()
        first = next((one for one in every if one["type"] == "extra_forbidden"), every[0])
        key = ".".join(str(part) for part in first["loc"])
        line = _line(Path(file), (*at, *first["loc"]))
        place = ", ".join(part for part in (f"line {line}" if line else "", where, f"key {key}") if part)
        hint = ""
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(first["loc"][-1]), _fields(kind, first["loc"][:-1]), 1)
            what = "nothing of that name is known here"
            hint = f"did you mean {near[0]!r}?" if near else ""
        else:
            what = f"{first['msg'][0].lower()}{first['msg'][1:]}"
            if first["type"] == "value_error":
                what = str(first["ctx"]["error"])
            elif first["type"] != "missing" and not isinstance(first["input"], Mapping | list):
                what += f", got {first['input']!r}"
        raise BriefError(file, place, what, hint) from None


def _line(path: Path, steps: Sequence[int | str]) -> int | None:
    """The line of the file on which the entry under these keys and numbers stands, or the nearest one around it."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    for step in steps:
        inner = None
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            inner = node.value[step] if step < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == str(step)), None)
        if inner is None:
            break
        node = inner
    return node.start_mark.line + 1 if node is not None else None


def _fields(kind: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Names of the fields at `path` inside `kind`, for 'did you mean'."""
    here: Any = kind
    for part in path:
        if isinstance(part, int):
            continue
        field = getattr(here, "model_fields", {}).get(part)
        if field is None:
            continue
        args = [field.annotation, *getattr(field.annotation, "__args__", ())]
        models = [a for a in args if isinstance(a, type) and issubclass(a, BaseModel)]
        here = models[0] if models else here
    return list(getattr(here, "model_fields", {}))


def scalars(path: Path, hint: str = "") -> dict[str, str]:
    """The top-level keys of the file whose values are plain text, whatever tags the others have.

    For files of other programs, such as mkdocs.yml; BriefError, with `hint`, where it cannot be read.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BriefError(str(path), f"line {line}", f"not readable as YAML: {error.problem}", hint) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BriefError(str(path), "", f"cannot be read: {str(error).splitlines()[0]}", hint) from None
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {key.value: value.value for key, value in pairs if isinstance(value, yaml.ScalarNode)}


def replace(path: Path, text: str) -> None:
    """Put `text` in the place of the file at once, so that nobody ever sees half of it; its rights stay."""
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(text.encode("utf-8"))
    if target.exists():
        fresh.chmod(target.stat().st_mode & 0o777)
    os.replace(fresh, target)  # noqa: PTH105 - named for what it promises


def lengthened(text: str, entry: Mapping[str, Any], file: str) -> str:
    """The YAML list in `text`, which may be empty, with `entry` as its last; what stands there stays as it is."""
    before = parse(text, file)
    if not isinstance(before, list | None):
        raise BriefError(file, "", f"a list of entries was expected, not {type(before).__name__}")
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else end
    made = text + gap + "".join(f"{line}{end}" for line in dump([dict(entry)]).splitlines())
    try:
        if parse(made, file) == [*(before or ()), dict(entry)]:
            return made
    except BriefError:
        pass
    raise BriefError(
        file, "", "written in a way that nothing can be added to", "begin each entry of the list with `- `"
    )


def appended(text: str, key: str, entry: Any, file: str, within: int | None = None) -> str:
    """The YAML mapping in `text` with `entry` as the last one of the list under `key`.

    With `within` the text is a list of mappings, and the one of this number is meant.
    What people wrote stays as it is, letter by letter, comments included: lines are only put
    in, and the outcome is read again before it is returned. BriefError where `text` is
    broken, or written in a way that cannot be added to like this.
    """
    whole = parse(text, file)
    before = whole if within is None else whole[within]
    if not isinstance(before, Mapping | None) or not isinstance((before or {}).get(key), list | None):
        raise BriefError(file, f"key {key}", "a mapping with a list of entries was expected")
    wanted = {**(before or {}), key: [*((before or {}).get(key) or ()), entry]}
    for made in _insertions(text, key, entry, within):
        try:
            if parse(made, file) == (wanted if within is None else [*whole[:within], wanted, *whole[within + 1 :]]):
                return made
        except BriefError:
            continue
    raise BriefError(
        file, f"key {key}", "written in a way that nothing can be added to", "give each entry a line with `-`"
    )


def _insertions(text: str, key: str, entry: Any, within: int | None) -> Iterator[str]:
    """`text` with the entry put in at each place that may be the right one."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [line for line in _LINE.findall(text) if line]
    node = yaml.compose(text, Loader=_Loader)
    if within is not None and isinstance(node, yaml.SequenceNode):
        node = node.value[within]
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end

    def put(at: int, indent: int, before: Sequence[str] = ()) -> str:
        block = [*before, *(f"{' ' * indent}{line}" if line else "" for line in dump([entry]).splitlines())]
        return "".join([*lines[:at], *(f"{line}{end}" for line in block), *lines[at:]])

    column = node.start_mark.column if node is not None else 0
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = next(((name, value) for name, value in pairs if name.value == key), None)
    if found is None and within is not None and isinstance(node, yaml.MappingNode) and node.flow_style:
        yield _within_flow(lines, node, {key: [entry]})
        return
    if found is None:
        at = len(lines) if within is None or node is None else _last_line(node) + 1
        yield put(at, column + 2, [f"{' ' * column}{key}:"])
        return
    name, value = found
    first, last = value.start_mark, value.end_mark
    if isinstance(value, yaml.SequenceNode) and not value.flow_style:
        for at in (_last_line(value) + 1, last.line):
            yield put(at, first.column)
    elif isinstance(value, yaml.SequenceNode) and value.value:
        yield _within_flow(lines, value, [entry])
    elif first.line == last.line:
        line = lines[first.line]
        lines[first.line] = f"{line[: first.column].rstrip()}{line[last.column :]}" if first.column else line
        yield put(name.start_mark.line + 1, column + 2)


def _within_flow(lines: Sequence[str], node: yaml.Node, more: Any) -> str:
    """The lines with what is in `more` put before the closing bracket of the node."""
    flow = yaml.dump(more, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=True)
    last = node.end_mark
    line = lines[last.line]
    made = f"{line[: last.column - 1].rstrip()}, {flow.strip()[1:-1]}{line[last.column - 1 :]}"
    return "".join((*lines[: last.line], made, *lines[last.line + 1 :]))


def _last_line(node: yaml.Node) -> int:
    """The line on which the last word of a block stands."""
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False) or not node.value:
        mark = node.end_mark
        return int(mark.line - (mark.column == 0 and mark.line > node.start_mark.line))
    inner = node.value[-1]
    return _last_line(inner[1] if isinstance(inner, tuple) else inner)
