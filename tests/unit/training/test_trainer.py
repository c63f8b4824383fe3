from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

import latent_core as lc
from latent_core.architectures.pyramid import PyramidAutoencoder
from latent_core.errors import CancelledError, InvalidCardError, UnknownNameError
from latent_core.models.card import ModelCard
from latent_core.models.card_reader import read_model_card
from latent_core.training.augmentation import gaussian_blur, random_affine
from latent_core.training.auxiliary import AuxiliaryLosses, feature_maps
from latent_core.training.config import stages_from_card
from latent_core.training.losses import Batch, reparameterize, sigma_vae
from latent_core.training.trainer import train
from latent_core.training.weights import build_network
from tests.conftest import CARD

IMAGES = np.zeros((64, 1, 8, 8), np.uint8)
for row, image in enumerate(IMAGES):
    image[0, row % 8] = 255
    image[0, :, row // 8] = 200


@pytest.fixture
def card_for(four):
    def make(objective: str, **training) -> ModelCard:
        folder = four / "models" / objective
        folder.mkdir(exist_ok=True)
        conv = {"name": "conv", "width": 8, "hidden": 32, "variational": objective != "mse"}
        made = CARD | {
            "family": "ae",
            "image_shape": [1, 8, 8],
            "latent_dim": 3,
            "architecture": {"name": "linear"} if objective == "pca" else conv,
            "weights": {"sha256": ""},
            "training": {
                "objective": objective,
                "seed": 0,
                "epochs": 6,
                "batch_size": 16,
                "learning_rate": 0.01,
            }
            | training,
        }
        (folder / "card.json").write_text(json.dumps(made))
        return read_model_card(objective)

    return make


@pytest.mark.parametrize("objective", ["mse", "sigma-vae"])
def test_the_loss_falls_and_the_model_loads(card_for, objective):
    losses = train(card_for(objective, epochs=25), IMAGES)
    assert losses[-1] < losses[0]
    model = lc.load_model(objective)
    images = IMAGES[:5].astype(np.float32) / 255
    assert model.decode(model.encode(images).mean).shape == images.shape


def test_each_picture_is_blurred_by_its_own_deviation():
    from scipy.ndimage import gaussian_filter

    images = torch.rand(3, 2, 12, 10, generator=torch.Generator().manual_seed(0))
    spread = torch.tensor([0.0, 0.5, 0.9])
    made = gaussian_blur(images, spread).numpy()
    np.testing.assert_allclose(made[0], images[0], atol=1e-6)
    for one, image, sigma in zip(made[1:], images[1:], spread[1:], strict=True):
        wanted = [gaussian_filter(c, float(sigma), mode="nearest", radius=3) for c in image.numpy()]
        np.testing.assert_allclose(one, wanted, atol=1e-5)


def test_the_same_seed_gives_the_same_weights(card_for):
    card = card_for("sigma-vae")
    train(card, IMAGES)
    first = read_model_card(card.id).weights_sha256
    train(card, IMAGES)
    assert read_model_card(card.id).weights_sha256 == first
    train(card_for("sigma-vae", seed=1), IMAGES)
    assert read_model_card(card.id).weights_sha256 != first


def test_a_resumed_training_ends_where_an_uninterrupted_one_does(card_for, tmp_path):
    card = card_for("sigma-vae")
    train(card, IMAGES)
    whole = read_model_card(card.id).weights_sha256

    def stop(fraction, words):
        if fraction > 0.6:
            raise CancelledError("stopped")

    state = tmp_path / "state.safetensors"
    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=state, progress=stop)
    assert state.is_file()
    assert len(train(card, IMAGES, checkpoint=state)) == 3
    assert read_model_card(card.id).weights_sha256 == whole
    assert not state.exists()


def test_a_second_round_goes_on_from_the_first_and_is_resumed_in_its_place(card_for, tmp_path):
    first = card_for("sigma-vae", epochs=2)
    train(first, IMAGES)
    alone = read_model_card(first.id).weights_sha256
    card = card_for("sigma-vae", epochs=2, then=[{"epochs": 3, "seed": 1}])
    told = []
    assert len(train(card, IMAGES, progress=lambda fraction, words: told.append(fraction))) == 5
    assert told == sorted(told), "one bar for both rounds"
    assert told[-1] == pytest.approx(1)
    whole = read_model_card(card.id).weights_sha256
    assert whole != alone

    def stop(fraction, words):
        if "2 of 3" in words:
            raise CancelledError("stopped")

    state = tmp_path / "state.safetensors"
    with pytest.raises(CancelledError):
        train(card, IMAGES, checkpoint=state, progress=stop)
    assert len(train(card, IMAGES, checkpoint=state)) == 2
    assert read_model_card(card.id).weights_sha256 == whole


def test_a_code_that_is_asked_keeps_what_hardly_changes_a_pixel(card_for):
    images, answer = _marked()
    truth = answer[:, 0]
    asked = {"questions": {"mark": 0.5}, "epochs": 30}

    def read(**training):
        card = card_for("sigma-vae", **asked, **training)
        train(card, images, answer)
        codes = lc.load_model(card.id).encode(images.astype(np.float32) / 255).mean
        return LogisticRegression().fit(codes[:200], truth[:200]).score(codes[200:], truth[200:])

    assert read(then=[{"ask": 50.0}]) > 0.9
    assert read(then=[{"seed": 1}]) < 0.8


def _marked() -> tuple[np.ndarray, np.ndarray]:
    """Pictures of which every other has a faint dot, and whether it has."""
    answer = np.random.default_rng(0).integers(0, 2, 256)
    images = np.repeat(IMAGES, 4, axis=0) // 2
    images[answer == 1, 0, 4, 4] += 40
    return images, answer[:, None]


@pytest.fixture
def reader(four):
    """The card of a classifier that is asked for the dot."""
    folder = four / "models" / "reader"
    folder.mkdir()
    recipe = {"objective": "cross-entropy", "seed": 0, "epochs": 12, "batch_size": 16}
    made = CARD | {
        "family": "classifier",
        "image_shape": [1, 8, 8],
        "latent_dim": 4,
        "architecture": {"name": "classifier", "classes": 1, "levels": [4, 8]},
        "weights": {"sha256": ""},
        "training": recipe | {"learning_rate": 0.01, "questions": {"mark": 0.5}},
    }
    (folder / "card.json").write_text(json.dumps(made))
    return read_model_card("reader")


def test_what_a_reader_sees_is_weighed_as_a_likelihood_of_its_own(reader):
    torch.manual_seed(0)
    net = PyramidAutoencoder((1, 8, 8), 3, widths=(4, 8), hidden=16, variational=True)
    tutored = AuxiliaryLosses(net, 3, 1)
    tutored.set_perceptual_net(build_network(reader, 0))
    images = torch.rand(16, 1, 8, 8, generator=torch.Generator().manual_seed(0))

    def loss(look):
        rng = torch.Generator().manual_seed(5)
        labels = torch.zeros(16, 1, dtype=torch.long)
        return sigma_vae(
            tutored, Batch(images=images, labels=labels, rng=rng, perceptual_weight=look)
        )

    decoded = net.decode(reparameterize(net, images, torch.Generator().manual_seed(5))[0])
    pairs = zip(
        feature_maps(tutored.perceptual_net, decoded),
        feature_maps(tutored.perceptual_net, images),
        strict=True,
    )
    likelihoods = [0.5 * torch.log((mine - true).square().mean()) for mine, true in pairs]
    added = 0.3 * sum(likelihoods) / len(likelihoods)
    torch.testing.assert_close(loss(0.3) - loss(0.0), added, rtol=1e-4, atol=1e-5)
    loss(0.3).backward()
    assert any(each.grad.any() for each in net.decoder.parameters())
    assert all(each.grad is None for each in tutored.perceptual_net.parameters())


def test_a_training_looks_where_its_recipe_says_so(card_for, reader):
    images, answer = _marked()
    asked = {"questions": {"mark": 0.5}, "epochs": 2}
    seen = {"look": 0.5, "reader": "reader"}
    plain = train(card_for("sigma-vae", **asked, then=[{"seed": 7}]), images, answer)
    looked = train(card_for("sigma-vae", **asked, then=[{"seed": 7} | seen]), images, answer)
    assert plain[:2] == looked[:2], "the first round has no reader yet"
    assert abs(plain[2] - looked[2]) > 0.05


def test_an_interrupted_reader_goes_on_as_well(card_for, reader, tmp_path):
    images, answer = _marked()
    card = card_for("sigma-vae", epochs=1, questions={"mark": 0.5}, look=1.0, reader="reader")
    told = []
    train(card, images, answer, progress=lambda fraction, words: told.append(fraction))
    assert told == sorted(told), "one bar for reader and rounds"
    assert told[-1] == pytest.approx(1)
    whole = read_model_card(card.id).weights_sha256
    state = tmp_path / "state.safetensors"

    def stop(fraction, words):
        if "7 of 12" in words:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        train(card, images, answer, checkpoint=state, progress=stop)
    told.clear()
    train(card, images, answer, checkpoint=state, progress=lambda _, words: told.append(words))
    assert told[0].startswith("epoch 7 of 12")
    assert read_model_card(card.id).weights_sha256 == whole
    assert not list(tmp_path.glob("state*"))


def test_a_reader_sees_one_layer_of_each_size_features_and_scores(reader):
    net = build_network(reader, 0).eval()
    images = torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    seen = feature_maps(net, images)
    shapes = [tuple(each.shape[1:]) for each in seen]
    assert shapes == [(4, 8, 8), (8, 4, 4), (8, 2, 2), (4,), (1,)]
    torch.testing.assert_close(seen[-2], net.encode(images)[0])
    torch.testing.assert_close(seen[-1], net.scores(images))


def test_eyes_are_closed_until_a_reader_opens_them(reader):
    options = {"widths": (4, 8), "hidden": 16, "variational": True}
    eyes = {"levels": [4, 8], "features": 4}
    torch.manual_seed(1)
    net = PyramidAutoencoder((1, 8, 8), 3, frozen_features=eyes, **options)
    images = torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(net.encoder(images), net.encoder.encoder(images))
    taught = build_network(reader, 0)
    tutored = AuxiliaryLosses(net, 3, 1)
    torch.nn.init.ones_(net.encoder.projection.weight)
    torch.testing.assert_close(net.encoder(images), net.encoder.encoder(images))
    tutored.set_perceptual_net(taught)
    tutored.train()
    assert not net.encoder.eyes.training
    added = taught.encode(images)[0].relu().sum(dim=1, keepdim=True).expand(-1, 6)
    torch.testing.assert_close(net.encoder(images), net.encoder.encoder(images) + added)
    other = PyramidAutoencoder((1, 8, 8), 3, frozen_features=eyes | {"levels": [4, 16]}, **options)
    with pytest.raises(InvalidCardError, match="eyes are not built"):
        AuxiliaryLosses(other, 3, 1).set_perceptual_net(taught)


def test_eyes_that_lack_a_number_are_told_in_a_sentence(card_for):
    card = card_for("sigma-vae")
    options = {"name": "pyramid", "widths": [4, 8], "frozen_features": {"levels": [4, 8]}}
    with pytest.raises(InvalidCardError, match="does not take these options"):
        train(dataclasses.replace(card, architecture=options), IMAGES)


def test_a_reader_of_other_questions_is_refused(card_for, reader):
    images, answer = _marked()
    card = card_for("sigma-vae", questions={"other": 0.5}, look=1.0, reader="reader")
    with pytest.raises(InvalidCardError, match="a classifier of its questions is needed"):
        train(card, images, answer)


def test_pca_is_that_of_scikit_learn(card_for):
    noise = np.random.default_rng(0).integers(0, 256, IMAGES.shape, np.uint8)
    train(card_for("pca"), noise)
    model = lc.load_model("pca")
    images = noise.astype(np.float32) / 255
    flat = images.reshape(64, -1)
    pca = PCA(3).fit(flat)
    expected = pca.inverse_transform(pca.transform(flat)).clip(0, 1)
    decoded = model.decode(model.encode(images).mean)
    np.testing.assert_allclose(decoded.reshape(64, -1), expected, atol=1e-3)  # half precision


def test_images_of_another_shape_are_refused(card_for):
    with pytest.raises(InvalidCardError, match="these are"):
        train(card_for("mse"), IMAGES[:, :, :4])


def test_a_wrong_recipe_is_told(card_for):
    with pytest.raises(UnknownNameError, match="Did you mean 'mse'"):
        stages_from_card(_recipe(card_for("mse"), objective="msee"))
    with pytest.raises(InvalidCardError, match="must be positive"):
        stages_from_card(_recipe(card_for("mse"), epochs=0))
    with pytest.raises(InvalidCardError, match="has no 'questions'"):
        stages_from_card(_recipe(card_for("sigma-vae"), then=[{"ask": 1.0}]))
    with pytest.raises(InvalidCardError, match="looked at under the objective"):
        stages_from_card(_recipe(card_for("mse"), ask=1.0))
    with pytest.raises(InvalidCardError, match="both or neither"):
        stages_from_card(_recipe(card_for("sigma-vae"), look=1.0))
    with pytest.raises(InvalidCardError, match="incomplete"):
        stages_from_card(_recipe(card_for("mse"), seed=None))


def _recipe(card, **changes):
    training = {k: v for k, v in (card.training | changes).items() if v is not None}
    return dataclasses.replace(card, training=training)


def test_a_warp_of_nothing_changes_nothing_and_a_real_one_keeps_the_middle():
    images = torch.zeros(3, 1, 9, 9)
    images[:, 0, 4, 4] = 1
    images[:, 0, 4, :] += 0.5
    still = random_affine(images, torch.Generator().manual_seed(0), 0.0)
    torch.testing.assert_close(still, images, atol=1e-5, rtol=0)
    turned = random_affine(images, torch.Generator().manual_seed(0), 1.0)
    assert (turned[:, 0].flatten(1).argmax(1) == 40).all()
    assert not torch.allclose(turned[0], turned[1], atol=0.02), "each picture has its own draw"
