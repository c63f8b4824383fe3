"""Clusters that a visitor has found: their names, and the colors they give to the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.notebook import compact_repr
from latent_core.uses.clusters import Clustering
from ui import session
from ui.components.map_types import MAX_CLASSES, MAX_COLORED, ClassColor
from ui.spaces import Space

COLOR = "cluster"
"""The option of the map's colors, in a link."""
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
    encodings
        Fingerprint of the codes.
    clustering
        The cluster of each sample.
    """

    key: str
    encodings: str
    clustering: Clustering

    __repr__ = compact_repr


def remember_clusters(space: Space, key: str, clustering: Clustering) -> None:
    """Keep the clusters that a page shows, for the colors of the map."""
    kept = SessionClusters(key=key, encodings=space.encodings.fingerprint, clustering=clustering)
    session.remember("clusters", kept)


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
    kept: SessionClusters | None = session.recall("clusters")
    if kept is None or kept.encodings != space.encodings.fingerprint:
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
