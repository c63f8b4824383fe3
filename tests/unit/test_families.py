"""Generators and classifiers: trained for a few steps, resumed, and asked what they can't do."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

import latent_core as lc
from datagen.chunks import write_chunks
from latent_core.architectures import build
from latent_core.architectures.generator import Generator
from latent_core.datasets.factors import binary_attributes
from latent_core.datasets.training_data import load_training_data
from latent_core.errors import CancelledError, InvalidCardError, InvalidInputError
from latent_core.models.card import ModelCard, read_model_card
from latent_core.training import gan as gan_module
from latent_core.training.gan import GANTrainer, discriminator_loss, gan_step, generator_loss
from latent_core.training.trainer import train
from latent_core.training.weights import init_decoder_from, save_weights
from tests.conftest import CARD
from tests.unit.test_train import IMAGES

LABELS = (np.arange(64) % 8 >= 4).astype(np.int64)  # where the bright row is
GENERATOR = {"family": "gan", "architecture": {"name": "generator", "width": 8, "hidden": 32}}
CLASSIFIER = {
    "family": "classifier",
    "architecture": {"name": "classifier", "width": 8, "classes": 2},
}
WIDE = {"widths": [8, 8]}
PYRAMID = {**WIDE, "hidden": 16}
RECIPE = {"seed": 0, "epochs": 3, "batch_size": 16, "learning_rate": 0.003}


@pytest.fixture
def card_for(four):
    def make(about: dict, **training) -> ModelCard:
        folder = four / "models" / about["family"]
        folder.mkdir(exist_ok=True)
        made = CARD | about | {"image_shape": [1, 8, 8], "latent_dim": 4, "weights": {}}
        made["training"] = RECIPE | training
        (folder / "card.json").write_text(json.dumps(made))
        return read_model_card(about["family"])

    return make


def test_a_generator_learns_the_brightness_of_its_pictures(card_for, monkeypatch):
    monkeypatch.setattr(gan_module, "AVERAGED_IMAGES", 200)
    card = card_for(GENERATOR, objective="r3gan", epochs=40)
    losses = train(card, IMAGES)
    assert losses[-1] < losses[0]
    drawn = np.random.default_rng(0).normal(size=(200, 4)).astype(np.float32)
    made = lc.load_model("gan").decode(drawn)
    assert made.mean() == pytest.approx(IMAGES.mean() / 255, abs=0.08)
    assert made.std(axis=0).max() > 0.1, "not always the same picture"


def test_a_lazy_penalty_is_taken_seldom_and_weighs_more(card_for, monkeypatch):
    taken = []

    def step(duel, real, rng, optimizer, penalty, anchor):
        taken.append(penalty)
        return torch.zeros(())

    monkeypatch.setattr("latent_core.training.trainer.gan_step", step)
    train(card_for(GENERATOR, objective="r3gan", epochs=1, lazy=3, penalty=0.5), IMAGES)
    assert taken == [1.5, 0, 0, 1.5]


def test_an_interrupted_duel_goes_on_as_if_it_had_not_been(card_for, tmp_path):
    card = card_for(GENERATOR, objective="r3gan")
    train(card, IMAGES)
    whole = read_model_card("gan").weights_sha256

    def stop(fraction, words):
        if fraction > 0.5:
            raise CancelledError("stopped")

    state = tmp_path / "state.safetensors"
    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=state, progress=stop)
    assert len(train(card, IMAGES, checkpoint=state)) == 2
    assert read_model_card("gan").weights_sha256 == whole


def test_the_losses_are_those_of_the_paper():
    torch.manual_seed(0)
    duel = GANTrainer(Generator((1, 8, 8), 4, width=8, hidden=16), (1, 8, 8), 4)
    real, fake = torch.rand(6, 1, 8, 8), torch.rand(6, 1, 8, 8)
    scores = duel.critic(real) - duel.critic(fake)
    pairing = torch.log1p(torch.exp(-scores)).mean()
    slopes = []
    for images in (real, fake):
        copy = images.clone().requires_grad_()
        slope = torch.autograd.grad(duel.critic(copy).sum(), copy)[0]
        slopes.append(slope.square().sum(dim=(1, 2, 3)).mean())
    expected = pairing + 3.0 / 2 * sum(slopes)
    torch.testing.assert_close(discriminator_loss(duel, real.clone(), fake.clone(), 3.0), expected)
    torch.testing.assert_close(discriminator_loss(duel, real, fake, 0.0), pairing)
    torch.testing.assert_close(
        generator_loss(duel, real, fake), torch.log1p(torch.exp(scores)).mean()
    )


def test_the_average_follows_by_half_in_the_stated_number_of_images():
    duel = GANTrainer(Generator((1, 8, 8), 4, width=8, hidden=16), (1, 8, 8), 4)
    before = duel.average.decoder[0].weight.clone()
    duel.generator.decoder[0].weight.data += 2
    duel.update_ema(gan_module.AVERAGED_IMAGES)
    torch.testing.assert_close(duel.average.decoder[0].weight, before + 1)


def test_a_classifier_learns_and_its_features_are_codes(card_for):
    train(card_for(CLASSIFIER, objective="cross-entropy", epochs=12), IMAGES, LABELS)
    model = lc.load_model("classifier")
    images = IMAGES.astype(np.float32) / 255
    assert (model.classify(images) == LABELS).mean() > 0.95
    assert model.encode(images).mean.shape == (64, 4)


def test_a_classifier_cannot_decode_and_an_autoencoder_cannot_classify(card_for, four_model):
    train(card_for(CLASSIFIER, objective="cross-entropy"), IMAGES, LABELS)
    with pytest.raises(InvalidInputError, match="nothing leads from them back"):
        lc.load_model("classifier").decode(np.zeros((1, 4), np.float32))
    with pytest.raises(InvalidInputError, match="is no classifier"):
        four_model.classify(np.zeros((1, 1, 2, 2), np.float32))


def test_a_generator_finds_codes_by_search(card_for):
    train(card_for(GENERATOR, objective="r3gan", epochs=10), IMAGES)
    model = lc.load_model("gan")
    drawn = np.random.default_rng(3).normal(size=(5, 4)).astype(np.float32)
    images = model.decode(drawn)
    found = model.decode(model.encode(images).mean)
    assert np.abs(found - images).mean() < 0.02


def test_a_generator_begins_as_the_decoder_it_was_given(card_for, four):
    torch.manual_seed(0)
    known = build("pyramid", (1, 8, 8), 3, **PYRAMID, variational=True)
    vae = {"family": "vae", "architecture": {"name": "pyramid", "variational": True, **PYRAMID}}
    other = card_for(vae, objective="sigma-vae")
    save_weights(other, known)
    net = build("generator", (1, 8, 8), 5, **PYRAMID)
    init_decoder_from(net, read_model_card("vae"))
    codes = torch.randn(6, 5) * torch.tensor([1, 1, 1, 0, 0])
    torch.testing.assert_close(net.decode(codes), known.decode(codes[:, :3]), atol=2e-3, rtol=0)
    assert not torch.equal(net.decode(codes), net.decode(codes + torch.tensor([0, 0, 0, 1, 1])))
    with pytest.raises(InvalidCardError, match="built otherwise"):
        init_decoder_from(build("generator", (1, 8, 8), 5, width=8), read_model_card("vae"))


def test_an_aligned_generator_makes_of_random_codes_what_the_vaes_own_codes_made():
    torch.manual_seed(0)
    net = build("generator", (1, 8, 8), 5, **PYRAMID, whitened_latents=True)
    codes = torch.randn(500, 3) @ torch.randn(3, 3) + torch.tensor([2.0, 0.0, -1.0])
    before = net.decode(torch.nn.functional.pad(codes, (0, 2)))
    net.whiten_latents(codes)
    placed = net.whiten(codes)
    torch.testing.assert_close(net.decode(placed), before, atol=1e-4, rtol=0)
    torch.testing.assert_close(placed.mean(dim=0), torch.zeros(5), atol=1e-4, rtol=0)
    wanted = torch.diag(torch.tensor([1.0, 1.0, 1.0, 0.0, 0.0]))
    torch.testing.assert_close(torch.cov(placed.T), wanted, atol=1e-3, rtol=0)


def test_a_deep_generator_is_taught_from_another_models_decoder(card_for):
    vae = {"family": "vae", "architecture": {"name": "pyramid", "variational": True, **PYRAMID}}
    train(card_for(vae, objective="sigma-vae", focus=2), IMAGES)
    deep = {"family": "gan", "architecture": {"name": "generator", **PYRAMID}}
    losses = train(card_for(deep, objective="r3gan", start="vae"), IMAGES)
    assert len(losses) == 3
    assert np.isfinite(losses).all()
    deep["architecture"]["whitened_latents"] = True
    card = card_for(deep, objective="r3gan", start="vae", anchor=10.0, learning_rate=1e-6)
    train(card, IMAGES)
    images = IMAGES[:8].astype(np.float32) / 255
    gan, vae = lc.load_model("gan"), lc.load_model("vae")
    rebuilt = gan.decode(gan.initial_codes(images))
    np.testing.assert_allclose(rebuilt, vae.decode(vae.encode(images).mean), atol=0.02)


class Rows(torch.nn.Module):
    """A guide whose codes are the brightness of a picture's first three rows."""

    def encode(self, images):
        mean = 4 * images.mean(dim=3).flatten(1)[:, :3]
        return mean, torch.full_like(mean, -9.0)


def test_an_anchored_generator_learns_to_rebuild_from_its_guides_codes():
    images = torch.from_numpy(IMAGES[:2]).float() / 255

    def error(anchor):
        torch.manual_seed(0)
        duel = GANTrainer(Generator((1, 8, 8), 5, width=8, hidden=32), (1, 8, 8), 5, Rows())
        learned = [p for p in duel.parameters() if p.requires_grad]
        optimizer = torch.optim.Adam(learned, lr=0.003, betas=(0.0, 0.99))
        rng = torch.Generator().manual_seed(0)
        for _ in range(120):
            gan_step(duel, images, rng, optimizer, 1.0, anchor)
        codes = torch.nn.functional.pad(Rows().encode(images)[0], (0, 2))
        return float((duel.generator.decode(codes) - images).square().mean().detach())

    assert error(100.0) < 0.5 * error(0.0)


def test_the_rebuilding_error_is_that_of_the_guides_codes(card_for):
    torch.manual_seed(0)
    vae = build("pyramid", (1, 8, 8), 3, **PYRAMID, variational=True)
    painter = build("generator", (1, 8, 8), 5, **PYRAMID)
    duel = GANTrainer(painter, (1, 8, 8), 5, vae)
    images, rng = torch.rand(6, 1, 8, 8), torch.Generator().manual_seed(4)
    mean, log_var = vae.encode(images)
    noise = torch.randn(6, 3, generator=torch.Generator().manual_seed(4))
    codes = torch.cat([mean + (log_var / 2).exp() * noise, torch.zeros(6, 2)], dim=1)
    expected = (painter.decode(codes) - images).square().mean()
    torch.testing.assert_close(duel.reconstruction_loss(images, rng), expected)
    assert not any(p.requires_grad for p in duel.guide.parameters())


def test_only_what_starts_from_a_model_can_be_anchored_to_it(card_for):
    with pytest.raises(InvalidCardError, match="anchored"):
        train(card_for(GENERATOR, objective="r3gan", anchor=1.0), IMAGES)


def test_a_classifier_answers_questions_about_factors(card_for):
    bright = {"bright": LABELS.astype(np.float32), "dull": 1 - LABELS.astype(np.float32)}
    asked = {"bright": 0.5, "dull": 0.5}
    about = CLASSIFIER | {"architecture": {"name": "classifier", "classes": 2, **WIDE}}
    card = card_for(about, objective="cross-entropy", epochs=80, questions=asked)
    truth = binary_attributes(bright, card.attribute_thresholds, card.id)
    assert truth.tolist() == np.stack([LABELS == 1, LABELS == 0], 1).tolist()
    train(card, IMAGES, truth.astype(np.int64))
    said = lc.load_model("classifier").predict_attributes(IMAGES.astype(np.float32) / 255)
    assert (said == truth).mean() > 0.95


def test_lessons_are_the_pictures_and_what_the_card_asks_of_them(card_for, tmp_path):
    factors = {"size": np.arange(64, dtype=np.float32), "kind": LABELS.astype(np.float32)}
    write_chunks(IMAGES, factors, tmp_path / "parts")
    card = card_for(CLASSIFIER, objective="cross-entropy", questions={"size": 9.5})
    images, labels = load_training_data(card, tmp_path / "parts")
    assert np.array_equal(images, IMAGES)
    assert labels.tolist() == [[0]] * 10 + [[1]] * 54
    card = card_for(CLASSIFIER, objective="cross-entropy", classes_of="kind")
    assert np.array_equal(load_training_data(card, tmp_path / "parts")[1], LABELS)
    card = card_for(CLASSIFIER, objective="cross-entropy", classes_of="age")
    with pytest.raises(
        InvalidCardError, match="requires the factor 'age', but these images have size, kind"
    ):
        load_training_data(card, tmp_path / "parts")
    with pytest.raises(InvalidCardError, match="factors with a number each"):
        _ = card_for(CLASSIFIER, questions=["age"], objective="mse").attribute_thresholds
