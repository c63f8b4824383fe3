"""Hostile cards, weights and decoders end with an error of the library."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

import latent_core as lc
from latent_core import card_files, workspace
from latent_core.architectures import MAX_PARAMETERS, build, count_parameters
from latent_core.errors import InvalidCardError, InvalidInputError, LatentError
from latent_core.evaluation.evaluate import write_metrics
from latent_core.models.catalog import load_model
from latent_core.models.onnx_export import decoder_with_weights
from latent_core.models.torch_model import TorchModel
from latent_core.training.weights import save_weights
from tests.unit.models.test_card_reader import change_card

CONV = {"name": "conv", "width": 2, "hidden": 4}


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 5000, '{"latent_dim": 1e999}', '{"title": "\\ud800"}', "\xff", ""],
)
def test_a_hostile_document_is_an_invalid_card(four, text):
    (four / "models" / "four" / "card.json").write_text(text, encoding="latin-1")
    with pytest.raises(InvalidCardError, match=r"four/card\.json cannot be read"):
        lc.load_card("four")


@pytest.mark.parametrize(
    "change",
    [
        {"image_shape": shape}
        for shape in (
            2,
            [1],
            ["a", 2, 2],
            [1, 2, 10**17],
            [1, 2, -1],
            [True, 2, 2],
            [4096] * 3,
            None,
        )
    ]
    + [
        {"metrics": metrics}
        for metrics in (
            {"mse": "0.1"},
            {"mse": [1]},
            {"linear_r2_by_factor": 1},
            {"mse": True},
            {"kl": [None]},
            {"x": None},
        )
    ]
    + [
        {"replicates": {"mse": 1}},
        {"replicates": {"mse": ["a"]}},
        {"replicates": {"this_training": []}},
        {"baseline": 3},
        {"weights": {"sha256": "0" * 64, "file": "../x"}},
        {"latent_dim": True},
    ],
)
def test_a_field_of_another_kind_or_range_is_an_invalid_card(four, change):
    change_card(four / "models" / "four", **change)
    with pytest.raises(InvalidCardError):
        lc.load_card("four")


@pytest.mark.parametrize(
    "options",
    [{"width": w} for w in (-1, 0, 32_000, 10**17, "a", None, [2])]
    + [{"hidden": h} for h in (-1, 10**9, 2.5)]
    + [{"name": "pyramid", "widths": w} for w in ([], "ab", [-1], [10**6] * 2, 5, {"a": 1})]
    + [{"name": "classifier"}, {"name": "classifier", "classes": -1, "levels": [2]}],
)
def test_a_network_is_bounded_before_it_is_built(four, options, monkeypatch):
    change_card(four / "models" / "four", image_shape=[1, 8, 8], architecture=CONV | options)
    with pytest.raises(LatentError):
        load_model("four")


def test_the_parameters_are_counted_without_making_them():
    options = {"width": 3, "hidden": 5, "variational": True}
    net = build("conv", (1, 8, 8), 4, **options)
    count = count_parameters("conv", (1, 8, 8), 4, **options)
    assert count == sum(p.numel() for p in net.parameters())
    state = torch.random.get_rng_state()
    count_parameters("pyramid", (3, 64, 64), 4, widths=[8, 8])
    assert torch.equal(torch.random.get_rng_state(), state), "seeds give the same networks"
    with pytest.raises(InvalidCardError, match=f"{MAX_PARAMETERS:,}"):
        build("linear", (1, 2048, 2048), 4096)


def test_weights_need_a_checksum_and_the_message_has_it(four):
    folder = four / "models" / "four"
    digest = card_files.sha256_file(folder / "weights.safetensors")
    change_card(folder, weights={})
    with pytest.raises(InvalidCardError, match=digest):
        load_model("four")


def with_weights(folder: Path, tensors: dict[str, torch.Tensor]) -> None:
    save_file(tensors, folder / "weights.safetensors")
    digest = card_files.sha256_file(folder / "weights.safetensors")
    card_files.update_card(folder, weights={"sha256": digest})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_are_finite(four, value):
    with_weights(
        four / "models" / "four", {"mean": torch.full((4,), value), "components": torch.eye(4)}
    )
    with pytest.raises(InvalidCardError, match="NaN or infinity in 'mean'"):
        load_model("four")


def test_a_pipe_as_weights_is_missing_and_not_waited_for(four):
    path = four / "models" / "four" / "weights.safetensors"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(InvalidCardError):
        load_model("four")


@pytest.mark.parametrize("link", ["hard", "symbolic", "folder"])
def test_links_to_weights_are_read(tmp_path, monkeypatch, link):
    source = lc.load_card("digits-vae-2").folder
    copy, target = tmp_path / "copy", tmp_path / "models" / "digits-vae-2"
    shutil.copytree(source, copy)
    target.parent.mkdir()
    if link == "folder":
        target.symlink_to(copy, target_is_directory=True)
    else:
        target.mkdir()
        for path in (p for p in copy.iterdir() if p.is_file()):
            (os.link if link == "hard" else os.symlink)(path, target / path.name)
    expected = decoder_with_weights(lc.load_card("digits-vae-2"))
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path / "models"))
    assert decoder_with_weights(load_model("digits-vae-2").card) == expected


def test_a_decoder_cannot_read_other_files(tmp_path, monkeypatch):
    shutil.copytree(lc.load_card("digits-vae-2").folder, tmp_path / "digits-vae-2")
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path))
    path = tmp_path / "digits-vae-2" / "decoder.onnx"
    path.write_bytes(path.read_bytes().replace(b"weights.safetensors", b"../../etc/passwd.bn"))
    card = replace(lc.load_card("digits-vae-2"), decoder_sha256=card_files.sha256_file(path))
    with pytest.raises(InvalidCardError, match=r"not in weights\.safetensors"):
        decoder_with_weights(card)


class Unbounded(torch.nn.Module):
    """A decoder without a last sigmoid."""

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        return (codes * torch.tensor([1, 1, 1, 1.0])).view(-1, 1, 2, 2)


def test_pixels_outside_the_range_are_clipped_and_noticed(four_model):
    model = TorchModel(four_model.card, Unbounded())
    codes = np.array([[0, 0.5, 1, 1]], np.float32)
    np.testing.assert_array_equal(model.decode(codes).ravel(), [0, 0.5, 1, 1])
    assert model.output_notice is None
    np.testing.assert_array_equal(model.decode(codes * 3 - 1).ravel(), [0, 0.5, 1, 1])
    assert "from -1 to 2" in model.output_notice
    assert four_model.output_notice is None
    with pytest.raises(InvalidInputError, match="NaN or infinity"):
        TorchModel(four_model.card, NaNs()).decode(codes)


class NaNs(torch.nn.Module):
    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        return torch.full((len(codes), 1, 2, 2), float("nan"))


def test_nothing_is_written_or_removed_for_a_card_without_a_folder(
    four_model, tmp_path, monkeypatch
):
    home = tmp_path / "home"
    (home / "store").mkdir(parents=True)
    (home / "store" / "mine.txt").write_text("mine")
    (home / "card.json").write_text(json.dumps({"mine": True}))
    monkeypatch.chdir(home)
    model = TorchModel(replace(four_model.card, folder=Path()), four_model.net)
    for write in (
        lambda: workspace.precompute(model, lc.load_dataset("four"), [], lambda *_: None),
        lambda: write_metrics(model, {"mse": 1.0}),
        lambda: save_weights(model.card, model.net),
    ):
        with pytest.raises(InvalidCardError, match=r"no card\.json"):
            write()
    assert (home / "store" / "mine.txt").read_text() == "mine"
    assert json.loads((home / "card.json").read_text()) == {"mine": True}
    assert sorted(path.name for path in home.iterdir()) == ["card.json", "store"]
