"""Our UMAP against umap-learn's, on the same codes in the same run.

umap-learn compiles in its first call of a process (cold); its later calls are warm.
"""

from __future__ import annotations

import warnings

import numpy as np

from benchmarks.bench_tsne import digit_codes, timed
from latent_core.progress import null_progress
from latent_core.projection import UMAP, null_callback, trustworthiness
from latent_core.types import Array, Floats

COUNT, ROLL, SEEDS = 5_000, 1_500, 3


def our_umap(codes: Floats, seed: int = 0) -> Floats:
    method = UMAP(random_state=seed)
    return method.fit_arrays(codes, progress=null_progress, callback=null_callback)["points"]


def umap_learn(codes: Floats, seed: int | None = 0) -> Floats:
    """With a seed it uses one core, as it says itself; without one, all."""
    from umap import UMAP as Reference  # noqa: N811 - the reference

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        points: Floats = Reference(random_state=seed).fit_transform(codes)
    return points


def linear_r2(points: Floats, values: Array) -> float:
    """The R² of the best linear function of `points` ``(N, d)`` for `values` ``(N,)``."""
    design = np.c_[points, np.ones(len(points))]
    residual = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return float(1 - residual.var() / values.var())


def compare_times() -> None:
    codes = digit_codes(COUNT)
    _, cold_s = timed(lambda: umap_learn(codes))
    points, our_s = timed(lambda: our_umap(codes))
    reference, warm_s = timed(lambda: umap_learn(codes))
    _, unseeded_s = timed(lambda: umap_learn(codes, None))
    print(
        f"UMAP {COUNT:,} × 16: ours {our_s:.1f} s; umap-learn takes {cold_s / our_s:.1f} times as "
        f"long with its compilation, {warm_s / our_s:.1f} times without, {unseeded_s / our_s:.1f} "
        f"times without a seed on all cores; trustworthiness {trustworthiness(codes, points):.4f} "
        f"to {trustworthiness(codes, reference):.4f}"
    )


def compare_swiss_rolls() -> None:
    from sklearn.datasets import make_swiss_roll

    codes, angle = make_swiss_roll(ROLL, random_state=0)
    codes = codes.astype(np.float32)
    for name, method in (("ours", our_umap), ("umap-learn", umap_learn)):
        r2 = [linear_r2(method(codes, seed), angle) for seed in range(SEEDS)]
        print(
            f"UMAP of a Swiss roll of {ROLL:,} points, {name}: linear R² of the angle "
            + " ".join(f"{value:.2f}" for value in r2)
        )


def main() -> None:
    compare_times()
    compare_swiss_rolls()


if __name__ == "__main__":
    main()
