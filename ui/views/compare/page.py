"""The Compare page: two linked maps, the same image through both models, and figures."""

from __future__ import annotations

import streamlit as st

from latent_core.comparison import Comparison
from latent_core.projection import Projection
from ui import session
from ui.background.job import Job
from ui.background.jobs import jobs
from ui.layout import choose_dataset, choose_model, controls, shown_errors
from ui.spaces import draw_progress, open_space
from ui.views.compare.different_samples import draw_most_different
from ui.views.compare.figures import draw_figures, summary
from ui.views.compare.maps import (
    aligned,
    choose_color,
    choose_method,
    draw_linked_maps,
    ready_projections,
)
from ui.views.compare.metrics_table import draw_metrics
from ui.views.compare.pair import Pair, choose_second_model, comparison_job
from ui.views.compare.sample import carried_results, draw_sample
from ui.wording.text import escape_markdown

Query = dict[str, str | int | None]


def draw_compare_page() -> None:
    """Draw the content of the Compare page."""
    columns = controls(2.5, 1.6, 2.5, 1.2, 1.7)
    with columns[0]:
        model_a = choose_model(label="Model A")
    with columns[1]:
        dataset_id = choose_dataset(model_a)
    with columns[2]:
        model_b = choose_second_model(model_a, dataset_id)
    pair = Pair(open_space(model_a, dataset_id), open_space(model_b, dataset_id))
    with columns[3]:
        method = choose_method([space.encodings.latent_dim for space in pair.spaces])
    with columns[4]:
        color = choose_color(pair)
    query: Query = {
        "model": model_a,
        "data": dataset_id,
        "model_b": model_b,
        "compare_method": method.id,
        "compare_color": color,
    }
    if session.changed("compare.pair", (model_a, model_b, dataset_id)):
        session.forget("compare.region")
    projections = ready_projections(pair, method)
    if projections is None:
        session.update_url(**query)
    else:
        _draw_comparison(pair, projections, color, query)
    with st.expander("Metrics of both models", expanded=True):
        draw_metrics(pair)


@st.fragment
def _draw_comparison(pair: Pair, projections: list[Projection], color: str, query: Query) -> None:
    """Draw maps and panels; a click reruns only this fragment."""
    job = comparison_job(pair)
    comparison: Comparison | None = job.result
    draw_linked_maps(pair, projections, comparison, color)
    if comparison is None:  # below the maps, which what comes late must not move
        _draw_waiting(job)
    else:
        st.caption(escape_markdown(summary(comparison)))
    index = session.selected_sample(len(pair.data))
    session.write_url(**query, sample=index)
    if comparison is None:
        return
    draw_most_different(pair, comparison, index)
    draw_sample(pair, comparison, index)
    with st.expander("How alike the two spaces are", expanded=True):
        draw_figures(comparison, aligned(projections), carried_results(pair))


def _draw_waiting(job: Job) -> None:
    """Draw the progress of the comparison, or why there is none."""
    if job.error is None:
        draw_progress(job, jobs())
        return
    with shown_errors():
        jobs().dismiss(job, session.visitor())
        raise job.error
