from __future__ import annotations

import numpy as np
from sklearn import decomposition

from latent_core.projection import PCA, project
from tests.unit.projection.data import CODES, clusters


def test_pca_equals_scikit_learn() -> None:
    expected = decomposition.PCA(2).fit(CODES)
    projection = project(CODES, PCA())
    np.testing.assert_allclose(projection.points, expected.transform(CODES), atol=1e-4)
    new = clusters(seed=5)
    np.testing.assert_allclose(projection.transform(new), expected.transform(new), atol=1e-4)
