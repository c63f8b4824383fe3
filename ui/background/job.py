"""One background computation, and the leases of the visitors who want its result.

A visitor wants a result while its page keeps asking for it: the page that draws the progress asks
twice a second, and a lease of `LEASE_S` begins with each time.  A closed tab, another page and
other parameters need not say goodbye: their lease ends, and work that nobody wants any more stops
at its next report, or never starts.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from time import monotonic
from typing import Any

from latent_core.errors import CancelledError, LatentError
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from ui.session import is_connected

LEASE_S = 5.0
"""How long a visitor wants a result after its page asked for it."""
HIDDEN_LEASE_S = 90.0
"""The same for a page that is still connected: browsers let hidden pages ask once a minute."""
STOPPED = "Stopped; incomplete results were discarded."

Work = Callable[[ProgressCallback, Callable[[Floats], None]], Any]
Clock = Callable[[], float]


class Job:
    """A computation that is queued, running or ended.

    Parameters
    ----------
    key
        Names the result.
    clock
        Gives the time in seconds.
    is_connected
        Whether the page of a visitor is connected to this server.
    """

    def __init__(
        self,
        key: str,
        clock: Clock = monotonic,
        is_connected: Callable[[str], bool] = is_connected,
    ) -> None:
        self.key = key
        self.fraction = 0.0
        self.message = "queued"
        self.points: Floats | None = None
        self.result: Any = None
        self.error: LatentError | None = None
        self.ended = Event()
        self.abandoned = False
        self.started_at: float | None = None
        self.subscribers: set[str] = set()  # visitors who have not yet seen how it ended
        self._clock, self._is_connected = clock, is_connected
        self._asked_at: dict[str, float] = {}
        self._on_page: set[str] = set()  # visitors whose page has not been drawn anew since
        self._lock = Lock()

    # ── leases ──────────────────────────────────────────────────────────────────────────────

    def renew(self, visitor: str, after_s: float = 0.0) -> None:
        """Begin a new lease of `visitor`, `after_s` seconds from now."""
        with self._lock:
            self._asked_at[visitor] = self._clock() + after_s
            self._on_page.add(visitor)

    def release(self, visitor: str) -> None:
        """End the lease of `visitor` now."""
        with self._lock:
            self._asked_at.pop(visitor, None)

    def turn_page(self, visitor: str) -> None:
        """The page of `visitor` is drawn anew, and must ask again within `LEASE_S`."""
        with self._lock:
            self._on_page.discard(visitor)

    def is_wanted(self) -> bool:
        """Whether any lease is left."""
        with self._lock:
            return any(self._has_lease(*lease) for lease in self._asked_at.items())

    def _has_lease(self, visitor: str, asked_at: float) -> bool:
        age = self._clock() - asked_at
        if age < LEASE_S:
            return True
        return age < HIDDEN_LEASE_S and visitor in self._on_page and self._is_connected(visitor)

    def wait(self, visitor: str, seconds: float) -> bool:
        """Wait for the end, at most `seconds`; says whether it has ended."""
        self.renew(visitor, seconds)
        ended = self.ended.wait(seconds)
        self.renew(visitor)
        return ended

    # ── the work ────────────────────────────────────────────────────────────────────────────

    def report(self, fraction: float, message: str) -> None:
        """Store the progress; stops the work when nobody wants it any more.

        Raises
        ------
        CancelledError
            No lease is left.
        """
        if self.abandoned or not self.is_wanted():
            self.abandoned = True
            raise CancelledError(STOPPED)
        self.fraction, self.message = min(max(fraction, 0.0), 1.0), message

    def on_iteration(self, points: Floats) -> None:
        """Store the intermediate points or codes of an iteration."""
        self.points = points
        self.report(self.fraction, self.message)

    def run(self, work: Work) -> None:
        """Do the work, if it is still wanted; store its result or the error it ended with."""
        try:
            self.report(0.0, "starting")
            self.started_at = self._clock()
            self.result = work(self.report, self.on_iteration)
        except LatentError as error:
            self.error = error
        except BaseException as error:
            self.error = LatentError(f"This failed unexpectedly ({type(error).__name__}).")
            raise
        finally:
            self.ended.set()

    def time_left(self) -> float | None:
        """Seconds until the end at the mean speed so far; None where that says little."""
        if self.started_at is None or self.fraction < 0.05:
            return None
        elapsed = self._clock() - self.started_at
        return elapsed * (1 / self.fraction - 1) if elapsed >= 2 else None
