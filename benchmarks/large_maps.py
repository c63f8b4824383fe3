"""What makes maps of many points possible, against brute force in the same run.

``python -m benchmarks.large_maps`` measures at 30,000 × 64, ``--full`` at 100,000 × 64 too;
``--million`` opens a table of 1,000,000 × 32 and maps it, and prints the largest memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.bench_tsne import timed
from latent_core.neighbors import nearest, neighbor_lists
from latent_core.opening.datasets import inspect_dataset
from latent_core.projection import PCA, TSNE, UMAP, measure_trustworthiness, project
from latent_core.types import Floats

DIMENSIONS, CLUSTERS, INTRINSIC = 64, 200, 8
K = 90  # neighbors that t-SNE needs at perplexity 30
BRUTE_FORCE_QUERIES = 2_000


def clustered_codes(count: int, dimensions: int = DIMENSIONS) -> Floats:
    """`count` codes ``(count, dimensions)``: 200 clusters of 8 intrinsic dimensions, and noise."""
    rng = np.random.default_rng(0)
    centers = rng.normal(0, 1.5, (CLUSTERS, dimensions))
    directions = rng.normal(0, 0.7, (INTRINSIC, dimensions))
    codes = centers[rng.integers(0, CLUSTERS, count)]
    codes += rng.normal(size=(count, INTRINSIC)) @ directions
    return (codes + rng.normal(0, 0.3, codes.shape)).astype(np.float32)


def compare_neighbors(codes: Floats) -> None:
    """Print the time of all neighbors, and that of brute force extrapolated from some queries."""
    queries = codes[:BRUTE_FORCE_QUERIES]
    found, took_s = timed(lambda: neighbor_lists(codes, K))
    exact, some_s = timed(lambda: nearest(codes, queries, K + 1))
    brute_s = some_s * len(codes) / len(queries)
    hits = [
        np.isin(exact[0][i][exact[0][i] != i], found.index[i]).mean() for i in range(len(queries))
    ]
    print(
        f"{K} neighbors of {len(codes):,} × {DIMENSIONS}: {took_s:.1f} s, 1/{brute_s / took_s:.1f} "
        f"of brute force; recall {found.recall:.3f} as stated, {np.mean(hits):.3f} measured on "
        f"{len(queries):,} codes"
    )


def compare_quality(codes: Floats) -> None:
    """Print the time of trustworthiness from a sample, and of all codes if there are few."""
    points = project(codes, PCA(), measure=False).points

    sampled, sampled_s = timed(lambda: measure_trustworthiness(codes, points))
    print(f"trustworthiness of {len(codes):,} points: {sampled} in {sampled_s:.1f} s")
    if len(codes) <= 30_000:
        exact, exact_s = timed(lambda: measure_trustworthiness(codes, points, n_samples=len(codes)))
        print(f"  of all points: {exact} in {exact_s:.1f} s")


def map_a_million() -> None:
    """Print how long a table of 1,000,000 × 32 takes to open and to map, and the memory."""
    codes = clustered_codes(1_000_000, 32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "codes.npy")
        np.save(path, codes)
        draft, took_s = timed(lambda: inspect_dataset(str(path)))
        found = draft.contents().codes
    assert found is not None
    np.testing.assert_array_equal(found, codes)
    print(f"opened {len(found):,} × {found.shape[1]}: {took_s:.1f} s, {peak_gb():.2f} GB so far")
    for method in (PCA(), TSNE(), UMAP()):
        projection, took_s = timed(lambda m=method: project(found, m, measure=False))
        print(
            f"{method.name}: {took_s:.1f} s, fitted to {projection.n_fitted:,}, "
            f"{peak_gb():.2f} GB so far",
            flush=True,
        )
        quality, took_s = timed(projection.measured)
        print(f"  trustworthiness {quality.quality} in {took_s:.1f} s", flush=True)


def peak_gb() -> float:
    """The largest memory of this process so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="at 100,000 too")
    parser.add_argument("--million", action="store_true", help="a table of 1,000,000 × 32 only")
    options = parser.parse_args(arguments)
    print(f"{os.cpu_count()} cores")
    if options.million:
        map_a_million()
        return
    for count in (30_000, 100_000) if options.full else (30_000,):
        codes = clustered_codes(count)
        compare_neighbors(codes)
        compare_quality(codes)


if __name__ == "__main__":
    main()
