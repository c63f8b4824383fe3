"""Background jobs: one per key, shared by all visitors who want its result; see `Job`.

Results of `jobs` and `map_jobs` are the same for everyone, under the key of the result.  Results
made of a visitor's own images are computed in `private_jobs`, under a key that begins with the
visitor's secret name, and are discarded once that visitor has them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import ceil
from threading import Lock
from time import monotonic
from typing import Any

from latent_core.errors import CancelledError
from ui.background.job import STOPPED, Clock, Job, Work
from ui.background.map_processes import process_count
from ui.session import is_connected

WORKERS = 4
MAP_WORKERS = 2
MAX_KEPT_JOBS = 32


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
