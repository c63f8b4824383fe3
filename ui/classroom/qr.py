"""QR codes as text for a terminal and as SVG."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

QUIET_MODULES = 4
"""Width of the empty border in modules, which ISO/IEC 18004 requires."""


def _code(address: str) -> segno.QRCode:
    import segno

    return segno.make_qr(address, error="L")  # the largest modules; a screen has no damage


def terminal_code(address: str) -> str:
    """The QR code of `address` as lines of block characters, two modules high each."""
    out = io.StringIO()
    _code(address).terminal(out, border=QUIET_MODULES, compact=True)
    return out.getvalue().rstrip("\n")


def svg_code(address: str) -> str:
    """The QR code of `address` as HTML, with the address in ``data-address``.

    The SVG is in the address of an image, since Streamlit removes SVG elements from HTML.
    """
    image = _code(address).svg_data_uri(border=QUIET_MODULES, scale=4, dark="#000", light="#fff")
    text = html.escape(address)
    return (
        f'<img class="ls-qr" alt="QR code of the address" aria-label="QR code of the address '
        f'{text}" data-address="{text}" src="{html.escape(image)}">'
    )
