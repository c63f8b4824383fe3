"""The realism of images: how much they look like those of a data set, by its realism network."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from latent_core import card_files
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.installed import DATASETS
from latent_core.models.card import ModelCard
from latent_core.models.network_thread import network_thread
from latent_core.models.weights_file import read_weights
from latent_core.types import Floats, as_images
from latent_core.untrusted import reading

WEIGHTS, GRAPH = "realism_network.safetensors", "realism_network.onnx"
"""Files in the folder of a data set."""
ENTRY = "realism_network"
"""The field of its card."""
BATCH_SIZE = 256

RealismLevel = Literal["like the data", "doubtful", "unlike the data"]
REALISM_LEVELS: tuple[RealismLevel, ...] = ("like the data", "doubtful", "unlike the data")
"""From the best to the worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRealism:
    """The realism network of a data set, with the limits of its levels.

    Parameters
    ----------
    dataset
        Id of the data set.
    image_shape
        ``(C, H, W)`` of its images.
    net
        Maps images ``(N, C, H, W)`` to log-odds ``(N,)``.
    like_limit, unlike_limit
        An image is like the data from the first on and unlike the data below the second:
        quantiles of the realism of reconstructions of validation images.
    graph_sha256
        Of the ONNX file.
    models
        Ids of the models whose images it was trained with, each with the checksum of its weights.
    """

    dataset: str
    image_shape: tuple[int, int, int]
    net: Any
    like_limit: float
    unlike_limit: float
    graph_sha256: str
    models: Mapping[str, str] = field(default_factory=dict)

    def rates(self, card: ModelCard) -> bool:
        """Whether it was trained with the images of this model and these weights.

        Images of others, sharper or blurrier ones, can be out of its range though nothing is wrong.
        """
        return self.models.get(card.id) == card.weights_sha256

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return DATASETS.find(self.dataset)

    def score(self, images: Floats) -> Floats:
        """Log-odds ``(N,)`` that images ``(N, C, H, W)`` in [0, 1] look like the data's."""
        checked = as_images(images, self.image_shape)
        return network_thread().submit(score_images, self.net, checked).result()

    def levels(self, images: Floats) -> list[RealismLevel]:
        """The realism level of each of the images ``(N, C, H, W)``."""
        return [self.level(float(score)) for score in self.score(images)]

    def level(self, score: float) -> RealismLevel:
        """The level of a score."""
        if score >= self.like_limit:
            return "like the data"
        return "doubtful" if score >= self.unlike_limit else "unlike the data"


def score_images(net: Any, images: Floats) -> Floats:
    """The output ``(N,)`` of a realism network for images ``(N, C, H, W)``, batch by batch."""
    import torch

    with torch.inference_mode():
        tensor = torch.from_numpy(np.ascontiguousarray(images, np.float32))
        scores: Floats = torch.cat(
            [net(batch) for batch in torch.split(tensor, BATCH_SIZE)]
        ).numpy()
    return scores


def load_realism(dataset_id: str) -> ImageRealism | None:
    """The realism network of a data set; None where it has none.

    Raises
    ------
    InvalidCardError
        Its weights are missing or damaged.
    """
    try:
        folder = DATASETS.find(dataset_id)
    except UnknownNameError:
        return None
    card = card_files.read_card(folder / "card.json")
    if ENTRY not in card:
        return None
    with reading(f"The realism network of {dataset_id!r} cannot be read", "correct its card"):
        entry = card[ENTRY]
        if card_files.sha256_file(folder / WEIGHTS) != entry["sha256"]:
            raise InvalidCardError(
                f"{dataset_id}/{WEIGHTS} is not the one on the data set's card; copy it again, or "
                f"train it with `python -m latent_core train-realism-network {dataset_id}`."
            )
        limits = float(entry["like_limit"]), float(entry["unlike_limit"])
        if not all(map(math.isfinite, limits)) or limits[0] < limits[1]:
            raise ValueError(f"the limits {limits} are not finite and descending")
        image_shape = card_files.image_shape_of(card, dataset_id)
        return ImageRealism(
            dataset=dataset_id,
            image_shape=image_shape,
            net=_load_network(
                folder / WEIGHTS, entry["sha256"], entry["architecture"], image_shape
            ),
            like_limit=limits[0],
            unlike_limit=limits[1],
            graph_sha256=str(entry["graph_sha256"]),
            models={str(name): str(sha256) for name, sha256 in dict(entry["models"]).items()},
        )


@lru_cache(maxsize=8)
def _load_network(
    path: Path, _sha256: str, architecture: str, image_shape: tuple[int, int, int]
) -> Any:
    from latent_core.architectures.realism import REALISM_NETWORKS

    net = REALISM_NETWORKS[architecture](image_shape)
    net.load_state_dict({name: tensor.float() for name, tensor in read_weights(path).items()})
    return net.eval().requires_grad_(False)
