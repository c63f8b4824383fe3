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
    """The QR code of `address` as HTML, with the address in ``data-address``."""
    svg = _code(address).svg_inline(
        border=QUIET_MODULES,
        omitsize=True,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    text = html.escape(address)
    return (
        f'<div class="ls-qr" role="img" aria-label="QR code of the address {text}" '
        f'data-address="{text}">{svg}</div>'
    )
