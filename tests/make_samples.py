"""Deterministic sample files: photographs of handwritten digits, and images of every type.

``python -m tests.make_samples FOLDER`` writes them for inspection.
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

PILImage = Image.Image


def on_white_page(
    digit: np.ndarray, *, scale: int = 10, shift: tuple[int, int] = (0, 0)
) -> PILImage:
    """A white-on-black digit ``(28, 28)`` uint8, upscaled, dark on a page twice its size."""
    side = 28 * scale
    page = Image.new("L", (2 * side, 2 * side), 255)
    large = Image.fromarray(255 - digit).resize((side, side), Image.Resampling.NEAREST)
    page.paste(large, (side // 2 + shift[0], side // 2 + shift[1]))
    return page


def phone_photo(
    digit: np.ndarray,
    seed: int,
    *,
    size: tuple[int, int] = (480, 360),
    pen: float | None = None,
    ruled: bool = True,
) -> PILImage:
    """A simulated photograph of a digit ``(28, 28)`` uint8 written with a pen, in poor light.

    The digit is small, off-center and rotated, on yellowish ruled paper with uneven lighting, a
    soft shadow and noise.

    Parameters
    ----------
    digit
        White on black.
    seed
        Of the position, lighting and noise.
    size
        Width and height in pixels.
    pen
        Stroke width relative to the digit's side; by default the digit's own strokes.
    ruled
        Whether the paper has lines.
    """
    rng = np.random.default_rng(seed)
    width, height = size
    ink = _rotated(_with_pen(digit, rng, size, pen), rng)
    paper = np.array([0.93, 0.90, 0.80]) * (1 + 0.015 * rng.standard_normal((height, width, 1)))
    if ruled:
        lines = np.asarray(_rotated(_ruled_lines(size), rng), float)[..., None] / 255
        paper = paper * (1 - lines * np.array([0.30, 0.22, 0.10]))
    color = np.array([0.12, 0.14, 0.35])
    cover = np.asarray(ink, float)[..., None] / 255 * 0.92
    scene = (paper * (1 - cover) + color * cover) * _illumination(rng, size)[..., None]
    scene += 0.02 * rng.standard_normal(scene.shape)
    return Image.fromarray((np.clip(scene, 0, 1) * 255).astype(np.uint8))


def _with_pen(
    digit: np.ndarray, rng: np.random.Generator, size: tuple[int, int], pen: float | None
) -> PILImage:
    side = int(min(size) * rng.uniform(0.4, 0.6))
    smooth = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC)
    sharp = smooth.point([255 * min(1, max(0, (v - 128) / 40 + 0.5)) for v in range(256)])
    page = Image.new("L", size)
    x = rng.uniform(0.2, 0.8) * (size[0] - side)
    y = rng.uniform(0.2, 0.8) * (size[1] - side)
    page.paste(sharp if pen is None else _redrawn_strokes(sharp, pen * side), (int(x), int(y)))
    return page


def _redrawn_strokes(sharp: PILImage, width: float) -> PILImage:
    """The morphological skeleton of the strokes (Lantuéjoul), redrawn `width` pixels wide."""
    mask = ndimage.gaussian_filter(np.asarray(sharp, float), sharp.width / 40) > 127
    line = np.zeros_like(mask)
    cross = ndimage.generate_binary_structure(2, 1)
    while mask.any():
        line |= mask & ~ndimage.binary_opening(mask, cross)
        mask = ndimage.binary_erosion(mask, cross)
    distance = ndimage.distance_transform_edt(~line)
    return Image.fromarray((np.clip(width / 2 - distance + 0.5, 0, 1) * 255).astype(np.uint8))


def _ruled_lines(size: tuple[int, int]) -> PILImage:
    page = Image.new("L", size)
    draw = ImageDraw.Draw(page)
    for y in range(size[1] // 24, size[1], size[1] // 12):
        draw.line((0, y, size[0], y), fill=200, width=max(1, size[1] // 240))
    return page


def _rotated(page: PILImage, rng: np.random.Generator) -> PILImage:
    width, height = page.size
    angle = np.deg2rad(rng.uniform(-6, 6))
    cos, sin = np.cos(angle), np.sin(angle)
    x, y = width / 2, height / 2
    perspective = rng.uniform(-0.15, 0.15, 2) / page.size
    shift = (x - cos * x - sin * y, y + sin * x - cos * y)
    coefficients = (cos, sin, shift[0], -sin, cos, shift[1], perspective[0], perspective[1])
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )


def _illumination(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """``(H, W)``: a linear gradient, vignetting, and the soft edge of a shadow."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]] / np.array(size[::-1])[:, None, None]
    direction = rng.uniform(0, 2 * np.pi)
    along = (columns - 0.5) * np.cos(direction) + (rows - 0.5) * np.sin(direction)
    slope = 0.8 + 0.35 * along
    corners = 1 - 0.35 * ((columns - 0.5) ** 2 + (rows - 0.5) ** 2)
    shadow = 1 - 0.4 / (1 + np.exp(-(along - rng.uniform(-0.2, 0.3)) / 0.03))
    light: np.ndarray = slope * corners * shadow
    return light


def encode_image(image: PILImage, kind: str = "PNG", **options: Any) -> bytes:
    """The content of an image file of type `kind`."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def rotated_jpeg(image: PILImage, orientation: int = 6, quality: int = 70) -> bytes:
    """A JPEG with rotated pixels and the EXIF orientation that restores the image."""
    transposes = {
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = image.transpose(transposes[orientation]) if orientation in transposes else image
    return encode_image(stored, "JPEG", quality=quality, exif=exif)


def make_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of files, contents by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A tiny PNG whose header declares another size."""
    return _resized_png(encode_image(Image.new("L", (8, 8))), width, height)


def _resized_png(png: bytes, width: int, height: int) -> bytes:
    import zlib

    header = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]


def sample_image(size: tuple[int, int] = (40, 30)) -> PILImage:
    """A small RGB image: a color gradient with a ring."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    ramp = np.stack([columns * 255 // width, rows * 255 // height, 128 + 0 * rows], axis=2)
    image = Image.fromarray(ramp.astype(np.uint8))
    ImageDraw.Draw(image).ellipse((8, 4, 28, 24), outline=(255, 255, 255), width=3)
    return image


def samples() -> dict[str, bytes]:
    """One valid file of each type and color mode, by name."""
    image = sample_image()
    deep = (np.asarray(image.convert("L"), np.uint16) * 257).astype(np.uint16)
    clear = image.convert("RGBA")
    clear.putalpha(image.convert("L"))
    frames = {"save_all": True, "append_images": [image.rotate(90), image.rotate(180)]}
    return {
        "rgb.png": encode_image(image),
        "rgb.jpg": encode_image(image, "JPEG", quality=90),
        "rgb.webp": encode_image(image, "WEBP", quality=80),
        "rgb.bmp": encode_image(image, "BMP"),
        "rgb.gif": encode_image(image, "GIF"),
        "rgb.tiff": encode_image(image, "TIFF", compression="tiff_lzw"),
        "gray.png": encode_image(image.convert("L")),
        "bit.png": encode_image(image.convert("1")),
        "palette.png": encode_image(image.quantize(16)),
        "clear-palette.png": encode_image(image.quantize(16), transparency=3),
        "clear.png": encode_image(clear),
        "clear.webp": encode_image(clear, "WEBP", lossless=True),
        "gray-clear.png": encode_image(clear.convert("LA")),
        "deep.png": encode_image(Image.fromarray(deep)),
        "deep.tiff": encode_image(Image.fromarray(deep), "TIFF"),
        "float.tiff": encode_image(Image.fromarray(deep.astype(np.float32) / 65535), "TIFF"),
        "cmyk.jpg": encode_image(image.convert("CMYK"), "JPEG"),
        "cmyk.tiff": encode_image(image.convert("CMYK"), "TIFF"),
        "moving.gif": encode_image(image, "GIF", **frames),
        "moving.png": encode_image(image, "PNG", **frames),
        "moving.webp": encode_image(image, "WEBP", **frames),
        "pages.tiff": encode_image(image, "TIFF", **frames),
        "sideways.jpg": rotated_jpeg(image),
        "one.png": encode_image(Image.new("L", (1, 1), 200)),
        "all.zip": make_zip({"a.png": encode_image(image), "b/c.gif": encode_image(image, "GIF")}),
    }


def main(folder: Path) -> None:
    from latent_core.datasets.dataset import load_dataset

    folder.mkdir(parents=True, exist_ok=True)
    for name, data in samples().items():
        (folder / name).write_bytes(data)
    for index, digit in enumerate(load_dataset("digits").images_uint8[:12, 0]):
        photo = phone_photo(digit, seed=index, size=(1600, 1200), pen=0.03 if index % 2 else None)
        (folder / f"photo-{index}.jpg").write_bytes(rotated_jpeg(photo, 6 if index % 3 else 1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
