"""The text layer of PDF files, by pdfium. Pictures of text are not read."""

from __future__ import annotations

from functools import cache
from threading import Lock

from checker.documents.assembly import Assembly
from checker.documents.limits import Allowance, Refuse, Spent


@cache
def _one_at_a_time() -> Lock:
    """Pdfium may be called by one thread only at a time."""
    return Lock()


def read_pdf(content: bytes, out: Assembly, allowance: Allowance, refuse: Refuse, spent: Spent) -> None:
    """The words of each page into `out`. refuse is called with "" as what, for the file itself."""
    import pypdfium2  # noqa: PLC0415 - 0.1 s, paid for by mails with a PDF

    with _one_at_a_time():
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                refuse("", "encrypted")
            return
        try:
            _pages(document, out, allowance, refuse, spent)
        finally:
            document.close()


def _pages(document: object, out: Assembly, allowance: Allowance, refuse: Refuse, spent: Spent) -> None:
    import pypdfium2  # noqa: PLC0415

    for number in range(len(document)):  # type: ignore[arg-type]
        if allowance.pages <= 0 or spent():
            refuse("", "time" if spent() else "count")
            return
        allowance.pages -= 1
        try:
            page = document[number]  # type: ignore[index]
            words = page.get_textpage().get_text_range()
            page.close()
        except pypdfium2.PdfiumError:
            continue
        for line in words.replace("\r\n", "\n").split("\n"):
            out.line(line, f"page {number + 1}")
        if out.full:
            return
