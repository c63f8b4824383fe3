"""Long work off the page: started once for all who ask, watched by each, cancelled by the last.

What runs among `jobs` gives the same for everyone, under the key of that result.  What is made
of a visitor's own pictures runs among `searches`, under a key that begins with the visitor's
secret name, and is dropped once that visitor has it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Event, Lock
from typing import Any

from latent_core.errors import CancelledError, LatentError
from latent_core.progress import ProgressCallback
from latent_core.types import Floats

WORKERS = 2
MAX_KEPT_JOBS = 32


class Job:
    """One piece of work under way or ended."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.fraction = 0.0
        self.message = "waiting for its turn"
        self.points: Floats | None = None
        self.result: Any = None
        self.error: LatentError | None = None
        self.ended = Event()
        self.waiters: set[str] = set()  # who still waits
        self.subscribers: set[str] = set()  # who is to be told how it ended
        self._stop = Event()

    def report(self, fraction: float, message: str) -> None:
        """Take note of the progress; stops the work when nobody wants it any more.

        Raises
        ------
        Cancelled
            The last watcher has left.
        """
        if self._stop.is_set():
            raise CancelledError("Stopped; nothing of it was kept that is not complete.")
        self.fraction, self.message = min(max(fraction, 0.0), 1.0), message

    def on_iteration(self, points: Floats) -> None:
        """Take note of the points as they move."""
        self.points = points
        self.report(self.fraction, self.message)

    def unsubscribe(self, visitor: str) -> None:
        """One watcher no longer waits."""
        self.waiters.discard(visitor)
        if not self.waiters:
            self._stop.set()

    def run(self, work: Callable[[ProgressCallback, Callable[[Floats], None]], Any]) -> None:
        """Do the work and keep its result or the sentence it failed with."""
        try:
            self.result = work(self.report, self.on_iteration)
        except LatentError as error:
            self.error = error
        except BaseException as error:
            self.error = LatentError(f"This failed unexpectedly ({type(error).__name__}).")
            raise
        finally:
            self.ended.set()


class Jobs:
    """The jobs of this server."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="job")

    def submit(
        self,
        key: str,
        visitor: str,
        work: Callable[[ProgressCallback, Callable[[Floats], None]], Any],
    ) -> Job:
        """The job under `key`: the one under way or finished, else a new one.

        A failed one is given to those who waited for it, until they dismiss it; for others it
        starts anew.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None or (job.error is not None and visitor not in job.subscribers):
                job = self._jobs[key] = Job(key)
                job.waiters.add(visitor)
                self._pool.submit(job.run, work)
                self._forget()
            job.subscribers.add(visitor)
            if not job.ended.is_set():
                job.waiters.add(visitor)
            return job

    def dismiss(self, job: Job, visitor: str) -> None:
        """One who waited has been told how it ended, and would start anew."""
        with self._lock:
            job.subscribers.discard(visitor)

    def discard(self, job: Job, visitor: str) -> None:
        """The one who asked needs it no more: it stops, and nothing of it is kept."""
        with self._lock:
            job.unsubscribe(visitor)
            if not job.waiters and self._jobs.get(job.key) is job:
                del self._jobs[job.key]

    def _forget(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.ended.is_set()]
        for key in ended[: max(0, len(self._jobs) - MAX_KEPT_JOBS)]:
            del self._jobs[key]


@cache
def jobs() -> Jobs:
    """The one set of jobs of this process."""
    return Jobs()


@cache
def private_jobs() -> Jobs:
    """Those for one visitor each; they never wait behind somebody's map."""
    return Jobs()
