"""Names that reports for people share, in the two languages."""

from __future__ import annotations

from collections.abc import Mapping

from checker.rule import Finding
from checker.text import Span

NAMES: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "error": "错误", "warning": "警告", "info": "提示", "block": "拦截", "confirm": "请确认", "allow": "通过",
        "unreadable": "无法读取",
        "subject": "主题", "from": "发件人", "to": "收件人", "cc": "抄送", "bcc": "密送", "reply_to": "回复地址",
        "html": "正文", "text": "正文", "attachment": "附件",
    },
    "en": {
        "error": "error", "warning": "warning", "info": "info",
        "block": "block", "confirm": "confirm", "allow": "allow",
        "unreadable": "unreadable",
        "subject": "subject", "from": "From", "to": "To", "cc": "Cc", "bcc": "Bcc", "reply_to": "Reply-To",
        "html": "body", "text": "body", "attachment": "attachment",
    },
}  # fmt: skip


def where(finding: Finding, language: str) -> str:
    """Where a person finds the words of a finding."""
    return place_words(finding.place.span, language, finding.file, finding.cell)


def place_words(span: Span, language: str, file: str | None = None, cell: str | None = None) -> str:
    """Where a person finds words: body:4, subject, or sheet and cell of a workbook. file, cell: their masked names."""
    text = span.of
    if text.part == "attachment":
        at = span.cell if cell is None else cell
        return f"{file or text.name} › {at}" if at else NAMES[language]["attachment"]
    line = text.plain.count("\n", 0, span.start) + 1
    part = NAMES[language][text.part]
    return f"{part}:{line}" if text.part in ("html", "text") else part


def said(finding: Finding, language: str) -> str:
    """What is wrong and what to write instead, as one paragraph."""
    suggestion = finding.suggestion and getattr(finding.suggestion, language)
    message: str = getattr(finding.message, language)
    return f"{message} → {suggestion}" if suggestion else message
