"""Augmentation against SciPy, and its identity."""

from __future__ import annotations

import numpy as np
import torch

from latent_core.training.augmentation import gaussian_blur, random_affine


def test_each_image_is_blurred_with_its_own_standard_deviation():
    from scipy.ndimage import gaussian_filter

    images = torch.rand(3, 2, 12, 10, generator=torch.Generator().manual_seed(0))
    sigmas = torch.tensor([0.0, 0.5, 0.9])
    blurred = gaussian_blur(images, sigmas).numpy()
    np.testing.assert_allclose(blurred[0], images[0], atol=1e-6)
    for one, image, sigma in zip(blurred[1:], images[1:], sigmas[1:], strict=True):
        expected = [
            gaussian_filter(channel, float(sigma), mode="nearest", radius=3)
            for channel in image.numpy()
        ]
        np.testing.assert_allclose(one, expected, atol=1e-5)


def test_affine_with_strength_zero_is_the_identity_and_otherwise_keeps_the_center():
    images = torch.zeros(3, 1, 9, 9)
    images[:, 0, 4, 4] = 1
    images[:, 0, 4, :] += 0.5
    identity = random_affine(images, torch.Generator().manual_seed(0), 0.0)
    torch.testing.assert_close(identity, images, atol=1e-5, rtol=0)
    transformed = random_affine(images, torch.Generator().manual_seed(0), 1.0)
    assert (transformed[:, 0].flatten(1).argmax(1) == 40).all()
    assert not torch.allclose(transformed[0], transformed[1], atol=0.02), "one draw per image"
