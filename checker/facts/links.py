"""Links in the sender's own text, and which of them share a file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from html import unescape

from checker.facts.kinds.attachments import Link
from checker.facts.spots import holds
from checker.reading import Passage, Place, Reading
from checker.text import Span, Text

# ASCII only, no comma, brackets or semicolon: Chinese text follows a link without a space.
_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'*+=%|]{3,2000}", re.IGNORECASE)
# Hosts whose links share a file, with the beginning of the path where the host does other things too.
_SHARE = (
    r"(?:1drv\.ms|onedrive\.live\.com|[\w-]+(?:\.[\w-]+)?\.sharepoint\.(?:com|cn)|(?:drive|docs)\.google\.com|(?:www\.)?dropbox\.com"
    r"|db\.tt|we\.tl|(?:[\w-]+\.)?wetransfer\.com|(?:[\w-]+\.)?box\.com|(?:www\.)?icloud\.com(?:\.cn)?|mega\.nz"
    r"|docs\.qq\.com|(?:doc|drive)\.weixin\.qq\.com|share\.weiyun\.com|(?:www\.)?kdocs\.cn|shimo\.im|alidocs\.dingtalk\.com"
    r"|(?:[\w-]+\.)?(?:feishu\.cn|larksuite\.com|larkoffice\.com)(?=/(?:doc|sheet|base|wiki|file|drive|minutes|slides|mindnotes|space|share))"
    r"|(?:pan|yun)\.baidu\.com|(?:www\.)?(?:aliyundrive|alipan)\.com|(?:www\.)?jianguoyun\.com|pan\.quark\.cn|cloud\.189\.cn"
    r"|(?:yun|caiyun)\.139\.com|(?:www\.)?115\.com|(?:[\w-]+\.)?lanzou\w\.com|pan\.xunlei\.com|(?:www\.)?wenshushu\.cn|(?:[\w-]+\.)?cowtransfer\.com"
    # large attachments of QQ mail, Tencent, NetEase and Aliyun business mail
    r"|(?:[\w-]+\.)?mail\.qq\.com(?=/(?:ftn|cgi-bin/ftn))|exmail\.qq\.com(?=/(?:ftn|cgi-bin/ftn))|(?:[\w-]+\.)*mail\.(?:163|126)\.com(?=/[\w-]*(?:large|cloud|attach|file))"
    r"|(?:u|dashi|fs)\.163\.com|(?:mail|qiye)\.aliyun\.com(?=/[^\s]*(?:attach|file))"
    r")/[^\s/]"
)
# One of these stands in every host of _SHARE: tests before a costly search.
_SHARE_SIGNS = tuple(
    "1drv onedrive sharepoint google.com/ dropbox db.tt we.tl wetransfer box.com icloud mega.nz qq.com/"  # noqa: SIM905
    " weiyun kdocs shimo dingtalk feishu lark pan. yun. aliyun alipan jianguoyun 189.cn 139.com 115.com lanzou"
    " wenshushu cowtransfer 163.com/ 126.com/".split()
)
_ANCHOR = re.compile(r"<a\s[^<>]{0,2000}?href\s*=\s*(\"[^\"<>]*\"|'[^'<>]*'|[^\s<>]+)[^<>]*>", re.IGNORECASE)
_CLOUD = re.compile(rf"(?:https?://)?(?<![\w.@-]){_SHARE}", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w.@/-]){_SHARE}[A-Za-z0-9\-._~:/?#@!$&'*+=%]*", re.IGNORECASE)


def read_links(reading: Reading) -> tuple[Link, ...]:
    """Links a person sees in own text, and those behind words (href), in the sender's own part of the body."""
    seen = [link for passage in reading.own for link in _in_passage(passage)]
    return (*seen, *_behind_words(reading, {link.url for link in seen}))


def is_cloud(url: str) -> bool:
    """Whether a link shares a file at a known cloud store."""
    return _CLOUD.match(url) is not None


def _in_passage(passage: Passage) -> Iterator[Link]:
    folded = passage.of.folded
    if "/" not in folded:
        return
    found = {m.start(): m for m in _URL.finditer(*passage.window)}
    if holds(folded, _SHARE_SIGNS):
        found |= {m.start(): m for m in _BARE.finditer(*passage.window) if m.start() not in found}
    for start in sorted(found):
        url = found[start][0].rstrip(".,;:!?)'*")
        yield Link(passage.place(start, start + len(url)), url, is_cloud(url))


def _behind_words(reading: Reading, seen: set[str]) -> Iterator[Link]:
    """Links whose words do not show them: <a href="...">report.xlsx</a>."""
    body = reading.message.body
    if "href" not in body.source and "HREF" not in body.source:
        return
    for start, end in own_source(reading):
        for m in _ANCHOR.finditer(body.source, start, end):
            url = unescape(m[1].strip("\"' "))
            if url not in seen and _URL.match(url):
                close = body.source.find("</a", m.end())
                yield Link(_shown_by(body, m.end(), close if close > 0 else end), url, is_cloud(url))


def _shown_by(body: Text, start: int, end: int) -> Place:
    """The readable words whose source is [start, end)."""
    first = bisect_left(body.segments, start, key=lambda s: s.origin.start)
    last = bisect_left(body.segments, end, key=lambda s: s.origin.start)
    words = [s for s in body.segments[first:last] if s.origin.end > s.origin.start]
    at = body.segments[first].start if first < len(body.segments) else len(body.plain)
    return Place(Span(body, words[0].start, words[-1].end) if words else Span(body, at, at), "own", "own")


def own_source(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Ranges of the HTML source that hold the own text; an own zone reaches to where the next zone begins."""
    body, zones = reading.message.body, reading.message.zones
    if body.part != "html":
        return ()
    starts = [body.span(*body.readable(z.start, z.end))[0] if z.start < z.end else None for z in zones]
    ranges = []
    for i, zone in enumerate(zones):
        if zone.kind == "own" and (start := starts[i]) is not None:
            after = next((s for s in starts[i + 1 :] if s is not None), len(body.source))
            ranges.append((0 if i == 0 else start, after))
    return tuple(ranges) if zones else ((0, len(body.source)),)
