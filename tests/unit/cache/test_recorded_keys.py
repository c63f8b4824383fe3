"""Recorded cache keys: whatever is renamed in Python, stored results stay valid."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from latent_core import workspace
from latent_core.datasets.dataset import load_dataset
from latent_core.models.card import ModelCard
from latent_core.models.card_reader import read_model_card
from latent_core.models.inversion import BATCH_INVERSION, FAST, HIGH_QUALITY, InversionConfig
from latent_core.projection import method_from_dict
from latent_core.types import Encodings

RECORDED = json.loads(Path(__file__).with_name("cache_keys.json").read_text())
CONFIGS = {
    "QUICK": FAST,
    "THOROUGH": HIGH_QUALITY,
    "MANY": BATCH_INVERSION,
    "default": InversionConfig(),
}


def fingerprinted(card: ModelCard) -> Encodings:
    """Encodings with the right fingerprint; their codes don't matter."""
    return Encodings(
        model_id=card.id,
        dataset_id=card.dataset,
        fingerprint=workspace.encodings_key(card, load_dataset(card.dataset)),
        mean=np.zeros((5, card.latent_dim), np.float32),
        log_var=None,
    )


def key_of(card: ModelCard, entry: dict) -> str:
    encodings = fingerprinted(card)
    if entry["kind"] == "encodings":
        return encodings.fingerprint
    if entry["kind"] == "errors":
        return workspace.errors_key(encodings)
    if entry["kind"] == "own errors":
        return workspace.self_inversion_errors_key(card)
    if entry["kind"] == "mixture":
        return workspace.mixture_key(encodings)
    if entry["kind"] == "attribute effects":
        return workspace.attribute_effects_key(load_dataset(card.dataset), encodings)
    return workspace.projection_key(encodings, method_from_dict(entry["spec"]))


@pytest.mark.parametrize("model_id", RECORDED["shipped"])
def test_shipped_entries_keep_their_keys(model_id: str) -> None:
    card = read_model_card(model_id)
    entries = RECORDED["shipped"][model_id]
    assert [key_of(card, entry) for entry in entries] == [entry["key"] for entry in entries]
    files = {path.stem for path in (card.folder / "store").glob("*.entry")}
    assert files == {entry["key"] for entry in entries}


def test_projections_of_every_method_keep_their_keys() -> None:
    encodings = fingerprinted(read_model_card("digits-vae-16"))
    for entry in RECORDED["other"]["maps"]:
        assert workspace.projection_key(encodings, method_from_dict(entry["spec"])) == entry["key"]


def test_inversions_keep_their_keys() -> None:
    card = read_model_card("digits-gan-32")
    image = np.linspace(0, 1, 28 * 28, dtype=np.float32).reshape(1, 28, 28)
    first = np.linspace(-1, 1, 32, dtype=np.float32)
    for entry in RECORDED["other"]["inversions"]:
        config = CONFIGS[entry["search"]]
        key = workspace.inversion_key(card, image, config, first if entry["first"] else None)
        assert key == entry["key"]
