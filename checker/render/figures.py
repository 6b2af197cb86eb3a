"""How figures were read: per product a line a metric, with the value, the words that it came from and their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from checker.facts.kinds.figures import Figure
from checker.masking import Masker
from checker.render.columns import cut
from checker.render.run import Read
from checker.render.words import place_words
from checker.rule import Both
from checker.template import metric_name, written

_METRIC, _VALUE, _LEAST_WORDS = 18, 14, 12  # columns
_MOST = 200  # lines of a mail: a sheet may hold thousands
_HEAD = Both("读到的数字", "figures as read")
_NONE = Both("没有读到数字", "no figure was read")
_NO_PRODUCT = Both("未指明产品", "no product in particular")
_REPORTED = Both("(别人说的)", "(said by others)")
_MORE = Both("还有 {} 个", "{} more")
_UNITS = {
    "units": Both("件", ""), "units_per_day": Both("件/天", "/day"), "days": Both("天", " days"),
    "percent": Both("%", "%"),
    "stars": Both("星", " stars"), "boxes": Both("箱", " cartons"), "times": Both("次", ""),
}  # fmt: skip


def reads(figures: Iterable[Figure], masker: Masker) -> tuple[Read, ...]:
    """Every figure, those of one product together, products in the order in which the mail names them."""
    found = [_read(f, masker) for f in figures]
    order = {product: n for n, product in reversed(list(enumerate(r.product for r in found)))}
    return tuple(sorted(found, key=lambda r: order[r.product]))


def _read(figure: Figure, masker: Masker) -> Read:
    before, words, after = masker.excerpt(figure.place.span)
    if figure.place.where in ("table", "sheet"):
        before, after = "", ""
    product = masker.text(figure.product) if figure.product else None
    where = Both(*(masker.text(place_words(figure.place.span, tongue)) for tongue in ("zh", "en")))
    value = Both(_value(figure, "zh"), _value(figure, "en"))
    return Read(product, figure.metric, value, f"{_clause(before)}{words}{_tail(after)}", where, figure.reported)


def _clause(before: str) -> str:
    """The last clause of the words before a number."""
    for mark in "\uff0c\uff1b\u3002;\n\t":
        before = before.rpartition(mark)[2]
    return before.rpartition(", ")[2].lstrip()


def _tail(after: str) -> str:
    """The rest of the clause behind a number, where it is short: units left, a day."""
    for mark in "\uff0c\uff1b\u3002\uff09;.,)\n\t":
        after = after.partition(mark)[0]
    return after if cell_len(after) <= 16 else ""


def _value(figure: Figure, tongue: str) -> str:
    if figure.date:
        return figure.date
    low, high = written(figure.value, tongue), written(figure.high, tongue)
    about = ("约" if tongue == "zh" else "~") if figure.approximate else ""
    unit = _UNITS.get("units_per_day" if figure.metric == "daily_sales" else figure.unit)
    shown = getattr(unit, tongue) if unit else f" {figure.unit}" if figure.unit.isupper() else ""
    return f"{about}{low}{f'–{high}' if high != low else ''}{shown}"


def table(found: tuple[Read, ...], tongue: str, width: int) -> Iterator[str]:
    """The lines of one mail's figures, at most `width` columns each; columns stand right beside Chinese."""
    if not found:
        yield f"  {getattr(_NONE, tongue)}"
        return
    yield f"  {getattr(_HEAD, tongue)}:" if tongue == "en" else f"  {getattr(_HEAD, tongue)}\uff1a"
    shown = found[:_MOST]
    for product, group in groupby(shown, key=lambda r: r.product):
        yield f"    {product or getattr(_NO_PRODUCT, tongue)}"
        for read in group:
            yield _line(read, tongue, width)
    if len(found) > _MOST:
        yield "    " + getattr(_MORE, tongue).format(len(found) - _MOST)


def _line(read: Read, tongue: str, width: int) -> str:
    where = getattr(read.where, tongue)
    room = max(_LEAST_WORDS, width - 6 - _METRIC - 1 - _VALUE - 1 - 2 - cell_len(where))
    words = " ".join(read.words.split()) + (f" {getattr(_REPORTED, tongue)}" if read.reported else "")
    metric, value = metric_name(read.metric, tongue), getattr(read.value, tongue)
    columns = [_column(metric, _METRIC), _column(value, _VALUE), _column(words, room)]
    return f"      {' '.join(columns)}  {cut(where, width - 10 - _METRIC - _VALUE - room, from_end=True)}".rstrip()


def _column(words: str, room: int) -> str:
    return set_cell_size(cut(words, room, from_end=False), room)
