from __future__ import annotations

from dataclasses import replace

from latent_core.comparison import compare_metrics
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.models.card import ModelCard
from latent_core.models.card_reader import read_model_card

CARD = read_model_card("digits-ae-16")


def with_metrics(
    values: dict[str, float], seeds: dict[str, list[float]] | None = None
) -> ModelCard:
    replicates = {}
    if seeds is not None:
        replicates = {"config_hash": config_hash(CARD), "this_training": values, **seeds}
    return replace(CARD, metrics=values, replicates=replicates)


def test_a_difference_is_held_against_the_spread_of_both_models_seeds() -> None:
    a = with_metrics({"mse": 0.010, "knn_accuracy": 0.90}, {"mse": [0.011], "knn_accuracy": [0.8]})
    b = with_metrics({"mse": 0.020, "knn_accuracy": 0.91}, {"mse": [0.021], "knn_accuracy": [0.9]})
    mse, accuracy = compare_metrics(a, b)
    assert (mse.metric.key, mse.better, mse.seed_spread) == ("mse", "a", "exceeds")
    assert (accuracy.metric.key, accuracy.better) == ("knn_accuracy", "b")
    assert accuracy.seed_spread == "within"


def test_without_replicates_the_spread_is_unknown_but_pca_has_no_seed() -> None:
    (unknown,) = compare_metrics(with_metrics({"mse": 0.01}), with_metrics({"mse": 0.02}))
    assert unknown.seed_spread == "unknown"
    pca = replace(with_metrics({"mse": 0.05}), family="pca")
    (known,) = compare_metrics(with_metrics({"mse": 0.01}, {"mse": [0.011]}), pca)
    assert known.seed_spread == "exceeds"


def test_the_spread_of_the_measurement_counts_too() -> None:
    values = {"linear_accuracy": 0.9, "linear_accuracy_std": 0.2}
    a = with_metrics(values, {"linear_accuracy": [0.901]})
    b = with_metrics(values | {"linear_accuracy": 0.8}, {"linear_accuracy": [0.801]})
    assert [each.seed_spread for each in compare_metrics(a, b)] == ["within"]


def test_figures_of_other_data_are_not_compared() -> None:
    a = with_metrics({"mse": 0.01})
    assert compare_metrics(a, replace(a, dataset="fashion")) == []
