"""The scale of activations at initialization."""

from __future__ import annotations

import torch

from latent_core.architectures import build


def test_codes_and_logits_of_a_deep_network_have_unit_scale_at_initialization():
    torch.manual_seed(0)
    net = build("pyramid", (3, 64, 64), 32, widths=(8, 16, 24, 32), hidden=64)
    images = torch.rand(64, 3, 64, 64) * 2 - 1
    codes, _ = net.encode(images)
    assert 0.2 < codes.std(dim=0).mean() < 5, "codes differ between images"
    logits = net.decoder[:-2](torch.randn(64, 32))
    assert 0.2 < logits.std(dim=0).mean() < 5
