from __future__ import annotations

import numpy as np

from datagen.faces.factors import ADULT_AGE_YEARS, sample_face_factors


def test_children_and_women_have_no_beard_and_gray_hair_comes_with_age():
    sampled = sample_face_factors(5000, 1)
    beardless = (sampled["age"] < ADULT_AGE_YEARS) | (sampled["sex"] < 0.5)
    for name in ("beard", "moustache", "baldness"):
        assert sampled[name][beardless].max() == 0
        assert sampled[name].max() > 0.9
    assert sampled["greyness"][sampled["age"] < 40].max() == 0
    assert sampled["greyness"][sampled["age"] > 70].mean() > 0.4


def test_the_weights_of_the_ancestries_sum_to_one():
    sampled = sample_face_factors(5000, 1)
    total = sampled["african"] + sampled["asian"] + sampled["caucasian"]
    np.testing.assert_allclose(total, 1, atol=0.002)
