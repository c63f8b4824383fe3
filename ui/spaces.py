"""The latent space on the page: model, data, codes, errors and maps, waited for where needed."""

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
"""How long a page waits before it shows that it waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One data set under one model.

    Parameters
    ----------
    errors
        ``(N,)`` mean squared error per pixel of each reconstruction; None without a decoder.
    own_errors
        Of a model without an encoder, ``(M,)`` what a search leaves of its own samples.
    """

    model: LatentModel
    data: Dataset
    encodings: Encodings
    errors: Floats | None
    own_errors: Floats | None = None


def open_space(model_id: str, dataset_id: str) -> Space:
    """The space, encoded now if it never was; the page waits visibly meanwhile.

    Raises
    ------
    LatentError
        The model or data set cannot be used.
    """
    card = lc.load_card(model_id)
    key = f"space {card.weights_sha256} {model_id} {dataset_id}"
    return wait_for(key, lambda report, show: compute_space(model_id, dataset_id, report))


def compute_space(model_id: str, dataset_id: str, report: ProgressCallback) -> Space:
    """Load and encode, without a page."""
    report(0.0, "loading the model")
    model, data = lc.load_model(model_id), lc.load_dataset(dataset_id)
    _ = data.factors  # read now, so that what is wrong with them is told before the page is drawn
    encodings = lc.encode(model, data, progress=report)
    errors = None
    if model.card.decodes:
        errors = lc.reconstruction_errors(model, data, encodings, progress=report)
    own = None
    if model.card.searches:
        own = workspace.self_inversion_errors(model, progress=report)
        report(1.0, "getting ready to search")
        invert(model, data.pixels(slice(1)), InversionConfig(n_starts=1, n_steps=1))
    return Space(model=model, data=data, encodings=encodings, errors=errors, own_errors=own)


def map_job(space: Space, spec: ProjectionMethod) -> Job:
    """The job that makes (or has made) a map; a moment is waited for it."""

    def work(report: ProgressCallback, show: Callable[[Floats], None]) -> Projection:
        made: Projection = lc.project(space.encodings, spec, progress=report, watch=show)
        return made

    job = jobs().ask(workspace.projection_key(space.encodings, spec), session.visitor(), work)
    job.ended.wait(PATIENCE_S)
    return job


def wait_for(key: str, work: Callable[[ProgressCallback, Callable[[Floats], None]], T]) -> T:
    """The result of `work`; draws the wait and stops the page until it is there."""
    job = jobs().ask(key, session.visitor(), work)
    if not job.ended.wait(PATIENCE_S):
        draw_wait(job)
        st.stop()
    if job.error is not None:
        jobs().dismiss(job, session.visitor())
        raise job.error
    return cast(T, job.result)


@st.fragment(run_every=0.5)
def draw_wait(job: Job) -> None:
    """Progress of `job` and a way to stop it; the page is drawn anew when it ends."""
    if job.ended.is_set():
        st.rerun()
    bar, stop = st.columns([5, 1], vertical_alignment="center")
    bar.progress(job.fraction, text=job.words)
    if stop.button("Stop", key=f"wait.stop.{job.key[-8:]}", width="stretch"):
        job.leave(session.visitor())


def was_stopped(job: Job) -> bool:
    """Whether the visitor stopped it (and not a defect or bad input)."""
    return isinstance(job.error, CancelledError)
