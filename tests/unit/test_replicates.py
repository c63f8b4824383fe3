"""Replicates: their metrics, that they leave the model unchanged, and when they are outdated."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.__main__ import main
from latent_core.errors import InvalidInputError
from latent_core.evaluation.replicate_statistics import replicate_values, seed_statistics
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.models.card_reader import read_model_card
from latent_core.models.catalog import load_from_card
from latent_core.replicates import train_replicates, write_replicates
from latent_core.training.trainer import train
from tests.conftest import CARD

IMAGES = np.zeros((120, 1, 8, 8), np.uint8)
for row, image in enumerate(IMAGES):
    image[0, : 1 + row // 15] = 100 + row


@pytest.fixture
def card(four):
    """A small VAE, trained, and its data."""
    folder = four / "data" / "bits"
    folder.mkdir()
    (folder / "images.png").write_bytes(pack_sprite_sheet(IMAGES))
    np.save(folder / "labels.npy", (np.arange(120) > 60).astype(np.uint8))
    digests = {n: card_files.sha256_file(folder / n) for n in ("images.png", "labels.npy")}
    fields = {"title": "Bits", "image_shape": [1, 8, 8], "count": 120, "sha256": digests}
    (folder / "card.json").write_text(json.dumps(fields | {"class_names": ["dark", "bright"]}))
    model = four / "models" / "bits"
    model.mkdir()
    network = {"name": "conv", "width": 4, "hidden": 16, "variational": True}
    config = {"objective": "btc-vae", "seed": 0, "batch_size": 32, "learning_rate": 0.01}
    raw = CARD | {
        "schema_version": 2,
        "family": "vae",
        "dataset": "bits",
        "image_shape": [1, 8, 8],
        "latent_dim": 2,
        "architecture": network,
        "weights": {"sha256": ""},
        "training": config | {"epochs": 15, "stages": [{"epochs": 1, "seed": 5}]},
    }
    (model / "card.json").write_text(json.dumps(raw))
    train(read_model_card("bits"), IMAGES)
    return read_model_card("bits")


def metrics_of_training(card, folder, seed_offset):
    """The metrics of a training with other seeds."""
    folder.mkdir()
    (folder / "card.json").write_bytes((card.folder / "card.json").read_bytes())
    seeds = {"seed": seed_offset, "stages": [{"epochs": 1, "seed": 5 + seed_offset}]}
    other = dataclasses.replace(card, folder=folder, training=card.training | seeds)
    train(other, IMAGES)
    digest = card_files.sha256_file(folder / "weights.safetensors")
    model = load_from_card(dataclasses.replace(other, weights_sha256=digest))
    data = lc.load_dataset("bits")
    encodings = lc.encode(model, data)
    return lc.evaluate(model, data, encodings, lc.reconstruction_errors(model, data, encodings))


def test_each_replicate_is_a_training_with_other_seeds(card, four):
    before = {path.name: path.read_bytes() for path in card.folder.iterdir()}
    replicates = train_replicates(card, (IMAGES, None), lc.load_dataset("bits"), 2)
    for number in range(2):
        expected = metrics_of_training(card, four / f"run{number}", 1000 * (number + 1))
        for name in ("kl_total_nats", "linear_accuracy", "knn_accuracy"):
            assert replicates[name][number] == expected[name]
    assert replicates["kl_total_nats"][0] != replicates["kl_total_nats"][1]
    own = replicates["this_training"]
    data = lc.load_dataset("bits")
    model = load_from_card(card)
    encodings = lc.encode(model, data)
    errors = lc.reconstruction_errors(model, data, encodings)
    assert own["kl_total_nats"] == lc.evaluate(model, data, encodings, errors)["kl_total_nats"]
    assert {path.name: path.read_bytes() for path in card.folder.iterdir()} == before


def test_replicates_are_used_until_the_configuration_changes(card):
    card_files.update_card(card.folder, metrics={"kl_total_nats": 3.0})
    card = read_model_card("bits")
    assert replicate_values(card, "kl_total_nats") == [], "no replicates yet"
    replicates = train_replicates(card, (IMAGES, None), lc.load_dataset("bits"), 1)
    before = {k: v for k, v in replicates.items() if k != "this_training"}
    write_replicates(card, before | {"kl_total_nats": [5.0]})
    card = read_model_card("bits")
    assert card.replicates["command"] == "python -m latent_core replicate bits --times 1 --write"
    assert replicate_values(card, "kl_total_nats") == [3.0, 5.0]
    assert seed_statistics(card, "kl_total_nats") == (4.0, pytest.approx(2**0.5), 2)
    assert seed_statistics(card, "accuracy") is None
    assert replicate_values(card, "accuracy") == [], "not computed"
    write_replicates(card, replicates | {"this_training": {"kl_total_nats": 4.0}})
    values = replicate_values(read_model_card("bits"), "kl_total_nats")
    assert values == [4.0, *replicates["kl_total_nats"]], "measured in the same way"
    changed = dataclasses.replace(card, training=card.training | {"epochs": 3})
    assert replicate_values(changed, "kl_total_nats") == []


def test_an_evaluation_keeps_the_replicates_on_the_card(card, four, capsys):
    card_files.update_card(card.folder, replicates={"config_hash": "x", "kl_total_nats": [5.0]})
    assert main(["evaluate", "bits", "--write"]) == 0
    assert read_model_card("bits").replicates["kl_total_nats"] == [5.0]


def test_models_without_encoder_or_random_initialization_are_refused(card, four):
    data = lc.load_dataset("bits")
    with pytest.raises(InvalidInputError, match="1 or more, not 0"):
        train_replicates(card, (IMAGES, None), data, 0)
    with pytest.raises(InvalidInputError, match="random initialization"):
        train_replicates(lc.load_card("four"), (IMAGES, None), data, 1)
    with pytest.raises(InvalidInputError, match="with an encoder"):
        train_replicates(dataclasses.replace(card, family="gan"), (IMAGES, None), data, 1)
