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
KEPT = 32


class Job:
    """One piece of work under way or ended."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.fraction = 0.0
        self.words = "waiting for its turn"
        self.points: Floats | None = None
        self.result: Any = None
        self.error: LatentError | None = None
        self.ended = Event()
        self.watchers: set[str] = set()  # who still waits
        self.askers: set[str] = set()  # who is to be told how it ended
        self._stop = Event()

    def report(self, fraction: float, words: str) -> None:
        """Take note of the progress; stops the work when nobody wants it any more.

        Raises
        ------
        Cancelled
            The last watcher has left.
        """
        if self._stop.is_set():
            raise CancelledError("Stopped; nothing of it was kept that is not complete.")
        self.fraction, self.words = min(max(fraction, 0.0), 1.0), words

    def show(self, points: Floats) -> None:
        """Take note of the points as they move."""
        self.points = points
        self.report(self.fraction, self.words)

    def leave(self, watcher: str) -> None:
        """One watcher no longer waits."""
        self.watchers.discard(watcher)
        if not self.watchers:
            self._stop.set()

    def run(self, work: Callable[[ProgressCallback, Callable[[Floats], None]], Any]) -> None:
        """Do the work and keep its result or the sentence it failed with."""
        try:
            self.result = work(self.report, self.show)
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

    def ask(
        self,
        key: str,
        watcher: str,
        work: Callable[[ProgressCallback, Callable[[Floats], None]], Any],
    ) -> Job:
        """The job under `key`: the one under way or finished, else a new one.

        A failed one is given to those who waited for it, until they dismiss it; for others it
        starts anew.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None or (job.error is not None and watcher not in job.askers):
                job = self._jobs[key] = Job(key)
                job.watchers.add(watcher)
                self._pool.submit(job.run, work)
                self._forget()
            job.askers.add(watcher)
            if not job.ended.is_set():
                job.watchers.add(watcher)
            return job

    def dismiss(self, job: Job, watcher: str) -> None:
        """One who waited has been told how it ended, and would start anew."""
        with self._lock:
            job.askers.discard(watcher)

    def drop(self, job: Job, watcher: str) -> None:
        """The one who asked needs it no more: it stops, and nothing of it is kept."""
        with self._lock:
            job.leave(watcher)
            if not job.watchers and self._jobs.get(job.key) is job:
                del self._jobs[job.key]

    def _forget(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.ended.is_set()]
        for key in ended[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]


@cache
def jobs() -> Jobs:
    """The one set of jobs of this process."""
    return Jobs()


@cache
def searches() -> Jobs:
    """Those for one visitor each; they never wait behind somebody's map."""
    return Jobs()
