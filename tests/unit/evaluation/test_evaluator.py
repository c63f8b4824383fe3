"""The judge and the probes: they tell real pictures from others, and read what is there."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.evaluation.evaluator import Evaluator
from latent_core.evaluation.probes import probe_accuracy
from latent_core.models.catalog import evaluator_for


@pytest.fixture(scope="module")
def judge() -> Evaluator:
    data = lc.load_dataset("digits")
    model = evaluator_for(data.id)
    assert model is not None
    return Evaluator(model, data)


def test_the_classifier_reads_at_least_99_of_100_test_digits():
    data = lc.load_dataset("digits")
    model = lc.load_model("digits-cnn-64")
    right = (model.classify(data.images()) == data.labels).mean()
    assert right >= 0.99
    assert model.card.metrics["accuracy"] == pytest.approx(right, abs=1e-4)


def test_of_clothes_there_is_no_judge():
    assert evaluator_for("fashion") is None


def test_real_pictures_are_nearer_than_inverted_or_shuffled_ones(judge):
    real = lc.load_dataset("digits").images(slice(2000))
    floor, own = judge.real_vs_real_distance(), judge.distance(real)
    assert own < 5 * floor
    assert judge.distance(1 - real) > 50 * own
    noise = np.random.default_rng(0).permuted(real.reshape(2000, -1), axis=1)
    assert judge.distance(noise.reshape(real.shape)) > 50 * own


def test_guessing_is_what_is_true_most_often(judge):
    labels = lc.load_dataset("digits").labels
    assert judge.majority_baseline() == {"class": (labels == 1).mean()}
    assert lc.load_card("digits-cnn-64").metrics["accuracy_majority_baseline"] == pytest.approx(
        (labels == 1).mean(), abs=1e-4
    )
    faces = lc.load_dataset("faces")
    reader = evaluator_for(faces.id)
    guessed = Evaluator(reader, faces).majority_baseline()
    smiling = (faces.factors["smile"] > reader.card.attribute_thresholds["smile"]).mean()
    assert guessed["smile"] == pytest.approx(max(smiling, 1 - smiling))
    told = reader.card.metrics
    assert told["accuracy"] > told["accuracy_majority_baseline"] + 0.1
