"""The examples of the Encode page: typical images of all classes."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from ui.views.encode.sources import N_EXAMPLES, example_indices


@pytest.mark.parametrize("model_id", ["digits-vae-16", "furniture-vae-8", "dsprites-vae-10"])
def test_the_examples_are_typical_images_of_all_classes(model_id: str) -> None:
    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    encodings = lc.encode(model, data)
    found = example_indices(data, encodings)
    assert len(set(found)) == N_EXAMPLES
    assert data.labels is not None
    assert len(set(data.labels[found])) == min(N_EXAMPLES, len(data.class_names))
    assert set(lc.support(encodings.mean).levels(encodings.mean[found])) == {"near data"}


def test_without_classes_they_are_apart() -> None:
    model = lc.load_model("faces-vae-32")
    data = lc.load_dataset("faces")
    codes = lc.encode(model, data).mean
    found = codes[example_indices(data, lc.encode(model, data))]
    gaps = np.linalg.norm(found[:, None] - found, axis=2)[~np.eye(N_EXAMPLES, dtype=bool)]
    usual = np.median(np.linalg.norm(codes[:500] - codes[500:1000], axis=1))
    assert gaps.min() > usual / 2
