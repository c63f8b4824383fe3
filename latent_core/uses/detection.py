"""How well a score separates outliers from inliers: thresholds, false alarms, AUROC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How well a threshold on an outlier score separates outliers from held-out inliers.

    Parameters
    ----------
    threshold
        Samples with a higher score are called outliers.
    false_alarm_rate
        Fraction of the inliers above the threshold, in [0, 1].
    n_inliers, n_outliers
        Sample sizes.
    detection_rate
        Fraction of the outliers above the threshold, in [0, 1]; None without outliers.
    auroc
        Probability that an outlier has a higher score than an inlier: 0.5 is chance; None
        without outliers.
    auroc_std
        Its standard error.
    """

    threshold: float
    false_alarm_rate: float
    n_inliers: int
    n_outliers: int
    detection_rate: float | None = None
    auroc: float | None = None
    auroc_std: float | None = None

    __repr__ = compact_repr


def evaluate_detection(
    calibration: Array, inliers: Array, outliers: Array | None, *, false_alarm_rate: float
) -> Detection:
    """Choose a threshold on some inliers and measure it on other inliers and on outliers.

    Parameters
    ----------
    calibration
        ``(K,)`` scores of inliers; the threshold is their ``1 - false_alarm_rate`` quantile.
    inliers, outliers
        ``(N,)`` and ``(M,)`` scores, of none of those samples; `outliers` may be None.
    false_alarm_rate
        Intended fraction of inliers above the threshold, in (0, 1).

    Raises
    ------
    InvalidInputError
        There are no scores of inliers, or the rate is out of range.
    """
    if not (0 < false_alarm_rate < 1 and len(calibration) and len(inliers)):
        raise InvalidInputError(
            f"A threshold for {len(calibration)} and {len(inliers)} inliers at a false-alarm rate "
            f"of {false_alarm_rate:g} cannot be chosen; give scores and a rate between 0 and 1."
        )
    threshold = float(np.quantile(calibration, 1 - false_alarm_rate))
    has_outliers = outliers is not None and len(outliers) > 0
    value = std = detected = None
    if has_outliers:
        assert outliers is not None
        value, std = auroc(inliers, outliers)
        detected = float((outliers > threshold).mean())
    return Detection(
        threshold=threshold,
        false_alarm_rate=float((inliers > threshold).mean()),
        n_inliers=len(inliers),
        n_outliers=len(outliers) if outliers is not None else 0,
        detection_rate=detected,
        auroc=value,
        auroc_std=std,
    )


def auroc(inliers: Array, outliers: Array) -> tuple[float, float]:
    """Area under the ROC curve of scores ``(N,)`` and ``(M,)``, and its standard error.

    References
    ----------
    Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747, equation 2.
    """
    from scipy.stats import rankdata

    n, m = len(inliers), len(outliers)
    ranks = rankdata(np.concatenate([inliers, outliers]))[n:]
    area = float((ranks.sum() - m * (m + 1) / 2) / (n * m))
    both_outliers = area / (2 - area)  # P(two outliers are above one inlier)
    both_inliers = 2 * area**2 / (1 + area)
    variance = (
        area * (1 - area) + (m - 1) * (both_outliers - area**2) + (n - 1) * (both_inliers - area**2)
    ) / (n * m)
    return area, float(np.sqrt(max(variance, 0.0)))
