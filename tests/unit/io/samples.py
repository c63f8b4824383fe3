"""Sample files, and shortcuts for reading them."""

from __future__ import annotations

import numpy as np

from latent_core.io.limits import UploadLimits
from latent_core.io.uploads import ImageFile, RejectedFile, read_uploads
from tests.make_samples import samples

SAMPLES = samples()
SINGLE = {name: data for name, data in SAMPLES.items() if not name.endswith(".zip")}
LIMITS = UploadLimits()


def read(
    data: bytes, name: str = "a.png", limits: UploadLimits = LIMITS
) -> list[ImageFile | RejectedFile]:
    return list(read_uploads([(name, data)], limits))


def rejection_reason(data: bytes, name: str = "a.png", limits: UploadLimits = LIMITS) -> str:
    (rejected,) = read(data, name, limits)
    assert isinstance(rejected, RejectedFile)
    assert rejected.reason.count(". ") == 0, "one sentence"
    return rejected.reason


def flipped(data: bytes, rng: np.random.Generator, count: int) -> bytes:
    """`data` with `count` bits flipped, half of the time in its header."""
    changed = bytearray(data)
    last = min(len(data), int(rng.choice([64, len(data)])))
    for at in rng.integers(0, last, count):
        changed[at] ^= 1 << int(rng.integers(8))
    return bytes(changed)
