"""Train the evaluation network of a data set, on labels and factors, and write it beside the data.

No model's loss and no inversion uses it. Its training images are the first half of MNIST's and
Fashion-MNIST's; for the other data sets, images of another seed than the models'.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from latent_core import card_files
from latent_core.architectures.residual import ResidualNetwork
from latent_core.datasets.dataset import read_chunks
from latent_core.datasets.factors import factors_of_card
from latent_core.datasets.idx import IDX_DATASETS, read_idx
from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.files import write_atomically
from latent_core.installed import DATASETS
from latent_core.progress import ProgressCallback, null_progress
from latent_core.training.augmentation import random_affine
from latent_core.types import Dataset, Floats

FILE = "evaluation_network.safetensors"
N_FEATURES = 64
BATCH_SIZE = 64
LEARNING_RATE = 2e-3
WEIGHT_DECAY = 0.05
AFFINE_AUGMENTATION = 0.5
"""Of images without factors, whose classes it does not change."""


def load_images(
    data: Dataset, folder: Path
) -> tuple[NDArray[np.uint8], NDArray[np.int64] | None, Mapping[str, Floats]]:
    """Training images ``(N, C, H, W)``, classes ``(N,)`` where the data has any, and factors.

    Raises
    ------
    InvalidInputError
        Files are missing or damaged, or the images have another shape.
    """
    if data.id in IDX_DATASETS:
        images, labels = read_idx(data.id, folder, train=True)
        half = len(images) // 2
        return images[:half], labels[:half], {}
    images, factors = read_chunks(folder)
    if images.shape[1:] != data.image_shape:
        raise InvalidInputError(
            f"{folder} has images of shape {images.shape[1:]}, {data.id!r} has {data.image_shape}; "
            "give the chunks of the same data set."
        )
    name = _class_factor(data)
    return images, None if name is None else factors[name].astype(np.int64), factors


def _class_factor(data: Dataset) -> str | None:
    """The factor that the classes of a data set are the values of."""
    if data.labels is None:
        return None
    equal = [name for name, values in data.factors.items() if (values == data.labels).all()]
    return equal[0] if equal else None


class Targets:
    """What the network predicts: classes, and ordered factors in standard deviations.

    Parameters
    ----------
    data
        Names the factors.
    labels
        ``(N,)`` classes, or None.
    factors
        ``(N,)`` each.
    """

    def __init__(
        self, data: Dataset, labels: NDArray[np.int64] | None, factors: Mapping[str, Floats]
    ) -> None:
        known = factors_of_card(data.card, data.id)
        self.names = [name for name, factor in known.items() if factor.ordered and name in factors]
        self.n_classes = len(data.class_names) if labels is not None else 0
        if not self.names and labels is None:
            raise InvalidCardError(
                f"{data.id!r} has neither classes nor ordered factors to train an evaluation "
                "network on; add labels or factors."
            )
        self.labels = None if labels is None else torch.from_numpy(labels)
        self.factors = torch.zeros((0, 0))
        if self.names:
            table = np.stack([np.asarray(factors[name], np.float32) for name in self.names], 1)
            scale = np.maximum(table.std(axis=0), 1e-6)
            self.factors = torch.from_numpy((table - table.mean(axis=0)) / scale)

    @property
    def n_outputs(self) -> int:
        """Logits of classes, then factors."""
        return self.n_classes + len(self.names)

    def loss(self, outputs: Tensor, rows: Tensor) -> Tensor:
        """Cross-entropy of the classes plus squared error of the factors."""
        total = outputs.new_zeros(())
        if self.labels is not None:
            total = total + functional.cross_entropy(
                outputs[:, : self.n_classes], self.labels[rows]
            )
        if self.names:
            total = total + functional.mse_loss(outputs[:, self.n_classes :], self.factors[rows])
        return total


def train_evaluation_network(
    data: Dataset,
    folder: Path,
    *,
    epochs: int,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """Train the network, write it beside the data set and its checksum on the data set's card.

    Parameters
    ----------
    data
        The data set that shall be evaluated; its images are not used.
    folder
        Training images: idx files, or chunks of ``python -m datagen … --train``.
    epochs, seed
        Passes over the images; seed of weights, order and augmentation.
    progress
        Called after every step; may raise `CancelledError`.

    Returns
    -------
    dict
        The entry ``evaluation_network`` of the data set's card.

    Raises
    ------
    InvalidInputError
        Training images are missing, damaged, too few or of another shape.
    InvalidCardError
        The data set has neither classes nor ordered factors.
    """
    from safetensors.torch import save

    images, labels, factors = load_images(data, folder)
    if len(images) < BATCH_SIZE:
        raise InvalidInputError(
            f"{folder} has {len(images)} images; give {BATCH_SIZE} or more, better thousands."
        )
    targets = Targets(data, labels, factors)
    torch.manual_seed(seed)
    net = ResidualNetwork(data.image_shape, N_FEATURES, outputs=targets.n_outputs)
    loss = _fit(net, images, targets, epochs, seed, progress)
    target = DATASETS.find(data.id)
    weights = {k: v.half().contiguous() for k, v in net.state_dict().items()}
    write_atomically(target / FILE, save(weights))
    entry = {
        "file": FILE,
        "sha256": card_files.sha256_file(target / FILE),
        "latent_dim": N_FEATURES,
        "outputs": targets.n_outputs,
        "predicts": ["class"] * bool(targets.n_classes) + targets.names,
        "n_images": len(images),
        "epochs": epochs,
        "seed": seed,
        "training_loss": round(loss, 4),
        "command": f"python -m latent_core train-evaluation-network {data.id} --data-dir FOLDER"
        f" --epochs {epochs} --seed {seed}",
    }
    card_files.update_card(target, evaluation_network=entry)
    return entry


def _fit(
    net: ResidualNetwork,
    images: NDArray[np.uint8],
    targets: Targets,
    epochs: int,
    seed: int,
    progress: ProgressCallback,
) -> float:
    """Train; the mean loss of the last epoch."""
    rng = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(net.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = epochs * (len(images) // BATCH_SIZE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=steps, pct_start=max(0.1, 2 / steps)
    )
    losses: list[float] = []
    for epoch in range(epochs):
        losses = []
        for rows in torch.split(torch.randperm(len(images), generator=rng), BATCH_SIZE):
            if len(rows) < BATCH_SIZE:
                continue
            batch = torch.from_numpy(images[rows.numpy()]).float().div_(255)
            if not targets.names:
                batch = random_affine(batch, rng, AFFINE_AUGMENTATION)
            loss = targets.loss(net(batch), rows)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
            done = (epoch + len(losses) * BATCH_SIZE / len(images)) / epochs
            progress(min(done, 1.0), f"epoch {epoch + 1} of {epochs}, loss {losses[-1]:.3f}")
    return float(np.mean(losses))
