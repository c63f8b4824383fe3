"""When the server is quiet: whether scripts run, and whether libraries are still to be imported.

While a library is imported no other thread can import (`ui.startup.import_lock`), and both share
the interpreter.  So what a page can be drawn without waits for a quiet moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event
from time import monotonic

QUIET_S = 1.0
"""How long no script has run before the next library is imported: a browser draws meanwhile."""
NO_VISITOR_S = 6.0
"""The same before the first visitor, whose browser usually opens as the server starts."""
MAX_WAIT_S = 15.0
"""After which a library is imported although the server is never quiet."""


class Activity:
    """The script runs of all visitors: whether one is under way, and when the last one was.

    ``libraries_ready`` is set unless a warm-up is about to import what most work needs.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._changed = Condition()
        self._running = 0
        self._quiet_from = clock() + NO_VISITOR_S
        self.libraries_ready = Event()
        self.libraries_ready.set()

    @contextmanager
    def script_run(self) -> Iterator[None]:
        """A script run, inside the block."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._running += change
            self._quiet_from = self._clock() + QUIET_S
            self._changed.notify_all()

    def remaining_s(self) -> float:
        """Seconds until the server is quiet; infinite while a script runs, 0 or less when it is."""
        return float("inf") if self._running else self._quiet_from - self._clock()

    def wait_until_quiet(self) -> None:
        """Return when the server is quiet, or after `MAX_WAIT_S`."""
        end = self._clock() + MAX_WAIT_S
        with self._changed:
            while (remaining := min(self.remaining_s(), end - self._clock())) > 0:
                self._changed.wait(remaining)


activity = Activity()
