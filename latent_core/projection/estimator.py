"""The interface of scikit-learn for every projection method, without importing scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform

from latent_core.errors import InvalidInputError, NotFittedError, UnknownNameError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.projection.base import IterationCallback, ValidatedParams, null_callback
from latent_core.types import Floats

if TYPE_CHECKING:
    from latent_core.projection.projection import Projection


T = TypeVar("T", bound=type[Any])


@dataclass_transform(frozen_default=True, kw_only_default=True)
def projection_method(cls: T) -> T:
    """Make a subclass of `ProjectionEstimator` a dataclass with keyword-only, frozen parameters.

    Other attributes can be set, since scikit-learn attaches some of its own while a pipeline runs.
    """
    made: Any = dataclass(frozen=True, kw_only=True)(cls)
    made.__setattr__, made.__delattr__ = _set_attribute, object.__delattr__
    return made  # type: ignore[no-any-return]


def _set_attribute(self: Any, name: str, value: Any) -> None:
    if name in self.get_params():
        raise FrozenInstanceError(f"{name!r} is a parameter; change it with set_params.")
    object.__setattr__(self, name, value)


@projection_method
class ProjectionEstimator(ValidatedParams):
    """A projection method that fits, transforms and is cloned as an estimator of scikit-learn.

    Two estimators are equal if their parameters are; neither `n_jobs` nor a fit counts.

    Parameters
    ----------
    n_jobs
        The largest number of threads of numpy and scikit-learn during a fit; None changes
        nothing, −1 uses all cores.

    Attributes
    ----------
    embedding_
        ``(N, n_components)`` float32, the points of the codes it was fitted to.
    projection_
        The same as a `Projection`, with its trustworthiness.
    n_features_in_
        D of the codes it was fitted to.
    """

    n_jobs: int | None = field(default=None, compare=False, repr=False)
    _projection: ClassVar[Projection | None] = None  # set by `fit`; no field, so not copied

    def __post_init__(self) -> None:
        super().__post_init__()
        is_count = isinstance(self.n_jobs, Integral) and not isinstance(self.n_jobs, bool)
        if self.n_jobs is not None and not (is_count and (self.n_jobs > 0 or self.n_jobs == -1)):
            raise InvalidInputError(
                f"n_jobs of {self.name} must be None, −1 or at least 1, not {self.n_jobs!r}; "
                "choose one of them."
            )

    def fit(
        self,
        codes: Any,
        y: Any = None,
        *,
        progress: ProgressCallback = null_progress,
        callback: IterationCallback = null_callback,
    ) -> Self:
        """Project `codes` ``(N, D)``, an array or a data frame; gives this estimator.

        Parameters
        ----------
        codes
            At least five finite rows of numbers.
        y
            Ignored; pipelines pass it.
        progress, callback
            Called with the completed fraction, and with intermediate points
            ``(N, n_components)``; may raise `CancelledError`.

        Raises
        ------
        InvalidInputError
            The codes cannot be projected, or the parameters do not suit them.
        """
        from latent_core.projection.projection import project

        with _thread_limit(self.n_jobs):
            fitted = project(codes, replace(self), progress=progress, callback=callback)  # type: ignore[arg-type]  # each subclass is a ProjectionMethod
        object.__setattr__(self, "_projection", fitted)
        return self

    def fit_transform(self, codes: Any, y: Any = None, **callbacks: Any) -> Floats:
        """The points ``(N, n_components)`` of `codes` ``(N, D)``; parameters as in `fit`."""
        return self.fit(codes, y, **callbacks).embedding_

    def transform(self, codes: Any) -> Floats:
        """Points ``(M, n_components)`` of new codes ``(M, D)``; `embedding_` does not change.

        Raises
        ------
        NotFittedError
            `fit` was not called.
        InvalidInputError
            The codes do not have D dimensions, or are not finite.
        """
        return self.projection_.transform(codes)

    def inverse_transform(self, points: Any) -> Floats:
        """Codes ``(M, D)`` of points ``(M, n_components)``; see `projection.inverse`.

        Raises
        ------
        NotFittedError
            `fit` was not called.
        InvalidInputError
            The points have another number of dimensions, or are not finite.
        """
        return self.projection_.inverse_transform(points)

    @property
    def projection_(self) -> Projection:
        """The fitted `Projection`."""
        if self._projection is None:
            raise NotFittedError(
                f"This {type(self).__name__} is not fitted; call fit(codes) first."
            )
        return self._projection

    @property
    def embedding_(self) -> Floats:
        """The points ``(N, n_components)`` of the codes it was fitted to."""
        return self.projection_.points

    @property
    def n_features_in_(self) -> int:
        """The number of dimensions D of the codes it was fitted to."""
        return int(self.projection_.codes.shape[1])

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; `deep` has no effect, since none is an estimator."""
        return {name: getattr(self, name) for name in _param_names(self)}

    def set_params(self, **params: Any) -> Self:
        """Change parameters; gives this estimator.

        What was fitted stays until the next `fit`.  No parameter changes if one is invalid.

        Raises
        ------
        UnknownNameError, InvalidInputError
            There is no such parameter, or its value is out of range.
        """
        known = _param_names(self)
        for name in params:
            if name not in known:
                raise UnknownNameError(f"parameter of {self.name}", name, known)
        valid = replace(self, **params)
        for name in params:
            object.__setattr__(self, name, getattr(valid, name))
        return self

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """The names of the components, such as ``tsne0`` and ``tsne1``, ``(n_components,)``."""
        import numpy as np

        prefix, count = type(self).__name__.lower(), self.projection_.n_components
        return np.asarray([f"{prefix}{i}" for i in range(count)], dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return self._projection is not None

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(),
        )


def _param_names(estimator: ProjectionEstimator) -> list[str]:
    return [item.name for item in fields(estimator)]


@contextmanager
def _thread_limit(n_jobs: int | None) -> Iterator[None]:
    """At most `n_jobs` threads of the native libraries; see `ProjectionEstimator`."""
    if n_jobs is None:
        yield
        return
    import os

    from threadpoolctl import threadpool_limits

    with threadpool_limits(os.cpu_count() if n_jobs == -1 else n_jobs):
        yield
