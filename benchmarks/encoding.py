"""Encoding a data set, against the network's forward pass alone on the same images."""

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
    images = torch.from_numpy(data.images().copy())
    net = model.net

    def forward_pass() -> None:
        with torch.inference_mode():
            for batch in images.split(BATCH_SIZE):
                net.encode(batch)

    ratios = [
        _seconds(forward_pass) / _seconds(lambda: encode_images(model, data))
        for _ in range(ROUNDS + 1)
    ]
    ratio = statistics.median(ratios[1:])
    print(
        f"encode: {ratio:.0%} of the speed of the forward pass alone (median of {ROUNDS}, aim 90%)"
    )


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
