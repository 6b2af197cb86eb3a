"""What is heavy is loaded only when a mail needs it: fresh processes, and what stands in sys.modules at their end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("spacy", "presidio_analyzer", "mailparser", "flask", "python_calamine", "pypdfium2")
PROGRAM = """
import sys
from checker.cli import main
try:
    main()
except SystemExit as stop:
    print(stop.code, *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(*arguments, stdin=b""):
    """Exit code and the top packages loaded by one run of the command."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    code, *modules = done.stderr.decode().splitlines()[-1].split()
    return int(code) if code.isdigit() else 0, set(modules)


def check(draft):
    """Exit code and modules of a check of one draft on standard input."""
    envelope = {
        "from": "a@lantu-trade.cn",
        "to": ["b@lantu-trade.cn"],
        "subject": "【通知】发货",
        "date": "2026-03-10T10:00:00+08:00",
    }
    return loaded("check", "-", "--config", "examples/presend.toml", stdin=json.dumps(envelope | draft).encode())


@pytest.mark.parametrize("name", ["restock-good-zh.eml", "restock-good-en.eml", "logistics-good-en.eml"])
def test_a_clean_mail_loads_nothing_heavy(name):
    code, modules = loaded("check", f"examples/drafts/{name}", "--config", "examples/presend.toml")
    assert code == 0
    assert "checker" in modules
    assert not modules & set(HEAVY)


def test_a_resident_id_loads_presidio_and_nothing_else():
    code, modules = check({"text": "清关人身份证号\uff1a11010519491231002X\uff0c请知悉\uff0c无需回复。"})
    assert code == 1
    assert "presidio_analyzer" in modules
    assert not modules & {"mailparser", "flask", "python_calamine", "pypdfium2"}


def test_digits_that_are_no_candidate_load_nothing():
    _, modules = check(
        {
            "text": "B08XYZ1234库存105件\uff0c运单1Z999AA10123456784\uff0c货件FBA15DKX4M2P\uff0c第2026031001批\uff0c请知悉。"
        }
    )
    assert not modules & set(HEAVY)


def test_a_defective_mail_is_checked_without_the_second_parser():
    """Defects are told by our own parser; mail-parser adds to them only where somebody asks."""
    mail = (
        b"From: a@lantu-trade.cn\nSubject: =?utf-8?B?!!!?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello"
    )
    _, modules = loaded("check", "-", stdin=mail)
    assert "mailparser" not in modules


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    code, modules = loaded(*arguments)
    assert code == 0
    assert not modules & {*HEAVY, "numpy", "pydantic"}
