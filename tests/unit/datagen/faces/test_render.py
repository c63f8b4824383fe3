from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from datagen.faces.factors import FACE_FACTORS
from datagen.faces.render import render_face
from tests.unit.datagen.images import FACE, psnr_db

REQUIRED = {  # factors without which another factor has no effect
    "glasses_shape": {"glasses": 1.0},
    "glasses_tone": {"glasses": 1.0},
    "hair_parting": {"hair_length": 0.7},
    "hair_sweep": {"hair_length": 0.6},
}


def test_mirrored_pose_and_light_give_the_mirrored_image():
    bald = FACE | {"baldness": 1.0, "pitch": 6.0}
    left = bald | {"yaw": 35.0, "roll": 5.0, "light_azimuth": 50.0}
    right = bald | {"yaw": -35.0, "roll": -5.0, "light_azimuth": -50.0}
    image, mirrored = render_face(left), render_face(right)[..., ::-1]
    assert psnr_db(image, mirrored) > 28
    assert psnr_db(image, mirrored[..., ::-1]) < 20


@pytest.mark.parametrize("name", FACE_FACTORS)
def test_every_factor_changes_the_image(name):
    factor, face = FACE_FACTORS[name], FACE | REQUIRED.get(name, {})
    # hues are periodic, so their ends are the same color
    high = factor.low + (factor.high - factor.low) * (0.5 if "hue" in name else 1)
    a, b = (render_face(face | {name: value}).astype(int) for value in (factor.low, high))
    assert (np.abs(a - b).max(0) > 10).sum() >= 10


def test_the_darkest_skin_keeps_brightness_and_contrast():
    dark = FACE | {"skin_tone": 1.0, "african": 1.0, "caucasian": 0.0, "asian": 0.0}
    for azimuth in (-80.0, 0.0, 80.0):
        face = render_face(dark | {"light_azimuth": azimuth})[:, 26:46, 24:40]
        assert face.mean() > 45
        assert face.std() > 12


def test_heads_lie_inside_the_image():
    images = lc.load_dataset("faces").images.astype(np.int16)
    background = images[:, :, :1, [0, 1, 62, 63]].mean((2, 3))[:, :, None]
    above_shoulders = slice(0, 44)
    for edge in (
        images[:, :, 0],
        images[:, :, above_shoulders, 0],
        images[:, :, above_shoulders, 63],
    ):
        touched = (np.abs(edge - background).max(1) > 40).sum(1) > 1
        assert touched.mean() < 0.01
