"""Environment variables: one reader, which names the variable where its value cannot be used."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

from latent_core.errors import InvalidInputError

_MAX_DIGITS = 15


def env_whole(name: str, default: int, *, low: int = 1) -> int:
    """The whole number in the variable `name`; `default` where it is unset or empty.

    Parameters
    ----------
    low
        The least number that is allowed, 0 or more.

    Raises
    ------
    InvalidInputError
        Its value is no whole number, or below `low`.
    """
    if not (text := os.environ.get(name)):
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text) >= low):
        kind = "a positive whole number" if low == 1 else f"a whole number, {low} or more"
        raise _invalid(name, kind, text)
    return int(text)


def env_number(name: str, default: float, *, former: tuple[str, ...] = ()) -> float:
    """The number, 0 or more, in the variable `name`; `default` where it is unset or empty.

    Parameters
    ----------
    former
        Earlier names of the variable, which are read where it is unset.

    Raises
    ------
    InvalidInputError
        Its value is no finite number, or below 0.
    """
    name = next((known for known in (name, *former) if os.environ.get(known)), name)
    text = os.environ.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise _invalid(name, "a number, 0 or more", text)
    return value


def env_folder(name: str, default: Path) -> Path:
    """The folder in the variable `name`; `default` where it is unset or empty.

    Raises
    ------
    InvalidInputError
        Its value is the path of a file, or begins with the home folder of an unknown user.
    """
    if not (text := os.environ.get(name)):
        return default
    try:
        folder = Path(text).expanduser()
    except RuntimeError as error:
        raise _invalid(name, "the path of a folder", text) from error
    if folder.exists() and not folder.is_dir():
        raise _invalid(name, "the path of a folder", text)
    return folder


def user_folder(mac: str, variable: str, default: str) -> Path:
    """A folder of the user that the system has for one purpose.

    Parameters
    ----------
    mac
        Its name in ``~/Library`` on macOS.
    variable
        The variable that names it on Linux; a relative path is ignored.
    default
        Where it is in the home folder without that variable.

    References
    ----------
    XDG Base Directory Specification.
    """
    if sys.platform == "darwin":
        return Path.home() / "Library" / mac
    windows = sys.platform == "win32"
    configured = env_folder("LOCALAPPDATA" if windows else variable, Path())
    if configured.is_absolute():
        return configured
    return Path.home() / ("AppData/Local" if windows else default)


def child_environment(**variables: str) -> dict[str, str]:
    """The environment of a process that is started, with other values of some variables."""
    return os.environ | variables


def _invalid(name: str, kind: str, text: str) -> InvalidInputError:
    return InvalidInputError(f"{name} must be {kind}, not {text[:40]!r}; correct it or unset it.")
