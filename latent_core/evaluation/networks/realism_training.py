"""Train the realism network of a data set: reconstructions of its images against defects.

Counterexamples are corrupted images and, with a classifier of the data set, decoded images that it
finds farther from real images than nearly all real images are.  Only validation images are used,
and no evaluation network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor
from torch.nn import functional

from latent_core import card_files
from latent_core.architectures.realism import REALISM_NETWORKS, ConvNetwork, PatchNetwork
from latent_core.errors import InvalidCardError
from latent_core.evaluation.networks.realism_examples import Examples, Pixels, make_examples
from latent_core.files import write_atomically
from latent_core.installed import DATASETS
from latent_core.models.model import Model
from latent_core.models.onnx_realism import export_realism
from latent_core.models.realism import ENTRY, GRAPH, WEIGHTS, score_images
from latent_core.models.torch_model import TorchModel
from latent_core.progress import ProgressCallback, null_progress
from latent_core.training.corruption import corrupt
from latent_core.types import Dataset, Floats

BATCH_SIZE = 48
"""Images that look like the data's; as many counterexamples are added."""
FIT_BATCH_SIZE = 256
LEARNING_RATE = 3e-3
WEIGHT_DECAY = 0.02
INVERSE_PENALTY = 0.01
"""C of the logistic regression."""
REAL_FRACTION, DECODED_FRACTION = 1 / 3, 0.4
"""Of the images that look like the data's: real ones; of the counterexamples: decoded ones."""
LIKE_QUANTILE, UNLIKE_QUANTILE = 0.05, 0.01
"""Of the realism of reconstructions of held-out images; below them lie the lower levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealismTraining:
    """How a realism network is trained.

    Parameters
    ----------
    architecture
        A name in `REALISM_NETWORKS`.
    classifier
        A classifier of the data set that labels decoded images, or None; see `make_examples`.
    steps
        Training steps of a convolutional network.
    seed
        Of weights, examples and corruptions.
    rates
        Ids of the models that it rates; all if empty.  It is trained with what all of them decode.
    """

    architecture: str = "patches"
    classifier: TorchModel | None = None
    steps: int = 1000
    seed: int = 0
    rates: tuple[str, ...] = ()

    @property
    def options(self) -> str:
        """As options of the command."""
        options = f"--architecture {self.architecture} --seed {self.seed}"
        if self.architecture == "convolutional":
            options += f" --steps {self.steps}"
        if self.classifier:
            options += f" --classifier {self.classifier.card.id}"
        return options + (f" --rates {' '.join(self.rates)}" if self.rates else "")


def train_realism_network(
    data: Dataset,
    encoded: Sequence[tuple[Model, Floats]],
    config: RealismTraining,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """Train the network, write it beside the data set and its checksum on the data set's card.

    Parameters
    ----------
    data
        The data set.
    encoded
        Its trained decoding models, each with the codes ``(N, D)`` of all images.
    config
        How it is trained.
    progress
        Called after every step; may raise `CancelledError`.

    Returns
    -------
    dict
        The entry ``realism_network`` of the data set's card.

    Raises
    ------
    InvalidCardError
        There is no decoding model.
    """
    from safetensors.torch import save

    if not encoded:
        raise InvalidCardError(
            f"No model decodes to images of {data.id!r}, so there is nothing to rate; add one."
        )
    examples = make_examples(data, encoded, config.classifier, config.seed)
    torch.manual_seed(config.seed)
    net = REALISM_NETWORKS[config.architecture](data.image_shape)
    if isinstance(net, PatchNetwork):
        fit_patch_network(net, examples, config.seed)
    else:
        _fit(net, examples, config, progress)
    net.half().float().eval()  # as it is stored
    folder = DATASETS.find(data.id)
    write_atomically(folder / WEIGHTS, save(_stored(net)))
    held_out = examples.held_out.astype(np.float32)
    held_out /= 255
    scores = score_images(net, held_out)
    entry = {
        "file": WEIGHTS,
        "sha256": card_files.sha256_file(folder / WEIGHTS),
        "architecture": config.architecture,
        "graph": GRAPH,
        "graph_sha256": export_realism(net, data.image_shape, folder),
        "like_limit": round(float(np.quantile(scores, LIKE_QUANTILE)), 4),
        "unlike_limit": round(float(np.quantile(scores, UNLIKE_QUANTILE)), 4),
        "models": {
            model.card.id: model.card.weights_sha256
            for model, _ in encoded
            if not config.rates or model.card.id in config.rates
        },
        "command": f"python -m latent_core train-realism-network {data.id} {config.options}",
    }
    card_files.update_card(folder, **{ENTRY: entry})
    return entry


def _stored(net: PatchNetwork | ConvNetwork) -> dict[str, Tensor]:
    return {name: tensor.half().contiguous() for name, tensor in net.state_dict().items()}


def fit_patch_network(net: PatchNetwork, examples: Examples, seed: int) -> None:
    """Fit the linear score by logistic regression: images like the data's against all others.

    The others are those known to be unlike the data's, and each of the first corrupted once.
    """
    rng = torch.Generator().manual_seed(seed)
    like = torch.from_numpy(examples.like).float().div_(255)
    unlike = torch.from_numpy(examples.unlike).float().div_(255)
    groups = [like, corrupt(like, rng), unlike]
    with torch.inference_mode():
        statistics = torch.cat(
            [
                net.statistics(batch)
                for images in groups
                for batch in torch.split(images, FIT_BATCH_SIZE)
            ]
        ).numpy()
    labels = np.arange(len(statistics)) < len(like)
    mean, scale = statistics.mean(axis=0), np.maximum(statistics.std(axis=0), 1e-6)
    regression = LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=1000)
    regression.fit((statistics - mean) / scale, labels)
    weights = regression.coef_[0] / scale
    with torch.no_grad():
        net.head.weight.copy_(torch.from_numpy(weights[None]))
        net.head.bias.copy_(torch.from_numpy(regression.intercept_ - weights @ mean))


def _fit(
    net: ConvNetwork, examples: Examples, config: RealismTraining, progress: ProgressCallback
) -> None:
    """Train by stochastic gradient descent."""
    rng = torch.Generator().manual_seed(config.seed)
    steps = config.steps
    optimizer = torch.optim.AdamW(net.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=steps, pct_start=max(0.1, 2 / steps)
    )
    labels = torch.cat([torch.ones(BATCH_SIZE), torch.zeros(BATCH_SIZE)])
    for step in range(steps):
        batch = _batch(examples, rng).contiguous(memory_format=torch.channels_last)
        logits = net(batch)
        loss = functional.binary_cross_entropy_with_logits(logits, labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        message = f"step {step + 1} of {steps}, loss {float(loss.detach()):.3f}"
        progress((step + 1) / steps, message)


def _batch(examples: Examples, rng: torch.Generator) -> Tensor:
    """Images ``(2 · BATCH_SIZE, C, H, W)``: the first half look like the data's."""
    n_real = round(REAL_FRACTION * BATCH_SIZE)
    n_decoded = round(DECODED_FRACTION * BATCH_SIZE) if len(examples.unlike) else 0
    like = torch.cat(
        [
            _sample(examples.real, n_real, rng),
            _sample(examples.like, BATCH_SIZE - n_real, rng),
        ]
    )
    order = torch.randperm(BATCH_SIZE, generator=rng)
    corrupted = corrupt(like[order[n_decoded:]], rng)
    if not n_decoded:
        return torch.cat([like, corrupted])
    return torch.cat([like, corrupted, _sample(examples.unlike, n_decoded, rng)])


def _sample(pixels: Pixels, count: int, rng: torch.Generator) -> Tensor:
    rows = torch.randint(len(pixels), (count,), generator=rng)
    return torch.from_numpy(pixels[rows.numpy()]).float().div_(255)
