from __future__ import annotations

import numpy as np
import pytest

from latent_core.projection import LLE, PCA, TSNE, UMAP, Isomap, lowered_for, project


@pytest.mark.parametrize(
    ("method", "count", "name", "value"),
    [
        (TSNE(), 10, "perplexity", 3.0),
        (TSNE(), 31, "perplexity", 10.0),
        (TSNE(), 87, "perplexity", 28.6),
        (TSNE(), 91, "perplexity", 30.0),
        (UMAP(n_neighbors=15), 15, "n_neighbors", 14),
        (Isomap(n_neighbors=12), 8, "n_neighbors", 7),
        (LLE(n_neighbors=12), 13, "n_neighbors", 12),
    ],
)
def test_parameters_are_lowered_to_what_fits(method, count, name, value):
    lowered, sentence = lowered_for(method, count)
    assert getattr(lowered, name) == value
    assert bool(sentence) == (lowered != method)
    assert not sentence or (str(count) in sentence and f"{value:g}" in sentence)


def test_what_no_value_would_mend_stays():
    assert lowered_for(TSNE(), 6) == (TSNE(), "")
    assert lowered_for(PCA(), 3) == (PCA(), "")


def test_a_lowered_method_can_be_fitted():
    codes = np.random.default_rng(0).normal(size=(11, 4)).astype(np.float32)
    method, _ = lowered_for(TSNE(), 11)
    assert project(codes, method).points.shape == (11, 2)
