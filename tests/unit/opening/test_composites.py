"""Arrays of 2, 4 or N channels: a composite of known pixels, and models of them refused."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.opening.datasets.composites import channel_axis
from latent_core.opening.models.signatures import check_signatures
from tests.artefacts import data_files as files

RNG = np.random.default_rng(0)
RGBA = RNG.integers(0, 256, (6, 8, 10, 4), np.uint8)
MANY = RNG.integers(0, 256, (6, 13, 12, 12), np.uint8)


def inspect(array: np.ndarray, **options: str) -> lc.opening.datasets.DatasetDraft:
    return lc.inspect_dataset({"x.npy": files.npy(array)}, **options)


def test_color_with_opacity_is_shown_over_white():
    array = RGBA.copy()
    array[0, 0, 0] = (10, 20, 30, 0)
    array[0, 0, 1] = (10, 20, 30, 255)
    array[0, 0, 2] = (0, 100, 255, 51)
    draft = inspect(array)
    assert draft.images.shape == (6, 3, 8, 10)
    assert draft.images[0, :, 0, :3].T.tolist() == [[255] * 3, [10, 20, 30], [204, 224, 255]]
    assert (draft.composite, len(draft.composites)) == ("over white", 3)
    floats = inspect(array.astype(np.float32) / 255)
    assert np.abs(floats.images.astype(int) - draft.images).max() <= 1


@pytest.mark.parametrize("layout", ["first", "last"])
def test_another_composite_can_be_chosen(layout):
    array = np.moveaxis(RGBA, -1, 1) if layout == "first" else RGBA
    kept = inspect(array, composite="first three")
    np.testing.assert_array_equal(kept.images, np.moveaxis(RGBA[..., :3], -1, 1))
    gray = inspect(array, composite="mean")
    expected = np.rint(RGBA.mean(axis=-1, dtype=np.float32))[:, None]
    np.testing.assert_array_equal(gray.images, expected)
    with pytest.raises(UnknownNameError, match="red and green"):
        inspect(array, composite="red and green")
    with pytest.raises(InvalidInputError, match="1 or 3 channels"):
        inspect(array[..., :3] if layout == "last" else array[:, :3], composite="mean")


def test_two_channels_are_red_and_green():
    draft = inspect(RGBA[..., :2])
    assert draft.composites == ("red and green", "mean")
    np.testing.assert_array_equal(draft.images[:, :2], np.moveaxis(RGBA[..., :2], -1, 1))
    assert not draft.images[:, 2].any()


@pytest.mark.parametrize("layout", ["first", "last"])
def test_the_axis_of_many_channels_is_found(layout):
    array = MANY if layout == "first" else np.moveaxis(MANY, 1, -1)
    draft = inspect(array)
    np.testing.assert_array_equal(draft.images, MANY[:, :3])
    assert draft.composites == ("first three", "mean")
    assert any("13 channels" in sentence for sentence in draft.findings)


def test_the_axis_of_the_channels():
    assert channel_axis((5, 20, 8, 8)) == 1
    assert channel_axis((5, 8, 8, 20)) == 3
    assert channel_axis((5, 6, 64, 48)) == 1
    assert channel_axis((5, 64, 48, 6)) == 3
    assert channel_axis((5, 9, 9, 9)) is None
    assert channel_axis((5, 20, 24, 28)) is None


def test_the_choice_is_on_the_card(tmp_path, monkeypatch):
    data = lc.open_dataset({"x.npy": files.npy(MANY)}, composite="mean", dataset_id="stack")
    assert data.card["composite"] == "mean"
    assert "the mean of the channels" in data.card["description"]
    assert data.image_shape == (1, 12, 12)
    assert lc.load_model("stack-pca").card.dataset == "stack"


def graph(*shape: int | None) -> SimpleNamespace:
    tensor = SimpleNamespace(name="x", shape=shape, type="tensor(float)")
    return SimpleNamespace(input=tensor, signature=SimpleNamespace(outputs=[tensor]))


def test_models_of_other_channels_are_refused_with_a_way_out():
    for shape in ((None, 4, 28, 28), (1, 28, 28, 13), (None, 2, 28, 28)):
        for name in ("encoder", "decoder"):
            with pytest.raises(InvalidInputError, match=r"channels.*embeddings"):
                check_signatures({name: graph(*shape)})
    for shape in ((None, 3, 28, 28), (1, 28, 28, 1), (None, None, None, None), (None, 784)):
        check_signatures({"encoder": graph(*shape), "decoder": graph(*shape)})
