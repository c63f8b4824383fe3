"""Read a model's card and check its fields."""

from __future__ import annotations

import re
from typing import Any

from latent_core.card_files import models_dir, read_card, required_field
from latent_core.errors import InvalidCardError
from latent_core.models.card import FAMILIES, WEIGHTS, ModelCard

_WEIGHTS_NAME = re.compile(r"\w[\w.-]{0,120}\.(safetensors|pth)", re.ASCII)


def read_model_card(model_id: str) -> ModelCard:
    """The card of the model `model_id`, of any schema version.

    Raises
    ------
    InvalidCardError
        A field is missing or invalid.
    """
    folder = models_dir() / model_id
    raw = read_card(folder / "card.json")
    latent_dim, family = _latent_dim(raw, model_id), _family(raw, model_id)
    shape = [0, 0, 0] if family == "precomputed" else _image_shape(raw, model_id)
    weights = required_field(raw, "weights", dict, model_id)
    decoder = required_field(raw, "decoder", dict, model_id) if "decoder" in raw else {}
    texts = {
        name: required_field(raw, name, str, model_id)
        for name in ("title", "description", "dataset", "paper", "license")
    }
    dicts = {
        name: required_field(raw, name, dict, model_id)
        for name in ("architecture", "preprocessing", "training", "metrics")
    }
    return ModelCard(
        id=model_id,
        family=family,
        image_shape=(shape[0], shape[1], shape[2]),
        latent_dim=latent_dim,
        weights_sha256=str(weights.get("sha256", "")),
        decoder_sha256=str(decoder.get("sha256", "")) if _is_current(decoder, weights) else "",
        baseline=raw.get("baseline"),
        replicates=required_field(raw, "replicates", dict, model_id) if "replicates" in raw else {},
        folder=folder,
        weights_file=_weights_file(weights, model_id),
        **texts,
        **dicts,
    )


def _latent_dim(raw: dict[str, Any], model_id: str) -> int:
    latent_dim: int = required_field(raw, "latent_dim", int, model_id)
    if not 1 <= latent_dim <= 4096:
        raise InvalidCardError(f"'latent_dim' of {model_id!r} must be 1 to 4096, not {latent_dim}.")
    return latent_dim


def _family(raw: dict[str, Any], model_id: str) -> str:
    family: str = required_field(raw, "family", str, model_id)
    if family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise InvalidCardError(
            f"Model {model_id!r} is of unknown family {family!r}; known: {known}."
        )
    return family


def _weights_file(weights: dict[str, Any], model_id: str) -> str:
    name = str(weights.get("file", WEIGHTS))
    if not _WEIGHTS_NAME.fullmatch(name):
        raise InvalidCardError(
            f"'weights' on the card of {model_id!r} must name a file like {WEIGHTS}, not {name!r}."
        )
    return name


def _image_shape(raw: dict[str, Any], model_id: str) -> list[int]:
    shape: list[int] = required_field(raw, "image_shape", list, model_id)
    if len(shape) != 3 or not all(isinstance(n, int) and 0 < n <= 4096 for n in shape):
        raise InvalidCardError(
            f"'image_shape' of {model_id!r} must be three sizes [C, H, W] from 1 to 4096, not "
            f"{shape}."
        )
    return shape


def _is_current(decoder: dict[str, Any], weights: dict[str, Any]) -> bool:
    """Whether the decoder was exported from these weights and not from earlier ones."""
    return bool(decoder.get("weights_sha256") == weights.get("sha256"))
