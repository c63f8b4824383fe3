"""`streamlit run tests/browser/map_demo.py`: the map component alone, for its tests."""

from pathlib import Path

import streamlit as st

from ui.components import routes

app = st.App(str(Path(__file__).with_name("map_demo_page.py")), routes=routes())
