"""What a sender reads when a mail is not sent: SMTP replies in words (RFC 5321 section 4.2, RFC 2034 codes)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.gate.checking import Fault, Judgement

_LONGEST = 480  # bytes of a line's words; RFC 5321 (4.5.3.1.5) allows 512 with code and line end
_FIRST = 3  # findings that are told
_NOT_SENT = {
    "zh": "presend：邮件没有发出，请先改正：",
    "en": "presend: this mail was not sent. Please correct first:",
}
_HELD = {
    "zh": "presend：邮件先没有发出，请看一眼：",
    "en": "presend: this mail was not sent yet. Please look at:",
}
_HOW = {
    "zh": "确认无误就在 {minutes} 分钟内原样再发一次，或在主题最前面加上 [确认] 再发。",
    "en": "To send it anyway, send it again unchanged within {minutes} minutes, or put [confirm] before the subject.",
}
_MORE = {"zh": "还有 {count} 处。", "en": "{count} more."}
_UNCHECKED = {"zh": "没能检查：{what}（{why}）", "en": "Not checked: {what} ({why})"}
_DOWN = {
    "zh": "presend：现在无法检查邮件，请稍后再发。",
    "en": "presend: mail cannot be checked at the moment. Please send it again later.",
}


def refused(judgement: Judgement, *, ascii_only: bool) -> str:
    """550 5.7.1 with the first findings."""
    language = "en" if ascii_only else judgement.language
    return reply("550", "5.7.1", [_NOT_SENT[language], *_told(judgement, language)], ascii_only=ascii_only)


def held(judgement: Judgement, minutes: float, *, ascii_only: bool) -> str:
    """550 5.7.1 with the first findings and how to send the mail anyway."""
    language = "en" if ascii_only else judgement.language
    how = _HOW[language].format(minutes=f"{minutes:g}")
    return reply("550", "5.7.1", [_HELD[language], *_told(judgement, language), how], ascii_only=ascii_only)


def unavailable(*, ascii_only: bool) -> str:
    """451 4.7.1 in both languages: which one the mail has is not known."""
    return reply("451", "4.7.1", [_DOWN["en"], *([] if ascii_only else [_DOWN["zh"]])], ascii_only=ascii_only)


def reply(code: str, enhanced: str, lines: Sequence[str], *, ascii_only: bool) -> str:
    """A reply of one or more lines, none too long and none with a line end in it."""
    fitting = [_fitting(" ".join(line.split()), ascii_only=ascii_only) for line in lines]
    marks = ["-"] * (len(fitting) - 1) + [" "]
    return "\r\n".join(f"{code}{mark}{enhanced} {line}" for mark, line in zip(marks, fitting, strict=True))


def _told(judgement: Judgement, language: str) -> Iterator[str]:
    faults = [f for f in judgement.faults if not f.waived and f.severity in _asked(judgement)]
    yield from (f"{i}. {_words(fault, language)}" for i, fault in enumerate(faults[:_FIRST], 1))
    if not faults:
        for entry in judgement.incomplete[:_FIRST]:
            yield _UNCHECKED[language].format(what=entry.what, why=entry.why)
    if len(faults) > _FIRST:
        yield _MORE[language].format(count=len(faults) - _FIRST)


def _asked(judgement: Judgement) -> Iterable[str]:
    """The severities that made the verdict."""
    return ("error",) if judgement.verdict == "block" else ("warning",)


def _words(fault: Fault, language: str) -> str:
    message = str(getattr(fault.message, language))
    suggestion = fault.suggestion and getattr(fault.suggestion, language)
    return f"{message} → {suggestion}" if suggestion else message


def _fitting(line: str, *, ascii_only: bool) -> str:
    line = "".join(char if char.isprintable() else " " for char in line)
    if ascii_only:
        line = line.replace("→", "->").replace("“", '"').replace("”", '"').encode("ascii", "replace").decode()
    data = line.encode("utf-8", "replace")
    return (
        line
        if len(data) <= _LONGEST
        else data[: _LONGEST - 3].decode("utf-8", "ignore") + ("..." if ascii_only else "…")
    )
