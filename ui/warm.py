"""Get the first screen ready while the browser is still being opened."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any

from latent_core.errors import LatentError


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Warm up beside the server, which answers meanwhile."""
    Thread(target=warm, name="warm", daemon=True).start()
    yield


def warm() -> None:
    """Load the first model, its codes and its map, and the scripts that draw them."""
    from latent_core import workspace
    from latent_core.maps import TSNE
    from ui.frame import DEFAULT_MODEL
    from ui.live.assets import compressed_script, module_url
    from ui.live.place import live_map
    from ui.spaces import compute_space

    compressed_script("plotly.min.js")
    module_url("map.js")
    try:
        space = compute_space(DEFAULT_MODEL, DEFAULT_MODEL.split("-")[0], lambda f, words: None)
        space.model.decode(space.encodings.mean[:1])
        if made := workspace.find_map(space.encodings, TSNE(dims=2)):
            made.place(space.encodings.mean[:1])
            live_map(space.model.card, space.encodings, made)
    except LatentError:
        return  # the page says so, where somebody reads it
    gc.collect()
    gc.freeze()
