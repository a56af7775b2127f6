"""Files of other kinds than text, made of invented words for the tests: pages, PDF, Word documents, letters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Boats on the Lake | The Umber Desk</title>
<meta property="og:site_name" content="The Umber Desk">
<meta property="article:published_time" content="2024-07-04T23:30:00-03:00">
<link rel="canonical" href="https://umber.example/boats"><script>var x = "The army attacked Harle.";</script>
<style>p { color: red }</style></head>
<body class="no-sidebar"><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<header><a href="/">The Umber Desk</a></header>
<article><p>Analysis</p><h1>Boats on the Lake</h1><p>By Jane Doe</p>
<div class="share-links"><a href="https://share.example/">Share this</a></div>
<h2>Key Takeaways</h2><ul><li>Iran sent boats to the lake.<sup><a href="#fn1" id="r1">1</a></sup></li>
<li>The mayor protested.</li></ul>
<h2>The lake</h2><p>Russia and Iran signed an
<a href="https://news.example/deal?a=1&amp;b=2">agreement</a> in Moscow on 2 July
2024.<sup><a href="#fn2" id="r2">2</a></sup> The mayor asked&nbsp;them to leave, <a href="/earlier">as before</a>.</p>
<table><tr><th>Town</th><th>Boats</th></tr><tr><td>Harle</td><td>6</td></tr></table>
<figure><img src="x" onerror="alert(1)"><figcaption>A boat</figcaption></figure>
<aside>Read more: Other things</aside>
<ul><li><a href="https://a.example/">One thing</a></li><li><a href="https://b.example/">Another</a></li>
<li><a href="https://c.example/">A third</a></li></ul>
<section class="footnotes"><h2>Notes</h2><ol>
<li id="fn1"><p>Umber Radio, 2 July. <a href="https://radio.example/1">Broadcast</a> <a href="#r1">↩</a></p></li>
<li id="fn2">Harle Council, minutes. <a href="#r2">↩</a></li></ol></section>
</article><footer>© 2024 <a href="/imprint">Imprint</a></footer></body></html>
"""
PAGE_TEXT = """Boats on the Lake

Analysis

By Jane Doe

Key Takeaways

• Iran sent boats to the lake.[1]
• The mayor protested.

The lake

Russia and Iran signed an agreement[3] in Moscow on 2 July 2024.[2] The mayor asked them to leave, as before[4].

Town | Boats

Harle | 6

A boat

Notes

[1] Umber Radio, 2 July. Broadcast (https://radio.example/1)
[2] Harle Council, minutes.
[3] https://news.example/deal?a=1&b=2
[4] https://umber.example/earlier
"""
Line = tuple[float, float, float, str]
"""x, y, size, words of one line of a PDF; `*` before the words: in bold type."""


def pdf(pages: Sequence[Sequence[Line]], locked: bool = False) -> bytes:
    """A PDF of pages of 600 to 800 points with these lines, drawn in their order."""
    objects: list[bytes] = []
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    fonts = "/Font << /F 3 0 R /B 4 0 R >>"
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
    for at, lines in enumerate(pages):
        drawn = b""
        for x, y, size, words in lines:
            font = b"B" if words.startswith("*") else b"F"
            shown = (
                words.removeprefix("*")
                .encode("cp1252")
                .replace(b"\\", b"\\\\")
                .replace(b"(", b"\\(")
                .replace(b")", b"\\)")
            )
            drawn += b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (font, size, x, y, shown)
        box = f"/MediaBox [0 0 600 800] /Resources << {fonts} >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {6 + 2 * at} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = f" /Encrypt << /Filter /Standard /V 1 /R 2 /O ({'o' * 32}) /U ({'u' * 32}) /P -4 >> /ID [(a) (a)]"
    root = f"<< /Size {len(objects) + 1} /Root 1 0 R{lock if locked else ''} >>"
    out += f"trailer {root}\nstartxref\n{start}\n%%EOF".encode()
    return out


def column(x: float, top: float, lines: Sequence[str], size: float = 10) -> list[Line]:
    """Lines below each other."""
    return [(x, top - 12 * at, size, words) for at, words in enumerate(lines) if words]


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = """<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Boats on the Lake</w:t></w:r></w:p>
<w:p><w:r><w:t>4 July 2024</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>The lake</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Russia and Iran signed an </w:t></w:r><w:hyperlink r:id="l">
<w:r><w:t>agreement</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> in Moscow on 2 July 2024.</w:t></w:r>
<w:r><w:footnoteReference w:id="2"/></w:r>
<w:del><w:r><w:delText>Never said.</w:delText></w:r></w:del>
<w:r><w:t xml:space="preserve"> The mayor asked them to leave.</w:t></w:r></w:p>"""
DOCX_TEXT = """Boats on the Lake

4 July 2024

The lake

Russia and Iran signed an agreement[2] in Moscow on 2 July 2024.[1] The mayor asked them to leave.

[1] Umber Radio, 2 July 2024.
[2] https://news.example/deal
"""


def docx(document: str = DOCUMENT, more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document with this body."""
    spaces = f'xmlns:w="{_WORD}" xmlns:r="{_DOC}"'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (("Title", "Title"), ("Heading1", "heading 1"))
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Umber Radio, 2 July 2024.</w:t></w:r></w:p></w:footnote>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="a" Type="{_DOC}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="f" Type="{_DOC}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="s" Type="{_DOC}/styles" Target="styles.xml"/>'
        f'<Relationship Id="l" Type="{_DOC}/hyperlink" Target="https://news.example/deal" TargetMode="External"/>'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {spaces}>{styles}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {spaces}>{note}</w:footnotes>",
        "word/document.xml": f"<w:document {spaces}><w:body>{document}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**{name: text.encode() for name, text in parts.items()}, **(more or {})}.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


LETTER = """<html><body><table role="presentation"><tr><td><p><a href="https://mail.example/v">View this email in your
browser</a></p></td></tr><tr><td><h1>Boats on the Lake</h1><p>Russia and Iran signed an
<a href="https://news.example/deal">agreement</a> in Moscow on 2 July 2024. The mayor asked them to leave.</p>
<p><b>The council</b></p><p>It met in the evening.</p></td></tr>
<tr><td>You are receiving this because you asked for it. <a href="https://mail.example/u">Unsubscribe</a></td></tr>
</table></body></html>"""
LETTER_TEXT = """Boats on the Lake

Russia and Iran signed an agreement[2] in Moscow on 2 July 2024. The mayor asked them to leave.

The council

It met in the evening.

Links

[2] https://news.example/deal
"""


def letter(html: str | None = LETTER, plain: str = "See the other part.", **headers: str) -> bytes:
    """A newsletter with a plain part and an HTML part."""
    made = EmailMessage()
    told = {"Subject": "Fwd: Umber Weekly", "From": "The Umber Desk <desk@umber.example>"}
    for name, value in {**told, "Date": "Thu, 04 Jul 2024 23:30:00 -0300", **headers}.items():
        made[name] = value
    made.set_content(plain)
    if html is not None:
        made.add_alternative(html, subtype="html")
        made.set_boundary("part-of-the-letter")
    return bytes(made)
