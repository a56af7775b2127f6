"""Letters, such as newsletters: the HTML part as a page, or the plain one; subject, sender and day as facts."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from briefgen.containers import html, passages
from briefgen.containers.content import Content, UnreadableError, Writer, flat
from briefgen.containers.webmeta import day
from briefgen.model import Meta

_REPLY = re.compile(r"(?:\s*(?:fwd?|re|wg|tr)\s*:)+\s*", re.IGNORECASE)
_HEADERS = re.compile(rb"\A(?:From |[!-9;-~]{1,76}:[^\n]*\r?\n)")
_MOST_PARTS = 500
_CALLS = re.compile(
    r"unsubscribe|view (?:this )?(?:e-?mail|newsletter|message|it)?\s*(?:in|on) (?:your|a|the) (?:web )?browser"
    r"|view (?:it )?online|(?:update|manage) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)"
    r"|forward(?:ed)? (?:this|to a friend)|you (?:are receiving|received|get|are getting) this"
    r"|trouble (?:viewing|reading)|no longer wish|all rights reserved",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\[(\d+)\]")
_SHORT = 60
"""Words of a passage that such a call makes one of the sender's and not the report's."""


def read(data: bytes) -> Content:
    """The letter's text; UnreadableError where it is no letter or has no text."""
    if not _HEADERS.match(data.lstrip(b"\xef\xbb\xbf\r\n")):
        raise UnreadableError("not a saved letter: it does not begin with its headers", "save it from the mail program")
    try:
        letter = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
        if sum(1 for _ in letter.walk()) > _MOST_PARTS:
            raise UnreadableError(f"it has more than {_MOST_PARTS} parts, which no newsletter has")
        body = letter.get_body(("html", "plain"))
        words = "" if body is None else _words(body)
        meta = _meta(letter)
    except UnreadableError:
        raise
    except Exception as error:  # the standard library raises many things on broken letters
        raise UnreadableError(f"not readable as a letter: {flat(str(error))[:100]}") from None
    if not words.strip():
        raise UnreadableError("the letter has no text", "save its attachment as a report of its own")
    content = (
        html.page(words, meta) if body is not None and body.get_content_subtype() == "html" else _plain(words, meta)
    )
    return _without_calls(content)


def _words(part: MIMEPart) -> str:
    """The text of a part; what it says about its letters may be wrong."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    for name in ("utf-8", part.get_content_charset() or "", "windows-1252"):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("windows-1252", "replace")


def _meta(letter: EmailMessage) -> Meta:
    subject = flat(_REPLY.sub("", str(letter.get("Subject", "")), count=1))
    sender, address = parseaddr(str(letter.get("From", "")))
    facts: dict[str, object] = {
        "title": subject or None,
        "publisher": flat(sender) or None,
        "published": day(str(letter.get("Date", ""))),
    }
    where = {"title": "its subject", "publisher": "its sender", "published": "its Date line"}
    files = [flat(part.get_filename() or "without a name") for part in letter.iter_attachments()]
    hints = [f"It was sent from {flat(address)}."] if address else []
    hints += [f"It has attachments, which are not read: {', '.join(files)}."] if files else []
    return Meta.model_validate({**facts, "where": {k: v for k, v in where.items() if facts[k]}, "hints": tuple(hints)})


def _plain(words: str, meta: Meta) -> Content:
    """Paragraphs of a plain letter, which are wrapped and parted by empty lines; quoted lines are left out."""
    writer = Writer()
    writer.add(meta.title or "", "heading")
    lines = ["" if line.startswith(">") else line for line in words.split("\n")]
    for part in re.split(r"\n\s*\n", "\n".join(line.rstrip("\r") for line in lines)):
        items = re.split(r"^[ \t]*[*•-][ \t]+", part, flags=re.MULTILINE)
        writer.add(items[0], "paragraph")
        for item in items[1:]:
            writer.add(item, "bullet", sign="•")
    return writer.content(meta)


def _without_calls(content: Content) -> Content:
    """The letter without what its sender says about the sending, and without the addresses that only this linked to."""
    told = [(piece, content.text[slice(*piece.span)]) for piece in content.outline]
    kept = [(p, words) for p, words in told if p.marker or len(words.split()) > _SHORT or not _CALLS.search(words)]
    called = {label for _, words in kept for label in _LABEL.findall(words)}
    kept = [(p, words) for p, words in kept if not p.marker or p.marker in called or not words.startswith("http")]
    if kept and kept[-1][1] == passages.LINKS:
        kept.pop()
    writer = Writer()
    for piece, words in kept:
        sign = content.text[: piece.span[0]].rpartition("\n")[2].strip()
        writer.add(words, piece.kind, piece.marker, sign)
    return writer.content(content.meta)
