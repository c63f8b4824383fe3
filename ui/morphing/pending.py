"""Results that may still be computed: the map, the kNN graph, the dimension groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from latent_core.analysis.dimension_groups import DimensionGroups, group_dimensions
from latent_core.interpolation import NeighborGraph, build_neighbor_graph
from latent_core.progress import ProgressCallback
from latent_core.projection import TSNE, Projection
from latent_core.types import Floats
from ui import session, spaces
from ui.background.job import Job
from ui.background.jobs import Jobs, jobs, map_jobs
from ui.spaces import Space, draw_progress, projection_job
from ui.wording.text import escape_markdown

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingResult(Generic[T]):
    """A job and its result when the run began; the whole run uses that.

    Parameters
    ----------
    job, of
        Running or ended, and the jobs that it is one of.
    result
        Its result, or None.
    """

    job: Job
    of: Jobs
    result: T | None

    @property
    def reason(self) -> str:
        """Why there is no result; "" if there is one."""
        if self.result is not None:
            return ""
        return "being computed" if self.job.error is None else str(self.job.error)


def pending_map(space: Space) -> PendingResult[Projection]:
    """The 2D map that was shown last, else t-SNE."""
    method = session.recall("map.method", TSNE(n_components=2))
    job = projection_job(space, method if method.n_components == 2 else TSNE(n_components=2))
    return PendingResult(job=job, of=map_jobs(), result=job.result)


def pending_graph(space: Space) -> PendingResult[NeighborGraph]:
    """The kNN graph of the data's codes."""
    name = f"graph {space.encodings.fingerprint}"
    return _ask(name, lambda report: build_neighbor_graph(space.encodings.mean, progress=report))


def pending_groups(space: Space) -> PendingResult[DimensionGroups]:
    """Groups of dimensions that change the same part of the image."""
    name = f"dimension groups {space.model.card.weights_sha256} {space.encodings.fingerprint}"
    return _ask(
        name, lambda report: group_dimensions(space.model.decode, space.encodings, progress=report)
    )


def _ask(name: str, make: Callable[[ProgressCallback], T]) -> PendingResult[T]:
    """The shared job `name` and its result, after a wait of `PATIENCE_S`."""

    def work(report: ProgressCallback, _show: Callable[[Floats], None]) -> T:
        return make(report)

    visitor = session.visitor()
    job = jobs().submit(name, visitor, work)
    job.wait(visitor, spaces.PATIENCE_S)
    return PendingResult(job=job, of=jobs(), result=job.result)


def draw_pending(pending: PendingResult[T], what: str) -> None:
    """Draw the progress and a stop button; or why there is no result, and a button to retry."""
    if pending.result is not None:
        return
    st.caption(escape_markdown(f"{what}: {pending.reason}"))
    if pending.job.error is None:
        draw_progress(pending.job, pending.of)
    elif st.button("Compute it", key=f"morph.retry.{pending.job.key[-8:]}"):
        pending.of.dismiss(pending.job, session.visitor())
        st.rerun()
