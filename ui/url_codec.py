"""Codes in the address: what a link must carry so that it shows the same elsewhere."""

from __future__ import annotations

import base64
import binascii

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Floats, as_codes

PATH_KINDS = {"line": "linear", "sphere": "spherical", "data": "geodesic", "fade": "cross-fade"}
"""What the values of ``path`` in links of earlier versions are called now."""


def current_value(name: str, value: str) -> str:
    """The value of the query parameter `name` in the current vocabulary."""
    return PATH_KINDS.get(value, value) if name == "path" else value


def pack_code(code: Floats) -> str:
    """A code ``(D,)`` as text for an address: its float32 bytes in URL-safe base64."""
    packed = np.asarray(code, "<f4").tobytes()
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def unpack_code(text: str, latent_dim: int) -> Floats:
    """The code ``(D,)`` that `pack_code` made text of.

    Raises
    ------
    BadInput
        It isn't the text of a finite code with `latent_dim` numbers.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        data = b""
    if len(data) != 4 * latent_dim:
        raise InvalidInputError(
            f"In the address: {text[:24]!r} is not a code of {latent_dim} numbers; it is left out."
        )
    code: Floats = as_codes(np.frombuffer(data, "<f4")[None], latent_dim)[0]
    return code
