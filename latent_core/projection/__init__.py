"""Maps: codes of many dimensions on a sheet or in a box.

A method is one file with a frozen spec; `METHODS` finds them.  `project` fits a spec to codes,
`Map.place` puts new codes on the map without moving the old ones.
"""

from latent_core.projection.base import MapSpec, Watch, watch_nothing
from latent_core.projection.isomap import Isomap
from latent_core.projection.lle import LLE
from latent_core.projection.pca import PCA
from latent_core.projection.projection import Map, project
from latent_core.projection.registry import METHODS, spec_from_dict, spec_to_dict
from latent_core.projection.trustworthiness import trustworthiness
from latent_core.projection.tsne import TSNE
from latent_core.projection.umap import UMAP

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
