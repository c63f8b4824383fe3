"""Ways from code to code: straight, around the sphere, or along the data."""

from latent_core.interpolation.interpolate import bilinear, cross_fade, slerp
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
    "linear_path",
    "path_through",
    "slerp",
    "spherical_path",
]
