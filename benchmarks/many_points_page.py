"""A map of many random points; ``?n=`` says how many."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ui.components.map import ClassColor, draw_map

count = int(st.query_params.get("n", 1_000_000))
rng = np.random.default_rng(0)
classes = rng.integers(0, 10, count)
angle = classes * 2 * np.pi / 10
centers = np.stack([np.cos(angle), np.sin(angle)], axis=1)
points = (centers + 0.25 * rng.normal(size=(count, 2))).astype(np.float32)
names = tuple(str(index) for index in range(10))
draw_map(key="map", points=points, color=ClassColor(values=classes.astype(np.uint8), names=names))
