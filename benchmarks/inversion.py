"""Codes searched for in a generator, beside an autoencoder that has an encoder.

``python -m benchmarks.inversion GAN VAE [--seeds N] [--quick]``: for each setting of the search,
the error on 64 held-out pictures as a multiple of the autoencoder's reconstruction error on the
same ones, its spread over seeds (which draw the pictures and the pool of starts), how often a
judge says of the found picture what it says of the real one, and the search's cost as a multiple
of the first one's.  Below them, what the first search leaves of the generator's own samples.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

import latent_core as lc
from latent_core.metrics import per_image_mse
from latent_core.models.catalog import evaluator_for
from latent_core.models.inversion import (
    FAST,
    HIGH_QUALITY,
    InversionConfig,
    invert,
    self_inversion_errors,
)

PICTURES = 64
AIM = 1.5
SETTINGS = [
    FAST,
    InversionConfig(n_starts=4, n_steps=150),
    InversionConfig(),
    InversionConfig(n_starts=1, n_steps=600),
    InversionConfig(n_starts=8, n_steps=400),
    HIGH_QUALITY,
]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("gan")
    asked.add_argument("vae")
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--quick", action="store_true", help="only what drawings and uploads get")
    options = asked.parse_args()
    gan, vae = lc.load_model(options.gan), lc.load_model(options.vae)
    data = lc.load_dataset(vae.card.dataset)
    print(
        f"{gan.card.id}: error on {PICTURES} held-out pictures of {data.id}, a multiple of that "
        f"of {vae.card.id} (aim {AIM}); mean and deviation of {options.seeds} seeds"
    )
    invert(
        gan, data.images(slice(1)), InversionConfig(n_starts=1, n_steps=1)
    )  # imports, and the pool
    first_s = None
    for search in [FAST, InversionConfig()] if options.quick else SETTINGS:
        rows = np.array([_measured(gan, vae, search, seed) for seed in range(options.seeds)])
        ratio, kept, squares, seconds = rows.mean(axis=0)
        first_s = first_s or seconds
        print(
            f"  {search.n_starts} starts × {search.n_steps:3} steps: {ratio:.2f} ± "
            f"{rows[:, 0].std():.2f}; judged the same {kept:.1%}; squared length "
            f"{squares:.2f} per dimension; cost {seconds / first_s:.1f}",
            flush=True,
        )
    own = np.quantile(self_inversion_errors(gan, FAST, PICTURES), [0.5, 0.9])
    print(f"  own samples, first setting: median error {own[0]:.2g}, 90th percentile {own[1]:.2g}")


def _measured(
    gan: lc.LatentModel, vae: lc.LatentModel, search: InversionConfig, seed: int
) -> tuple[float, float, float, float]:
    data = lc.load_dataset(vae.card.dataset)
    drawn = np.sort(np.random.default_rng(seed).permutation(len(data))[:PICTURES])
    images = data.images(drawn)
    rebuilt = per_image_mse(images, vae.decode(vae.encode(images).mean)).mean()
    start = time.perf_counter()
    found = invert(gan, images, replace(search, seed=seed))
    seconds = time.perf_counter() - start
    judge, kept = evaluator_for(data.id), float("nan")
    if judge is not None:
        says = judge.predict_attributes if judge.card.attribute_thresholds else judge.classify
        kept = float((says(gan.decode(found.codes)) == says(images)).mean())
    squares = float(np.square(found.codes).mean())
    return float(found.errors.mean() / rebuilt), kept, squares, seconds


if __name__ == "__main__":
    main()
