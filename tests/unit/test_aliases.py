"""Names of earlier versions: cards, weights, checkpoints, parameters and command lines."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

import latent_core as lc
from latent_core import aliases, card_files, cli
from latent_core.__main__ import main
from latent_core.architectures import build
from latent_core.cache.keys import content_key
from latent_core.errors import CancelledError
from latent_core.evaluation.replicate_statistics import config_hash, seed_statistics
from latent_core.models.card_reader import read_model_card
from latent_core.projection import method_from_dict
from latent_core.training.config import TrainingConfig, stages_from_card
from latent_core.training.trainer import train

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (64, 1, 8, 8), np.uint8)
PYRAMID = {"widths": [8, 8], "hidden": 16}
EYES = {"levels": [4, 8], "features": 4}
CARD_V1 = {
    "title": "Eight pixels",
    "description": "A card of schema version 1.",
    "dataset": "four",
    "image_shape": [1, 8, 8],
    "latent_dim": 3,
    "preparation": {"colour": "grey", "ground": "dark", "framing": "centre of mass"},
    "paper": "none",
    "licence": "MIT",
    "weights": {"file": "weights.safetensors"},
    "metrics": {},
}
VAE_V1 = CARD_V1 | {
    "family": "vae",
    "architecture": {"name": "pyramid", "variational": True, **PYRAMID, "eyes": EYES},
    "training": {
        "command": "python -m latent_core train vae",
        "objective": "sigma-vae",
        "seed": 3,
        "epochs": 4,
        "batch_size": 16,
        "focus": 2.0,
        "questions": {"smile": 0.5},
        "then": [{"seed": 4, "ask": 2.0, "look": 0.5, "reader": "classifier"}],
    },
    "metrics": {
        "command": "python -m latent_core evaluate vae --write",
        "judge": "classifier",
        "factor_gap": 0.2,
        "kl_nats": 7.5,
        "accuracy_kept": 0.9,
        "linear_r2": 0.4,
        "linear_r2_deviation": 0.01,
        "frechet_real": 0.1,
    },
}
GAN_V1 = CARD_V1 | {
    "family": "gan",
    "latent_dim": 4,
    "architecture": {"name": "generator", **PYRAMID, "aligned": True},
    "training": {
        "objective": "r3gan",
        "seed": 0,
        "epochs": 2,
        "batch_size": 16,
        "penalty": 0.5,
        "lazy": 2,
        "start": "vae",
        "anchor": 2.0,
        "then": [{"epochs": 1, "seed": 1}],
    },
}


def write(folder, model_id: str, card: dict) -> lc.ModelCard:
    (folder / "models" / model_id).mkdir(exist_ok=True)
    (folder / "models" / model_id / "card.json").write_text(json.dumps(card))
    return read_model_card(model_id)


def write_weights(card: lc.ModelCard, tensors: dict) -> None:
    save_file(tensors, card.folder / "weights.safetensors")
    digest = card_files.sha256_file(card.folder / "weights.safetensors")
    raw = json.loads((card.folder / "card.json").read_text())
    raw["weights"] = {"file": "weights.safetensors", "sha256": digest}
    (card.folder / "card.json").write_text(json.dumps(raw))


def with_old_names(tensors: dict, **names: str) -> dict:
    """Tensors with parts of their names replaced; at least one has each."""
    renamed = {}
    for name, value in tensors.items():
        for new, old in names.items():
            name = name.replace(new, old)  # noqa: PLW2901 - one replacement after the other
        renamed[name] = value.contiguous()
    assert all(any(old in name for name in renamed) for old in names.values())
    return renamed


def test_a_vae_card_of_schema_1_is_read_in_current_names(four):
    card = write(four, "vae", VAE_V1)
    assert card.license == "MIT"
    assert card.preprocessing == {
        "color": "gray",
        "background": "dark",
        "fit_mode": "center of mass",
    }
    assert card.architecture["frozen_features"] == EYES
    assert card.attribute_thresholds == {"smile": 0.5}
    assert card.metrics["evaluation_classifier"] == "classifier"
    assert (card.metrics["mig"], card.metrics["kl_total_nats"]) == (0.2, 7.5)
    assert (card.metrics["accuracy_retained"], card.metrics["linear_r2_std"]) == (0.9, 0.01)
    assert card.metrics["frechet_real_vs_real"] == 0.1
    first, second = stages_from_card(card)
    assert (first.center_weight, first.attribute_weight, first.seed) == (2.0, 0.0, 3)
    assert (second.center_weight, second.attribute_weight, second.seed) == (2.0, 2.0, 4)
    assert (second.perceptual_weight, second.perceptual_classifier) == (0.5, "classifier")


def test_a_gan_card_of_schema_1_with_stages_is_read_in_current_names(four):
    card = write(four, "gan", GAN_V1)
    assert card.architecture["whitened_latents"] is True
    first, second = stages_from_card(card)
    assert (first.r1_gamma, first.r1_interval, first.init_from) == (0.5, 2, "vae")
    assert (first.reconstruction_weight, first.epochs) == (2.0, 2)
    assert (second.reconstruction_weight, second.epochs, second.seed) == (2.0, 1, 1)


def test_precomputed_codes_of_schema_1_are_read_in_current_names(four):
    training = {"command": "python -m latent_core ship given"}
    card = CARD_V1 | {"family": "given", "architecture": {}, "training": training}
    found = write(four, "given", card)
    assert found.is_precomputed
    assert found.training["command"] == "python -m latent_core precompute given"


def test_a_data_set_card_of_schema_1_loads(four):
    path = four / "data" / "four" / "card.json"
    card = json.loads(path.read_text())
    assert "schema_version" not in card
    low, high = 0, 1
    factor = {"means": "brightness", "low": low, "high": high}
    old = card | {"licence": "CC0", "factors": {"light": factor}, "examples": {"sums": ["a + b"]}}
    old["codes"] = {"metric": "cosine", "noun": "word"}
    new = aliases.upgrade_card(old)
    assert new["license"] == "CC0"
    assert new["factors"]["light"] == {"description": "brightness", "low": low, "high": high}
    assert new["codes"] == {"metric": "cosine", "sample_noun": "word"}
    assert new["examples"] == {"expressions": ["a + b"]}
    assert new["schema_version"] == aliases.SCHEMA_VERSION
    assert aliases.upgrade_card(new) == new
    path.write_text(json.dumps(card | {"licence": "CC0"}))
    assert lc.load_dataset("four").card["license"] == "CC0"


def test_upgraded_files_give_the_same_card(four):
    before = write(four, "vae", VAE_V1)
    assert card_files.upgrade_card_file(before.folder / "card.json")
    raw = json.loads((before.folder / "card.json").read_text())
    assert raw["schema_version"] == 2
    assert "licence" not in raw
    assert read_model_card("vae") == before
    assert not card_files.upgrade_card_file(before.folder / "card.json")


def old_replicates_hash(card: dict) -> str:
    config = json.dumps([card["training"], card["architecture"]], sort_keys=True)
    return content_key("recipe", said=config)[:12]


def test_replicates_of_the_same_configuration_stay_valid(four):
    replicates = {"recipe": old_replicates_hash(VAE_V1), "kl_nats": [8.5]}
    card = write(four, "vae", VAE_V1 | {"again": replicates})
    assert card.replicates["config_hash"] == config_hash(card)
    statistics = seed_statistics(card, "kl_total_nats")
    assert statistics.std == pytest.approx(0.5**0.5)
    assert statistics.n == 2


def test_replicates_of_another_configuration_stay_invalid(four):
    other = VAE_V1 | {"training": VAE_V1["training"] | {"epochs": 5}}
    replicates = {"recipe": old_replicates_hash(other), "kl_nats": [8.5]}
    card = write(four, "vae", VAE_V1 | {"again": replicates})
    assert card.replicates["config_hash"] != config_hash(card)
    assert seed_statistics(card, "kl_total_nats") is None


def test_weights_with_earlier_tensor_names_load(four):
    torch.manual_seed(0)
    vae = build("pyramid", (1, 8, 8), 3, variational=True, **PYRAMID, frozen_features=EYES)
    torch.nn.init.normal_(vae.encoder.projection.weight)
    names = {"encoder.features.": "encoder.eyes.", "encoder.projection.": "encoder.link."}
    write_weights(write(four, "vae", VAE_V1), with_old_names(vae.state_dict(), **names))
    images = IMAGES[:5].astype(np.float32) / 255
    expected = vae.eval().encode(torch.from_numpy(images))[0].detach().numpy()
    np.testing.assert_allclose(lc.load_model("vae").encode(images).mean, expected, atol=1e-5)

    gan = build("generator", (1, 8, 8), 4, **PYRAMID, whitened_latents=True)
    gan.whiten_latents(torch.randn(50, 3))
    names = {"latent_mean": "middle", "latent_cholesky": "spread"}
    write_weights(write(four, "gan", GAN_V1), with_old_names(gan.state_dict(), **names))
    loaded = lc.load_model("gan").net
    torch.testing.assert_close(loaded.latent_mean, gan.latent_mean)
    torch.testing.assert_close(loaded.latent_cholesky, gan.latent_cholesky)


def test_the_representation_in_earlier_checkpoints_is_reproduced():
    config = TrainingConfig(objective="mse", seed=3, epochs=2, affine_augmentation=0.5)
    assert config.legacy_repr == (
        "Recipe(objective='mse', seed=3, epochs=2, batch_size=256, learning_rate=0.002, warp=0.5, "
        "soften=0.0, exact=0.15, penalty=1.0, lazy=1, focus=0.0, beta=1.0, start='', anchor=0.0, "
        "ask=0.0, look=0.0, reader='')"
    )


def test_a_checkpoint_of_schema_1_is_resumed(four):
    training = {"objective": "sigma-vae", "seed": 0, "epochs": 1, "batch_size": 16}
    architecture = {"name": "pyramid", "variational": True, **PYRAMID}
    vae = VAE_V1 | {"architecture": architecture, "training": training}
    train(write(four, "vae", vae), IMAGES)
    card = write(four, "gan", GAN_V1)
    train(card, IMAGES)
    uninterrupted = read_model_card("gan").weights_sha256
    checkpoint = four / "checkpoint.safetensors"

    def stop(fraction, message):
        if message.startswith("epoch 2 of 2"):
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=checkpoint, progress=stop)
    with safe_open(checkpoint, "pt") as file:
        epoch = file.metadata()["epoch"]
    names = {
        "latent_mean": "middle",
        "latent_cholesky": "spread",
        "teacher.": "guide.",
        "discriminator.": "critic.",
        "ema_generator.": "average.",
    }
    tensors = with_old_names(load_file(checkpoint), **names)
    metadata = {"epoch": epoch, "recipe": stages_from_card(card)[0].legacy_repr}
    save_file(tensors, checkpoint, metadata=metadata)
    assert len(train(card, IMAGES, checkpoint=checkpoint)) == 2, "the second epoch and stage"
    assert read_model_card("gan").weights_sha256 == uninterrupted


ARGUMENTS = {
    "add-torchvision": ["resnet18", "--dataset", "four"],
    "project": ["four", "--out", "map.npz"],
    "datasets": [],
}


@pytest.fixture
def called(monkeypatch) -> list:
    """The arguments of each command, which does nothing else."""
    calls: list = []
    for name in (
        "replicate",
        "precompute",
        "add_torchvision",
        "export_onnx",
        "train",
        "project",
        "datasets",
    ):
        monkeypatch.setattr(cli, name, lambda arguments, name=name: calls.append((name, arguments)))
    return calls


@pytest.mark.parametrize(("old", "new"), aliases.COMMANDS.items())
def test_an_earlier_command_still_works_and_names_the_current_one(old, new, called, capsys):
    assert main([old, *ARGUMENTS.get(new, ["four"])]) == 0
    assert called[0][0] == new.replace("-", "_")
    message = capsys.readouterr().err
    assert repr(old) in message
    assert repr(new) in message


@pytest.mark.parametrize(
    ("command", "old", "new"),
    [(command, *pair) for command, names in aliases.OPTIONS.items() for pair in names.items()],
)
def test_an_earlier_option_still_works_and_names_the_current_one(command, old, new, called, capsys):
    is_flag = old == "--fresh"
    option = [old] if is_flag else [f"{old}=3"]
    assert main([command, *ARGUMENTS.get(command, ["four"]), *option]) == 0
    value = getattr(called[0][1], new.removeprefix("--").replace("-", "_"))
    assert value is True if is_flag else str(value) == "3"
    message = capsys.readouterr().err
    assert repr(old) in message
    assert repr(new) in message


@pytest.mark.parametrize(
    ("earlier", "current"),
    [
        ({"method": "tsne", "dims": 3, "seed": 5}, lc.TSNE(n_components=3, random_state=5)),
        (
            {"method": "umap", "dims": 2, "neighbours": 7, "seed": 1},
            lc.UMAP(n_components=2, n_neighbors=7, random_state=1),
        ),
        ({"method": "isomap", "neighbours": 9}, lc.Isomap(n_neighbors=9)),
        ({"method": "pca", "dims": 3}, lc.PCA(n_components=3)),
    ],
)
def test_earlier_projection_parameters_are_read(earlier, current):
    assert method_from_dict(earlier) == current
