from __future__ import annotations

import numpy as np
import pytest

from datagen.factor_table import factors_at
from datagen.furniture.factors import KINDS, sample_furniture_factors
from datagen.furniture.model import build_mesh


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)
def test_the_mesh_stands_on_the_floor_and_has_the_height_of_its_factors(kind):
    sampled = sample_furniture_factors(60, 2)
    index = int(np.flatnonzero(sampled["kind"] == kind)[0])
    piece = factors_at(sampled, index) | {"back_tilt": 0.0, "leg_splay": 0.0}
    mesh = build_mesh(piece)
    assert mesh.positions[:, 1].min() == pytest.approx(0, abs=1e-4)
    height = piece["height"] + piece["back_height"]
    assert mesh.positions[:, 1].max() == pytest.approx(height, rel=1e-4)
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1, rtol=1e-4)
    assert mesh.triangles.max() == len(mesh.positions) - 1
