from __future__ import annotations

import numpy as np

from datagen.rendering.rasterizer import (
    NO_PRIMITIVE,
    Camera,
    empty_visibility_buffer,
    rasterize_triangles,
)


def test_the_target_is_projected_to_the_center_and_the_field_of_view_to_the_edges():
    camera = Camera.look_at([0, 0, 2], [0, 0, 0], fov_deg=90, size=8)
    points = np.array([[0, 0, 0], [2, 0, 0], [0, 2, 0]], np.float32)
    expected = [[4, 4, 0.5], [8, 4, 0.5], [4, 0, 0.5]]
    np.testing.assert_allclose(camera.project(points), expected, atol=1e-5)


def test_the_nearer_of_two_triangles_is_visible_whatever_their_order():
    screen = np.array(
        [[0, 0, 1], [9, 0, 1], [0, 9, 1], [0, 0, 2], [5, 0, 2], [0, 5, 2]], np.float32
    )
    for triangles, near_id in (([[0, 1, 2], [3, 4, 5]], 1), ([[3, 4, 5], [0, 1, 2]], 0)):
        buffer = empty_visibility_buffer(8)
        rasterize_triangles(screen, np.array(triangles, np.int32), 0, buffer)
        assert buffer.primitive_ids[1, 1] == near_id
        assert buffer.depth[1, 1] == 2
        assert buffer.primitive_ids[1, 6] == 1 - near_id
        assert buffer.primitive_ids[7, 7] == NO_PRIMITIVE
        np.testing.assert_allclose(buffer.coordinates[1, 1], 1.5 / 5, rtol=1e-5)
