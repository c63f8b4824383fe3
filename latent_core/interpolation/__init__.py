"""Interpolate between codes: linear, spherical and geodesic paths, and bilinear grids.

A `LatentPath` is a polyline of codes over time.  `linear_path`, `spherical_path` and
`geodesic_path` join two codes, `path_through` any number; geodesic paths need the
`NeighborGraph` of the data's codes.  `cross_fade` blends images for comparison.
"""

from latent_core.interpolation.interpolate import bilinear, cross_fade, lerp, slerp
from latent_core.interpolation.knn_graph import NeighborGraph, build_neighbor_graph
from latent_core.interpolation.path import KINDS, LatentPath
from latent_core.interpolation.paths import geodesic_path, linear_path, path_through, spherical_path

__all__ = [
    "KINDS",
    "LatentPath",
    "NeighborGraph",
    "bilinear",
    "build_neighbor_graph",
    "cross_fade",
    "geodesic_path",
    "lerp",
    "linear_path",
    "path_through",
    "slerp",
    "spherical_path",
]
