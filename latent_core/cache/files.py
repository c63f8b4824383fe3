"""Atomic writes and other file operations of the cache."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, *parts: bytes) -> None:
    """Write `path` so that every reader sees the whole file or none, even after a power failure.

    The parts go to a temporary file, which is flushed to disk and then renamed.

    Raises
    ------
    OSError
        It cannot be written; the temporary file is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        touch(temporary)
        temporary.replace(path)
    finally:
        remove(temporary)
    with suppress(OSError):  # not every file system can sync a folder
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def touch(path: Path) -> None:
    """Set the modification time of `path` to now, in nanoseconds.

    The system's own time stamps can be too coarse to order two uses.
    """
    now = time.time_ns()
    os.utime(path, ns=(now, now))


def remove(path: Path) -> bool:
    """Remove `path`; whether it is gone now."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
