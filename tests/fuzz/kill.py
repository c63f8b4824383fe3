"""``python -m tests.fuzz.kill``: kill writers of the cache at random moments, then verify it."""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path

import numpy as np

from latent_core.cache import CacheEntry, Store, content_key

N_KEYS = 8


def write_forever(folder: Path, seed: int) -> None:
    """Store entries of 0.4 MB, over and over."""
    rng = np.random.default_rng(seed)
    store = Store(folder, memory_bytes=0)
    while True:
        codes = rng.standard_normal((10_000, 10)).astype(np.float32)
        store.put(
            content_key("kill", number=int(rng.integers(N_KEYS))),
            CacheEntry(arrays={"codes": codes}),
        )


def kill_once(folder: Path, seed: int, longest_s: float) -> None:
    """Start a writer and kill it after a random time."""
    child = os.fork()
    if child == 0:
        try:
            write_forever(folder, seed)
        finally:
            os._exit(1)
    time.sleep(random.Random(seed).uniform(0, longest_s))  # noqa: S311 - reproducible
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.fuzz.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        damaged = unfinished = 0
        for seed in range(options.kills):
            kill_once(folder, seed, longest_s=0.1)
            report = Store(folder).verify()
            damaged += len(report.removed) + len(report.damaged)
            unfinished += sum(path.suffix == ".tmp" for path in folder.iterdir())
            for path in folder.glob("*.tmp"):
                path.unlink()
        print(
            f"{options.kills} kills: {unfinished} during a write, {damaged} damaged entries, "
            f"{report.n_valid} valid entries at the end"
        )
    return int(damaged > 0)


if __name__ == "__main__":
    raise SystemExit(main())
