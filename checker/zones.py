"""The body cut into zones: what the sender wrote, quoted history, signature, disclaimer, what is not shown."""

from __future__ import annotations

from collections.abc import Iterable

from checker.history import history
from checker.html import Html
from checker.message import Zone
from checker.signoff import is_card, sign_off
from checker.text import Text

Range = tuple[int, int]


def cut(text: Text, html: Html | None = None) -> tuple[Zone, ...]:
    """The zones of a body, in order, covering its matching text without gaps.

    html: what parse_html said of it. Text that the sender typed between or below quoted lines is own again. Blank
    stretches go with their neighbours; a mail that only forwards has no own zone.
    """
    words = text.matching
    if not words:
        return ()
    hidden = list(html.invisible) if html else []
    quotes = _without(_joined(history(words, list(html.quotes) if html else [])), hidden)
    zones: list[Zone] = []
    at = 0
    for start, end in [*quotes, (len(words), len(words))]:
        if at < start:
            zones += _own(words, at, start, html, hidden)
        if start < end:
            zones.append(Zone("quote", start, end))
        at = end
    zones += [Zone("hidden", a, b) for a, b in hidden]
    return _smooth(sorted(zones, key=lambda z: z.start), words)


def _own(words: str, start: int, end: int, html: Html | None, hidden: list[Range]) -> list[Zone]:
    """The zones of a stretch between quotes."""
    out: list[Zone] = []
    signed = [(max(a, start), min(b, end)) for a, b in (html.signatures if html else ()) if a < end and b > start]
    signatures = [(a, b) for a, b in signed if is_card(words, a, b)]
    stop = signatures[-1][0] if signatures and not words[signatures[-1][1] : end].strip() else end
    signature, disclaimer = sign_off(words, start, stop)
    inside = sign_off(words, stop, end).disclaimer if stop < end else (end, end)
    for kind, ranges in (("disclaimer", [disclaimer, inside]), ("signature", [signature, *signatures])):
        out += [Zone(kind, a, b) for a, b in _without(_joined(r for r in ranges if r[0] < r[1]), _taken(out, hidden))]
    gaps = _without([(start, end)], sorted([*hidden, *((z.start, z.end) for z in out)]))
    return out + [Zone("own", a, b) for a, b in gaps]


def _taken(zones: list[Zone], hidden: list[Range]) -> list[Range]:
    return sorted([*hidden, *((z.start, z.end) for z in zones)])


def _joined(ranges: Iterable[Range]) -> list[Range]:
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif start < end:
            out.append((start, end))
    return out


def _without(ranges: list[Range], holes: list[Range]) -> list[Range]:
    """The ranges less the holes; both ascending and apart."""
    out: list[Range] = []
    first = 0
    for start, end in ranges:
        at = start
        while first < len(holes) and holes[first][1] <= start:
            first += 1
        for a, b in holes[first:]:
            if a >= end:
                break
            if at < a:
                out.append((at, a))
            at = max(at, b)
        if at < end:
            out.append((at, end))
    return out


def _smooth(zones: list[Zone], words: str) -> tuple[Zone, ...]:
    """Blank zones joined to the one before them, or after; neighbours of one kind made one."""
    out: list[Zone] = []
    begin = 0
    for zone in zones:
        if not words[zone.start : zone.end].strip() and zone.end < len(words):
            continue  # the next one begins where the last one ended
        kind = zone.kind
        if not words[zone.start : zone.end].strip() and out:
            kind = out[-1].kind
        if out and out[-1].kind == kind:
            out[-1] = Zone(kind, out[-1].start, zone.end)
        else:
            out.append(Zone(kind, begin, zone.end))
        begin = zone.end
    return tuple(out)
