"""The subject line: its reply prefixes, its tags, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checker.facts.kinds.mail import Subject, Tag
from checker.facts.tags import TagList, of_policy
from checker.reading import Passage

_PREFIX = re.compile(
    r"\s*(?:re|回复|答复|回覆|回信|转发|轉發|转寄|fwd?|aw|wg|sv|vs|vb|tr|antw|res|enc|rv|自动回复"
    r"|automatic reply)\s*(?:[\[(]\d+[\])]|\^\d+|\d+)?\s*[:\uff1a]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[【\[〔〖](?P<value>[^【】\[\]〔〕〖〗\n]{0,40})[】\]〕〗]")
# Marks that systems put in front: ticket and message numbers, gateways' warnings, mailing lists.
_SYSTEM = re.compile(
    r"\s*(?:#?[\d/.:\s-]*|(?:ticket|case|issue|ref|req|inc|工单|案例|编号|id)?[\s:#-]*[A-Z]{0,6}[-#]?\d[\d-]*"
    r"|ext(?:ernal)?(?: (?:e-?mail|sender))?|外部(?:邮件)?|spam|\*+spam\*+|junk|垃圾邮件|疑似垃圾邮件|suspicious"
    r"|caution|encrypted|加密|secure|bulk|list|jira|github"
    r"|[a-z0-9_.-]+/[a-z0-9_.-]+|B0[A-Z0-9]{7,9})\s*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:[^\w\[【〔〖(\uff08]|_)*")
_NO_SUBJECT = re.compile(r"[(\s]*(?:无主题|没有主题|无标题|no subject|untitled)[)\s]*", re.IGNORECASE)


def read(passage: Passage, tags: Mapping[str, tuple[str, ...]]) -> Subject:
    """The subject. tags: the policy's topics with their tag texts; "general" is no topic."""
    text = passage.matching
    known = of_policy(tags)
    found: list[Tag] = []
    at, prefix = 0, False
    while at < len(text):
        at = _after(_JOINT, text, at)
        if start := _PREFIX.match(text, at):
            prefix, at = True, start.end()
        elif bracket := _BRACKET.match(text, at):
            found += _tags(passage, bracket, known, leading=True)
            at = bracket.end()
        else:
            break
    body = text[at:]
    for bracket in _BRACKET.finditer(text, at):
        found += _tags(passage, bracket, known, leading=False)
        body = body.replace(bracket.group(), " ")
    core = "" if _NO_SUBJECT.fullmatch(body) else " ".join(body.split())
    empty = not core and not found
    return Subject(passage.place(passage.start, passage.end), empty, prefix, core, tuple(found))


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _tags(passage: Passage, bracket: re.Match[str], known: TagList, *, leading: bool) -> Iterator[Tag]:
    """The tags of one bracket: several where known tags share it (【紧急补货】), none where a system wrote it."""
    value = bracket["value"].strip()
    read_as = known.read(value)
    if not value or (not read_as and _SYSTEM.fullmatch(value)):
        return
    start = bracket.start("value") + bracket["value"].index(value)
    place = passage.place(start, start + len(value))
    for one in read_as:
        yield Tag(place, value if len(read_as) == 1 else one.text, one.topic, True, leading, None)
    if not read_as:
        yield Tag(place, value, "", False, leading, known.nearest(value))
