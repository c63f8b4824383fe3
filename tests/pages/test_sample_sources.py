"""Samples and codes to start from."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from ui.sample_sources import random_item
from ui.spaces import compute_space


@pytest.mark.parametrize(("family", "std"), [("vae", 1.0), ("gan", 1.0), ("ae", 3.0)])
def test_a_random_code_is_a_sample_from_the_prior_where_there_is_one(family, std):
    space = compute_space("digits-vae-16", "digits", lambda _share, _words: None)
    codes = np.random.default_rng(0).normal(0, 3, space.encodings.mean.shape)
    card = replace(space.model.card, family=family)
    stretched = replace(
        space,
        model=SimpleNamespace(card=card, decode=space.model.decode),
        encodings=replace(space.encodings, mean=codes.astype(np.float32)),
    )
    drawn = np.stack([random_item(stretched, seed).code for seed in range(40)])
    assert drawn.std() == pytest.approx(std, rel=0.1)
