"""Many codes: t-SNE and UMAP are fitted to a sample, and the others are placed by it."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.projection import PCA, TSNE, UMAP, Projection, project, sampled_fit


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled_fit, "MOST_FITTED_AT_ONCE", 400)
    monkeypatch.setattr(sampled_fit, "N_FITTED", 200)


def three_clusters(count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    cluster = rng.integers(0, 3, count)
    centers = 20 * np.eye(3, 6)
    return (centers[cluster] + rng.normal(size=(count, 6))).astype("f4"), cluster


@pytest.mark.usefixtures("few_are_many")
@pytest.mark.parametrize("method", [TSNE(perplexity=15), UMAP()], ids=["tsne", "umap"])
def test_the_rest_lies_with_its_clusters_in_the_sample(method) -> None:
    codes, cluster = three_clusters(900)
    seen: list[int] = []
    projection = project(codes, method, callback=lambda p: seen.append(len(p)), measure=False)
    fitted = projection.arrays["fitted"]
    assert projection.n_fitted == len(fitted) == 200
    assert set(seen) == {200}
    alone = method.fit_arrays(codes[fitted], progress=lambda *_: None, callback=lambda _: None)
    np.testing.assert_array_equal(projection.points[fitted], alone["points"])
    rest = np.setdiff1d(np.arange(900), fitted)
    centers = np.stack([projection.points[fitted][cluster[fitted] == c].mean(0) for c in range(3)])
    gaps = np.linalg.norm(projection.points[rest][:, None] - centers, axis=2)
    assert (gaps.argmin(axis=1) == cluster[rest]).all()
    again = Projection.from_arrays(*projection.to_arrays(), codes=codes)
    assert again.n_fitted == 200


@pytest.mark.usefixtures("few_are_many")
def test_another_seed_draws_another_sample() -> None:
    codes, _ = three_clusters(500)
    samples = [
        project(codes, UMAP(random_state=seed), measure=False).arrays["fitted"] for seed in (0, 1)
    ]
    assert (samples[0] != samples[1]).any()


@pytest.mark.usefixtures("few_are_many")
@pytest.mark.parametrize(("method", "count"), [(PCA(), 900), (UMAP(), 400)])
def test_others_are_fitted_to_all(method, count: int) -> None:
    projection = project(three_clusters(count)[0], method, measure=False)
    assert projection.n_fitted == count
    assert "fitted" not in projection.arrays
