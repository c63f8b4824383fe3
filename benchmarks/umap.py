"""Our UMAP against umap-learn's, on the same codes in the same run."""

from __future__ import annotations

import time
import warnings

from benchmarks.bench_tsne import digit_codes
from latent_core.progress import null_progress
from latent_core.projection import UMAP, trustworthiness

COUNT = 5_000


def main() -> None:
    from umap import UMAP as Reference  # noqa: N811 - the reference

    codes = digit_codes(COUNT)
    start = time.perf_counter()
    ours = UMAP(random_state=0).fit_arrays(
        codes, progress=null_progress, callback=lambda points: None
    )["points"]
    middle = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a seed makes it single-threaded, which it says
        reference = Reference(n_neighbors=15, min_dist=0.1, random_state=0).fit_transform(codes)
    end = time.perf_counter()
    print(
        f"UMAP {COUNT:,} × 16: ours takes {(middle - start) / (end - middle):.2f} of "
        f"umap-learn's time; trustworthiness {trustworthiness(codes, ours):.4f} to "
        f"{trustworthiness(codes, reference):.4f}"
    )


if __name__ == "__main__":
    main()
