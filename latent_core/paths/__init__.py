"""Ways from code to code: straight, around the sphere, or along the data."""

from .mixing import corners, cross_fade, slerp
from .path import KINDS, Path
from .routes import along, legs, line, sphere
from .walks import DataGraph, data_graph

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
