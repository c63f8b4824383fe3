from __future__ import annotations

import numpy as np

import latent_core as lc
from datagen.furniture.factors import CHAIR, DESK, KINDS, sample_furniture_factors


def test_only_chairs_have_backs_and_only_desks_have_drawers():
    sampled = sample_furniture_factors(5000, 1)
    assert (np.bincount(sampled["kind"].astype(int)) > 1000).all()
    assert ((sampled["back_height"] > 0) == (sampled["kind"] == CHAIR)).all()
    assert set(sampled["drawers"][sampled["kind"] == DESK]) == {0, 1, 2, 3, 4}
    assert sampled["drawers"][sampled["kind"] != DESK].max() == 0


def test_shipped_class_names_are_the_kinds():
    names = [kind.capitalize() for kind in KINDS]
    np.testing.assert_array_equal(lc.load_dataset("furniture").class_names, names)
