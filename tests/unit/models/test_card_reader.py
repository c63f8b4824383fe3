"""Cards with missing or invalid fields."""

from __future__ import annotations

import json

import pytest

from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.models.catalog import load_model


@pytest.mark.parametrize("field", ["title", "family", "image_shape", "latent_dim", "architecture"])
def test_a_missing_field_is_named(four, field):
    folder = four / "models" / "four"
    card = json.loads((folder / "card.json").read_text())
    del card[field]
    (folder / "card.json").write_text(json.dumps(card))
    with pytest.raises(InvalidCardError, match=f"has no '{field}'"):
        load_model("four")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"family": "gnu"}, "unknown family"),
        ({"latent_dim": 0}, "1 to 16384"),
        ({"latent_dim": "4"}, "must be int"),
        ({"image_shape": [1, 2]}, "three sizes"),
        ({"architecture": {"name": "con"}}, "Did you mean 'conv'"),
        ({"architecture": {"name": "linear", "depth": 3}}, "does not take these options"),
    ],
)
def test_an_invalid_field_is_reported(four, change, words):
    change_card(four / "models" / "four", **change)
    with pytest.raises((InvalidCardError, UnknownNameError), match=words):
        load_model("four")


def test_a_card_that_is_not_json_is_reported(four):
    (four / "models" / "four" / "card.json").write_text("{")
    with pytest.raises(InvalidCardError, match="cannot be read"):
        load_model("four")


def change_card(folder, **changes):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | changes))
