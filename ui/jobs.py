"""Background jobs: one per key, shared by all visitors who want its result.

A visitor wants a result while its page keeps asking for it: the page that draws the progress asks
twice a second, and a lease of `LEASE_S` begins with each time.  A closed tab, another page and
other parameters need not say goodbye: their lease ends, and work that nobody wants any more stops
at its next report, or never starts.

Results of `jobs` and `map_jobs` are the same for everyone, under the key of the result.  Results
made of a visitor's own images are computed in `private_jobs`, under a key that begins with the
visitor's secret name, and are discarded once that visitor has them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import ceil
from threading import Event, Lock
from time import monotonic
from typing import Any

from latent_core.errors import CancelledError, LatentError
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from ui.map_processes import process_count
from ui.session import is_connected

WORKERS = 4
MAP_WORKERS = 2
MAX_KEPT_JOBS = 32
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


class Jobs:
    """Jobs with threads of their own.

    Parameters
    ----------
    workers
        Number of jobs that run at the same time.
    one_per_visitor
        Whether asking for another job ends the lease on the one before.
    clock, is_connected
        As for `Job`.
    """

    def __init__(
        self,
        workers: int = WORKERS,
        *,
        one_per_visitor: bool = False,
        clock: Clock = monotonic,
        is_connected: Callable[[str], bool] = is_connected,
    ) -> None:
        self._jobs: dict[str, Job] = {}  # in the order in which they were submitted
        self._stopped: dict[tuple[str, str], Job] = {}  # by visitor and key
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="job")
        self._one_per_visitor = one_per_visitor
        self._clock, self._is_connected = clock, is_connected

    def submit(
        self, key: str, visitor: str, work: Work, find: Callable[[], Any] | None = None
    ) -> Job:
        """The job under `key`: the existing one, else a new one.

        A failed job is returned to the visitors who waited for it until they dismiss it; for
        other visitors a new job starts.

        Parameters
        ----------
        find
            Gives a result that needs no work, or None; such a result waits for no other job.
        """
        if (job := self._existing(key, visitor)) is None:
            found = None if find is None else find()
            with self._lock:
                job = self._existing_unlocked(key, visitor) or self._start(
                    key, visitor, work, found
                )
        return job

    def _start(self, key: str, visitor: str, work: Work, found: Any) -> Job:
        self._jobs.pop(key, None)  # the new one is the last in the order
        job = self._jobs[key] = Job(key, self._clock, self._is_connected)
        self._add(job, visitor)
        if found is None:
            self._pool.submit(job.run, work)
        else:
            job.result = found
            job.ended.set()
        self._remove_ended()
        return job

    def _existing(self, key: str, visitor: str) -> Job | None:
        with self._lock:
            return self._existing_unlocked(key, visitor)

    def _existing_unlocked(self, key: str, visitor: str) -> Job | None:
        if stopped := self._stopped.get((visitor, key)):
            return stopped
        job = self._jobs.get(key)
        if job is None or job.abandoned or (job.error and visitor not in job.subscribers):
            return None
        self._add(job, visitor)
        return job

    def _add(self, job: Job, visitor: str) -> None:
        job.subscribers.add(visitor)
        job.renew(visitor)
        if self._one_per_visitor:
            for other in self._jobs.values():
                if other is not job:
                    other.release(visitor)

    def stop(self, job: Job, visitor: str) -> None:
        """End the wait of `visitor` at once; without other visitors, the work ends too.

        Until it is dismissed, `submit` gives this visitor a job that ended with a
        `CancelledError` and has the intermediate points.
        """
        stopped = Job(job.key, self._clock, self._is_connected)
        stopped.points, stopped.error = job.points, CancelledError(STOPPED)
        stopped.ended.set()
        self.discard(job, visitor)
        with self._lock:
            self._stopped[visitor, job.key] = stopped
            for left in list(self._stopped)[:-MAX_KEPT_JOBS]:
                del self._stopped[left]

    def dismiss(self, job: Job, visitor: str) -> None:
        """Forget that `visitor` waited: the next `submit` restarts a failed job."""
        with self._lock:
            job.subscribers.discard(visitor)
            self._stopped.pop((visitor, job.key), None)

    def discard(self, job: Job, visitor: str) -> None:
        """End the lease of `visitor`, and remove the job when no other visitor wants it."""
        self.dismiss(job, visitor)
        with self._lock:
            job.release(visitor)
            if not job.is_wanted():
                job.abandoned = True
                if self._jobs.get(job.key) is job:
                    del self._jobs[job.key]

    def turn_page(self, visitor: str) -> None:
        """The page of `visitor` is drawn anew, and must ask again for what it wants."""
        with self._lock:
            for job in self._jobs.values():
                job.turn_page(visitor)

    def progress_text(self, job: Job) -> str:
        """What the job does and how long it may still take, or how many are before it."""
        if job.started_at is None:
            ahead = self._count_ahead(job)
            are = "computation is" if ahead == 1 else "computations are"
            return f"queued: {ahead} {are} before this one" if ahead else "queued"
        left = job.time_left()
        return job.message if left is None else f"{job.message} · {format_duration(left)} left"

    def _count_ahead(self, job: Job) -> int:
        with self._lock:
            unended = [other for other in self._jobs.values() if not other.ended.is_set()]
        before = unended[: unended.index(job)] if job in unended else []
        return sum(other.is_wanted() for other in before)

    def _remove_ended(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.ended.is_set()]
        for key in ended[: max(0, len(self._jobs) - MAX_KEPT_JOBS)]:
            del self._jobs[key]


def format_duration(seconds: float) -> str:
    """A duration that is only roughly known, such as ``about 40 s`` or ``about 3 min``."""
    if seconds < 60:
        return f"about {5 * max(1, ceil(seconds / 5))} s"
    return f"about {round(seconds / 60)} min"


@cache
def jobs() -> Jobs:
    """The jobs whose results all visitors share, and which take seconds."""
    return Jobs()


@cache
def map_jobs() -> Jobs:
    """The projections, which may take minutes: no other job waits for them."""
    return Jobs(process_count() or MAP_WORKERS, one_per_visitor=True)


@cache
def private_jobs() -> Jobs:
    """The jobs of single visitors; they have their own threads, so no shared job delays them."""
    return Jobs(MAP_WORKERS)


@cache
def export_jobs() -> Jobs:
    """The files that visitors download: one at a time, and one per visitor in the queue."""
    return Jobs(1, one_per_visitor=True)


def turn_page(visitor: str) -> None:
    """The page of `visitor` is drawn anew, and must ask again for what it wants."""
    for each in (jobs(), map_jobs(), private_jobs()):
        each.turn_page(visitor)
