"""New codes like given ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core import workspace
from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling import CodeSet, sampler_from_dict
from latent_core.types import Encodings, Floats, as_codes


def sample(  # noqa: PLR0913  one argument per choice on the Samples page
    codes: Any,
    n: int = 64,
    sampler: str = "mixture",
    *,
    labels: Any = None,
    random_state: int = 0,
    temperature: float = 1.0,
    truncation: float = 1.0,
    progress: ProgressCallback = null_progress,
    **parameters: int,
) -> Floats:
    """New codes, to be decoded; the same seed gives the same codes, here and in the app.

    Parameters
    ----------
    codes
        What they are to be like: `Encodings`, whose fitted distribution is cached, or an array
        ``(N, D)``.
    n
        How many, M.
    sampler
        ``"mixture"``, a Gaussian mixture of the codes; ``"prior"``, N(0, I); ``"class"``, a
        mixture of the codes of one class; ``"neighborhood"``, around one code.  See `SAMPLERS`.
    labels
        ``(N,)`` integers, the classes of an array of codes; those of `Encodings` are known.
    random_state
        Seed, 0 to 2³¹ − 1.
    temperature
        Factor of the standard deviations, 0 to 10.
    truncation
        Fraction of each Gaussian that is kept, 0.01 to 1; the codes farthest from its mean are
        rejected.
    progress
        Called with the completed fraction; may raise `CancelledError`.
    parameters
        Of the sampler: ``label=3`` of a class, ``index=17`` of a code, ``n_components=8``.

    Returns
    -------
    ndarray
        ``(M, D)`` float32.

    Raises
    ------
    UnknownNameError
        There is no such sampler, parameter, model or data set.
    InvalidInputError
        A parameter is out of range, or the codes lack what the sampler needs.

    References
    ----------
    Ghosh et al. 2020, arXiv:1903.12436 (mixture); Brock, Donahue & Simonyan 2019,
    arXiv:1809.11096 (truncation).
    """
    chosen = sampler_from_dict(sampler, parameters)
    if isinstance(codes, Encodings) and codes.fingerprint and labels is None:
        data = load_dataset(codes.dataset_id)
        distribution = workspace.code_distribution(codes, data, chosen, progress=progress)
    else:
        classes = None if labels is None else _as_labels(labels)
        distribution = chosen.fit(CodeSet(codes=as_codes(codes), labels=classes), progress=progress)
    return distribution.sample(
        n, random_state=random_state, temperature=temperature, truncation=truncation
    )


def _as_labels(labels: Any) -> NDArray[np.int64]:
    """`labels` as integers ``(N,)``."""
    array = np.asarray(labels)
    if array.dtype.kind not in "iu" or array.ndim != 1:
        raise InvalidInputError(
            f"Labels must be integers (N,), -1 for unlabelled, not {array.dtype} of shape "
            f"{array.shape}; encode classes as numbers."
        )
    return array.astype(np.int64)
