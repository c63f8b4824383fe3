"""Metrics of codes and images, each computed from its definition."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Floats

ACTIVE_VARIANCE = 0.01
"""A unit is active when the variance of its posterior mean over the data exceeds this."""


def per_image_mse(images: Floats, decoded: Floats) -> Floats:
    """Mean squared error per pixel of each image, ``(N,)`` float32.

    Parameters
    ----------
    images, decoded
        ``(N, C, H, W)`` in [0, 1]: the originals and their reconstructions.
    """
    difference = images.reshape(len(images), -1) - decoded.reshape(len(decoded), -1)
    mean: Floats = np.square(difference).mean(axis=1)
    return mean


def kl_per_dimension(mean: Floats, log_var: Floats) -> Floats:
    """KL divergence of each dimension's posterior from N(0, 1), in nats, ``(D,)``.

    Parameters
    ----------
    mean, log_var
        ``(N, D)``, of the posterior of each image; the divergence is averaged over them.

    References
    ----------
    Kingma & Welling 2014, arXiv:1312.6114, appendix B.
    """
    kl = 0.5 * (np.square(mean) + np.exp(log_var) - 1 - log_var)
    average: Floats = kl.mean(axis=0)
    return average


def active_units(mean: Floats) -> NDArray[np.bool_]:
    """Which latent dimensions are active units, ``(D,)`` bool.

    Parameters
    ----------
    mean
        ``(N, D)``, the posterior mean of each image.

    References
    ----------
    Burda, Grosse & Salakhutdinov 2016, arXiv:1509.00519, section 5.2.
    """
    active: NDArray[np.bool_] = mean.var(axis=0) > ACTIVE_VARIANCE
    return active


def class_mean(codes: Floats, labels: NDArray[np.int64], label: int) -> Floats:
    """The mean ``(D,)`` of the codes ``(N, D)`` whose label ``(N,)`` is `label`.

    Raises
    ------
    InvalidInputError
        No code has that label.
    """
    own = codes[labels == label]
    if len(own) == 0:
        raise InvalidInputError(f"No image has label {label}; choose one from 0 to {labels.max()}.")
    mean: Floats = own.mean(axis=0)
    return mean


def fraction_above(population: Floats, value: float) -> float:
    """The fraction of `population` ``(N,)`` that is larger than `value`, in [0, 1]."""
    return float((population > value).mean())
