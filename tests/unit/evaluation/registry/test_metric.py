"""How figures are written and compared."""

from __future__ import annotations

import dataclasses

import pytest

from latent_core.evaluation.registry import METRICS_BY_KEY, Metric
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.models.card_reader import read_model_card
from tests.conftest import add_model

METRIC = Metric(
    key="error",
    label="error",
    help="an error",
    group="codes",
    direction="lower",
    compute=lambda e: None,
    std_over="draws",
)


@pytest.fixture
def card(four):
    def make(**metrics):
        add_model(four / "models" / "mine", metrics=metrics)
        return read_model_card("mine")

    return make


def test_figures_are_entries_of_a_card():
    assert METRIC.entries(0.123456) == {"error": 0.1235}
    assert METRIC.entries((1.0, 0.5)) == {"error": 1.0, "error_std": 0.5}
    assert METRIC.entries({"a": 0.5}) == {"error": {"a": 0.5}}
    assert METRIC.entries([1.0, 2.0]) == {"error": [1.0, 2.0]}
    assert METRIC.entries(3) == {"error": 3}


def test_the_best_differs_from_the_next_by_two_standard_deviations(card):
    a, b, c = card(error=1.0), card(error=1.5), card(error=3.0)
    assert METRIC.best([b, a, c]) is a
    noisy = card(error=1.0, error_std=0.3)
    assert METRIC.best([b, noisy, c]) is None, "0.5 is less than 2 × 0.3"
    assert METRIC.best([noisy, c]) is noisy
    higher = dataclasses.replace(METRIC, direction="higher")
    assert higher.best([a, b, c]) is c
    assert dataclasses.replace(METRIC, direction="").best([a, b]) is None
    assert METRIC.best([a]) is None


def test_frechet_distances_are_compared_beyond_the_noise_of_real_images(card):
    metric = METRICS_BY_KEY["frechet_reconstructions_residual"]
    noise = {"frechet_real_residual": 0.1, "frechet_real_residual_std": 0.03}
    near = card(frechet_reconstructions_residual=0.13, **noise)
    also = card(frechet_reconstructions_residual=0.09, **noise)
    far = card(frechet_reconstructions_residual=0.4, **noise)
    assert metric.best([near, also, far]) is None
    assert metric.best([near, far]) is near


def test_a_standard_deviation_over_trainings_is_with_their_mean_and_number(card):
    one = card(error=5.0)
    assert METRIC.text_over_trainings(one) == ""
    replicates = {"config_hash": config_hash(one), "error": [6.0, 7.0]}
    assert METRIC.text_over_trainings(dataclasses.replace(one, replicates=replicates)) == (
        "6.00 ± 1.00 over 3 trainings"
    )
    as_then = replicates | {"this_training": {"error": 8.0}}
    assert METRIC.text_over_trainings(dataclasses.replace(one, replicates=as_then)) == (
        "7.00 ± 1.00 over 3 trainings"
    )
