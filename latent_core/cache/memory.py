"""How much memory may be taken by what is kept only to be fast: one setting for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from latent_core.environment import env_whole

MB = 1_000_000
DEFAULT_MB = 480
IMAGES, NETWORKS, BLOBS, DERIVED = 0.5, 0.2, 0.2, 0.1
"""Shares of the memory: decoded images of data sets, networks, files for browsers, and derived
values such as quantized tables."""


def memory_share(share: float) -> int:
    """That share of ``LATENT_MEMORY_MB`` in bytes.

    Raises
    ------
    InvalidInputError
        The variable is no positive whole number.
    """
    return int(share * env_whole("LATENT_MEMORY_MB", DEFAULT_MB) * MB)


def size_in_bytes(value: Any) -> int:
    """The bytes of the arrays, strings and bytes in a value, however nested."""
    if hasattr(value, "nbytes"):
        return int(value.nbytes)
    if isinstance(value, bytes | str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(size_in_bytes, value.values()))
    if isinstance(value, tuple | list):
        return sum(map(size_in_bytes, value))
    if is_dataclass(value):
        return sum(size_in_bytes(getattr(value, field.name)) for field in fields(value))
    return 0
