"""The HTTP routes of the app beside Streamlit's own."""

from __future__ import annotations

from starlette.routing import Route

from ui.components import assets, decoder


def routes() -> list[Route]:
    """Scripts, blobs, the decoder runtime, and decoding on the server."""
    return [*assets.routes(), *decoder.decoder_routes()]
