"""What a page can start from."""

from __future__ import annotations

import pytest

import latent_core as lc
from latent_core.types import Dataset
from ui import sample_sources
from ui.images import data_url
from ui.spaces import compute_space


def test_the_images_of_a_data_set_are_unpacked_when_one_is_shown(
    monkeypatch: pytest.MonkeyPatch,
):
    space = compute_space("digits-vae-16", "digits", lambda _fraction, _message: None)
    read: list[slice] = []
    images = Dataset.images

    def recorded(data: Dataset, at: slice) -> object:
        read.append(at)
        return images(data, at)

    monkeypatch.setattr(Dataset, "images", recorded)
    item = sample_sources.item_from_sample(space, 3)
    assert read == []
    assert item.image_url == data_url(images(lc.load_dataset("digits"), slice(3, 4))[0])
    assert read == [slice(3, 4)]
