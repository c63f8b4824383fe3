"""Inversion of a generator, against the reconstructions of an autoencoder.

``python -m benchmarks.inversion GAN VAE [--seeds N] [--quick]``: for each configuration, the error
on 64 held-out images as a multiple of the autoencoder's reconstruction error on the same images;
the same for the autoencoder's own codes after the same search; the standard deviation over seeds
(of the images and of the candidates), the fraction of images for which the evaluation classifier
predicts the same for inversion and original, and the cost as a multiple of the first
configuration's.  Last, the first configuration's errors on the generator's own samples.
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

N_IMAGES = 64
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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gan")
    parser.add_argument("vae")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--quick", action="store_true", help="only the configurations of drawings and uploads"
    )
    options = parser.parse_args()
    gan, vae = lc.load_model(options.gan), lc.load_model(options.vae)
    data = lc.load_dataset(vae.card.dataset)
    print(
        f"{gan.card.id}: error on {N_IMAGES} held-out images of {data.id}, a multiple of that "
        f"of {vae.card.id} (aim {AIM}); mean and std over {options.seeds} seeds"
    )
    invert(
        gan, data.images(slice(1)), InversionConfig(n_starts=1, n_steps=1)
    )  # imports torch and computes the candidates
    first_s = None
    for config in [FAST, InversionConfig()] if options.quick else SETTINGS:
        rows = np.array([_measured(gan, vae, config, seed) for seed in range(options.seeds)])
        ratio, improved, agreement, squares, seconds = rows.mean(axis=0)
        first_s = first_s or seconds
        print(
            f"  {config.n_starts} starts × {config.n_steps:3} steps: {ratio:.2f} ± "
            f"{rows[:, 0].std():.2f} with {gan.card.latent_dim} dimensions; {vae.card.id} after "
            f"the same search {improved:.2f} ± {rows[:, 1].std():.2f} with "
            f"{vae.card.latent_dim}; same prediction {agreement:.1%}; squared norm "
            f"{squares:.2f} per dimension; cost {seconds / first_s:.1f}",
            flush=True,
        )
    own = np.quantile(self_inversion_errors(gan, FAST, N_IMAGES), [0.5, 0.9])
    print(
        f"  own samples, first configuration: median error {own[0]:.2g}, 90th percentile "
        f"{own[1]:.2g}"
    )


def _measured(
    gan: lc.LatentModel, vae: lc.LatentModel, config: InversionConfig, seed: int
) -> tuple[float, float, float, float, float]:
    data = lc.load_dataset(vae.card.dataset)
    chosen = np.sort(np.random.default_rng(seed).permutation(len(data))[:N_IMAGES])
    images = data.images(chosen)
    vae_codes = vae.encode(images).mean
    vae_error = per_image_mse(images, vae.decode(vae_codes)).mean()
    improved = invert(vae, images, replace(config, seed=seed), initial_codes=vae_codes)
    start = time.perf_counter()
    found = invert(gan, images, replace(config, seed=seed))
    seconds = time.perf_counter() - start
    classifier, agreement = evaluator_for(data.id), float("nan")
    if classifier is not None:
        has_attributes = bool(classifier.card.attribute_thresholds)
        predict = classifier.predict_attributes if has_attributes else classifier.classify
        agreement = float((predict(gan.decode(found.codes)) == predict(images)).mean())
    squares = float(np.square(found.codes).mean())
    ratios = (float(result.errors.mean() / vae_error) for result in (found, improved))
    return *ratios, agreement, squares, seconds


if __name__ == "__main__":
    main()
