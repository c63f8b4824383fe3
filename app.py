"""Latent Space Explorer: `make run`, or `streamlit run app.py`."""

import streamlit as st

from ui.live.routes import routes
from ui.warm import lifespan

app = st.App("ui/shell.py", routes=routes(), lifespan=lifespan)
