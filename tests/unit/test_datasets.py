from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest

import latent_core as lc
from latent_core.datasets import pack_sheet, read_idx, unpack_sheet
from latent_core.errors import BadCard, BadInput, UnknownName


@pytest.mark.parametrize("shape", [(1, 4, 6), (3, 5, 2)])
@pytest.mark.parametrize("count", [1, 7, 100, 205])
def test_a_sheet_gives_back_the_pictures(shape, count):
    images = np.random.default_rng(0).integers(0, 256, (count, *shape), np.uint8)
    np.testing.assert_array_equal(unpack_sheet(pack_sheet(images), count, shape), images)


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_the_shipped_sets_are_whole(name):
    data = lc.load_dataset(name)
    assert data.images.shape == (10_000, 1, 28, 28)
    assert len(data.class_names) == 10
    assert (np.bincount(data.labels, minlength=10) > 800).all()
    assert not data.images.flags.writeable


def test_the_first_digits_are_those_of_mnist():
    assert lc.load_dataset("digits").labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]


def test_a_changed_sheet_is_refused(four):
    path = four / "data" / "four" / "images.png"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BadCard, match="not the file its card names"):
        lc.load_dataset("four")


def test_an_unknown_set_is_named_with_its_nearest(four):
    with pytest.raises(UnknownName, match="Did you mean 'four'"):
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
    with pytest.raises(BadInput, match="--data-dir"):
        read_idx("digits", tmp_path, train=True)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(b"\x00\x00\x08\x03\x00\x00")
    with pytest.raises(BadInput, match="not a whole idx file"):
        read_idx("digits", tmp_path, train=True)
