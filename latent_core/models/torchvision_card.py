"""Cards for networks that torchvision has: any of them by name, as a space of features."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from latent_core import card_files
from latent_core.errors import LatentError
from latent_core.models.card import TORCHVISION, ModelCard, read_model_card
from latent_core.models.catalog import list_models, load_card
from latent_core.types import Dataset


def write_torchvision_card(name: str, data: Dataset, *, download: bool = False) -> ModelCard:
    """Write ``models/<data>-<name>/card.json`` for the torchvision network `name`.

    The weights stay where torch keeps what it fetches; where they are there, the card names
    their checksum.

    Parameters
    ----------
    download
        Have torchvision fetch the weights first, where there is a network.

    Raises
    ------
    UnknownName
        torchvision has no such network, or none that can be used.
    LatentError
        The weights could not be fetched.
    """
    from latent_core.architectures.torchvision_backbone import feature_count, pretrained

    weights = pretrained(name)
    if download:
        _fetch(weights, name)
    folder = card_files.models_dir() / f"{data.id}-{name.replace('_', '-')}"
    told = _card(name, data, weights, feature_count(name))
    folder.mkdir(parents=True, exist_ok=True)
    card_files.write_json(folder / "card.json", told)
    card = read_model_card(folder.name)
    if card.weights.is_file():
        found = {"file": told["weights"]["file"], "sha256": card_files.sha256_file(card.weights)}
        card_files.update_card(folder, weights=found)
    return read_model_card(folder.name)


def _fetch(weights: Any, name: str) -> None:
    try:
        weights.get_state_dict(progress=True, check_hash=True)
    except (OSError, RuntimeError) as error:
        raise LatentError(f"The weights of {name} could not be fetched: {error}.") from error


def _card(name: str, data: Dataset, weights: Any, features: int) -> dict[str, Any]:
    terms = weights.meta.get("license", "BSD-3-Clause")
    return {
        "title": f"{data.title}, {name}, {features} features",
        "description": f"What torchvision's {name}, taught to name the photos of ImageNet, sees in "
        "these pictures just before it decides; nothing leads back from there to a picture.",
        "family": "classifier",
        "dataset": data.id,
        "image_shape": list(data.image_shape),
        "latent_dim": features,
        "architecture": {"name": TORCHVISION, "backbone": name},
        "preparation": _preprocessing(data),
        "paper": str(weights.meta.get("recipe", "see torchvision's documentation")),
        "licence": f"{terms} (torchvision's weights); trained on ImageNet, whose terms apply",
        "training": {"command": f"python -m latent_core backbone {name} --dataset {data.id}"},
        "weights": {"file": Path(weights.url).name},
        "metrics": {},
    }


def _preprocessing(data: Dataset) -> dict[str, Any]:
    """As the other models of these pictures want them, else as they are."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue  # told where models are chosen
        if card.dataset == data.id:
            return card.preprocessing
    grey = data.image_shape[0] == 1
    return {"colour": "grey" if grey else "rgb", "ground": "any", "framing": "none"}
