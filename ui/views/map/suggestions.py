"""Another map that is worth seeing beside the one shown, one click away."""

from __future__ import annotations

import streamlit as st

from latent_core.projection import Isomap, LatentAxes, Projection
from ui import session
from ui.spaces import Space


def draw_suggested_map(space: Space, projection: Projection) -> None:
    """A button that unrolls a surface in three latent dimensions, or shows it in them again."""
    if space.model.card.latent_dim != 3:
        return
    if isinstance(projection.method, LatentAxes):
        label, icon, chosen = "Unroll it: Isomap, 2D", "unfold_more", (Isomap.id, "2")
    else:
        label, icon, chosen = "Show the latent axes, 3D", "deployed_code", (LatentAxes.id, "3")
    if st.button(label, icon=f":material/{icon}:", key="map.suggested", type="primary"):
        session.choose("method", chosen[0])
        session.choose("n_components", chosen[1])
        st.rerun()
