"""Where the shipped models and data are, and which extra each optional package belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from latent_core.errors import LatentError

DISTRIBUTION = "latent-space-explorer"
_PACKAGE = Path(__file__).resolve().parent


@cache
def checkout() -> Path | None:
    """The checkout that this package is in, or that ``pip install`` was given, if it is known.

    The wheel has no models and no data, which are far larger than it.  pip records the
    folder that it installed from.

    References
    ----------
    PEP 610, direct_url.json.
    """
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        return _PACKAGE.parent
    try:
        recorded = distribution(DISTRIBUTION).read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    url = urlsplit(json.loads(recorded)["url"]) if recorded else None
    return Path(url2pathname(url.path)) if url is not None and url.scheme == "file" else None


@contextmanager
def requires_extra(name: str) -> Iterator[None]:
    """For imports of packages that come with ``pip install latent-space-explorer[name]``.

    Raises
    ------
    LatentError
        A package is missing; the message says how to install it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise LatentError(
            f"This needs the package {error.name!r}, which is not installed; install it with "
            f"`pip install '{DISTRIBUTION}[{name}]'`."
        ) from error
