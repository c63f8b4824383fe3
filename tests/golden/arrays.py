"""Arrays and numbers as compact JSON that keeps every bit of a float32."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np


def to_text(array: Any) -> dict[str, Any]:
    """Shape, type and little-endian bytes in base64; integers are stored as float64."""
    values = np.asarray(array)
    dtype = "float32" if values.dtype == np.float32 else "float64"
    data = np.ascontiguousarray(values, np.dtype(dtype).newbyteorder("<")).tobytes()
    return {"shape": list(values.shape), dtype: base64.b64encode(data).decode("ascii")}


def from_text(text: dict[str, Any]) -> Any:
    """The array that `to_text` wrote."""
    (dtype,) = text.keys() - {"shape"}
    data = base64.b64decode(text[dtype])
    return np.frombuffer(data, np.dtype(dtype).newbyteorder("<")).reshape(text["shape"]).copy()


def significant(value: Any) -> Any:
    """`value` with nine significant digits, which tell float32 numbers apart."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {name: significant(one) for name, one in value.items()}
    return [significant(one) for one in value] if isinstance(value, list) else value
