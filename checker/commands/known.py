"""The baseline of a command: which findings are known."""

from __future__ import annotations

from pathlib import Path

from checker import files
from checker.baseline import Baseline, BaselineError, read_baseline
from checker.refusal import RefusalError


def read_known(path: Path, key: bytes) -> Baseline:
    """The baseline in a file, made with that key. Raises RefusalError."""
    try:
        return read_baseline(files.read(str(path)), key)
    except BaselineError as error:
        raise RefusalError(f"{path}: {error}") from None
    except files.FileError as error:
        raise RefusalError(str(error)) from None
