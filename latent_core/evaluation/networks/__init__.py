"""The two evaluation networks of a data set: one trained for it, one that nothing was trained for.

Neither is part of the loss or the inversion of any model.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from latent_core import card_files
from latent_core.errors import InvalidCardError
from latent_core.installed import DATASETS
from latent_core.types import Dataset, Floats
from latent_core.untrusted import reading, whole

NETWORKS = {"residual": "residual network", "scattering": "scattering features"}
"""Their names, as they are written."""
BATCH_SIZE = 256

Features = Callable[[Floats], Floats]
"""From images ``(N, C, H, W)`` in [0, 1] to features ``(N, D)``."""


def evaluation_network(name: str, data: Dataset) -> Features | None:
    """The evaluation network `name`, a key of `NETWORKS`; None where the data set has none.

    Raises
    ------
    InvalidCardError
        Its weights are missing or damaged.
    """
    if data.precomputed is not None:
        return None
    if name == "scattering":
        from latent_core.evaluation.networks.scattering import scattering_features

        return scattering_features
    entry = data.card.get("evaluation_network")
    if entry is None:
        return None
    with reading(f"The evaluation network of {data.id!r} cannot be read", "correct its card"):
        path = DATASETS.find(data.id) / Path(entry["file"]).name
        if not path.is_file() or card_files.sha256_file(path) != entry["sha256"]:
            raise InvalidCardError(
                f"{data.id}/{path.name} is missing or not the one on the data set's card; copy it "
                "again, or train it with `python -m latent_core train-evaluation-network`."
            )
        latent_dim = whole(entry["latent_dim"], 1, 2**16, "latent_dim", data.id)
        outputs = whole(entry["outputs"], 1, 2**16, "outputs", data.id)
        return _load_residual(path, entry["sha256"], data.image_shape, latent_dim, outputs)


@lru_cache(maxsize=4)
def _load_residual(
    path: Path, _sha256: str, image_shape: tuple[int, int, int], latent_dim: int, outputs: int
) -> Features:
    import torch
    from safetensors.torch import load_file

    from latent_core.architectures.residual import ResidualNetwork

    net = ResidualNetwork(image_shape, latent_dim, outputs=outputs)
    net.load_state_dict({name: tensor.float() for name, tensor in load_file(path).items()})
    net.eval().requires_grad_(False)

    def features(images: Floats) -> Floats:
        tensor = torch.from_numpy(np.ascontiguousarray(images, np.float32))
        with torch.inference_mode():
            parts = [net.encode(batch) for batch in torch.split(tensor, BATCH_SIZE)]
            array: Floats = torch.cat(parts).numpy()
        return array

    return features
