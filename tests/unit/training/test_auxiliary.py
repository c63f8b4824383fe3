"""The perceptual loss and the frozen feature branch."""

from __future__ import annotations

import pytest
import torch

from latent_core.architectures.pyramid import PyramidAutoencoder
from latent_core.errors import InvalidCardError
from latent_core.training.auxiliary import AuxiliaryLosses, feature_maps
from latent_core.training.losses import Batch, reparameterize, sigma_vae
from latent_core.training.weights import build_network

OPTIONS = {"widths": (4, 8), "hidden": 16, "variational": True}


def test_the_perceptual_loss_is_the_mean_gaussian_nll_of_the_feature_maps(mark_classifier):
    torch.manual_seed(0)
    net = PyramidAutoencoder((1, 8, 8), 3, **OPTIONS)
    wrapped = AuxiliaryLosses(net, 3, 1)
    wrapped.set_perceptual_net(build_network(mark_classifier, 0))
    images = torch.rand(16, 1, 8, 8, generator=torch.Generator().manual_seed(0))

    def loss(weight):
        rng = torch.Generator().manual_seed(5)
        labels = torch.zeros(16, 1, dtype=torch.long)
        batch = Batch(images=images, labels=labels, rng=rng, perceptual_weight=weight)
        return sigma_vae(wrapped, batch)

    decoded = net.decode(reparameterize(net, images, torch.Generator().manual_seed(5))[0])
    pairs = zip(
        feature_maps(wrapped.perceptual_net, decoded),
        feature_maps(wrapped.perceptual_net, images),
        strict=True,
    )
    likelihoods = [0.5 * torch.log((one - other).square().mean()) for one, other in pairs]
    added = 0.3 * sum(likelihoods) / len(likelihoods)
    torch.testing.assert_close(loss(0.3) - loss(0.0), added, rtol=1e-4, atol=1e-5)
    loss(0.3).backward()
    assert any(parameter.grad.any() for parameter in net.decoder.parameters())
    assert all(parameter.grad is None for parameter in wrapped.perceptual_net.parameters())


def test_feature_maps_are_the_last_of_each_resolution_the_features_and_the_logits(mark_classifier):
    net = build_network(mark_classifier, 0).eval()
    images = torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    maps = feature_maps(net, images)
    shapes = [tuple(each.shape[1:]) for each in maps]
    assert shapes == [(4, 8, 8), (8, 4, 4), (8, 2, 2), (4,), (1,)]
    torch.testing.assert_close(maps[-2], net.encode(images)[0])
    torch.testing.assert_close(maps[-1], net.scores(images))


def test_frozen_features_are_zero_until_loaded_from_a_classifier(mark_classifier):
    features = {"levels": [4, 8], "features": 4}
    torch.manual_seed(1)
    net = PyramidAutoencoder((1, 8, 8), 3, frozen_features=features, **OPTIONS)
    images = torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(net.encoder(images), net.encoder.encoder(images))
    classifier = build_network(mark_classifier, 0)
    wrapped = AuxiliaryLosses(net, 3, 1)
    torch.nn.init.ones_(net.encoder.projection.weight)
    torch.testing.assert_close(net.encoder(images), net.encoder.encoder(images))
    wrapped.set_perceptual_net(classifier)
    wrapped.train()
    assert not net.encoder.features.training
    added = classifier.encode(images)[0].relu().sum(dim=1, keepdim=True).expand(-1, 6)
    torch.testing.assert_close(net.encoder(images), net.encoder.encoder(images) + added)


def test_a_classifier_with_other_layers_is_refused(mark_classifier):
    features = {"levels": [4, 16], "features": 4}
    net = PyramidAutoencoder((1, 8, 8), 3, frozen_features=features, **OPTIONS)
    with pytest.raises(InvalidCardError, match=r"'frozen_features'.*copy its 'levels'"):
        AuxiliaryLosses(net, 3, 1).set_perceptual_net(build_network(mark_classifier, 0))
