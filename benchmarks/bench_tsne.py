"""Our t-SNE against openTSNE's and scikit-learn's, on the same codes in the same run.

``python -m benchmarks.bench_tsne`` compares times and trustworthiness at 10,000 × 16, and the KL
divergence over all pairs on 2,000 digits at perplexities 5, 30 and 100; ``--full`` compares at
70,000 too (scikit-learn alone takes about ten minutes there); ``--count N`` at N.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from latent_core.datasets.dataset import load_dataset
from latent_core.installed import MODELS
from latent_core.neighbors import nearest
from latent_core.progress import null_progress
from latent_core.projection import TSNE, measure_trustworthiness, trustworthiness
from latent_core.types import Floats

T = TypeVar("T")


def digit_codes(count: int) -> Floats:
    """`count` codes ``(count, 16)``: the digits under PCA; beyond 10,000, copies with noise."""
    from safetensors.numpy import load_file

    weights = load_file(MODELS.shipped / "digits-pca-16" / "weights.safetensors")
    pixels = load_dataset("digits").images().reshape(-1, 784)
    codes = (pixels - weights["mean"]) @ weights["components"].T
    if count <= len(codes):
        return codes[:count].astype(np.float32)
    rng = np.random.default_rng(0)
    repeated = codes[np.arange(count) % len(codes)]
    return (repeated + rng.normal(0, 0.3, repeated.shape)).astype(np.float32)


def scikit_learn_tsne(codes: Floats, perplexity: float = 30, seed: int = 0) -> Floats:
    """Points of scikit-learn's t-SNE with its defaults on all cores."""
    from sklearn import manifold

    method = manifold.TSNE(perplexity=perplexity, init="pca", random_state=seed, n_jobs=-1)
    points: Floats = method.fit_transform(codes)
    return points


def open_tsne(codes: Floats, perplexity: float = 30, seed: int = 0) -> Floats:
    """Points of openTSNE with its defaults on all cores."""
    import openTSNE

    method = openTSNE.TSNE(perplexity=perplexity, random_state=seed, n_jobs=-1)
    return np.asarray(method.fit(codes))


def our_tsne(
    codes: Floats,
    perplexity: float = 30,
    seed: int = 0,
    frame_times: list[float] | None = None,
) -> Floats:
    """Points of our t-SNE; `frame_times` receives the seconds to each intermediate map."""
    start, times = time.perf_counter(), frame_times if frame_times is not None else []

    def callback(points: Floats) -> None:
        times.append(time.perf_counter() - start)

    method = TSNE(perplexity=perplexity, random_state=seed)
    return method.fit_arrays(codes, progress=null_progress, callback=callback)["points"]


METHODS: dict[str, Callable[..., Floats]] = {
    "ours": our_tsne,
    "openTSNE": open_tsne,
    "scikit-learn": scikit_learn_tsne,
}


def kl_divergence(codes: Floats, points: Floats, perplexity: float) -> float:
    """KL(P‖Q) over all pairs, with the affinities to 3 · perplexity exact neighbors."""
    from openTSNE.affinity import joint_probabilities_nn
    from scipy.spatial.distance import cdist

    index, distance = nearest(codes, None, min(len(codes) - 1, int(3 * perplexity)))
    p = joint_probabilities_nn(index, distance.astype(np.float64), [perplexity]).tocoo()
    q = 1 / (1 + cdist(points, points, "sqeuclidean"))
    np.fill_diagonal(q, 0)
    return float((p.data * np.log(p.data * q.sum() / q[p.row, p.col])).sum())


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result of `work` and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def longest_pause_ms(work: Callable[[], object]) -> float:
    """The longest time another thread waited for the global interpreter lock during `work`."""
    thread = threading.Thread(target=work, daemon=True)
    longest, last = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(0.002)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return 1000 * longest


def compare(count: int) -> None:
    """Print times as multiples of ours, and trustworthiness."""
    codes, frame_times = digit_codes(count), list[float]()
    points, our_s = timed(lambda: our_tsne(codes, frame_times=frame_times))
    print(
        f"t-SNE {count:,} × 16: ours {our_s:.1f} s, trustworthiness "
        f"{measure_trustworthiness(codes, points)}; first map {frame_times[0]:.1f} s, second "
        f"{frame_times[1]:.1f} s"
    )
    for name in ("openTSNE", "scikit-learn"):
        method = METHODS[name]
        points, other_s = timed(partial(method, codes))
        trust = measure_trustworthiness(codes, points)
        print(f"  {name}: {other_s / our_s:.1f} times as long, trustworthiness {trust}")


def compare_kl(count: int = 2_000, seeds: int = 3) -> None:
    """Print the mean KL divergence, trustworthiness and time over some seeds."""
    codes = digit_codes(count)
    print(f"t-SNE {count:,} × 16: KL divergence, trustworthiness, seconds; mean of {seeds} seeds")
    for perplexity in (5, 30, 100):
        for name, method in METHODS.items():
            figures = []
            for seed in range(seeds):
                points, took_s = timed(partial(method, codes, perplexity, seed))
                kl = kl_divergence(codes, points, perplexity)
                figures.append((kl, trustworthiness(codes, points), took_s))
            kl, trust, took_s = np.mean(figures, axis=0)
            print(f"  perplexity {perplexity}, {name}: {kl:.3f}, {trust:.4f}, {took_s:.1f}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="at 70,000 too")
    parser.add_argument("--count", type=int, default=10_000, help="how many codes")
    options = parser.parse_args(arguments)
    compare(options.count)
    compare_kl()
    pause = longest_pause_ms(lambda: our_tsne(digit_codes(options.count)))
    print(f"t-SNE in a thread: other threads waited at most {pause:.0f} ms")
    if options.full:
        compare(70_000)


if __name__ == "__main__":
    main()
