"""The controls above the map: projection method, dimensions, color, and the parameters."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from latent_core.errors import InvalidInputError, LatentError
from latent_core.models.card import ModelCard
from latent_core.projection import (
    METHODS,
    PCA,
    LatentAxes,
    ProjectionMethod,
    has_latent_axes,
    method_from_dict,
    param_fields,
)
from latent_core.untrusted import parse_json
from ui import session, widgets
from ui.attributes.factor_tables import factor_title, known_factors
from ui.point_colors import color_options, default_color
from ui.spaces import Space

DEFAULT_METHOD = "tsne"
LINEAR_METHODS = {LatentAxes.id, PCA.id}
"""Methods whose maps have no more dimensions than the codes."""
OTHER_CONTROLS = {"method", "n_components"}
"""Keys of `method_from_dict` that have controls of their own."""
METHOD_HELP = "How the codes are projected to 2D or 3D."
COLOR_HELP = "What colors the points; z1, z2 … are latent dimensions, the most informative first."


def choose_method(card: ModelCard) -> str:
    """A selectbox with the projection methods; gives the chosen id.

    Latent axes are offered, and chosen first, where the codes have up to three dimensions.
    """
    has_axes = has_latent_axes(card.latent_dim)
    default = LatentAxes.id if has_axes else DEFAULT_METHOD
    options = [
        name
        for name in METHODS
        if (has_axes or name != LatentAxes.id) and (card.latent_dim > 1 or name != PCA.id)
    ]
    chosen = session.chosen_or_linked("method")
    if session.changed("method.of", card.id) and (has_axes or chosen == LatentAxes.id):
        _choose_default(card, default)
    method = session.chosen("method", options, default)
    return widgets.selectbox_choice(
        "Projection",
        "method",
        options,
        method,
        lambda name: METHODS[name].name,
        help=METHOD_HELP,
    )


def _choose_default(card: ModelCard, method_id: str) -> None:
    """Choose the map that a model opens with, unless the page was opened by a link to another."""
    if session.recall("choice.method") is not None or session.linked("method") is None:
        session.choose("method", method_id)
        session.choose_unless_linked("n_components", str(_default_n_components(card, method_id)))


def _default_n_components(card: ModelCard, method_id: str) -> int:
    return min(3, max(2, card.latent_dim)) if method_id == LatentAxes.id else 2


def choose_n_components(card: ModelCard, method_id: str) -> int:
    """Buttons for 2D and 3D; gives the number of dimensions of the map."""
    options = ["2", "3"][: max(1, card.latent_dim - 1) if method_id in LINEAR_METHODS else None]
    value = session.chosen("n_components", options, str(_default_n_components(card, method_id)))
    return int(widgets.segmented_choice("Dimensions", "n_components", options, value, "{}D".format))


def choose_color(space: Space) -> str:
    """A selectbox with what colors the points; gives one of `color_options`."""
    options, default = color_options(space), default_color(space)
    titles = {name: factor_title(name) for name in known_factors(space.data)}
    titles |= {"error": "reconstruction error (MSE)"}
    moved = session.changed("color.of", space.encodings.fingerprint)
    if moved and session.recall("choice.color") not in options:
        session.choose_unless_linked("color", default)
    value = session.chosen("color", options, default)
    return widgets.selectbox_choice(
        "Color", "color", options, value, lambda name: titles.get(name, name), help=COLOR_HELP
    )


def choose_params(method_id: str, n_components: int) -> ProjectionMethod:
    """A popover with a form for the parameters; gives the method with its parameters."""
    kept = _stored_params(method_id, n_components)
    popover, close = widgets.popover("Parameters", "map-params", icon=":material/tune:")
    with popover:
        st.caption(METHODS[method_id].note)
        with st.form(f"map.form.{method_id}", border=False):
            params = {
                f.name: _field(method_id, f.name, dict(f.metadata), kept.get(f.name, f.default))
                for f in param_fields(METHODS[method_id])
                if f.name not in OTHER_CONTROLS
            }
            submit = f"map.compute.{method_id}"
            if st.form_submit_button("Compute", type="primary", key=submit, on_click=close):
                _store_params(method_id, n_components, params)
    return _method(method_id, n_components, _stored_params(method_id, n_components))


def _method(method_id: str, n_components: int, params: dict[str, Any]) -> ProjectionMethod:
    return method_from_dict({"method": method_id, "n_components": n_components, **params})


def _stored_params(method_id: str, n_components: int) -> dict[str, Any]:
    """The parameters set in this session, else those of the link, if they are valid."""
    name = f"params.{method_id}"
    kept: dict[str, Any] | None = session.recall(name)
    if kept is None:
        kept = {}
        try:
            linked = parse_json(session.linked("params") or "{}")
            if not isinstance(linked, dict) or linked.keys() & OTHER_CONTROLS:
                raise InvalidInputError(
                    'they must be parameters of the projection, like {"random_state":1}.'
                )
            _method(method_id, n_components, linked)
            kept = linked
        except (LatentError, ValueError) as error:
            session.notify(f"The parameters in the link are not used: {error}")
        session.remember(name, kept)
    return kept


def params_to_text(method: ProjectionMethod) -> str | None:
    """The parameters that differ from their defaults, as JSON for a link."""
    changed = {
        f.name: getattr(method, f.name)
        for f in param_fields(method)
        if f.name not in OTHER_CONTROLS and getattr(method, f.name) != f.default
    }
    return json.dumps(changed, separators=(",", ":")) if changed else None


def _store_params(method_id: str, n_components: int, params: dict[str, Any]) -> None:
    try:
        _method(method_id, n_components, params)
    except LatentError as error:
        session.notify(str(error))
    else:
        session.remember(f"params.{method_id}", params)


def _field(method_id: str, name: str, metadata: dict[str, Any], value: Any) -> Any:
    """The widget of one parameter; gives its value."""
    key, help_text = f"map.{method_id}.{name}", metadata.get("help")
    label = metadata.get("label", name)
    if "choices" in metadata:
        choices = list(metadata["choices"])
        return st.selectbox(label, choices, choices.index(value), key=key, help=help_text)
    kind = type(value)  # min, max, step and value of a number input must have the same type
    low, high, step = (
        None if metadata.get(limit) is None else kind(metadata[limit])
        for limit in ("min", "max", "step")
    )
    return st.number_input(label, low, high, value, step, key=key, help=help_text)
