"""The row below the pipeline: refinement of a code by inversion, and its result."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from latent_core.analysis.sample_report import SampleReport
from latent_core.errors import LatentError
from latent_core.models.inversion import HIGH_QUALITY
from ui import session
from ui.background.inversion_jobs import find_codes, stop_inversion
from ui.background.job import Job
from ui.background.jobs import private_jobs
from ui.images import data_url
from ui.spaces import Space, draw_progress
from ui.views.encode.batch import Batch, report_uploads
from ui.views.encode.results import EncodedUpload


def refine(space: Space, batch: Batch, index: int) -> Job | None:
    """Refine the code of upload `index` where that was requested; its job while it runs.

    The previous code is kept if no code with a smaller reconstruction error is found.
    """
    upload, requested = batch[index], session.recall("upload.refining")
    if requested is None:
        return None
    if requested is not upload or not isinstance(upload, EncodedUpload):
        stop_inversion()
        session.forget("upload.refining")
        return None
    now = upload.report
    try:
        outcome = find_codes(space, now.image[None], HIGH_QUALITY, now.code[None])
    except LatentError:
        session.forget("upload.refining")
        raise
    if isinstance(outcome, Job):
        return outcome
    session.forget("upload.refining")
    found = report_uploads(space, now.image[None], outcome)[0]
    batch[index] = replace(
        upload,
        report=found if _error(found) < _error(now) else now,
        stopped=not outcome.completed,
        previous=upload.previous or upload,
    )
    return None


def draw_refinement(space: Space, batch: Batch, index: int, job: Job | None) -> None:
    """Draw the progress of the refinement, its result, or the button that starts it."""
    upload = batch[index] if batch else None
    if job is not None:
        draw_progress(job, private_jobs())
    elif isinstance(upload, EncodedUpload):
        with st.container(key="encode-refinement", horizontal=True, vertical_alignment="center"):
            _draw_gain(space, batch, index, upload)


def _draw_gain(space: Space, batch: Batch, index: int, upload: EncodedUpload) -> None:
    encodes, previous = space.model.card.encodes, upload.previous
    if previous is not None:
        st.html(_gain_html(upload.report, previous.report, upload.stopped))
    if previous is None or upload.stopped:
        st.button(
            "Refine by optimization",
            key="encode.refine",
            icon=":material/travel_explore:",
            on_click=session.remember,
            args=("upload.refining", upload),
        )
    if previous is None:
        stopped = "the optimization was stopped before its end; this " if upload.stopped else ""
        than = "the encoder's code" if encodes else "the code found so far"
        st.caption(f"{stopped}searches for a code with a smaller reconstruction error than {than}")
    elif previous.report is not upload.report:
        st.button(
            "Back to the encoder's code" if encodes else "Back to the first code",
            key="encode.restore",
            icon=":material/undo:",
            on_click=_restore_previous,
            args=(batch, index, upload),
        )


def _restore_previous(batch: Batch, index: int, upload: EncodedUpload) -> None:
    if upload.previous is not None and index < len(batch) and batch[index] is upload:
        batch[index] = upload.previous


def _gain_html(now: SampleReport, previous: SampleReport, stopped: bool) -> str:
    """The reconstructions before and after, and by how much the error fell, as HTML."""
    end = " The optimization was stopped before its end." if stopped else ""
    if now is previous:
        return f"<p>No code with a smaller reconstruction error was found.{end}</p>"
    figures = "".join(
        f'<figure><img alt="" src="{data_url(report.reconstruction)}">'
        f"<figcaption>{when}</figcaption></figure>"
        for when, report in (("before", previous), ("after", now))
    )
    percent = 100 * (1 - _error(now) / _error(previous))
    less = f"{percent:.0f} %" if percent >= 1 else "less than 1 %"
    return (
        f'<div class="ls-gain">{figures}<p><b>The reconstruction error fell by {less}</b>, '
        f"MSE {_error(previous):#.3g} to {_error(now):#.3g}.{end}</p></div>"
    )


def _error(report: SampleReport) -> float:
    """The reconstruction error (MSE); this page offers only models with a decoder."""
    return float("inf") if report.error is None else report.error
