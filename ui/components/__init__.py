"""Streamlit components: one Python module per component of ``ui/frontend``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import streamlit as st

from latent_core.errors import InvalidInputError
from ui.components.assets import bundle_url, publish, routes
from ui.components.contract.components import check_payload
from ui.components.contract.events import event_error
from ui.wording.text import escape_markdown

__all__ = ["draw_component", "publish", "routes"]

_LOADER = """
let loaded; // one import for all calls: two imports could resolve in the wrong order
export default (component) => {
  const url = new URL(%r, document.baseURI).href;
  loaded ??= import(url).catch((error) => { loaded = undefined; throw error; });
  const streamlit = { ...component, data: component.data[0] };
  const mounted = loaded.then((app) => app.load(%r).default(streamlit));
  return () => { mounted.then((unmount) => unmount && unmount()); };
};
"""


@cache
def _component(module: str, url: str) -> Callable[..., Any]:
    """The Streamlit component of one JavaScript module, registered once."""
    mount: Callable[..., Any] = st.components.v2.component(
        _component_name(module), js=_LOADER % (url, module), isolate_styles=False
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
    on_events: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Draw the component of a JavaScript module; gives the events since the last run.

    Parameters
    ----------
    module
        Path in ``ui/frontend`` of the module whose default export mounts the component.
    key
        The component's key.
    data
        JSON values and URLs; never arrays.
    events
        Names of the events it may send.
    on_events
        Called with the value of each event before the script runs that draws what it changed.
        Where an event is handled after the component was drawn, the script must run twice.

    Returns
    -------
    dict
        The value of each event, None where there was none.

    Raises
    ------
    InvalidInputError
        The data has NaN or infinity, which is no JSON, or is not the payload of the module.
    """
    try:
        json.dumps(data, allow_nan=False, default=str)
    except ValueError as error:
        raise InvalidInputError(
            "What would be shown here has values that are not finite numbers; choose another "
            "image or code."
        ) from error
    check_payload(module, data)
    handler = partial(_call, module, key, events, on_events) if on_events else _ignore_event
    handlers = {f"on_{event}_change": handler for event in events}
    # In a list: Streamlit imports pandas to compare the values of a dict with its types.
    in_list = [data]
    result = _component(module, bundle_url())(data=in_list, key=key, height=height, **handlers)
    return _values(module, events, result)


def _call(
    module: str, key: str, events: tuple[str, ...], on_events: Callable[[dict[str, Any]], None]
) -> None:
    on_events(_values(module, events, st.session_state[key]))


def _values(module: str, events: tuple[str, ...], sent: Mapping[str, Any]) -> dict[str, Any]:
    return {event: _checked(module, event, sent.get(event)) for event in events}


def _checked(module: str, event: str, value: Any) -> Any:
    """The value of an event; None if it is invalid, which is said in one sentence."""
    error = None if value is None else event_error(module, event, value)
    if error is None:
        return value
    st.toast(escape_markdown(error))
    return None


def _ignore_event() -> None:
    """A callback, which Streamlit requires per event; the value is in the component's result."""
