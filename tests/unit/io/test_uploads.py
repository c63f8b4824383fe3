"""Whatever is sent gives a picture or a sentence, and never anything else."""

from __future__ import annotations

import contextlib
import io
import tracemalloc
import zipfile

import numpy as np
import pytest
from PIL import Image

from latent_core.errors import InvalidInputError
from latent_core.io.limits import MB, safe_display_name, sniff_type
from latent_core.io.uploads import (
    ImageFile,
    RejectedFile,
    UploadLimits,
    read_codes,
    read_image,
    read_uploads,
)
from tests.make_samples import png_header, samples, saved, sideways_jpeg, sketch, zipped

SAMPLES = samples()
SINGLE = {name: data for name, data in SAMPLES.items() if not name.endswith(".zip")}
LIMITS = UploadLimits()


def read(
    data: bytes, name: str = "a.png", limits: UploadLimits = LIMITS
) -> list[ImageFile | RejectedFile]:
    return list(read_uploads([(name, data)], limits))


def reason(data: bytes, name: str = "a.png", limits: UploadLimits = LIMITS) -> str:
    (refusal,) = read(data, name, limits)
    assert isinstance(refusal, RejectedFile)
    assert refusal.reason.count(". ") == 0, "one sentence"
    return refusal.reason


# What is good is read, as it is.


@pytest.mark.parametrize("name", [n for n in SINGLE if n not in ("one.png", "sideways.jpg")])
def test_every_kind_and_mode_shows_the_same_picture(name: str) -> None:
    (picture,) = read(SINGLE[name], name)
    assert isinstance(picture, ImageFile)
    assert (picture.size, picture.name) == ((40, 30), name)
    grey = any(word in name for word in ("grey", "deep", "float", "bit"))
    mode = "L" if grey else "RGB"
    difference = np.abs(
        np.asarray(picture.image.convert(mode), float) - np.asarray(sketch().convert(mode), float)
    )
    assert difference.mean() < (130 if name == "bit.png" else 10)


@pytest.mark.parametrize("name", ["rgb.png", "rgb.bmp", "rgb.tiff", "moving.png", "pages.tiff"])
def test_lossless_kinds_are_exact_and_first_frames_are_taken(name: str) -> None:
    assert np.array_equal(read_image(name, SINGLE[name]).image, sketch())


@pytest.mark.parametrize(
    ("name", "mode"),
    [("clear.png", "RGBA"), ("clear-palette.png", "RGBA"), ("grey-clear.png", "RGBA"),
     ("palette.png", "RGB"), ("cmyk.jpg", "RGB"), ("bit.png", "L"), ("deep.png", "L")],
)  # fmt: skip
def test_modes_are_normalised(name: str, mode: str) -> None:
    assert read_image(name, SINGLE[name]).image.mode == mode


@pytest.mark.parametrize("name", ["deep.png", "deep.tiff", "float.tiff"])
def test_more_than_eight_bits_are_scaled_not_cut(name: str) -> None:
    assert np.array_equal(read_image(name, SINGLE[name]).image, sketch().convert("L"))


def test_not_a_number_in_a_float_tiff_is_black() -> None:
    values = np.full((4, 4), np.nan, np.float32)
    values[0] = 1
    image = np.asarray(read_image("a.tiff", saved(Image.fromarray(values), "TIFF")).image)
    assert image[0].min() == 255
    assert image[1:].max() == 0


def test_opaque_alpha_is_dropped() -> None:
    assert read_image("a", saved(sketch().convert("RGBA"))).image.mode == "RGB"


def test_only_the_orientation_is_left_of_the_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    image = read_image("a.jpg", saved(sketch(), "JPEG", exif=exif)).image
    assert dict(image.getexif()) == {0x0112: 6}
    assert set(image.info) == {"exif"}


def test_weird_exif_and_profiles_do_no_harm() -> None:
    data = saved(sketch(), "PNG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff", icc_profile=b"junk")
    assert np.array_equal(read_image("a.png", data).image, sketch())


def test_the_content_decides_not_the_ending() -> None:
    assert read_image("a.jpg", SINGLE["rgb.png"]).kind == "PNG"


def test_one_pixel_is_a_picture() -> None:
    assert read_image("one.png", SINGLE["one.png"]).size == (1, 1)


def test_large_pictures_are_kept_small() -> None:
    picture = read_image("a.jpg", saved(Image.new("RGB", (3000, 2000), "red"), "JPEG"))
    assert picture.size == (3000, 2000)
    assert picture.image.size == (1024, 683)


# What is not is refused, each with its sentence.


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"<!DOCTYPE html><script>", "a web page"),
        (b"Dear all,\r\n", "a text"),
        (b"BMW is a maker of cars", "a text"),
        (b"\x00\x00\x00\x18ftypheic", "a HEIC picture"),
        (b"\x00\x00\x00\x18ftypavif", "an AVIF picture"),
        (b"MZ\x90\x00", "a program"),
        (b"\x93NUMPY\x01\x00", "a NumPy array"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (bytes(range(256)), "an unknown type of file"),
    ],
)
def test_a_wrong_type_is_named(data: bytes, words: str) -> None:
    expected = "send PNG, JPEG, WebP, BMP, GIF or TIFF, or a zip of them."
    assert reason(data) == f"This is {words}, not a picture that can be read here; {expected}"


def test_empty_and_damaged_files() -> None:
    assert reason(b"") == "The file is empty (0 bytes); choose it again, or save the picture anew."
    damaged = "This JPEG picture is damaged or cut short; save or copy it anew."
    assert reason(SINGLE["rgb.jpg"][:400]) == damaged


def test_too_many_bytes() -> None:
    expected = "The file has 3.0 MB and at most 1 MB are taken; make it smaller first."
    assert reason(bytes(3 * MB), limits=UploadLimits(file_bytes=MB)) == expected


@pytest.mark.parametrize("size", [(9000, 9000), (12000, 12000), (60000, 60000)])
def test_bombs_are_refused_from_the_header(size: tuple[int, int]) -> None:
    tracemalloc.start()
    said = reason(png_header(*size))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said.endswith("more than the 64 megapixels that are taken; make it smaller first.")
    assert peak < 2 * MB


def test_a_long_thin_picture() -> None:
    said = reason(saved(Image.new("L", (3000, 4))))
    assert said == "3000 × 4 pixels is too long and thin (at most 20 : 1); crop it first."


def test_one_bad_file_leaves_the_others() -> None:
    files = [("a.png", SINGLE["rgb.png"]), ("b.png", b"junk"), ("c.png", SINGLE["grey.png"])]
    assert [type(p) for p in read_uploads(files, LIMITS)] == [ImageFile, RejectedFile, ImageFile]


# Batches.


def test_files_are_taken_one_by_one() -> None:
    taken = []

    def files():
        for index in range(1000):
            taken.append(index)
            yield f"{index}.png", SINGLE["grey.png"]

    stream = read_uploads(files(), LIMITS)
    next(stream)
    assert taken == [0]
    assert sum(isinstance(p, ImageFile) for p in stream) == 999


def test_past_the_cap_one_sentence_speaks_for_the_rest() -> None:
    files = [(f"{index}.png", SINGLE["one.png"]) for index in range(1000)]
    *read_, last = read_uploads(files, UploadLimits(files=10))
    assert len(read_) == 10
    assert isinstance(last, RejectedFile)
    assert last.name == "10.png"
    assert last.reason == (
        "This file and those after it were left out: at most 10 are taken at once; "
        "send the rest in another batch."
    )


def test_the_memory_of_a_batch_is_capped() -> None:
    files = [("a.png", saved(Image.new("RGB", (500, 500))))] * 5
    *read_, last = read_uploads(files, UploadLimits(total_bytes=2 * MB))
    assert len(read_) == 2
    assert isinstance(last, RejectedFile)
    assert "decoded, the pictures take more than 2 MB" in last.reason


# Zips.


def test_a_zip_is_opened_and_its_clutter_passed_over() -> None:
    names = ["a.png", "d/b.png", ".DS_Store", "__MACOSX/._a.png", "d/.hidden/c.png", "Thumbs.db"]
    data = zipped(dict.fromkeys(names, SINGLE["rgb.png"]) | {"empty/": b""})
    assert [p.name for p in read(data)] == ["a.png", "b.png"]


def test_hostile_names_are_only_shown() -> None:
    names = [
        "../../etc/passwd.png",
        "/abs.png",
        "C:\\win.png",
        "\u202egnp.exe.png",
        "x" * 300 + ".png",
    ]
    data = zipped(dict.fromkeys(names, SINGLE["one.png"]))
    shown = [p.name for p in read(data)]
    assert shown[:4] == ["passwd.png", "abs.png", "win.png", "gnp.exe.png"]
    assert len(shown[4]) == 80
    assert shown[4].endswith("x.png")


def test_a_zip_inside_a_zip() -> None:
    said = reason(zipped({"b.zip": SAMPLES["all.zip"]}))
    assert said == "This is a zip inside a zip; unzip it and send the pictures."


def test_a_zip_bomb_is_not_inflated() -> None:
    tracemalloc.start()
    said = reason(zipped({"a.bmp": bytes(20 * MB)}))
    assert said == (
        "It expands more than 200-fold, as zip bombs do; send it unzipped, as PNG or JPEG."
    )
    said = reason(zipped({"a.bmp": bytes(40 * MB)}))
    assert said.startswith("Unzipped it would have 40.0 MB and at most 32 MB are taken")
    tracemalloc.stop()


def test_a_zip_that_lies_about_a_size_is_not_followed() -> None:
    data = bytearray(zipped({"a.bmp": bytes(30 * MB)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # it says 1,000 bytes
    tracemalloc.start()
    said = reason(bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "This file in the zip is damaged; make the zip anew."
    assert peak < 5 * MB


def test_all_that_a_zip_holds_is_capped() -> None:
    data = zipped({f"{i}.bmp": bytes(MB) for i in range(4)}, zipfile.ZIP_STORED)
    reasons = [
        p.reason
        for p in read(data, limits=UploadLimits(total_bytes=5 * MB))
        if isinstance(p, RejectedFile)
    ]
    assert len(reasons) == 4
    data = zipped({f"{i}.png": SINGLE["rgb.png"] for i in range(4)})
    last = read(data, limits=UploadLimits(total_bytes=2 * len(SINGLE["rgb.png"]) + 10))[-1]
    assert isinstance(last, RejectedFile)


def test_locked_rare_damaged_empty_and_foreign_zips() -> None:
    locked = bytearray(zipped({"a.png": SINGLE["rgb.png"]}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    assert "locked with a password" in reason(bytes(locked))
    assert "compressed in a rare way" in reason(zipped({"a.png": b"x" * 99}, zipfile.ZIP_LZMA))
    assert "damaged or cut short" in reason(SAMPLES["all.zip"][:-30])
    assert "holds no files" in reason(zipped({}))
    assert "an Office document" in reason(zipped({"[Content_Types].xml": b"<x/>", "a.xml": b""}))


def test_a_directory_of_a_million_entries_is_not_built() -> None:
    said = reason(zipped({f"{i}": b"" for i in range(300)}), limits=UploadLimits(files=10))
    assert (
        said == "The zip holds far more than the 10 files that are taken at once; send it in parts."
    )


# Names, limits.


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x00b\r\n.png", "ab.png"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("a/", "a"),
        ("e\u0301.png", "é.png"),
        ("<b>x</b>.png", "b>.png"),
        ("\ud800.png", ".png"),
        ("\u200b\u2066", "unnamed"),
    ],
)
def test_shown_names(name: str, shown: str) -> None:
    assert safe_display_name(name) == shown


def test_caps_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENT_MAX_FILE_MB", "7")
    monkeypatch.setenv("LATENT_MAX_FILES", "12")
    assert UploadLimits.from_env() == UploadLimits(file_bytes=7 * MB, files=12)
    monkeypatch.setenv("LATENT_MAX_PIXELS", "many")
    expected = "LATENT_MAX_PIXELS must be a positive whole number, not 'many'."
    with pytest.raises(InvalidInputError) as caught:
        UploadLimits.from_env()
    assert str(caught.value) == expected
    with pytest.raises(InvalidInputError, match="The cap 'files' must be at least 1, not 0"):
        UploadLimits(files=0)


# Fuzz: truncations, flipped bits.


@pytest.mark.parametrize("name", ["rgb.png", "rgb.jpg", "rgb.gif", "all.zip"])
def test_every_truncation_is_a_picture_or_a_sentence(name: str) -> None:
    data = SAMPLES[name]
    for length in range(0, len(data), max(1, len(data) // 150)):
        for outcome in read(data[:length], name):
            assert isinstance(outcome, ImageFile | RejectedFile)


def flipped(data: bytes, rng: np.random.Generator, count: int) -> bytes:
    """`data` with `count` bits flipped, half of the time in its header."""
    changed = bytearray(data)
    reach = min(len(data), int(rng.choice([64, len(data)])))
    for at in rng.integers(0, reach, count):
        changed[at] ^= 1 << int(rng.integers(8))
    return bytes(changed)


@pytest.mark.parametrize("name", SAMPLES)
def test_flipped_bits_are_a_picture_or_a_sentence(name: str) -> None:
    rng = np.random.default_rng(len(SAMPLES[name]))
    for _ in range(60):
        data = flipped(SAMPLES[name], rng, int(rng.choice([1, 3, 20])))
        for outcome in read(data, name):
            assert isinstance(outcome, ImageFile | RejectedFile)


# Codes.

CODES = np.arange(12, dtype=np.float32).reshape(3, 4)


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        npy(CODES), npy(CODES.astype(np.float64)), npy(np.asfortranarray(CODES)),
        npz(codes=CODES, other=CODES[:1]), npz(mean=CODES, log_var=CODES), npz(anything=CODES),
        b"z0,z1,z2,z3\n0,1,2,3\n4,5,6,7\n8,9,10,11\n", b"0;1;2;3\n4;5;6;7\n\n8;9;10;11",
        b"\xef\xbb\xbf0\t1\t2\t3\r\n4\t5\t6\t7\r\n8\t9\t10\t11\r\n",
    ],
)  # fmt: skip
def test_codes_are_read(data: bytes) -> None:
    codes = read_codes("codes", data, 4)
    assert codes.dtype == np.float32
    assert np.array_equal(codes, CODES)


def test_one_code_alone_is_a_row() -> None:
    assert read_codes("a", npy(CODES[0]), 4).shape == (1, 4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (npy(np.array([[{}]], object)), "Codes must be numbers, not '|O'"),
        (npy(np.array([["a"]])), "Codes must be numbers, not '<U1'"),
        (npy(CODES.astype(complex)), "Codes must be numbers, not '<c16'"),
        (npy(CODES[:, :2]), "These codes have 2 dimensions, the model has 4."),
        (npy(CODES[None]), "Codes must have two axes"),
        (npy(CODES * np.nan), "The codes contain NaN or infinity"),
        (npy(np.full((1, 4), 1e300)), "numbers beyond float32"),
        (npy(CODES)[:-4], "The .npy says (3, 4), which is not what it holds; save it again."),
        (npy(CODES)[:40], "The .npy is damaged or holds no plain array"),
        (npz(a=CODES, b=CODES), "has no array 'codes' or 'mean' (it has a, b)"),
        (b"a,b\n", "The .csv has no rows of numbers"),
        (b"1,2,3,4\n1,2,x,4\n", "Row 2 of the .csv is not 4 numbers; correct it."),
        (b"1,2,3,nan\n", "The codes contain NaN or infinity"),
        (SINGLE["rgb.png"], "codes.npy is PNG; codes are read from .npy, .npz or .csv."),
        (b"", "The file is empty"),
    ],
)
def test_bad_codes_have_their_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_codes("codes.npy", data, 4)
    assert words in str(caught.value)


def test_a_header_cannot_claim_more_than_is_there() -> None:
    claim = npy(CODES).replace(b"(3, 4), }         ", b"(3000000000, 4), }")
    with pytest.raises(InvalidInputError, match="which is not what it holds"):
        read_codes("a.npy", claim, 4)


def test_flipped_bits_in_codes() -> None:
    rng = np.random.default_rng(0)
    for source in (npy(CODES), npz(codes=CODES)) * 150:
        with contextlib.suppress(InvalidInputError):
            assert read_codes("a", flipped(source, rng, 1), 4).shape[1] == 4


def test_kinds_of_all_samples() -> None:
    kinds = {sniff_type(data) for data in SAMPLES.values()}
    assert kinds == {"PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "zip"}
    assert sniff_type(sideways_jpeg(sketch())) == "JPEG"
