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


def test_probes_read_what_is_there_and_nothing_else():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 600)
    plain = np.eye(3)[labels] + rng.normal(0, 0.1, (600, 3))
    told = probe_accuracy(plain, labels)
    assert told["linear"][0] > 0.99
    assert told["knn"][0] > 0.99
    blind = probe_accuracy(rng.normal(size=(600, 3)), labels)
    assert blind["linear"][0] == pytest.approx(1 / 3, abs=0.06)
    assert blind["linear"][1] > 0
    ring = rng.normal(size=(600, 2))
    ring *= (1 + 2 * (labels == 0))[:, None] / np.linalg.norm(ring, axis=1, keepdims=True)
    curved = probe_accuracy(ring, (labels == 0).astype(int))
    assert curved["knn"][0] > 0.99
    assert curved["linear"][0] < 0.8, "no straight line parts a ring from what is inside"


def test_bad_input():
    with pytest.raises(InvalidInputError, match="as many labels"):
        probe_accuracy(np.zeros((5, 2)), np.zeros(4, int))
    with pytest.raises(InvalidInputError, match="two classes"):
        probe_accuracy(np.random.default_rng(0).normal(size=(5, 2)), np.zeros(5, int))


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
