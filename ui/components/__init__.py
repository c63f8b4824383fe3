"""The browser side: our components' JavaScript and the Python that speaks with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from ui.components.assets import module_url, publish, routes

__all__ = ["live", "publish", "routes"]

_LOADER = """
let loaded; // one import for all calls: two of them could end in the wrong order
export default (component) => {
  const address = new URL(%r, document.baseURI).href;
  loaded ??= import(address).catch((error) => { loaded = undefined; throw error; });
  const mounted = loaded.then((module) => module.default(component));
  return () => { mounted.then((unmount) => unmount && unmount()); };
};
"""


@cache
def _component(module: str, url: str) -> Callable[..., Any]:
    """The registered component of one JavaScript module."""
    mount: Callable[..., Any] = st.components.v2.component(
        _component_name(module), js=_LOADER % url, isolate_styles=False
    )
    return mount


def _component_name(module: str) -> str:
    """``latent_map`` for ``map/index.js``, ``latent_morph_player`` for ``morph/player.js``."""
    return "latent_" + module.removesuffix(".js").removesuffix("/index").replace("/", "_")


def draw_component(
    module: str,
    *,
    key: str,
    data: dict[str, Any],
    events: tuple[str, ...],
    height: int | str = "content",
) -> dict[str, Any]:
    """Draw the component `module` and give what it reported since the last run.

    Parameters
    ----------
    module
        A file's path in ``ui/frontend`` whose default export mounts it.
    key
        The component's key, which is also what tests find it by.
    data
        JSON values and addresses; never arrays.
    events
        Names of the triggers it may send.

    Returns
    -------
    dict
        One value per event: what was sent, or None.
    """
    handlers = {f"on_{event}_change": _ignore_event for event in events}
    result = _component(module, module_url(module))(data=data, key=key, height=height, **handlers)
    return {event: result.get(event) for event in events}


def _ignore_event() -> None:
    """Streamlit asks for a callback per trigger; what was sent is in the result."""
