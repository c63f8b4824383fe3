"""Sample pictures, the same every time: photos of pen-written digits, and files of every kind.

``python -m tests.make_samples FOLDER`` writes them, to look at.
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

Picture = Image.Image


def on_white_page(
    digit: np.ndarray, *, scale: int = 10, shift: tuple[int, int] = (0, 0)
) -> Picture:
    """A digit ``(28, 28)`` uint8, white on black, enlarged and dark on a page twice as large."""
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
) -> Picture:
    """A digit ``(28, 28)`` uint8 as if written with a pen and photographed in bad light.

    Small and off-centre on yellowish ruled paper, tilted, under a lamp with a soft shadow
    falling across, with grain.  `thin` in [0, 1) makes the strokes as thin as a ball pen's.
    """
    rng = np.random.default_rng(seed)
    width, height = size
    ink = _tilted(_written(digit, rng, size, pen), rng)
    paper = np.array([0.93, 0.90, 0.80]) * (1 + 0.015 * rng.standard_normal((height, width, 1)))
    if ruled:
        lines = np.asarray(_tilted(_rules(size), rng), float)[..., None] / 255
        paper = paper * (1 - lines * np.array([0.30, 0.22, 0.10]))
    colour = np.array([0.12, 0.14, 0.35])
    cover = np.asarray(ink, float)[..., None] / 255 * 0.92
    scene = (paper * (1 - cover) + colour * cover) * _light(rng, size)[..., None]
    scene += 0.02 * rng.standard_normal(scene.shape)
    return Image.fromarray((np.clip(scene, 0, 1) * 255).astype(np.uint8))


def _written(
    digit: np.ndarray, rng: np.random.Generator, size: tuple[int, int], pen: float | None
) -> Picture:
    side = int(min(size) * rng.uniform(0.4, 0.6))
    smooth = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC)
    sharp = smooth.point([255 * min(1, max(0, (v - 128) / 40 + 0.5)) for v in range(256)])
    page = Image.new("L", size)
    x = rng.uniform(0.2, 0.8) * (size[0] - side)
    y = rng.uniform(0.2, 0.8) * (size[1] - side)
    page.paste(sharp if pen is None else _retraced(sharp, pen * side), (int(x), int(y)))
    return page


def _retraced(sharp: Picture, width: float) -> Picture:
    """The middle line of the strokes (Lantuéjoul's skeleton), drawn anew `width` pixels wide."""
    mask = ndimage.gaussian_filter(np.asarray(sharp, float), sharp.width / 40) > 127
    line = np.zeros_like(mask)
    cross = ndimage.generate_binary_structure(2, 1)
    while mask.any():
        line |= mask & ~ndimage.binary_opening(mask, cross)
        mask = ndimage.binary_erosion(mask, cross)
    away = ndimage.distance_transform_edt(~line)
    return Image.fromarray((np.clip(width / 2 - away + 0.5, 0, 1) * 255).astype(np.uint8))


def _rules(size: tuple[int, int]) -> Picture:
    page = Image.new("L", size)
    draw = ImageDraw.Draw(page)
    for y in range(size[1] // 24, size[1], size[1] // 12):
        draw.line((0, y, size[0], y), fill=200, width=max(1, size[1] // 240))
    return page


def _tilted(page: Picture, rng: np.random.Generator) -> Picture:
    width, height = page.size
    angle = np.deg2rad(rng.uniform(-6, 6))
    cos, sin = np.cos(angle), np.sin(angle)
    x, y = width / 2, height / 2
    lean = rng.uniform(-0.15, 0.15, 2) / page.size  # perspective: farther is smaller
    shift = (x - cos * x - sin * y, y + sin * x - cos * y)
    coefficients = (cos, sin, shift[0], -sin, cos, shift[1], lean[0], lean[1])
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )


def _light(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """``(H, W)``: a slope, a fall towards the corners, and the soft edge of a shadow."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]] / np.array(size[::-1])[:, None, None]
    direction = rng.uniform(0, 2 * np.pi)
    along = (columns - 0.5) * np.cos(direction) + (rows - 0.5) * np.sin(direction)
    slope = 0.8 + 0.35 * along
    corners = 1 - 0.35 * ((columns - 0.5) ** 2 + (rows - 0.5) ** 2)
    shadow = 1 - 0.4 / (1 + np.exp(-(along - rng.uniform(-0.2, 0.3)) / 0.03))
    light: np.ndarray = slope * corners * shadow
    return light


def saved(picture: Picture, kind: str = "PNG", **options: Any) -> bytes:
    """The bytes of `picture` as a file of `kind`."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def sideways_jpeg(picture: Picture, orientation: int = 6, quality: int = 70) -> bytes:
    """A JPEG stored turned, whose EXIF says how to turn it back to `picture`."""
    undo = {
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = picture.transpose(undo[orientation]) if orientation in undo else picture
    return saved(turned, "JPEG", quality=quality, exif=exif)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `files`, by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is that large and holds next to nothing."""
    return _resized_png(saved(Image.new("L", (8, 8))), width, height)


def _resized_png(png: bytes, width: int, height: int) -> bytes:
    import zlib

    header = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]


def sketch(size: tuple[int, int] = (40, 30)) -> Picture:
    """A small RGB picture: a ramp of colours with a ring."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    ramp = np.stack([columns * 255 // width, rows * 255 // height, 128 + 0 * rows], axis=2)
    picture = Image.fromarray(ramp.astype(np.uint8))
    ImageDraw.Draw(picture).ellipse((8, 4, 28, 24), outline=(255, 255, 255), width=3)
    return picture


def samples() -> dict[str, bytes]:
    """One good file of each kind and colour mode, by name."""
    picture = sketch()
    deep = (np.asarray(picture.convert("L"), np.uint16) * 257).astype(np.uint16)
    clear = picture.convert("RGBA")
    clear.putalpha(picture.convert("L"))
    frames = {"save_all": True, "append_images": [picture.rotate(90), picture.rotate(180)]}
    return {
        "rgb.png": saved(picture),
        "rgb.jpg": saved(picture, "JPEG", quality=90),
        "rgb.webp": saved(picture, "WEBP", quality=80),
        "rgb.bmp": saved(picture, "BMP"),
        "rgb.gif": saved(picture, "GIF"),
        "rgb.tiff": saved(picture, "TIFF", compression="tiff_lzw"),
        "grey.png": saved(picture.convert("L")),
        "bit.png": saved(picture.convert("1")),
        "palette.png": saved(picture.quantize(16)),
        "clear-palette.png": saved(picture.quantize(16), transparency=3),
        "clear.png": saved(clear),
        "clear.webp": saved(clear, "WEBP", lossless=True),
        "grey-clear.png": saved(clear.convert("LA")),
        "deep.png": saved(Image.fromarray(deep)),
        "deep.tiff": saved(Image.fromarray(deep), "TIFF"),
        "float.tiff": saved(Image.fromarray(deep.astype(np.float32) / 65535), "TIFF"),
        "cmyk.jpg": saved(picture.convert("CMYK"), "JPEG"),
        "cmyk.tiff": saved(picture.convert("CMYK"), "TIFF"),
        "moving.gif": saved(picture, "GIF", **frames),
        "moving.png": saved(picture, "PNG", **frames),
        "moving.webp": saved(picture, "WEBP", **frames),
        "pages.tiff": saved(picture, "TIFF", **frames),
        "sideways.jpg": sideways_jpeg(picture),
        "one.png": saved(Image.new("L", (1, 1), 200)),
        "all.zip": zipped({"a.png": saved(picture), "b/c.gif": saved(picture, "GIF")}),
    }


def main(folder: Path) -> None:
    from latent_core.datasets.dataset import load_dataset

    folder.mkdir(parents=True, exist_ok=True)
    for name, data in samples().items():
        (folder / name).write_bytes(data)
    for index, digit in enumerate(load_dataset("digits").images_uint8[:12, 0]):
        photo = phone_photo(digit, seed=index, size=(1600, 1200), pen=0.03 if index % 2 else None)
        (folder / f"photo-{index}.jpg").write_bytes(sideways_jpeg(photo, 6 if index % 3 else 1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
