"""Inversion: it finds the code that made a picture, never loses what it was given, and stops."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import CancelledError, InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.models.inversion import (
    InversionConfig,
    invert,
    percentile_rank,
    self_inversion_errors,
)

QUICK = InversionConfig(n_starts=2, n_steps=60)


def pictures(count: int) -> np.ndarray:
    return lc.load_dataset("digits").images(slice(count))


def test_of_a_linear_model_it_is_the_projection(four_model):
    images = np.random.default_rng(0).uniform(0.2, 0.8, (20, 1, 2, 2)).astype(np.float32)
    found = invert(four_model, images, InversionConfig(n_steps=400, prior_weight=0.0))
    np.testing.assert_allclose(found.codes, four_model.encode(images).mean, atol=0.02)
    assert found.errors.max() < 1e-4


def test_the_errors_are_those_of_the_codes():
    model, images = lc.load_model("digits-vae-2"), pictures(6)
    found = invert(model, images, QUICK)
    expected = per_image_mse(images, model.decode(found.codes))
    np.testing.assert_allclose(found.errors, expected, rtol=1e-5)


def test_from_the_encoders_code_it_only_gets_better():
    model, images = lc.load_model("digits-vae-16"), pictures(8)
    first = model.encode(images).mean
    before = per_image_mse(images, model.decode(first))
    found = invert(model, images, QUICK, initial_codes=first)
    assert (found.errors <= before * 1.0001).all()
    assert found.errors.mean() < 0.95 * before.mean()


def test_what_cannot_be_bettered_stays():
    model = lc.load_model("digits-vae-16")
    first = np.random.default_rng(0).standard_normal((5, 16)).astype(np.float32)
    found = invert(model, model.decode(first), QUICK, initial_codes=first)
    np.testing.assert_array_equal(found.codes, first)
    assert found.errors.max() < 1e-12


def test_what_is_shown_on_the_way_only_gets_better_and_ends_as_the_result():
    model, images, shown = lc.load_model("digits-vae-2"), pictures(4), []
    found = invert(model, images, QUICK, callback=shown.append)
    assert len(shown) == QUICK.n_steps + 1
    errors = np.stack([per_image_mse(images, model.decode(codes)) for codes in shown])
    assert (np.diff(errors, axis=0) <= 1e-7).all()
    np.testing.assert_array_equal(shown[-1], found.codes)


class Watched:
    """A model whose searches a classifier looks on at."""

    def __init__(self, model, eye):
        self.card, self.decode, self.run_on_network_thread, self.perceptual_model = (
            model.card,
            model.decode,
            model.run_on_network_thread,
            eye,
        )
        self.initial_codes = model.initial_codes


def test_with_a_classifier_looking_on_its_features_come_nearer():
    model, reader, images = (
        lc.load_model("digits-vae-2"),
        lc.load_model("digits-cnn-64"),
        pictures(9),
    )
    wanted = reader.encode(images).mean

    def gap(eye):
        how = InversionConfig(n_starts=2, n_steps=60, perceptual_weight=1.0)
        found = invert(Watched(model, eye), images, how)
        seen = reader.encode(model.decode(found.codes)).mean
        return np.square(seen - wanted).mean(), found.errors.mean()

    alone, error_alone = gap(None)
    watched, error_watched = gap(reader)
    assert watched < 0.7 * alone
    assert error_alone < error_watched < 2 * error_alone


def test_a_judge_looks_on_where_codes_are_searched_for_lack_of_an_encoder():
    assert lc.load_model("digits-gan-32").perceptual_model is lc.load_model("digits-cnn-64")
    assert lc.load_model("digits-vae-16").perceptual_model is None


def test_a_generator_guesses_by_the_vae_that_it_is_anchored_to():
    gan, vae, images = lc.load_model("digits-gan-32"), lc.load_model("digits-vae-16"), pictures(5)
    guessed = gan.initial_codes(images)
    np.testing.assert_array_equal(guessed[:, :16], vae.encode(images).mean)
    np.testing.assert_array_equal(guessed[:, 16:], 0)
    assert vae.initial_codes(images) is None
    before = per_image_mse(images, gan.decode(guessed))
    found = invert(gan, images, InversionConfig(n_starts=1, n_steps=15))
    assert (found.errors <= before).all()
    assert found.errors.mean() < 0.95 * before.mean()


def test_the_nearest_of_the_pool_is_where_it_starts():
    from latent_core.models import inversion as module

    model, images, shown = lc.load_model("digits-vae-2"), pictures(3), []
    invert(model, images, QUICK, callback=shown.append)
    codes, drawn = module._prior_candidates(model, QUICK.seed)
    gaps = np.square(drawn[None] - images.reshape(3, 1, -1)).sum(axis=2)
    np.testing.assert_array_equal(shown[0], codes[gaps.argmin(axis=1)])


def test_the_pool_is_smaller_where_pictures_are_large(monkeypatch):
    from latent_core.models import inversion as module

    monkeypatch.setattr(module, "MAX_CANDIDATE_VALUES", 100 * 784)
    assert len(module._prior_candidates.__wrapped__(lc.load_model("digits-vae-2"), 1)[1]) == 100


def test_the_percentile_falls_as_the_error_grows():
    own = np.random.default_rng(0).exponential(size=200).astype(np.float32)
    shares = [percentile_rank(own, error) for error in np.linspace(-0.1, own.max(), 50)]
    assert shares == sorted(shares, reverse=True)
    assert (shares[0], shares[-1]) == (1, 0)


def test_its_own_samples_are_found_almost_exactly():
    model = lc.load_model("digits-vae-16")
    own = self_inversion_errors(model, count=12)
    assert np.median(own) < 1e-4
    assert percentile_rank(own, 1.0) == 0
    assert percentile_rank(own, 0.0) == 1


def test_the_pull_keeps_codes_in_the_prior():
    model = lc.load_model("digits-vae-16")
    noise = np.random.default_rng(0).uniform(size=(4, 1, 28, 28)).astype(np.float32)
    free = invert(model, noise, InversionConfig(n_steps=80, prior_weight=0.0)).codes
    held = invert(model, noise, InversionConfig(n_steps=80, prior_weight=1.0)).codes
    assert np.linalg.norm(held, axis=1).mean() < np.linalg.norm(free, axis=1).mean()
    assert (np.square(held).mean(axis=1) < 1.3).all()


def test_the_same_seed_finds_the_same_codes_whatever_the_batch(monkeypatch):
    from latent_core.models import inversion as module

    model, images = lc.load_model("digits-vae-2"), pictures(5)
    whole = invert(model, images, QUICK).codes
    monkeypatch.setattr(module, "BATCH", 4)
    np.testing.assert_allclose(invert(model, images, QUICK).codes, whole, atol=1e-3)


def test_it_tells_how_far_it_is_and_can_be_stopped():
    told: list[float] = []

    def stop(fraction: float, words: str) -> None:
        told.append(fraction)
        if fraction > 0.5:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        invert(lc.load_model("digits-vae-2"), pictures(3), QUICK, progress=stop)
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("images", "first", "words"),
    [
        (np.zeros((2, 1, 8, 8)), None, "the model takes"),
        (np.full((2, 1, 28, 28), 2.0), None, r"Pixels must lie in \[0, 1\]"),
        (np.zeros((2, 1, 28, 28)), np.zeros((1, 2)), "as many first codes"),
    ],
)
def test_bad_input(images, first, words):
    with pytest.raises(InvalidInputError, match=words):
        invert(lc.load_model("digits-vae-2"), images, QUICK, initial_codes=first)


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
def test_a_search_out_of_range_is_refused(wrong):
    with pytest.raises(InvalidInputError, match=next(iter(wrong))) as refused:
        InversionConfig(**wrong)
    assert str(refused.value).count(".") <= 3, "one sentence, but for decimal points"


def test_nothing_is_searched_for_in_a_classifier():
    with pytest.raises(InvalidInputError, match="is a classifier: nothing leads from them back"):
        invert(lc.load_model("digits-cnn-64"), pictures(1), QUICK)
