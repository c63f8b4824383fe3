"""The training configuration of a card: its stages, and what is refused."""

from __future__ import annotations

import dataclasses

import pytest

from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.training.config import stages_from_card


def test_a_stage_has_the_fields_of_the_first_but_for_its_own(autoencoder_card):
    card = autoencoder_card("mse", stages=[{"epochs": 2}, {"seed": 5}])
    first, second, third = stages_from_card(card)
    assert second == dataclasses.replace(first, epochs=2)
    assert third == dataclasses.replace(first, seed=5)


@pytest.mark.parametrize(
    ("objective", "changes", "words"),
    [
        ("mse", {"objective": "msee"}, "Did you mean 'mse'"),
        ("mse", {"epochs": 0}, "must be positive"),
        ("mse", {"learning_rate": 1.5}, "1.5"),
        ("sigma-vae", {"stages": [{"attribute_weight": 1.0}]}, "no 'attribute_thresholds'"),
        ("mse", {"attribute_weight": 1.0}, "need the objective 'sigma-vae', not 'mse'"),
        ("sigma-vae", {"perceptual_weight": 1.0}, "give both or neither"),
        ("mse", {"reconstruction_weight": 1.0}, "needs the objective 'r3gan' and 'init_from'"),
        ("mse", {"seed": None}, "incomplete.*docs/add-a-model.md"),
    ],
)
def test_an_invalid_configuration_is_refused(autoencoder_card, objective, changes, words):
    card = autoencoder_card(objective)
    training = {k: v for k, v in (card.training | changes).items() if v is not None}
    with pytest.raises((InvalidCardError, UnknownNameError), match=words):
        stages_from_card(dataclasses.replace(card, training=training))
