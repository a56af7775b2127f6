"""The plain data of a brief on its way to the typesetter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def mapped(data: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """`data` with `change` done to every text in it; keys stay."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, Mapping):
            return {key: walk(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [walk(inner) for inner in value]
        return value

    return {key: walk(value) for key, value in data.items()}


def printable(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without characters that no page can show; each leaves a mark where it was."""
    return mapped(data, lambda text: _CONTROL.sub("\ufffd", text))


def dumped(data: Mapping[str, Any]) -> str:
    """`data` as JSON, the same for the same data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
