"""The measurements of a model as figures, each with its meaning, baseline and sample size."""

from __future__ import annotations

import numpy as np

from latent_core.health import (
    AggregatePosterior,
    CodeStatistics,
    Health,
    Holes,
    ReconstructionErrors,
    Sensitivity,
    Smoothness,
)
from ui.images import signed_map_url
from ui.views.models.health.charts import dimension_bars, figure, histogram, horizontal_bars
from ui.wording.info import info_html
from ui.wording.text import format_number

_MAX_MATRIX = 256
"""Correlations of more dimensions are not drawn."""


def figures_html(health: Health) -> str:
    """All figures that the model has."""
    parts: list[str] = []
    if health.codes is not None:
        parts.append(_usage(health.codes))
    if health.sensitivity is not None:
        parts.append(_sensitivity(health.sensitivity))
    if health.reconstruction is not None:
        parts += [_errors(health.reconstruction), _error_histogram(health.reconstruction)]
    if health.holes is not None:
        parts.append(_holes(health.holes))
    if health.smoothness is not None:
        parts.append(_smoothness(health.smoothness))
    if health.aggregate is not None:
        parts += [_distances(health.aggregate), _norms(health.aggregate)]
    if health.codes is not None and 1 < health.latent_dim <= _MAX_MATRIX:
        parts.append(_correlation(health.codes))
    return f'<div class="lh-figures">{"".join(parts)}</div>'


def _usage(codes: CodeStatistics) -> str:
    """KL divergence per dimension; without variances, variance."""
    n_active = int(codes.active.sum())
    caption = (
        f"{n_active} of {len(codes.active)} dimensions are active; inactive ones are gray. "
        f"{codes.n_codes:,} held-out samples."
    )
    if codes.kl is None:
        title = info_html(
            "variance",
            "Variance of each dimension",
            "how much each number of the code differs between samples; a dimension with less than "
            "1 % of the largest variance counts as inactive",
        )
        share = codes.variance / max(float(codes.variance.sum()), 1e-12)
        return figure(
            f"{title}, in % of all",
            dimension_bars(100 * share, faded=~codes.active, digits=1),
            caption,
        )
    title = info_html(
        "kl",
        "KL divergence of each dimension",
        "how much each number of the code says about the image, in nats: 0 is the prior, which "
        "says nothing. A dimension is an active unit if its mean differs between images (Burda, "
        "Grosse & Salakhutdinov 2016)",
    )
    return figure(
        f"{title}, nats",
        dimension_bars(codes.kl, faded=~codes.active),
        f"{caption} Together {format_number(float(codes.kl.sum()), 1)} nats.",
    )


def _sensitivity(sensitivity: Sensitivity) -> str:
    title = info_html(
        "sensitivity",
        "Sensitivity: what each dimension changes",
        "how strongly pixels change per standard deviation of the dimension: the norm of the "
        "decoder's Jacobian, by central differences",
    )
    line = 100 * sensitivity.random_direction
    return figure(
        f"{title}, % of the pixel range",
        dimension_bars(100 * sensitivity.norm, line=line, digits=1),
        f"Dashed: a random direction, {format_number(line, 1)}. {sensitivity.n_codes} codes.",
    )


def _errors(errors: ReconstructionErrors) -> str:
    title = info_html(
        "errors",
        "Reconstruction error",
        "how far the reconstruction is from the original: mean squared error per pixel. PCA is the "
        "best linear model of the same size; the mean image is what a code that says nothing gives",
    )
    bars = {
        "This model": errors.mean,
        "PCA of its size": errors.pca,
        "Mean image": errors.mean_image,
    }
    train = (
        "Training images are not at hand, so overfitting cannot be seen here."
        if errors.train_ratio is None
        else f"Held-out ÷ training error: {errors.train_ratio:.2f}."
    )
    caption = (
        f"± {errors.standard_error:.5f} (standard error), {errors.n_images:,} held-out images. "
        f"{train}"
    )
    return figure(title, horizontal_bars(bars, "{:.4f}".format), caption)


def _error_histogram(errors: ReconstructionErrors) -> str:
    title = info_html(
        "error-histogram",
        "Distribution of the errors",
        "how many images are reconstructed how well; a long tail to the right means that some "
        "kinds of images are not learned",
    )
    caption = (
        f"Median {errors.median:.4f}, mean {errors.mean:.4f}; the 0.5 % largest are beyond the "
        f"right end. {errors.n_images:,} held-out images."
    )
    return figure(title, histogram(errors.edges, errors.counts, digits=3), caption)


def _holes(holes: Holes) -> str:
    title = info_html(
        "holes",
        "Holes: random codes far from data",
        "a random code in a hole is farther from the data's codes than 95 % of new images' codes "
        "are: the decoder has seen nothing like it",
    )
    bars = {"Random codes": holes.share, "Codes of new images": holes.baseline}
    caption = (
        f"± {_percent(holes.share_se)} (standard error); {holes.n_samples:,} samples from "
        f"{holes.prior}, {holes.n_held_out:,} held-out codes."
    )
    return figure(title, horizontal_bars(bars, _percent, top=1.0), caption)


def _smoothness(smoothness: Smoothness) -> str:
    title = info_html(
        "smoothness",
        "Smoothness of morphs",
        "perceptual path length (Karras, Laine & Aila 2019): how fast the image changes on the way "
        "between two codes. Far above the cross-fade, the way has jumps or detours",
    )
    bars = {"Between codes": smoothness.path_length, "Cross-fade": smoothness.cross_fade}
    caption = (
        f"± {smoothness.path_length_se:,.0f} (standard error), {smoothness.n_pairs} pairs, "
        f"{smoothness.path} paths, measured in {smoothness.space}."
    )
    return figure(title, horizontal_bars(bars, "{:,.0f}".format), caption)


def _distances(aggregate: AggregatePosterior) -> str:
    title = info_html(
        "distances",
        "Codes against the prior",
        "how far the distribution of each number of the code is from the prior's: 1-Wasserstein "
        "distance, in standard deviations; 0 is equal",
    )
    floor = aggregate.distance_floor
    return figure(
        f"{title}, each dimension",
        dimension_bars(aggregate.distance, line=floor, digits=2),
        f"Dashed: {floor:.3f}, what {aggregate.n_codes:,} samples of the prior itself stay below "
        f"95 % of the time. Prior: {aggregate.prior}.",
    )


def _norms(aggregate: AggregatePosterior) -> str:
    title = info_html(
        "norms",
        "Norms: the shell",
        "how far codes are from the center. Random codes of many dimensions lie on a thin shell, "
        "whose radius has the chi distribution; codes should lie there too",
    )
    caption = (
        f"Bars: {aggregate.n_codes:,} held-out codes, mean {aggregate.norm_mean:.2f}; gray: chi "
        f"distribution, mean {aggregate.chi_mean:.2f}. Distance {aggregate.norm_distance:.2f} "
        f"(noise: {aggregate.norm_distance_floor:.2f}). Prior: {aggregate.prior}."
    )
    chart = histogram(aggregate.norm_edges, aggregate.norm_density, aggregate.chi_density)
    return figure(title, chart, caption)


def _correlation(codes: CodeStatistics) -> str:
    title = info_html(
        "correlation",
        "Correlation of dimensions",
        "whether two numbers of the code say the same: orange rise together, blue opposite; empty "
        "is independent",
    )
    between = codes.correlation.copy()
    np.fill_diagonal(between, 0)
    i, j = np.unravel_index(np.abs(between).argmax(), between.shape)
    caption = (
        f"Largest: z{i + 1} and z{j + 1}, r = {format_number(float(between[i, j]))}; |r| of "
        f"independent dimensions is mostly under {codes.correlation_floor:.2f}. "
        f"{codes.n_codes:,} held-out samples."
    )
    chart = f'<img class="lh-matrix" src="{signed_map_url(between)}" alt="Correlation matrix">'
    return figure(title, chart, caption)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
