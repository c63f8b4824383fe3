"""The validation and the test half of a data set's shipped images.

Images with an even index are for validation: configurations and constants are chosen and probes
are fitted on them.  Images with an odd index are for testing: figures are of them.  Such halves are
alike where the order has a trend, as that of MNIST's test images has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.types import Dataset

SPLIT = "samples with an even index are for validation, those with an odd index for testing"
"""What the card of a data set says under ``split``."""


def indices_for_validation(data: Dataset) -> NDArray[np.int64]:
    """Indices of the validation images, ``(⌈N/2⌉,)``."""
    return np.arange(0, len(data), 2)


def labeled(data: Dataset, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of `rows` whose class is known."""
    return rows if data.labels is None else rows[data.labels[rows] >= 0]


def indices_for_test(data: Dataset) -> NDArray[np.int64]:
    """Indices of the test images, ``(⌊N/2⌋,)``."""
    return np.arange(1, len(data), 2)
