"""The checks of the lesson on sampling, and its figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

import latent_core as lc
from latent_core.analysis.support import support_of_encodings
from ui.spaces import Space, compute_space
from ui.views.learn import sampling_figures as figures
from ui.views.learn.lesson import NOTHING_YET
from ui.views.learn.lessons import a_space_one_can_sample as lesson
from ui.views.learn.prediction import Answer
from ui.views.learn.price_scene import PRICED, PRICED_DATA, price_state
from ui.views.learn.sampling_figures import SampleShares, Verdict, lower_share
from ui.views.learn.sampling_scene import (
    AE,
    DATA,
    MODELS,
    VAE,
    HolesState,
    NoiseState,
    SamplesState,
    noise_sample,
)

SHARES = {AE: SampleShares(far=0.25, far_codes=0.2), VAE: SampleShares(far=0.06, far_codes=0.03)}


def opened(model: str, data: str) -> Space:
    return compute_space(model, data, lambda _share, _words: None)


@pytest.fixture(scope="module")
def spaces() -> dict[str, Space]:
    found = {model: opened(model, DATA) for model in MODELS}
    return found | {model: opened(model, PRICED_DATA) for model in PRICED}


# ── random codes


def test_codes_of_the_vae_are_of_its_prior_and_those_of_the_autoencoder_of_its_spread(spaces):
    vae = figures.random_codes(spaces[VAE]).sample(4000)
    np.testing.assert_allclose(vae.mean(axis=0), 0, atol=0.1)
    np.testing.assert_allclose(vae.std(axis=0), 1, atol=0.1)
    codes = spaces[AE].encodings.mean
    ae = figures.random_codes(spaces[AE]).sample(4000)
    np.testing.assert_allclose(ae.mean(axis=0), codes.mean(axis=0), atol=0.15)
    np.testing.assert_allclose(ae.std(axis=0), codes.std(axis=0), rtol=0.1)


def test_the_shares_are_counted_verdicts(spaces, monkeypatch):
    monkeypatch.setattr(figures, "N_SAMPLES", 120)
    space = spaces[VAE]
    codes = figures.random_codes(space).sample(120, random_state=figures.SEED)
    support = support_of_encodings(space.encodings)
    realism = figures.image_realism(space.model.card)
    far_code = support.quantile(codes) > 0.99
    unlike = realism.score(space.model.decode(codes)) < realism.unlike_limit
    found = figures.sample_shares(space)
    assert found.far_codes == pytest.approx(far_code.mean())
    assert found.far == pytest.approx((far_code | unlike).mean())


def test_a_small_difference_of_shares_is_no_difference():
    assert lower_share(SHARES) == VAE
    almost = {"a": SampleShares(far=0.06, far_codes=0), "b": SampleShares(far=0.07, far_codes=0)}
    assert lower_share(almost) == "equal"


def test_samples_are_predicted_then_looked_at():
    start = SamplesState(answer=Answer(), looked=frozenset(), shares=SHARES)
    assert lesson.check_samples(start) == NOTHING_YET
    half = replace(start, answer=Answer(AE, AE), looked=frozenset({AE}))
    assert "VAE" in lesson.check_samples(half).sentence
    wrong = lesson.check_samples(replace(half, looked=frozenset(MODELS)))
    assert not wrong.done
    assert wrong.sentence
    right = lesson.check_samples(replace(half, looked=frozenset(MODELS), answer=Answer(VAE, AE)))
    assert right.done
    assert "Autoencoder" in right.sentence
    why = lesson.why_samples(start)
    assert "25.0%" in why
    assert "6.0%" in why


# ── holes


def test_the_sample_must_be_far_from_the_data():
    start = HolesState(verdict=None, shares=SHARES[VAE])
    assert lesson.check_holes(start) == NOTHING_YET
    doubtful = Verdict(support="near data", image="doubtful", worse="sparse")
    feedback = lesson.check_holes(replace(start, verdict=doubtful))
    assert not feedback.done
    assert "near data" in feedback.sentence
    assert "doubtful" in feedback.sentence
    far = Verdict(support="sparse", image="unlike the data", worse="far from data")
    assert lesson.check_holes(replace(start, verdict=far)).done
    assert "3.0%" in lesson.why_holes(start)
    assert "6.0%" in lesson.why_holes(start)


# ── the posterior


NOISE = NoiseState(noise=0.0, seen=frozenset({0.0}), same=1.0, digit="5", mean_std=0.03, spread=1.1)


def test_noise_is_seen_at_one_before_the_digit_is_lost():
    assert lesson.check_noise(NOISE) == NOTHING_YET
    far = replace(NOISE, noise=80.0, seen=frozenset({0.0, 80.0}), same=0.3)
    assert "1 ×" in lesson.check_noise(far).sentence
    once = replace(NOISE, noise=1.0, seen=frozenset({0.0, 1.0}))
    assert "100%" in lesson.check_noise(once).sentence
    assert not lesson.check_noise(once).done
    lost = lesson.check_noise(replace(far, seen=frozenset({0.0, 1.0, 80.0})))
    assert lost.done
    assert "80 ×" in lost.sentence
    assert "30%" in lost.sentence


def test_noisy_codes_have_the_posterior_of_the_image(spaces):
    encodings = spaces[VAE].encodings
    codes = figures.noisy_codes(spaces[VAE], 7, 2.0, count=4000)
    std = np.exp(0.5 * encodings.log_var[7])
    np.testing.assert_allclose(codes.mean(axis=0), encodings.mean[7], atol=0.02)
    np.testing.assert_allclose(codes.std(axis=0), 2 * std, rtol=0.1)


def test_the_digit_survives_noise_of_training_and_is_lost_in_much_more(spaces):
    space = spaces[VAE]
    index = noise_sample(space)
    images = {
        noise: space.model.decode(figures.noisy_codes(space, index, noise)) for noise in (1.0, 80.0)
    }
    shares = {
        noise: figures.same_class_share(space, index, found) for noise, found in images.items()
    }
    assert shares[1.0] == 1.0
    assert shares[80.0] < lesson.HALF
    labels, others = space.data.labels, np.arange(len(space.data)) != index
    probe = KNeighborsClassifier(10).fit(space.encodings.mean[others], labels[others])
    predicted = probe.predict(space.model.encode(images[80.0]).mean)
    assert shares[80.0] == pytest.approx((predicted == labels[index]).mean(), abs=0.02)


# ── the price


def test_the_row_of_the_larger_weight_is_the_answer(spaces):
    state = price_state(Answer(), spaces)
    assert lesson.check_price(state) == NOTHING_YET
    heavy = max(PRICED, key=lambda model: lc.load_card(model).training["beta"])
    answers = dict(zip(PRICED, lesson.ROWS, strict=True))
    for model, answer in answers.items():
        feedback = lesson.check_price(replace(state, answer=Answer(answer, answer)))
        assert feedback.done == (model == heavy)
        assert feedback.sentence


def test_both_models_differ_in_the_weight_alone():
    first, second = (lc.load_card(model) for model in PRICED)
    changed = {
        name
        for name in first.training
        if name != "command" and first.training[name] != second.training[name]
    }
    assert changed == {"beta"}
    assert first.architecture == second.architecture


def test_the_figures_of_the_price_are_those_of_the_models(spaces):
    why = lesson.why_price(price_state(Answer(), spaces))
    for model in PRICED:
        encodings = spaces[model].encodings
        kl = 0.5 * (encodings.mean**2 + np.exp(encodings.log_var) - 1 - encodings.log_var)
        assert f"{kl.sum(axis=1).mean():.1f}" in why
        assert f"{lc.load_card(model).training['beta']:g}" in why
    for model in (AE, VAE, *PRICED):
        space = spaces[model]
        images = space.data.images(slice(None))
        decoded = space.model.decode(space.encodings.mean)
        assert f"{np.square(images - decoded).mean():.4f}" in why
    for model in lc.list_models():
        card = lc.load_card(model)
        assert (card.title in why) == ("beta" in card.training)
