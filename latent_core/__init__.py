"""Explore the latent space of an autoencoder: encode, project, decode and evaluate.

>>> import latent_core as lc
>>> model = lc.load_model("digits-vae-16")
>>> data = lc.load_dataset("digits")
>>> encodings = lc.encode(model, data)
>>> encodings.mean.shape
(10000, 16)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latent_core.datasets.dataset import list_datasets as list_datasets
    from latent_core.datasets.dataset import load_dataset as load_dataset
    from latent_core.errors import CancelledError as CancelledError
    from latent_core.errors import InputTooLargeError as InputTooLargeError
    from latent_core.errors import InvalidCardError as InvalidCardError
    from latent_core.errors import InvalidInputError as InvalidInputError
    from latent_core.errors import LatentError as LatentError
    from latent_core.errors import UnknownNameError as UnknownNameError
    from latent_core.evaluation.evaluate import evaluate as evaluate
    from latent_core.io.uploads import read_uploads as read_uploads
    from latent_core.models.card import ModelCard as ModelCard
    from latent_core.models.catalog import list_models as list_models
    from latent_core.models.catalog import load_card as load_card
    from latent_core.models.catalog import load_model as load_model
    from latent_core.models.model import LatentModel as LatentModel
    from latent_core.neighbors import nearest as nearest
    from latent_core.projection import LLE as LLE
    from latent_core.projection import PCA as PCA
    from latent_core.projection import TSNE as TSNE
    from latent_core.projection import UMAP as UMAP
    from latent_core.projection import Isomap as Isomap
    from latent_core.projection import Projection as Projection
    from latent_core.types import Dataset as Dataset
    from latent_core.types import Encodings as Encodings
    from latent_core.types import Posterior as Posterior
    from latent_core.workspace import encode as encode
    from latent_core.workspace import project as project
    from latent_core.workspace import reconstruction_errors as reconstruction_errors


__version__ = "0.1.0"

_MODULES = {
    "InvalidCardError": "errors",
    "InvalidInputError": "errors",
    "CancelledError": "errors",
    "LatentError": "errors",
    "InputTooLargeError": "errors",
    "UnknownNameError": "errors",
    "Dataset": "types",
    "Encodings": "types",
    "Posterior": "types",
    "LatentModel": "models.model",
    "ModelCard": "models.card",
    "list_datasets": "datasets.dataset",
    "list_models": "models.catalog",
    "load_card": "models.catalog",
    "load_dataset": "datasets.dataset",
    "load_model": "models.catalog",
    "encode": "workspace",
    "project": "workspace",
    "reconstruction_errors": "workspace",
    "evaluate": "evaluation.evaluate",
    "nearest": "neighbors",
    "Projection": "projection",
    "PCA": "projection",
    "TSNE": "projection",
    "UMAP": "projection",
    "LLE": "projection",
    "Isomap": "projection",
    "read_uploads": "io.uploads",
}
__all__ = sorted(_MODULES)  # noqa: PLE0605 - a test compares it with the typed exports


def __getattr__(name: str) -> Any:
    """Import a name at first use, since importing torch alone takes a second."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
