"""A process that sets briefs: `python -m briefgen.prints.worker`, asked line by line by `pool`.

The first line on standard input is the setting, each other one a brief; each gets a line
of answer. A process of its own, because the typesetter keeps what it has set in memory.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from briefgen.errors import BriefError
from briefgen.prints.press import Press, Setting


def answer(press: Press, asked: dict[str, Any]) -> dict[str, Any]:
    """Set one brief and write it, whole or not at all."""
    path = Path(asked["out"])
    try:
        printed = press.set(asked["name"], asked["data"])
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_bytes(printed.pdf)
        fresh.replace(path)
    except BriefError as error:
        return {"error": [error.file, error.where, error.what, error.hint]}
    except OSError as error:
        return {"error": [str(path), "", f"cannot be written: {error.strerror or error}", ""]}
    return {"pages": printed.pages, "told": printed.told}


def main() -> None:
    """Answer until nobody asks any more."""
    press: Press | None = None
    for line in sys.stdin:
        asked = json.loads(line)
        if press is None:
            press = Press(Setting(**{**asked, "fonts": tuple(asked["fonts"])}))
            continue
        sys.stdout.write(json.dumps(answer(press, asked)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
