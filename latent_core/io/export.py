"""Codes and pictures as files for other programs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from latent_core.types import Array, Dataset, Floats, Posterior

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def codes_npz(names: Sequence[str], posterior: Posterior) -> bytes:
    """``name`` (N,), ``mean`` (N, D) and, for a VAE, ``log_var`` (N, D); no pickle."""
    arrays = {"name": np.array(names, dtype=str), "mean": posterior.mean}
    if posterior.log_var is not None:
        arrays["log_var"] = posterior.log_var
    return _npz(arrays)


def path_npz(codes: Floats, times: Array, meta: Mapping[str, str | float]) -> bytes:
    """``codes`` (T, D), their ``times`` (T,) and ``meta``, a JSON object as text; no pickle."""
    return _npz({"codes": codes, "times": times, "meta": np.array(json.dumps(dict(meta)))})


def _npz(arrays: Mapping[str, Array]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def codes_csv(
    names: Sequence[str], posterior: Posterior, metadata: Mapping[str, Array] | None = None
) -> bytes:
    """A row per picture: its name, what is `known` of it, then one column per dimension.

    A text that a spreadsheet would run as a formula is written as text.
    """
    import pandas as pd

    columns = {"name": np.array(names, dtype=str), **(metadata or {}), **_columns(posterior)}
    safe = {name: _as_text(values) for name, values in columns.items()}
    return bytes(pd.DataFrame(safe).to_csv(index=False).encode())


def _as_text(values: Array) -> Array | list[str]:
    if values.dtype.kind != "U":
        return values
    return [f"'{text}" if text.startswith(_FORMULA) else text for text in values.tolist()]


def metadata_columns(data: Dataset, indices: NDArray[np.int64]) -> dict[str, Array]:
    """The label and the factors of some pictures, where they are known, each ``(M,)``."""
    known: dict[str, Array] = {}
    if data.labels is not None:
        known["label"] = np.array(data.class_names)[data.labels[indices]]
    return known | {name: values[indices] for name, values in data.factors.items()}


def codes_parquet(names: Sequence[str], posterior: Posterior) -> bytes:
    """A row per picture: its name, then one float32 column per dimension."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.table({"name": list(names)} | _columns(posterior)), buffer)
    return buffer.getvalue()


def images_zip(images: Floats) -> bytes:
    """``001.png``, ``002.png``, … of images ``(N, C, H, W)`` in [0, 1]."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, image in enumerate(images, 1):
            archive.writestr(f"{number:03}.png", image_png(image))
    return buffer.getvalue()


def image_png(image: Floats) -> bytes:
    """One image ``(C, H, W)`` in [0, 1] as a PNG."""
    from PIL import Image

    pixels = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8).transpose(1, 2, 0)
    buffer = io.BytesIO()
    Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels).save(buffer, "PNG")
    return buffer.getvalue()


def _columns(posterior: Posterior) -> dict[str, Floats]:
    return {f"z{i + 1}": posterior.mean[:, i] for i in range(posterior.mean.shape[1])}
