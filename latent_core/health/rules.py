"""Rules that turn measurements into findings, with evidence and advice.

The thresholds are conventions.  Tests check that linear VAEs whose optimum is known in closed form
(Lucas et al. 2019, arXiv:1911.02469) are diagnosed with them as the theory says; see
``docs/health.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from latent_core.health.findings import (
    COLLAPSED,
    NOTE,
    OVER_REGULARIZED,
    OVERFITTED,
    UNDER_REGULARIZED,
    UNDERFITTED,
    Finding,
)
from latent_core.health.reference_prior import STANDARD_NORMAL

if TYPE_CHECKING:
    from latent_core.health.diagnosis import Health

MIN_EXPLAINED = 0.05
"""Collapsed: reconstructions explain less of the images' variance than this."""
MIN_SAMPLE_VARIANCE = 0.05
"""Collapsed: samples from the prior have less of the real images' variance than this."""
MIN_EFFECTIVE_DIM, MANY_DIMS = 1.5, 8
"""Collapsed: codes of at least 8 dimensions whose participation ratio is below 1.5."""
MAX_RATIO_TO_PCA = 1.25
"""Over-regularized or underfitted: error ÷ that of PCA with as many dimensions."""
MAX_NOISE_SHARE, MAX_INACTIVE = 0.5, 0.5
"""Over-regularized: more noise than signal in active dimensions, or most dimensions inactive."""
MAX_HOLES, SOME_HOLES = 0.5, 0.2
"""Under-regularized: most samples from the prior lie far from data; from the second, a note."""
MAX_TRAIN_RATIO = 1.25
"""Overfitted: error of held-out ÷ of training images, and its interval excludes 1."""
MAX_OUT_OF_RANGE, MAX_DEAD = 0.01, 0.05
"""Notes: share of pixels outside [0, 1], and of dead pixels."""
MIN_SENSITIVITY = 0.01
"""Note: an active dimension changes images less than this share of a random direction."""


def _collapse(health: Health) -> Iterator[Finding]:
    """Posterior collapse, mode collapse of a decoder, dimensional collapse of codes."""
    codes, errors, output = health.codes, health.reconstruction, health.output
    signs = []
    if errors is not None and errors.explained < MIN_EXPLAINED:
        signs.append(
            f"reconstructions explain {_percent(errors.explained)} of the variance of "
            f"{errors.n_images:,} held-out images (the mean image: 0 %)"
        )
    if codes is not None and not codes.active.any():
        signs.append(f"active units: 0 of {len(codes.active)} on {_n_codes(health)}")
    variance = None if output is None else output.sample_variance
    if output is not None and variance is not None and variance < MIN_SAMPLE_VARIANCE:
        signs.append(
            f"samples from the prior have {_percent(variance)} of the variance of "
            f"{output.n_real:,} real images"
        )
    is_large = codes is not None and codes.active.any() and len(codes.active) >= MANY_DIMS
    if codes is not None and is_large and codes.effective_dim < MIN_EFFECTIVE_DIM:
        signs.append(
            f"the codes fill {codes.effective_dim:.1f} of {len(codes.active)} dimensions "
            "(participation ratio)"
        )
    if signs:
        yield Finding(
            kind=COLLAPSED,
            title="The code says next to nothing about the image.",
            evidence=_sentence(signs),
            advice="Lower the weight of the KL term or raise it slowly from 0 (KL annealing), "
            "use free bits, or a weaker decoder; for a GAN, restart from an earlier state.",
        )


def _overfitting(health: Health) -> Iterator[Finding]:
    errors = health.reconstruction
    if errors is None or errors.train_ratio is None or errors.train_ratio_low is None:
        return
    if errors.train_ratio >= MAX_TRAIN_RATIO and errors.train_ratio_low > 1:
        yield Finding(
            kind=OVERFITTED,
            title="The model reconstructs its training images better than new ones.",
            evidence=f"Error of {errors.n_images:,} held-out images ÷ of {errors.n_train:,} "
            f"training images: {errors.train_ratio:.2f} (95 % interval "
            f"{errors.train_ratio_low:.2f} to {errors.train_ratio_high:.2f}; 1 is equal).",
            advice="Train for fewer epochs, with more images, with augmentation, or with a "
            "smaller network.",
        )


def _reconstruction(health: Health) -> Iterator[Finding]:
    """Over-regularization where the codes show it, otherwise underfitting."""
    codes, errors = health.codes, health.reconstruction
    if errors is None or codes is None or errors.explained < MIN_EXPLAINED:
        return
    if errors.ratio_to_pca < MAX_RATIO_TO_PCA:
        return
    evidence = (
        f"error {errors.ratio_to_pca:.2f} × that of PCA with {len(codes.active)} dimensions on "
        f"{errors.n_images:,} held-out images (1 is equal)"
    )
    signs = _signs_of_regularization(health)
    if signs:
        yield Finding(
            kind=OVER_REGULARIZED,
            title="The codes hold less of the images than they could.",
            evidence=_sentence([evidence, *signs]),
            advice="Lower β, the weight of the KL term; anneal it from 0; or use fewer dimensions.",
        )
    else:
        yield Finding(
            kind=UNDERFITTED,
            title="A linear model of the same size reconstructs better.",
            evidence=_sentence([evidence]),
            advice="Train longer, with a larger network or a higher learning rate.",
        )


def _signs_of_regularization(health: Health) -> list[str]:
    codes, signs = health.codes, []
    if codes is None or codes.noise_share is None:
        return []
    n_inactive = int((~codes.active).sum())
    if n_inactive >= MAX_INACTIVE * len(codes.active):
        signs.append(f"inactive dimensions: {n_inactive} of {len(codes.active)}")
    noise = float(codes.noise_share[codes.active].mean()) if codes.active.any() else 1.0
    if noise > MAX_NOISE_SHARE:
        signs.append(f"{_percent(noise)} of the variance of active dimensions is noise")
    return signs


def _holes(health: Health) -> Iterator[Finding]:
    holes = health.holes
    if holes is None or not health.latent_decodes or holes.share < SOME_HOLES:
        return
    evidence = (
        f"{_percent(holes.share)} of {holes.n_samples:,} samples from {holes.prior} lie "
        f"farther from the data than {_percent(holes.quantile)} of held-out codes; of "
        f"{holes.n_held_out:,} other held-out codes, {_percent(holes.baseline)} do."
    )
    if health.trained_on_prior_samples:
        title = "The codes found by inversion leave most of the prior empty."
        reason = " The decoder was trained on samples from the whole prior: these are no holes."
        yield Finding(kind=NOTE, title=title, evidence=evidence + reason)
        return
    fitted = holes.prior != STANDARD_NORMAL
    advice = "Sample from a Gaussian mixture of the codes instead of from the prior."
    if holes.share >= MAX_HOLES:
        yield Finding(
            kind=UNDER_REGULARIZED,
            title="Most random codes lie in holes, where the decoder has seen no data.",
            evidence=evidence,
            advice=f"{advice} "
            + (
                "To have a prior, train a VAE."
                if fitted
                else "To close the holes, raise β, the weight of the KL term, or train longer."
            ),
        )
    else:
        title = "Some random codes lie in holes between the data."
        yield Finding(kind=NOTE, title=title, evidence=evidence, advice=advice)


def _dimensions(health: Health) -> Iterator[Finding]:
    codes = health.codes
    if codes is None or not codes.active.any():
        return
    if not codes.active.all():
        inactive = np.flatnonzero(~codes.active)
        yield Finding(
            kind=NOTE,
            title=f"Inactive dimensions: {len(inactive)} of {len(codes.active)}.",
            evidence=f"Hardly any variance over {_n_codes(health)}: {_names(inactive)}.",
            advice="Nothing is lost without them; on Dimensions, their sliders change nothing.",
        )
    if health.sensitivity is not None:
        limit = MIN_SENSITIVITY * health.sensitivity.random_direction
        ignored = np.flatnonzero(codes.active & (health.sensitivity.norm < limit))
        if len(ignored):
            yield Finding(
                kind=NOTE,
                title="The decoder ignores dimensions that the encoder uses.",
                evidence=f"Images change less than 1 % of what a random direction changes, at "
                f"{health.sensitivity.n_codes} codes: {_names(ignored)}.",
            )


def _pixels(health: Health) -> Iterator[Finding]:
    output = health.output
    if output is None:
        return
    outside = output.below + output.above
    if outside > MAX_OUT_OF_RANGE:
        yield Finding(
            kind=NOTE,
            title="The decoder leaves the range of pixels.",
            evidence=f"{_percent(outside)} of the pixels of {output.n_decoded:,} decoded images "
            f"are outside [0, 1], from {output.low:.2f} to {output.high:.2f}; they are clipped.",
            advice="End the decoder with a sigmoid, or scale its output.",
        )
    if output.dead is not None and output.dead > MAX_DEAD:
        yield Finding(
            kind=NOTE,
            title="Some pixels never change.",
            evidence=f"{_percent(output.dead)} of {output.n_varying:,} pixels that vary over "
            f"{output.n_real:,} real images are constant in their reconstructions.",
        )


RULES = (_collapse, _overfitting, _reconstruction, _holes, _dimensions, _pixels)


def _n_codes(health: Health) -> str:
    return f"{health.codes.n_codes:,} held-out samples" if health.codes else ""


def _percent(share: float) -> str:
    """A share in percent, with a digit after the point where it is small."""
    percent = 100 * share
    return f"{percent:.0f} %" if percent >= 10 or percent == 0 else f"{percent:.1f} %"


def _sentence(parts: list[str]) -> str:
    joined = "; ".join(parts)
    return f"{joined[0].upper()}{joined[1:]}."


def _names(dimensions: np.ndarray) -> str:
    """Names of dimensions, such as ``z1, z4``; of many, the first eight."""
    names = [f"z{int(d) + 1}" for d in dimensions]
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(names[:8]) + more
