"""Serves `panels_demo.py` beside our modules, as `app.py` serves the app."""

from pathlib import Path

import streamlit as st

from ui.components import routes

app = st.App(str(Path(__file__).with_name("panels_demo.py")), routes=routes())
