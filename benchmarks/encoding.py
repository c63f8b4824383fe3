"""Encoding a data set against the network's bare forward pass over the same pictures."""

from __future__ import annotations

import statistics
import time

import torch

import latent_core as lc
from latent_core.encoding import encode_images
from latent_core.models.model import BATCH_SIZE

ROUNDS = 5


def main() -> None:
    model, data = lc.load_model("digits-vae-16"), lc.load_dataset("digits")
    pixels = torch.from_numpy(data.pixels().copy())
    net = model._net  # noqa: SLF001 - the bare network is the baseline

    def bare() -> None:
        with torch.inference_mode():
            for batch in pixels.split(BATCH_SIZE):
                net.encode(batch)

    ratios = [
        _seconds(bare) / _seconds(lambda: encode_images(model, data)) for _ in range(ROUNDS + 1)
    ]
    ratio = statistics.median(ratios[1:])
    print(f"encode: {ratio:.0%} of the bare forward pass's speed (median of {ROUNDS}, aim 90%)")


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
