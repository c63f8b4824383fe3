from __future__ import annotations

import numpy as np

from latent_core.projection.out_of_sample import barycentric_weights


def test_barycentric_weights_reconstruct_a_code_from_its_neighbors() -> None:
    corners = np.array([[0, 0], [4, 0], [0, 4]], np.float32)
    weights = barycentric_weights(corners, np.array([[1, 1]], np.float32), np.array([[0, 1, 2]]))
    np.testing.assert_allclose(weights, [[0.5, 0.25, 0.25]], atol=0.01)
