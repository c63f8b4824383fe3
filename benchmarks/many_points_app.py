"""The app of `benchmarks.many_points`."""

from pathlib import Path

import streamlit as st

from ui.components import routes

app = st.App(str(Path(__file__).with_name("many_points_page.py")), routes=routes())
