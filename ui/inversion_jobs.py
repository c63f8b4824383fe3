"""Codes that are searched for, for one visitor: remembered in that session and nowhere else."""

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
from ui.jobs import Job, searches
from ui.spaces import Space

KEPT = 512
"""Codes that a session remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a search has come to.

    Parameters
    ----------
    codes
        ``(N, D)``.
    whole
        Whether it went to its end; else these are the best so far.
    """

    codes: Floats
    whole: bool


def seek(
    space: Space, images: Floats, search: InversionConfig, first: Floats | None = None
) -> Sought | Job:
    """The codes of a visitor's pictures ``(N, C, H, W)``, or the job that is finding them.

    A visitor has one search at a time: to ask for another cancels the one before.

    Raises
    ------
    LatentError
        It was stopped before anything was found, or failed.
    """
    starts: list[Floats | None] = [None] * len(images) if first is None else list(first)
    keys = [
        inversion_key(space.model.card, image, search, start)
        for image, start in zip(images, starts, strict=True)
    ]
    known: dict[str, Floats] = session.recall("codes found", {})
    new = [i for i, key in enumerate(keys) if key not in known]
    stopped = None
    if new:
        ended = _ended(space, images[new], search, None if first is None else first[new])
        if isinstance(ended, Job):
            return ended
        found = dict(zip((keys[i] for i in new), ended.codes, strict=True))
        if ended.whole:
            kept = known | found
            session.remember("codes found", dict(list(kept.items())[-max(KEPT, len(found)) :]))
        known, stopped = known | found, not ended.whole
    return Sought(codes=np.stack([known[key] for key in keys]), whole=not stopped)


def _ended(
    space: Space, images: Floats, search: InversionConfig, first: Floats | None
) -> Sought | Job:
    """What has come of this search, which is started now if it never was."""

    def work(report: ProgressCallback, show: Callable[[Floats], None]) -> Floats:
        report(0.0, "searching")
        model = space.model
        return invert(
            model, images, search, initial_codes=first, progress=report, callback=show
        ).codes

    visitor = session.visitor()
    card = space.model.card
    name = content_key("search", of=inversion_key(card, images, search, first))
    key = f"{visitor} {name}"
    before: Job | None = session.recall("search")
    if before is not None and before.key != key:
        stop_searching()
    job = searches().ask(key, visitor, work)
    session.remember("search", job)
    if not job.ended.wait(spaces.PATIENCE_S):
        return job
    stop_searching()
    if job.error is None:
        return Sought(codes=cast(Floats, job.result), whole=True)
    if isinstance(job.error, CancelledError) and job.points is not None:
        return Sought(codes=job.points, whole=False)
    raise job.error


def stop_searching() -> None:
    """Cancel the visitor's search, if one is under way, and forget it."""
    job: Job | None = session.recall("search")
    if job is not None:
        searches().drop(job, session.visitor())
    session.forget("search")
