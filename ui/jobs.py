"""Background jobs: one per key, shared by all visitors who wait, canceled when none is left.

Results of `jobs` are the same for everyone, under the key of the result.  Results made of a
visitor's own images are computed in `private_jobs`, under a key that begins with the visitor's
secret name, and are discarded once that visitor has them.
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
    """A computation that is queued, running or ended."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.fraction = 0.0
        self.message = "queued: another computation is running"
        self.points: Floats | None = None
        self.result: Any = None
        self.error: LatentError | None = None
        self.ended = Event()
        self.waiters: set[str] = set()  # visitors who still wait for the result
        self.subscribers: set[str] = set()  # visitors who have not yet seen how it ended
        self._stop = Event()

    def report(self, fraction: float, message: str) -> None:
        """Store the progress; stops the work when no visitor waits for it.

        Raises
        ------
        CancelledError
            The last waiting visitor has unsubscribed.
        """
        if self._stop.is_set():
            raise CancelledError("Stopped; incomplete results were discarded.")
        self.fraction, self.message = min(max(fraction, 0.0), 1.0), message

    def on_iteration(self, points: Floats) -> None:
        """Store the intermediate points or codes of an iteration."""
        self.points = points
        self.report(self.fraction, self.message)

    def unsubscribe(self, visitor: str) -> None:
        """Stop waiting; the job is canceled when no visitor waits for it."""
        self.waiters.discard(visitor)
        if not self.waiters:
            self._stop.set()

    def run(self, work: Callable[[ProgressCallback, Callable[[Floats], None]], Any]) -> None:
        """Do the work; store its result or the error it ended with."""
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
        """The job under `key`: the existing one, else a new one.

        A failed job is returned to the visitors who waited for it until they dismiss it; for
        other visitors a new job starts.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None or (job.error is not None and visitor not in job.subscribers):
                job = self._jobs[key] = Job(key)
                job.waiters.add(visitor)
                self._pool.submit(job.run, work)
                self._remove_ended()
            job.subscribers.add(visitor)
            if not job.ended.is_set():
                job.waiters.add(visitor)
            return job

    def dismiss(self, job: Job, visitor: str) -> None:
        """Forget that `visitor` waited: the next `submit` restarts a failed job."""
        with self._lock:
            job.subscribers.discard(visitor)

    def discard(self, job: Job, visitor: str) -> None:
        """Unsubscribe `visitor`, and remove the job when no other visitor waits for it."""
        with self._lock:
            job.unsubscribe(visitor)
            if not job.waiters and self._jobs.get(job.key) is job:
                del self._jobs[job.key]

    def _remove_ended(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.ended.is_set()]
        for key in ended[: max(0, len(self._jobs) - MAX_KEPT_JOBS)]:
            del self._jobs[key]


@cache
def jobs() -> Jobs:
    """The jobs whose results all visitors share."""
    return Jobs()


@cache
def private_jobs() -> Jobs:
    """The jobs of single visitors; they have their own threads, so no shared job delays them."""
    return Jobs()
