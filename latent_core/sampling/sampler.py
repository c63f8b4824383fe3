"""`Sampler`, what codes are drawn from, and the registry of samplers.

Each module of this package that defines ``SAMPLER`` adds one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling.distribution import CodeDistribution
from latent_core.types import Floats, as_codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodeSet:
    """What a sampler may be fitted to.

    Parameters
    ----------
    codes
        ``(N, D)``.
    log_var
        ``(N, D)`` log-variances of the encoder, or None.
    labels
        ``(N,)`` integers, -1 for unlabelled; or None.
    class_names
        One per class; may be empty.
    has_prior
        Whether the decoder was trained with the prior N(0, I).
    """

    codes: Floats
    log_var: Floats | None = None
    labels: NDArray[np.int64] | None = None
    class_names: tuple[str, ...] = ()
    has_prior: bool = True

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_codes(self.codes))
        if self.log_var is not None:
            as_codes(self.log_var, self.codes.shape[1])
        if self.labels is not None and len(self.labels) != len(self.codes):
            raise InvalidInputError(f"{len(self.codes)} codes but {len(self.labels)} labels.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampler(ABC):
    """A way to draw codes; its fields are its parameters.

    Attributes
    ----------
    id, title, note
        Its name in code and in links; its name for people; one sentence on what it draws.
    is_slow
        Whether fitting takes seconds, so that its result is cached.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    note: ClassVar[str]
    is_slow: ClassVar[bool] = False

    @staticmethod
    def missing(data: CodeSet) -> str:
        """Why it cannot be fitted to `data`, in one sentence; empty where it can."""
        del data
        return ""

    @abstractmethod
    def fit(self, data: CodeSet, *, progress: ProgressCallback = null_progress) -> CodeDistribution:
        """The distribution that codes are drawn from.

        Raises
        ------
        InvalidInputError
            `data` lacks what the sampler needs.
        """

    def check(self, data: CodeSet) -> None:
        """Raise what `missing` says.

        Raises
        ------
        InvalidInputError
            The sampler cannot be fitted to `data`.
        """
        if reason := self.missing(data):
            raise InvalidInputError(reason)
