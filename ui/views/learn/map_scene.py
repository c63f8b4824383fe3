"""What the lesson on maps draws: maps of the Swiss roll and of three clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from latent_core import workspace
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection import (
    LLE,
    PCA,
    TSNE,
    UMAP,
    Isomap,
    LatentAxes,
    Projection,
    ProjectionMethod,
)
from latent_core.projection.trustworthiness import measure_trustworthiness
from latent_core.types import Floats
from ui import session, widgets
from ui.background.jobs import map_jobs
from ui.components.map import ClassColor, draw_map
from ui.point_colors import color_of, default_color
from ui.spaces import Space, draw_progress, open_space, projection_job, wait_for
from ui.views.learn.map_figures import (
    CLUSTERS,
    cluster_codes,
    cluster_map,
    distance_ratio,
    flat_clusters,
    order_share,
)
from ui.views.learn.prediction import Answer, ask

MODEL, DATA, ALONG = "swissroll-3", "swissroll", "t"
METHODS: dict[str, ProjectionMethod] = {
    "latent": LatentAxes(n_components=3),
    "pca": PCA(n_components=2),
    "lle": LLE(n_components=2),
    "isomap": Isomap(n_components=2),
    "tsne": TSNE(n_components=2),
    "umap": UMAP(n_components=2),
}
NAMES = {
    "latent": "In 3D",
    "pca": "PCA",
    "lle": "LLE",
    "isomap": "Isomap",
    "tsne": "t-SNE",
    "umap": "UMAP",
}
COMPARED = ("pca", "isomap", "tsne")
PERPLEXITIES, SEEDS = ("15", "30", "60", "90"), ("0", "1", "2", "3")
MAP_HEIGHT = 430


# ── the roll ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class RollState:
    """The method whose map is shown, and how well that map orders the sheet.

    Parameters
    ----------
    order
        `order_share` of the map; None while it is being computed.
    order_3d
        The same of the three coordinates: the baseline.
    n_points
        How many points the map has.
    """

    method: str
    order: float | None
    order_3d: float
    n_points: int


def draw_roll() -> RollState:
    """The map of the roll by a chosen method."""
    space = open_space(MODEL, DATA)
    along = space.data.factors[ALONG]
    projection, method = _draw_roll_map(space, "roll", tuple(METHODS))
    return RollState(
        method=method,
        order=None if projection is None else order_share(projection.points, along),
        order_3d=order_share(space.encodings.mean, along),
        n_points=len(along),
    )


def _draw_roll_map(
    space: Space, name: str, methods: Sequence[str], notes: Mapping[str, str] | None = None
) -> tuple[Projection | None, str]:
    """The map and the id of its method; None, with the progress, until it is computed."""
    chosen = session.chosen(f"learn.{name}", list(methods), methods[0])
    chosen = widgets.segmented_choice(
        "Map", f"learn.{name}", list(methods), chosen, NAMES.__getitem__
    )
    job = projection_job(space, METHODS[chosen])
    if job.error is not None:
        map_jobs().dismiss(job, session.visitor())
        raise job.error
    if job.result is None:
        # as high as the map, so that the buttons below keep their place
        with st.container(height=MAP_HEIGHT, border=False):
            draw_progress(job, map_jobs())
        return None, chosen
    projection: Projection = job.result
    draw_map(
        key=f"learn.map.{name}",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, default_color(space)),
        sample_noun=space.data.sample_noun,
        toolbar=False,
        height=MAP_HEIGHT,
        note=(notes or {}).get(chosen, ""),
    )
    return projection, chosen


# ── trustworthiness ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFigures:
    """Of each compared map, its trustworthiness and its `order_share`; and of a random one.

    Parameters
    ----------
    random
        The trustworthiness of the points of a map in random order: chance.
    n_neighbors
        The size of the neighborhoods.
    """

    trust: dict[str, float]
    order: dict[str, float]
    random: float
    n_neighbors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustState:
    """The answer, the maps that were seen after it, and the figures."""

    answer: Answer
    seen: frozenset[str]
    figures: TrustFigures


def trust_figures(space: Space, report: ProgressCallback) -> TrustFigures:
    """Project by each method and measure; seconds."""
    along, trust, order = space.data.factors[ALONG], {}, {}
    quality = None
    for done, method in enumerate(COMPARED):
        part = subprogress(report, done / 4, (done + 1) / 4)
        found = workspace.project(space.encodings, METHODS[method], progress=part)
        assert found.quality is not None, "measured"
        quality = found.quality
        trust[method], order[method] = quality.value, order_share(found.points, along)
    assert quality is not None, "at least one method"
    k = quality.n_neighbors
    shuffled = np.random.default_rng(0).permutation(found.points)
    random = measure_trustworthiness(space.encodings.mean, shuffled, k)
    return TrustFigures(trust=trust, order=order, random=random.value, n_neighbors=k)


def draw_trust(question: str, options: Mapping[str, str]) -> TrustState:
    """The question, and maps with their trustworthiness once it is answered."""
    space = open_space(MODEL, DATA)
    key = f"learn trust {space.encodings.fingerprint}"
    figures = wait_for(key, lambda report, _show: trust_figures(space, report))
    answer = ask("trust", question, options)
    notes = {name: f"trustworthiness {value:.3f}" for name, value in figures.trust.items()}
    _, shown = _draw_roll_map(space, "trust", COMPARED, notes if answer.last else None)
    seen: frozenset[str] = session.recall("learn.trust.seen", frozenset())
    if answer.last is not None:
        seen |= {shown}
        session.remember("learn.trust.seen", seen)
    return TrustState(answer=answer, seen=seen, figures=figures)


# ── clusters ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ClustersState:
    """The answer, the settings that were seen after it, and ratios of distances.

    Parameters
    ----------
    perplexities, seeds
        Those that were seen.
    ratio, true_ratio
        How many times as far from A cluster C is as B: on the map that is shown, and in the data.
    """

    answer: Answer
    perplexities: frozenset[str]
    seeds: frozenset[str]
    ratio: float
    true_ratio: float


def draw_clusters(question: str, options: Mapping[str, str]) -> ClustersState:
    """The question, and after a prediction the t-SNE map of three clusters with its settings."""
    codes, clusters = cluster_codes()
    answer = ask("clusters", question, options)
    if answer.last is None:
        points = flat_clusters()
        _draw_cluster_map(points, "pca", "PCA, before the prediction")
    else:
        left, right = st.columns(2)
        with left:
            perplexity = _choose("Perplexity (neighbors of a point)", "perplexity", PERPLEXITIES)
        with right:
            seed = _choose("Seed (random start)", "seed", SEEDS)
        points = _cluster_points(perplexity, seed)
        _draw_cluster_map(points, f"{perplexity} {seed}", f"t-SNE, perplexity {perplexity}")
    seen: tuple[frozenset[str], frozenset[str]] = session.recall(
        "learn.clusters.seen", (frozenset(), frozenset())
    )
    if answer.last is not None:
        seen = seen[0] | {perplexity}, seen[1] | {seed}
        session.remember("learn.clusters.seen", seen)
    return ClustersState(
        answer=answer,
        perplexities=seen[0],
        seeds=seen[1],
        ratio=distance_ratio(points, clusters),
        true_ratio=distance_ratio(codes, clusters),
    )


def _draw_cluster_map(points: Floats, name: str, note: str) -> None:
    draw_map(
        key="learn.map.clusters",
        points=points,
        fingerprint=f"learn clusters {name}",
        color=ClassColor(
            values=cluster_codes()[1], names=CLUSTERS, fingerprint="learn cluster names"
        ),
        sample_noun="point",
        toolbar=False,
        height=MAP_HEIGHT,
        note=note,
    )


def _choose(label: str, name: str, options: Sequence[str]) -> str:
    chosen = session.chosen(f"learn.{name}", options, options[0])
    return widgets.slider_choice(label, f"learn.{name}", list(options), chosen, str)


def _cluster_points(perplexity: str, seed: str) -> Floats:
    return wait_for(
        f"learn clusters {perplexity} {seed}",
        lambda _report, _show: cluster_map(float(perplexity), int(seed)),
    )
