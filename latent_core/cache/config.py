"""Location and size limit of the cache, from the environment."""

from __future__ import annotations

from pathlib import Path

from latent_core.environment import env_folder, env_whole, user_folder
from latent_core.installation import DISTRIBUTION

MB = 1_000_000
DEFAULT_MAX_BYTES = 2 * 2**30


def default_folder() -> Path:
    """The environment's ``LATENT_CACHE``, else a folder in the user's cache folder."""
    return env_folder(
        "LATENT_CACHE", user_folder("Caches", "XDG_CACHE_HOME", ".cache") / DISTRIBUTION
    )


def max_bytes_from_env() -> int:
    """The environment's ``LATENT_CACHE_MAX_MB`` in bytes, else 2 GiB.

    Raises
    ------
    InvalidInputError
        It is not a positive integer.
    """
    megabytes = env_whole("LATENT_CACHE_MAX_MB", 0)
    return megabytes * MB if megabytes else DEFAULT_MAX_BYTES
