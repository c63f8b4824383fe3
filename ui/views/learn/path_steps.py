"""What the lesson on paths draws: for each step its components, and the state that they give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from ui import session
from ui.components.morph_types import DEFAULT_SECONDS
from ui.downloads import draw_export_download
from ui.morphing.export_panel import default_gif
from ui.morphing.pending import draw_pending, pending_graph
from ui.views.learn.morph_scene import MorphState, all_paths, draw_paths, endpoints, scene_space
from ui.views.learn.norm_plot import norm_plot_html
from ui.views.learn.path_figures import (
    CenterFigures,
    HalfwayRealism,
    center_figures,
    farthest,
    halfway_realism,
)
from ui.views.learn.prediction import Answer, ask

HALVES = {"cross-fade": "Cross-fade", "linear": "Linear path", "both": "Both"}
NORMS = {"shorter": "Shorter", "equal": "About as long", "longer": "Longer"}
KINDS = {"linear": "linear path", "spherical": "spherical path", "geodesic": "path along the data"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HalvesState:
    """The slider, the answer, and the realism of both images half way."""

    morph: MorphState
    answer: Answer
    realism: HalfwayRealism


def draw_halves() -> HalvesState:
    """The question, and the slider with cross-fade and linear path."""
    space = scene_space()
    answer = ask("halves", "Which one shows a single digit half way?", HALVES)
    with st.container(key="learn-without-strips"):
        morph = draw_paths(space, "halves", ("linear", "cross-fade"))
    realism = halfway_realism(space, all_paths(space, None)["linear"])
    return HalvesState(morph=morph, answer=answer, realism=realism)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsState:
    """The slider, and how far each path goes from the data.

    Parameters
    ----------
    farthest
        The largest support quantile of each kind of path; without the geodesic one while the graph
        of nearest neighbors is being computed.
    """

    morph: MorphState
    farthest: dict[str, float]


def draw_three_paths() -> PathsState:
    """The slider with all paths."""
    space = scene_space()
    pending = pending_graph(space)
    with st.container(key="learn-with-strips"):
        morph = draw_paths(space, "paths", tuple(KINDS), pending.result, pending.reason)
    draw_pending(pending, "Path along the data")
    paths = all_paths(space, pending.result)
    far = {kind: farthest(space, path) for kind, path in paths.items()}
    return PathsState(morph=morph, farthest=far)


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterState:
    """The slider, the answer, and the norms of codes."""

    morph: MorphState
    answer: Answer
    figures: CenterFigures


def draw_center() -> CenterState:
    """The question, the slider on the linear path, and the norms of all codes."""
    space = scene_space()
    answer = ask("norms", "Half way, how long is the code, compared with A and B?", NORMS)
    with st.container(key="learn-center"):
        morph = draw_paths(space, "center", ("linear",))
    codes, linear = space.encodings.mean, all_paths(space, None)["linear"]
    if answer.last is not None and morph.position.kind == "linear":
        here = float(np.linalg.norm(linear.at([morph.position.time])[0]))
        st.html(norm_plot_html(np.linalg.norm(codes, axis=1), here))
    a, b = (item.code for item in endpoints(space))
    return CenterState(morph=morph, answer=answer, figures=center_figures(codes, a, b))


@dataclass(frozen=True, slots=True, kw_only=True)
class GifState:
    """The slider, and the bytes of the file of the chosen path; None until it is made."""

    morph: MorphState
    size: int | None
    latent_dim: int


def draw_gif() -> GifState:
    """The slider with all paths, and the button that makes the file of the chosen one."""
    space = scene_space()
    pending = pending_graph(space)
    with st.container(key="learn-without-strips"):
        morph = draw_paths(space, "gif", tuple(KINDS), pending.result, pending.reason)
    draw_pending(pending, "Path along the data")
    kind, dims = morph.position.kind, space.model.card.latent_dim
    path = all_paths(space, pending.result).get("linear" if kind == "cross-fade" else kind)
    if path is None:
        return GifState(morph=morph, size=None, latent_dim=dims)
    labels = [item.label for item in endpoints(space)]
    file = default_gif(space, path, kind, labels, DEFAULT_SECONDS)
    draw_export_download(file, "learn.gif")
    made: tuple[str, bytes] | None = session.recall("export.made")
    is_made = made is not None and made[0] == file.content_key
    return GifState(morph=morph, size=len(made[1]) if made and is_made else None, latent_dim=dims)
