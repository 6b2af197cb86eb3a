"""The first sensitive value loads Presidio, which takes seconds: done once a process, before a check needs it."""

from __future__ import annotations

from threading import Event, Thread

from checker.presidio_pack.recognizers import preload


class Warmth:
    """Whether the libraries that load late are there. Made cold; `begin` loads them in a thread of its own."""

    def __init__(self) -> None:
        self._warm = Event()

    def begin(self) -> None:
        """Start to load; returns at once."""
        Thread(target=self._load, name="warm", daemon=True).start()

    def _load(self) -> None:
        try:
            preload()
        finally:
            self._warm.set()  # a pack that fails is told by every check that needs it

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it is warm, after at most so many seconds; None: however long it takes."""
        return self._warm.wait(seconds)
