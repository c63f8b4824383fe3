"""Codes and images as files for other programs: NPZ, CSV, Parquet and ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from latent_core.installation import requires_extra
from latent_core.io.png import encode_png, to_pixels
from latent_core.types import UNLABELLED, Array, Dataset, Floats, Posterior

_FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")


def codes_npz(names: Sequence[str], posterior: Posterior) -> bytes:
    """An NPZ with ``name`` (N,), ``mean`` (N, D) and, for a VAE, ``log_var`` (N, D); no pickle."""
    arrays = {"name": np.array(names, dtype=str), "mean": posterior.mean}
    if posterior.log_var is not None:
        arrays["log_var"] = posterior.log_var
    return npz(arrays)


def path_npz(codes: Floats, times: Array, meta: Mapping[str, str | float]) -> bytes:
    """An NPZ of a latent path: ``codes`` (T, D), ``times`` (T,), ``meta`` as JSON; no pickle."""
    return npz({"codes": codes, "times": times, "meta": np.array(json.dumps(dict(meta)))})


def npy(array: Array) -> bytes:
    """The content of a .npy file; no pickle."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def npz(arrays: Mapping[str, Array]) -> bytes:
    """An uncompressed NPZ of arrays by name; no pickle."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def codes_csv(
    names: Sequence[str], posterior: Posterior, metadata: Mapping[str, Array] | None = None
) -> bytes:
    """A CSV with one row per image: its name, its metadata, and one column per latent dimension.

    Text that a spreadsheet would run as a formula is prefixed with an apostrophe.

    Parameters
    ----------
    names
        N names.
    posterior
        Codes ``(N, D)``.
    metadata
        Further columns ``(N,)`` by name; see `metadata_columns`.
    """
    with requires_extra("tables"):
        import pandas as pd

    columns = {"name": np.array(names, dtype=str), **(metadata or {}), **_columns(posterior)}
    safe = {name: _without_formulas(values) for name, values in columns.items()}
    return bytes(pd.DataFrame(safe).to_csv(index=False).encode())


def _without_formulas(values: Array) -> Array | list[str]:
    if values.dtype.kind != "U":
        return values
    return [f"'{text}" if text.startswith(_FORMULA_PREFIXES) else text for text in values.tolist()]


def metadata_columns(data: Dataset, indices: NDArray[np.int64]) -> dict[str, Array]:
    """Class names and factors of the samples `indices` ``(M,)``, where known, each ``(M,)``."""
    columns: dict[str, Array] = {}
    if data.labels is not None:
        columns["label"] = np.array([*data.class_names, UNLABELLED])[data.labels[indices]]
    return columns | {name: values[indices] for name, values in data.factors.items()}


def codes_parquet(names: Sequence[str], posterior: Posterior) -> bytes:
    """A Parquet table, one row per image: its name, and a float32 column per latent dimension."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.table({"name": list(names)} | _columns(posterior)), buffer)
    return buffer.getvalue()


def images_zip(images: Floats) -> bytes:
    """A ZIP of ``001.png``, ``002.png``, … for images ``(N, C, H, W)`` in [0, 1]."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, pixels in enumerate(to_pixels(images), 1):
            archive.writestr(f"{number:03}.png", encode_png(pixels, optimize=True))
    return buffer.getvalue()


def _columns(posterior: Posterior) -> dict[str, Floats]:
    return {f"z{i + 1}": posterior.mean[:, i] for i in range(posterior.mean.shape[1])}
