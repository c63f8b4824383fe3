"""Work on a visitor's own files, whose result nobody else gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from latent_core.errors import LatentError
from latent_core.progress import ProgressCallback
from ui import session, spaces
from ui.background.jobs import private_jobs


def private_result(name: str, key: str, work: Callable[[ProgressCallback], Any]) -> Any:
    """The result of `work`, remembered under `name`; None while its progress is drawn.

    Raises
    ------
    LatentError
        What `work` raised, again at each call with this key.
    """
    kept = session.recall(name)
    if kept is None or kept[0] != key:
        visitor = session.visitor()
        job_key = f"{visitor} {name} {key}"
        job = private_jobs().submit(job_key, visitor, lambda report, _show: work(report))
        if not job.wait(visitor, spaces.PATIENCE_S):
            spaces.draw_progress(job, private_jobs())
            return None
        private_jobs().discard(job, visitor)
        kept = (key, job.result if job.error is None else job.error)
        session.remember(name, kept)
    if isinstance(kept[1], LatentError):
        raise kept[1]
    return kept[1]
