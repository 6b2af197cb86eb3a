"""presend as a user types it: each run a process with files, folder and environment of its own.

warm() forks it from a process that has imported the program, which is most of what a start costs; cold() starts Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
# No module that starts threads when it is imported (pyarrow): a fork would not have them.
_IMPORTED = [
    f"checker.commands.{name}"
    for name in ("baseline", "check", "explain", "facts", "fix", "init", "keys", "rules", "waivers")
]
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(_IMPORTED)


def program(*arguments):
    """The command line of a start from nothing."""
    return [sys.executable, "-c", "from checker.cli import main; main()", *map(str, arguments)]


def environment(**env):
    """That of a terminal of 80 columns."""
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **env}


def cold(*arguments, cwd=ROOT, stdin=None, timeout=240, **env):
    """A run from nothing, ended: subprocess.CompletedProcess, its output as bytes."""
    command, given = program(*arguments), environment(**env)
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=given, timeout=timeout, check=False)


def warm(*arguments, cwd=ROOT, stdin=None, timeout=240, **env):
    """As cold(), without the imports. What Python reads before it runs anything (LC_ALL, PYTHON*) is not read anew."""
    command = ["presend", *map(str, arguments)]
    with TemporaryDirectory() as folder:
        (Path(folder) / "stdin").write_bytes(stdin or b"")
        process = _FORKS.Process(target=_run, args=(command, str(cwd), environment(**env), folder))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(command, timeout)
        out, err = ((Path(folder) / name).read_bytes() for name in ("stdout", "stderr"))
    return subprocess.CompletedProcess(command, process.exitcode, out, err)


def _run(command, cwd, given, folder):
    """In the fork: become that process."""
    from checker.cli import main

    how = os.O_WRONLY | os.O_CREAT
    for number, (name, flags) in enumerate((("stdin", os.O_RDONLY), ("stdout", how), ("stderr", how))):
        opened = os.open(Path(folder) / name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - they live as long as it
        for number, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )
    os.environ.clear()
    os.environ.update(given)
    time.tzset()
    os.chdir(cwd)
    sys.argv = command
    main()
