"""Ways from code to code: straight, around the sphere, or along the data."""

from latent_core.interpolation.interpolate import corners, cross_fade, slerp
from latent_core.interpolation.knn_graph import DataGraph, data_graph
from latent_core.interpolation.path import KINDS, Path
from latent_core.interpolation.paths import along, legs, line, sphere

__all__ = [
    "KINDS",
    "DataGraph",
    "Path",
    "along",
    "corners",
    "cross_fade",
    "data_graph",
    "legs",
    "line",
    "slerp",
    "sphere",
]
