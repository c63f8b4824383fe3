"""Evaluation classifiers: distances, accuracies and baselines."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.evaluation.evaluator import Evaluator
from latent_core.models.catalog import evaluator_for


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    data = lc.load_dataset("digits")
    model = evaluator_for(data.id)
    assert model is not None
    return Evaluator(model, data)


def test_the_digit_classifier_has_an_accuracy_of_at_least_99_percent():
    data = lc.load_dataset("digits")
    model = lc.load_model("digits-cnn-64")
    accuracy = (model.classify(data.images()) == data.labels).mean()
    assert accuracy >= 0.99
    assert model.card.metrics["accuracy"] == pytest.approx(accuracy, abs=1e-4)


def test_fashion_has_no_evaluation_classifier():
    assert evaluator_for("fashion") is None


def test_real_images_are_nearer_than_inverted_or_shuffled_ones(evaluator):
    real = lc.load_dataset("digits").images(slice(2000))
    floor, distance = evaluator.real_vs_real_distance(), evaluator.distance(real)
    assert distance < 5 * floor
    assert evaluator.distance(1 - real) > 50 * distance
    noise = np.random.default_rng(0).permuted(real.reshape(2000, -1), axis=1)
    assert evaluator.distance(noise.reshape(real.shape)) > 50 * distance


def test_the_majority_baseline_predicts_the_most_frequent_label(evaluator):
    labels = lc.load_dataset("digits").labels
    assert evaluator.majority_baseline() == {"class": (labels == 1).mean()}
    assert lc.load_card("digits-cnn-64").metrics["accuracy_majority_baseline"] == pytest.approx(
        (labels == 1).mean(), abs=1e-4
    )
    faces = lc.load_dataset("faces")
    classifier = evaluator_for(faces.id)
    baseline = Evaluator(classifier, faces).majority_baseline()
    smiling = (faces.factors["smile"] > classifier.card.attribute_thresholds["smile"]).mean()
    assert baseline["smile"] == pytest.approx(max(smiling, 1 - smiling))
    metrics = classifier.card.metrics
    assert metrics["accuracy"] > metrics["accuracy_majority_baseline"] + 0.1
