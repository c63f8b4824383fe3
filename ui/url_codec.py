"""Query parameters: the names the app writes, those of earlier versions, and codes as text.

Links of earlier versions stay readable: `current_parameters` is the only place that knows their
names and values.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping

import numpy as np

from latent_core.aliases import PROJECTION_PARAMS, renamed
from latent_core.errors import InvalidInputError
from latent_core.types import Floats, as_codes
from latent_core.untrusted import parse_json

PARAMETERS = {
    "dims": "n_components",
    "colour": "color",
    "settings": "params",
    "picture": "sample",
    "place": "point",
    "sum": "expression",
    "ends": "endpoints",
    "anchors": "waypoints",
    "genes": "groups",
    "vary": "amount",
    "child": "variation",
}
"""Query parameters of earlier versions and their current names."""
PATH_VALUES = {"line": "linear", "sphere": "spherical", "data": "geodesic", "fade": "cross-fade"}
"""Values of ``path`` in earlier versions and their current names."""


def current_parameters(query: Mapping[str, str]) -> dict[str, str]:
    """The query parameters of a link of any version, in the current names and values.

    Where a link has both an old and a current name, the current one counts.
    """
    old = {PARAMETERS[name]: value for name, value in query.items() if name in PARAMETERS}
    current = {name: value for name, value in query.items() if name not in PARAMETERS}
    return {name: _current_value(name, value) for name, value in (old | current).items()}


def _current_value(name: str, value: str) -> str:
    if name == "path":
        return PATH_VALUES.get(value, value)
    return _current_params(value) if name == "params" else value


def _current_params(text: str) -> str:
    """Parameters of a projection, JSON text, in their current names; other text as it is."""
    try:
        params = parse_json(text)
    except ValueError:
        return text
    if not isinstance(params, dict):
        return text
    return json.dumps(renamed(params, PROJECTION_PARAMS), separators=(",", ":"))


MAX_CODE = 1e6
"""Largest absolute value in a code of a link; squares of such values are finite in float32."""


def pack_code(code: Floats) -> str:
    """A code ``(D,)`` as text for a URL: its float32 bytes in URL-safe base64."""
    data = np.asarray(code, "<f4").tobytes()
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def unpack_code(text: str, latent_dim: int) -> Floats:
    """The code ``(D,)`` that `pack_code` encoded as `text`.

    Raises
    ------
    InvalidInputError
        It isn't the text of a code with `latent_dim` dimensions, each within ±`MAX_CODE`.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        data = b""
    if len(data) != 4 * latent_dim:
        raise InvalidInputError(
            f"In the link: {text[:24]!r} is not a code of {latent_dim} dimensions; it is ignored."
        )
    code: Floats = as_codes(np.frombuffer(data, "<f4")[None], latent_dim)[0]
    if np.abs(code).max() > MAX_CODE:
        raise InvalidInputError(
            f"In the link: the value {np.abs(code).max():.3g} of a code is out of range, "
            f"±{MAX_CODE:g}; the code is ignored."
        )
    return code
