"""Get the first screen ready while the browser is still being opened."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Lock, Thread
from typing import Any

from latent_core.errors import LatentError

LIBRARIES = (
    "scipy.cluster.hierarchy",
    "scipy.fft",
    "scipy.ndimage",
    "scipy.optimize",
    "scipy.sparse.csgraph",
    "scipy.stats",
    "sklearn.decomposition",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.neighbors",
    "sklearn.pipeline",
    "openTSNE.affinity",
    "torch",
)
"""What the app's threads import when they come to need it, from packages that import in circles."""
_importing = Lock()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Warm up beside the server, which answers meanwhile."""
    Thread(target=warm, name="warm", daemon=True).start()
    yield


def import_libraries() -> None:
    """Import `LIBRARIES`, one after the other; who comes meanwhile waits.

    Of two threads that begin to import scikit-learn at the same time, one may find the half that
    the other has; its job then fails.
    """
    with _importing:
        for name in LIBRARIES:
            import_module(name)


def warm() -> None:
    """Load libraries, the first model, its codes and its map, and the scripts that draw them."""
    import_libraries()
    from latent_core import workspace
    from latent_core.projection import TSNE
    from ui.components.assets import compressed_script, module_url
    from ui.components.decoded_point import live_map
    from ui.layout import DEFAULT_MODEL
    from ui.spaces import compute_space

    compressed_script("plotly.min.js")
    module_url("map/index.js")
    try:
        space = compute_space(DEFAULT_MODEL, DEFAULT_MODEL.split("-")[0], lambda f, words: None)
        space.model.decode(space.encodings.mean[:1])
        if made := workspace.find_projection(space.encodings, TSNE(n_components=2)):
            made.transform(space.encodings.mean[:1])
            live_map(space.model.card, space.encodings, made)
    except LatentError:
        return  # the page says so, where somebody reads it
    gc.collect()
    gc.freeze()
