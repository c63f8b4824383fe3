"""All that is served beside Streamlit's own pages."""

from __future__ import annotations

from starlette.routing import Route

from ui.components import assets, decoder


def routes() -> list[Route]:
    """Scripts, blobs, the decoder's runtime, and the server's way of decoding."""
    return [*assets.routes(), *decoder.decoder_routes()]
