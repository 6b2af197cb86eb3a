"""Shouting: !!! and whole sentences in capitals, with the same words said calmly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.facts.kinds.words import Shout
from checker.facts.manner import is_quoted
from checker.reading import Passage, Reading

_MARKS = re.compile(r"[!?❗❓‼⁉](?: ?[!?❗❓‼⁉])+")
_TRIGGERS = ("!!", "! !", "??", "? ?", "!?", "?!", "❗", "❓", "‼", "⁉")
_CHINESE = re.compile("[\u3400-\u9fff]")
_CHEERFUL = re.compile(
    r"谢|感激|辛苦|恭喜|祝|新年|节日|快乐|太好|太棒|哈哈|加油|棒|厉害|欢迎|赞|开心|"
    r"thank|congrat|great|happy|welcome|cheers|awesome|well done"
)
_NEAR = 60
# Three words in capitals: only then is a sentence looked at. One branch without a look-behind, so that it is quick.
_CAPITALS = re.compile(r"[A-Z]['A-Z\u2019]{0,20}[ ,-]{1,3}[A-Z]['A-Z\u2019]{0,20}[ ,-]{1,3}[A-Z]")
_SENTENCE_END = re.compile(r"[。！？!?;；\n\t]+|\.(?=\s|$)")
_WORD = re.compile(r"(?<![A-Za-z0-9_/.@-])[A-Za-z][A-Za-z'\u2019]*(?![A-Za-z0-9_/@])")
_RUN = re.compile(r"(?<![A-Za-z0-9_/.@-])[A-Z][A-Z'\u2019]*(?:[ ,-]+[A-Z][A-Z'\u2019]*)+(?![A-Za-z0-9_/@])")
_REACH = 400
_ACRONYM_WORDS = (
    "FBA FBM ASIN SKU MSKU FNSKU DOS ACOS TACOS ROAS CTR CVR CPC CPM BSR UPC EAN GTIN ISBN ETA ETD ATD ATA POD "
    "PO PI CI VAT EORI LTL FCL LCL USA "
    "UK EU US UAE CN DE FR IT ES JP CA CEO COO PDF CSV XLSX URL USD RMB CNY EUR GBP JPY HKD AWD AGL IPI MCF FYI "
    "OEM ODM MOQ CBM HS BL FOB CIF DDP "
    "DDU EXW KG CM MM LED USB PP SP SB SD SEO API HTML EDI ERP WMS CRM KPI ROI GMV NA OK CPSC FCC CE ROHS UL "
    "FDA EPR WEEE TRO MSDS UN ID IP QR "
    "QC QA HR IT PM AM PST EST GMT UTC PDT EDT DHL UPS USPS TNT SF COSCO MSC ONE OOCL CMA CGM EMC HMM LA NY TX"
)
# A sentence to somebody has one of these; a product title, a carton mark or an address has not.
_SPEAKING = re.compile(
    r"\b(?:PLEASE|PLS|PLZ|YOU|YOU'RE|YOUR|WE|WE'RE|OUR|I|I'M|MY|ME|US|IS|ARE|WAS|WERE|MUST|NEED|NEEDS|NOW|DON'T|"
    r"DOES|DID|DIDN'T|CAN|CAN'T|CANNOT|WILL|DO NOT|"
    r"WON'T|WHY|WHAT|WHEN|HOW|ASAP|IMMEDIATELY|URGENTLY|REPLY|RESPOND|STOP|HAVE|HAVEN'T|HAS|IT|THEY|AGAIN|NEVER|"
    r"STILL|WAITING|WANT|SHOULD|ANSWER|"
    r"SEND|FIX|HURRY|DO NOT|BE)\b",
    re.ASCII,
)
_PRINTED = re.compile(
    r"CONFIDENTIAL|INTENDED RECIPIENT|DISCLAIMER|LIABILITY|PRIVILEGED|WARRANT|THIS SIDE UP|HANDLE WITH CARE|"
    r"CHOKING|KEEP OUT OF|MADE IN|DO NOT (?:STACK|BEND|DROP|TURN)|"
    r"SHIP(?:PED)? (?:ON|TO|FROM)|NOTIFY PARTY|CONSIGNEE|SAID TO CONTAIN|COPYRIGHT|ALL RIGHTS|WARNING|CAUTION"
)
_NAME_WORDS = (
    "I MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST "
    "SEPTEMBER OCTOBER NOVEMBER DECEMBER "
    "AMAZON CHINA SHENZHEN WALMART GERMANY JAPAN ENGLISH CHINESE"
)
_ACRONYMS = frozenset(_ACRONYM_WORDS.split())
_NAMES = frozenset(_NAME_WORDS.split())


def read(reading: Reading) -> tuple[Shout, ...]:
    """Shouts in the sender's own words, subject included. What is quoted from somebody else is none."""
    return tuple(shout for passage in reading.written for shout in _in_passage(passage))


def _in_passage(passage: Passage) -> Iterator[Shout]:
    text = passage.of.matching
    taken: list[tuple[int, int]] = []
    if _CAPITALS.search(*passage.window):
        for start, end in _capitals(passage):
            if not _is_quoted(passage, start, end):
                taken.append((start, end))
                yield Shout(passage.place(start, end), "capitals", _calm(text[start:end]))
    if not any(trigger in passage.matching for trigger in _TRIGGERS):
        return
    for m in _MARKS.finditer(*passage.window):
        if any(a <= m.start() < b for a, b in taken) or _is_quoted(passage, *m.span()):
            continue
        if _is_loud(m, max(passage.start, m.start() - _NEAR)):
            yield Shout(passage.place(*m.span()), "marks", _one_mark(m, text))


def _is_quoted(passage: Passage, start: int, end: int) -> bool:
    low = passage.of.folded
    before, after = low[max(passage.start, start - 240) : start], low[end : min(passage.end, end + 240)]
    return is_quoted(before, low[start:end], after)


def _is_loud(m: re.Match[str], start: int) -> bool:
    """Three marks, or two behind Chinese words that are not cheerful. ??? alone, or behind a colon, is a blank."""
    before = m.string[start : m.start()].rpartition("\n")[2]
    count = sum(2 if c in "‼⁉" else 1 for c in m[0] if c != " ")
    if set(m[0]) <= {"?", " "}:
        return (
            count > 2
            and bool(re.search(r"[\w\u3400-\u9fff\"”)]$", before))
            and not re.search(r"[:：=#]\s*\w?$", before)
        )
    if count > 2:
        return not re.search(r"(?:谢谢|感谢|thanks?|thank you)[^,。.!]{0,8}$", before.lower())
    return bool(_CHINESE.search(before[-8:])) and not _CHEERFUL.search(before)


def _one_mark(m: re.Match[str], text: str) -> str:
    before = text[max(0, m.start() - _NEAR) : m.start()].rpartition("\n")[2]
    chinese = bool(_CHINESE.search(before[-4:]) or _CHINESE.match(text, m.end()))
    if "?" in m[0] or "❓" in m[0]:
        return "\uff1f" if chinese else "?"
    if _CHEERFUL.search(before.lower()):
        return "\uff01" if chinese else "!"
    return "。" if chinese else "."


def _capitals(passage: Passage) -> Iterator[tuple[int, int]]:
    """Ranges of sentences, or of long runs of words, in capitals."""
    text, reached = passage.of.matching, passage.start
    for pair in _CAPITALS.finditer(*passage.window):
        if pair.start() < reached:
            continue
        start = max(reached, pair.start() - _REACH)
        for m in _SENTENCE_END.finditer(text, start, pair.start()):
            start = m.end()
        stop = _SENTENCE_END.search(text, pair.end(), min(passage.end, pair.end() + _REACH))
        reached = stop.end() if stop else min(passage.end, pair.end() + _REACH)
        end = reached if not stop else stop.start() + len(stop[0].rstrip("\n\t"))
        yield from _shouted(text, (start, end), at_least=6 if passage.where == "table" else 3)


def _shouted(text: str, sentence: tuple[int, int], at_least: int) -> Iterator[tuple[int, int]]:
    words = [m for m in _WORD.finditer(text, *sentence) if m[0].upper() not in _ACRONYMS]
    loud = [m for m in words if m[0].isupper()]
    letters = sum(len(m[0]) for m in loud)
    if len(loud) < at_least or letters < 12 or _PRINTED.search(text, *sentence):
        return
    if letters >= 0.7 * sum(len(m[0]) for m in words) and not _is_mostly_chinese(text, loud, sentence):
        if _SPEAKING.search(text, *sentence):
            yield loud[0].start(), sentence[1]
        return
    for run in _RUN.finditer(text, *sentence):
        real = [w for w in _WORD.findall(run[0]) if w not in _ACRONYMS]
        if len(real) >= max(4, at_least) and sum(map(len, real)) >= 16 and _SPEAKING.search(run[0]):
            yield run.span()


def _is_mostly_chinese(text: str, loud: list[re.Match[str]], sentence: tuple[int, int]) -> bool:
    return bool(_CHINESE.search(text, loud[0].start(), sentence[1]))


def _calm(words: str) -> str:
    """The words in sentence case; acronyms, codes and weekdays keep their capitals, and one mark is enough."""
    lower = re.sub(r"(?<![A-Za-z0-9_/-])[A-Z][A-Z'\u2019]*(?![A-Za-z0-9_/-])", _lowered, words)
    once = _MARKS.sub(lambda m: "?" if "?" in m[0] else ".", lower)
    return once[:1].upper() + once[1:]


def _lowered(m: re.Match[str]) -> str:
    if m[0] in _ACRONYMS and m[0] not in ("IT", "US", "AM", "ONE", "OK"):
        return m[0]
    if m[0] in _NAMES or m[0].startswith(("I'", "I\u2019")):
        return m[0].capitalize()
    return m[0].lower()
