import pytest

from checker.template import Blank, TemplateError, fill, parse, written


def test_parse_splits_words_and_blanks():
    assert parse("a {it.x} b {y|metrics}") == ("a ", Blank("it.x", None), " b ", Blank("y", "metrics"))
    assert parse("{{no}} {a.map(m, {'k': m})}") == ("{no} ", Blank("a.map(m, {'k': m})", None))
    assert parse("{a || b}") == (Blank("a || b", None),)


@pytest.mark.parametrize("bad", ["a {b", "a }", "{x|shout}"])
def test_bad_templates_are_told(bad):
    with pytest.raises(TemplateError):
        parse(bad)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("2026-03-12T17:00:00+08:00", "3月12日 17:00", "12 Mar 17:00"),
        ("2026-03-12T23:59:59+08:00", "3月12日", "12 Mar"),
        ("2026-03-12", "3月12日", "12 Mar"),
        (345.0, "345", "345"),
        (13.333333, "13.33", "13.33"),
        (12000.0, "12,000", "12,000"),
        (0.5, "0.5", "0.5"),
        (["a", "b"], "a、b", "a, b"),
        (None, "", ""),
    ],
)
def test_values_are_written_as_people_write_them(value, zh, en):
    assert (written(value, "zh"), written(value, "en")) == (zh, en)


def test_metric_names_are_in_the_readers_language():
    template = parse("{m|metrics}")
    assert fill(template, {"m": ["stock", "dos"]}, "zh") == "当前库存、库存天数\uff08DOS\uff09"
    assert fill(template, {"m": ["stock", "dos"]}, "en") == "stock, days of supply (DOS)"
