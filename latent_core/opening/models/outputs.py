"""What encoders and decoders of all libraries give, as arrays or tensors.

A tensor, a tuple of mean and log-variance, a dictionary or data class of them, or a distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.opening.models.signatures import check_codes
from latent_core.types import Array, Floats

_MEAN = ("mean", "mu", "loc", "z_mean", "embedding", "latent", "latents", "z")
_LOG_VAR = ("log_var", "logvar", "log_variance", "log_covariance", "z_log_var")
_DISTRIBUTION = ("latent_dist", "posterior", "distribution")
_IMAGE = ("sample", "reconstruction", "recon_x", "images", "image", "x_hat", "output")


def posterior(output: Any) -> tuple[Any, Any]:
    """Mean and log-variance, as they are; the latter None for a deterministic encoder.

    Raises
    ------
    InvalidInputError
        It is nothing of what is known.
    """
    parts = _parts(output)
    if (inner := _first(parts, _DISTRIBUTION)) is not None:
        return posterior(inner)
    mean = _first(parts, _MEAN)
    if mean is not None:
        log_var = _first(parts, _LOG_VAR)
        if log_var is None and (variance := _first(parts, ("variance", "var"))) is not None:
            log_var = variance.log() if hasattr(variance, "log") else np.log(variance)
        return mean, log_var
    if isinstance(output, tuple | list) and output:
        same = len(output) > 1 and getattr(output[1], "shape", 0) == getattr(output[0], "shape", 1)
        return output[0], output[1] if same else None
    if hasattr(output, "shape"):
        return output, None
    raise InvalidInputError(
        f"The encoder gives {type(output).__name__!r}; it must give an array, a mean and a "
        "log-variance, or a distribution."
    )


def image_tensor(output: Any) -> Any:
    """The images in what a decoder gives."""
    found = _first(_parts(output), _IMAGE)
    if found is not None and not callable(found):
        return found
    if isinstance(output, tuple | list) and output:
        return output[0]
    return output


def posterior_arrays(output: Any) -> tuple[Floats, Floats | None]:
    """`posterior` as float32 arrays.

    Raises
    ------
    IndicesError
        The mean is whole numbers, as the indices of a VQ model.
    """
    mean, log_var = posterior(output)
    check_codes(_detached(mean), "The code is")
    return _array(mean), None if log_var is None else _array(log_var)


def single_array(output: Any) -> Array:
    """`image_tensor` as a float32 array."""
    return _array(image_tensor(output))


def _parts(output: Any) -> Mapping[str, Any]:
    """The named parts of an output; of a tensor or array, none."""
    if isinstance(output, Mapping):
        return output
    if is_dataclass(output) and not isinstance(output, type):
        return {field.name: getattr(output, field.name) for field in fields(output)}
    if hasattr(output, "shape"):
        return {}
    names = (*_DISTRIBUTION, *_MEAN, *_LOG_VAR, "variance", "var", *_IMAGE)
    return {name: getattr(output, name) for name in names if hasattr(output, name)}


def _first(parts: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((parts[name] for name in names if parts.get(name) is not None), None)


def _detached(value: Any) -> Any:
    return value.detach().cpu().numpy() if hasattr(value, "detach") else value


def _array(value: Any) -> Floats:
    array = np.asarray(_detached(value))
    if array.dtype.kind not in "biuf":
        raise InvalidInputError(f"Numbers are needed, not {array.dtype}.")
    return array.astype(np.float32)
