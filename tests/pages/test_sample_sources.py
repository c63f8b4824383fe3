"""Samples to start from: of the prior, and of the mixture fitted to the codes."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from ui.sample_sources import sampled_item
from ui.spaces import compute_space

SPACE = compute_space("digits-vae-16", "digits", lambda _share, _words: None)


def drawn(sampler, count=200):
    return np.stack([sampled_item(SPACE, seed, sampler).code for seed in range(count)])


def test_samples_of_the_prior_are_standard_normal():
    codes = drawn("prior")
    assert codes.std() == pytest.approx(1, rel=0.05)
    assert codes.mean() == pytest.approx(0, abs=0.05)


def test_samples_of_the_mixture_are_nearer_to_the_data(tmp_path, monkeypatch):
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path))
    support = lc.support(SPACE.encodings)
    mixture, prior = (np.median(support.score(drawn(sampler))) for sampler in ("mixture", "prior"))
    assert mixture > prior, "a higher score is nearer"
