"""Images as ``data:`` URLs: exact pixels, and the sign of a difference."""

import base64
import io
import time

import numpy as np
import pytest
from PIL import Image

from latent_core.errors import InvalidInputError
from ui import images


def opened(url: str) -> Image.Image:
    kind, _, data = url.partition(";base64,")
    assert kind in ("data:image/png", "data:image/jpeg")
    return Image.open(io.BytesIO(base64.b64decode(data)))


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 5, 7), (1, 1, 1)])
def test_an_image_is_sent_without_loss(shape: tuple[int, int, int]) -> None:
    image = np.random.default_rng(0).random(shape, np.float32)
    pixels = np.asarray(opened(images.data_url(image)))
    expected = np.rint(image * 255).astype(np.uint8).transpose(1, 2, 0)
    np.testing.assert_array_equal(pixels.reshape(expected.shape), expected)


def test_pixels_outside_the_range_are_clipped_not_wrapped() -> None:
    image = np.array([[[-0.2, 1.3]]], np.float32)
    assert np.asarray(opened(images.data_url(image))).tolist() == [[0, 255]]


def test_a_digit_takes_less_than_half_a_millisecond() -> None:
    image = np.random.default_rng(0).random((1, 28, 28), np.float32)
    times_s = []
    for _ in range(50):
        start = time.perf_counter()
        images.data_url(image)
        times_s.append(time.perf_counter() - start)
    assert min(times_s) < 0.5e-3


@pytest.mark.parametrize("channels", [1, 3])
def test_an_effect_map_is_orange_at_its_maximum_and_weak_maps_stay_dim(channels: int) -> None:
    effect_maps = np.zeros((3, 10, 10), np.float32)
    effect_maps[:, :5] = np.array([4.0, 2.0, 0.1])[:, None, None]
    background = np.full((channels, 10, 10), 0.5, np.float32)
    strong, half, weak = (
        np.asarray(opened(u)) for u in images.effect_map_urls(background, effect_maps)
    )
    assert (strong[0, 0] == images.ADDED).all()
    assert (half[0, 0] == images.ADDED).all()
    assert (strong[9, 9] == 55).all()
    np.testing.assert_allclose(weak[0, 0], 0.75 * 55 + 0.25 * images.ADDED, atol=1)


def test_a_difference_is_transparent_at_zero_blue_below_and_orange_above() -> None:
    original = np.array([[[0.5, 0.5, 0.5, 1.0]]], np.float32)
    decoded = np.array([[[0.5, 0.25, 0.75, 0.0]]], np.float32)
    same, missing, added, most = np.asarray(opened(images.difference_url(original, decoded)))[0]
    assert same[3] == 0
    assert (tuple(missing[:3]), missing[3]) == (tuple(images.MISSING), 128)
    assert (tuple(added[:3]), added[3]) == (tuple(images.ADDED), 128)
    assert (tuple(most[:3]), most[3]) == (tuple(images.MISSING), 255)


def test_the_difference_is_that_of_the_channel_with_the_largest_one() -> None:
    red, green = np.zeros((3, 1, 1), np.float32), np.zeros((3, 1, 1), np.float32)
    red[0], green[1] = 1, 1
    assert np.asarray(opened(images.difference_url(red, green)))[0, 0, 3] == 255


def test_the_difference_of_different_shapes_is_an_error() -> None:
    with pytest.raises(InvalidInputError, match=r"\(1, 2, 2\) and \(1, 3, 3\) cannot be compared"):
        images.difference_url(np.zeros((1, 2, 2), np.float32), np.zeros((1, 3, 3), np.float32))


def test_five_channels_are_an_error() -> None:
    with pytest.raises(InvalidInputError, match="channels, not 5"):
        images.data_url(np.zeros((5, 2, 2), np.float32))


def test_a_small_upload_is_previewed_exactly_and_a_large_one_scaled() -> None:
    small = Image.fromarray(np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8))
    np.testing.assert_array_equal(np.asarray(opened(images.preview_url(small))), np.asarray(small))
    large = opened(images.preview_url(Image.new("RGB", (3000, 1500), "red")))
    assert large.size == (images.SHOWN_SIDE, images.SHOWN_SIDE // 2)


def test_a_preview_is_exif_rotated_and_has_no_metadata() -> None:
    image = Image.new("RGB", (300, 200), "white")
    image.getexif()[0x0112] = 6
    image.getexif()[0x010E] = "where I live"
    preview = images.preview_url(image)
    assert opened(preview).size == (200, 300)
    assert b"where I live" not in base64.b64decode(preview.partition(",")[2])
    assert image.size == (300, 200)


def test_transparent_parts_are_white() -> None:
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert opened(images.preview_url(clear)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "LA"])
def test_every_mode_can_be_shown(mode: str) -> None:
    assert opened(images.preview_url(Image.new(mode, (10, 10)))).size == (10, 10)
