"""Read a model's card and check its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from latent_core.card_files import image_shape_of, read_card, required_field
from latent_core.errors import InvalidCardError
from latent_core.installed import MODELS
from latent_core.models.card import FAMILIES, WEIGHTS, ModelCard
from latent_core.untrusted import reading, whole

MAX_DIM = 16_384
TEXT_METRICS = ("command", "config_hash", "data", "evaluation", "evaluation_classifier")
_WEIGHTS_NAME = re.compile(r"\w[\w.-]{0,120}\.(safetensors|pth|onnx)", re.ASCII)


def read_model_card(model_id: str) -> ModelCard:
    """The card of the model `model_id`, of any schema version.

    Raises
    ------
    InvalidCardError
        A field is missing or invalid.
    """
    folder = MODELS.find(model_id)
    raw = read_card(folder / "card.json")
    with reading(f"Card {model_id}/card.json is invalid", "correct it"):
        return _model_card(raw, model_id, folder)


def _model_card(raw: dict[str, Any], model_id: str, folder: Path) -> ModelCard:
    latent_dim, family = _latent_dim(raw, model_id), _family(raw, model_id)
    has_images = family != "precomputed"
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
    _check_metrics(dicts["metrics"], model_id)
    replicates = required_field(raw, "replicates", dict, model_id) if "replicates" in raw else {}
    _check_replicates(replicates, model_id)
    origin = required_field(raw, "origin", dict, model_id) if "origin" in raw else {}
    baseline = required_field(raw, "baseline", str, model_id) if raw.get("baseline") else None
    return ModelCard(
        id=model_id,
        family=family,
        image_shape=image_shape_of(raw, model_id) if has_images else (0, 0, 0),
        latent_dim=latent_dim,
        weights_sha256=str(weights.get("sha256", "")),
        decoder_sha256=str(decoder.get("sha256", "")) if _is_current(decoder, weights) else "",
        baseline=baseline,
        replicates=replicates,
        origin=origin,
        folder=folder,
        weights_file=_weights_file(weights, model_id),
        **texts,
        **dicts,
    )


def _latent_dim(raw: dict[str, Any], model_id: str) -> int:
    return whole(
        required_field(raw, "latent_dim", int, model_id), 1, MAX_DIM, "latent_dim", model_id
    )


def _check_metrics(metrics: dict[str, Any], where: str) -> None:
    """Metrics are numbers; those by factor or attribute objects, some of samples lists of them."""
    for name, value in metrics.items():
        if name in TEXT_METRICS and isinstance(value, str):
            continue
        is_list = name.startswith("class_frequencies") or name.endswith("_per_dimension")
        parts: Any = [value]
        if "_by_" in name or is_list:
            parts = required_field(metrics, name, list if is_list else dict, where)
        _check_numbers(name, parts.values() if isinstance(parts, dict) else parts, where)


def _check_replicates(replicates: dict[str, Any], where: str) -> None:
    """Of each metric a list, one number per training; this training's metrics may be repeated."""
    for name, value in replicates.items():
        if name == "this_training":
            _check_metrics(required_field(replicates, name, dict, where), where)
        elif name not in TEXT_METRICS or not isinstance(value, str):
            _check_numbers(name, required_field(replicates, name, list, where), where)


def _check_numbers(name: str, values: Iterable[Any], where: str) -> None:
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in values):
        raise InvalidCardError(
            f"Metric {name[:40]!r} on the card of {where!r} must be numbers, not "
            f"{str(list(values))[:40]}; measure it again with `python -m latent_core evaluate "
            f"{where} --write`."
        )


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


def _is_current(decoder: dict[str, Any], weights: dict[str, Any]) -> bool:
    """Whether the decoder was exported from these weights and not from earlier ones."""
    return bool(decoder.get("weights_sha256") == weights.get("sha256"))
