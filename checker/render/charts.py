"""Charts as SVG text: no script, no outside host, colours from the page's style sheet, a title for screen readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

_WIDTH = 720  # units of the view box; the page scales it
_HEIGHT = 220
_LEFT, _BOTTOM, _TOP = 44, 26, 10
_ROW = 28
_LABEL = 190
_STEPS = (1, 2, 5, 10)


class Column(NamedTuple):
    """A column of a stacked chart: its label and the height of each series."""

    label: str
    values: Mapping[str, float]


class Bar(NamedTuple):
    """A horizontal bar: its label, its value and that value in words; series names its colour."""

    label: str
    value: float
    shown: str
    series: str = "mark"


def stacked_columns(title: str, columns: Sequence[Column], series: Sequence[str]) -> str:
    """Columns side by side, the first series at the bottom; heights are counts."""
    if not columns:
        return ""
    top = _ceiling(max(sum(c.values.get(s, 0) for s in series) for c in columns))
    step = (_WIDTH - _LEFT) / len(columns)
    parts = _grid(top)
    every = max(1, -(-len(columns) * 58 // (_WIDTH - _LEFT)))  # a label takes about 58 units
    for number, column in enumerate(columns):
        x = _LEFT + number * step
        parts += _stack(column, series, x, step, top)
        if number % every == 0:
            parts.append(_text(x + step / 2, _HEIGHT - 8, column.label, "middle"))
    return _svg(title, _WIDTH, _HEIGHT, parts)


def _stack(column: Column, series: Sequence[str], x: float, step: float, top: float) -> Iterator[str]:
    base = 0.0
    for name in series:
        value = column.values.get(name, 0)
        if value:
            y, height = _y(base + value, top), _y(base, top) - _y(base + value, top)
            yield (
                f'<rect class="{name}" x="{x + step * 0.15:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}"'
                f' height="{height:.1f}"><title>{escape(f"{column.label}: {name} {value:g}")}</title></rect>'
            )
            base += value


def bars(title: str, rows: Sequence[Bar], most: float | None = None) -> str:
    """Horizontal bars, the longest as wide as the chart. most: the value that would fill it."""
    if not rows:
        return ""
    most = most or max(row.value for row in rows) or 1
    room = _WIDTH - _LABEL - 90
    parts = []
    for number, row in enumerate(rows):
        y = number * _ROW
        width = max(row.value / most * room, 1.5 if row.value else 0)
        parts += [
            _text(_LABEL - 10, y + 18, _short(row.label), "end"),
            f'<rect class="{row.series}" x="{_LABEL}" y="{y + 5}" width="{width:.1f}" height="{_ROW - 10}" rx="2"/>',
            _text(_LABEL + width + 8, y + 18, row.shown),
        ]
    return _svg(title, _WIDTH, len(rows) * _ROW + 4, parts)


def heat_map(title: str, rows: Sequence[str], columns: Sequence[str], shares: Sequence[Sequence[float]]) -> str:
    """A cell for each row and column, the darker the larger its share (0 to 1)."""
    if not rows or not columns:
        return ""
    cell = min(80.0, (_WIDTH - _LABEL) / len(columns))
    middles = [_LABEL + number * cell + cell / 2 for number in range(len(columns))]
    parts = [_text(x, 16, _short(name, 10), "middle") for x, name in zip(middles, columns, strict=True)]
    for number, name in enumerate(rows):
        y = 24 + number * _ROW
        parts.append(_text(_LABEL - 10, y + 19, _short(name), "end"))
        for x, column, share in zip(middles, columns, shares[number], strict=True):
            parts.append(_cell(f"{name} / {column}: {share:.0%}", x, y, cell, share))
    return _svg(title, _WIDTH, 24 + len(rows) * _ROW + 4, parts)


def _cell(tip: str, middle: float, y: float, width: float, share: float) -> str:
    strong = " strong" if share > 0.55 else ""
    return (
        f'<g><title>{escape(tip)}</title><rect class="heat" x="{middle - width / 2 + 1:.1f}" y="{y + 1}"'
        f' width="{width - 2:.1f}" height="{_ROW - 2}" fill-opacity="{0.06 + 0.94 * share:.2f}"/>'
        f'<text class="cell{strong}" x="{middle:.1f}" y="{y + 19}" text-anchor="middle">{share:.0%}</text></g>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _short(label: str, most: int = 26) -> str:
    """A label that fits: wide characters count twice."""
    width, kept = 0, ""
    for character in label:
        width += 2 if character > "\u2e80" else 1
        if width > most:
            return kept + "…"
        kept += character
    return kept


def _ceiling(value: float) -> float:
    """The next round number: 1, 2, 5 or 10 times a power of ten."""
    power = 1.0
    while power * 10 < value:
        power *= 10
    return next((power * s for s in _STEPS if power * s >= value), power * 10)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _BOTTOM - _TOP)


def _grid(top: float) -> list[str]:
    lines = []
    for share in (0.0, 0.5, 1.0):
        y = _y(top * share, top)
        lines.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(_text(_LEFT - 8, y + 4, f"{top * share:g}", "end"))
    return lines


def _svg(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
