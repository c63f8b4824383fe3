"""The paths between pictures, with how near the data is and where they lie on the map."""

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
from ui.components.morph_types import Limits, Road
from ui.session import TrayItem
from ui.spaces import Space

T = TypeVar("T")


def once(name: str, of: str, make: Callable[[], T]) -> T:
    """What `make` gives, made again only when `of` is another; it stays in this session."""
    kept: tuple[str, T] | None = session.recall(name)
    if kept is None or kept[0] != of:
        kept = (of, make())
        session.remember(name, kept)
    return kept[1]


def fingerprint(*parts: object) -> str:
    """A name for values: arrays and picks by their content, all else by its text."""
    digest = hashlib.sha256()
    for part in parts:
        found = part.code if isinstance(part, TrayItem) else part
        text = found.tobytes() if isinstance(found, np.ndarray) else repr(found).encode()
        digest.update(len(text).to_bytes(8) + text)
    return digest.hexdigest()[:24]


def limits_of(space: Space) -> Limits:
    """Up to which distance a code counts as known, and as thinly so."""
    usual = support_of_encodings(space.encodings).reference_distances
    known, thin = np.interp([NEAR_DATA, SPARSE], np.linspace(0, 1, len(usual)), usual)
    return Limits(known=max(float(known), 1e-9), thin=max(float(thin), 1e-9))


def two_paths(a: Floats, b: Floats, graph: NeighborGraph | None) -> list[LatentPath]:
    """All paths from one code to the other; the one along the data once there is its graph."""
    paths = [linear_path(a, b), spherical_path(a, b)]
    return paths if graph is None else [*paths, geodesic_path(a, b, graph)]


def path_through_picks(
    chosen: Sequence[TrayItem], seconds: Sequence[float], kind: str, graph: NeighborGraph | None
) -> LatentPath:
    """The path through all pictures in turn; straight while there is no graph of the data."""
    codes = np.stack([pick.code for pick in chosen])
    if kind == "geodesic" and graph is None:
        return path_through(codes, seconds, "linear")
    return path_through(codes, seconds, kind, graph)


def road_of(space: Space, made: Projection | None, path: LatentPath) -> Road:
    """A path with how far the data is along it, and where it lies on a flat map."""
    far = support_of_encodings(space.encodings).distance(path.codes)
    places = None if made is None else made.transform(path.codes)
    return Road(path=path, far=far, places=places)


def sphere_matters(space: Space, a: Floats, b: Floats) -> str:
    """One sentence on whether the straight path leaves the shell on which the codes lie."""
    low, usual, high = np.quantile(np.linalg.norm(space.encodings.mean, axis=1), [0.05, 0.5, 0.95])
    halfway = float(np.linalg.norm((a + b) / 2))
    ends = (float(np.linalg.norm(a)) + float(np.linalg.norm(b))) / 2
    data = f"the data's codes lie {low:.1f} to {high:.1f} from it"
    straight = f"Halfway, the straight path is {halfway:.1f} from the origin; {data}"
    if not space.model.card.has_gaussian_prior:
        return (
            f"{straight}. This model has no Gaussian prior, so nothing asks its codes to lie on a "
            "sphere: it is only another way."
        )
    shell = f"about √{len(a)} = {len(a) ** 0.5:.1f} for a Gaussian in {len(a)} dimensions"
    if halfway < low:
        return (
            f"{straight} (half of them under {usual:.1f}; {shell}). The straight path cuts through "
            f"the hollow inside; the sphere stays out, at {ends:.1f}."
        )
    return f"{straight} ({shell}). It stays in their shell, so here the sphere changes little."
