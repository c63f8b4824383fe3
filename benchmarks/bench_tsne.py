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
    """`count` codes ``(count, 16)``: the digits under PCA; beyond 10,000 repeated with noise."""
    from safetensors.numpy import load_file

    weights = load_file(models_dir() / "digits-pca-16" / "weights.safetensors")
    pixels = load_dataset("digits").images().reshape(-1, 784)
    codes = (pixels - weights["mean"]) @ weights["components"].T
    if count <= len(codes):
        return codes[:count].astype(np.float32)
    rng = np.random.default_rng(0)
    again = codes[np.arange(count) % len(codes)]
    return (again + rng.normal(0, 0.3, again.shape)).astype(np.float32)


def theirs(codes: Floats) -> Floats:
    """scikit-learn's points, with its defaults but all cores."""
    from sklearn import manifold

    points: Floats = manifold.TSNE(init="pca", random_state=0, n_jobs=-1).fit_transform(codes)
    return points


def ours(codes: Floats, first: list[float] | None = None) -> Floats:
    """Our points; `first` receives the seconds to each picture on the way."""
    begin, seen = time.perf_counter(), first if first is not None else []

    def watch(points: Floats) -> None:
        seen.append(time.perf_counter() - begin)

    return TSNE(random_state=0).fit(codes, progress=null_progress, callback=watch)["points"]


def timed(make: Callable[[], Floats]) -> tuple[Floats, float]:
    begin = time.perf_counter()
    points = make()
    return points, time.perf_counter() - begin


def longest_pause_ms(work: Callable[[], object]) -> float:
    """The longest that another thread had to wait for Python's lock during `work`."""
    thread = threading.Thread(target=work, daemon=True)
    longest, last = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(0.002)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return 1000 * longest


def compare(count: int) -> None:
    codes, pictures = digit_codes(count), list[float]()
    mine, my_s = timed(lambda: ours(codes, pictures))
    reference, their_s = timed(lambda: theirs(codes))
    trust, their_trust = trustworthiness(codes, mine), trustworthiness(codes, reference)
    print(
        f"t-SNE {count:,} × 16: {their_s / my_s:.1f} times as fast as scikit-learn "
        f"({my_s:.1f} s, {their_s:.1f} s); trustworthiness {trust:.4f} to {their_trust:.4f}; "
        f"first picture {pictures[0]:.1f} s, moving from {pictures[1]:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="at 70,000 too")
    parser.add_argument("--count", type=int, default=10_000, help="how many codes")
    options = parser.parse_args()
    compare(options.count)
    pause = longest_pause_ms(lambda: ours(digit_codes(options.count)))
    print(f"t-SNE in a thread: others waited at most {pause:.0f} ms")
    if options.full:
        compare(70_000)


if __name__ == "__main__":
    main()
