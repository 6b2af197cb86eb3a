"""The cluster engine: the same function over the same Arrow batches, run by Spark's workers (extra `cluster`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from checker.archive.examine import Job, examine
from checker.archive.ingested import RAW
from checker.archive.parts import agreed_plan
from checker.archive.rows import ROW
from checker.archive.run import PARTS, WORK
from checker.identity import keyed
from checker.refusal import RefusalError

_SUFFIX = ".parquet"
_BATCH = "200"  # mails handed over at once
_DONE = ("sha256", "ruleset", "source", "position")  # what makes a judged mail one that need not be judged again


def run_on_spark(sources: Sequence[str], job: Job, ruleset: str, out: Path) -> Job:
    """Judge ingested Parquet on Spark; mails whose rows are there already, under the same rules, are skipped.

    The session's settings are Spark's own (spark-submit, SPARK_CONF_DIR). Raises RefusalError.
    """
    work = out / WORK
    plan = {"presend": "1", "now": job.now.isoformat(), "key": keyed(job.key, "plan"), "sources": list(sources)}
    job = replace(job, now=datetime.fromisoformat(agreed_plan(work, plan)["now"]))
    session = _session()
    try:
        _judge(session, sources, job, ruleset, str((work / PARTS).absolute()))
    finally:
        session.stop()
    return job


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - the extra `cluster`, and a second to import
    except ImportError:
        raise RefusalError("--engine spark: needs pyspark; install presend[cluster]") from None
    builder = SparkSession.builder.appName("presend audit").config("spark.sql.session.timeZone", "UTC")
    return builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", _BATCH).getOrCreate()


def _judge(session: Any, sources: Sequence[str], job: Job, ruleset: str, parts: str) -> None:
    from pyspark.errors import AnalysisException  # noqa: PLC0415
    from pyspark.sql import functions  # noqa: PLC0415
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    try:
        mails = session.read.parquet(*sources).select(*RAW.names)
    except AnalysisException:
        raise RefusalError(f"{', '.join(sources)}: no mails that `presend ingest` wrote") from None
    todo = mails.withColumn("ruleset", functions.lit(ruleset))
    if any(Path(parts).glob(f"*{_SUFFIX}")):
        todo = todo.join(session.read.parquet(parts).select(*_DONE), list(_DONE), "left_anti")
    packed = job.packed()

    def examined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return examine(batches, packed)

    rows = todo.select(*RAW.names).mapInArrow(examined, from_arrow_schema(ROW))
    rows.write.mode("append").parquet(parts)
