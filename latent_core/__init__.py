"""See what an autoencoder has learned: models, codes, maps and the way back to pictures.

>>> import latent_core as lc
>>> model = lc.load_model("digits-vae-16")
>>> data = lc.load_dataset("digits")
>>> encodings = lc.encode(model, data)
>>> encodings.mean.shape
(10000, 16)
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "BadCard": "errors",
    "BadInput": "errors",
    "Cancelled": "errors",
    "LatentError": "errors",
    "TooLarge": "errors",
    "UnknownName": "errors",
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
    "Map": "projection",
    "PCA": "projection",
    "TSNE": "projection",
    "UMAP": "projection",
    "LLE": "projection",
    "Isomap": "projection",
    "read_pictures": "io.uploads",
}
__all__ = sorted(_HOME)  # noqa: PLE0605 - a test compares it with what is exported


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: torch alone takes a second."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
