"""GAN training: its losses, its steps, and the generator it saves."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import latent_core as lc
from latent_core.architectures import build
from latent_core.architectures.generator import Generator
from latent_core.errors import CancelledError, InvalidCardError
from latent_core.models.card_reader import read_model_card
from latent_core.training import gan as gan_module
from latent_core.training.gan import GANTrainer, discriminator_loss, gan_step, generator_loss
from latent_core.training.trainer import train
from tests.unit.training.conftest import GENERATOR, IMAGES, PYRAMID, VAE


def small_trainer() -> GANTrainer:
    return GANTrainer(Generator((1, 8, 8), 4, width=8, hidden=16), (1, 8, 8), 4)


def test_a_generator_learns_the_brightness_of_its_images(family_card, monkeypatch):
    monkeypatch.setattr(gan_module, "EMA_HALF_LIFE_IMAGES", 200)
    card = family_card(GENERATOR, objective="r3gan", epochs=40)
    losses = train(card, IMAGES)
    assert losses[-1] < losses[0]
    codes = np.random.default_rng(0).normal(size=(200, 4)).astype(np.float32)
    samples = lc.load_model("gan").decode(codes)
    assert samples.mean() == pytest.approx(IMAGES.mean() / 255, abs=0.08)
    assert samples.std(axis=0).max() > 0.1, "no mode collapse"


def test_gradient_penalties_are_taken_every_r1_interval_steps(family_card, monkeypatch):
    gammas = []

    def step(trainer, real, rng, optimizer, r1_gamma, reconstruction_weight):
        gammas.append(r1_gamma)
        return torch.zeros(())

    monkeypatch.setattr("latent_core.training.loop.gan_step", step)
    card = family_card(GENERATOR, objective="r3gan", epochs=1, r1_interval=3, r1_gamma=0.5)
    train(card, IMAGES)
    assert gammas == [1.5, 0, 0, 1.5]


def test_a_resumed_gan_training_gives_the_same_weights(family_card, tmp_path):
    card = family_card(GENERATOR, objective="r3gan")
    train(card, IMAGES)
    uninterrupted = read_model_card("gan").weights_sha256

    def stop(fraction, message):
        if fraction > 0.5:
            raise CancelledError("stopped")

    checkpoint = tmp_path / "checkpoint.safetensors"
    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=checkpoint, progress=stop)
    assert len(train(card, IMAGES, checkpoint=checkpoint)) == 2
    assert read_model_card("gan").weights_sha256 == uninterrupted


def test_the_losses_are_those_of_the_paper():
    torch.manual_seed(0)
    trainer = small_trainer()
    real, fake = torch.rand(6, 1, 8, 8), torch.rand(6, 1, 8, 8)
    difference = trainer.discriminator(real) - trainer.discriminator(fake)
    pairing = torch.log1p(torch.exp(-difference)).mean()
    penalties = []
    for images in (real, fake):
        copy = images.clone().requires_grad_()
        gradient = torch.autograd.grad(trainer.discriminator(copy).sum(), copy)[0]
        penalties.append(gradient.square().sum(dim=(1, 2, 3)).mean())
    expected = pairing + 3.0 / 2 * sum(penalties)
    torch.testing.assert_close(
        discriminator_loss(trainer, real.clone(), fake.clone(), 3.0), expected
    )
    torch.testing.assert_close(discriminator_loss(trainer, real, fake, 0.0), pairing)
    torch.testing.assert_close(
        generator_loss(trainer, real, fake), torch.log1p(torch.exp(difference)).mean()
    )


def test_the_moving_average_has_the_stated_half_life():
    trainer = small_trainer()
    before = trainer.ema_generator.decoder[0].weight.clone()
    trainer.generator.decoder[0].weight.data += 2
    trainer.update_ema(gan_module.EMA_HALF_LIFE_IMAGES)
    torch.testing.assert_close(trainer.ema_generator.decoder[0].weight, before + 1)


def test_inversion_finds_codes_of_a_generators_samples(family_card):
    train(family_card(GENERATOR, objective="r3gan", epochs=10), IMAGES)
    model = lc.load_model("gan")
    codes = np.random.default_rng(3).normal(size=(5, 4)).astype(np.float32)
    images = model.decode(codes)
    reconstructions = model.decode(model.encode(images).mean)
    assert np.abs(reconstructions - images).mean() < 0.02


def test_a_generator_is_trained_from_a_vaes_decoder(family_card):
    train(family_card(VAE, objective="sigma-vae", center_weight=2), IMAGES)
    fields = {"family": "gan", "architecture": {"name": "generator", **PYRAMID}}
    losses = train(family_card(fields, objective="r3gan", init_from="vae"), IMAGES)
    assert len(losses) == 3
    assert np.isfinite(losses).all()
    fields["architecture"]["whitened_latents"] = True
    card = family_card(
        fields, objective="r3gan", init_from="vae", reconstruction_weight=10.0, learning_rate=1e-6
    )
    train(card, IMAGES)
    images = IMAGES[:8].astype(np.float32) / 255
    gan, vae = lc.load_model("gan"), lc.load_model("vae")
    decoded = gan.decode(gan.initial_codes(images))
    np.testing.assert_allclose(decoded, vae.decode(vae.encode(images).mean), atol=0.02)


class RowBrightness(torch.nn.Module):
    """A teacher whose codes are the brightness of an image's first three rows."""

    def encode(self, images):
        mean = 4 * images.mean(dim=3).flatten(1)[:, :3]
        return mean, torch.full_like(mean, -9.0)


def test_a_generator_with_a_teacher_learns_to_reconstruct_from_its_codes():
    images = torch.from_numpy(IMAGES[:2]).float() / 255

    def error(reconstruction_weight):
        torch.manual_seed(0)
        generator = Generator((1, 8, 8), 5, width=8, hidden=32)
        trainer = GANTrainer(generator, (1, 8, 8), 5, RowBrightness())
        trainable = [p for p in trainer.parameters() if p.requires_grad]
        optimizer = torch.optim.Adam(trainable, lr=0.003, betas=(0.0, 0.99))
        rng = torch.Generator().manual_seed(0)
        for _ in range(120):
            gan_step(trainer, images, rng, optimizer, 1.0, reconstruction_weight)
        codes = torch.nn.functional.pad(RowBrightness().encode(images)[0], (0, 2))
        return float((generator.decode(codes) - images).square().mean().detach())

    assert error(100.0) < 0.5 * error(0.0)


def test_the_reconstruction_loss_is_that_of_the_teachers_posterior_samples():
    torch.manual_seed(0)
    vae = build("pyramid", (1, 8, 8), 3, **PYRAMID, variational=True)
    generator = build("generator", (1, 8, 8), 5, **PYRAMID)
    trainer = GANTrainer(generator, (1, 8, 8), 5, vae)
    images, rng = torch.rand(6, 1, 8, 8), torch.Generator().manual_seed(4)
    mean, log_var = vae.encode(images)
    noise = torch.randn(6, 3, generator=torch.Generator().manual_seed(4))
    codes = torch.cat([mean + (log_var / 2).exp() * noise, torch.zeros(6, 2)], dim=1)
    expected = (generator.decode(codes) - images).square().mean()
    torch.testing.assert_close(trainer.reconstruction_loss(images, rng), expected)
    assert not any(p.requires_grad for p in trainer.teacher.parameters())


def test_a_reconstruction_weight_needs_a_model_to_start_from(family_card):
    with pytest.raises(InvalidCardError, match=r"'reconstruction_weight' needs.*'init_from'"):
        train(family_card(GENERATOR, objective="r3gan", reconstruction_weight=1.0), IMAGES)
