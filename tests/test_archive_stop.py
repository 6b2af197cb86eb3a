"""Runs over an archive that meet an end: killed, stopped at the keyboard, their worker lost; and one that is watched."""

import json
import os
import pty
import random
import re
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archives import CONFIG, folder_of, letters, mail, mbox_of
from auditing import FEW, SECRET, audit, results, started, wait_for
from command import cold, environment, program

from checker.archive.examine import Job
from checker.archive.locate import locate
from checker.archive.pool import _interrupts_held
from checker.archive.run import Options, run
from checker.rule_folders import shipped_rules
from checker.setup import set_up

MAILS = letters()


def children(process):
    """Its children: from /proc, for a look must take less time than what it is to catch."""
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


def pool_begins(process, out):
    return children(process)


def worker_starts(process, out):
    """The first child sees to semaphores, the next is a worker."""
    return len(children(process)) > 1


def judged(parts):
    return lambda process, out: len(list(out.glob("work/parts/*.parquet"))) >= parts


def results_are_written(process, out):
    return any(path.is_file() for path in out.iterdir())


def after(seconds):
    begun = []

    def moment(process, out):
        begun[:] = begun or [time.monotonic()]
        return time.monotonic() - begun[0] > seconds

    return moment


def test_a_run_that_was_killed_goes_on_to_the_same_results(tmp_path):
    """Killed ten times, at every stage and at random, then run to its end; the time of the first start stays."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for n in range(6):  # a chunk each
        mbox_of(sources / f"{n}.mbox", MAILS[n::6])
    first, later = ("--now", "2026-04-01T08:00:00+08:00"), ("--now", "2026-06-01T00:00:00+00:00")
    assert audit(sources, tmp_path / "whole", *FEW, *first).returncode == 0
    killed, broken, chance = 0, tmp_path / "broken", random.Random(5)
    stages = (pool_begins, worker_starts, judged(1), judged(3), results_are_written)
    for moment in (one for stage in stages for one in (stage, after(chance.uniform(0.1, 3)))):
        with started(sources, broken, *first, "--workers", "1", stdout=subprocess.DEVNULL) as process:
            wait_for(moment, process, broken)
            killed += process.poll() is None
    assert killed > 6
    assert audit(sources, broken, *FEW, *later).returncode == 0
    assert results(broken) == results(tmp_path / "whole")


def test_ctrl_c_is_one_line_and_the_same_command_goes_on(tmp_path):
    """As a terminal sends it, to all processes at once: whatever they do just then, no traceback comes of it."""
    now = ("--now", "2026-04-01T08:00:00+08:00")
    source = mbox_of(tmp_path / "all.mbox", [*MAILS, *letters(20, 20)] * 6)  # four chunks
    broken, ends = tmp_path / "broken", []
    for moment in (pool_begins, worker_starts, judged(1)):
        with started(source, broken, *now, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            wait_for(moment, process, broken)
            os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=120)[1].decode()
        ends.append((process.returncode, said))
    stopped = (130, "presend: stopped; the same command goes on from here\n")
    assert ends[:2] == [stopped, stopped]
    assert ends[2] in (stopped, (0, ""))  # on a busy machine the run may be over before the signal is sent
    assert audit(source, broken, *FEW, *now).returncode == 0
    assert audit(source, tmp_path / "whole", *FEW, *now).returncode == 0
    assert results(broken) == results(tmp_path / "whole")


def test_ctrl_c_waits_while_a_worker_starts():
    """Though a thread of some library takes the signal that the main thread does not: numpy's do."""
    end, reached = threading.Event(), False
    thread = threading.Thread(target=end.wait)
    thread.start()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), _interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            end.wait(0.1)
            reached = True
    finally:
        signal.signal(signal.SIGINT, before)
        end.set()
        thread.join()
    assert reached


def test_a_terminal_shows_the_rate_and_the_time_left(tmp_path):
    archive = mbox_of(tmp_path / "all.mbox", MAILS * 9)
    terminal, end = pty.openpty()
    arguments = program("audit", archive, "--out", tmp_path / "out", "--config", CONFIG, "--only", "tone/*")
    shown_at = environment(**SECRET, TERM="xterm")
    with subprocess.Popen(arguments, env=shown_at, stdout=subprocess.DEVNULL, stderr=end) as process:
        os.close(end)
        shown = b""
        try:
            while block := os.read(terminal, 65_536):
                shown += block
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(terminal)
    assert process.returncode == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"[1-9]\d* mails, [1-9]\d*/s \d:\d\d:\d\d \d:\d\d:\d\d", plain), plain[-500:]


def test_what_an_earlier_start_judged_is_not_to_come(tmp_path):
    """The time left is reckoned from what is still to do."""
    sources = locate([str(mbox_of(tmp_path / f"{n}.mbox", MAILS[n::2])) for n in range(2)])
    job = Job(set_up().company, tuple(shipped_rules()), "tone/*", datetime(2026, 4, 1, tzinfo=UTC), b"k" * 32)
    told = []
    run(sources, job, "rules", tmp_path / "out", Options(workers=1), told.append)
    whole = told[-1].total
    assert whole == sum(source.size for source in sources)
    max((tmp_path / "out" / "work" / "parts").iterdir()).unlink()
    run(sources, job, "rules", tmp_path / "out", Options(workers=1), told.append)
    envelopes = 60 * len(MAILS)  # the lines between mails are in the size of a source only
    assert told[-1].read <= told[-1].total < told[-1].read + envelopes < whole


def hooked(place, ends):
    """A stand-in for native code that crashes: in every process, ends(data) before a mail is read may end it."""
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import os, sys\n"
        f"{ends}\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'checker.archive.pool': sys.meta_path.remove(self); import checker.parts as p; real = p.scan\n"
        "        else: return None\n"
        "        def deadly(data):\n"
        "            ends(data)\n"
        "            return real(data)\n"
        "        p.scan = deadly\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    return str(place)


def test_a_worker_that_dies_costs_one_mail_only(tmp_path):
    folder = folder_of(tmp_path / "mails", MAILS[:3])
    (folder / "00001.eml").write_bytes(mail(99, "deadly", "deadly"))
    ends = "def ends(data):\n    if b'ZGVhZGx5' in data: os._exit(9)"
    done = audit(folder, tmp_path / "out", run=cold, PYTHONPATH=hooked(tmp_path / "hook", ends))
    assert done.returncode == 0, done.stderr.decode()
    quarantine = (tmp_path / "out" / "quarantine.csv").read_text("utf-8-sig")
    assert "00001.eml" in quarantine
    assert "stopped the checker" in quarantine
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["messages"] == 2


def test_a_mail_behind_a_leak_is_not_the_one_that_ends_a_process(tmp_path):
    """Every process ends with its third mail, as for want of memory, and one of them at its start: no mail is to blame."""
    folder, starts = folder_of(tmp_path / "mails", MAILS[:4]), tmp_path / "starts"
    ends = (
        "left = [2]\n"
        "def ends(data):\n"
        "    if not left[0]: os._exit(9)\n"
        "    left[0] -= 1\n"
        "if 'spawn_main' in sys.orig_argv[-2]:\n"
        f"    with open({str(starts)!r}, 'ab') as file: file.write(b'.')\n"
        f"    if os.path.getsize({str(starts)!r}) == 3: os._exit(9)"
    )
    done = audit(folder, tmp_path / "out", *FEW, run=cold, PYTHONPATH=hooked(tmp_path / "hook", ends))
    assert done.returncode == 0, done.stderr.decode()
    assert starts.read_bytes() == b"." * 4  # the third came right after a mail that had ended the second
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert (summary["messages"], summary["quarantined"]) == (4, 0)


def test_processes_that_never_start_are_one_line(tmp_path):
    folder = folder_of(tmp_path / "mails", MAILS[:1])
    ends = "if 'spawn_main' in sys.orig_argv[-2]: os._exit(9)\ndef ends(data): pass"
    done = audit(folder, tmp_path / "out", *FEW, run=cold, PYTHONPATH=hooked(tmp_path / "hook", ends))
    assert done.returncode == 2
    assert done.stderr.decode().startswith("presend: no process that checks mails stays alive")
    assert len(done.stderr.decode().splitlines()) == 1
