from __future__ import annotations

import shutil

import pytest

import latent_core as lc
from latent_core.errors import UnknownNameError
from latent_core.installed import MODELS
from tests.conftest import add_model


def test_own_models_are_listed_beside_those_that_ship(four):
    add_model(four / "home" / "models" / "mine")
    assert lc.list_models() == ["four", "mine"]
    assert lc.load_card("mine").folder == four / "home" / "models" / "mine"
    assert lc.load_model("mine").card.id == "mine"


def test_a_model_that_ships_hides_an_own_one_of_the_same_id(four):
    add_model(four / "home" / "models" / "four", title="other")
    assert lc.list_models() == ["four"]
    assert lc.load_card("four").title == "Four pixels"


def test_models_of_guests_are_found_by_id_but_not_listed(four):
    folder = MODELS.guests / "mine-0123"
    add_model(folder)
    try:
        assert lc.list_models() == ["four"]
        assert lc.load_card("mine-0123").folder == folder
        with pytest.raises(UnknownNameError) as error:
            lc.load_card("mine-0124")
        assert "mine-0123" not in str(error.value)
    finally:
        shutil.rmtree(folder)
