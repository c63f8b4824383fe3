"""The generator: latents whitened by a VAE's codes."""

from __future__ import annotations

import torch

from latent_core.architectures import build
from tests.unit.training.conftest import PYRAMID


def test_whitened_latents_decode_to_the_images_of_the_vaes_codes():
    torch.manual_seed(0)
    net = build("generator", (1, 8, 8), 5, **PYRAMID, whitened_latents=True)
    codes = torch.randn(500, 3) @ torch.randn(3, 3) + torch.tensor([2.0, 0.0, -1.0])
    before = net.decode(torch.nn.functional.pad(codes, (0, 2)))
    net.whiten_latents(codes)
    whitened = net.whiten(codes)
    torch.testing.assert_close(net.decode(whitened), before, atol=1e-4, rtol=0)
    torch.testing.assert_close(whitened.mean(dim=0), torch.zeros(5), atol=1e-4, rtol=0)
    expected = torch.diag(torch.tensor([1.0, 1.0, 1.0, 0.0, 0.0]))
    torch.testing.assert_close(torch.cov(whitened.T), expected, atol=1e-3, rtol=0)
