"""Load what the first page draws at once, and the rest when the server is quiet."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from latent_core.errors import LatentError
from ui.startup.activity import activity

if TYPE_CHECKING:
    from latent_core.projection import Projection
    from ui.spaces import Space

FOR_THE_BROWSER = ("onnx", "sklearn.neighbors")
"""Libraries that find what a browser needs to decode points of a map."""
FOR_THE_SERVER = ("torch", "latent_core.architectures")
"""Libraries that encode and decode."""
FOR_OTHER_PAGES = ("pandas", "scipy.stats", "sklearn.linear_model", "openTSNE.affinity")
"""Libraries that tables, attribute directions and new maps need."""


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Warm up in a thread, while the server already answers."""
    activity.libraries_ready.clear()
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield
    activity.libraries_ready.set()  # no job may wait while the process ends


def warm_up() -> None:
    """Load the first page, then, each time the server is quiet, the next part of the rest."""
    with suppress(LatentError):  # the page shows the error
        load_first_page()
    _import_when_quiet(FOR_THE_BROWSER)
    activity.libraries_ready.set()
    with suppress(LatentError):
        load_decoder_data()
    _import_when_quiet(FOR_THE_SERVER)
    with suppress(LatentError):
        load_model()
    _import_when_quiet(FOR_OTHER_PAGES)
    gc.collect()
    gc.freeze()


def load_first_page() -> None:
    """The modules, scripts and data that the map of the default model is drawn from."""
    import_module("ui.views.map.page")
    from ui import presenters
    from ui.components.assets import bundle_url

    bundle_url()
    space = _default_space()
    presenters.image_sheet_or_none(space)
    _default_projection(space)


def load_decoder_data() -> None:
    """What a browser needs to decode points of that map."""
    from ui.components.decoded_point import map_decoder

    space = _default_space()
    if made := _default_projection(space):
        map_decoder(space.model.card, space.encodings, made)


def load_model() -> None:
    """The network of the default model, which decodes clicks."""
    space = _default_space()
    space.model.decode(space.encodings.mean[:1])


def _import_when_quiet(names: tuple[str, ...]) -> None:
    for name in names:
        activity.wait_until_quiet()
        import_module(name)


def _default_space() -> Space:
    from ui.layout import DEFAULT_MODEL
    from ui.spaces import compute_space

    dataset_id = DEFAULT_MODEL.split("-")[0]
    return compute_space(DEFAULT_MODEL, dataset_id, lambda _fraction, _message: None)


def _default_projection(space: Space) -> Projection | None:
    from latent_core import workspace
    from latent_core.projection import TSNE

    return workspace.find_projection(space.encodings, TSNE(n_components=2))
