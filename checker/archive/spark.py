"""The cluster engine: the same function over the same Arrow batches, run by Spark's workers (extra `cluster`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from checker.archive.examine import Job, examine
from checker.archive.ingested import RAW, Ingested
from checker.archive.locate import locate, refuse_secrets
from checker.archive.parts import agreed_plan
from checker.archive.raw import SourceError
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
    _refuse_other_files(sources)
    work = out / WORK
    plan = {
        "presend": "1",
        "now": job.now.isoformat(),
        "key": keyed(job.key, "plan"),
        "waivers": sorted(job.waivers),
        "sources": list(sources),
    }
    job = replace(job, now=datetime.fromisoformat(agreed_plan(work, plan)["now"]))
    session = _session()
    try:
        _judge(session, sources, job, ruleset, str((work / PARTS).absolute()))
    finally:
        session.stop()
    return job


def _refuse_other_files(sources: Sequence[str]) -> None:
    """Files of this machine that hold no mails are told before Spark starts; other places only Spark can reach."""
    for source in sources:
        try:
            refuse_secrets(source)
            local = [] if "://" in source else locate([source])
        except SourceError as error:
            raise RefusalError(str(error)) from None
        if not all(isinstance(one, Ingested) for one in local):
            raise RefusalError(f"{source}: --engine spark reads what `presend ingest` wrote; ingest it first")


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - the extra `cluster`, and a second to import
    except ImportError:
        raise RefusalError("--engine spark: needs pyspark; install presend[cluster]") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers take another python3 from the path
    builder = SparkSession.builder.appName("presend audit").config("spark.sql.session.timeZone", "UTC")
    builder = builder.config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")  # INT96 knows no zone
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
