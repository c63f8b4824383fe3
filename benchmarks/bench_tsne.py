"""Our t-SNE against scikit-learn's, on the same codes in the same run.

``python benchmarks/bench_tsne.py`` compares them at 10,000 × 16; ``--full`` at 70,000 too
(scikit-learn alone takes about ten minutes there); ``--count N`` at N.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from latent_core.card_files import models_dir
from latent_core.datasets.dataset import load_dataset
from latent_core.progress import null_progress
from latent_core.projection import TSNE, trustworthiness
from latent_core.types import Floats


def digit_codes(count: int) -> Floats:
    """`count` codes ``(count, 16)``: the digits under PCA; beyond 10,000, copies with noise."""
    from safetensors.numpy import load_file

    weights = load_file(models_dir() / "digits-pca-16" / "weights.safetensors")
    pixels = load_dataset("digits").images().reshape(-1, 784)
    codes = (pixels - weights["mean"]) @ weights["components"].T
    if count <= len(codes):
        return codes[:count].astype(np.float32)
    rng = np.random.default_rng(0)
    repeated = codes[np.arange(count) % len(codes)]
    return (repeated + rng.normal(0, 0.3, repeated.shape)).astype(np.float32)


def scikit_learn_tsne(codes: Floats) -> Floats:
    """Points of scikit-learn's t-SNE with its defaults on all cores."""
    from sklearn import manifold

    points: Floats = manifold.TSNE(init="pca", random_state=0, n_jobs=-1).fit_transform(codes)
    return points


def our_tsne(codes: Floats, frame_times: list[float] | None = None) -> Floats:
    """Points of our t-SNE; `frame_times` receives the seconds to each intermediate map."""
    start, times = time.perf_counter(), frame_times if frame_times is not None else []

    def callback(points: Floats) -> None:
        times.append(time.perf_counter() - start)

    return TSNE(random_state=0).fit_arrays(codes, progress=null_progress, callback=callback)[
        "points"
    ]


def timed(work: Callable[[], Floats]) -> tuple[Floats, float]:
    start = time.perf_counter()
    points = work()
    return points, time.perf_counter() - start


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
    codes, frame_times = digit_codes(count), list[float]()
    points, our_s = timed(lambda: our_tsne(codes, frame_times))
    reference, reference_s = timed(lambda: scikit_learn_tsne(codes))
    trust, reference_trust = trustworthiness(codes, points), trustworthiness(codes, reference)
    print(
        f"t-SNE {count:,} × 16: {reference_s / our_s:.1f} times as fast as scikit-learn "
        f"({our_s:.1f} s, {reference_s:.1f} s); trustworthiness {trust:.4f} to "
        f"{reference_trust:.4f}; first map {frame_times[0]:.1f} s, second {frame_times[1]:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="at 70,000 too")
    parser.add_argument("--count", type=int, default=10_000, help="how many codes")
    options = parser.parse_args()
    compare(options.count)
    pause = longest_pause_ms(lambda: our_tsne(digit_codes(options.count)))
    print(f"t-SNE in a thread: other threads waited at most {pause:.0f} ms")
    if options.full:
        compare(70_000)


if __name__ == "__main__":
    main()
