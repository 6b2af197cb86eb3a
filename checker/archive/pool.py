"""The local engine: chunks judged by warm worker processes, a few in hand at a time, so memory stays flat."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType

import pyarrow as pa

from checker.archive.chunks import Chunk
from checker.archive.examine import examine
from checker.archive.ingested import raw_batch
from checker.archive.raw import Raw
from checker.refusal import RefusalError

_IN_HAND = 2  # chunks per worker: one that is judged, one that waits
_DEADLY = "stopped the checker"
_STARTS = 3  # of one process, before it is given up
_NO_PROCESS = (
    "no process that checks mails stays alive, for want of memory perhaps; try fewer --workers: what was judged is kept"
)

Finished = Callable[[Chunk, pa.RecordBatch], None]


class Pool:
    """Worker processes for one job. finished: called in this process with each chunk and its rows, in any order."""

    def __init__(self, packed_job: bytes, workers: int, uris: list[str], finished: Finished) -> None:
        self._job = packed_job
        self._workers = workers
        self._uris = uris
        self._finished = finished
        self._running: dict[Future[bytes], Chunk] = {}
        self._executor = self._fresh()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._executor.shutdown(wait=kind is None, cancel_futures=True)

    def _fresh(self, workers: int | None = None) -> ProcessPoolExecutor:
        # spawn: a forked worker would share threads' locks of the libraries that are loaded here. The job comes with
        # the mails: a process that ends before it reads would be waited for, were more for it than its pipe holds.
        with _interrupts_held():
            return ProcessPoolExecutor(
                workers or self._workers,
                mp_context=get_context("spawn"),
                initializer=_ready,
                initargs=(os.getpid(),),
            )

    def submit(self, chunk: Chunk) -> None:
        """Give a chunk to the workers; waits while they have enough in hand."""
        while len(self._running) >= self._workers * _IN_HAND:
            self._collect()
        try:
            self._running[self._started(self._executor, self._packed(chunk))] = chunk
        except BrokenProcessPool:
            self._recover([chunk])

    def _started(self, executor: ProcessPoolExecutor, batch: bytes) -> Future[bytes]:
        with _interrupts_held():
            return executor.submit(_judge, self._job, batch)

    def drain(self) -> None:
        """Wait for all chunks in hand."""
        while self._running:
            self._collect()

    def _collect(self) -> None:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            chunk = self._running.pop(future)
            try:
                self._finished(chunk, _unpacked(future.result()))
            except BrokenProcessPool:
                self._recover([chunk, *self._running.values()])
                return

    def _recover(self, chunks: list[Chunk]) -> None:
        """A worker died (out of memory, a crash in native code): judge what was in hand mail by mail."""
        self._running.clear()
        self._executor.shutdown(wait=False, cancel_futures=True)
        for chunk in chunks:
            rows = list(self._one_by_one(chunk))
            self._finished(chunk, pa.Table.from_batches(rows).combine_chunks().to_batches()[0])
        self._executor = self._fresh()

    def _one_by_one(self, chunk: Chunk) -> Iterator[pa.RecordBatch]:
        """A chunk's rows from one process, a new one where a mail ends it.

        That one may have ended of those before, which left too little memory. A mail is deadly when it is the first of
        a process that works, and ends that too.
        """
        executor = self._working()
        try:
            for mail in chunk.mails:
                for one in (mail, mail, mail._replace(content=b"", problem=_DEADLY)):
                    try:
                        row = self._row(executor, chunk, one)
                        break
                    except BrokenProcessPool:
                        executor = self._working()
                else:
                    raise RefusalError(_NO_PROCESS)
                yield row
        finally:
            executor.shutdown()

    def _working(self) -> ProcessPoolExecutor:
        """One process that is ready to judge. Raises RefusalError."""
        for _ in range(_STARTS):
            executor = self._fresh(1)
            try:
                self._started(executor, _ipc(raw_batch("", []))).result()
                return executor
            except BrokenProcessPool:
                executor.shutdown()  # its thread must be through with its pipes before this process may end
        raise RefusalError(_NO_PROCESS)

    def _row(self, executor: ProcessPoolExecutor, chunk: Chunk, mail: Raw) -> pa.RecordBatch:
        batch = raw_batch(self._uris[chunk.source], [mail])
        return _unpacked(self._started(executor, _ipc(batch)).result())

    def _packed(self, chunk: Chunk) -> bytes:
        return _ipc(raw_batch(self._uris[chunk.source], chunk.mails))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal. Workers that start here never hear it, and the parent does later.

    To block the signal is enough for workers, which inherit that, but not for the parent: a thread of some library
    that does not block it takes it, and the main thread would be interrupted while a worker waits for its task.
    """
    if threading.current_thread() is not threading.main_thread():  # it is never interrupted
        with _unheard_by_children():
            yield
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with _unheard_by_children():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _unheard_by_children() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ready(parent: int) -> None:
    """In a worker, once: see to it that the worker does not outlive a parent that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _judge(packed_job: bytes, batch: bytes) -> bytes:
    """In a worker: a batch of RAW to one of ROW, both as Arrow IPC."""
    (rows,) = examine([_unpacked(batch)], packed_job)
    return _ipc(rows)


def _ipc(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(packed: bytes) -> pa.RecordBatch:
    with pa.ipc.open_stream(packed) as reader:
        return reader.read_next_batch()
