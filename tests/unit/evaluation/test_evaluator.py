"""The accuracy of classifiers, and distances in their features."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.datasets.splits import indices_for_test
from latent_core.evaluation.evaluator import Evaluator
from latent_core.models.catalog import evaluator_for


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    data = lc.load_dataset("digits")
    model = evaluator_for(data.id)
    assert model is not None
    return Evaluator(model, data, indices_for_test(data))


def test_the_accuracy_is_the_fraction_of_correct_classes_of_the_chosen_images(evaluator):
    data = lc.load_dataset("digits")
    rows = indices_for_test(data)
    model = lc.load_model("digits-cnn-64")
    accuracy = (model.classify(data.images(rows)) == data.labels[rows]).mean()
    assert accuracy >= 0.99
    assert evaluator.accuracy() == {"class": pytest.approx(accuracy)}
    assert model.card.metrics["accuracy"] == pytest.approx(accuracy, abs=1e-4)


def test_fashion_has_no_classifier_among_the_models():
    assert evaluator_for("fashion") is None


def test_inverted_or_shuffled_images_are_far_from_real_ones(evaluator):
    real = lc.load_dataset("digits").images(slice(2000))
    distance = evaluator.distance(real)
    assert evaluator.distance(1 - real) > 50 * distance
    noise = np.random.default_rng(0).permuted(real.reshape(2000, -1), axis=1)
    assert evaluator.distance(noise.reshape(real.shape)) > 50 * distance


def test_the_majority_baseline_predicts_the_most_frequent_label(evaluator):
    data = lc.load_dataset("digits")
    labels = data.labels[indices_for_test(data)]
    assert evaluator.majority_baseline() == {"class": (labels == 1).mean()}
    faces = lc.load_dataset("faces")
    classifier = evaluator_for(faces.id)
    baseline = Evaluator(classifier, faces).majority_baseline()
    smiling = (faces.factors["smile"] > classifier.card.attribute_thresholds["smile"]).mean()
    assert baseline["smile"] == pytest.approx(max(smiling, 1 - smiling))
    metrics = classifier.card.metrics
    assert metrics["accuracy"] > metrics["accuracy_majority_baseline"] + 0.1
