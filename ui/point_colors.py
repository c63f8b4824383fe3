"""Values that color the points of a map: label, cluster, error, a factor, or a latent dimension."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.types import UNLABELLED
from ui.attributes.factor_tables import known_factors, legend_title, on_missing
from ui.components.dimensions import dimensions_of_encodings
from ui.components.map import ClassColor, ScaleColor
from ui.components.map_types import MAX_CLASSES, MAX_COLORED
from ui.session_clusters import COLOR, cluster_colors
from ui.spaces import Space

ERROR_HELP = (
    "mean squared error per pixel; colors from the 1st to the 99th percentile, high errors on top"
)


def color_options(space: Space) -> list[str]:
    """All options of the color selectbox, the most common ones first."""
    options = ["label"] if label_colors(space) is not None else []
    options += [COLOR] if cluster_colors(space) is not None else []
    options += ["error"] if space.errors is not None else []
    options += [name for name in known_factors(space.data) if name not in options]
    return options + [f"z{i + 1}" for i in dimensions_of_encodings(space.encodings).order]


def default_color(space: Space) -> str:
    """The label, else the first factor, else the error, else a latent dimension."""
    if label_colors(space) is not None:
        return "label"
    return next(iter(known_factors(space.data)), color_options(space)[0])


def label_colors(space: Space) -> ClassColor | None:
    """The class of each sample, or None for data without labels.

    Of more classes than there are colors the biggest come first and have one, the others are gray.
    Unlabelled samples are a gray class of their own, after the others.
    """
    labels, names = space.data.labels, space.data.class_names
    if labels is None:
        return None
    if len(names) > MAX_COLORED:
        labels, names = biggest_first(labels, names)
    n_colored = min(len(names), MAX_COLORED)
    if (is_unlabelled := labels < 0).any():
        labels = np.where(is_unlabelled, len(names), labels)
        names = (*names, UNLABELLED)
    return ClassColor(
        values=labels,
        names=names,
        fingerprint=f"labels {space.data.fingerprint}",
        n_colored=n_colored,
    )


def biggest_first(
    labels: NDArray[np.int64], names: tuple[str, ...]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Labels and class names in the order of the number of samples, the biggest class first.

    Of more classes than a map has, the smallest are one class together.
    """
    n_named = len(names) if len(names) < MAX_CLASSES else MAX_CLASSES - 2
    counts = np.bincount(labels[labels >= 0], minlength=len(names))
    order = np.argsort(-counts, kind="stable")
    place = np.empty(len(names) + 1, np.int64)
    place[order] = np.minimum(np.arange(len(names)), n_named)
    place[-1] = -1  # of unlabelled samples
    ordered = tuple(names[i] for i in order[:n_named])
    n_others = len(names) - n_named
    return place[labels], (*ordered, f"{n_others} other classes") if n_others else ordered


def color_of(space: Space, color: str) -> ClassColor | ScaleColor:
    """The values of a color option.

    Parameters
    ----------
    color
        One of `color_options`: ``"label"``, ``"cluster"``, ``"error"``, the name of a factor, or
        ``"z1"`` …
    """
    labels = label_colors(space)
    if color == "label" and labels is not None:
        return labels
    clusters = cluster_colors(space)
    if color == COLOR and clusters is not None:
        return clusters
    name = f"{color} {space.encodings.fingerprint}"
    if (about := known_factors(space.data).get(color)) is not None:
        return ScaleColor(
            values=space.data.factors[color],
            title=legend_title(color, about),
            help=on_missing(about, len(space.data)),
            fingerprint=name,
        )
    if color == "error" and space.errors is not None:
        return ScaleColor(
            values=space.errors,
            title="reconstruction error (MSE)",
            help=ERROR_HELP,
            is_robust=True,
            fingerprint=name,
        )
    dimension = int(color[1:]) - 1
    return ScaleColor(
        values=space.encodings.mean[:, dimension],
        title=color,
        help=_dimension_help(space, dimension),
        fingerprint=name,
    )


def _dimension_help(space: Space, dimension: int) -> str:
    """What a latent dimension is, and how much it tells, compared with the others."""
    dims = dimensions_of_encodings(space.encodings)
    value, count = float(dims.kl_or_variance[dimension]), len(dims)
    rank = int(np.flatnonzero(dims.order == dimension)[0]) + 1
    measure = f"KL {value:.1f} nats" if dims.unit == "nats" else f"{value:.0%} of the variance"
    return f"latent dimension {dimension + 1}: {measure}, number {rank} of {count} by that"
