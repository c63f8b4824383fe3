"""What every map method is: a frozen spec that fits, and places new codes later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields
from numbers import Integral, Real
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.neighbors import METRICS
from latent_core.progress import ProgressCallback
from latent_core.types import Array, Floats, as_codes

MIN_CODES = 5
MAX_SEED = 2**32 - 1

IterationCallback = Callable[[Floats], None]
"""Called with the points as they are so far, ``(N, dims)``."""


def null_callback(points: Floats) -> None:
    """Show the points to nobody."""


@runtime_checkable
class ProjectionMethod(Protocol):
    """A method with its settings.  To add one, put it in a new file here as ``METHOD``."""

    id: ClassVar[str]
    name: ClassVar[str]
    note: ClassVar[str]
    version: ClassVar[int]
    cache_name: ClassVar[str]
    cache_fields: ClassVar[dict[str, str]]

    @property
    def n_components(self) -> int:
        """2 or 3."""
        ...

    @property
    def random_state(self) -> int:
        """Of whatever is drawn at random."""
        ...

    def fit(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``"points"`` ``(N, dims)`` float32, and the plain arrays that `place` needs."""
        ...

    def transform(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """Where new `codes` ``(M, D)`` belong among `codes_ref` ``(N, D)``: ``(M, dims)``."""
        ...


def param(default: Any, label: str, hint: str, **limits: Any) -> Any:
    """A spec's field that a form can be made from.

    Parameters
    ----------
    default, label, hint
        Its value, its name for people, and a sentence on what it does.
    limits
        ``min``, ``max`` and ``step`` of a number, or ``choices`` of a name.
    """
    return field(default=default, metadata={"label": label, "help": hint, **limits})


def n_components_param() -> Any:
    """The dimensions of the map: 2 or 3."""
    return param(2, "Dimensions", "A flat map or one to turn around.", choices=(2, 3))


def random_state_param() -> Any:
    """The seed: same seed, same map."""
    hint = "The same seed gives the same map; another shows what is chance."
    return param(0, "Seed", hint, min=0, max=MAX_SEED, step=1)


def n_neighbors_param(default: int, hint: str) -> Any:
    """How many neighbours of each code are looked at."""
    return param(default, "Neighbours", hint, min=2, max=500, step=1)


def metric_param() -> Any:
    """How the distance between two codes is measured."""
    return param("euclidean", "Metric", "How far apart two codes are.", choices=METRICS)


class ValidatedParams:
    """Checks every field against what its `setting` allows."""

    __slots__ = ()
    name: ClassVar[str]

    def __post_init__(self) -> None:
        for item in fields(self):  # type: ignore[arg-type]  # every spec is a dataclass
            value = getattr(self, item.name)
            if "choices" in item.metadata:
                self._check_choice(value, item.metadata)
            else:
                whole = isinstance(item.metadata["step"], int)
                self._check_number(value, item.metadata, whole)
                object.__setattr__(self, item.name, int(value) if whole else float(value))

    def _check_choice(self, value: Any, limits: Any) -> None:
        choices, label = limits["choices"], limits["label"]
        if isinstance(choices[0], str) and value not in choices:
            raise UnknownNameError(f"{label.lower()} of {self.name}", str(value), choices)
        if isinstance(value, bool) or value not in choices:
            listed = " or ".join(map(str, choices))
            raise InvalidInputError(
                f"{label} of {self.name} must be {listed}, not {value!r}; choose one."
            )

    def _check_number(self, value: Any, limits: Any, whole: bool) -> None:
        low, high, label = limits["min"], limits["max"], limits["label"]
        kind = Integral if whole else Real
        if isinstance(value, bool) or not isinstance(value, kind) or not low <= value <= high:
            what = "a whole number" if whole else "a number"
            raise InvalidInputError(
                f"{label} of {self.name} must be {what} from {low} to {high}, not {value!r}; "
                "choose one in that range."
            )


def check_codes(codes: Any) -> Floats:
    """`codes` ``(N, D)``, fit for a map.

    Raises
    ------
    BadInput
        Fewer than `MIN_CODES`, all the same, or not finite numbers.
    """
    array = as_codes(codes)
    if len(array) < MIN_CODES:
        raise InvalidInputError(
            f"{len(array)} codes are too few for a map; give at least {MIN_CODES}."
        )
    if (array == array[0]).all():
        raise InvalidInputError(
            "All codes are the same, so there is nothing to map; give different ones."
        )
    return array


def check_n_neighbors(n_neighbors: int, codes: Floats, least: int = 2) -> None:
    """Refuse more neighbours than there are other codes, or fewer than `least`."""
    if n_neighbors >= len(codes):
        raise InvalidInputError(
            f"{n_neighbors} neighbours are too many for {len(codes)} codes; "
            f"choose at most {len(codes) - 1}."
        )
    if n_neighbors < least:
        raise InvalidInputError(
            f"{n_neighbors} neighbours are too few here; choose at least {least}."
        )


def principal_axes(codes: Floats, n_components: int) -> tuple[Array, Array]:
    """The mean ``(D,)`` and the first principal axes ``(dims, D)``, float64.

    Each axis points to where its largest entry is positive, as scikit-learn's does.
    """
    mean = codes.mean(axis=0, dtype=np.float64)
    centred = codes - mean
    axes = np.linalg.eigh(centred.T @ centred)[1].T[::-1][:n_components]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    return mean, axes * np.sign(largest)


def pca_init(codes: Floats, n_components: int, seed: int) -> Array:
    """A first guess ``(N, dims)`` for methods that improve one: PCA, first axis of deviation 1.

    A little noise parts equal codes, and fills the axes that the codes don't have.

    References
    ----------
    Kobak & Linderman 2021, doi:10.1038/s41587-020-00809-z.
    """
    mean, axes = principal_axes(codes, n_components)
    start = np.random.default_rng(seed).normal(0, 0.01, (len(codes), n_components))
    points = (codes - mean) @ axes.T
    start[:, : len(axes)] += points / (points[:, 0].std() or 1.0)
    return start
