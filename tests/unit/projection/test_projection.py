"""What every projection method guarantees, and how its parameters and codes are checked."""

from __future__ import annotations

import subprocess
import sys
from time import monotonic
from typing import Any

import numpy as np
import pytest

from latent_core.aliases import (
    PROJECTION_ARRAYS,
    PROJECTION_INFO,
    PROJECTION_PARAMS,
    renamed,
)
from latent_core.errors import CancelledError, InvalidInputError, UnknownNameError
from latent_core.progress import null_progress
from latent_core.projection import (
    LLE,
    METHODS,
    PCA,
    TSNE,
    UMAP,
    Isomap,
    LatentAxes,
    Projection,
    ProjectionMethod,
    method_from_dict,
    method_to_dict,
    null_callback,
    param_fields,
    project,
)
from latent_core.types import Floats
from tests.unit.projection.data import CODES, clusters, extent

CONFIGURATIONS = [
    PCA(),
    TSNE(perplexity=20),
    TSNE(n_components=3, perplexity=20, metric="cosine"),
    UMAP(n_components=3, metric="manhattan"),
    LLE(n_components=3),
    Isomap(),
]
EVERY_METHOD = pytest.mark.parametrize(
    "method", CONFIGURATIONS, ids=lambda m: f"{m.id}-{m.n_components}"
)


@pytest.fixture(scope="module")
def projections() -> dict[ProjectionMethod, Projection]:
    return {method: project(CODES, method, fingerprint="abc") for method in CONFIGURATIONS}


# -- what every method guarantees ------------------------------------------------------------


@EVERY_METHOD
def test_fit_gives_a_point_per_code_and_preserves_neighborhoods(
    projections: dict[ProjectionMethod, Projection], method: ProjectionMethod
) -> None:
    projection = projections[method]
    assert projection.points.shape == (len(CODES), method.n_components)
    assert projection.points.dtype == np.float32
    assert projection.n_components == method.n_components
    assert len(projection) == len(CODES)
    assert projection.quality is not None
    assert projection.quality.n_neighbors == 10
    assert projection.quality.value > {"tsne": 0.95, "umap": 0.93}.get(method.id, 0.7)


@EVERY_METHOD
@pytest.mark.usefixtures("few_iterations")
def test_same_seed_gives_the_same_points(method: ProjectionMethod) -> None:
    first, second = (project(CODES.copy(), method) for _ in range(2))
    np.testing.assert_array_equal(first.points, second.points)
    assert first.quality == second.quality


@pytest.mark.parametrize("kind", [TSNE, UMAP])
@pytest.mark.usefixtures("few_iterations")
def test_another_seed_gives_other_points(kind: Any) -> None:
    first, second = (project(CODES[:100], kind(random_state=s)).points for s in (0, 1))
    assert not np.array_equal(first, second)


@EVERY_METHOD
def test_transform_of_fitted_codes_gives_their_points(
    projections: dict[ProjectionMethod, Projection], method: ProjectionMethod
) -> None:
    projection = projections[method]
    error = np.linalg.norm(projection.transform(CODES) - projection.points, axis=1)
    assert np.median(error) < 0.002 * extent(projection)
    assert error.max() < (0.05 if method.id == "lle" else 0.002) * extent(projection)


@EVERY_METHOD
def test_transform_is_deterministic_per_code_and_keeps_fitted_points(
    projections: dict[ProjectionMethod, Projection], method: ProjectionMethod
) -> None:
    projection, new = projections[method], clusters(40, seed=3)
    before = projection.points.copy()
    transformed = projection.transform(new)
    np.testing.assert_array_equal(projection.points, before)
    np.testing.assert_array_equal(projection.transform(new), transformed)
    np.testing.assert_allclose(
        projection.transform(new[:1])[0], transformed[0], atol=1e-3 * extent(projection)
    )
    assert projection.transform(new[:0]).shape == (0, method.n_components)


@pytest.mark.parametrize("method", [m for m in CONFIGURATIONS if m.id != "lle"], ids=lambda m: m.id)
def test_transform_places_new_codes_in_their_cluster(
    projections: dict[ProjectionMethod, Projection], method: ProjectionMethod
) -> None:
    projection, new = projections[method], clusters(40, seed=3)
    distance = np.linalg.norm(projection.transform(new)[:, None] - projection.points, axis=2)
    assert (distance.argmin(1) // 80 == np.arange(40) // 10).mean() >= 0.95


@EVERY_METHOD
def test_projection_round_trips_through_arrays(
    projections: dict[ProjectionMethod, Projection], method: ProjectionMethod
) -> None:
    projection, new = projections[method], clusters(8, seed=3)
    arrays, info = projection.to_arrays()
    restored = Projection.from_arrays(arrays, info, codes=CODES)
    assert (restored.method, restored.fingerprint) == (method, "abc")
    assert restored.quality == projection.quality
    np.testing.assert_array_equal(restored.transform(new), projection.transform(new))
    assert not any(array.dtype == object for array in arrays.values())
    assert len(Projection.from_arrays(*projection.to_arrays(with_codes=True))) == len(CODES)
    with pytest.raises(InvalidInputError, match="stored without its codes; give the codes"):
        Projection.from_arrays(arrays, info)


@pytest.mark.parametrize("method", [TSNE(perplexity=20), UMAP()], ids=["tsne", "umap"])
@pytest.mark.usefixtures("few_iterations")
def test_callback_receives_intermediate_points(
    method: ProjectionMethod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("latent_core.projection.tsne._CALLBACK_INTERVAL_S", 0.0)
    received: list[Floats] = []
    last = project(CODES[::2], method, callback=received.append)
    assert len(received) > 2
    assert all(points.shape == last.points.shape for points in received)
    assert not np.array_equal(received[1], received[-1])


@pytest.mark.parametrize("at", [0.0, 0.5])
@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.usefixtures("few_iterations")
def test_cancelling_stops_within_300_ms(kind: Any, at: float) -> None:
    cancelled_at: list[float] = []

    def progress(fraction: float, message: str) -> None:
        if fraction >= at:
            cancelled_at.append(monotonic())
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        project(CODES[::2], kind(), progress=progress)
    assert len(cancelled_at) == 1
    assert monotonic() - cancelled_at[0] < 0.3


def test_cancelling_the_measurement_keeps_the_fitted_projection() -> None:
    def progress(fraction: float, message: str) -> None:
        if message == "Measuring trustworthiness":
            raise CancelledError("Stopped.")

    projection = project(CODES, PCA(), progress=progress)
    assert projection.quality is None
    assert projection.trustworthiness is None
    assert projection.measured().quality == project(CODES, PCA()).quality
    restored = Projection.from_arrays(*projection.to_arrays(with_codes=True))
    assert restored.quality is None


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.usefixtures("few_iterations")
def test_progress_is_monotonic_and_ends_at_one(kind: Any) -> None:
    fractions: list[float] = []
    project(CODES[:100], kind(), progress=lambda fraction, _message: fractions.append(fraction))
    assert fractions == sorted(fractions)
    assert fractions[0] >= 0
    assert fractions[-1] == 1


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.usefixtures("few_iterations")
def test_duplicate_and_low_dimensional_codes_are_projected(kind: Any) -> None:
    duplicates = np.repeat(CODES[:20], 5, axis=0)
    method = kind(perplexity=5) if kind is TSNE else kind()
    assert np.isfinite(project(duplicates, method).points).all()
    codes_2d = CODES[:60, :2]
    if kind not in (PCA, LatentAxes):
        method_3d = kind(n_components=3, perplexity=5) if kind is TSNE else kind(n_components=3)
        assert np.isfinite(project(codes_2d, method_3d).points).all()


# -- parameters and errors ---------------------------------------------------------------------


def test_methods_are_registered_with_complete_metadata() -> None:
    assert list(METHODS) == ["latent", "tsne", "umap", "pca", "isomap", "lle"]
    for kind in METHODS.values():
        method = kind()
        assert isinstance(method, ProjectionMethod)
        assert method.note.endswith(".")
        assert method_from_dict(method_to_dict(method)) == method
        for item in param_fields(kind):
            metadata = item.metadata
            assert metadata["label"]
            assert metadata["help"].endswith(".")
            assert "choices" in metadata or metadata["min"] <= item.default <= metadata["max"]


def test_methods_with_equal_parameters_are_equal_also_under_earlier_names() -> None:
    method: Any = method_from_dict({"method": "tsne", "perplexity": 20, "dims": 3})
    assert method == TSNE(n_components=3, perplexity=20.0)
    assert method_to_dict(method) == method_to_dict(TSNE(n_components=3, perplexity=20.0))
    assert isinstance(method.perplexity, float)


def test_importing_the_package_is_cheap() -> None:
    heavy = "{'sklearn', 'scipy', 'openTSNE', 'torch', 'umap'}"
    code = f"import sys, latent_core.projection; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


INVALID_PARAMETERS: list[tuple[Any, type[Exception], str]] = [
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
    (lambda: UMAP(n_neighbors=1), InvalidInputError, "must be an integer from 2 to 500, not 1"),
    (
        lambda: UMAP(n_neighbors=2.5),
        InvalidInputError,
        "must be an integer from 2 to 500, not 2.5",
    ),
    (
        lambda: UMAP(min_dist=2),
        InvalidInputError,
        "Minimum distance of UMAP must be a number from 0.0",
    ),
    (
        lambda: Isomap(random_state=-1),
        InvalidInputError,
        "Seed of Isomap must be an integer from 0",
    ),
    (lambda: UMAP(metric="euclidian"), UnknownNameError, "Did you mean 'euclidean'?"),
    (lambda: method_from_dict({"method": "tsn"}), UnknownNameError, "projection method 'tsn'"),
    (
        lambda: method_from_dict({"method": "tsne", "perplexty": 3}),
        UnknownNameError,
        "parameter of t-SNE 'perplexty'; .* Did you mean 'perplexity'?",
    ),
]


@pytest.mark.parametrize(("make", "error", "message"), INVALID_PARAMETERS)
def test_invalid_parameters_raise_with_the_allowed_values(
    make: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        make()
    head, _, rest = message.partition(" .* ")
    assert head in str(caught.value)
    assert rest in str(caught.value)


UNSUITABLE_CODES: list[tuple[Any, ProjectionMethod, str]] = [
    (CODES[:4], PCA(), "4 codes are too few for a projection; give at least 5."),
    (np.ones((30, 3)), TSNE(perplexity=5), "All codes are equal, so there is nothing to project"),
    (np.full((30, 3), np.nan), PCA(), "The codes contain NaN or infinity; remove those rows"),
    (
        CODES[:, :2],
        PCA(n_components=3),
        "PCA cannot compute 3 components of 2-dimensional codes; choose fewer.",
    ),
    (CODES[:50], TSNE(), "Perplexity 30 is too large for 50 codes; choose at most 16.3."),
    (CODES[:10], UMAP(), "15 neighbors are too many for 10 codes; choose at most 9."),
    (
        CODES,
        LLE(n_components=3, n_neighbors=3),
        "3 neighbors are too few here; choose at least 4.",
    ),
]


@pytest.mark.parametrize(("codes", "method", "message"), UNSUITABLE_CODES)
def test_unsuitable_codes_raise_with_a_remedy(
    codes: Any, method: ProjectionMethod, message: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        project(codes, method)
    assert message in str(caught.value)


def test_fit_checks_its_codes() -> None:
    for kind in METHODS.values():
        with pytest.raises(InvalidInputError, match="too few for a projection"):
            kind().fit_arrays(CODES[:2], progress=null_progress, callback=null_callback)


def test_transform_checks_the_dimensions_of_codes() -> None:
    projection = project(CODES[:50], PCA())
    with pytest.raises(InvalidInputError, match="These codes have 3 dimensions, the model has 8"):
        projection.transform(np.zeros((2, 3), np.float32))


def test_stored_arrays_of_earlier_versions_are_read() -> None:
    projection = project(CODES, Isomap())
    arrays, info = projection.to_arrays()
    old_arrays = renamed(arrays, inverse(PROJECTION_ARRAYS))
    old_info = renamed(info, inverse(PROJECTION_INFO))
    old_info |= {"spec": renamed(info["method"], inverse(PROJECTION_PARAMS))}
    assert "walks" in old_arrays
    assert "method" not in old_info
    restored = Projection.from_arrays(old_arrays, old_info, codes=CODES)
    assert restored.method == projection.method
    np.testing.assert_array_equal(restored.transform(CODES[:9]), projection.transform(CODES[:9]))


def inverse(names: dict[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}
