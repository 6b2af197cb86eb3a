"""The folder of a run: its plan, and a Parquet file for every chunk that was judged, named by source and start."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from checker.archive.chunks import Chunk, Part
from checker.refusal import RefusalError

_PLAN = "plan.json"
_AFTER, _SIZE = b"presend.after", b"presend.size"
_NAME = re.compile(r"(\d+)-(\d+)\.parquet")


@dataclass(frozen=True)
class Parts:
    """The parts below DIR/work; nothing is kept in memory but where each ends."""

    folder: Path
    known: dict[tuple[int, int], Part]

    @classmethod
    def open(cls, folder: Path) -> Parts:
        """The parts that are there whole. What a killed run left half-written is removed."""
        folder.mkdir(parents=True, exist_ok=True)
        known = {}
        for path in folder.iterdir():
            if named := _NAME.fullmatch(path.name):
                known[int(named[1]), int(named[2])] = _read(path)
            elif path.name.startswith("."):
                path.unlink()
        return cls(folder, known)

    def done(self, source: int, start: int) -> Part | None:
        """The part of a chunk, if it was judged."""
        return self.known.get((source, start))

    def add(self, chunk: Chunk, rows: pa.RecordBatch) -> None:
        """Write what was judged of a chunk, whole or not at all."""
        schema = rows.schema.with_metadata({_AFTER: str(chunk.after).encode(), _SIZE: str(chunk.size).encode()})
        path = self.folder / f"{chunk.source:04d}-{chunk.start:015d}.parquet"
        draft = path.with_name(f".{path.name}")
        with draft.open("wb") as file:
            pq.write_table(pa.Table.from_batches([rows.cast(schema)], schema), file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        self.known[chunk.source, chunk.start] = Part(chunk.after, rows.num_rows, chunk.size)


def _read(path: Path) -> Part:
    read = pq.read_metadata(path)
    return Part(int(read.metadata[_AFTER]), read.num_rows, int(read.metadata.get(_SIZE, 0)))


def agreed_plan(folder: Path, plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan of the run in this folder: the given one where the run begins, the first one where it goes on.

    `now` is the first run's. Raises RefusalError where the folder holds a run of something else.
    """
    path = folder / _PLAN
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}")
        draft.write_text(json.dumps(plan, ensure_ascii=False, indent=2) + "\n", "utf-8")
        draft.replace(path)
        return dict(plan)
    try:
        begun: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise RefusalError(f"{path}: is no plan of a run; name another --out, or begin anew with --fresh") from None
    for name in plan:
        if name != "now" and begun.get(name) != plan[name]:
            other = _changed(begun.get(name), plan[name]) if name == "sources" else ""
            raise RefusalError(
                f"{path}: the run there has other {name}{other}; name another --out, or begin anew with --fresh"
            )
    return begun


def _changed(begun: Any, planned: Any) -> str:
    """Which source is not what it was, where the same ones were named: pairs of a place and a stamp."""
    if not isinstance(begun, list) or len(begun) != len(planned):
        return ""
    same_places = all(before[0] == now[0] for before, now in zip(begun, planned, strict=True))
    changed = next((now[0] for before, now in zip(begun, planned, strict=True) if before != now), "")
    return f" ({changed} has changed since)" if same_places else ""
