"""What a morph needs and may still be computed: map, graph of the data's neighbours, genes."""

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
from ui.jobs import Job, jobs
from ui.spaces import Space, draw_wait, map_job

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Generic[T]):
    """A job, and what it had come to when it was asked: the whole run goes by that.

    Parameters
    ----------
    job
        Under way or ended.
    result
        What it has made, or None.
    """

    job: Job
    result: T | None

    @property
    def why(self) -> str:
        """Why there is no result, or nothing."""
        if self.result is not None:
            return ""
        return "being computed" if self.job.error is None else str(self.job.error)


def ask_map(space: Space) -> Asked[Projection]:
    """The flat map that was last looked at, else t-SNE."""
    spec = session.recall("shown.spec", TSNE(n_components=2))
    job = map_job(space, spec if spec.n_components == 2 else TSNE(n_components=2))
    return Asked(job=job, result=job.result)


def ask_graph(space: Space) -> Asked[NeighborGraph]:
    """Which codes of the data are neighbours."""
    name = f"graph {space.encodings.fingerprint}"
    return _ask(name, lambda report: build_neighbor_graph(space.encodings.mean, progress=report))


def ask_genes(space: Space) -> Asked[DimensionGroups]:
    """Which dimensions change the same part of a picture."""
    name = f"genes {space.model.card.weights_sha256} {space.encodings.fingerprint}"
    return _ask(
        name, lambda report: group_dimensions(space.model.decode, space.encodings, progress=report)
    )


def _ask(name: str, make: Callable[[ProgressCallback], T]) -> Asked[T]:
    """The job that makes what is the same for everyone under `name`; a moment is waited for it."""

    def work(report: ProgressCallback, _show: Callable[[Floats], None]) -> T:
        return make(report)

    job = jobs().ask(name, session.visitor(), work)
    job.ended.wait(spaces.PATIENCE_S)
    return Asked(job=job, result=job.result)


def draw_waiting(asked: Asked[T], what: str) -> None:
    """How far it is, and a way to stop it; or why it ended without a result, and a way to go on."""
    if asked.result is not None:
        return
    st.caption(f"{what}: {asked.why}")
    if asked.job.error is None:
        draw_wait(asked.job)
    elif st.button("Compute it", key=f"morph.again.{asked.job.key[-8:]}"):
        jobs().dismiss(asked.job, session.visitor())
        st.rerun()
