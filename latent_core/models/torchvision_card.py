"""Write the card of a torchvision network, whose features are used as a latent space."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from latent_core import card_files
from latent_core.errors import LatentError
from latent_core.installed import MODELS
from latent_core.models.card import TORCHVISION, ModelCard
from latent_core.models.card_reader import read_model_card
from latent_core.models.catalog import list_models, load_card
from latent_core.types import Dataset


def write_torchvision_card(name: str, data: Dataset, *, download: bool = False) -> ModelCard:
    """Write ``models/<data>-<name>/card.json`` for the torchvision network `name`.

    The weights stay in torch's download cache; if they are present, the card gets their checksum.

    Parameters
    ----------
    name
        One of `torchvision_backbone.known_backbones`.
    data
        The data set whose images the network encodes.
    download
        Whether torchvision downloads the weights first.

    Raises
    ------
    UnknownNameError
        torchvision has no such network, or it is not supported.
    LatentError
        The weights could not be downloaded.
    """
    from latent_core.architectures.torchvision_backbone import feature_count, pretrained

    weights = pretrained(name)
    if download:
        _download(weights, name)
    folder = MODELS.shipped / f"{data.id}-{name.replace('_', '-')}"
    fields = _card_fields(name, data, weights, feature_count(name))
    folder.mkdir(parents=True, exist_ok=True)
    card_files.write_card(folder / "card.json", fields)
    card = read_model_card(folder.name)
    if card.weights.is_file():
        entry = {"file": fields["weights"]["file"], "sha256": card_files.sha256_file(card.weights)}
        card_files.update_card(folder, weights=entry)
    return read_model_card(folder.name)


def _download(weights: Any, name: str) -> None:
    try:
        weights.get_state_dict(progress=True, check_hash=True)
    except (OSError, RuntimeError) as error:
        raise LatentError(f"The weights of {name} could not be downloaded: {error}.") from error


def _card_fields(name: str, data: Dataset, weights: Any, n_features: int) -> dict[str, Any]:
    terms = weights.meta.get("license", "BSD-3-Clause")
    return {
        "title": f"{data.title}, {name}, {n_features} features",
        "description": f"Features of the last hidden layer of torchvision's {name}, trained to "
        "classify ImageNet; it has no decoder.",
        "family": "classifier",
        "dataset": data.id,
        "image_shape": list(data.image_shape),
        "latent_dim": n_features,
        "architecture": {"name": TORCHVISION, "backbone": name},
        "preprocessing": _preprocessing(data),
        "paper": str(weights.meta.get("recipe", "see torchvision's documentation")),
        "license": f"{terms} (torchvision's weights); trained on ImageNet, whose terms apply",
        "training": {
            "command": f"python -m latent_core add-torchvision {name} --dataset {data.id}"
        },
        "weights": {"file": Path(weights.url).name},
        "metrics": {},
    }


def _preprocessing(data: Dataset) -> dict[str, Any]:
    """The preprocessing of another model of this data set, or none."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue  # the page and command that list models show the error
        if card.dataset == data.id:
            return card.preprocessing
    is_gray = data.image_shape[0] == 1
    return {"color": "gray" if is_gray else "rgb", "background": "any", "fit_mode": "none"}
