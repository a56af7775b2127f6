"""What axe-core, the checker of web accessibility, finds wrong in a page."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_SCRIPT = Path(AXE_FILE_PATH).read_text(encoding="utf-8")


def violations(page: Page, *, opened: int = 5) -> list[str]:
    """Breaches of WCAG 2.2 AA, each with the first elements it concerns, a few `details` opened first."""
    page.evaluate("n => [...document.querySelectorAll('details')].slice(0, n).forEach(d => { d.open = true })", opened)
    page.evaluate(_SCRIPT)
    found = page.evaluate(
        "levels => axe.run(document, { resultTypes: ['violations'], runOnly: levels })", list(LEVELS)
    )["violations"]
    return [f"{v['id']} ({len(v['nodes'])}): " + " | ".join(n["html"][:200] for n in v["nodes"][:3]) for v in found]
