"""Location and size limit of the cache, from the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from latent_core.errors import InvalidInputError

MB = 1_000_000
DEFAULT_MAX_BYTES = 2 * 2**30


def default_folder() -> Path:
    """The environment's ``LATENT_CACHE``, else a folder in the user's cache folder."""
    if folder := os.environ.get("LATENT_CACHE"):
        return Path(folder).expanduser()
    return _user_cache_folder() / "latent-space-explorer"


def _user_cache_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    windows = sys.platform == "win32"
    configured = Path(os.environ.get("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", ""))
    if configured.is_absolute():
        return configured
    return Path.home() / ("AppData/Local" if windows else ".cache")


def max_bytes_from_env() -> int:
    """The environment's ``LATENT_CACHE_MAX_MB`` in bytes, else 2 GiB.

    Raises
    ------
    InvalidInputError
        It is not a positive integer.
    """
    text = os.environ.get("LATENT_CACHE_MAX_MB") or ""
    if text and not (text.isascii() and text.isdigit() and int(text) > 0):
        raise InvalidInputError(
            f"LATENT_CACHE_MAX_MB must be a positive whole number, not {text[:40]!r}; "
            "correct it or unset it."
        )
    return int(text) * MB if text else DEFAULT_MAX_BYTES
