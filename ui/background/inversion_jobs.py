"""GAN inversion of a visitor's images; the codes are stored in that session and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np

from latent_core.cache.keys import content_key
from latent_core.errors import CancelledError
from latent_core.models.inversion import InversionConfig, invert
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from latent_core.workspace import inversion_key
from ui import session, spaces
from ui.background.job import Job
from ui.background.jobs import private_jobs
from ui.spaces import Space

MAX_KEPT_CODES = 512
"""Codes that a session stores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InversionOutcome:
    """The codes that an inversion found.

    Parameters
    ----------
    codes
        ``(N, D)``.
    completed
        Whether all steps were done; else these are the best codes so far.
    """

    codes: Floats
    completed: bool


def find_codes(
    space: Space, images: Floats, config: InversionConfig, initial_codes: Floats | None = None
) -> InversionOutcome | Job:
    """The codes of a visitor's images ``(N, C, H, W)``, or the job that is finding them.

    A visitor has one inversion at a time: starting another cancels the previous one.

    Raises
    ------
    LatentError
        It was stopped before any code was found, or failed.
    """
    starts: list[Floats | None] = [None] * len(images)
    if initial_codes is not None:
        starts = list(initial_codes)
    keys = [
        inversion_key(space.model.card, image, config, start)
        for image, start in zip(images, starts, strict=True)
    ]
    codes: dict[str, Floats] = session.recall("inversion.codes", {})
    new = [i for i, key in enumerate(keys) if key not in codes]
    completed = True
    if new:
        first = None if initial_codes is None else initial_codes[new]
        outcome = _run(space, images[new], config, first)
        if isinstance(outcome, Job):
            return outcome
        found = dict(zip((keys[i] for i in new), outcome.codes, strict=True))
        codes, completed = codes | found, outcome.completed
        if completed:
            kept = list(codes.items())[-max(MAX_KEPT_CODES, len(found)) :]
            session.remember("inversion.codes", dict(kept))
    return InversionOutcome(codes=np.stack([codes[key] for key in keys]), completed=completed)


def _run(
    space: Space, images: Floats, config: InversionConfig, initial_codes: Floats | None
) -> InversionOutcome | Job:
    """The outcome of this inversion, which is started now if it never was; else its job."""

    def work(report: ProgressCallback, show: Callable[[Floats], None]) -> Floats:
        report(0.0, "optimizing the code")
        return invert(
            space.model,
            images,
            config,
            initial_codes=initial_codes,
            progress=report,
            callback=show,
        ).codes

    visitor = session.visitor()
    card = space.model.card
    name = content_key("search", of=inversion_key(card, images, config, initial_codes))
    key = f"{visitor} {name}"
    previous: Job | None = session.recall("inversion.job")
    if previous is not None and previous.key != key:
        stop_inversion()
    job = private_jobs().submit(key, visitor, work)
    session.remember("inversion.job", job)
    if not job.wait(visitor, spaces.PATIENCE_S):
        return job
    stop_inversion()
    if job.error is None:
        return InversionOutcome(codes=cast(Floats, job.result), completed=True)
    if isinstance(job.error, CancelledError) and job.points is not None:
        return InversionOutcome(codes=job.points, completed=False)
    raise job.error


def stop_inversion() -> None:
    """Cancel the visitor's inversion, if there is one."""
    job: Job | None = session.recall("inversion.job")
    if job is not None:
        private_jobs().discard(job, session.visitor())
    session.forget("inversion.job")
