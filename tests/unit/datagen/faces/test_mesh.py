from __future__ import annotations

import numpy as np
import pytest

from datagen.faces.mesh import base_mesh, head_positions, target_weights
from datagen.faces.morph_targets import ANCESTRIES
from tests.unit.datagen.images import FACE


@pytest.mark.parametrize("name", ["african", "caucasian"])
@pytest.mark.parametrize("age", [5.0, 30.0, 85.0])
def test_heads_are_mirror_symmetric(name, age):
    ancestry = dict.fromkeys(ANCESTRIES, 0.0) | {name: 1.0}
    positions = head_positions(FACE | ancestry | {"age": age, "smile": 1.0})
    head = positions[positions[:, 1] > 6.2]
    mirrored = head * np.array([-1, 1, 1])
    distances = np.abs(mirrored[:, None] - head[None, ::1]).sum(2).min(1)
    assert np.quantile(distances, 0.99) < 0.02


def test_the_weights_of_the_basic_shapes_sum_to_one():
    weights = target_weights(FACE)
    basic = [w for name, w in weights.items() if name.split("-")[1:2] in (["female"], ["male"])]
    assert sum(basic) == pytest.approx(1)
    assert set(weights) <= set(base_mesh().target_rows)
