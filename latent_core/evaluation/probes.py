"""Linear and nearest-neighbor probes: how well classes and factors are predicted from codes.

Probes of codes, of PCA's codes and of pixels are chosen by the same cross-validation: within the
training images, over the same candidates.  The test images choose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import groups_by_known, is_known, known_span
from latent_core.errors import InvalidInputError
from latent_core.evaluation.bootstrap import accuracies, r2_scores, value_and_std
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes

N_FOLDS = 3
NEIGHBORS = (3, 5, 10, 20, 50)
"""Candidates for the number of neighbors of a kNN probe."""
LOGISTIC_CS = (1e-3, 1e-2, 1e-1, 1.0, 10.0)
"""Candidates for the inverse penalty of the logistic regression."""
RIDGE_ALPHAS = tuple(10.0**exponent for exponent in range(-1, 7))
"""Candidates for the penalty of the ridge regression, chosen for each factor by itself."""
MAX_DIMS = 256
"""Codes with more dimensions, such as pixels, are first reduced to as many by PCA of the training
images.  Pixels have a common scale, which dividing by each component's own would lose."""
MAX_ITER = 3000
MIN_KNOWN = 20
"""Samples for which a factor must be known, if it is missing for others."""


class FactorScores(NamedTuple):
    """R² of a probe on the test images."""

    by_factor: dict[str, float]
    mean: float
    std: float
    """Standard deviation of the mean over bootstrap resamples of the test images."""


def probe_accuracy(
    train: tuple[Floats, NDArray[np.int64]],
    test: tuple[Floats, NDArray[np.int64]],
    *,
    progress: ProgressCallback = null_progress,
) -> dict[str, tuple[float, float]]:
    """Accuracy of a linear and a kNN probe that predict the class from the code.

    Parameters
    ----------
    train, test
        Codes ``(N, D)`` and classes ``(N,)``; the probes are fitted to `train`.
    progress
        Called before each probe; may raise `CancelledError`.

    Returns
    -------
    dict
        ``"linear"`` (logistic regression) and ``"knn"``: the accuracy on the test images, in
        [0, 1], and its standard deviation over bootstrap resamples of them.

    Raises
    ------
    InvalidInputError
        There are not as many labels as codes, or fewer than two classes.

    References
    ----------
    Linear probes: Alain & Bengio 2016, arXiv:1610.01644.
    """
    _check_labels(*train)
    _check_labels(*test, n_classes=1)
    results = {}
    for number, (name, fit) in enumerate({"linear": fit_logistic, "knn": fit_knn}.items()):
        progress(number / 2, f"fitting the {name} probe")
        y_pred = fit(*train).predict(as_codes(test[0]))
        results[name] = value_and_std(accuracies(test[1], y_pred))
    return results


def _check_labels(codes: Floats, labels: Array, n_classes: int = 2) -> None:
    n_labels = len(np.unique(labels))
    if len(labels) != len(as_codes(codes)) or n_labels < n_classes:
        raise InvalidInputError(
            f"{len(codes)} codes need as many labels, of at least two classes, not "
            f"{len(labels)} labels of {n_labels} classes."
        )


def probe_factors(
    train: tuple[Floats, Mapping[str, Array]],
    test: tuple[Floats, Mapping[str, Array]],
    *,
    progress: ProgressCallback = null_progress,
) -> dict[str, FactorScores]:
    """R² of a linear and a kNN probe that predict each factor from the code.

    Parameters
    ----------
    train, test
        Codes ``(N, D)`` and factors ``(N,)`` by name, none constant; the probes are fitted to
        `train`.  Samples for which a factor is missing, NaN, are left out for that factor.
    progress
        Called before each probe; may raise `CancelledError`.

    Returns
    -------
    dict
        ``"linear"`` (ridge regression) and ``"knn"`` (mean of the nearest neighbors): R² on the
        test images; 1 is a perfect prediction, 0 that of the constant mean.

    Raises
    ------
    InvalidInputError
        There is no factor, or one is constant, has another length, or is known for too few.
    """
    (x_train, y_train), (x_test, y_test) = (
        (as_codes(codes), factor_table(factors, len(codes))) for codes, factors in (train, test)
    )
    scale = np.nanmean(y_train, axis=0), np.nanstd(y_train, axis=0)
    results = {}
    for number, (name, fit) in enumerate({"linear": fit_ridge, "knn": fit_knn}.items()):
        progress(number / 2, f"fitting the {name} probe")
        y_pred = FactorProbe(fit, x_train, (y_train - scale[0]) / scale[1]).predict(x_test)
        scores = r2_scores((y_test - scale[0]) / scale[1], y_pred)
        by_factor = dict(zip(train[1], map(float, scores[0]), strict=True))
        results[name] = FactorScores(by_factor, *value_and_std(scores.mean(axis=1)))
    return results


def factor_table(factors: Mapping[str, Array], n_codes: int) -> NDArray[np.float32]:
    """Factors ``(N,)`` by name as a table ``(N, F)``.

    Raises
    ------
    InvalidInputError
        There is no factor, or one is constant or has another length.
    """
    if not factors or any(len(v) != n_codes or not is_measurable(v) for v in factors.values()):
        raise InvalidInputError(
            f"{n_codes} codes need factors that vary, with as many values each and {MIN_KNOWN} "
            "known ones where some are missing; remove the others and give at least one."
        )
    return np.stack([np.asarray(values, np.float32) for values in factors.values()], axis=1)


def is_measurable(values: Array) -> bool:
    """Whether a factor varies, and is known for enough samples if not for all."""
    n_known = int(is_known(values).sum())
    return known_span(values) > 0 and n_known >= min(len(values), MIN_KNOWN)


class FactorProbe:
    """Predicts factors from codes, each fitted to the samples for which it is known.

    Parameters
    ----------
    fit
        `fit_ridge` or `fit_knn`.
    codes, targets
        ``(N, D)`` and ``(N, F)``, NaN where a factor is missing.
    """

    def __init__(self, fit: Callable[[Floats, Array], Any], codes: Floats, targets: Array) -> None:
        self.n_factors = targets.shape[1]
        self.parts = [
            (columns, fit(codes[rows], targets[np.ix_(rows, columns)]))
            for rows, columns in groups_by_known(targets)
        ]

    def predict(self, codes: Floats) -> Floats:
        """Predictions ``(N, F)`` from codes ``(N, D)``."""
        predicted: Floats = np.empty((len(codes), self.n_factors), np.float32)
        for columns, probe in self.parts:
            predicted[:, columns] = probe.predict(codes).reshape(len(codes), len(columns))
        return predicted


def fit_logistic(codes: Floats, labels: NDArray[np.int64]) -> Any:
    """A logistic regression on standardized codes, its penalty chosen by cross-validation."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    search = GridSearchCV(LogisticRegression(max_iter=MAX_ITER), {"C": LOGISTIC_CS}, cv=N_FOLDS)
    return _standardized(codes, search).fit(codes, labels)


def fit_ridge(codes: Floats, targets: Array) -> Any:
    """A ridge regression on standardized codes, each target's penalty by leave-one-out."""
    from sklearn.linear_model import RidgeCV

    return _standardized(codes, RidgeCV(RIDGE_ALPHAS, alpha_per_target=True)).fit(codes, targets)


def fit_knn(codes: Floats, targets: Array) -> Any:
    """The nearest neighbors' majority or, of floats, mean; their number by cross-validation."""
    from sklearn.model_selection import GridSearchCV
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.pipeline import make_pipeline

    is_class = np.issubdtype(targets.dtype, np.integer)
    estimator = KNeighborsClassifier() if is_class else KNeighborsRegressor()
    allowed = [k for k in NEIGHBORS if k <= len(codes) * (N_FOLDS - 1) // N_FOLDS]
    search = GridSearchCV(estimator, {"n_neighbors": allowed}, cv=N_FOLDS)
    return make_pipeline(*_reduction(codes), search).fit(codes, targets)


def _standardized(codes: Floats, estimator: Any) -> Any:
    """`estimator` on dimensions of unit variance; principal components keep their scales."""
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    reduction = _reduction(codes)
    return make_pipeline(*(reduction or [StandardScaler()]), estimator)


def _reduction(codes: Floats) -> list[Any]:
    """PCA where there are more than `MAX_DIMS` dimensions, else nothing."""
    from sklearn.decomposition import PCA

    if codes.shape[1] <= MAX_DIMS:
        return []
    return [PCA(min(MAX_DIMS, len(codes) // 2), random_state=0)]
