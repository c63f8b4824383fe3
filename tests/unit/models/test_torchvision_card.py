"""torchvision's networks by name: their own features, from where torch keeps its weights."""

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
from latent_core.models.catalog import evaluator_for
from latent_core.torchvision_compat import import_torchvision

FILE = "resnet18-f37072fd.pth"
IMAGES = np.random.default_rng(0).random((3, 1, 2, 2), np.float32)


@pytest.fixture
def hub(four, monkeypatch):
    """Where torch would keep what it fetched, with random weights for a resnet18."""
    monkeypatch.setenv("TORCH_HOME", str(four / "torch"))
    folder = four / "torch" / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    torch.save(_random_resnet().state_dict(), folder / FILE)
    return folder


def _random_resnet():
    torch.manual_seed(0)
    return import_torchvision("models").resnet18(weights=None).eval()


def _told(capsys, *command: str) -> tuple[int, str]:
    status = main(["backbone", *command])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_the_features_are_those_of_torchvisions_own_forward_pass(hub, capsys):
    assert _told(capsys, "resnet18", "--dataset", "four")[0] == 0
    model = lc.load_model("four-resnet18")
    net = _random_resnet()
    extract = import_torchvision("models.feature_extraction").create_feature_extractor(
        net, ["flatten"]
    )
    see = import_torchvision("models").get_model_weights("resnet18").DEFAULT.transforms()
    with torch.inference_mode():
        grey = torch.from_numpy(IMAGES).repeat(1, 3, 1, 1)
        expected = extract(see(grey))["flatten"]
    np.testing.assert_allclose(model.encode(IMAGES).mean, expected, atol=1e-5)
    assert model.card.weights_sha256 == card_files.sha256_file(hub / FILE)


def test_safetensors_are_preferred_and_results_are_kept_under_the_weights(hub, capsys):
    _told(capsys, "resnet18", "--dataset", "four")
    folder = card_files.models_dir() / "four-resnet18"
    other = {name: value + 0.01 for name, value in _random_resnet().state_dict().items()}
    save_file(other, folder / "resnet18-f37072fd.safetensors")
    with pytest.raises(InvalidCardError, match="SHA-256 differs"):
        lc.load_model("four-resnet18")
    card_files.update_card(folder, weights={"file": FILE})
    model = lc.load_model("four-resnet18")
    assert model.card.weights_sha256 == card_files.sha256_file(
        folder / "resnet18-f37072fd.safetensors"
    )


def test_missing_weights_are_one_sentence_that_says_where_and_how(hub, capsys):
    (hub / FILE).unlink()
    status, told = _told(capsys, "resnet18", "--dataset", "four")
    assert status == 0, "the card is written all the same"
    assert f"needs {FILE}" in told
    assert str(hub) in told
    assert "--download" in told
    with pytest.raises(InvalidCardError, match=FILE):
        lc.load_model("four-resnet18")


def test_a_file_with_more_than_weights_is_not_run(hub, capsys):
    class Hostile:
        def __reduce__(self):
            return (open, (str(hub / "written"), "w"))

    (hub / FILE).write_bytes(pickle.dumps(Hostile(), protocol=2))
    _told(capsys, "resnet18", "--dataset", "four")
    with pytest.raises(InvalidCardError, match="more than weights"):
        lc.load_model("four-resnet18")
    assert not (hub / "written").exists()


@pytest.mark.parametrize("name", ["../../weights.pth", "/etc/passwd", "weights.pkl", ".pth"])
def test_a_card_names_no_file_elsewhere(hub, capsys, name):
    _told(capsys, "resnet18", "--dataset", "four")
    card_files.update_card(card_files.models_dir() / "four-resnet18", weights={"file": name})
    with pytest.raises(InvalidCardError, match="must name a file"):
        lc.load_card("four-resnet18")


def test_an_unknown_network_is_told_with_the_known_ones(hub, capsys):
    status, told = _told(capsys, "resnet81", "--dataset", "four")
    assert status == 2
    assert "Did you mean 'resnet18'" in told
    assert "vit_b_16" in told
    with pytest.raises(UnknownNameError):
        feature_count("squeezenet1_0")


def test_the_last_hidden_layer_is_found_in_every_kind():
    known = {"vit_b_16": 768, "convnext_tiny": 768, "vgg11": 4096, "mobilenet_v3_small": 1024}
    assert {name: feature_count(name) for name in known} == known
    assert set(known) < set(known_backbones())


def test_it_neither_names_classes_nor_judges(hub, capsys):
    _told(capsys, "resnet18", "--dataset", "four")
    assert evaluator_for("four") is None
    model = lc.load_model("four-resnet18")
    with pytest.raises(InvalidInputError, match="no classifier"):
        model.classify(IMAGES)
    with pytest.raises(InvalidInputError, match="nothing leads from them back"):
        model.decode(np.zeros((1, 512), np.float32))


def test_a_wrong_number_of_features_is_told(hub, capsys):
    _told(capsys, "resnet18", "--dataset", "four")
    folder = card_files.models_dir() / "four-resnet18"
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"latent_dim": 64}))
    with pytest.raises(InvalidCardError, match="has 512 features, not 64"):
        lc.load_model("four-resnet18")
