"""Web addresses as reports print them: defanged, cut short, several to a line."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from briefgen.model import Address, Span

_DOT = r"(?:[ \u00a0]+dot[ \u00a0]+|\[\.\]|\(\.\)|\[dot\]|\(dot\))"
_HOST = r"[^\s/;,<>\"“”«»\[\]()\\|{}`?#]{1,255}"
_ADDRESS = re.compile(
    rf"\b(?P<scheme>https?|hxxps?)(?P<colon>:|\[:\])//(?P<host>{_HOST}(?:{_DOT}{_HOST}){{0,12}})"
    r"(?P<rest>[/?#](?:(?!;\s?https?:)[^\s<>\"“”«»\\`])*)?",
    re.IGNORECASE,
)
_DEFANGED = re.compile(_DOT, re.IGNORECASE)
_CUT = ("...", "…")
_TRAIL = ".,;:!?'’*_"


def find(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[Span, Address], ...]:
    """Every http or https address of the passage, with its span.

    ` dot `, `[.]` and `hxxp` are undone in `url` and nothing else is: a mistyped host
    stays as it is printed. An address that is cut short keeps what is left of it and is
    marked; one without a host at all (`https:...`) is none.
    """
    out: list[tuple[Span, Address]] = []
    for found in _ADDRESS.finditer(text, start, len(text) if end is None else end):
        printed = _trimmed(found.group())
        cut = printed.endswith(_CUT)
        scheme = found["scheme"].lower().replace("x", "t")
        body = printed[len(found["scheme"]) + len(found["colon"]) + 2 :]
        host, rest = body[: len(found["host"])], body[len(found["host"]) :]
        url = f"{scheme}://{_DEFANGED.sub('.', host)}{rest}"
        if cut:
            url = url.rstrip(".…")
        if _sound(url, cut):
            changed = scheme != found["scheme"].lower() or found["colon"] != ":" or bool(_DEFANGED.search(host))
            span = (found.start(), found.start() + len(printed))
            out.append((span, Address(as_printed=printed, url=url, defanged=changed, truncated=cut)))
    return tuple(out)


def host(url: str) -> str:
    """Its host in lower case; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _trimmed(printed: str) -> str:
    """Without the punctuation of the sentence that it stands in."""
    for mark in _CUT:
        if printed.endswith(mark):
            return printed
    while printed and (
        printed[-1] in _TRAIL
        or (printed[-1] == ")" and printed.count("(") < printed.count(")"))
        or (printed[-1] == "]" and printed.count("[") < printed.count("]"))
    ):
        printed = printed[:-1]
    return printed


def _sound(url: str, cut: bool) -> bool:
    """Whether a browser would take it to a public host by name, and not to another than it shows."""
    name = host(url)
    try:
        port = urlsplit(url).port
    except ValueError:
        return False
    netloc = url.split("//", 1)[-1].split("/", 1)[0]
    return bool(name.strip(".")) and name[0].isalnum() and "@" not in netloc and port != 0 and ("." in name or cut)
