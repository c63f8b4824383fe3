from __future__ import annotations

import numpy as np
from sklearn import manifold

from latent_core.projection import Isomap, project
from tests.unit.projection.data import extent, swiss_roll


def test_isomap_without_landmarks_equals_scikit_learn() -> None:
    codes = swiss_roll()
    expected = manifold.Isomap(n_neighbors=8).fit(codes)
    projection = project(codes, Isomap(n_neighbors=8))
    new = codes[:20] + np.float32(0.1)
    for points, expected_points in (
        (projection.points, expected.embedding_),
        (projection.transform(new), expected.transform(new)),
    ):
        tolerance = extent(projection) * 1e-3
        np.testing.assert_allclose(np.abs(points), np.abs(expected_points), atol=tolerance)
