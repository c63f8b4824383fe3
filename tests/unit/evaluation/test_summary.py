"""The summary sentence: every part of it is a metric on the card, with its baseline."""

from __future__ import annotations

import dataclasses
import re

import pytest

import latent_core as lc
from latent_core.evaluation.registry.clauses import above_chance
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.evaluation.summary import summary_sentence
from latent_core.models.card_reader import read_model_card
from tests.conftest import add_model

METRICS = {"mse_ratio_to_pca": 0.19, "coverage_residual": 0.43, "coverage_real_residual": 0.97}


def card(four, model_id="mine", **changes):
    add_model(four / "models" / model_id, **({"family": "vae"} | changes))
    return read_model_card(model_id)


def parts(sentence: str) -> tuple[str, str]:
    """The strengths and the weaknesses of a sentence that has both."""
    strengths, weaknesses = sentence.split(", but ")
    return strengths, weaknesses


def test_strengths_come_before_weaknesses_each_with_its_baseline(four):
    strengths, weaknesses = parts(summary_sentence(card(four, metrics=METRICS)))
    assert "0.19 × PCA's" in strengths
    assert "samples cover 43% of the real images (other real images cover 97%)" in weaknesses


@pytest.mark.parametrize(
    ("metrics", "is_strength", "facts"),
    [
        ({"mse_ratio_to_pca": 1.4}, False, ["1.40 × PCA's"]),
        ({"mse_ratio_to_pca": 0.98}, False, ["no lower than PCA's", "0.98"]),
        ({"mse_ratio_to_pca": 0.9}, True, ["0.90 × PCA's"]),
        ({"coverage_residual": 0.9, "coverage_real_residual": 0.97}, True, ["90%", "97%"]),
        ({"coverage_residual": 0.6, "coverage_real_residual": 0.97}, False, ["60%", "97%"]),
        ({"active_units": 3}, False, ["1 of 4 latent dimensions inactive"]),
        ({"accuracy_retained_residual": 0.78}, False, ["accuracy retained 78%"]),
        ({"accuracy_retained_residual": 0.975}, True, ["accuracy retained 98%"]),
        ({"r2_retained_residual": 0.5}, False, ["R² retained 50%"]),
        ({"accuracy": 0.9}, True, ["accuracy 90.0%"]),
    ],
)
def test_each_metric_is_a_strength_or_a_weakness(four, metrics, is_strength, facts):
    other = {"linear_accuracy": 0.2 if is_strength else 0.9}
    baseline = card(four, "base", family="pca", metrics={"linear_accuracy": 0.5})
    both = parts(summary_sentence(card(four, metrics=other | metrics), baseline))
    text = both[0 if is_strength else 1]
    assert all(fact.lower() in text.lower() for fact in facts), text


def test_without_a_remarkable_metric_it_says_so(four):
    sentence = summary_sentence(card(four, metrics={"kl_total_nats": 3.0}))
    assert sentence == "No metric differs clearly from its baseline."


def test_the_linear_probe_is_compared_with_that_of_pca_where_they_differ(four):
    base = {"linear_accuracy": 0.85, "linear_accuracy_std": 0.004}
    own = {"linear_accuracy": 0.93, "linear_accuracy_std": 0.002, "mse_ratio_to_pca": 2.0}
    baseline = card(four, "base", family="pca", metrics=base)
    strengths, _ = parts(summary_sentence(card(four, metrics=own), baseline))
    assert strengths == "Linear probe accuracy 93% from 4 latent dimensions (PCA with 4: 85%)"
    equal = card(four, metrics=own | {"linear_accuracy": 0.857})
    assert "probe" not in summary_sentence(equal, baseline)
    worse = card(four, metrics=own | {"linear_accuracy": 0.5, "mse_ratio_to_pca": 0.5})
    assert "probe accuracy 50%" in parts(summary_sentence(worse, baseline))[1]


def test_a_difference_within_the_std_over_seeds_is_left_out(four):
    base = card(four, "base", family="pca", metrics={"linear_accuracy": 0.42})
    own = card(four, metrics={"linear_accuracy": 0.44, "linear_accuracy_std": 0.003})
    assert "44%" in summary_sentence(own, base)
    replicates = {"config_hash": config_hash(own), "linear_accuracy": [0.47, 0.42]}
    own = dataclasses.replace(own, replicates=replicates)
    assert "44%" not in summary_sentence(own, base)


def test_factors_are_compared_where_there_are_no_classes(four):
    base, own = {"linear_r2": 0.2}, {"linear_r2": 0.3, "linear_r2_std": 0.01}
    baseline = card(four, "base", family="pca", metrics=base)
    assert "R² 0.30 from 4 latent dimensions (PCA with 4: 0.20)" in summary_sentence(
        card(four, metrics=own), baseline
    )
    both = card(four, "both", family="pca", metrics=base | {"linear_accuracy": 0.5})
    sentence = summary_sentence(card(four, metrics=own | {"linear_accuracy": 0.9}), both)
    assert "accuracy 90%" in sentence
    assert "R²" not in sentence


def test_the_attribute_with_the_lowest_accuracy_retained_is_named_where_it_is_low(four):
    by_attribute = {"age": 0.99, "open_mouth": 0.9}
    metrics = {
        "attribute_accuracy_retained_residual": 0.97,
        "attribute_accuracy_retained_by_attribute_residual": by_attribute,
    }
    assert "97% (open mouth: 90%)" in summary_sentence(card(four, metrics=metrics))
    by_attribute["open_mouth"] = 0.96
    assert "open mouth" not in summary_sentence(card(four, metrics=metrics))


def test_attributes_at_chance_level_are_named_and_are_not_above_chance(four):
    accuracy = {"age": 0.9, "smile": 0.56, "eyes_closed": 0.9}
    baseline = {"age": 0.6, "smile": 0.55, "eyes_closed": 0.895}
    assert above_chance(accuracy, baseline) == ["age"]
    metrics = {
        "accuracy_by_attribute": accuracy,
        "accuracy_majority_baseline_by_attribute": baseline,
    }
    sentence = summary_sentence(card(four, metrics=metrics))
    assert "chance-level accuracy on smile and eyes closed" in sentence.lower()
    without = card(four, metrics=metrics | {"accuracy_by_attribute": {"age": 1}})
    assert "chance-level" not in summary_sentence(without)


def test_a_classifier_has_its_accuracy_its_baseline_and_no_decoder(four):
    metrics = {"accuracy": 0.9959, "accuracy_majority_baseline": 0.113}
    sentence = summary_sentence(card(four, family="classifier", metrics=metrics))
    assert parts(sentence) == ("Accuracy 99.6% (majority baseline 11.3%)", "no decoder.")


def test_a_model_without_metrics_is_reported_with_the_command(four):
    assert "latent_core evaluate mine --write" in summary_sentence(card(four, metrics={}))


@pytest.mark.parametrize("model_id", lc.list_models())
def test_every_number_in_a_shipped_sentence_is_on_a_card(model_id):
    own = lc.load_card(model_id)
    baseline = lc.load_card(own.baseline) if own.baseline else None
    known = {own.latent_dim, len(own.attribute_thresholds)}
    for one in filter(None, (own, baseline)):
        known |= {one.latent_dim}
        parts = [
            v for value in one.metrics.values() if isinstance(value, dict) for v in value.values()
        ]
        for value in [*one.metrics.values(), *parts]:
            if isinstance(value, int | float):
                known |= {value, 100 * value, 100 * (1 - value), one.latent_dim - value}
    sentence = summary_sentence(own, baseline)
    for shown in re.findall(r"\d+(?:\.\d+)?", sentence):
        rounding = 0.501 / 10 ** len(shown.partition(".")[2])
        assert any(abs(float(shown) - value) <= rounding for value in known), (shown, sentence)
