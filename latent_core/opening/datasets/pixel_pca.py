"""A model for images that come without one: PCA of their pixels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save

from latent_core.architectures.linear import principal_components
from latent_core.card_files import sha256_file, write_card
from latent_core.files import write_file
from latent_core.models.card import WEIGHTS, ModelCard
from latent_core.models.catalog import load_network_from_card
from latent_core.models.onnx_export import export_decoder
from latent_core.progress import ProgressCallback

N_COMPONENTS = 32
MIN_COMPONENTS = 2
"""With fewer, there would be no map; components that do not exist are zeros."""
MAX_IMAGES = 10_000
MAX_VALUES = 2**27
"""Values of all images that are used, 0.5 GB as float32."""
_PAPER = (
    "K. Pearson: On Lines and Planes of Closest Fit to Systems of Points in Space (1901), "
    "doi:10.1080/14786440109462720"
)


def write_pixel_pca(
    images: NDArray[np.uint8], folder: Path, dataset_id: str, title: str, progress: ProgressCallback
) -> None:
    """Write card, weights and exported decoder of a PCA of `images` ``(N, C, H, W)`` uint8."""
    channels, height, width = (int(n) for n in images.shape[1:])
    n_pixels = channels * height * width
    chosen = _sample(len(images), min(MAX_IMAGES, max(1, MAX_VALUES // n_pixels)))
    progress(0.0, f"computing the principal components of {len(chosen):,} images")
    flat = images[chosen].reshape(len(chosen), -1).astype(np.float32)
    flat /= np.float32(255)
    latent_dim = min(n_pixels, max(MIN_COMPONENTS, min(N_COMPONENTS, len(chosen) - 1)))
    mean, components = principal_components(flat, latent_dim)
    card = ModelCard(
        id=folder.name,
        title=f"{title}, PCA, {latent_dim} dimensions",
        description=f"The first {latent_dim} principal components of {len(chosen):,} of its "
        "images: a linear model, made when the data set was opened.",
        family="pca",
        dataset=dataset_id,
        image_shape=(channels, height, width),
        latent_dim=latent_dim,
        architecture={"name": "linear"},
        preprocessing={
            "color": "gray" if channels == 1 else "rgb",
            "fit_mode": "cover",
            "background": "any",
        },
        paper=_PAPER,
        training={
            "command": "none; made when the data set was opened",
            "objective": "pca",
            "seed": 0,
        },
        folder=folder,
    )
    tensors = {"mean": torch.tensor(mean), "components": torch.tensor(components)}
    write_file(card.weights, save(tensors))
    digest = sha256_file(card.weights)
    card = replace(card, weights_sha256=digest)
    write_card(folder / "card.json", _as_json(card))
    progress(0.6, "exporting the decoder")
    export_decoder(load_network_from_card(card))


def _sample(count: int, n_chosen: int) -> NDArray[np.int64]:
    """Indices of the images that PCA is fitted to: all, or a random choice of them."""
    if count <= n_chosen:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, n_chosen, replace=False))


def _as_json(card: ModelCard) -> dict[str, Any]:
    texts = ("title", "description", "family", "dataset", "paper", "license")
    others = ("latent_dim", "architecture", "preprocessing", "training")
    fields = {name: getattr(card, name) for name in (*texts, *others)}
    weights = {"file": WEIGHTS, "sha256": card.weights_sha256}
    return fields | {"image_shape": list(card.image_shape), "weights": weights, "metrics": {}}
