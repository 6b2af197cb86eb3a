"""English words that speak of an attachment, and when they do not promise one. Patterns read lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts.scanner import Scanner
from checker.facts.spots import holds

_SIGNS = ("tach", "pfa", "enclos", "screen", "picture", "photo", "mail", "message")
_HERE = r"this\s+(?:e-?mail|mail|message)"
_PAPER = (
    r"(?:sheets?|spreadsheets?|lists?|files?|reports?|invoices?|pdfs?|documents?|labels?|forms?|quotes?|quotations?|contracts?"
    r"|plans?|certificates?|drawings?|workbooks?|photos?|pictures?)"
)
_MENTION = (
    r"(?<![a-z])(?:at+a?t?ach(?:ed|d|ing|e?ments?|emnts?|metns?)|pfa(?=[\s,.:;!]|$)|(?:i|we)\s+(?:hereby\s+|herewith\s+)?attach(?=\s)"
    r"|find\s+(?:the\s+)?(?:[a-z]+\s+){0,3}enclosed|enclosed\s+(?:please|is|are|herewith|you\s+will|find)|(?:i|we)(?:\s+have|'ve)?\s+enclosed?(?=\s)"
    r"|(?:see|per|in|to|check)\s+(?:the\s+|this\s+|these\s+)?(?:below\s+)?(?:screen\s?shots?|pictures?|photos?)\s+below"
    r"|(?:see|check)\s+(?:the\s+)?below\s+(?:screen\s?shots?|pictures?|photos?)"
    # carried by the mail in other words: clipped to this mail, comes with this email, the sheet accompanying this mail
    rf"|(?:clipped|added|included|appended|put|placed|inserted|embedded|uploaded)\s+(?:[a-z0-9'’&-]+\s+){{0,5}}?{_PAPER}\s+(?:to|with|in|into|on)\s+{_HERE}"
    rf"|(?:clipped\s+to|included\s+with)\s+{_HERE}"
    rf"|(?:comes?|goes|travels?)\s+(?:along\s+)?with\s+{_HERE}|(?:accompanying|accompanies)\s+{_HERE}"
    rf"|sending\s+(?:[a-z0-9'’&-]+\s+){{0,5}}?{_PAPER}\s+(?:along\s+)?with\s+{_HERE}"
    rf"|(?:pdf|file|spreadsheet|excel|workbook)\s+(?:in|with|on)\s+{_HERE}"
    r"|(?:is|are)\s+(?:also\s+)?enclosed(?=\s*(?:[.,;!]|$|herewith|for\s|with\s+this))|enclosed\s+you'll\s+find"
    r"|screen\s?shots?\s+(?:(?:is|are)\s+)?(?:below|as\s+follows))(?![a-z])"
)
_WORDS = Scanner((("mention", _MENTION),))
_THEM = r"(?<![a-z])(?:you|they|he|she|(?:the\s+)?(?:buyer|customer|supplier|factory|seller|forwarder|client))"
_NOT_BEFORE = re.compile(
    r"(?:(?:wi)?ll|'ll|shall|to|should|must|can|could|would|please|kindly|may)\s+(?:be\s+|also\s+|then\s+)?$|(?<![a-z])(?:was|were|been|being)\s+$"
    r"|(?<![a-z])(?:no|missing|without|forgot(?:ten)?|nothing|never|none)\s+(?:to\s+)?(?:an?\s+|the\s+|any\s+|my\s+|your\s+)?(?:files?\s+|documents?\s+)?$"
    r"|(?:(?<![a-z])not|n[o']?t|cannot|unable\s+to)\s+(?!forget|hesitate|find\s+it)(?!.{0,30}(?:see|check|refer)\s)[^.;,]{0,30}$"
    rf"|(?<![a-z])(?:your|their|his|her|{_THEM}'s)\s+(?:last\s+|previous\s+|earlier\s+|e-?mail\s+)?$|{_THEM}\s+(?:have\s+|'ve\s+|had\s+|already\s+|just\s+)*$"
    r"|(?:previous(?:ly)?|earlier|last|yesterday'?s?|prior|old|original)\s+(?:e?-?mail'?s?\s+|message'?s?\s+)?$"
    r"|(?<![a-z])(?:received|got|thanks?\s+(?:you\s+)?for|reviewed|looked\s+(?:at|through)|saw|seen|opened|approved|downloaded)\s+(?:the\s+|your\s+|all\s+)?$"
    r"|(?<![a-z])(?:did|do|can|could|are|were|have)\s+you\s+(?:[a-z]+\s+){0,3}(?:get|receive|open|see|seen|received|opened|able|download|access|find)"
    r"[^.;]{0,20}$|(?<![a-z])(?:make\s+sure|ensure|verify|whether|check\s+(?:that|if)|says?|said|states?|claims?)\s[^.;,]{0,40}$"
    r"|(?<![a-z])if\s+(?:there\s+)?(?:is|are)\s+(?:any\s+|an\s+)?$"
)
# An attachment that is asked for; "send the attached form" is ours.
_ASKED_BEFORE = re.compile(
    r"(?<![a-z])(?:send|resend|re-send|share|forward|provide|upload|include|add)\s+(?:me\s+|us\s+|over\s+)?"
    r"(?:the\s+|an?\s+|your\s+|any\s+)?(?:correct\s+|right\s+|missing\s+|original\s+)?$"
    r"|(?<![a-z])(?:send|share|forward)\s+(?:me|us)\s[^.;]{0,40}$"
    r"|(?<![a-z])(?:you|please|pls|kindly)\s+(?:re-?)?(?:send|share|forward|provide)\s[^.;]{0,30}\sas\s+(?:an\s+)?$"
)
_NOT_AFTER = re.compile(
    r"\s+(?:rates?|points?|limit|size|feature|button|icon|style|type|option|conversion)(?![a-z])"
    rf"|\s+(?:that\s+|which\s+)?{_THEM}\s+(?:have\s+|had\s+|'ve\s+|just\s+)?(?:sen[dt]|shared|provided|forwarded|attached|uploaded|mentioned|gave)"
    r"|\s+(?:files?\s+|documents?\s+)?(?:in|to|from|with|of)\s+(?:your|their|his|her|yesterday|(?:my|our|the|an?)\s+(?:previous|next|last|earlier|original|other|separate))(?![a-z])"
    r"|\s+(?:firmly\s+|securely\s+)?(?:to|onto)\s+(?!this(?![a-z])|the\s+(?:e-?mail|mail|message)|(?:my|our)\s+e-?mail|you(?![a-z]))|\s+with\s+(?!this(?![a-z])|(?:the|my|our)\s+(?:e-?mail|mail|message))|\s+by\s+(?:you|the|them|him|her)(?![a-z])"
    r"|\s+(?:later|tomorrow|soon|separately|shortly|tonight)(?![a-z])|[^.;]{0,25}(?:will|to)\s+(?:follow|come|be\s+(?:sent|shared|provided|added|uploaded))(?![a-z])"
    r"|\s+(?:is|are|was|were|seems?|looks?|appears?)\s+(?:to\s+be\s+)?(?:missing|corrupt(?:ed)?|broken|empty|not|unreadable|damaged|lost)(?![a-z])"
    r"|\s+(?:cannot|can'?t|could\s*n[o']t|does\s*n[o']t|did\s*n[o']t|won'?t|isn'?t|wasn'?t|failed)|\s*:?\s*(?:none|n/a|0)(?:[\s.,]|$)"
)
# The noun alone is talk of attachments as such; these make it one of this mail.
_THIS_BEFORE = re.compile(
    r"(?<![a-z])(?:see|check|review|refer\s+to|find|open|view|read|as\s+per|per|in|from|according\s+to|confirm|use|using|fill\s+in"
    r"|fill\s+out|sign|complete|follow|consult|at|via|including|includes?)\s+(?:the\s+|this\s+|these\s+|my\s+|our\s+|both\s+|all\s+)?"
    r"(?:following\s+|enclosed\s+|e-?mail\s+|[a-z]+\s+)?$|(?<![a-z])as\s+(?:an\s+)?$"
)
_THIS_AFTER = re.compile(
    r"(?:\s+(?:\d|one|two|[a-c](?![a-z])))?\s*:|\s+(?:is|are)\s+(?:the|a|an|our|my|your|for)(?![a-z])"
    r"|\s+(?:contains?|includes?|shows?|lists?|has|below|herewith|for\s+(?:your|the|details|reference|more))(?![a-z])|\s+\(\d"
)
# Somebody else attaches ("Tom attached the file"), or a thing to a thing ("with a hook attached", "attached to a box").
_OTHER_BEFORE = re.compile(
    r"(?<![a-z])(?:with|having|had)\s+(?:[a-z]+\s+){1,4}$|(?<![a-z])(?:get|got|gets|become|became|so|very)\s+$"
)
_SENDER_BEFORE = re.compile(
    r"(?:^|[^a-z\s]\s*|(?<![a-z])(?:find|see|i|we|ve|m|am|are|have|also|herewith|hereby|just|now|already|please|pls|kindly|is|are|you|here|enclosed|been"
    r"|as|and|below|fyi|hi|hello|team)\s+)$"
)
_OBJECT_AFTER = re.compile(r"\s+(?:the|a|an|it|them|my|this|his|her|some)(?![a-z])")
_THING_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+){1,4}to\s+(?:the|a|an|each|every|its)\s+(?!e-?mail|mail|message|ticket|case)"
)
_BOXED = re.compile(r"[^.;]{0,40}(?:box|package|parcel|carton|packaging|unit|pouch)(?:es|s)?(?![a-z])")
_ANSWER_AFTER = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}(?:looks?|is|are|seems?)\s+(?:all\s+)?(?:good|fine|ok(?:ay)?|correct|great|clear|wrong|right|approved|perfect)"
)
_ANSWER_BEFORE = re.compile(
    r"(?:agree[d]?\s+(?:with|to)|fine\s+with|ok\s+with|comments?\s+on|questions?\s+(?:on|about)|regarding|about)\s+the\s+$"
)


def find(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every mention between two offsets of a matching text in lower case: where it begins and ends."""
    if holds(folded, _SIGNS):
        yield from ((found.start, found.end) for found in _WORDS.finditer(folded, start, end))


def promised(words: str, before: str, after: str, *, answers: bool) -> bool:
    """Whether the words promise a file, by the sentence before and behind them; answers: in a reply."""
    if _NOT_AFTER.match(after):
        return False
    if not words.startswith(("see", "check", "find", "i ", "we ")) and _NOT_BEFORE.search(before):
        return False
    if words.startswith("at") and not _is_ours(words, before, after):
        return False
    if "enclose" in words and _BOXED.match(after):
        return False
    return not (answers and (_ANSWER_AFTER.match(after) or _ANSWER_BEFORE.search(before)))


def _is_ours(words: str, before: str, after: str) -> bool:
    """An attachment of this mail, not attachments as such; attached by us, not by others or to a thing."""
    if words.endswith(("nt", "nts")):
        asked = _ASKED_BEFORE.search(before)
        return not asked and bool(_THIS_BEFORE.search(before) or _THIS_AFTER.match(after))
    if _OTHER_BEFORE.search(before) or (_THING_AFTER.match(after) and not before.endswith("the ")):
        return False
    return not _OBJECT_AFTER.match(after) or _SENDER_BEFORE.search(before) is not None
