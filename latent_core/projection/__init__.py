"""Project codes to two or three dimensions: latent axes, t-SNE, UMAP, PCA, Isomap, LLE.

Each method is one file with a frozen parameter class; `METHODS` finds them.  `project` fits a
method to codes and gives a `Projection`; `Projection.transform` adds new codes to it without
changing the existing points.  The inverse (points to codes) is in `projection.inverse`.
"""

from latent_core.projection.base import (
    IterationCallback,
    ProjectionMethod,
    null_callback,
    param_fields,
)
from latent_core.projection.isomap import Isomap
from latent_core.projection.latent_axes import LatentAxes, has_latent_axes
from latent_core.projection.lle import LLE
from latent_core.projection.pca import PCA
from latent_core.projection.projection import Projection, project
from latent_core.projection.registry import METHODS, method_from_dict, method_to_dict
from latent_core.projection.small_data import lowered_for
from latent_core.projection.trustworthiness import (
    Trustworthiness,
    measure_trustworthiness,
    trustworthiness,
)
from latent_core.projection.tsne import TSNE
from latent_core.projection.umap import UMAP

__all__ = [
    "LLE",
    "METHODS",
    "PCA",
    "TSNE",
    "UMAP",
    "Isomap",
    "IterationCallback",
    "LatentAxes",
    "Projection",
    "ProjectionMethod",
    "Trustworthiness",
    "has_latent_axes",
    "lowered_for",
    "measure_trustworthiness",
    "method_from_dict",
    "method_to_dict",
    "null_callback",
    "param_fields",
    "project",
    "trustworthiness",
]
