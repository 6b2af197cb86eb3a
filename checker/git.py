"""What git says of a folder: which files changed since a revision."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from checker.refusal import RefusalError


def changed_since(revision: str, folder: Path) -> frozenset[Path]:
    """Files of the folder's repository that differ from the revision or are new, by their new names, absolute.

    Raises RefusalError: no repository, no such revision, no git.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel")[:-1])
    changed = _git(top, "diff", "--name-only", "-z", "--diff-filter=d", "--end-of-options", revision, "--")
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset((top / name).resolve() for name in (changed + new).split("\0") if name)


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError:
        raise RefusalError("--changed-since: git is not installed here") from None
    if done.returncode:
        raise RefusalError(f"--changed-since: {_why(done.stderr, folder, arguments)}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _why(told: bytes, folder: Path, arguments: Sequence[str]) -> str:
    if arguments[0] == "rev-parse":
        return f"{folder} is not in a git repository"
    if arguments[0] == "diff":
        return f"{arguments[-2]!r} is no revision here; give a commit, branch or tag, such as HEAD or main"
    return told.decode("utf-8", "replace").partition("\n")[0]
