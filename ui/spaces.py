"""The latent space of a page: model, data set, encodings, errors and projections.

Long computations run as jobs; the page shows their progress.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import streamlit as st

import latent_core as lc
from latent_core import workspace
from latent_core.errors import CancelledError
from latent_core.models.inversion import InversionConfig, invert
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback
from latent_core.projection import Projection, ProjectionMethod
from latent_core.types import Dataset, Encodings, Floats
from ui import session
from ui.jobs import Job, jobs

T = TypeVar("T")
PATIENCE_S = 0.4
"""How long a page blocks before it shows a progress bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One data set encoded by one model.

    Parameters
    ----------
    errors
        ``(N,)`` mean squared error per pixel of each reconstruction; None without a decoder.
    self_inversion_errors
        ``(M,)`` inversion errors of the model's own samples; only for a model without an encoder.
    """

    model: LatentModel
    data: Dataset
    encodings: Encodings
    errors: Floats | None
    self_inversion_errors: Floats | None = None


def open_space(model_id: str, dataset_id: str) -> Space:
    """The space; encoded first if needed, while the page shows the progress.

    Raises
    ------
    LatentError
        The model or data set cannot be used.
    """
    card = lc.load_card(model_id)
    key = f"space {card.weights_sha256} {model_id} {dataset_id}"
    return wait_for(key, lambda report, _show: compute_space(model_id, dataset_id, report))


def compute_space(model_id: str, dataset_id: str, report: ProgressCallback) -> Space:
    """Load and encode; uses no Streamlit."""
    report(0.0, "loading the model")
    model, data = lc.load_model(model_id), lc.load_dataset(dataset_id)
    _ = data.factors  # read now: errors in them are shown before the page is drawn
    encodings = lc.encode(model, data, progress=report)
    errors = None
    if model.card.decodes:
        errors = lc.reconstruction_errors(model, data, encodings, progress=report)
    own = None
    if model.card.needs_inversion:
        own = workspace.self_inversion_errors(model, progress=report)
        report(1.0, "preparing the inversion")
        invert(model, data.images(slice(1)), InversionConfig(n_starts=1, n_steps=1))
    return Space(
        model=model, data=data, encodings=encodings, errors=errors, self_inversion_errors=own
    )


def projection_job(space: Space, method: ProjectionMethod) -> Job:
    """The job that computes (or has computed) a projection, after a wait of `PATIENCE_S`."""

    def work(report: ProgressCallback, show: Callable[[Floats], None]) -> Projection:
        projection: Projection = lc.project(space.encodings, method, progress=report, callback=show)
        return projection

    job = jobs().submit(workspace.projection_key(space.encodings, method), session.visitor(), work)
    job.ended.wait(PATIENCE_S)
    return job


def wait_for(key: str, work: Callable[[ProgressCallback, Callable[[Floats], None]], T]) -> T:
    """The result of `work`; until it is there, draws the progress and stops the page."""
    job = jobs().submit(key, session.visitor(), work)
    if not job.ended.wait(PATIENCE_S):
        draw_progress(job)
        st.stop()
    if job.error is not None:
        jobs().dismiss(job, session.visitor())
        raise job.error
    return cast(T, job.result)


@st.fragment(run_every=0.5)
def draw_progress(job: Job) -> None:
    """Draw the progress of `job` and a stop button; reruns the page when the job ends."""
    if job.ended.is_set():
        st.rerun()
    bar, stop = st.columns([5, 1], vertical_alignment="center")
    bar.progress(job.fraction, text=job.message)
    if stop.button("Stop", key=f"wait.stop.{job.key[-8:]}", width="stretch"):
        job.unsubscribe(session.visitor())


def was_stopped(job: Job) -> bool:
    """Whether the job ended because the visitor stopped it."""
    return isinstance(job.error, CancelledError)
