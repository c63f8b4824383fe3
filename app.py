"""Latent Space Explorer: start with `make run` or `streamlit run app.py`."""

import streamlit as st

from ui.components.routes import routes
from ui.warmup import lifespan

app = st.App("ui/navigation.py", routes=routes(), lifespan=lifespan)
