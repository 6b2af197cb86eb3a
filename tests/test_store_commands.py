"""presend keys and presend waivers as an administrator types them."""

import re

import pytest
from rich.cells import cell_len
from test_cli import presend


@pytest.fixture
def run(tmp_path):
    def ran(*arguments, code=0):
        done = presend(*arguments, cwd=tmp_path, PRESEND_STATE=str(tmp_path / "state"), PRESEND_DATABASE_URL="")
        assert done.returncode == code, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        return done.stdout.decode() if code == 0 else done.stderr.decode()

    return ran


def test_a_key_is_shown_once_listed_and_revoked(run, tmp_path):
    name = "运营部的插件" * 4
    plain = run("keys", "add", name).strip()
    assert re.fullmatch(r"presend_[\w-]{43}", plain)
    assert run("keys", "add", name, code=2).startswith(f"presend: {name}: has a key; revoke it first")
    listed = run("keys", "list").splitlines()
    assert listed[0].split() == ["id", "name", "made", "last", "used", "state"]
    assert listed[1].startswith("1   运营部的插件")
    assert listed[1].endswith("never      valid")
    assert all(cell_len(line) <= 80 for line in listed)
    held = b"".join(file.read_bytes() for file in (tmp_path / "state").iterdir())
    assert name.encode() in held
    assert plain.encode() not in held
    assert run("keys", "revoke", "1") == "key 1: revoked\n"
    assert "no key of that number is valid" in run("keys", "revoke", "1", code=2)
    assert "revoked" in run("keys", "list")


def test_a_waiver_is_made_listed_and_ended(run):
    wanted = ["--owner", "陈晓", "--reason", "客户要求这样写" * 12, "--expires", "2999-06-30"]
    assert run("waivers", "add", "tone/*", *wanted) == "waiver 1: tone/* until 2999-06-30 23:59\n"
    run("waivers", "add", "0123456789abcdef" * 2, *wanted)
    listed = run("waivers", "list").splitlines()
    assert [line.split()[:4] for line in listed[1:]] == [
        ["1", "tone/*", "陈晓", "2999-06-30"],
        ["2", "0123456789abcdef" * 2, "陈晓", "2999-06-30"],
    ]
    assert all(cell_len(line) <= 80 for line in listed)
    assert listed[1].endswith("…")
    assert run("waivers", "end", "1") == "waiver 1: ended\n"
    assert len(run("waivers", "list").splitlines()) == 2
    assert len(run("waivers", "list", "--all").splitlines()) == 3


GIVEN = {"owner": "o", "reason": "r", "expires": "2999-06-30"}


@pytest.mark.parametrize(
    ("what", "changed", "told"),
    [
        (
            "tone/*",
            {"expires": "2020-01-01"},
            "--expires: 2020-01-01 is past; a waiver needs a time that is still to come",
        ),
        ("tone/*", {"expires": "soon"}, "--expires: 'soon' is no time; write it like 2026-06-30"),
        ("tone/*", {"reason": " "}, "--reason: is not allowed; it takes one line of 1 to 200 characters"),
        ("tone/*", {"owner": "a\nb"}, "--owner: is not allowed; it takes one line of 1 to 60 characters"),
        ("tone/blam", {}, "did you mean tone/blame?"),
        ("*", {}, "is no rule, no glob of rules such as 'tone/*' and no fingerprint"),
    ],
)
def test_a_waiver_that_nobody_could_answer_for_is_refused(run, what, changed, told):
    options = [part for name, value in {**GIVEN, **changed}.items() for part in (f"--{name}", value)]
    assert told in run("waivers", "add", what, *options, code=2)
    for missing in GIVEN if not changed and what == "*" else ():
        kept = [part for name, value in GIVEN.items() if name != missing for part in (f"--{name}", value)]
        assert f"Missing option '--{missing}'" in run("waivers", "add", "tone/*", *kept, code=2)
