"""Label errors that were made by hand are found."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import InvalidInputError
from latent_core.uses.label_errors import (
    evaluate_label_errors,
    label_disagreement,
    measure_label_errors,
)
from latent_core.uses.results import EncodedData


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def groups(rng, n=100):
    """Codes ``(3 n, 2)`` in three groups far from each other, and their labels."""
    labels = np.repeat([0, 1, 2], n)
    return rng.normal(size=(3 * n, 2)) + 50 * np.eye(3, 2)[labels], labels


def test_the_changed_labels_are_those_that_disagree(rng):
    codes, labels = groups(rng)
    changed = [5, 120, 250]
    labels[changed] = [1, 2, 0]
    scores = label_disagreement(codes, labels)
    assert sorted(np.argsort(-scores)[:3]) == changed
    np.testing.assert_allclose(scores[changed], 1)
    assert (scores == 0).sum() > 200, "of most samples all neighbors have the same label"


def test_nearer_neighbors_count_more_and_unlabelled_ones_not_at_all():
    codes = np.array([[0.0], [1.0], [3.0], [0.1]])
    scores = label_disagreement(codes, np.array([0, 1, 0, -1]), n_neighbors=10)
    np.testing.assert_allclose(scores, [3 / 5, 1, 2 / 5 + 1 / 5, 0], atol=1e-6)


def test_changed_labels_are_found_in_groups_and_not_in_noise(rng):
    codes, labels = groups(rng)
    area, std, n = evaluate_label_errors(codes, labels)
    assert area > 0.99
    assert n == 15
    area, std, _ = evaluate_label_errors(rng.normal(size=(2000, 2)), rng.integers(0, 2, 2000))
    assert abs(area - 0.5) < 4 * std


@pytest.mark.parametrize("labels", [[1, 1, 1], [-1, -1, 0], [0, 1]])
def test_fewer_than_two_classes_are_refused(labels):
    with pytest.raises(InvalidInputError, match="classes"):
        label_disagreement(np.eye(3), np.array(labels))


def test_a_data_set_gets_suggestions(four):
    model, data = lc.load_model("four"), lc.load_dataset("four")
    encoded = EncodedData(model=model, data=data, encodings=workspace.encode(model, data))
    first = measure_label_errors(encoded)[0]
    assert first.auroc > 0.8
    sure = first.scores < 0.2
    np.testing.assert_array_equal(first.suggested[sure], data.labels[sure])
    np.testing.assert_array_equal(measure_label_errors(encoded)[0].suggested, first.suggested)
