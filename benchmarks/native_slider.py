"""The baseline of `benchmarks.live`: Streamlit's slider and image."""

from __future__ import annotations

import numpy as np
import streamlit as st

import latent_core as lc

model = lc.load_model("digits-vae-16")
value = st.slider("z1", -3.0, 3.0, 0.0, 0.01)
code = np.zeros((1, 16), np.float32)
code[0, 0] = value
st.image(model.decode(code)[0, 0], width=300)
