"""Torchvision networks by name: their features, and weights in torch's download cache."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

import latent_core as lc
from latent_core import card_files
from latent_core.__main__ import main
from latent_core.architectures.torchvision_backbone import feature_count, known_backbones
from latent_core.errors import InvalidCardError, InvalidInputError, UnknownNameError
from latent_core.installed import MODELS
from latent_core.models.catalog import evaluator_for
from latent_core.torchvision_compat import import_torchvision

FILE = "resnet18-f37072fd.pth"
IMAGES = np.random.default_rng(0).random((3, 1, 2, 2), np.float32)


@pytest.fixture
def hub(four, monkeypatch):
    """torch's download cache with random weights for a resnet18."""
    monkeypatch.setenv("TORCH_HOME", str(four / "torch"))
    folder = four / "torch" / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    torch.save(random_resnet().state_dict(), folder / FILE)
    return folder


def random_resnet():
    torch.manual_seed(0)
    return import_torchvision("models").resnet18(weights=None).eval()


def run(capsys, *command: str) -> tuple[int, str]:
    status = main(["add-torchvision", *command])
    output = capsys.readouterr()
    return status, output.out + output.err


def test_the_features_are_those_of_torchvisions_forward_pass(hub, capsys):
    assert run(capsys, "resnet18", "--dataset", "four")[0] == 0
    model = lc.load_model("four-resnet18")
    net = random_resnet()
    extract = import_torchvision("models.feature_extraction").create_feature_extractor(
        net, ["flatten"]
    )
    transforms = import_torchvision("models").get_model_weights("resnet18").DEFAULT.transforms()
    with torch.inference_mode():
        rgb = torch.from_numpy(IMAGES).repeat(1, 3, 1, 1)
        expected = extract(transforms(rgb))["flatten"]
    np.testing.assert_allclose(model.encode(IMAGES).mean, expected, atol=1e-5)
    assert model.card.weights_sha256 == card_files.sha256_file(hub / FILE)


def test_safetensors_are_preferred_and_their_checksum_is_used(hub, capsys):
    run(capsys, "resnet18", "--dataset", "four")
    folder = MODELS.shipped / "four-resnet18"
    other = {name: value + 0.01 for name, value in random_resnet().state_dict().items()}
    save_file(other, folder / "resnet18-f37072fd.safetensors")
    with pytest.raises(InvalidCardError, match="SHA-256 differs"):
        lc.load_model("four-resnet18")
    card_files.update_card(folder, weights={"file": FILE})
    model = lc.load_model("four-resnet18")
    assert model.card.weights_sha256 == card_files.sha256_file(
        folder / "resnet18-f37072fd.safetensors"
    )


def test_missing_weights_are_reported_with_their_place_and_the_command(hub, capsys):
    (hub / FILE).unlink()
    status, output = run(capsys, "resnet18", "--dataset", "four")
    assert status == 0, "the card is written nevertheless"
    assert f"needs {FILE}" in output
    assert str(hub) in output
    assert "--download" in output
    with pytest.raises(InvalidCardError, match=FILE):
        lc.load_model("four-resnet18")


def test_a_pickle_with_code_is_not_run(hub, capsys):
    class Malicious:
        def __reduce__(self):
            return (open, (str(hub / "written"), "w"))

    (hub / FILE).write_bytes(pickle.dumps(Malicious(), protocol=2))
    run(capsys, "resnet18", "--dataset", "four")
    with pytest.raises(InvalidCardError, match="other objects than weights"):
        lc.load_model("four-resnet18")
    assert not (hub / "written").exists()


@pytest.mark.parametrize("name", ["../../weights.pth", "/etc/passwd", "weights.pkl", ".pth"])
def test_a_weights_file_outside_the_folder_is_refused(hub, capsys, name):
    run(capsys, "resnet18", "--dataset", "four")
    card_files.update_card(MODELS.shipped / "four-resnet18", weights={"file": name})
    with pytest.raises(InvalidCardError, match="must name a file"):
        lc.load_card("four-resnet18")


def test_an_unknown_network_is_reported_with_the_known_ones(hub, capsys):
    status, output = run(capsys, "resnet81", "--dataset", "four")
    assert status == 2
    assert "Did you mean 'resnet18'" in output
    assert "of all 76" in output
    with pytest.raises(UnknownNameError):
        feature_count("squeezenet1_0")


def test_the_last_hidden_layer_of_every_kind_of_network_is_found():
    known = {"vit_b_16": 768, "convnext_tiny": 768, "vgg11": 4096, "mobilenet_v3_small": 1024}
    assert {name: feature_count(name) for name in known} == known
    assert set(known) < set(known_backbones())


def test_a_backbone_neither_classifies_nor_evaluates_nor_decodes(hub, capsys):
    run(capsys, "resnet18", "--dataset", "four")
    assert evaluator_for("four") is None
    model = lc.load_model("four-resnet18")
    with pytest.raises(InvalidInputError, match="is not a classifier"):
        model.classify(IMAGES)
    with pytest.raises(InvalidInputError, match="and no decoder"):
        model.decode(np.zeros((1, 512), np.float32))


def test_a_wrong_number_of_features_is_reported(hub, capsys):
    run(capsys, "resnet18", "--dataset", "four")
    folder = MODELS.shipped / "four-resnet18"
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"latent_dim": 64}))
    with pytest.raises(InvalidCardError, match="has 512 features, not 64"):
        lc.load_model("four-resnet18")
