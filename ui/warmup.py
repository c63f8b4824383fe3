"""Load what the first page needs while the browser is still being opened."""

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
"""Modules that threads of the app import lazily, from packages with circular imports."""
_importing = Lock()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Warm up in a thread, while the server already answers."""
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield


def import_libraries() -> None:
    """Import `LIBRARIES` one after the other; concurrent callers wait.

    Where two threads import scikit-learn at the same time, one may see a partly initialized
    module, and its job fails.
    """
    with _importing:
        for name in LIBRARIES:
            import_module(name)


def warm_up() -> None:
    """Load libraries, the default model, its encodings, its map, and the scripts that draw them."""
    import_libraries()
    from latent_core import workspace
    from latent_core.projection import TSNE
    from ui.components.assets import compressed_script, module_url
    from ui.components.decoded_point import map_decoder
    from ui.layout import DEFAULT_MODEL
    from ui.spaces import compute_space

    compressed_script("plotly.min.js")
    module_url("map/index.js")
    try:
        space = compute_space(
            DEFAULT_MODEL, DEFAULT_MODEL.split("-")[0], lambda _fraction, _message: None
        )
        space.model.decode(space.encodings.mean[:1])
        if made := workspace.find_projection(space.encodings, TSNE(n_components=2)):
            made.transform(space.encodings.mean[:1])
            map_decoder(space.model.card, space.encodings, made)
    except LatentError:
        return  # the page shows the error
    gc.collect()
    gc.freeze()
