"""The row under the road: a search for a nearer code, and what was gained by it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from latent_core.analysis.sample_report import SampleReport
from latent_core.errors import LatentError
from latent_core.models.inversion import HIGH_QUALITY
from ui import session
from ui.images import data_url
from ui.inversion_jobs import seek, stop_searching
from ui.jobs import Job
from ui.spaces import Space, draw_wait
from ui.views.encode.batch import Batch, details_of_images
from ui.views.encode.results import Traveller


def improve(space: Space, batch: Batch, index: int) -> Job | None:
    """Give picture `index` a nearer code where that was asked for; the job while it is sought.

    Of a search that finds nothing nearer, the code before stays.
    """
    traveller, wanted = batch[index], session.recall("improving")
    if wanted is None:
        return None
    if wanted is not traveller or not isinstance(traveller, Traveller):
        stop_searching()
        session.forget("improving")
        return None
    now = traveller.details
    try:
        sought = seek(space, now.image[None], HIGH_QUALITY, first=now.code[None])
    except LatentError:
        session.forget("improving")
        raise
    if isinstance(sought, Job):
        return sought
    session.forget("improving")
    found = details_of_images(space, now.image[None], sought)[0]
    batch[index] = replace(
        traveller,
        details=found if _error(found) < _error(now) else now,
        stopped=not sought.whole,
        before=traveller.before or traveller,
    )
    return None


def draw_improving(space: Space, batch: Batch, index: int, job: Job | None) -> None:
    """How far the search is, or what it gained, or the button that starts it."""
    traveller = batch[index] if batch else None
    if job is not None:
        draw_wait(job)
    elif isinstance(traveller, Traveller):
        with st.container(key="encode-gain", horizontal=True, vertical_alignment="center"):
            _draw_gain(space, batch, index, traveller)


def _draw_gain(space: Space, batch: Batch, index: int, traveller: Traveller) -> None:
    encodes, before = space.model.card.encodes, traveller.before
    if before is not None:
        st.html(_gain(traveller.details, before.details, traveller.stopped))
    if before is None or traveller.stopped:
        st.button(
            "Improve",
            key="encode.improve",
            icon=":material/travel_explore:",
            on_click=session.remember,
            args=("improving", traveller),
        )
    if before is None:
        stopped = "the search was stopped before its end; this " if traveller.stopped else ""
        than = "the encoder's" if encodes else "what was found so far"
        st.caption(f"{stopped}searches for a code whose picture comes nearer than {than}")
    elif before.details is not traveller.details:
        st.button(
            "Back to the encoder's code" if encodes else "Back to the first code",
            key="encode.back",
            icon=":material/undo:",
            on_click=_go_back,
            args=(batch, index, traveller),
        )


def _go_back(batch: Batch, index: int, traveller: Traveller) -> None:
    if traveller.before is not None and index < len(batch) and batch[index] is traveller:
        batch[index] = traveller.before


def _gain(now: SampleReport, before: SampleReport, stopped: bool) -> str:
    """Before and after, side by side, and what was gained in words."""
    end = " The search was stopped before its end." if stopped else ""
    if now is before:
        return f"<p>Nothing gained: no code was found whose picture comes nearer.{end}</p>"
    figures = "".join(
        f'<figure><img alt="" src="{data_url(details.reconstruction)}">'
        f"<figcaption>{when}</figcaption></figure>"
        for when, details in (("before", before), ("after", now))
    )
    share = 100 * (1 - _error(now) / _error(before))
    less = f"{share:.0f} %" if share >= 1 else "less than 1 %"
    return (
        f'<div class="ls-gain">{figures}<p><b>The error fell by {less}</b>, from '
        f"{_error(before):#.3g} to {_error(now):#.3g} (mean square per pixel).{end}</p></div>"
    )


def _error(details: SampleReport) -> float:
    """Its error; only models that decode come here."""
    return float("inf") if details.error is None else details.error
