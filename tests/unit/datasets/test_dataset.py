from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.datasets import dataset
from latent_core.datasets.dataset import sprite_sheet_path
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.io import sprite_sheet


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_shipped_data_sets_are_complete(name):
    data = lc.load_dataset(name)
    assert data.images_uint8.shape == (10_000, 1, 28, 28)
    assert len(data.class_names) == 10
    assert (np.bincount(data.labels, minlength=10) > 800).all()
    assert not data.images_uint8.flags.writeable


def test_fingerprints_are_stable():
    found = {name: lc.load_dataset(name).fingerprint[:16] for name in ("digits", "fashion")}
    assert found == {"digits": "ac34d8ee6087c91e", "fashion": "d90c882c3f8a7f29"}


def test_images_are_decoded_once_and_lazily(four, monkeypatch):
    decoded = []
    real = sprite_sheet.unpack_sprite_sheet
    monkeypatch.setattr(dataset, "unpack_sprite_sheet", lambda *a: decoded.append(1) or real(*a))
    data = lc.load_dataset("four")
    assert (len(data), data.image_shape, decoded) == (300, (1, 2, 2), [])
    assert data.images_uint8 is data.images_uint8
    assert decoded == [1]


def test_a_card_must_name_one_sprite_sheet(four):
    folder = four / "data" / "four"
    assert sprite_sheet_path("four").name == "images.png"
    (folder / "images.avif").write_bytes(b"x")
    checksums = card_files.read_json(folder / "card.json")["sha256"]
    digest = card_files.sha256_file(folder / "images.avif")
    card_files.update_card(folder, sha256=checksums | {"images.avif": digest})
    with pytest.raises(InvalidCardError, match="must name one sprite sheet"):
        lc.load_dataset("four")
    card_files.update_card(folder, sha256={})
    with pytest.raises(InvalidCardError, match="must name one sprite sheet"):
        lc.load_dataset("four")


def test_the_first_digits_are_those_of_mnist():
    assert lc.load_dataset("digits").labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]


def test_a_changed_file_is_rejected(four):
    path = four / "data" / "four" / "images.png"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InvalidCardError, match="doesn't match the checksum"):
        lc.load_dataset("four")


def test_unknown_data_sets_are_rejected_with_a_hint(four):
    with pytest.raises(UnknownNameError, match="Did you mean 'four'"):
        lc.load_dataset("fuor")


@pytest.mark.parametrize(
    "fields",
    [
        {"count": 0}, {"count": True}, {"count": 10**9}, {"image_shape": [1, 2]},
        {"description": 3},
        {"examples": []}, {"examples": {"words": [1]}}, {"examples": {"words": "ab"}},
        {"relations": {"x": [["a"]]}}, {"relations": {"x": 1}}, {"factors": {"x": {"range": 5}}},
        {"sha256": {"../../etc/passwd": "0" * 64}}, {"sha256": {"images.png": 1}}, {"codes": 5},
    ],
)  # fmt: skip
def test_a_field_of_another_kind_or_range_is_an_invalid_card(four, fields):
    card_files.update_card(four / "data" / "four", **fields)
    with pytest.raises(InvalidCardError):
        _ = lc.load_dataset("four").factors
