"""The choices above a map: method, dimensions, colour and the advanced form."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import streamlit as st

from latent_core.errors import InvalidInputError, LatentError
from latent_core.projection import METHODS, ProjectionMethod, method_from_dict
from ui import session
from ui.factor_tables import factor_words, known_factors
from ui.point_colors import color_options, usual_colour
from ui.spaces import Space

DEFAULT_METHOD = "tsne"


def choose_method() -> str:
    """A selectbox with the map methods; gives the chosen id."""
    method = session.chosen("method", METHODS, DEFAULT_METHOD)
    return session.select_one("Map", "method", list(METHODS), method, lambda m: METHODS[m].name)


def choose_dims() -> int:
    """2D or 3D."""
    options = ["2", "3"]
    value = session.chosen("dims", options, "2")
    return int(session.segments("Dimensions", "dims", options, value, "{}D".format))


def choose_colour(space: Space) -> str:
    """What colours the points: the label, the error, a factor, or one latent dimension."""
    options, usual = color_options(space), usual_colour(space)
    words = {name: factor_words(name) for name in known_factors(space.data)}
    words |= {"error": "reconstruction error"}
    moved = session.changed("colour.of", space.encodings.fingerprint)
    if moved and session.recall("choice.colour") not in options:
        session.choose_unless_linked("colour", usual)
    value = session.chosen("colour", options, usual)
    return session.select_one("Colour", "colour", options, value, lambda c: words.get(c, c))


def choose_spec(method: str, dims: int) -> ProjectionMethod:
    """The method with its settings, which a form behind ⚙ changes."""
    kept = _kept(method, dims)
    with st.popover("", icon=":material/tune:", help="Settings of this map", width="stretch"):
        st.caption(METHODS[method].note)
        with st.form(f"map.form.{method}", border=False):
            given = {
                f.name: _field(method, f.name, dict(f.metadata), kept.get(f.name, f.default))
                for f in fields(METHODS[method])  # type: ignore[arg-type]
                if f.name != "dims"
            }
            if st.form_submit_button("Make this map", type="primary", key=f"map.make.{method}"):
                _keep(method, dims, given)
    return method_from_dict({"method": method, "dims": dims, **_kept(method, dims)})


def _kept(method: str, dims: int) -> dict[str, Any]:
    """The settings made in this session, else those of the address, where they make sense."""
    name = f"spec.{method}"
    kept: dict[str, Any] | None = session.recall(name)
    if kept is None:
        kept = {}
        try:
            linked = json.loads(session.linked("settings") or "{}")
            if not isinstance(linked, dict) or linked.keys() & {"method", "dims"}:
                raise InvalidInputError('they must be the parameters of a map, like {"seed":1}.')
            method_from_dict({"method": method, "dims": dims, **linked})
            kept = linked
        except (LatentError, ValueError) as error:
            session.notify(f"The settings in the address are not used: {error}")
        session.remember(name, kept)
    return kept


def settings_of(spec: ProjectionMethod) -> str | None:
    """What of `spec` differs from its defaults, for the address."""
    named = fields(spec)  # type: ignore[arg-type]
    changed = {
        f.name: getattr(spec, f.name)
        for f in named
        if f.name != "dims" and getattr(spec, f.name) != f.default
    }
    return json.dumps(changed, separators=(",", ":")) if changed else None


def _keep(method: str, dims: int, given: dict[str, Any]) -> None:
    try:
        method_from_dict({"method": method, "dims": dims, **given})
    except LatentError as error:
        st.error(str(error))
    else:
        session.remember(f"spec.{method}", given)


def _field(method: str, name: str, about: dict[str, Any], value: Any) -> Any:
    key, label, hint = f"map.{method}.{name}", about.get("label", name), about.get("help")
    if "choices" in about:
        choices = list(about["choices"])
        return st.selectbox(label, choices, choices.index(value), key=key, help=hint)
    kind = type(value)  # all numbers of a number input are of one kind
    low, high, step = (
        None if about.get(limit) is None else kind(about[limit]) for limit in ("min", "max", "step")
    )
    return st.number_input(label, low, high, value, step, key=key, help=hint)
