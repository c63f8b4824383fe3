"""Reconstruction errors, with those of PCA with as many dimensions as baseline."""

from __future__ import annotations

from typing import Any

from latent_core.errors import InvalidCardError
from latent_core.metrics import per_image_mse
from latent_core.models.catalog import load_model
from latent_core.models.model import LatentModel, TorchModel
from latent_core.types import Dataset, Floats


def baseline_errors(model: LatentModel, data: Dataset) -> tuple[float, float]:
    """Mean squared error per pixel of PCA with as many dimensions as `model` has.

    The first D components of the card's baseline *are* PCA with D dimensions.

    Parameters
    ----------
    model
        The model whose card names the baseline.
    data
        The images.

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
    flat = data.images().reshape(len(data), -1)
    linear = (flat - weights["mean"]) @ components.T @ components + weights["mean"]
    clipped = linear.clip(0, 1)
    return float(per_image_mse(flat, linear).mean()), float(per_image_mse(flat, clipped).mean())


def reconstruction_metrics(model: TorchModel, data: Dataset, errors: Floats) -> dict[str, Any]:
    """The mean squared error per pixel, and its ratio to that of PCA.

    Parameters
    ----------
    model, data
        The model and the images.
    errors
        Squared reconstruction errors per pixel ``(N,)``.

    Returns
    -------
    dict
        ``mse`` and, where the card names a baseline, ``mse_pca``, ``mse_ratio_to_pca`` and the
        same with pixels of PCA clipped to [0, 1], ``…_clipped``.
    """
    mse = float(errors.mean())
    if model.card.baseline is None and model.card.family != "pca":
        return {"mse": round(mse, 6)}
    linear, clipped = baseline_errors(model, data)
    return {
        "mse": round(mse, 6),
        "mse_pca": round(linear, 6),
        "mse_ratio_to_pca": round(mse / linear, 4),
        "mse_pca_clipped": round(clipped, 6),
        "mse_ratio_to_pca_clipped": round(mse / clipped, 4),
    }
