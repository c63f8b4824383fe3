from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.datasets import dataset
from latent_core.datasets.dataset import sprite_sheet_path
from latent_core.datasets.factors import write_factors
from latent_core.datasets.idx import read_idx
from latent_core.errors import InvalidCardError, InvalidInputError, UnknownNameError
from latent_core.io import sprite_sheet
from latent_core.io.sprite_sheet import (
    pack_avif_sprite_sheet,
    pack_sprite_sheet,
    unpack_sprite_sheet,
)


@pytest.mark.parametrize("shape", [(1, 4, 6), (3, 5, 2)])
@pytest.mark.parametrize("count", [1, 7, 100, 205])
def test_a_sheet_gives_back_the_pictures(shape, count):
    images = np.random.default_rng(0).integers(0, 256, (count, *shape), np.uint8)
    np.testing.assert_array_equal(
        unpack_sprite_sheet(pack_sprite_sheet(images), count, shape), images
    )


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_the_shipped_sets_are_whole(name):
    data = lc.load_dataset(name)
    assert data.images_uint8.shape == (10_000, 1, 28, 28)
    assert len(data.class_names) == 10
    assert (np.bincount(data.labels, minlength=10) > 800).all()
    assert not data.images_uint8.flags.writeable


def test_older_sets_keep_their_fingerprints():
    found = {name: lc.load_dataset(name).fingerprint[:16] for name in ("digits", "fashion")}
    assert found == {"digits": "ac34d8ee6087c91e", "fashion": "d90c882c3f8a7f29"}


def test_a_colour_sheet_loses_little():
    y, x = np.mgrid[0:32, 0:32]
    waves = [np.sin(x / (5 + n)) + np.cos(y / (9 - n)) for n in range(3)]
    image = ((np.stack(waves) + 2) / 4 * 255).astype(np.uint8)
    images = np.stack([np.roll(image, n, 2) for n in range(7)])
    read = unpack_sprite_sheet(pack_avif_sprite_sheet(images, 90), 7, (3, 32, 32))
    assert np.abs(read.astype(int) - images).mean() < 3


def test_colours_do_not_leak_into_the_next_picture():
    images = np.zeros((2, 3, 64, 64), np.uint8)
    images[0, 0], images[1, 2] = 220, 220
    read = unpack_sprite_sheet(pack_avif_sprite_sheet(images, 80), 2, (3, 64, 64))
    assert np.abs(read.astype(int) - images).max() < 24


def test_a_sheet_that_is_no_picture_is_refused():
    with pytest.raises(InvalidCardError, match="cannot be read"):
        unpack_sprite_sheet(b"no picture", 1, (1, 2, 2))


def add_factors(folder, **factors):
    """Lay factors down beside the pictures of `folder` and name them on its card."""
    (folder / "factors.parquet").write_bytes(write_factors(factors))
    card = card_files.read_json(folder / "card.json")
    digest = card_files.sha256_file(folder / "factors.parquet")
    told = {name: {"range": [0, 1], "description": name} for name in factors}
    sums = card["sha256"] | {"factors.parquet": digest}
    card_files.update_card(folder, factors=told, sha256=sums)


def test_factors_are_read_beside_the_pictures(four):
    size, hue = np.linspace(0, 1, 300, dtype="f"), np.ones(300, "f")
    add_factors(four / "data" / "four", size=size, hue=hue)
    data = lc.load_dataset("four")
    assert list(data.factors) == ["size", "hue"]
    np.testing.assert_array_equal(data.factors["size"], size)
    assert data.factors["size"].dtype == np.float32
    assert not data.factors["size"].flags.writeable


def test_a_set_without_factors_has_none(four):
    assert lc.load_dataset("four").factors == {}


def test_pictures_are_decoded_once_and_only_when_asked_for(four, monkeypatch):
    decoded = []
    real = sprite_sheet.unpack_sprite_sheet
    monkeypatch.setattr(dataset, "unpack_sprite_sheet", lambda *a: decoded.append(1) or real(*a))
    data = lc.load_dataset("four")
    assert (len(data), data.image_shape, decoded) == (300, (1, 2, 2), [])
    assert data.images_uint8 is data.images_uint8
    assert decoded == [1]


def test_factors_for_other_pictures_are_refused(four):
    add_factors(four / "data" / "four", size=np.zeros(299, "f"))
    with pytest.raises(InvalidCardError, match="300 images but factors for 299"):
        _ = lc.load_dataset("four").factors


def test_factors_that_are_not_finite_are_refused(four):
    add_factors(four / "data" / "four", size=np.full(300, np.nan, "f"))
    with pytest.raises(InvalidCardError, match="'size' of 'four' contains NaN"):
        _ = lc.load_dataset("four").factors


def test_factors_unlike_the_card_are_refused(four):
    folder = four / "data" / "four"
    add_factors(folder, size=np.zeros(300, "f"))
    card_files.update_card(folder, factors={"width": {}})
    with pytest.raises(InvalidCardError, match="differ between card and table: size, width"):
        _ = lc.load_dataset("four").factors


def test_factors_without_a_table_are_refused(four):
    card_files.update_card(four / "data" / "four", factors={"size": {}})
    with pytest.raises(InvalidCardError, match=r"names no factors\.parquet"):
        _ = lc.load_dataset("four").factors


def test_a_table_that_is_none_is_refused(four):
    folder = four / "data" / "four"
    add_factors(folder, size=np.zeros(300, "f"))
    (folder / "factors.parquet").write_bytes(b"PAR1 no table")
    digest = card_files.sha256_file(folder / "factors.parquet")
    sums = card_files.read_json(folder / "card.json")["sha256"]
    card_files.update_card(folder, sha256=sums | {"factors.parquet": digest})
    with pytest.raises(InvalidCardError, match="is not a Parquet table"):
        _ = lc.load_dataset("four").factors


def test_a_card_names_one_sheet(four):
    folder = four / "data" / "four"
    assert sprite_sheet_path("four").name == "images.png"
    (folder / "images.avif").write_bytes(b"x")
    sums = card_files.read_json(folder / "card.json")["sha256"]
    digest = card_files.sha256_file(folder / "images.avif")
    card_files.update_card(folder, sha256=sums | {"images.avif": digest})
    with pytest.raises(InvalidCardError, match="must name one sheet"):
        lc.load_dataset("four")
    card_files.update_card(folder, sha256={})
    with pytest.raises(InvalidCardError, match="must name one sheet"):
        lc.load_dataset("four")


def test_the_first_digits_are_those_of_mnist():
    assert lc.load_dataset("digits").labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]


def test_a_changed_sheet_is_refused(four):
    path = four / "data" / "four" / "images.png"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InvalidCardError, match="not the file its card names"):
        lc.load_dataset("four")


def test_an_unknown_set_is_named_with_its_nearest(four):
    with pytest.raises(UnknownNameError, match="Did you mean 'four'"):
        lc.load_dataset("fuor")


@pytest.mark.parametrize("zipped", [False, True])
def test_idx_files_are_read(tmp_path, zipped):
    images = np.random.default_rng(0).integers(0, 256, (5, 3, 4), np.uint8)
    blobs = {
        "train-images-idx3-ubyte": struct.pack(">4i", 0x803, 5, 3, 4) + images.tobytes(),
        "train-labels-idx1-ubyte": struct.pack(">2i", 0x801, 5) + bytes(range(5)),
    }
    for name, blob in blobs.items():
        path = tmp_path / (name + (".gz" if zipped else ""))
        path.write_bytes(gzip.compress(blob) if zipped else blob)
    read, labels = read_idx("digits", tmp_path, train=True)
    np.testing.assert_array_equal(read[:, 0], images)
    assert labels.tolist() == [0, 1, 2, 3, 4]


def test_missing_and_broken_idx_files_are_told(tmp_path):
    with pytest.raises(InvalidInputError, match="--data-dir"):
        read_idx("digits", tmp_path, train=True)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(b"\x00\x00\x08\x03\x00\x00")
    with pytest.raises(InvalidInputError, match="not a whole idx file"):
        read_idx("digits", tmp_path, train=True)
