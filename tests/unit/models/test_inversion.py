"""Inversion: it finds codes of images, keeps the best, and can be cancelled."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import CancelledError, InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.models import code_optimizer
from latent_core.models.inversion import (
    InversionConfig,
    invert,
    percentile_rank,
    self_inversion_errors,
)

FEW_STEPS = InversionConfig(n_starts=2, n_steps=60)


def digit_images(count: int) -> np.ndarray:
    return lc.load_dataset("digits").images(slice(count))


def test_of_a_linear_model_it_is_its_encoder(four_model):
    images = np.random.default_rng(0).uniform(0.2, 0.8, (20, 1, 2, 2)).astype(np.float32)
    found = invert(four_model, images, InversionConfig(n_steps=400, prior_weight=0.0))
    np.testing.assert_allclose(found.codes, four_model.encode(images).mean, atol=0.02)
    assert found.errors.max() < 1e-4


def test_the_errors_are_those_of_the_codes():
    model, images = lc.load_model("digits-vae-2"), digit_images(6)
    found = invert(model, images, FEW_STEPS)
    expected = per_image_mse(images, model.decode(found.codes))
    np.testing.assert_allclose(found.errors, expected, rtol=1e-5)


def test_it_improves_on_the_encoders_codes():
    model, images = lc.load_model("digits-vae-16"), digit_images(8)
    first = model.encode(images).mean
    before = per_image_mse(images, model.decode(first))
    found = invert(model, images, FEW_STEPS, initial_codes=first)
    assert (found.errors <= before * 1.0001).all()
    assert found.errors.mean() < 0.95 * before.mean()


def test_exact_initial_codes_are_kept():
    model = lc.load_model("digits-vae-16")
    first = np.random.default_rng(0).standard_normal((5, 16)).astype(np.float32)
    found = invert(model, model.decode(first), FEW_STEPS, initial_codes=first)
    np.testing.assert_array_equal(found.codes, first)
    assert found.errors.max() < 1e-12


def test_the_codes_of_the_callback_improve_and_end_as_the_result():
    model, images, shown = lc.load_model("digits-vae-2"), digit_images(4), []
    found = invert(model, images, FEW_STEPS, callback=shown.append)
    assert len(shown) == FEW_STEPS.n_steps + 1
    errors = np.stack([per_image_mse(images, model.decode(codes)) for codes in shown])
    assert (np.diff(errors, axis=0) <= 1e-7).all()
    np.testing.assert_array_equal(shown[-1], found.codes)


class WithPerceptualModel:
    """A model with another perceptual model."""

    def __init__(self, model, perceptual_model):
        self.card, self.decode = model.card, model.decode
        self.run_on_network_thread = model.run_on_network_thread
        self.initial_codes = model.initial_codes
        self.perceptual_model = perceptual_model


def test_a_perceptual_model_brings_features_nearer():
    model, classifier = lc.load_model("digits-vae-2"), lc.load_model("digits-cnn-64")
    images = digit_images(9)
    target = classifier.encode(images).mean

    def errors(perceptual_model):
        config = InversionConfig(n_starts=2, n_steps=60, perceptual_weight=1.0)
        found = invert(WithPerceptualModel(model, perceptual_model), images, config)
        features = classifier.encode(model.decode(found.codes)).mean
        return np.square(features - target).mean(), found.errors.mean()

    feature_error_without, pixel_error_without = errors(None)
    feature_error, pixel_error = errors(classifier)
    assert feature_error < 0.7 * feature_error_without
    assert pixel_error_without < pixel_error < 2 * pixel_error_without


def test_only_a_model_without_encoder_has_a_perceptual_model():
    assert lc.load_model("digits-gan-32").perceptual_model is lc.load_model("digits-cnn-64")
    assert lc.load_model("digits-vae-16").perceptual_model is None


def test_a_generators_initial_codes_are_those_of_its_vae():
    gan, vae, images = (
        lc.load_model("digits-gan-32"),
        lc.load_model("digits-vae-16"),
        digit_images(5),
    )
    initial = gan.initial_codes(images)
    np.testing.assert_array_equal(initial[:, :16], vae.encode(images).mean)
    np.testing.assert_array_equal(initial[:, 16:], 0)
    assert vae.initial_codes(images) is None
    before = per_image_mse(images, gan.decode(initial))
    found = invert(gan, images, InversionConfig(n_starts=1, n_steps=15))
    assert (found.errors <= before).all()
    assert found.errors.mean() < 0.95 * before.mean()


def test_it_starts_from_the_nearest_candidate():
    model, images, shown = lc.load_model("digits-vae-2"), digit_images(3), []
    invert(model, images, FEW_STEPS, callback=shown.append)
    codes, decoded = code_optimizer.prior_candidates(model, FEW_STEPS.seed)
    distances = np.square(decoded[None] - images.reshape(3, 1, -1)).sum(axis=2)
    np.testing.assert_array_equal(shown[0], codes[distances.argmin(axis=1)])


def test_there_are_fewer_candidates_where_images_are_large(monkeypatch):
    monkeypatch.setattr(code_optimizer, "MAX_CANDIDATE_VALUES", 100 * 784)
    uncached = code_optimizer.prior_candidates.__wrapped__
    assert len(uncached(lc.load_model("digits-vae-2"), 1)[1]) == 100


def test_the_percentile_rank_decreases_with_the_error():
    own = np.random.default_rng(0).exponential(size=200).astype(np.float32)
    ranks = [percentile_rank(own, error) for error in np.linspace(-0.1, own.max(), 50)]
    assert ranks == sorted(ranks, reverse=True)
    assert (ranks[0], ranks[-1]) == (1, 0)


def test_a_models_own_samples_are_inverted_almost_exactly():
    model = lc.load_model("digits-vae-16")
    own = self_inversion_errors(model, count=12)
    assert np.median(own) < 1e-4
    assert percentile_rank(own, 1.0) == 0
    assert percentile_rank(own, 0.0) == 1


def test_the_prior_weight_keeps_codes_as_short_as_those_of_the_prior():
    model = lc.load_model("digits-vae-16")
    noise = np.random.default_rng(0).uniform(size=(4, 1, 28, 28)).astype(np.float32)
    free = invert(model, noise, InversionConfig(n_steps=80, prior_weight=0.0)).codes
    regularized = invert(model, noise, InversionConfig(n_steps=80, prior_weight=1.0)).codes
    assert np.linalg.norm(regularized, axis=1).mean() < np.linalg.norm(free, axis=1).mean()
    assert (np.square(regularized).mean(axis=1) < 1.3).all()


def test_codes_do_not_depend_on_the_batch_size(monkeypatch):
    from latent_core.models import inversion as module

    model, images = lc.load_model("digits-vae-2"), digit_images(5)
    whole = invert(model, images, FEW_STEPS).codes
    monkeypatch.setattr(module, "BATCH_SIZE", 4)
    monkeypatch.setattr(code_optimizer, "BATCH_SIZE", 4)
    np.testing.assert_allclose(invert(model, images, FEW_STEPS).codes, whole, atol=1e-3)


def test_it_reports_progress_and_can_be_cancelled():
    fractions: list[float] = []

    def stop(fraction: float, message: str) -> None:
        fractions.append(fraction)
        if fraction > 0.5:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        invert(lc.load_model("digits-vae-2"), digit_images(3), FEW_STEPS, progress=stop)
    assert fractions == sorted(fractions)


@pytest.mark.parametrize(
    ("images", "initial_codes", "words"),
    [
        (np.zeros((2, 1, 8, 8)), None, "the model takes"),
        (np.full((2, 1, 28, 28), 2.0), None, r"Pixels must lie in \[0, 1\]"),
        (
            np.zeros((2, 1, 28, 28)),
            np.zeros((1, 2)),
            r"initial_codes of shape \(2, 2\), not \(1, 2\)",
        ),
    ],
)
def test_invalid_input_is_refused(images, initial_codes, words):
    with pytest.raises(InvalidInputError, match=words):
        invert(lc.load_model("digits-vae-2"), images, FEW_STEPS, initial_codes=initial_codes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_steps": 0},
        {"n_starts": 65},
        {"learning_rate": float("nan")},
        {"prior_weight": -0.1},
        {"prior_weight": float("nan")},
        {"seed": -1},
    ],
)
def test_a_parameter_out_of_range_is_refused(wrong):
    with pytest.raises(InvalidInputError, match=next(iter(wrong))) as raised:
        InversionConfig(**wrong)
    assert str(raised.value).count(".") <= 3, "one sentence, but for decimal points"


def test_a_classifier_cannot_be_inverted():
    with pytest.raises(InvalidInputError, match="no decoder; choose a model with one"):
        invert(lc.load_model("digits-cnn-64"), digit_images(1), FEW_STEPS)
