"""Columns of numbers from untrusted Parquet tables."""

from __future__ import annotations

import io
import math

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array

MAX_VALUES = 2**27
"""Values of all columns that are read, 1 GiB as float64."""


def read_numeric_columns(data: bytes) -> dict[str, Array]:
    """The columns of numbers in the content of a Parquet table, ``(N,)`` by name; others are left.

    Raises
    ------
    InvalidInputError
        There are more than `MAX_VALUES` numbers, whatever their size in the file.
    Exception
        Of pyarrow, where the table is damaged; see `latent_core.untrusted.reading`.
    """
    import pyarrow.parquet as pq
    from pyarrow import types

    parquet = pq.ParquetFile(io.BytesIO(data))
    tests = types.is_integer, types.is_floating, types.is_boolean
    names = [field.name for field in parquet.schema_arrow if any(is_(field.type) for is_ in tests)]
    if len(set(names)) < len(names):
        raise InvalidInputError("Two columns of the table have the same name; rename one.")
    n_values = math.prod((parquet.metadata.num_rows, max(1, len(names))))
    if not 0 <= n_values <= MAX_VALUES:
        raise InvalidInputError(
            f"The table has {n_values:,} numbers, over the limit of {MAX_VALUES:,}; split it."
        )
    table = parquet.read(columns=names, use_threads=False)
    return {name: np.asarray(table.column(name)) for name in names}
