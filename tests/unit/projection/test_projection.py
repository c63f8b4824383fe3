"""Maps: the same truths as scikit-learn's, the same map for the same seed, new codes in place."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from time import monotonic
from typing import Any

import numpy as np
import pytest
from sklearn import decomposition, manifold
from sklearn.datasets import make_swiss_roll

from latent_core.errors import CancelledError, InvalidInputError, UnknownNameError
from latent_core.progress import null_progress
from latent_core.projection import (
    LLE,
    METHODS,
    PCA,
    TSNE,
    UMAP,
    Isomap,
    Projection,
    ProjectionMethod,
    method_from_dict,
    method_to_dict,
    null_callback,
    project,
    trustworthiness,
)
from latent_core.projection.out_of_sample import barycentric_weights
from latent_core.projection.tsne_attraction import AttractiveForces
from latent_core.projection.tsne_repulsion import ParticleMesh
from latent_core.types import Floats


def clusters(count: int = 320, groups: int = 4, seed: int = 0) -> Floats:
    """Codes ``(count, 8)`` in well-parted groups, one after the other."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(1).normal(0, 4, (groups, 8))
    return (np.repeat(centres, count // groups, 0) + rng.normal(0, 1, (count, 8))).astype("f")


def swiss_roll(count: int = 350) -> Floats:
    return make_swiss_roll(count, random_state=0)[0].astype(np.float32)


CODES = clusters()
SPECS = [
    PCA(),
    TSNE(perplexity=20),
    TSNE(n_components=3, perplexity=20, metric="cosine"),
    UMAP(n_components=3, metric="manhattan"),
    LLE(n_components=3),
    Isomap(),
]
BY_NAME = pytest.mark.parametrize("spec", SPECS, ids=lambda s: f"{s.id}-{s.n_components}")


@pytest.fixture(scope="module")
def maps() -> dict[ProjectionMethod, Projection]:
    return {spec: project(CODES, spec, fingerprint="abc") for spec in SPECS}


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few steps, for tests that don't look at the result."""
    for name in ("tsne._EARLY", "tsne._MAIN", "tsne._FINE", "umap._EPOCHS"):
        monkeypatch.setattr(f"latent_core.projection.{name}", 15)


def span(map_: Projection) -> float:
    return float(np.ptp(map_.points, axis=0).max())


# -- truth ---------------------------------------------------------------------------------


def test_pca_is_scikit_learns() -> None:
    theirs = decomposition.PCA(2).fit(CODES)
    map_ = project(CODES, PCA())
    np.testing.assert_allclose(map_.points, theirs.transform(CODES), atol=1e-4)
    new = clusters(seed=5)
    np.testing.assert_allclose(map_.transform(new), theirs.transform(new), atol=1e-4)


def test_isomap_is_scikit_learns_up_to_the_number_of_landmarks() -> None:
    codes = swiss_roll()
    theirs = manifold.Isomap(n_neighbors=8).fit(codes)
    ours = project(codes, Isomap(n_neighbors=8))
    new = codes[:20] + np.float32(0.1)
    for mine, known in (
        (ours.points, theirs.embedding_),
        (ours.transform(new), theirs.transform(new)),
    ):
        np.testing.assert_allclose(np.abs(mine), np.abs(known), atol=span(ours) * 1e-3)


@pytest.mark.parametrize("count", [150, 350])
def test_lle_is_scikit_learns_up_to_scale_and_sign(count: int) -> None:
    codes = swiss_roll(count)
    theirs = manifold.LocallyLinearEmbedding(n_neighbors=12, random_state=0).fit(codes)
    ours = project(codes, LLE(n_neighbors=12)).points
    for axis in range(2):
        match = np.corrcoef(ours[:, axis], theirs.embedding_[:, axis])[0, 1]
        assert abs(match) > 0.999


@pytest.mark.parametrize("k", [1, 5, 10])
def test_trustworthiness_is_exactly_scikit_learns(k: int) -> None:
    rng = np.random.default_rng(0)
    codes, points = CODES, (CODES[:, :2] + rng.normal(0, 1, (len(CODES), 2))).astype("f")
    for metric in ("euclidean", "cosine", "manhattan"):
        theirs = manifold.trustworthiness(codes.astype(float), points, n_neighbors=k, metric=metric)
        assert trustworthiness(codes, points, k, metric=metric) == pytest.approx(theirs, abs=1e-12)


def test_trustworthiness_of_a_sample_estimates_that_of_all() -> None:
    points = CODES[:, :2]
    whole = trustworthiness(CODES, points)
    parts = [trustworthiness(CODES, points, n_samples=80, random_state=s) for s in range(20)]
    assert np.mean(parts) == pytest.approx(whole, abs=0.01)
    assert parts[0] == trustworthiness(CODES, points, n_samples=80, random_state=0) != parts[1]


@pytest.mark.parametrize(("dims", "spacing"), [(2, 0.25), (3, 0.35)])
def test_the_mesh_gives_the_sum_over_all_pairs(dims: int, spacing: float) -> None:
    points = np.random.default_rng(0).normal(0, 6, (400, dims))
    gaps = points[:, None] - points
    near = 1 / (1 + (gaps**2).sum(2))
    slope = -2 * np.einsum("ij,ijd->id", near**2, gaps)
    potential, ours = ParticleMesh(points, spacing).potential_and_gradient()
    np.testing.assert_allclose(potential, near.sum(1), rtol=0.01)
    assert np.linalg.norm(ours - slope) < 0.05 * np.linalg.norm(slope)


def test_springs_give_the_sum_over_all_pairs() -> None:
    from scipy.sparse import csr_matrix

    rng = np.random.default_rng(0)
    points, p = rng.normal(0, 3, (1100, 2)), rng.uniform(0.1, 1, (1100, 1100))
    gaps = points[:, None] - points
    pull = np.einsum("ij,ijd->id", p / (1 + (gaps**2).sum(2)), gaps)
    np.testing.assert_allclose(
        AttractiveForces(csr_matrix(p)).forces(points), pull, rtol=1e-3, atol=1e-2
    )


def test_barycentric_weights_rebuild_a_code_between_its_neighbours() -> None:
    corners = np.array([[0, 0], [4, 0], [0, 4]], np.float32)
    weights = barycentric_weights(corners, np.array([[1, 1]], np.float32), np.array([[0, 1, 2]]))
    np.testing.assert_allclose(weights, [[0.5, 0.25, 0.25]], atol=0.01)


def test_tsne_on_the_mesh_is_as_good_as_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = project(CODES, TSNE(perplexity=20)).trustworthiness
    monkeypatch.setattr("latent_core.projection.tsne._FEW", 0)
    assert project(CODES, TSNE(perplexity=20)).trustworthiness == pytest.approx(exact, abs=0.01)


# -- what every map promises ---------------------------------------------------------------


@BY_NAME
def test_a_map_has_a_finite_point_per_code_and_keeps_clusters(
    maps: dict[ProjectionMethod, Projection], spec: ProjectionMethod
) -> None:
    map_ = maps[spec]
    assert map_.points.shape == (len(CODES), spec.n_components)
    assert map_.points.dtype == np.float32
    assert map_.n_components == spec.n_components
    assert len(map_) == len(CODES)
    assert map_.n_neighbors == 10
    assert map_.trustworthiness > {"tsne": 0.95, "umap": 0.93}.get(spec.id, 0.7)


@BY_NAME
@pytest.mark.usefixtures("brief")
def test_same_seed_same_map(spec: ProjectionMethod) -> None:
    one, other = (project(CODES.copy(), spec) for _ in range(2))
    np.testing.assert_array_equal(one.points, other.points)
    assert one.trustworthiness == other.trustworthiness


@pytest.mark.parametrize("kind", [TSNE, UMAP])
@pytest.mark.usefixtures("brief")
def test_another_seed_another_map(kind: Any) -> None:
    one, other = (project(CODES[:100], kind(random_state=s)).points for s in (0, 1))
    assert not np.array_equal(one, other)


@BY_NAME
def test_old_codes_land_on_their_points(
    maps: dict[ProjectionMethod, Projection], spec: ProjectionMethod
) -> None:
    map_ = maps[spec]
    miss = np.linalg.norm(map_.transform(CODES) - map_.points, axis=1)
    assert np.median(miss) < 0.002 * span(map_)
    assert miss.max() < (0.05 if spec.id == "lle" else 0.002) * span(map_)


@BY_NAME
def test_placing_moves_nothing_and_depends_on_nothing_else(
    maps: dict[ProjectionMethod, Projection], spec: ProjectionMethod
) -> None:
    map_, new = maps[spec], clusters(40, seed=3)
    before = map_.points.copy()
    placed = map_.transform(new)
    np.testing.assert_array_equal(map_.points, before)
    np.testing.assert_array_equal(map_.transform(new), placed)
    np.testing.assert_allclose(map_.transform(new[:1])[0], placed[0], atol=1e-3 * span(map_))
    assert map_.transform(new[:0]).shape == (0, spec.n_components)


@pytest.mark.parametrize("spec", [s for s in SPECS if s.id != "lle"], ids=lambda s: s.id)
def test_new_codes_land_in_their_own_cluster(
    maps: dict[ProjectionMethod, Projection], spec: ProjectionMethod
) -> None:
    map_, new = maps[spec], clusters(40, seed=3)
    gaps = np.linalg.norm(map_.transform(new)[:, None] - map_.points, axis=2)
    assert (gaps.argmin(1) // 80 == np.arange(40) // 10).mean() >= 0.95


@BY_NAME
def test_a_map_survives_being_stored(
    maps: dict[ProjectionMethod, Projection], spec: ProjectionMethod
) -> None:
    map_, new = maps[spec], clusters(8, seed=3)
    arrays, info = map_.to_arrays()
    again = Projection.from_arrays(arrays, info, codes=CODES)
    assert (again.method, again.fingerprint) == (spec, "abc")
    assert again.trustworthiness == map_.trustworthiness
    np.testing.assert_array_equal(again.transform(new), map_.transform(new))
    assert not any(array.dtype == object for array in arrays.values())
    assert len(Projection.from_arrays(*map_.to_arrays(with_codes=True))) == len(CODES)
    with pytest.raises(InvalidInputError, match="stored without its codes; give the codes"):
        Projection.from_arrays(arrays, info)


@pytest.mark.parametrize("spec", [TSNE(perplexity=20), UMAP()], ids=["tsne", "umap"])
@pytest.mark.usefixtures("brief")
def test_points_are_seen_moving(spec: ProjectionMethod, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latent_core.projection.tsne._CALLBACK_INTERVAL_S", 0.0)
    seen: list[Floats] = []
    last = project(CODES[::2], spec, callback=seen.append)
    assert len(seen) > 2
    assert all(points.shape == last.points.shape for points in seen)
    assert not np.array_equal(seen[1], seen[-1])


@pytest.mark.parametrize("at", [0.0, 0.5])
@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.usefixtures("brief")
def test_cancelling_stops_soon(kind: Any, at: float) -> None:
    asked: list[float] = []

    def progress(fraction: float, words: str) -> None:
        if fraction >= at:
            asked.append(monotonic())
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        project(CODES[::2], kind(), progress=progress)
    assert len(asked) == 1
    assert monotonic() - asked[0] < 0.3


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.usefixtures("brief")
def test_progress_only_grows_and_ends_at_one(kind: Any) -> None:
    told: list[float] = []
    project(CODES[:100], kind(), progress=lambda fraction, words: told.append(fraction))
    assert told == sorted(told)
    assert told[0] >= 0
    assert told[-1] == 1


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.usefixtures("brief")
def test_awkward_codes_still_make_a_map(kind: Any) -> None:
    twice = np.repeat(CODES[:20], 5, axis=0)
    spec = kind(perplexity=5) if kind is TSNE else kind()
    assert np.isfinite(project(twice, spec).points).all()
    flat = CODES[:60, :2]
    if kind is not PCA:
        three = kind(n_components=3, perplexity=5) if kind is TSNE else kind(n_components=3)
        assert np.isfinite(project(flat, three).points).all()


# -- plumbing ------------------------------------------------------------------------------


def test_methods_are_found_and_describe_themselves() -> None:
    assert list(METHODS) == ["tsne", "umap", "pca", "isomap", "lle"]
    for kind in METHODS.values():
        spec = kind()
        assert isinstance(spec, ProjectionMethod)
        assert spec.note.endswith(".")
        assert method_from_dict(method_to_dict(spec)) == spec
        for item in fields(kind):  # type: ignore[arg-type]
            known = item.metadata
            assert known["label"]
            assert known["help"].endswith(".")
            assert "choices" in known or known["min"] <= item.default <= known["max"]


def test_specs_with_equal_settings_are_equal_however_they_are_written() -> None:
    spec: Any = method_from_dict({"method": "tsne", "perplexity": 20, "dims": 3})
    assert spec == TSNE(n_components=3, perplexity=20.0)
    assert method_to_dict(spec) == method_to_dict(TSNE(n_components=3, perplexity=20.0))
    assert isinstance(spec.perplexity, float)


def test_importing_the_package_is_cheap() -> None:
    heavy = "{'sklearn', 'scipy', 'openTSNE', 'torch', 'umap'}"
    code = f"import sys, latent_core.projection; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


WRONG_SETTINGS: list[tuple[Any, type[Exception], str]] = [
    (
        lambda: PCA(n_components=4),
        InvalidInputError,
        "Dimensions of PCA must be 2 or 3, not 4; choose one.",
    ),
    (
        lambda: TSNE(n_components=True),
        InvalidInputError,
        "Dimensions of t-SNE must be 2 or 3, not True",
    ),
    (
        lambda: TSNE(perplexity=0),
        InvalidInputError,
        "Perplexity of t-SNE must be a number from 2.0 to 300.0, not 0; choose one in that range.",
    ),
    (lambda: TSNE(perplexity=float("nan")), InvalidInputError, "not nan"),
    (lambda: UMAP(n_neighbors=1), InvalidInputError, "must be a whole number from 2 to 500, not 1"),
    (
        lambda: UMAP(n_neighbors=2.5),
        InvalidInputError,
        "must be a whole number from 2 to 500, not 2.5",
    ),
    (
        lambda: UMAP(min_dist=2),
        InvalidInputError,
        "Minimum distance of UMAP must be a number from 0.0",
    ),
    (
        lambda: Isomap(random_state=-1),
        InvalidInputError,
        "Seed of Isomap must be a whole number from 0",
    ),
    (lambda: UMAP(metric="euclidian"), UnknownNameError, "Did you mean 'euclidean'?"),
    (lambda: method_from_dict({"method": "tsn"}), UnknownNameError, "map method 'tsn'"),
    (
        lambda: method_from_dict({"method": "tsne", "perplexty": 3}),
        UnknownNameError,
        "setting of t-SNE 'perplexty'; .* Did you mean 'perplexity'?",
    ),
]


@pytest.mark.parametrize(("make", "kind", "words"), WRONG_SETTINGS)
def test_wrong_settings_say_what_is_allowed(make: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind) as caught:
        make()
    head, _, rest = words.partition(" .* ")
    assert head in str(caught.value)
    assert rest in str(caught.value)


WRONG_CODES: list[tuple[Any, ProjectionMethod, str]] = [
    (CODES[:4], PCA(), "4 codes are too few for a map; give at least 5."),
    (np.ones((30, 3)), TSNE(perplexity=5), "All codes are the same, so there is nothing to map"),
    (np.full((30, 3), np.nan), PCA(), "The codes contain NaN or infinity; remove those rows"),
    (CODES[:, :2], PCA(n_components=3), "PCA cannot make 3 dimensions out of 2; choose fewer."),
    (CODES[:50], TSNE(), "Perplexity 30 is too large for 50 codes; choose at most 16.3."),
    (CODES[:10], UMAP(), "15 neighbours are too many for 10 codes; choose at most 9."),
    (
        CODES,
        LLE(n_components=3, n_neighbors=3),
        "3 neighbours are too few here; choose at least 4.",
    ),
]


@pytest.mark.parametrize(("codes", "spec", "words"), WRONG_CODES)
def test_codes_that_do_not_suit_say_what_would(
    codes: Any, spec: ProjectionMethod, words: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        project(codes, spec)
    assert words in str(caught.value)


def test_fit_itself_checks_its_codes() -> None:
    for kind in METHODS.values():
        with pytest.raises(InvalidInputError, match="too few for a map"):
            kind().fit(CODES[:2], progress=null_progress, callback=null_callback)


def test_placing_or_judging_what_does_not_match_is_refused() -> None:
    map_ = project(CODES[:50], PCA())
    with pytest.raises(InvalidInputError, match="These codes have 3 dimensions, the model has 8"):
        map_.transform(np.zeros((2, 3), np.float32))
    with pytest.raises(InvalidInputError, match="50 codes but 4 points; give one point per code"):
        trustworthiness(CODES[:50], map_.points[:4])
    with pytest.raises(InvalidInputError, match="k = 25 does not suit 50 codes; choose 1 to 24"):
        trustworthiness(CODES[:50], map_.points, 25)
