"""Initialization from another model, PCA against scikit-learn, and saved weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

import latent_core as lc
from latent_core.architectures import build
from latent_core.errors import InvalidCardError
from latent_core.models.card_reader import read_model_card
from latent_core.training.trainer import train
from latent_core.training.weights import init_decoder_from, save_weights
from tests.unit.training.conftest import IMAGES, PYRAMID, VAE


def test_a_generator_starts_as_the_decoder_it_is_initialized_from(family_card):
    torch.manual_seed(0)
    vae = build("pyramid", (1, 8, 8), 3, **PYRAMID, variational=True)
    save_weights(family_card(VAE, objective="sigma-vae"), vae)
    net = build("generator", (1, 8, 8), 5, **PYRAMID)
    init_decoder_from(net, read_model_card("vae"))
    codes = torch.randn(6, 5) * torch.tensor([1, 1, 1, 0, 0])
    torch.testing.assert_close(net.decode(codes), vae.decode(codes[:, :3]), atol=2e-3, rtol=0)
    assert not torch.equal(net.decode(codes), net.decode(codes + torch.tensor([0, 0, 0, 1, 1])))
    with pytest.raises(InvalidCardError, match=r"'vae' has other layers.*'init_from'"):
        init_decoder_from(build("generator", (1, 8, 8), 5, width=8), read_model_card("vae"))


def test_pca_is_that_of_scikit_learn(autoencoder_card):
    noise = np.random.default_rng(0).integers(0, 256, IMAGES.shape, np.uint8)
    train(autoencoder_card("pca"), noise)
    model = lc.load_model("pca")
    images = noise.astype(np.float32) / 255
    flat = images.reshape(64, -1)
    pca = PCA(3).fit(flat)
    expected = pca.inverse_transform(pca.transform(flat)).clip(0, 1)
    decoded = model.decode(model.encode(images).mean)
    np.testing.assert_allclose(decoded.reshape(64, -1), expected, atol=1e-3)  # half precision
