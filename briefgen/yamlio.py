"""The only YAML reader and writer.

Reading refuses duplicate keys and names file and line. YAML 1.1's surprises (`no`,
`12:30`) stay: models downstream refuse a bool or an int where text belongs.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.constructor import ConstructorError

from briefgen.errors import BriefError

M = TypeVar("M", bound=BaseModel)


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
