"""Trainings from other seeds: what they give and leave alone, and when they are out of date."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.__main__ import main
from latent_core.errors import InvalidInputError
from latent_core.evaluation.replicate_statistics import replicate_values, seed_std
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
    told = {"title": "Bits", "image_shape": [1, 8, 8], "count": 120, "sha256": digests}
    (folder / "card.json").write_text(json.dumps(told | {"class_names": ["dark", "bright"]}))
    model = four / "models" / "bits"
    model.mkdir()
    network = {"name": "conv", "width": 4, "hidden": 16, "variational": True}
    recipe = {"objective": "btc-vae", "seed": 0, "batch_size": 32, "learning_rate": 0.01}
    made = CARD | {
        "family": "vae",
        "dataset": "bits",
        "image_shape": [1, 8, 8],
        "latent_dim": 2,
        "architecture": network,
        "weights": {"sha256": ""},
        "training": recipe | {"epochs": 15, "then": [{"epochs": 1, "seed": 5}]},
    }
    (model / "card.json").write_text(json.dumps(made))
    train(read_model_card("bits"), IMAGES)
    return read_model_card("bits")


def by_hand(card, folder, shift):
    """The figures of a training whose seeds are moved by so much."""
    folder.mkdir()
    (folder / "card.json").write_bytes((card.folder / "card.json").read_bytes())
    recipe = card.training | {"seed": shift, "then": [{"epochs": 1, "seed": 5 + shift}]}
    moved = dataclasses.replace(card, folder=folder, training=recipe)
    train(moved, IMAGES)
    digest = card_files.sha256_file(folder / "weights.safetensors")
    model, data = (
        load_from_card(dataclasses.replace(moved, weights_sha256=digest)),
        lc.load_dataset("bits"),
    )
    encodings = lc.encode(model, data)
    return lc.evaluate(model, data, encodings, lc.reconstruction_errors(model, data, encodings))


def test_each_further_training_is_the_recipes_own_from_other_seeds(card, four):
    before = {path.name: path.read_bytes() for path in card.folder.iterdir()}
    told = train_replicates(card, (IMAGES, None), lc.load_dataset("bits"), 2)
    for turn in range(2):
        expected = by_hand(card, four / f"hand{turn}", 1000 * (turn + 1))
        for name in ("kl_total_nats", "linear_accuracy", "knn_accuracy"):
            assert told[name][turn] == expected[name]
    assert told["kl_total_nats"][0] != told["kl_total_nats"][1]
    assert {path.name: path.read_bytes() for path in card.folder.iterdir()} == before


def test_what_swings_is_told_on_the_card_until_the_recipe_changes(card):
    card_files.update_card(card.folder, metrics={"kl_total_nats": 3.0})
    card = read_model_card("bits")
    assert replicate_values(card, "kl_total_nats") == [], "no others yet"
    told = train_replicates(card, (IMAGES, None), lc.load_dataset("bits"), 1)
    write_replicates(card, told | {"kl_total_nats": [5.0]})
    card = read_model_card("bits")
    assert card.replicates["command"] == "python -m latent_core replicate bits --times 1 --write"
    assert replicate_values(card, "kl_total_nats") == [3.0, 5.0]
    assert seed_std(card, "kl_total_nats") == pytest.approx(2**0.5)
    assert seed_std(card, "accuracy") is None
    assert replicate_values(card, "accuracy") == [], "not measured"
    changed = dataclasses.replace(card, training=card.training | {"epochs": 3})
    assert replicate_values(changed, "kl_total_nats") == []


def test_what_is_measured_anew_leaves_what_swings_on_the_card(card, four, capsys):
    card_files.update_card(card.folder, again={"recipe": "x", "kl_total_nats": [5.0]})
    assert main(["evaluate", "bits", "--write"]) == 0
    assert read_model_card("bits").replicates["kl_total_nats"] == [5.0]


def test_what_cant_be_taught_again_says_so(card, four):
    data = lc.load_dataset("bits")
    with pytest.raises(InvalidInputError, match="not 0 times"):
        train_replicates(card, (IMAGES, None), data, 0)
    with pytest.raises(InvalidInputError, match="begins by chance"):
        train_replicates(lc.load_card("four"), (IMAGES, None), data, 1)
    with pytest.raises(InvalidInputError, match="encodes by itself"):
        train_replicates(dataclasses.replace(card, family="gan"), (IMAGES, None), data, 1)
