"""The latent space of a page: model, data set, encodings, errors and projections.

Long computations run as jobs; the page shows their progress.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, cast

import streamlit as st

import latent_core as lc
from latent_core import workspace
from latent_core.cache.keys import content_key
from latent_core.errors import CancelledError
from latent_core.models.deferred import open_model
from latent_core.models.inversion import InversionConfig, invert
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection import LatentAxes, Projection, ProjectionMethod
from latent_core.types import Dataset, Encodings, Floats
from ui import session
from ui.background import map_processes
from ui.background.job import Job
from ui.background.jobs import Jobs, jobs, map_jobs
from ui.startup.activity import MAX_WAIT_S, activity
from ui.startup.import_lock import load_what_scipy_reads
from ui.wording.text import escape_markdown

T = TypeVar("T")
PATIENCE_S = 0.4
"""How long a page blocks before it shows a progress bar."""
ENCODED, ENCODED_BY_INVERSION = (0.6, 1.0), (0.9, 0.93)
"""The progress of opening a space when the data is encoded, and when it is decoded as well."""
READY_S = 0.05
"""How long a page waits for what it can be drawn without."""


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
    card, data = lc.load_card(model_id), lc.load_dataset(dataset_id)
    about = json.dumps(data.card, sort_keys=True)  # its fingerprint is that of the other files
    parts = {"weights": card.weights_sha256, "data": data.fingerprint, "about": about}
    key = content_key("space", model=model_id, dataset=dataset_id, **parts)
    return wait_for(
        key, lambda report, _show: compute_space(model_id, dataset_id, report), fits=False
    )


def compute_space(model_id: str, dataset_id: str, report: ProgressCallback) -> Space:
    """Load and encode; uses no Streamlit."""
    report(0.0, "loading the model")
    model, data = open_model(model_id), lc.load_dataset(dataset_id)
    _ = data.factors  # read now: errors in them are shown before the page is drawn
    encoded, decoded = ENCODED_BY_INVERSION if model.card.needs_inversion else ENCODED
    encodings = lc.encode(model, data, progress=subprogress(report, 0, encoded))
    errors = None
    if model.card.decodes:
        part = subprogress(report, encoded, decoded)
        errors = lc.reconstruction_errors(model, data, encodings, progress=part)
    own = None
    if model.card.needs_inversion:
        own = workspace.self_inversion_errors(model, progress=subprogress(report, decoded, 1))
        report(1.0, "preparing the inversion")
        invert(model, data.images(slice(1)), InversionConfig(n_starts=1, n_steps=1))
    return Space(
        model=model, data=data, encodings=encodings, errors=errors, self_inversion_errors=own
    )


def projection_job(space: Space, method: ProjectionMethod) -> Job:
    """The job that computes (or has computed) a projection, after a wait of `PATIENCE_S`."""

    def work(report: ProgressCallback, show: Callable[[Floats], None]) -> Projection:
        if map_processes.process_count():
            return map_processes.project(space.encodings, method, report, show)
        return workspace.project(
            space.encodings, method, progress=report, callback=show, measure=False
        )

    visitor = session.visitor()
    key = workspace.projection_key(space.encodings, method)
    find: Callable[[], Projection | None] = partial(
        workspace.find_projection, space.encodings, method
    )
    if isinstance(method, LatentAxes):  # nothing to compute
        find = partial(workspace.project, space.encodings, method, measure=False)
    job = map_jobs().submit(key, visitor, work, find)
    job.wait(visitor, PATIENCE_S)
    return job


def quality_job(projection: Projection) -> Job:
    """The job whose result is `projection` with its trustworthiness; the map is drawn before."""

    def work(report: ProgressCallback, _show: Callable[[Floats], None]) -> Projection:
        load_what_scipy_reads()
        return workspace.measure_quality(projection, progress=report)

    visitor = session.visitor()
    job = jobs().submit(workspace.quality_key(projection), visitor, work)
    job.wait(visitor, READY_S)
    return job


def wait_for(
    key: str,
    work: Callable[[ProgressCallback, Callable[[Floats], None]], T],
    *,
    fits: bool = True,
) -> T:
    """The result of `work`; until it is there, draws the progress and stops the page.

    Parameters
    ----------
    fits
        Whether the work may fit something with SciPy; then it begins when that is possible.
    """

    def work_with_scipy(report: ProgressCallback, show: Callable[[Floats], None]) -> T:
        load_what_scipy_reads()
        return work(report, show)

    visitor = session.visitor()
    job = jobs().submit(key, visitor, work_with_scipy if fits else work)
    if not job.wait(visitor, PATIENCE_S):
        draw_progress(job, jobs())
        st.stop()
    if job.error is not None:
        jobs().dismiss(job, visitor)
        raise job.error
    return cast(T, job.result)


def prepare(key: str, work: Callable[[], object]) -> Job:
    """The job that does `work` behind the page, which can be drawn without its result.

    It begins when the libraries that it may need have been imported.  Draw the page with
    `redraw_when_ended` where it has not ended.

    Raises
    ------
    LatentError
        What `work` raised.
    """

    def work_later(_report: ProgressCallback, _show: Callable[[Floats], None]) -> object:
        activity.libraries_ready.wait(MAX_WAIT_S)
        return work()

    visitor = session.visitor()
    job = jobs().submit(key, visitor, work_later)
    if job.wait(visitor, READY_S) and job.error is not None:
        jobs().dismiss(job, visitor)
        if not was_stopped(job):
            raise job.error
        job = jobs().submit(key, visitor, work_later)
    return job


@st.fragment(run_every=0.3)
def redraw_when_ended(job: Job) -> None:
    """Draw nothing, and rerun the page when the job ends; meanwhile, keep the lease on it."""
    if job.ended.is_set():
        st.rerun()
    job.renew(session.visitor())


@st.fragment(run_every=0.5)
def draw_progress(job: Job, of: Jobs) -> None:
    """Draw the progress of `job` and a stop button; reruns the page when the job ends.

    While it is drawn, the visitor keeps the lease on the job.
    """
    draw_progress_bar(job, of, f"wait.stop.{job.key[-8:]}")


def draw_progress_bar(job: Job, of: Jobs, key: str) -> None:
    """Renew the lease and draw a bar with a stop button, whose key is `key`."""
    visitor = session.visitor()
    if job.ended.is_set():
        st.rerun()
    job.renew(visitor)
    bar, stop = st.columns([5, 1], vertical_alignment="center")
    bar.progress(job.fraction, text=escape_markdown(of.progress_text(job)))
    if stop.button("Stop", key=key, width="stretch"):
        of.stop(job, visitor)
        st.rerun()


def was_stopped(job: Job) -> bool:
    """Whether the job ended because the visitor stopped it."""
    return isinstance(job.error, CancelledError)
