"""Clusters as colors of the map: names, samples in no cluster, and codes of another model."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from latent_core.uses.clusters import Clustering
from ui import session, session_clusters
from ui.session_clusters import SessionClusters, cluster_colors, name_cluster


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the session remembers."""
    values: dict[str, object] = {}
    monkeypatch.setattr(session, "remember", values.__setitem__)
    monkeypatch.setattr(session, "recall", lambda name, default=None: values.get(name, default))
    return values


def space_of(n: int, fingerprint: str = "a"):
    encodings = SimpleNamespace(mean=np.zeros((n, 2)), fingerprint=fingerprint)
    return SimpleNamespace(encodings=encodings)


def clustering(assignments: list[int]) -> Clustering:
    return Clustering(
        method="kmeans",
        assignments=np.array(assignments),
        centers=np.zeros((max(assignments) + 1, 2), np.float32),
        n_fitted=len(assignments),
        numbers=np.zeros(0, np.int64),
        scores=np.zeros(0),
    )


def remember_clusters(space, key: str, found: Clustering) -> None:
    fingerprint = space.encodings.fingerprint
    kept = SessionClusters(key=key, found_by="x", encodings=fingerprint, clustering=found)
    session.remember("clusters", kept)


def test_samples_in_no_cluster_are_gray_and_last():
    space = space_of(4)
    remember_clusters(space, "key", clustering([1, -1, 0, 0]))
    name_cluster("key", 0, "  big \n ones ")
    colors = cluster_colors(space)
    assert colors.names == ("big ones", "Cluster 2", session_clusters.NO_CLUSTER)
    assert colors.values.tolist() == [1, 2, 0, 0]
    assert colors.palette_places().tolist() == [1, 10, 0, 0]


def test_a_name_changes_the_fingerprint_and_an_empty_one_removes_it():
    space = space_of(2)
    remember_clusters(space, "key", clustering([0, 1]))
    before = cluster_colors(space).fingerprint
    name_cluster("key", 1, "x")
    assert cluster_colors(space).fingerprint != before
    name_cluster("key", 1, " ")
    assert cluster_colors(space).fingerprint == before


def test_there_are_none_for_other_codes_or_before_any_were_found():
    assert cluster_colors(space_of(2)) is None
    remember_clusters(space_of(2), "key", clustering([0, 1]))
    assert cluster_colors(space_of(2, "b")) is None


def test_of_more_clusters_than_a_map_has_the_smallest_are_one():
    space = space_of(300)
    remember_clusters(space, "key", clustering(list(range(300))))
    colors = cluster_colors(space)
    assert len(colors.names) == 255
    assert colors.names[-1] == "46 smaller clusters"
    assert (colors.values == 254).sum() == 46
