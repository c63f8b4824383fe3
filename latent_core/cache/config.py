"""Location and size limit of the cache, from the environment."""

from __future__ import annotations

import sys
from pathlib import Path

from latent_core.environment import env_folder, env_whole

MB = 1_000_000
DEFAULT_MAX_BYTES = 2 * 2**30


def default_folder() -> Path:
    """The environment's ``LATENT_CACHE``, else a folder in the user's cache folder."""
    return env_folder("LATENT_CACHE", _user_cache_folder() / "latent-space-explorer")


def _user_cache_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    windows = sys.platform == "win32"
    configured = env_folder("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", Path())
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
    megabytes = env_whole("LATENT_CACHE_MAX_MB", 0)
    return megabytes * MB if megabytes else DEFAULT_MAX_BYTES
