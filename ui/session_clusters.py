"""Clusters that a visitor has found: their names, and the colors they give to the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.notebook import compact_repr
from latent_core.uses.clusters import HDBSCAN, MAX_FITTED, METHODS, MIN_CLUSTER_SIZE, Clustering
from latent_core.uses.dataset_clusters import find_clusters
from latent_core.uses.results import EncodedData
from ui import session
from ui.components.map_types import MAX_CLASSES, MAX_COLORED, ClassColor
from ui.spaces import Space, wait_for

COLOR = "cluster"
"""The option of the map's colors, in a link."""
FOUND_BY = "found_by"
"""The parameter of a link to such a map: method and size, as in ``"kmeans-8"``."""
SUGGESTED = "suggested"
NUMBERS = (SUGGESTED, *map(str, range(2, 31)))
SIZES = ("10", "20", "50", "100", "200", "500")
"""Numbers of clusters, and minimum sizes of HDBSCAN's, that can be chosen."""
NO_CLUSTER = "no cluster"
MAX_NAME = 40
"""Characters of a name."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionClusters:
    """Clusters of one space.

    Parameters
    ----------
    key
        Names the clustering: the space, the method and its parameters.
    found_by
        The method and the size, as in a link.
    encodings
        Fingerprint of the codes.
    clustering
        The cluster of each sample.
    """

    key: str
    found_by: str
    encodings: str
    clustering: Clustering

    __repr__ = compact_repr


def clusters_of(space: Space, method: str, size: str) -> SessionClusters:
    """The clusters of a space, which the session keeps for the colors of the map.

    While they are computed, draws the progress and stops the page.

    Parameters
    ----------
    method, size
        One of `METHODS`, and of `NUMBERS`, or of `SIZES` for HDBSCAN.
    """
    data, encodings = space.data, space.encodings
    is_given = method != HDBSCAN and size != SUGGESTED
    smallest = int(size) if method == HDBSCAN else MIN_CLUSTER_SIZE
    key = f"clusters {method} {size} {encodings.fingerprint}"
    found = wait_for(
        f"{key} {data.fingerprint}",
        lambda report, _show: find_clusters(
            EncodedData(model=space.model, data=data, encodings=encodings),
            method,
            n_clusters=int(size) if is_given else None,
            min_cluster_size=min(smallest, max(2, min(len(data), MAX_FITTED))),
            progress=report,
        ),
    )
    kept = SessionClusters(
        key=key, found_by=f"{method}-{size}", encodings=encodings.fingerprint, clustering=found
    )
    session.remember("clusters", kept)
    return kept


def find_linked_clusters(space: Space) -> None:
    """Find the clusters that a link to a map is colored by, unless the session has some."""
    if session.chosen_or_linked("color") != COLOR or current_clusters(space) is not None:
        return
    method, _, size = (session.linked(FOUND_BY) or "").partition("-")
    if method in METHODS and size in (SIZES if method == HDBSCAN else NUMBERS):
        clusters_of(space, method, size)


def current_clusters(space: Space) -> SessionClusters | None:
    """The clusters that were last found, if they are of these codes."""
    kept: SessionClusters | None = session.recall("clusters")
    return kept if kept is not None and kept.encodings == space.encodings.fingerprint else None


def found_by(space: Space) -> str | None:
    """How the clusters of these codes were found, as in a link; None without clusters."""
    kept = current_clusters(space)
    return None if kept is None else kept.found_by


def cluster_names(key: str, n_clusters: int) -> list[str]:
    """The names of clusters: those that were typed, else numbers."""
    typed = _typed(key)
    return [typed.get(k, f"Cluster {k + 1}") for k in range(n_clusters)]


def name_cluster(key: str, cluster: int, name: str) -> None:
    """Name a cluster; an empty name removes the one it had."""
    text = " ".join(name.split())[:MAX_NAME]
    names = {k: other for k, other in _typed(key).items() if k != cluster}
    session.remember(f"clusters.names {key}", names | ({cluster: text} if text else {}))


def _typed(key: str) -> dict[int, str]:
    found: dict[int, str] = session.recall(f"clusters.names {key}", {})
    return found


def cluster_colors(space: Space) -> ClassColor | None:
    """The cluster of each sample, or None where none were found for these codes.

    The biggest clusters have a color; samples in no cluster are gray and come last.
    """
    if (kept := current_clusters(space)) is None:
        return None
    assignments = kept.clustering.assignments
    names = cluster_names(kept.key, kept.clustering.n_clusters)
    if not names or len(assignments) != len(space.encodings.mean):
        return None
    if len(names) > MAX_CLASSES - 2:
        n_others = len(names) - (MAX_CLASSES - 2)
        names = [*names[: MAX_CLASSES - 2], f"{n_others} smaller clusters"]
    values = np.minimum(assignments, len(names) - 1)
    n_colored = min(len(names), MAX_COLORED)
    if (outside := assignments < 0).any():
        values = np.where(outside, len(names), values)
        names = [*names, NO_CLUSTER]
    return ClassColor(
        values=values,
        names=tuple(names),
        fingerprint=f"clusters {kept.key} {'|'.join(names)}",
        n_colored=n_colored,
    )
