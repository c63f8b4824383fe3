"""Clusters: groups of codes, their centers and members, and how much there is to them."""

from __future__ import annotations

import streamlit as st

from latent_core.uses.clusters import (
    HDBSCAN,
    KMEANS,
    MIN_CLUSTER_SIZE,
    MIXTURE,
    Clustering,
)
from latent_core.uses.dataset_clusters import measure_clusters
from ui import session
from ui.session_clusters import NUMBERS, SIZES, SUGGESTED, clusters_of
from ui.spaces import Space, wait_for
from ui.views.uses.choices import choose_one, choose_step, control_row, figures_and_pictures
from ui.views.uses.cluster_pictures import draw_clusters
from ui.views.uses.cluster_table import draw_cluster_table
from ui.views.uses.use import Params, Use, encoded_data, nothing_missing

METHODS = {KMEANS: "k-means", MIXTURE: "Gaussian mixture", HDBSCAN: "HDBSCAN"}
NUMBER_TITLES = {number: number.capitalize() for number in NUMBERS}
NUMBER_HELP = (
    "The suggested number has the highest mean silhouette (k-means) or the highest likelihood of "
    "held-out codes (mixture). Labels are not used."
)
SIZE_HELP = "Groups with fewer of the fitted codes are no clusters. HDBSCAN finds how many it has."


def _choose(_space: Space) -> Params:
    method_column, size_column, _ = control_row(2.2, 2.2, 5.6)
    with method_column:
        method = choose_one("Method", "clustering", METHODS, KMEANS)
    params = {"clustering": method}
    with size_column:
        if method == HDBSCAN:
            default = str(MIN_CLUSTER_SIZE)
            size = choose_step("Smallest cluster", "smallest", SIZES, default, help_text=SIZE_HELP)
            params["smallest"] = size
        else:
            help_text = NUMBER_HELP
            number = choose_one(
                "Clusters", "clusters", NUMBER_TITLES, SUGGESTED, help_text=help_text
            )
            params["clusters"] = number
    shown = session.chosen_or_linked("cluster")  # its choice is drawn when there are clusters
    return params | ({"cluster": shown} if shown else {})


def _draw(space: Space, params: Params) -> None:
    method = params["clustering"]
    kept = clusters_of(space, method, params["smallest" if method == HDBSCAN else "clusters"])
    found = kept.clustering
    figures, pictures = figures_and_pictures()
    with pictures:
        if found.n_clusters:
            draw_clusters(space, kept.key, found)
        else:
            st.info(
                "HDBSCAN finds no cluster of this size: the codes have no regions of high density "
                "with gaps between them. Choose a smaller size, or k-means, which always divides.",
                icon=":material/info:",
            )
    with figures:
        _draw_figures(space, method, found, int(params.get("smallest", 0)))


def _draw_figures(space: Space, method: str, found: Clustering, smallest: int) -> None:
    size = max(2, smallest) if method == HDBSCAN else found.n_clusters
    encoded = encoded_data(space)
    key = f"uses cluster figures {method} {size} {encoded.fingerprints} {space.data.fingerprint}"
    rows = wait_for(
        key, lambda report, _show: measure_clusters(encoded, method, size, progress=report)
    )
    draw_cluster_table(space, found, rows)


USE = Use(
    id="clusters",
    title="Find clusters",
    order=4,
    summary="Which groups do the codes form? Each is shown by its center and its members; a second "
    "fit says whether it is found again.",
    missing=nothing_missing,
    choose=_choose,
    draw=_draw,
)
