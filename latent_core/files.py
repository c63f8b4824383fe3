"""Files: reading regular ones only, writing atomically, and removing folders safely."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.untrusted import reason_of

Stamp = tuple[tuple[str, int, int], ...]
"""Names, sizes and modification times of files; differs when one of them has changed."""


def read_regular_file(path: Path) -> bytes:
    """The content of a regular file; a pipe or device, whose reading may never end, is refused.

    Raises
    ------
    OSError
        It is no regular file or cannot be read.
    """
    with open_regular(path) as file:
        return file.read()


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """A regular file, opened for reading; see `read_regular_file`."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path.name} is no regular file")
        yield file


def stamp_of(*paths: Path) -> Stamp:
    """The stamp of files; a missing one has size and time 0."""
    return tuple(_stamp(path) for path in paths)


def stamp_of_folder(folder: Path) -> Stamp:
    """The stamp of all files of a folder, without its subfolders."""
    return stamp_of(*sorted(path for path in folder.iterdir() if not path.is_dir()))


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), status.st_size, status.st_mtime_ns


def write_file(path: Path, *parts: bytes) -> None:
    """Write `path` atomically; an earlier file stays unless the new one is complete.

    Raises
    ------
    InvalidInputError
        It cannot be written, for example because the disk is full.
    """
    try:
        write_atomically(path, *parts)
    except OSError as error:
        raise InvalidInputError(
            f"{path} cannot be written ({error.strerror or error}); free some space there, or "
            "choose a writable folder."
        ) from error


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


def remove_folder(folder: Path) -> None:
    """Remove a folder that this library made, if it exists.

    Raises
    ------
    InvalidCardError
        The path is relative, a link or no folder, so that something else could be removed; or it
        cannot be removed.
    """
    if not folder.is_absolute() or folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InvalidCardError(
            f"{folder} is not removed, because it is not the absolute path of a folder; remove it "
            "yourself."
        )
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InvalidCardError(
            f"{folder} cannot be removed ({reason_of(error)}); remove it yourself."
        ) from error
