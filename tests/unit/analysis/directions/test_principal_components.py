"""Principal directions against scikit-learn's PCA; attribute directions of wide codes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from latent_core.analysis.directions.attribute_directions import fit_attribute_directions
from latent_core.analysis.directions.principal_components import EXACT_UP_TO, principal_directions
from latent_core.errors import InvalidInputError


def make_codes(dim, count=300, rank=8):
    rng = np.random.default_rng(0)
    factors = rng.normal(size=(count, rank)) * 2.0 ** np.arange(rank, 0, -1)
    codes = factors @ rng.normal(size=(rank, dim)) + 3 + 0.01 * rng.normal(size=(count, dim))
    return factors, codes.astype(np.float32)


@pytest.mark.parametrize("dim", [20, EXACT_UP_TO + 300])
def test_directions_are_those_of_pca(dim):
    _, codes = make_codes(dim)
    found, expected = principal_directions(codes, 5), PCA(5, svd_solver="full").fit(codes)
    cosine = np.einsum("kd,kd->k", found.directions, expected.components_)
    np.testing.assert_allclose(np.abs(cosine), 1, atol=1e-4)
    np.testing.assert_allclose(
        found.explained_variance_ratio, expected.explained_variance_ratio_, rtol=1e-3
    )
    scores = expected.transform(codes) * np.sign(cosine)
    np.testing.assert_allclose(found.predict(codes), scores, atol=2e-3 * np.abs(scores).max())
    assert (found.low < 0).all()
    assert (found.high > 0).all()


def test_a_moved_code_has_the_wanted_score_and_no_other():
    _, codes = make_codes(20)
    found = principal_directions(codes, 4)
    moved = found.move_to(codes[7], "PC2", 1.5)
    expected = found.predict(codes[7:8])[0]
    expected[1] = 1.5
    np.testing.assert_allclose(found.predict(moved[None])[0], expected, atol=1e-3)


def test_the_sign_is_that_of_the_largest_component():
    _, codes = make_codes(20)
    for a, b in zip(*(principal_directions(c, 3).directions for c in (codes, -codes)), strict=True):
        assert a[np.abs(a).argmax()] > 0
        np.testing.assert_allclose(a, b, atol=1e-4)


def test_codes_of_low_rank_give_fewer_directions():
    line = np.outer(np.arange(9), [1.0, 2, 0]).astype(np.float32)
    assert principal_directions(line).names == ("PC1",)


@pytest.mark.parametrize("codes", [np.ones((1, 3)), np.ones((5, 3))])
def test_codes_without_variance_are_refused(codes):
    with pytest.raises(InvalidInputError):
        principal_directions(codes)


def test_attribute_directions_of_wide_codes_predict_the_attribute():
    factors, codes = make_codes(EXACT_UP_TO + 400)
    found = fit_attribute_directions(codes, {"first": factors[:, 0]})
    assert found.r2[0] > 0.99
    np.testing.assert_allclose(found.predict(codes)[:, 0], factors[:, 0], atol=0.5)
    moved = found.move_to(codes[3], "first", 2.0)
    assert found.predict(moved[None])[0, 0] == pytest.approx(2, abs=0.01)


def test_of_wide_codes_random_ones_are_decomposed(monkeypatch):
    _, codes = make_codes(EXACT_UP_TO + 50, count=500)
    monkeypatch.setattr(
        "latent_core.analysis.directions.principal_components.MAX_VALUES", 200 * 306
    )
    found = principal_directions(codes, 3)
    expected = PCA(3, svd_solver="full").fit(codes)
    cosine = np.einsum("kd,kd->k", found.directions, expected.components_)
    assert (np.abs(cosine) > 0.9).all()
