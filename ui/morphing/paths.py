"""Paths between codes, with their distances to the data and their points on the map."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from latent_core.analysis.support import NEAR_DATA, SPARSE, support_of_encodings
from latent_core.interpolation import (
    LatentPath,
    NeighborGraph,
    geodesic_path,
    linear_path,
    path_through,
    spherical_path,
)
from latent_core.projection import Projection
from latent_core.types import Floats
from ui import session
from ui.components.morph_types import AnnotatedPath, SupportLimits
from ui.spaces import Space
from ui.visitor.tray import TrayItem

T = TypeVar("T")


def session_memo(name: str, key: str, compute: Callable[[], T]) -> T:
    """The result of `compute`, stored in this session until `key` changes."""
    kept: tuple[str, T] | None = session.recall(name)
    if kept is None or kept[0] != key:
        kept = (key, compute())
        session.remember(name, kept)
    return kept[1]


def fingerprint(*parts: object) -> str:
    """A hash of values: arrays and codes by their content, other values by their `repr`."""
    digest = hashlib.sha256()
    for part in parts:
        found = part.code if isinstance(part, TrayItem) else part
        text = found.tobytes() if isinstance(found, np.ndarray) else repr(found).encode()
        digest.update(len(text).to_bytes(8) + text)
    return digest.hexdigest()[:24]


def support_limits(space: Space) -> SupportLimits:
    """The largest kNN distances to the data that count as near data and as sparse."""
    distances = support_of_encodings(space.encodings).reference_distances
    quantiles = np.linspace(0, 1, len(distances))
    near, sparse = np.interp([NEAR_DATA, SPARSE], quantiles, distances)
    return SupportLimits(near=max(float(near), 1e-9), sparse=max(float(sparse), 1e-9))


def paths_between(a: Floats, b: Floats, graph: NeighborGraph | None) -> list[LatentPath]:
    """All paths from `a` to `b`; the geodesic one only with a graph."""
    paths = [linear_path(a, b), spherical_path(a, b)]
    return paths if graph is None else [*paths, geodesic_path(a, b, graph)]


def path_through_items(
    chosen: Sequence[TrayItem], seconds: Sequence[float], kind: str, graph: NeighborGraph | None
) -> LatentPath:
    """The path through all waypoints; a geodesic one is linear while there is no graph."""
    codes = np.stack([item.code for item in chosen])
    if kind == "geodesic" and graph is None:
        return path_through(codes, seconds, "linear")
    return path_through(codes, seconds, kind, graph)


def annotate_path(space: Space, projection: Projection | None, path: LatentPath) -> AnnotatedPath:
    """A path with its distances to the data and its points on a 2D map."""
    distances = support_of_encodings(space.encodings).distance(path.codes)
    map_points = None if projection is None else projection.transform(path.codes)
    return AnnotatedPath(path=path, distances=distances, map_points=map_points)


def norm_sentence(space: Space, a: Floats, b: Floats) -> str:
    """How the norm of the code halfway on the linear path compares with the data's norms."""
    norms = np.linalg.norm(space.encodings.mean, axis=1)
    low, median, high = np.quantile(norms, [0.05, 0.5, 0.95])
    halfway = float(np.linalg.norm((a + b) / 2))
    ends = (float(np.linalg.norm(a)) + float(np.linalg.norm(b))) / 2
    text = f"‖z‖ halfway on the linear path is {halfway:.1f}; of the data, {low:.1f} to {high:.1f}"
    if not space.model.card.has_gaussian_prior:
        return (
            f"{text}. This model has no Gaussian prior, so its codes need not lie on a sphere: the "
            "spherical path is only another path."
        )
    shell = f"about √{len(a)} = {len(a) ** 0.5:.1f} for a Gaussian in {len(a)} dimensions"
    if halfway < low:
        too = "; the spherical path is as near to the origin too" if ends < low else ""
        return (
            f"{text} (median {median:.1f}; {shell}). The linear path passes nearer to the origin "
            f"than 95 % of the codes; on the spherical path ‖z‖ is {ends:.1f}{too}."
        )
    return f"{text} ({shell}). Linear and spherical path differ little here."
