"""The interface of projection methods, their validated parameters, and shared helpers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, field, fields
from numbers import Integral, Real
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np

from latent_core.aliases import PROJECTION_PARAMS
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.neighbors import METRICS
from latent_core.progress import ProgressCallback
from latent_core.types import Array, Floats, as_codes

MIN_CODES = 5
MAX_SEED = 2**32 - 1
_NAMES_IN_KEYS = {new: old for old, new in PROJECTION_PARAMS.items()}

IterationCallback = Callable[[Floats], None]
"""Called with the current points ``(N, n_components)`` float32 while a method iterates."""


def null_callback(points: Floats) -> None:
    """Ignore the intermediate points."""


@runtime_checkable
class ProjectionMethod(Protocol):
    """A projection method with its parameters.

    To add one, put a `ProjectionEstimator` into a new file of this package and name it ``METHOD``.

    Attributes
    ----------
    id, name
        The name in files and links; the name shown to users.
    note
        What the method preserves and what it does not, in one sentence shown to users.
    version
        To be increased when the result of a fit changes; part of the cache key.
    cache_name, cache_fields
        The names of the class and of its fields in cache keys; they never change.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    note: ClassVar[str]
    version: ClassVar[int]
    cache_name: ClassVar[str]
    cache_fields: ClassVar[dict[str, str]]

    @property
    def n_components(self) -> int:
        """Dimensions of the projection, 2 or 3."""
        ...

    @property
    def random_state(self) -> int:
        """Seed of the random number generator."""
        ...

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """Project `codes` ``(N, D)``.

        Returns
        -------
        dict
            ``"points"``, ``(N, n_components)`` float32, and the arrays that `transform_arrays`
            needs.
        """
        ...

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """Project new codes; the fitted points do not change.

        Parameters
        ----------
        codes_ref
            ``(N, D)``, the codes that the method was fitted to.
        arrays
            What `fit_arrays` returned.
        codes
            ``(M, D)``, the new codes.

        Returns
        -------
        ``(M, n_components)`` float32.
        """
        ...


def param(default: Any, label: str, hint: str, **limits: Any) -> Any:
    """A dataclass field with the metadata that a form and `ValidatedParams` need.

    Parameters
    ----------
    default, label, hint
        Default value, label in a form, and a help text of one sentence.
    limits
        ``min``, ``max`` and ``step`` of a number, or ``choices``.
    """
    return field(default=default, metadata={"label": label, "help": hint, **limits})


def param_fields(method: Any) -> tuple[Field[Any], ...]:
    """The fields of a method, or of its class, that determine its result: those of `param`."""
    return tuple(item for item in fields(method) if "label" in item.metadata)


def n_components_param() -> Any:
    """The parameter ``n_components``: 2 or 3."""
    return param(
        2, "Dimensions", "A 2D projection, or a 3D one that can be rotated.", choices=(2, 3)
    )


def random_state_param() -> Any:
    """The parameter ``random_state``."""
    hint = "The same seed gives the same projection; other seeds show what depends on chance."
    return param(0, "Seed", hint, min=0, max=MAX_SEED, step=1)


def n_neighbors_param(default: int, hint: str) -> Any:
    """The parameter ``n_neighbors``."""
    return param(default, "Neighbors", hint, min=2, max=500, step=1)


def metric_param() -> Any:
    """The parameter ``metric``."""
    hint = "How the distance between two codes is measured."
    return param("euclidean", "Metric", hint, choices=METRICS)


def names_in_keys(*names: str) -> dict[str, str]:
    """The ``cache_fields`` of a method: its parameters under the names they have in cache keys."""
    return {name: _NAMES_IN_KEYS.get(name, name) for name in names}


class ValidatedParams:
    """A base class that checks each field against the limits its `param` declares."""

    __slots__ = ()
    name: ClassVar[str]

    def __post_init__(self) -> None:
        for item in param_fields(self):
            value = getattr(self, item.name)
            if "choices" in item.metadata:
                self._check_choice(value, item.metadata)
            else:
                is_integer = isinstance(item.metadata["step"], int)
                self._check_number(value, item.metadata, is_integer)
                object.__setattr__(self, item.name, int(value) if is_integer else float(value))

    def _check_choice(self, value: Any, limits: Any) -> None:
        choices, label = limits["choices"], limits["label"]
        if isinstance(choices[0], str) and value not in choices:
            raise UnknownNameError(f"{label.lower()} of {self.name}", str(value), choices)
        if isinstance(value, bool) or value not in choices:
            listed = " or ".join(map(str, choices))
            raise InvalidInputError(
                f"{label} of {self.name} must be {listed}, not {value!r}; choose one."
            )

    def _check_number(self, value: Any, limits: Any, is_integer: bool) -> None:
        low, high, label = limits["min"], limits["max"], limits["label"]
        expected = Integral if is_integer else Real
        if isinstance(value, bool) or not isinstance(value, expected) or not low <= value <= high:
            what = "an integer" if is_integer else "a number"
            raise InvalidInputError(
                f"{label} of {self.name} must be {what} from {low} to {high}, not {value!r}; "
                "choose one in that range."
            )


def check_codes(codes: Any) -> Floats:
    """`codes` as a float32 array ``(N, D)`` that can be projected.

    Raises
    ------
    InvalidInputError
        Fewer than `MIN_CODES` codes, all codes equal, or not finite numbers.
    """
    array = as_codes(codes)
    if len(array) < MIN_CODES:
        raise InvalidInputError(
            f"{len(array)} codes are too few for a projection; give at least {MIN_CODES}."
        )
    if (array == array[0]).all():
        raise InvalidInputError(
            "All codes are equal, so there is nothing to project; give different codes."
        )
    return array


def check_n_neighbors(n_neighbors: int, codes: Floats, minimum: int = 2) -> None:
    """Raise unless `minimum` ≤ `n_neighbors` < N.

    Raises
    ------
    InvalidInputError
        `n_neighbors` is out of that range.
    """
    if n_neighbors >= len(codes):
        raise InvalidInputError(
            f"{n_neighbors} neighbors are too many for {len(codes)} codes; "
            f"choose at most {len(codes) - 1}."
        )
    if n_neighbors < minimum:
        raise InvalidInputError(
            f"{n_neighbors} neighbors are too few here; choose at least {minimum}."
        )


MANY_DIMS = 2048


def principal_axes(codes: Floats, n_components: int) -> tuple[Array, Array]:
    """The mean ``(D,)`` and the first principal axes ``(n_components, D)``, float64.

    The sign of each axis makes its largest entry positive, as in scikit-learn.  In more than
    `MANY_DIMS` dimensions the axes are those of a randomized SVD.

    References
    ----------
    Halko, Martinsson & Tropp 2011, doi:10.1137/090771806.
    """
    mean = codes.mean(axis=0, dtype=np.float64)
    centered = codes - mean
    if codes.shape[1] > MANY_DIMS:
        from sklearn.utils.extmath import randomized_svd

        _, _, axes = randomized_svd(centered, n_components, n_iter=8, random_state=0)
    else:
        axes = np.linalg.eigh(centered.T @ centered)[1].T[::-1][:n_components]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    return mean, axes * np.sign(largest)


def pca_init(codes: Floats, n_components: int, seed: int) -> Array:
    """Initial points ``(N, n_components)``: PCA, scaled so that the first axis has std 1.

    Noise of std 0.01 separates equal codes, and fills components beyond D.

    References
    ----------
    Kobak & Linderman 2021, doi:10.1038/s41587-020-00809-z.
    """
    mean, axes = principal_axes(codes, n_components)
    init = np.random.default_rng(seed).normal(0, 0.01, (len(codes), n_components))
    points = (codes - mean) @ axes.T
    init[:, : len(axes)] += points / (points[:, 0].std() or 1.0)
    return init
