"""Directions between two marked groups, against known differences."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.analysis.directions.marked_directions import (
    METHODS,
    MIN_TESTED,
    fit_marked_direction,
)
from latent_core.errors import InvalidInputError

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(800, 12)).astype(np.float32)
SHIFT = np.eye(12, dtype=np.float32)[3] * 2


def make_groups(count=40, shift=SHIFT):
    return CODES[:count] + shift, CODES[count : 2 * count]


@pytest.mark.parametrize("method", METHODS)
def test_the_direction_leads_from_one_mean_to_the_other(method):
    more, less = make_groups(200)
    found = fit_marked_direction(more, less, CODES, method=method)
    values = found.predict(np.stack([less.mean(axis=0), more.mean(axis=0)]))[:, 0]
    np.testing.assert_allclose(values, [0, 1], atol=1e-4)
    assert found.directions[0] @ found.weights[0] == pytest.approx(1, abs=1e-4)
    cosine = found.directions[0, 3] / np.linalg.norm(found.directions[0])
    assert cosine > 0.9
    moved = found.move_to(CODES[5], "marked", 1.0)
    assert found.predict(moved[None])[0, 0] == pytest.approx(1, abs=1e-4)


def test_the_mean_difference_is_exact():
    more, less = make_groups()
    found = fit_marked_direction(more, less, CODES)
    expected = more.mean(axis=0) - less.mean(axis=0)
    np.testing.assert_allclose(found.directions[0], expected, atol=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_a_real_difference_exceeds_its_control_and_none_does_not(method):
    found = fit_marked_direction(*make_groups(100), CODES, method=method).evidence
    assert found.score > 0.85
    assert found.low < found.score <= found.high
    assert found.exceeds_control
    none = fit_marked_direction(*make_groups(100, 0 * SHIFT), CODES, method=method).evidence
    assert not none.exceeds_control
    assert abs(none.score - 0.5) < 0.25


def test_small_groups_give_a_direction_without_evidence():
    more, less = make_groups(MIN_TESTED - 1)
    found = fit_marked_direction(more, less, CODES)
    assert found.evidence is None
    assert (found.n_more, found.n_less) == (3, 3)
    assert fit_marked_direction(more[:1], less[:1], CODES).evidence is None


def test_an_empty_group_and_equal_groups_are_refused():
    more, less = make_groups()
    with pytest.raises(InvalidInputError, match="each group"):
        fit_marked_direction(more[:0].reshape(0, 12), less, CODES)
    with pytest.raises(InvalidInputError, match="same mean"):
        fit_marked_direction(less, less, CODES)
