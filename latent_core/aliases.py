"""Names of earlier versions, with the current ones.

The only table of them: cards, weights, cached results, links and command lines of earlier
versions stay readable through it, and cache keys stay unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from latent_core.cache.keys import content_key

SCHEMA_VERSION = 2
"""Version of the card schema; a card without ``schema_version`` has version 1."""

CARD_FIELDS = {"preparation": "preprocessing", "licence": "license", "again": "replicates"}
FAMILIES = {"given": "precomputed"}
TRAINING_FIELDS = {
    "warp": "affine_augmentation",
    "soften": "max_blur_sigma",
    "exact": "float32_fraction",
    "penalty": "r1_gamma",
    "lazy": "r1_interval",
    "focus": "center_weight",
    "start": "init_from",
    "anchor": "reconstruction_weight",
    "ask": "attribute_weight",
    "look": "perceptual_weight",
    "reader": "perceptual_classifier",
    "questions": "attribute_thresholds",
    "classes_of": "class_factor",
    "then": "stages",
}
ARCHITECTURE_OPTIONS = {"eyes": "frozen_features", "aligned": "whitened_latents"}
PREPROCESSING_FIELDS = {"colour": "color", "ground": "background", "framing": "fit_mode"}
PREPROCESSING_VALUES = {"grey": "gray", "centre of mass": "center of mass"}
METRICS = {
    "judge": "evaluation_classifier",
    "frechet_real": "frechet_real_vs_real",
    "accuracy_kept": "accuracy_retained",
    "accuracy_kept_by_question": "accuracy_retained_by_attribute",
    "accuracy_by_question": "accuracy_by_attribute",
    "accuracy_by_guessing": "accuracy_majority_baseline",
    "accuracy_by_guessing_by_question": "accuracy_majority_baseline_by_attribute",
    "sample_shares": "class_frequencies_samples",
    "real_shares": "class_frequencies_real",
    "factor_gap": "mig",
    "factor_gap_pca": "mig_pca",
    "kl_nats": "kl_total_nats",
    "analogies": "n_analogies",
    "analogies_right": "analogy_accuracy",
    "analogies_right_left_in": "analogy_accuracy_including_inputs",
    "analogies_right_plain": "analogy_accuracy_baseline",
}
CODES_FIELDS = {"noun": "sample_noun"}
FACTOR_FIELDS = {"means": "description"}
EXAMPLE_FIELDS = {"sums": "expressions"}

STATE_DICT_NAMES = {
    "encoder.eyes.": "encoder.features.",
    "encoder.link.": "encoder.projection.",
    "middle": "latent_mean",
    "spread": "latent_cholesky",
    "reader.": "perceptual_net.",
    "guide.": "teacher.",
    "critic.": "discriminator.",
    "average.": "ema_generator.",
}
"""Of weights and checkpoints; a name that ends in a dot is that of a submodule."""
PROJECTION_PARAMS = {
    "dims": "n_components",
    "neighbours": "n_neighbors",
    "seed": "random_state",
}
PROJECTION_ARRAYS = {"walks": "geodesics", "usual": "mean_sq", "back": "pseudo_inverse"}
PROJECTION_INFO = {"spec": "method", "neighbours_k": "n_neighbors"}
COMMANDS = {
    "again": "replicate",
    "ship": "precompute",
    "backbone": "add-torchvision",
    "export": "export-onnx",
}
OPTIONS = {
    "datasets": {"--ship": "--convert"},
    "train": {"--fresh": "--restart"},
    "project": {"--dims": "--n-components", "--seed": "--random-state"},
}
"""Options of the command line, by command."""
ENVIRONMENT = {"LATENT_LIVE_MAX_MB": "LATENT_BROWSER_DECODER_MAX_MB"}
"""Environment variables."""


def renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """`values` with each key that is in `names` replaced."""
    return {names.get(name, name): value for name, value in values.items()}


def upgrade_card(card: dict[str, Any]) -> dict[str, Any]:
    """A model's or data set's card of any version in the current schema."""
    if card.get("schema_version", 1) != 1:
        return card
    return _upgrade_model_card(card) if "family" in card else _upgrade_dataset_card(card)


def _upgrade_model_card(card: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {"schema_version": SCHEMA_VERSION} | renamed(card, CARD_FIELDS)
    if isinstance(new.get("family"), str):
        new["family"] = FAMILIES.get(new["family"], new["family"])
    parts: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "training": _upgrade_training,
        "architecture": lambda part: renamed(part, ARCHITECTURE_OPTIONS),
        "preprocessing": _upgrade_preprocessing,
        "metrics": _upgrade_metrics,
        "replicates": lambda part: _upgrade_replicates(part, card, new),
    }
    for name, upgrade in parts.items():
        if isinstance(new.get(name), dict):
            new[name] = upgrade(new[name])
    for name, part in new.items():
        if isinstance(part, dict) and isinstance(part.get("command"), str):
            new[name] = part | {"command": _upgrade_command(part["command"])}
    return new


def _upgrade_dataset_card(card: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {"schema_version": SCHEMA_VERSION} | renamed(card, CARD_FIELDS)
    if isinstance(new.get("codes"), dict):
        new["codes"] = renamed(new["codes"], CODES_FIELDS)
    if isinstance(new.get("examples"), dict):
        new["examples"] = renamed(new["examples"], EXAMPLE_FIELDS)
    if isinstance(new.get("factors"), dict):
        new["factors"] = {
            name: renamed(factor, FACTOR_FIELDS) if isinstance(factor, dict) else factor
            for name, factor in new["factors"].items()
        }
    return new


def _upgrade_command(text: str) -> str:
    """A command line of this library with the current name of its command."""
    start, module, rest = text.partition("python -m latent_core ")
    command, blank, arguments = rest.partition(" ")
    return start + module + COMMANDS.get(command, command) + blank + arguments


def _upgrade_training(training: dict[str, Any]) -> dict[str, Any]:
    new = renamed(training, TRAINING_FIELDS)
    if isinstance(new.get("stages"), list):
        new["stages"] = [
            renamed(stage, TRAINING_FIELDS) if isinstance(stage, dict) else stage
            for stage in new["stages"]
        ]
    return new


def _upgrade_preprocessing(preprocessing: dict[str, Any]) -> dict[str, Any]:
    return {
        name: PREPROCESSING_VALUES.get(value, value) if isinstance(value, str) else value
        for name, value in renamed(preprocessing, PREPROCESSING_FIELDS).items()
    }


def _upgrade_metrics(metrics: dict[str, Any]) -> dict[str, Any]:
    std = {name: f"{name.removesuffix('_deviation')}_std" for name in metrics}
    return renamed(metrics, METRICS | {k: v for k, v in std.items() if k.endswith("_deviation")})


def _upgrade_replicates(
    replicates: dict[str, Any], old: dict[str, Any], new: dict[str, Any]
) -> dict[str, Any]:
    """Metrics of replicates; an outdated hash stays outdated, so that it is still reported."""
    rest = renamed(replicates, METRICS)
    recorded = rest.pop("recipe", "")
    config = json.dumps([old.get("training"), old.get("architecture")], sort_keys=True)
    is_current = recorded == content_key("recipe", said=config)[:12]
    digest = training_hash(new["training"], new["architecture"]) if is_current else recorded
    return {"config_hash": digest} | rest


def training_hash(training: Mapping[str, Any], architecture: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that depend on the architecture and training of a network."""
    config = {name: value for name, value in training.items() if name != "command"}
    text = json.dumps([config, architecture], sort_keys=True)
    return content_key("training config", said=text)[:12]


def architecture_in_keys(architecture: Mapping[str, Any]) -> dict[str, Any]:
    """A card's ``architecture`` in the names that cache keys are computed with."""
    return renamed(architecture, _inverse(ARCHITECTURE_OPTIONS))


def preprocessing_in_keys(preprocessing: Mapping[str, Any]) -> dict[str, Any]:
    """A card's ``preprocessing`` in the names that cache keys are computed with."""
    values = _inverse(PREPROCESSING_VALUES)
    return {
        name: values.get(value, value) if isinstance(value, str) else value
        for name, value in renamed(preprocessing, _inverse(PREPROCESSING_FIELDS)).items()
    }


def state_dict_in_current_names(tensors: Mapping[str, Any]) -> dict[str, Any]:
    """A state dict with current names, from one of any version."""
    return {_current_state_name(name): value for name, value in tensors.items()}


def _current_state_name(name: str) -> str:
    for old, new in STATE_DICT_NAMES.items():
        if old.endswith("."):
            is_submodule = name.startswith(old) or f".{old}" in name
            name = name.replace(old, new) if is_submodule else name
        elif name == old or name.endswith(f".{old}"):
            name = name.removesuffix(old) + new
    return name


def _inverse(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}
