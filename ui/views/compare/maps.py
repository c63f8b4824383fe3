"""The two linked maps, that of B aligned to that of A."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from latent_core import workspace
from latent_core.cache.memo import memoize
from latent_core.comparison import Alignment, Comparison, align_points
from latent_core.projection import (
    METHODS,
    LatentAxes,
    Projection,
    ProjectionMethod,
    method_from_dict,
)
from ui import presenters, session, widgets
from ui.attributes.factor_tables import factor_title, known_factors
from ui.background.jobs import map_jobs
from ui.components.map import ClassColor, MapEvent, ScaleColor, draw_map
from ui.point_colors import color_of, label_colors
from ui.spaces import Space, draw_progress, projection_job, was_stopped
from ui.views.compare.pair import NAMES, Pair
from ui.wording.text import escape_markdown

AGREEMENT, RANKS = "agreement", "displacement"
MAP_HEIGHT = 460
COLOR_TITLES = {
    AGREEMENT: "neighbors in common",
    RANKS: "displacement of neighbors",
    "error": "reconstruction error (MSE)",
}
COLOR_HELP = "What colors the points of both maps."
METHOD_HELP = "How the codes of both models are projected; the map of B is turned to match A's."


def choose_method(pair_dims: Sequence[int]) -> ProjectionMethod:
    """A selectbox with the projection methods that both models have; gives the 2D method."""
    smallest = min(pair_dims)
    options = [
        name for name in METHODS if name != LatentAxes.id and (smallest > 1 or name != "pca")
    ]
    value = session.chosen("compare_method", options, "tsne")
    chosen = widgets.selectbox_choice(
        "Projection",
        "compare_method",
        options,
        value,
        lambda name: METHODS[name].name,
        help=METHOD_HELP,
    )
    return method_from_dict({"method": chosen})


def choose_color(pair: Pair) -> str:
    """A selectbox with what colors both maps; gives the option."""
    options = ["label"] if label_colors(pair.a) is not None else []
    options += [AGREEMENT, RANKS]
    options += ["error"] if all(space.errors is not None for space in pair.spaces) else []
    factors = known_factors(pair.data)
    options += [name for name in factors if name not in options]
    titles = {name: factor_title(name) for name in factors} | COLOR_TITLES
    value = session.chosen("compare_color", options, options[0])
    return widgets.selectbox_choice(
        "Color",
        "compare_color",
        options,
        value,
        lambda name: titles.get(name, name),
        help=COLOR_HELP,
    )


def ready_projections(pair: Pair, method: ProjectionMethod) -> list[Projection] | None:
    """The projections of both models; None while one is being computed, whose progress is drawn.

    One after the other, since a visitor has one projection computed at a time.
    """
    found = []
    for space in pair.spaces:
        projection = workspace.find_projection(space.encodings, method)
        if projection is None:
            job = projection_job(space, method)
            if job.error is not None:
                map_jobs().dismiss(job, session.visitor())
                session.notify("Stopped; showing PCA." if was_stopped(job) else str(job.error))
                session.choose("compare_method", "pca")
                st.rerun()
            projection = job.result
        if projection is None:
            st.caption(f"The map of {escape_markdown(space.model.card.title)}:")
            draw_progress(job, map_jobs())
            return None
        found.append(projection)
    return found


def aligned(projections: Sequence[Projection]) -> Alignment:
    """The points of the second map, aligned to those of the first."""
    first, second = projections
    key = f"{first.fingerprint} {second.fingerprint}"
    return memoize("alignment", key, lambda: align_points(second.points, first.points))


def draw_linked_maps(
    pair: Pair, projections: Sequence[Projection], comparison: Comparison | None, color: str
) -> None:
    """Draw both maps, side by side or, on a phone, one below the other."""
    alignment = aligned(projections)
    points = (projections[0].points, alignment.points)
    fingerprint = f"{projections[1].fingerprint} aligned to {projections[0].fingerprint}"
    fingerprints = (projections[0].fingerprint, fingerprint)
    for i, column in enumerate(st.columns(2, gap="small")):
        space = pair.spaces[i]
        with column:
            st.markdown(f"**{NAMES[i]}: {escape_markdown(pair.titles[i])}**")
            draw_map(
                key=f"compare.map_{NAMES[i].lower()}",
                points=points[i],
                fingerprint=fingerprints[i],
                color=_color_of(space, comparison, color),
                labels=label_colors(space),
                sheet=presenters.image_sheet_or_none(space),
                names=() if space.data.precomputed is None else space.data.precomputed.names,
                sample_noun=space.data.sample_noun,
                selected=session.selected_sample(len(space.data)),
                has_selection=session.recall("compare.region") is not None,
                height=MAP_HEIGHT,
                title=pair.titles[i],
                link=f"compare {space.data.id}",
                on_event=_handle_event,
            )


def _handle_event(event: MapEvent) -> None:
    """Change the session before the fragment is drawn with it."""
    if event.picked is not None:
        session.select_sample(event.picked)
    if event.region is not None:
        session.remember("compare.region", event.region if event.region.size else None)


def _color_of(space: Space, comparison: Comparison | None, color: str) -> ClassColor | ScaleColor:
    if color not in (AGREEMENT, RANKS):
        return color_of(space, color)
    if comparison is None:
        labels = label_colors(space)
        return color_of(space, "z1") if labels is None else labels
    if color == AGREEMENT:
        k, chance = comparison.n_neighbors, comparison.agreement_by_chance
        return ScaleColor(
            values=comparison.agreement,
            title=COLOR_TITLES[AGREEMENT],
            help=f"share of the {k} nearest neighbors in the latent space that A and B have in "
            f"common; by chance {chance:.2%}",
        )
    return ScaleColor(
        values=comparison.ranks,
        title=COLOR_TITLES[RANKS],
        help="share of all images that are nearer under one model than the neighbors under the "
        "other; by chance 0.5",
        is_robust=True,
    )
