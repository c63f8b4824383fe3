"""Accuracy curves on hand-made codes with a known best classifier."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import InvalidInputError
from latent_core.uses.classification import (
    KNN,
    LINEAR,
    accuracy_curve,
    draw_labels,
    measure_classification,
)
from latent_core.uses.results import CODE, EncodedData


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_each_class_gives_as_many_labels_as_it_has(rng):
    labels = np.array([0] * 30 + [1] * 3)
    drawn = labels[draw_labels(labels, 5, rng)]
    np.testing.assert_array_equal(np.bincount(drawn), [5, 3])


@pytest.mark.parametrize("probe", [LINEAR, KNN])
def test_separate_groups_need_one_label_each(rng, probe):
    labels = np.tile([0, 1, 2], 40)
    codes = 50 * np.eye(3)[labels] + rng.normal(size=(120, 3))
    n, accuracy, std = accuracy_curve(codes, labels, codes, labels, probe=probe)
    np.testing.assert_array_equal(n, [1, 2, 5, 10, 20, 40])
    np.testing.assert_allclose(accuracy, 1)
    assert np.isnan(std).tolist() == [False] * 5 + [True]


def test_overlapping_groups_reach_the_accuracy_of_bayes(rng):
    labels = np.tile([0, 1], 2000)
    codes = 2.0 * labels[:, None] + rng.normal(size=(4000, 1))
    half = slice(0, 2000)
    _, accuracy, std = accuracy_curve(codes[half], labels[half], codes[2000:], labels[2000:])
    assert accuracy[-1] == pytest.approx(0.8413, abs=0.03), "the normal distribution at 1"
    assert accuracy[0] < accuracy[-1]
    assert std[0] > std[-2]


def test_one_class_and_unknown_probes_are_refused():
    with pytest.raises(InvalidInputError, match="1 classes"):
        accuracy_curve(np.eye(3), np.zeros(3, int), np.eye(3), np.zeros(3, int))
    with pytest.raises(InvalidInputError, match=KNN):
        accuracy_curve(np.eye(3), np.arange(3), np.eye(3), np.arange(3), probe="x")


def test_a_data_set_is_measured_on_held_out_samples(four):
    model, data = lc.load_model("four"), lc.load_dataset("four")
    encoded = EncodedData(model=model, data=data, encodings=workspace.encode(model, data))
    code = measure_classification(encoded)[0]
    assert (code.representation, code.n_test) == (CODE, 150)
    assert code.accuracy[-1] > 0.9, "brightness of one pixel is linear in the code"
    share = np.bincount(data.labels[1::2]) / 150
    assert code.majority in share
