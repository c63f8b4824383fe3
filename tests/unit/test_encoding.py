from __future__ import annotations

import numpy as np

from latent_core.encoding import round_trip_distance


def test_round_trip_distance_of_an_exact_inverse_is_zero(four_model):
    inside = four_model.encode(np.full((3, 1, 2, 2), 0.5, np.float32)).mean
    assert round_trip_distance(four_model, inside).max() < 1e-6
    outside = inside + 5  # its pixels are clipped to [0, 1]
    assert round_trip_distance(four_model, outside).min() > 1
