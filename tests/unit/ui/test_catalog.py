from __future__ import annotations

import pytest

import latent_core as lc
from latent_core import card_files
from tests.conftest import add_dataset, add_model
from ui.catalog import read_catalog


def test_what_cannot_be_used_is_listed_with_its_reason(four):
    add_model(four / "models" / "other", dataset="missing")
    add_model(four / "models" / "bare")
    (four / "models" / "bare" / "weights.safetensors").unlink()
    (four / "data" / "bad").mkdir()
    (four / "data" / "bad" / "card.json").write_text("[]")
    catalog = read_catalog()
    assert list(catalog.cards) == ["four"]
    assert list(catalog.datasets) == ["four"]
    assert catalog.unusable_models.keys() == {"other", "bare"}
    assert "missing" in catalog.unusable_models["other"]
    assert "train" in catalog.unusable_models["bare"]
    assert "must be a JSON object" in catalog.unusable_datasets["bad"]


def test_a_card_is_read_again_only_when_it_has_changed(four, monkeypatch):
    read: list[str] = []
    real = lc.load_card
    monkeypatch.setattr(lc, "load_card", lambda name: [read.append(name), real(name)][1])
    assert read_catalog().cards["four"].title == "Four pixels"
    read_catalog()
    assert read == ["four"]
    card_files.update_card(four / "models" / "four", title="Another title")
    assert read_catalog().cards["four"].title == "Another title"
    assert read == ["four", "four"]


@pytest.mark.parametrize("count", [20])
def test_many_data_sets_are_read_once(four, monkeypatch, count):
    for number in range(count):
        add_dataset(four / "data" / f"set-{number}", count=4)
    assert len(read_catalog().datasets) == count + 1
