"""Reconstruction errors, with those of PCA with as many dimensions as baseline."""

from __future__ import annotations

from latent_core.errors import InvalidCardError
from latent_core.metrics import per_image_mse
from latent_core.models.catalog import load_model
from latent_core.models.model import LatentModel
from latent_core.types import Array, Dataset


def baseline_errors(
    model: LatentModel, data: Dataset, rows: Array | slice = slice(None)
) -> tuple[float, float]:
    """Mean squared error per pixel of PCA with as many dimensions as `model` has.

    The first D components of the card's baseline *are* PCA with D dimensions.

    Parameters
    ----------
    model
        The model whose card names the baseline.
    data, rows
        The images, and which of them.

    Returns
    -------
    linear, clipped
        Error of the linear reconstruction, as usually reported for PCA, and of the reconstruction
        with pixels clipped to [0, 1], as the app shows it.

    Raises
    ------
    InvalidCardError
        The baseline is not a PCA, or has fewer dimensions.
    """
    from safetensors.numpy import load_file

    baseline = load_model(str(model.card.baseline or model.card.id))
    dims = model.card.latent_dim
    if baseline.card.family != "pca" or baseline.card.latent_dim < dims:
        raise InvalidCardError(
            f"The baseline of {model.card.id!r} must be a PCA with at least {dims} dimensions, not "
            f"{baseline.card.id!r}; correct 'baseline' on its card."
        )
    weights = load_file(baseline.card.checked_weights())
    components = weights["components"][:dims]
    images = data.images(rows)
    flat = images.reshape(len(images), -1)
    linear = (flat - weights["mean"]) @ components.T @ components + weights["mean"]
    clipped = linear.clip(0, 1)
    return float(per_image_mse(flat, linear).mean()), float(per_image_mse(flat, clipped).mean())
