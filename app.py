"""Latent Space Explorer: `make run`, or `streamlit run app.py`."""

import streamlit as st

from ui.live import routes

app = st.App("ui/shell.py", routes=routes())
