"""One sentence per model, every part of it from a figure on its card."""

from __future__ import annotations

import dataclasses
import re

import pytest

import latent_core as lc
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.evaluation.summary import above_chance, summary_sentence
from latent_core.models.card_reader import read_model_card
from tests.conftest import add_model

FIGURES = {"mse_ratio_to_pca": 0.19, "frechet_samples": 6.74, "frechet_real_vs_real": 0.147}


def card(four, model_id="mine", **changes):
    add_model(four / "models" / model_id, **({"family": "vae"} | changes))
    return read_model_card(model_id)


def test_what_speaks_for_it_and_against_it(four):
    assert summary_sentence(card(four, metrics=FIGURES)) == (
        "Rebuilds with 0.19 of PCA's error, but its dreams are 6.7 away where real halves are "
        "0.15 apart."
    )


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"mse_ratio_to_pca": 1.4}, "It rebuilds with 1.40 times PCA's error."),
        ({"mse_ratio_to_pca": 0.98}, "It rebuilds no better than PCA (0.98 of its error)."),
        ({"frechet_samples": 1.0, "frechet_real_vs_real": 0.2}, "Its dreams are only 1 away"),
        ({"active_units": 3}, "1 of its 4 numbers say nothing."),
        ({"accuracy_retained": 0.78}, "Its reconstructions keep only 78% of what the judge reads"),
        ({"accuracy_retained": 0.975}, "Keeps 98% of what the judge reads in the pictures."),
        ({"kl_total_nats": 3.0}, "Nothing that was measured sets it apart."),
    ],
)
def test_each_figure_has_its_words(four, figures, words):
    assert summary_sentence(card(four, metrics=figures)).startswith(words)


def test_codes_are_compared_with_the_baselines_where_they_clearly_differ(four):
    base = {"linear_accuracy": 0.85, "linear_accuracy_std": 0.004}
    own = {"linear_accuracy": 0.93, "linear_accuracy_std": 0.002}
    baseline = card(four, "base", family="pca", metrics=base)
    told = summary_sentence(card(four, metrics=own), baseline)
    assert told == "Lets 93% of the classes be read from 4 numbers (85% from PCA's 4)."
    same = summary_sentence(card(four, metrics=own | {"linear_accuracy": 0.857}), baseline)
    assert "read from" not in same
    worse = summary_sentence(card(four, metrics=own | {"linear_accuracy": 0.5}), baseline)
    assert worse.startswith("It lets 50%")


def test_what_swings_between_trainings_is_no_difference(four):
    base = card(four, "base", family="pca", metrics={"linear_accuracy": 0.42})
    own = card(four, metrics={"linear_accuracy": 0.44, "linear_accuracy_std": 0.003})
    assert "44%" in summary_sentence(own, base)
    again = {"recipe": config_hash(own), "linear_accuracy": [0.47, 0.42]}
    assert "44%" not in summary_sentence(dataclasses.replace(own, replicates=again), base)


def test_factors_are_compared_where_there_are_no_classes(four):
    base, own = {"linear_r2": 0.2}, {"linear_r2": 0.3, "linear_r2_std": 0.01}
    baseline = card(four, "base", family="pca", metrics=base)
    assert summary_sentence(card(four, metrics=own), baseline) == (
        "Lets 30% of the factors' variance be read from 4 numbers (20% from PCA's 4)."
    )
    classes = {"linear_accuracy": 0.9}
    both = card(four, "both", family="pca", metrics=base | classes | {"linear_accuracy": 0.5})
    assert "of the classes" in summary_sentence(card(four, metrics=own | classes), both)


def test_what_is_kept_least_is_named_where_much_of_it_is_lost(four):
    kept = {
        "accuracy_retained": 0.97,
        "accuracy_retained_by_attribute": {"age": 0.99, "open_mouth": 0.9},
    }
    told = summary_sentence(card(four, metrics=kept))
    assert told == "Keeps 97% of what the judge reads in the pictures (of open mouth 90%)."
    kept["accuracy_retained_by_attribute"]["open_mouth"] = 0.96
    assert "open mouth" not in summary_sentence(card(four, metrics=kept))


def test_what_is_only_guessed_is_named_and_does_not_count_as_read(four):
    known = {"age": 0.9, "smile": 0.56, "eyes_closed": 0.9}
    guessed = {"age": 0.6, "smile": 0.55, "eyes_closed": 0.895}
    assert above_chance(known, guessed) == ["age"]
    told = {"accuracy_by_attribute": known, "accuracy_majority_baseline_by_attribute": guessed}
    assert summary_sentence(card(four, metrics=told)) == "It only guesses at smile and eyes closed."
    assert "guesses" not in summary_sentence(
        card(four, metrics=told | {"accuracy_by_attribute": {"age": 1}})
    )


def test_a_classifier_leads_nowhere_back(four):
    told = summary_sentence(card(four, family="classifier", metrics={"accuracy": 0.9959}))
    assert told == (
        "Names 99.6% of the pictures rightly, but nothing leads back from its features to a "
        "picture."
    )


def test_what_was_not_measured_says_how_to(four):
    assert "latent_core evaluate mine --write" in summary_sentence(card(four, metrics={}))


@pytest.mark.parametrize("model_id", lc.list_models())
def test_every_number_said_of_what_ships_is_on_a_card(model_id):
    own = lc.load_card(model_id)
    baseline = lc.load_card(own.baseline) if own.baseline else None
    known = {own.latent_dim, len(own.attribute_thresholds)}
    for one in filter(None, (own, baseline)):
        known |= {one.latent_dim}
        each = one.metrics.get("accuracy_retained_by_attribute", {})
        for value in [*one.metrics.values(), *each.values()]:
            if isinstance(value, int | float):
                known |= {value, 100 * value, 100 * (1 - value), one.latent_dim - value}
    said = summary_sentence(own, baseline)
    for shown in re.findall(r"\d+(?:\.\d+)?", said):
        rounding = 0.501 / 10 ** len(shown.partition(".")[2])
        assert any(abs(float(shown) - value) <= rounding for value in known), (shown, said)
