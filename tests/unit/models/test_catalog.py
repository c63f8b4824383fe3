"""Finding and loading installed models."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file

import latent_core as lc
from latent_core import card_files, installed
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.models.catalog import load_model
from tests.conftest import add_model


def test_an_unknown_model_is_reported_with_the_nearest_name(four):
    with pytest.raises(UnknownNameError, match="Did you mean 'four'"):
        load_model("fours")


@pytest.mark.parametrize("path", ["../four", "/etc", "four/../four", ""])
def test_a_path_is_not_a_model_id(four, path):
    with pytest.raises(UnknownNameError):
        load_model(path)


def test_changed_weights_are_refused(four):
    path = four / "models" / "four" / "weights.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(InvalidCardError, match="SHA-256 differs"):
        load_model("four")


def test_missing_weights_are_reported_with_the_command(four):
    (four / "models" / "four" / "weights.safetensors").unlink()
    with pytest.raises(InvalidCardError, match="latent_core train four"):
        load_model("four")


def test_weights_of_another_architecture_are_refused(four):
    folder = four / "models" / "four"
    save_file({"mean": torch.zeros(4)}, folder / "weights.safetensors")
    digest = card_files.sha256_file(folder / "weights.safetensors")
    card_files.update_card(folder, weights={"sha256": digest})
    with pytest.raises(InvalidCardError, match="don't fit"):
        load_model("four")


def test_a_new_folder_is_listed(four):
    add_model(four / "models" / "mine", title="Mine")
    assert lc.list_models() == ["four", "mine"]
    assert lc.load_model("mine").card.title == "Mine"


def test_a_card_is_parsed_again_only_after_a_change(four):
    card = lc.load_card("four")
    assert lc.load_card("four") is card
    add_model(four / "models" / "four", title="Changed")
    assert lc.load_card("four").title == "Changed"


def test_a_known_id_is_found_without_listing_all_folders(four, monkeypatch):
    def refuse(folder):
        raise AssertionError(f"{folder} was listed")

    monkeypatch.setattr(installed, "list_ids", refuse)
    assert lc.load_card("four").id == "four"
    assert lc.load_dataset("four").id == "four"
