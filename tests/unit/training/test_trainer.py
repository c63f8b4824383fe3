"""Training runs: reproducible, resumable, in stages, and with auxiliary losses."""

from __future__ import annotations

import dataclasses
from collections import Counter

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

import latent_core as lc
from latent_core import card_files
from latent_core.errors import CancelledError, InvalidCardError
from latent_core.models import card_reader
from latent_core.models.card_reader import read_model_card
from latent_core.training.trainer import train
from tests.unit.training.conftest import GENERATOR, IMAGES, PYRAMID, VAE, marked_images

MARK = {"mark": 0.5}


@pytest.fixture
def reads(monkeypatch) -> Counter:
    """How often each model's card is read, by id, but for the update of its weights entry."""
    count: Counter = Counter()

    def counting(path):
        count[path.parent.name] += 1
        return card_files.read_card(path)

    monkeypatch.setattr(card_reader, "read_card", counting)
    return count


@pytest.mark.parametrize("objective", ["mse", "sigma-vae"])
def test_the_loss_decreases_and_the_model_loads(autoencoder_card, objective):
    losses = train(autoencoder_card(objective, epochs=25), IMAGES)
    assert losses[-1] < losses[0]
    model = lc.load_model(objective)
    images = IMAGES[:5].astype(np.float32) / 255
    assert model.decode(model.encode(images).mean).shape == images.shape


def test_the_same_seed_gives_the_same_weights(autoencoder_card):
    card = autoencoder_card("sigma-vae")
    train(card, IMAGES)
    first = read_model_card(card.id).weights_sha256
    train(card, IMAGES)
    assert read_model_card(card.id).weights_sha256 == first
    train(autoencoder_card("sigma-vae", seed=1), IMAGES)
    assert read_model_card(card.id).weights_sha256 != first


def test_a_resumed_training_gives_the_same_weights(autoencoder_card, tmp_path):
    card = autoencoder_card("sigma-vae")
    train(card, IMAGES)
    uninterrupted = read_model_card(card.id).weights_sha256

    def stop(fraction, message):
        if fraction > 0.6:
            raise CancelledError("stopped")

    checkpoint = tmp_path / "checkpoint.safetensors"
    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=checkpoint, progress=stop)
    assert checkpoint.is_file()
    assert len(train(card, IMAGES, checkpoint=checkpoint)) == 3
    assert read_model_card(card.id).weights_sha256 == uninterrupted
    assert not checkpoint.exists()


def test_a_second_stage_continues_from_the_first_and_is_resumed(autoencoder_card, tmp_path):
    first = autoencoder_card("sigma-vae", epochs=2)
    train(first, IMAGES)
    one_stage = read_model_card(first.id).weights_sha256
    card = autoencoder_card("sigma-vae", epochs=2, stages=[{"epochs": 3, "seed": 1}])
    fractions = []
    losses = train(card, IMAGES, progress=lambda fraction, message: fractions.append(fraction))
    assert len(losses) == 5
    assert fractions == sorted(fractions), "one progress over both stages"
    assert fractions[-1] == pytest.approx(1)
    uninterrupted = read_model_card(card.id).weights_sha256
    assert uninterrupted != one_stage

    def stop(fraction, message):
        if "2 of 3" in message:
            raise CancelledError("stopped")

    checkpoint = tmp_path / "checkpoint.safetensors"
    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=checkpoint, progress=stop)
    assert len(train(card, IMAGES, checkpoint=checkpoint)) == 2
    assert read_model_card(card.id).weights_sha256 == uninterrupted


def test_an_attribute_loss_keeps_what_changes_few_pixels_in_the_code(autoencoder_card):
    images, labels = marked_images()
    has_mark = labels[:, 0]

    def probe_accuracy(**training):
        card = autoencoder_card("sigma-vae", attribute_thresholds=MARK, epochs=30, **training)
        train(card, images, labels)
        codes = lc.load_model(card.id).encode(images.astype(np.float32) / 255).mean
        probe = LogisticRegression().fit(codes[:200], has_mark[:200])
        return probe.score(codes[200:], has_mark[200:])

    assert probe_accuracy(stages=[{"attribute_weight": 50.0, "epochs": 60}]) > 0.9
    assert probe_accuracy(stages=[{"seed": 1, "epochs": 60}]) < 0.8


def test_a_perceptual_loss_is_used_in_the_stage_that_has_it(autoencoder_card, mark_classifier):
    images, labels = marked_images()
    fields = {"attribute_thresholds": MARK, "epochs": 2}
    perceptual = {"perceptual_weight": 0.5, "perceptual_classifier": mark_classifier.id}
    plain = autoencoder_card("sigma-vae", **fields, stages=[{"seed": 7}])
    plain_losses = train(plain, images, labels)
    card = autoencoder_card("sigma-vae", **fields, stages=[{"seed": 7} | perceptual])
    losses = train(card, images, labels)
    assert plain_losses[:2] == losses[:2], "the first stage has no perceptual loss"
    assert abs(plain_losses[2] - losses[2]) > 0.05


def perceptual_card(autoencoder_card, classifier, **thresholds):
    return autoencoder_card(
        "sigma-vae",
        epochs=1,
        attribute_thresholds=thresholds or MARK,
        perceptual_weight=1.0,
        perceptual_classifier=classifier.id,
    )


def test_the_training_of_a_perceptual_classifier_is_resumed_too(
    autoencoder_card, mark_classifier, tmp_path
):
    images, labels = marked_images()
    card = perceptual_card(autoencoder_card, mark_classifier)
    fractions, messages = [], []
    train(card, images, labels, progress=lambda fraction, message: fractions.append(fraction))
    assert fractions == sorted(fractions), "one progress over classifier and stages"
    assert fractions[-1] == pytest.approx(1)
    uninterrupted = read_model_card(card.id).weights_sha256
    checkpoint = tmp_path / "checkpoint.safetensors"

    def stop(fraction, message):
        if "7 of 12" in message:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        train(card, images, labels, checkpoint=checkpoint, progress=stop)
    train(
        card,
        images,
        labels,
        checkpoint=checkpoint,
        progress=lambda fraction, message: messages.append(message),
    )
    assert messages[0].startswith("epoch 7 of 12")
    assert read_model_card(card.id).weights_sha256 == uninterrupted
    assert not list(tmp_path.glob("checkpoint*"))


def test_a_perceptual_classifier_with_other_attributes_is_refused(
    autoencoder_card, mark_classifier
):
    images, labels = marked_images()
    card = perceptual_card(autoencoder_card, mark_classifier, other=0.5)
    with pytest.raises(InvalidCardError, match="same 'attribute_thresholds'"):
        train(card, images, labels)


def test_a_run_reads_no_card_twice(autoencoder_card, family_card, mark_classifier, reads):
    images, labels = marked_images()
    perceptual = perceptual_card(autoencoder_card, mark_classifier)
    vae = family_card(VAE, objective="sigma-vae")
    train(vae, IMAGES)
    fields = GENERATOR | {
        "architecture": {"name": "generator", **PYRAMID, "whitened_latents": True}
    }
    gan = family_card(fields, objective="r3gan", init_from="vae", reconstruction_weight=1.0)
    reads.clear()
    train(perceptual, images, labels)
    assert reads == {mark_classifier.id: 1}
    reads.clear()
    train(gan, IMAGES)
    assert reads == {"vae": 1}


def test_frozen_features_without_their_number_are_refused(autoencoder_card):
    card = autoencoder_card("sigma-vae")
    options = {"name": "pyramid", "widths": [4, 8], "frozen_features": {"levels": [4, 8]}}
    with pytest.raises(InvalidCardError, match="does not take these options"):
        train(dataclasses.replace(card, architecture=options), IMAGES)


def test_images_of_another_shape_are_refused(autoencoder_card):
    with pytest.raises(InvalidCardError, match=r"\(1, 8, 8\).*these are \(1, 4, 8\)"):
        train(autoencoder_card("mse"), IMAGES[:, :, :4])
