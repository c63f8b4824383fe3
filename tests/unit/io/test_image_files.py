"""Single images: every supported type and mode, normalized."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from latent_core.io.image_files import ImageFile, read_image
from tests.make_samples import encode_image, sample_image
from tests.unit.io.samples import SINGLE, read


@pytest.mark.parametrize("name", [n for n in SINGLE if n not in ("one.png", "sideways.jpg")])
def test_every_type_and_mode_gives_the_same_image(name: str) -> None:
    (file,) = read(SINGLE[name], name)
    assert isinstance(file, ImageFile)
    assert (file.size, file.name) == ((40, 30), name)
    gray = any(word in name for word in ("gray", "deep", "float", "bit"))
    mode = "L" if gray else "RGB"
    difference = np.abs(
        np.asarray(file.image.convert(mode), float)
        - np.asarray(sample_image().convert(mode), float)
    )
    assert difference.mean() < (130 if name == "bit.png" else 10)


@pytest.mark.parametrize("name", ["rgb.png", "rgb.bmp", "rgb.tiff", "moving.png", "pages.tiff"])
def test_lossless_types_are_exact_and_the_first_frame_is_read(name: str) -> None:
    assert np.array_equal(read_image(name, SINGLE[name]).image, sample_image())


@pytest.mark.parametrize(
    ("name", "mode"),
    [("clear.png", "RGBA"), ("clear-palette.png", "RGBA"), ("gray-clear.png", "RGBA"),
     ("palette.png", "RGB"), ("cmyk.jpg", "RGB"), ("bit.png", "L"), ("deep.png", "L")],
)  # fmt: skip
def test_modes_are_normalized(name: str, mode: str) -> None:
    assert read_image(name, SINGLE[name]).image.mode == mode


@pytest.mark.parametrize("name", ["deep.png", "deep.tiff", "float.tiff"])
def test_more_than_eight_bits_are_rescaled_not_clipped(name: str) -> None:
    assert np.array_equal(read_image(name, SINGLE[name]).image, sample_image().convert("L"))


def test_nan_in_a_float_tiff_is_black() -> None:
    values = np.full((4, 4), np.nan, np.float32)
    values[0] = 1
    image = np.asarray(read_image("a.tiff", encode_image(Image.fromarray(values), "TIFF")).image)
    assert image[0].min() == 255
    assert image[1:].max() == 0


def test_opaque_alpha_is_removed() -> None:
    assert read_image("a", encode_image(sample_image().convert("RGBA"))).image.mode == "RGB"


def test_only_the_orientation_is_kept_of_the_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    image = read_image("a.jpg", encode_image(sample_image(), "JPEG", exif=exif)).image
    assert dict(image.getexif()) == {0x0112: 6}
    assert set(image.info) == {"exif"}


def test_malformed_exif_and_profiles_are_ignored() -> None:
    data = encode_image(
        sample_image(), "PNG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff", icc_profile=b"junk"
    )
    assert np.array_equal(read_image("a.png", data).image, sample_image())


def test_the_content_determines_the_type_not_the_suffix() -> None:
    assert read_image("a.jpg", SINGLE["rgb.png"]).kind == "PNG"


def test_one_pixel_is_an_image() -> None:
    assert read_image("one.png", SINGLE["one.png"]).size == (1, 1)


def test_large_images_are_downscaled() -> None:
    file = read_image("a.jpg", encode_image(Image.new("RGB", (3000, 2000), "red"), "JPEG"))
    assert file.size == (3000, 2000)
    assert file.image.size == (1024, 683)


@pytest.mark.parametrize(
    ("full", "dtype"), [(4095, np.uint16), (65535, np.uint16), (1.0, np.float32), (3.0, np.float32),
                        (255, np.float32), (4095, np.float32), (65535, np.int32)],
)  # fmt: skip
def test_the_brightest_value_of_each_range_is_white(full: float, dtype: type) -> None:
    ramp = np.linspace(0, full, 64).reshape(8, 8).astype(dtype)
    image = read_image("a.tiff", encode_image(Image.fromarray(ramp), "TIFF")).image
    expected = np.rint(ramp.astype(float) / full * 255)
    np.testing.assert_allclose(np.asarray(image), expected, atol=1)
