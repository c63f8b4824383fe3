"""What the store reports: its files, the result of a verification, why nothing was stored."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from latent_core.cache.config import MB


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheFile:
    """One file of the store: its key, its size, and its last use in seconds of ``time.time``."""

    key: str
    size_bytes: int
    used_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """Result of `Store.verify`; as text, one sentence and the damaged files.

    Parameters
    ----------
    n_valid
        Number of undamaged entries, shipped ones included.
    removed
        Damaged entries that were removed.
    damaged
        Damaged entries that remain, because they are shipped or cannot be removed.
    """

    n_valid: int
    removed: tuple[Path, ...] = ()
    damaged: tuple[Path, ...] = ()

    def __str__(self) -> str:
        remaining = f", {len(self.damaged)} damaged and not removed" if self.damaged else ""
        names = "".join(f"\n  {path}" for path in (*self.removed, *self.damaged))
        return f"{self.n_valid} valid, {len(self.removed)} damaged and removed{remaining}.{names}"


def too_large_notice(size: int, max_bytes: int) -> str:
    """Why an entry of `size` bytes is not stored, and what to do."""
    return (
        f"A result of {size / MB:,.1f} MB is shown but not stored, because the cache is limited "
        f"to {max_bytes / MB:,.1f} MB; raise LATENT_CACHE_MAX_MB to store it."
    )


def write_error_notice(folder: Path, error: OSError) -> str:
    """Why a failed write leaves results unstored, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"Results are shown but not stored, because the disk of {folder} is full; free some "
            "space, or set LATENT_CACHE to another folder."
        )
    return (
        f"Results are shown but not stored, because {folder} cannot be written "
        f"({error.strerror or error}); set LATENT_CACHE to a writable folder."
    )
