"""The validation and the test half of a data set."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.datasets.splits import indices_for_test, indices_for_validation


@pytest.mark.parametrize("dataset_id", lc.list_datasets())
def test_halves_are_disjoint_complete_and_alike(dataset_id):
    data = lc.load_dataset(dataset_id)
    halves = indices_for_validation(data), indices_for_test(data)
    np.testing.assert_array_equal(np.sort(np.concatenate(halves)), np.arange(len(data)))
    assert len(halves[0]) - len(halves[1]) in (0, 1)
    if data.labels is not None:
        counts = [np.bincount(data.labels[half]) / len(half) for half in halves]
        np.testing.assert_allclose(*counts, atol=0.03)


@pytest.mark.parametrize("dataset_id", lc.list_datasets())
def test_the_card_says_how_the_data_is_split(dataset_id):
    split = lc.load_dataset(dataset_id).card["split"]
    assert "even" in split
    assert "odd" in split
