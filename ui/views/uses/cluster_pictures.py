"""Pictures of clusters: all centers, and the members of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.factor_statistics import SIGNIFICANT_Z, compare_selection
from latent_core.types import Dataset
from latent_core.uses.clusters import Clustering
from latent_core.uses.dataset_clusters import codes_to_cluster
from ui import session, widgets
from ui.attributes.factor_tables import factor_title
from ui.layout import open_page
from ui.session_clusters import COLOR, MAX_NAME, cluster_names, name_cluster
from ui.spaces import Space
from ui.views.uses.choices import choose_one
from ui.views.uses.pictures import Tile, draw_sheets, image_tiles, sample_tiles, sheet_html
from ui.views.uses.use import encoded_data
from ui.wording.text import format_number

MAX_SHOWN = 60
"""Clusters in the overview."""
N_MEMBERS = 16
N_WORDS = 4
"""Names of members that stand for a center without an image."""
WORD_PX = 104
N_FACTORS = 4
DIFFERENCE = f"in standard deviations of all, where |z| is above {SIGNIFICANT_Z:g}"


def draw_clusters(space: Space, key: str, found: Clustering) -> None:
    """All clusters by their centers, then one of them, which can be named."""
    _take_names(key, found.n_clusters)
    names = cluster_names(key, found.n_clusters)
    codes = codes_to_cluster(encoded_data(space))
    members = [found.members(codes, k) for k in range(min(MAX_SHOWN, len(names)))]
    draw_sheets([_overview(space, found, names, members)])
    options = {str(k + 1): names[k] for k in range(len(members))}
    if session.recall("choice.cluster") not in {None, *options}:  # of another number of clusters
        session.choose("cluster", "1")
    left, middle, right = st.columns([3, 3, 3.4], vertical_alignment="bottom")
    with left:
        chosen = int(choose_one("Show cluster", "cluster", options, "1")) - 1
    with middle:
        widgets.text_field(
            "Its name", _field(key, chosen), names[chosen], help="Kept in this session."
        )
    with right:
        label, icon = "Color the map by cluster", ":material/scatter_plot:"
        if st.button(label, key="uses.clusters.map", icon=icon, width="stretch"):
            session.choose("color", COLOR)
            open_page("map")
    draw_sheets(_member_sheets(space, found, members[chosen], chosen, names[chosen]))


def _field(key: str, cluster: int) -> str:
    return f"uses.{key}.{cluster}"


def _take_names(key: str, n_clusters: int) -> None:
    """Store the name that was just typed."""
    for cluster in range(min(n_clusters, MAX_SHOWN)):
        text = widgets.take_submitted_text(_field(key, cluster))
        if text is not None:
            is_number = text.strip() == f"Cluster {cluster + 1}"
            name_cluster(key, cluster, "" if is_number else text[:MAX_NAME])


def _overview(
    space: Space, found: Clustering, names: list[str], members: list[NDArray[np.int64]]
) -> str:
    """A tile per cluster: its center, its size and its most frequent label."""
    tiles = [
        replace(tile, caption=name, figure=_about(space.data, rows))
        for tile, name, rows in zip(
            _center_tiles(space, found, members), names, members, strict=False
        )
    ]
    n = found.n_clusters
    title = f"{n} clusters" if len(tiles) == n else f"The {len(tiles)} biggest of {n} clusters"
    parts = [] if space.data.labels is None else ["the most frequent label with its share"]
    if space.data.labels is None and space.data.factors:
        parts.append(f"the factor whose mean differs most from that of all samples ({DIFFERENCE})")
    if space.data.precomputed is not None:
        parts.append("the nearest to its mean code")
    elif space.model.card.decodes:
        title += ": decoded mean codes"
    else:
        title += ": the samples nearest to the mean codes"
    note = f"Below each name: size{''.join(f', {part}' for part in parts)}."
    return sheet_html(title, tiles, side_px=_side(space, 96), note=note)


def _side(space: Space, side_px: int) -> int:
    """The width of a tile, in which a word fits."""
    return side_px if space.data.precomputed is None else max(WORD_PX, side_px)


def _center_tiles(space: Space, found: Clustering, members: list[NDArray[np.int64]]) -> list[Tile]:
    if space.data.precomputed is not None:
        return [Tile() for _ in members]
    if space.model.card.decodes:
        return image_tiles(space.model.decode(found.centers[: len(members)]))
    return sample_tiles(space.data, np.array([rows[0] for rows in members]))


def _about(data: Dataset, rows: NDArray[np.int64]) -> str:
    """The size of a cluster, its most frequent label or factor, names where are no images."""
    label = most_frequent_label(data, rows)
    parts = [f"{len(rows):,}"]
    if label is not None:
        parts.append(f"{100 * label[1]:.0f} % {label[0]}")
    else:
        parts += _factor_texts(data, rows, 1)
    if data.precomputed is not None:
        parts.append(", ".join(tile.caption for tile in sample_tiles(data, rows[:N_WORDS])))
    return "; ".join(parts)


def _factor_texts(data: Dataset, rows: NDArray[np.int64], n: int) -> list[str]:
    """The factors in which samples differ most from all samples, and by how much."""
    found = compare_selection(data.factors, rows) if data.factors else ()
    return [
        f"{factor_title(one.name)} {format_number(one.effect_size, 1, signed=True)}\u00a0SD"
        for one in found
        if one.is_significant
    ][:n]


def most_frequent_label(data: Dataset, rows: NDArray[np.int64]) -> tuple[str, float] | None:
    """The most frequent label of samples and its share among the labelled ones; None without."""
    if data.labels is None or not (counts := Counter(i for i in data.labels[rows] if i >= 0)):
        return None
    label, count = counts.most_common(1)[0]
    return data.class_names[int(label)], count / counts.total()


def _member_sheets(
    space: Space, found: Clustering, rows: NDArray[np.int64], cluster: int, name: str
) -> list[str]:
    """The center of a cluster, and its typical and atypical members."""
    n, data = min(N_MEMBERS, len(rows)), space.data
    typical, atypical = rows[:n], rows[n:][::-1][:n]
    sheets = []
    if data.precomputed is None:
        center = [replace(tile, caption="nearest") for tile in sample_tiles(data, rows[:1])]
        if space.model.card.decodes:
            decoded = image_tiles(space.model.decode(found.centers[cluster][None]), ["decoded"])
            center = [*decoded, *center]
        different = ", ".join(_factor_texts(data, rows, N_FACTORS))
        note = f"Differs from all samples in: {different} ({DIFFERENCE})." if different else ""
        sheets.append(sheet_html(f"{name}: its center", center, note=note))
    side = _side(space, 64)
    title = f"{name}, typical: the {n} nearest to the mean code"
    sheets.append(sheet_html(title, sample_tiles(data, typical), side_px=side))
    if len(atypical):
        title = f"{name}, atypical: the {len(atypical)} farthest of {len(rows):,}"
        sheets.append(sheet_html(title, sample_tiles(data, atypical), side_px=side))
    return sheets
