"""The fingerprints that an audit found, counted: what a baseline of an archive is made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from checker.refusal import RefusalError

_FINDINGS = "findings.parquet"


def is_audit(folder: Path) -> bool:
    """Whether a folder holds the results of an audit."""
    return (folder / _FINDINGS).is_file()


def counted(folder: Path) -> Counter[str]:
    """How many findings an audit has of each fingerprint. Raises RefusalError."""
    import pyarrow as pa  # noqa: PLC0415 - the extra `archive`; a baseline of drafts does without
    import pyarrow.parquet as pq  # noqa: PLC0415

    found: Counter[str] = Counter()
    try:
        for batch in pq.ParquetFile(folder / _FINDINGS).iter_batches(columns=["fingerprint"]):
            found.update(mark for mark in batch.column(0).to_pylist() if mark)
    except (OSError, pa.ArrowException):
        raise RefusalError(f"{folder / _FINDINGS}: is no result of an audit") from None
    return found
