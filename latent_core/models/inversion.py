"""Inversion: codes of images under a model without an encoder, by optimization.

Each image has several initial codes.  Adam minimizes the squared pixel error of the decoded
image and, where the model has a perceptual model, the difference of classifier features, with a
penalty on codes that are longer than typical codes of the prior; the best code is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.metrics import fraction_above, per_image_mse
from latent_core.models.code_optimizer import BATCH_SIZE, choose_starts, optimize
from latent_core.models.inversion_config import (
    BATCH_INVERSION,
    FAST,
    HIGH_QUALITY,
    InversionConfig,
)
from latent_core.models.protocols import (
    Differentiable,
    LatentModel,
    differentiable,
    inversion_guide,
)
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, as_images

__all__ = [
    "BATCH_INVERSION",
    "FAST",
    "HIGH_QUALITY",
    "Differentiable",
    "InversionConfig",
    "InversionResult",
    "differentiable",
    "invert",
    "percentile_rank",
    "self_inversion_errors",
]

N_SELF_SAMPLES = 128
"""Samples of the model's own whose inversion error is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InversionResult:
    """The codes of images and their reconstruction errors.

    Parameters
    ----------
    codes
        ``(N, D)``.
    errors
        ``(N,)``, the mean squared error per pixel of each decoded code.
    """

    codes: Floats
    errors: Floats

    __repr__ = compact_repr


def invert(
    model: LatentModel | Differentiable,
    images: Floats,
    config: InversionConfig | None = None,
    *,
    initial_codes: Floats | None = None,
    progress: ProgressCallback = null_progress,
    callback: Callable[[Floats], None] | None = None,
) -> InversionResult:
    """Codes whose decoded images approximate `images`.

    Parameters
    ----------
    model
        A model with a decoder that gives gradients; it may guide the inversion, see
        `GuidesInversion`.
    images
        ``(N, C, H, W)`` in [0, 1].
    config
        The parameters; by default ``InversionConfig()``.
    initial_codes
        ``(N, D)``, one of the starts of each image, such as an encoder's codes; by default the
        model's own prediction, if it has any.  No image's error exceeds theirs.
    progress
        Called after each step; may raise `CancelledError`.
    callback
        Called with the best codes ``(N, D)`` so far after each step, so that they can be kept
        when the inversion is cancelled.

    Raises
    ------
    InvalidInputError
        Shapes or values are invalid, or the model has no decoder or gives no gradients.

    References
    ----------
    Creswell & Bharath 2018, arXiv:1611.05644; Lipton & Tripathi 2017, arXiv:1702.04782; the
    feature loss as in Abdal, Qin & Wonka 2019, arXiv:1904.03189; initialization by an encoder as
    in Zhu et al. 2016, arXiv:1609.03552.
    """
    model = differentiable(model)
    targets = as_images(images, model.card.image_shape)
    config, guide = config or InversionConfig(), inversion_guide(model)
    if initial_codes is None:
        initial_codes = guide.initial_codes(targets) if guide is not None else None
    elif np.shape(initial_codes) != (len(targets), model.card.latent_dim):
        raise InvalidInputError(
            f"{len(targets)} images need initial_codes of shape "
            f"({len(targets)}, {model.card.latent_dim}), not {np.shape(initial_codes)}."
        )
    starts = choose_starts(model, targets, config, initial_codes)
    codes = _optimize_in_batches(model, targets, starts, config, progress, callback)
    errors = per_image_mse(targets, model.decode(codes))
    if initial_codes is not None:
        initial_errors = per_image_mse(targets, model.decode(starts[:, -1]))
        worse = initial_errors < errors  # by rounding alone, since the best code is kept
        codes[worse], errors[worse] = starts[worse, -1], initial_errors[worse]
    return InversionResult(codes=codes, errors=errors)


def _optimize_in_batches(
    model: Differentiable,
    targets: Floats,
    starts: Floats,
    config: InversionConfig,
    progress: ProgressCallback,
    callback: Callable[[Floats], None] | None,
) -> Floats:
    guide = inversion_guide(model)
    perceptual_model = guide.perceptual_model if guide is not None else None
    perceptual_net = None
    if perceptual_model is not None:
        perceptual_net = perceptual_model.run_on_network_thread(lambda net: net)
    per_batch = max(1, BATCH_SIZE // config.n_starts)
    parts = [slice(i, i + per_batch) for i in range(0, len(targets), per_batch)]
    message = f"searching for {len(targets):,} codes" if len(targets) > 1 else "searching"
    codes = starts[:, -1].copy()
    for number, part in enumerate(parts):

        def on_step(best: Floats, step: int, number: int = number, part: slice = part) -> None:
            codes[part] = best
            if callback is not None:
                callback(codes.copy())
            progress((number + step / (config.n_steps + 1)) / len(parts), message)

        codes[part] = optimize(model, targets[part], starts[part], config, perceptual_net, on_step)
    return codes


def self_inversion_errors(
    model: Differentiable,
    config: InversionConfig | None = None,
    count: int | None = None,
    *,
    progress: ProgressCallback = null_progress,
) -> Floats:
    """Inversion errors ``(count,)`` of samples of the model itself, by default of 128.

    They are a lower bound for the optimizer: an exact code of each sample exists.
    """
    rng = np.random.default_rng(10_007)
    codes = rng.standard_normal((count or N_SELF_SAMPLES, model.card.latent_dim)).astype(np.float32)
    return invert(model, model.decode(codes), config, progress=progress).errors


def percentile_rank(self_errors: Floats, error: float) -> float:
    """The fraction, in [0, 1], of the model's own samples with a larger inversion error."""
    return fraction_above(self_errors, error)
