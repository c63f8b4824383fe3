"""How well support orders codes by realism: ``python -m benchmarks.support MODEL …``.

For each model: AUROC (realistic or not) and Spearman's ρ (with the percentile among real images) of
several scores, pooled over codes of many sources and as the mean over sources.  The score and its
thresholds are chosen on the validation half of each source; the figures are reported on the other
half.  Codes and images that real images are compared with are not in the support.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

import latent_core as lc
from benchmarks.realism import Realism, mean_and_error
from latent_core.analysis import latent_dimensions
from latent_core.analysis.support import NEAR_DATA, SPARSE, fit_support
from latent_core.interpolation import slerp
from latent_core.models.catalog import evaluator_for
from latent_core.projection.inverse import fit_inverse

N_CODES = 600
"""Per source; half of them for validation."""
METHODS = (lc.PCA, lc.TSNE, lc.UMAP, lc.Isomap, lc.LLE)
BANDS = (0, 0.5, 0.8, 0.95, 0.99, 1)
MODELS = ("digits-vae-16", "digits-ae-16", "furniture-vae-8", "faces-vae-32")


def main(only: Sequence[str] = ()) -> None:
    """Print the figures of each model."""
    for model_id in only or MODELS:
        model = lc.load_model(model_id)
        data = lc.load_dataset(model.card.dataset)
        classifier = evaluator_for(data.id)
        if classifier is None:
            continue
        encodings = lc.encode(model, data)
        realism = Realism(model, classifier, data)
        sources = _sources(encodings, realism)
        rated = {name: realism(codes) for name, codes in sources.items()}
        active_dims = ~latent_dimensions(encodings).inactive
        codes = encodings.mean[realism.rest]
        print(f"{model_id}: {len(sources)} sources × {N_CODES} codes, half for validation")
        scores = _scores(codes[:, active_dims], {k: v[:, active_dims] for k, v in sources.items()})
        for name, values in scores.items():
            halves = [_agreement(values, rated, half) for half in _halves()]
            print(f"  {name:22} validation {halves[0]}; test {halves[1]}", flush=True)
        support = fit_support(codes, active_dims=active_dims)
        _report_levels({k: support.quantile(v) for k, v in sources.items()}, rated)


def _halves() -> tuple[slice, slice]:
    return slice(0, None, 2), slice(1, None, 2)


def _sources(encodings: lc.Encodings, realism: Realism) -> dict[str, np.ndarray]:
    """Codes ``(N_CODES, D)`` by where they come from."""
    rng, codes = np.random.default_rng(1), encodings.mean[realism.rest]
    a, b = codes[rng.integers(0, len(codes), (2, N_CODES))]
    one = a.copy()
    dims, up = rng.integers(0, codes.shape[1], N_CODES), rng.random(N_CODES) < 0.5
    one[np.arange(N_CODES), dims] = 1.2 * np.where(
        up, codes.max(axis=0)[dims], codes.min(axis=0)[dims]
    )
    found = {
        "held-out images": encodings.mean[rng.choice(realism.reference, N_CODES, replace=False)],
        "prior samples": rng.standard_normal(a.shape),
        "halfway, linear": (a + b) / 2,
        "quarter, linear": 0.75 * a + 0.25 * b,
        "halfway, spherical": slerp(a, b, np.full(N_CODES, 0.5)),
        "extrapolated": 1.5 * a - 0.5 * b,
        "one dimension far out": one,
    }
    for method in METHODS:
        projection = lc.project(encodings, method(n_components=2))
        low, high = np.quantile(projection.points, [0.005, 0.995], axis=0)
        places = low + (high - low) * rng.random((N_CODES, 2))
        found[f"places, {method.name}"] = fit_inverse(projection).inverse_transform(
            places.astype(np.float32)
        )
    return {name: codes.astype(np.float32) for name, codes in found.items()}


def _scores(codes: np.ndarray, sources: dict[str, np.ndarray]) -> dict[str, dict[str, np.ndarray]]:
    """The scores of each source by name; a lower score is nearer to the data."""
    search = NearestNeighbors(n_neighbors=5, algorithm="brute").fit(codes)
    local = search.kneighbors()[0].mean(axis=1)
    own, norms = np.sort(local), np.sort(np.linalg.norm(codes - codes.mean(axis=0), axis=1))
    scores: dict[str, dict[str, np.ndarray]] = {}
    for source, queries in sources.items():
        distance, index = search.kneighbors(queries)
        d, r = distance.mean(axis=1), local[index].mean(axis=1)
        norm = np.linalg.norm(queries - codes.mean(axis=0), axis=1)
        shell = 1 - np.searchsorted(norms, norm) / len(norms)
        named = {
            "kNN distance d": d,
            "d or norm shell": np.maximum(np.searchsorted(own, d) / len(own), shell) + 1e-6 * d,
            "norm": norm,
            **{f"d / r^{power:g}": d / r**power for power in (0.25, 0.5, 0.75, 1)},
        }
        for name, values in named.items():
            scores.setdefault(name, {})[source] = values
    return scores


def _agreement(
    scores: dict[str, np.ndarray], rated: dict[str, tuple[np.ndarray, np.ndarray]], half: slice
) -> str:
    inside = {name: rated[name][0][half] for name in scores}
    percentile = {name: rated[name][1][half] for name in scores}
    values = {name: each[half] for name, each in scores.items()}
    aurocs = [_auroc(inside[name], each) for name, each in values.items()]
    rhos = [spearmanr(each, percentile[name])[0] for name, each in values.items()]
    y, p, s = (np.concatenate(list(each.values())) for each in (inside, percentile, values))
    return (
        f"AUROC {_auroc(y, s):.2f} pooled, {np.nanmean(aurocs):.2f} mean; "
        f"ρ {spearmanr(s, p)[0]:.2f} pooled, {np.mean(rhos):.2f} mean"
    )


def _auroc(inside: np.ndarray, score: np.ndarray) -> float:
    """That a realistic image has the lower score; NaN where all images are alike."""
    return float(roc_auc_score(inside, -score)) if 0 < inside.sum() < len(inside) else np.nan


def _report_levels(
    quantiles: dict[str, np.ndarray], rated: dict[str, tuple[np.ndarray, np.ndarray]]
) -> None:
    """Realism by level and source on the test half, and by band of quantiles for validation."""
    validation, test = _halves()
    generated = [name for name in quantiles if name != "held-out images"]
    q, inside = (
        np.concatenate([values[name][validation] for name in generated])
        for values in (quantiles, {name: rated[name][0] for name in generated})
    )
    bands = [
        f"to {high:g}: {inside[(q > low) & (q <= high)].mean():.2f}"
        for low, high in zip((-1, *BANDS[1:-1]), BANDS[1:], strict=True)
    ]
    print(f"  validation, without images: realistic by quantile {', '.join(bands)}")
    for names, title in [(generated, "all but images"), *(([name], name) for name in quantiles)]:
        q = np.concatenate([quantiles[name][test] for name in names])
        inside = np.concatenate([rated[name][0][test] for name in names])
        levels = {
            "near data": q <= NEAR_DATA,
            "sparse": (q > NEAR_DATA) & (q <= SPARSE),
            "far from data": q > SPARSE,
        }
        shown = [
            f"{level} {mean_and_error(inside[chosen])} of {chosen.sum()}"
            for level, chosen in levels.items()
            if chosen.sum() >= 20
        ]
        print(f"  test, {title:22} {'; '.join(shown)}")


if __name__ == "__main__":
    main(sys.argv[1:])
