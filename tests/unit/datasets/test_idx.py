"""Idx files, plain and gzipped."""

from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest

from latent_core.datasets.idx import read_idx
from latent_core.errors import InvalidInputError


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


def test_missing_and_damaged_idx_files_are_rejected(tmp_path):
    with pytest.raises(InvalidInputError, match="--data-dir"):
        read_idx("digits", tmp_path, train=True)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(b"\x00\x00\x08\x03\x00\x00")
    with pytest.raises(InvalidInputError, match="not a complete idx file"):
        read_idx("digits", tmp_path, train=True)
