"""How well verdicts predict bad decoded images: ``python -m benchmarks.image_verdict MODEL …``.

An image is bad when its features in the residual evaluation network, which no verdict was trained
with, are farther from real images than those of 95 % of other real images.  Codes come from the
data, the prior, paths, maps, and corrupted codes, all of the test half; features of faces do not
show torn ones, so those of faces-gan-64 are labeled by eye as well (``torn_faces.txt``).
AUROC of support, of the plain distance of codes, of the change of the code when its image is
encoded again, of the realism network, and of the worse of support and realism.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

import latent_core as lc
from benchmarks.torn_faces import MODEL as TORN_MODEL
from benchmarks.torn_faces import labeled_codes, read_labels
from latent_core.analysis.support import SUPPORT_LEVELS, support_level, support_of_encodings
from latent_core.analysis.verdict import combined_level
from latent_core.cache.memo import memoize
from latent_core.datasets.splits import indices_for_test
from latent_core.encoding import round_trip_distance
from latent_core.evaluation.networks import evaluation_network
from latent_core.interpolation import slerp
from latent_core.models.realism import ImageRealism, load_realism
from latent_core.projection.inverse import fit_inverse

N_CODES = 80
"""Per source."""
N_REFERENCE, N_RANKED = 1000, 500
"""Real images that decoded ones are compared with, and others that give the quantiles."""
BAD_QUANTILE = 0.95
METHODS = (lc.PCA, lc.TSNE)


def main(only: Sequence[str] = ()) -> None:
    """Print a row per model."""
    for model_id in only or lc.list_models():
        card = lc.load_card(model_id)
        realism = load_realism(card.dataset) if card.decodes else None
        if realism is not None:
            _measure(model_id, realism)
    if not only or TORN_MODEL in only:
        _measure_torn_faces()


def _measure(model_id: str, realism: ImageRealism) -> None:
    model, data = lc.load_model(model_id), lc.load_dataset(realism.dataset)
    encodings = lc.encode(model, data)
    sources = _sources(encodings)
    codes = np.concatenate(list(sources.values()))
    images = model.decode(codes)
    bad = _is_bad(data, images)
    if bad is None or not 0 < bad.sum() < len(bad):
        return
    scores = _scores(model, encodings, codes, images, realism)
    row = ", ".join(f"{name} {roc_auc_score(bad, score):.2f}" for name, score in scores.items())
    print(f"{model_id}: n = {len(codes)}, {bad.mean():.0%} bad; AUROC {row}")
    levels = _levels(scores["support"], realism.score(images), realism)
    for level, name in enumerate(("good", "doubtful", "bad")):
        chosen = levels == level
        print(f"  said {name}: {chosen.sum()}, of them bad {bad[chosen].sum()}")
    for number, name in enumerate(sources):
        part = slice(number * N_CODES, (number + 1) * N_CODES)
        said = np.bincount(levels[part], minlength=3) / N_CODES
        print(f"  {name:22} bad {bad[part].mean():.2f}, said {said.round(2).tolist()}", flush=True)


def _sources(encodings: lc.Encodings) -> dict[str, np.ndarray]:
    """Codes ``(N_CODES, D)`` by where they come from."""
    rng, codes = np.random.default_rng(1), encodings.mean[1::2]
    a, b, c, d = codes[rng.integers(0, len(codes), (4, N_CODES))]
    found = {
        "data": a,
        "prior samples": _prior(encodings, a.shape, rng),
        "halfway, linear": (a + b) / 2,
        "halfway, spherical": slerp(a, b, np.full(N_CODES, 0.5)),
        "middle of four": (a + b + c + d) / 4,
        "corrupted": a + codes.std(axis=0) * rng.standard_normal(a.shape),
    }
    for method in METHODS:
        if encodings.mean.shape[1] < 3:
            continue
        projection = lc.project(encodings, method(n_components=2))
        low, high = np.quantile(projection.points, [0.005, 0.995], axis=0)
        places = low + (high - low) * rng.random((N_CODES, 2))
        inverse = fit_inverse(projection)
        found[f"places, {method.name}"] = inverse.inverse_transform(places.astype(np.float32))
    return {name: codes.astype(np.float32) for name, codes in found.items()}


def _prior(encodings: lc.Encodings, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Samples of N(0, I), or of a Gaussian fitted to the codes where the model has no prior."""
    normal = rng.standard_normal(shape)
    if lc.load_card(encodings.model_id).has_gaussian_prior:
        return normal
    return encodings.mean.mean(axis=0) + encodings.mean.std(axis=0) * normal


def _is_bad(data: lc.Dataset, images: np.ndarray) -> np.ndarray | None:
    """Whether each image is farther from real ones than `BAD_QUANTILE` of other real images are."""
    network = evaluation_network("residual", data)
    if network is None:
        return None
    real = memoize("real features", data.fingerprint, lambda: network(_real_images(data)))
    scale = np.maximum(real.std(axis=0), 1e-6)
    search = NearestNeighbors(n_neighbors=5, algorithm="brute").fit(real[:N_REFERENCE] / scale)
    own, distance = (
        search.kneighbors(features / scale)[0].mean(axis=1)
        for features in (real[N_REFERENCE:], network(images))
    )
    return distance > np.quantile(own, BAD_QUANTILE)


def _real_images(data: lc.Dataset) -> np.ndarray:
    rows = np.random.default_rng(0).permutation(indices_for_test(data))
    return data.images(rows[: N_REFERENCE + N_RANKED])


def _scores(
    model: lc.LatentModel,
    encodings: lc.Encodings,
    codes: np.ndarray,
    images: np.ndarray,
    realism: ImageRealism,
) -> dict[str, np.ndarray]:
    """Scores ``(N,)`` by name, each higher for worse images."""
    search = NearestNeighbors(n_neighbors=5, algorithm="brute").fit(encodings.mean)
    support, image = support_of_encodings(encodings).quantile(codes), -realism.score(images)
    scores = {"support": support, "kNN distance": search.kneighbors(codes)[0].mean(axis=1)}
    if model.card.encodes:
        scores["round trip"] = round_trip_distance(model, codes)
    return scores | {"realism": image, "worse of both": np.maximum(_ranks(support), _ranks(image))}


def _ranks(values: np.ndarray) -> np.ndarray:
    return values.argsort().argsort() / len(values)


def _levels(support: np.ndarray, realism: np.ndarray, network: ImageRealism) -> np.ndarray:
    """0, 1 or 2 for each image ``(N,)``: the worse of the levels of support and image."""
    combined = [
        combined_level(support_level(float(quantile)), network.level(float(score)))
        for quantile, score in zip(support, realism, strict=True)
    ]
    return np.array([SUPPORT_LEVELS.index(level) for level in combined])


def _measure_torn_faces() -> None:
    model = lc.load_model(TORN_MODEL)
    realism, labels = load_realism(model.card.dataset), read_labels(model.card.weights_sha256)
    if realism is None or labels is None:
        print(f"{TORN_MODEL}: its torn faces are labeled for other weights; label them again")
        return
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset))
    codes, sources = labeled_codes(encodings.mean)
    images = model.decode(codes)
    torn, clear = labels
    scores = _scores(model, encodings, codes, images, realism)
    for name, score in scores.items():
        print(f"  torn, by {name:14} AUROC {roc_auc_score(torn[clear], score[clear]):.3f}")
    levels = _levels(scores["support"], realism.score(images), realism)
    for level, name in enumerate(("good", "doubtful", "bad")):
        chosen = (levels == level) & clear
        print(
            f"  said {name}: {chosen.sum()}, torn {torn[chosen].sum()}, of them from data "
            f"{(sources[chosen] == 'data').sum()}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
