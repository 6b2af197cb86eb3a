import pytest

from checker.yaml_source import SourceError, read_yaml


def test_yaml_habits_are_off():
    text = "a: off\nb: no\nc: 2026-03-12\nd: 0123\ne: 17:00\nf: 1.5\ng: 7\nh: true\ni: 'true'\nj: ~"
    assert read_yaml(text).data == {
        "a": "off", "b": "no", "c": "2026-03-12", "d": "0123", "e": "17:00", "f": 1.5, "g": 7, "h": True, "i": "true", "j": None,
    }  # fmt: skip


def test_marks_say_where_each_key_stands():
    source = read_yaml("a: 1\nb:\n  c:\n    - x\n    - y\n")
    assert source.marks[("b", "c")] == (3, 3)
    assert source.marks[("b", "c", 1)] == (5, 7)


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("a: 1\na: 2", "the key a stands twice", (2, 1)),
        ("a: [", "not YAML", (2, 1)),
        ("a: 1\nb: x\u200by", "invisible character U+200B", (2, 5)),
    ],
)
def test_mistakes_have_a_place(text, reason, at):
    with pytest.raises(SourceError, match=reason.replace("+", r"\+")) as caught:
        read_yaml(text)
    assert (caught.value.line, caught.value.column) == at
