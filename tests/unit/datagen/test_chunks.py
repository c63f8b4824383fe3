from __future__ import annotations

import numpy as np
import pytest

from datagen.chunks import render_chunks
from datagen.furniture.factors import sample_furniture_factors
from latent_core.datasets.dataset import read_chunks
from latent_core.errors import InvalidInputError


def test_interrupted_rendering_resumes(tmp_path, monkeypatch):
    monkeypatch.setattr("datagen.chunks.CHUNK_SIZE", 2)
    factors = sample_furniture_factors(5, 7)
    finished: list[int] = []
    render_chunks("furniture", factors, tmp_path, 1, lambda done, _: finished.append(done))
    assert finished == [0, 2, 4, 5]
    images, read = read_chunks(tmp_path)
    (tmp_path / "part-00001.npy").unlink()
    finished.clear()
    render_chunks("furniture", factors, tmp_path, 1, lambda done, _: finished.append(done))
    assert finished == [3, 5]
    np.testing.assert_array_equal(read_chunks(tmp_path)[0], images)
    np.testing.assert_array_equal(read["hue"], factors["hue"])


def test_chunks_of_other_factors_are_not_mixed(tmp_path, monkeypatch):
    monkeypatch.setattr("datagen.chunks.CHUNK_SIZE", 2)
    render_chunks("furniture", sample_furniture_factors(2, 7), tmp_path, 1, lambda *_: None)
    with pytest.raises(InvalidInputError, match="another seed"):
        render_chunks("furniture", sample_furniture_factors(2, 8), tmp_path, 1, lambda *_: None)


def test_a_folder_without_chunks_is_an_error(tmp_path):
    with pytest.raises(InvalidInputError, match="has no chunks of images"):
        read_chunks(tmp_path)
