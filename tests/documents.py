"""Small real documents made from words, for tests: docx, pptx, pdf, html, eml, zip."""

import io
import zipfile
from email.message import EmailMessage
from xml.sax.saxutils import escape

from checker.workbook import write_csv, write_xlsx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    """A zip archive of name -> bytes or text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(said, table=(), **parts):
    """A Word file: one paragraph a line, each cut into two runs, then a table of rows. parts: header1=XML …"""
    paragraphs = "".join(f"<w:p>{_runs('w', line)}</w:p>" for line in said.split("\n"))
    rows = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in table)
    body = f"<w:document {_W}><w:body>{paragraphs}{f'<w:tbl>{rows}</w:tbl>' if rows else ''}</w:body></w:document>"
    more = {f"word/{name}.xml": f"<w:hdr {_W}><w:p>{_runs('w', text)}</w:p></w:hdr>" for name, text in parts.items()}
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": body, **more})


def _cell(words):
    return f"<w:tc><w:p>{_runs('w', words)}</w:p></w:tc>"


def _runs(prefix, words):
    half = len(words) // 2
    return "".join(
        f"<{prefix}:r><{prefix}:t>{escape(w)}</{prefix}:t></{prefix}:r>" for w in (words[:half], words[half:])
    )


def pptx(said):
    """A PowerPoint file: one slide with a paragraph a line."""
    lines = "".join(f"<a:p>{_runs('a', line)}</a:p>" for line in said.split("\n"))
    slide = f"<p:sld {_P} {_A}><p:cSld><p:spTree><p:sp><p:txBody>{lines}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    return zipped({"[Content_Types].xml": _TYPES, "ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": slide})


def pdf(said, pages=1):
    """A PDF with one line of text a line, in a standard font; ASCII only."""
    shown = " ".join(f"({line}) Tj T*" for line in said.replace("(", "\\(").replace(")", "\\)").split("\n"))
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode("ascii")
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        *[page] * pages,
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def eml(said, attachments=()):
    """A mail in quoted-printable with attachments of (name, content)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "claim"
    message.set_content(said, cte="quoted-printable")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


_BUILDERS = {"docx": docx, "pptx": pptx, "pdf": pdf, "eml": eml}


def content_of(attachment):
    """The bytes of an attachment of the cases: `said` by its ending, `rows` as a sheet, `zip` with its entries."""
    name = attachment["name"]
    if "rows" in attachment:
        return (write_csv if name.endswith(".csv") else write_xlsx)(attachment["rows"])
    if "zip" in attachment:
        return zipped({inner["name"]: content_of(inner) for inner in attachment["zip"]})
    build = _BUILDERS.get(name.rpartition(".")[2], lambda said: said.encode())
    return build(attachment["said"])
