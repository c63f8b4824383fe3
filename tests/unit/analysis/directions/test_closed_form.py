"""Closed-form factorization against layers with known singular vectors, and the shipped models."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.directions.closed_form import closed_form_directions
from latent_core.errors import InvalidInputError
from latent_core.models.first_layer import first_decoder_weight

RNG = np.random.default_rng(0)


def test_known_singular_vectors_are_found_in_order() -> None:
    axes = np.linalg.qr(RNG.normal(size=(6, 6)))[0]
    outputs = np.linalg.qr(RNG.normal(size=(20, 6)))[0]
    gains = np.array([9, 5, 3, 2, 1, 0.5])
    weight = (outputs * gains) @ axes.T
    codes = RNG.normal(size=(500, 6)).astype(np.float32) + 4
    found = closed_form_directions(weight.astype(np.float32), codes, 4)
    np.testing.assert_allclose(found.gains, gains[:4], rtol=1e-5)
    cosine = np.abs(found.directions @ axes[:, :4])
    np.testing.assert_allclose(cosine, np.eye(4), atol=1e-4)
    np.testing.assert_allclose(
        np.linalg.norm(weight @ found.directions.T, axis=0), gains[:4], rtol=1e-4
    )
    np.testing.assert_allclose(found.predict(codes).mean(axis=0), 0, atol=1e-4)


def test_a_weight_of_another_shape_is_refused() -> None:
    codes = np.zeros((5, 3), np.float32)
    for weight in (np.ones((4, 2), np.float32), np.full((4, 3), np.nan, np.float32)):
        with pytest.raises(InvalidInputError, match=r"\(H, 3\)"):
            closed_form_directions(weight, codes)


def test_the_first_layer_of_a_shipped_decoder_is_that_of_its_network() -> None:
    model = lc.load_model("digits-vae-2")
    weight = first_decoder_weight(model.card)
    assert weight is not None
    np.testing.assert_array_equal(weight, model.net.decoder[0].weight.detach().numpy())
    assert first_decoder_weight(lc.load_card("digits-pca-16")) is None
    assert first_decoder_weight(lc.load_card("digits-cnn-64")) is None
