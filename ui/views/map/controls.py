"""The choices above a map: method, dimensions, colour and the advanced form."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import streamlit as st

from latent_core.errors import InvalidInputError, LatentError
from latent_core.projection import METHODS, ProjectionMethod, method_from_dict
from ui import session
from ui.factor_tables import factor_title, known_factors
from ui.point_colors import color_options, default_color
from ui.spaces import Space

DEFAULT_METHOD = "tsne"


def choose_method() -> str:
    """A selectbox with the map methods; gives the chosen id."""
    method = session.chosen("method", METHODS, DEFAULT_METHOD)
    return session.selectbox_choice(
        "Map", "method", list(METHODS), method, lambda m: METHODS[m].name
    )


def choose_n_components() -> int:
    """2D or 3D."""
    options = ["2", "3"]
    value = session.chosen("dims", options, "2")
    return int(session.segmented_choice("Dimensions", "dims", options, value, "{}D".format))


def choose_color(space: Space) -> str:
    """What colours the points: the label, the error, a factor, or one latent dimension."""
    options, usual = color_options(space), default_color(space)
    words = {name: factor_title(name) for name in known_factors(space.data)}
    words |= {"error": "reconstruction error"}
    moved = session.changed("colour.of", space.encodings.fingerprint)
    if moved and session.recall("choice.colour") not in options:
        session.choose_unless_linked("colour", usual)
    value = session.chosen("colour", options, usual)
    return session.selectbox_choice("Colour", "colour", options, value, lambda c: words.get(c, c))


def choose_params(method: str, n_components: int) -> ProjectionMethod:
    """The method with its settings, which a form behind ⚙ changes."""
    kept = _stored_params(method, n_components)
    with st.popover("", icon=":material/tune:", help="Settings of this map", width="stretch"):
        st.caption(METHODS[method].note)
        with st.form(f"map.form.{method}", border=False):
            params = {
                f.name: _field(method, f.name, dict(f.metadata), kept.get(f.name, f.default))
                for f in fields(METHODS[method])  # type: ignore[arg-type]
                if f.name != "dims"
            }
            if st.form_submit_button("Make this map", type="primary", key=f"map.compute.{method}"):
                _store_params(method, n_components, params)
    return method_from_dict(
        {"method": method, "dims": n_components, **_stored_params(method, n_components)}
    )


def _stored_params(method: str, n_components: int) -> dict[str, Any]:
    """The settings projection in this session, else those of the address, where they make sense."""
    name = f"spec.{method}"
    kept: dict[str, Any] | None = session.recall(name)
    if kept is None:
        kept = {}
        try:
            linked = json.loads(session.linked("settings") or "{}")
            if not isinstance(linked, dict) or linked.keys() & {"method", "dims"}:
                raise InvalidInputError('they must be the parameters of a map, like {"seed":1}.')
            method_from_dict({"method": method, "dims": n_components, **linked})
            kept = linked
        except (LatentError, ValueError) as error:
            session.notify(f"The settings in the address are not used: {error}")
        session.remember(name, kept)
    return kept


def params_to_text(method_params: ProjectionMethod) -> str | None:
    """What of `spec` differs from its defaults, for the address."""
    named = fields(method_params)  # type: ignore[arg-type]
    changed = {
        f.name: getattr(method_params, f.name)
        for f in named
        if f.name != "dims" and getattr(method_params, f.name) != f.default
    }
    return json.dumps(changed, separators=(",", ":")) if changed else None


def _store_params(method: str, n_components: int, params: dict[str, Any]) -> None:
    try:
        method_from_dict({"method": method, "dims": n_components, **params})
    except LatentError as error:
        st.error(str(error))
    else:
        session.remember(f"spec.{method}", params)


def _field(method: str, name: str, metadata: dict[str, Any], value: Any) -> Any:
    key, label, hint = f"map.{method}.{name}", metadata.get("label", name), metadata.get("help")
    if "choices" in metadata:
        choices = list(metadata["choices"])
        return st.selectbox(label, choices, choices.index(value), key=key, help=hint)
    kind = type(value)  # all numbers of a number input are of one kind
    low, high, step = (
        None if metadata.get(limit) is None else kind(metadata[limit])
        for limit in ("min", "max", "step")
    )
    return st.number_input(label, low, high, value, step, key=key, help=hint)
