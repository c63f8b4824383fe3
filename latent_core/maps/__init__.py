"""Maps: codes of many dimensions on a sheet or in a box.

A method is one file with a frozen spec; `METHODS` finds them.  `project` fits a spec to codes,
`Map.place` puts new codes on the map without moving the old ones.
"""

from .base import MapSpec, Watch, watch_nothing
from .isomap import Isomap
from .lle import LLE
from .maps import Map, project
from .pca import PCA
from .quality import trustworthiness
from .registry import METHODS, spec_from_dict, spec_to_dict
from .tsne import TSNE
from .umap import UMAP

__all__ = [
    "LLE",
    "METHODS",
    "PCA",
    "TSNE",
    "UMAP",
    "Isomap",
    "Map",
    "MapSpec",
    "Watch",
    "project",
    "spec_from_dict",
    "spec_to_dict",
    "trustworthiness",
    "watch_nothing",
]
