from __future__ import annotations

import numpy as np
import pytest
from sklearn import manifold

from latent_core.projection import LLE, project
from tests.unit.projection.data import swiss_roll


@pytest.mark.parametrize("count", [150, 350])
def test_lle_equals_scikit_learn_up_to_scale_and_sign(count: int) -> None:
    codes = swiss_roll(count)
    expected = manifold.LocallyLinearEmbedding(n_neighbors=12, random_state=0).fit(codes)
    points = project(codes, LLE(n_neighbors=12)).points
    for axis in range(2):
        correlation = np.corrcoef(points[:, axis], expected.embedding_[:, axis])[0, 1]
        assert abs(correlation) > 0.999
