"""Uploads: every file gives an image or a reason for its rejection, and never an exception."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from PIL import Image

from latent_core.io.limits import MB, UploadLimits
from latent_core.io.uploads import ImageFile, RejectedFile, read_uploads
from tests.make_samples import encode_image, png_header
from tests.unit.io.samples import LIMITS, SAMPLES, SINGLE, flipped, read, rejection_reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"<!DOCTYPE html><script>", "a web page"),
        (b"Dear all,\r\n", "a text file"),
        (b"BMW is a maker of cars", "a text file"),
        (b"\x00\x00\x00\x18ftypheic", "a HEIC image"),
        (b"\x00\x00\x00\x18ftypavif", "an AVIF image"),
        (b"MZ\x90\x00", "a program"),
        (b"\x93NUMPY\x01\x00", "a NumPy array"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (bytes(range(256)), "an unknown type of file"),
    ],
)
def test_unsupported_types_are_named(data: bytes, words: str) -> None:
    reason = rejection_reason(data)
    assert f"This is {words}," in reason
    assert "upload PNG, JPEG, WebP, BMP, GIF or TIFF, or a zip of them" in reason


def test_empty_and_damaged_files_are_rejected() -> None:
    assert "empty (0 bytes); select it again" in rejection_reason(b"")
    truncated = rejection_reason(SINGLE["rgb.jpg"][:400])
    assert "JPEG image is damaged or truncated (" in truncated
    assert truncated.endswith("; save or copy it again.")


def test_files_over_the_limit_are_rejected() -> None:
    reason = rejection_reason(bytes(3 * MB), limits=UploadLimits(file_bytes=MB))
    assert "has 3.0 MB" in reason
    assert "the limit is 1 MB; reduce its size" in reason


@pytest.mark.parametrize("size", [(9000, 9000), (12000, 12000), (60000, 60000)])
def test_decompression_bombs_are_rejected_by_their_header(size: tuple[int, int]) -> None:
    tracemalloc.start()
    reason = rejection_reason(png_header(*size))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "exceeds the limit of 64 megapixels; downscale it" in reason
    assert peak < 2 * MB


def test_extreme_aspect_ratios_are_rejected() -> None:
    reason = rejection_reason(encode_image(Image.new("L", (3000, 4))))
    assert "3000 × 4 pixels exceed the aspect ratio 20 : 1; crop" in reason


def test_one_rejected_file_does_not_affect_the_others() -> None:
    files = [("a.png", SINGLE["rgb.png"]), ("b.png", b"junk"), ("c.png", SINGLE["gray.png"])]
    assert [type(p) for p in read_uploads(files, LIMITS)] == [ImageFile, RejectedFile, ImageFile]


def test_files_are_read_lazily() -> None:
    consumed = []

    def files():
        for index in range(1000):
            consumed.append(index)
            yield f"{index}.png", SINGLE["gray.png"]

    stream = read_uploads(files(), LIMITS)
    next(stream)
    assert consumed == [0]
    assert sum(isinstance(p, ImageFile) for p in stream) == 999


def test_files_over_the_batch_limit_are_rejected_once() -> None:
    files = [(f"{index}.png", SINGLE["one.png"]) for index in range(1000)]
    *read_, last = read_uploads(files, UploadLimits(files=10))
    assert len(read_) == 10
    assert isinstance(last, RejectedFile)
    assert last.name == "10.png"
    assert "This file and those after it were skipped" in last.reason
    assert "a batch may have 10 files; upload the rest in another batch" in last.reason


def test_the_memory_of_a_batch_is_limited() -> None:
    files = [("a.png", encode_image(Image.new("RGB", (500, 500))))] * 5
    *read_, last = read_uploads(files, UploadLimits(total_bytes=2 * MB))
    assert len(read_) == 2
    assert isinstance(last, RejectedFile)
    assert "the decoded images need more than 2 MB" in last.reason


@pytest.mark.parametrize("name", ["rgb.png", "rgb.jpg", "rgb.gif", "all.zip"])
def test_every_truncation_gives_an_image_or_a_reason(name: str) -> None:
    data = SAMPLES[name]
    for length in range(0, len(data), max(1, len(data) // 150)):
        for outcome in read(data[:length], name):
            assert isinstance(outcome, ImageFile | RejectedFile)


@pytest.mark.parametrize("name", SAMPLES)
def test_flipped_bits_give_an_image_or_a_reason(name: str) -> None:
    rng = np.random.default_rng(len(SAMPLES[name]))
    for _ in range(60):
        data = flipped(SAMPLES[name], rng, int(rng.choice([1, 3, 20])))
        for outcome in read(data, name):
            assert isinstance(outcome, ImageFile | RejectedFile)
